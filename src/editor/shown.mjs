// The text of a paragraph or heading as a page shows it.
import { Fragment } from 'prosemirror-model';

export const isEmphasis = ({ type }) => type.name === 'em' || type.name === 'strong';

const isBreak = (node) => node?.type.name === 'hard_break';

// A text without what no page shows: blanks at both ends of a line, and their emphasis.
function trimmed(node, before, after) {
  let { text, marks } = node;
  if (!before || isBreak(before)) text = text.trimStart();
  if (!after || isBreak(after)) text = text.trimEnd();
  if (!/\S/.test(text)) marks = marks.filter((mark) => !isEmphasis(mark));
  return text === '' ? [] : [node.type.schema.text(text, marks)];
}

// A block without blanks and breaks that show nothing, until there are none.
export function tidied(block) {
  const all = block.content.content;
  const next = all.flatMap((node, i) => {
    if (node.isText) return trimmed(node, all[i - 1], all[i + 1]);
    return isBreak(node) && (i === 0 || i === all.length - 1) ? [] : [node];
  });
  const content = Fragment.from(next);
  return content.eq(block.content) ? block : tidied(block.copy(content));
}

// Words with their marks; blanks have none, and those that are not shown are left out.
class Words {
  out = [];

  add(text, marks) {
    const last = this.out.at(-1);
    if (last && last.marks === marks) last.text += text;
    else this.out.push({ text, marks });
  }

  gap() {
    if (this.out.length > 0 && this.out.at(-1).marks !== null)
      this.out.push({ text: ' ', marks: null });
  }

  newLine() {
    if (this.out.at(-1)?.text === ' ') this.out.pop();
    if (this.out.length > 0) this.out.push({ text: '\n', marks: null });
  }

  addText(text, marks) {
    for (const part of text.split(/(\s+)/))
      if (/\S/.test(part)) this.add(part, marks);
      else if (part !== '') this.gap();
  }

  addNode(node) {
    const marks = JSON.stringify(node.marks);
    if (node.type.name === 'hard_break') this.newLine();
    else if (!node.isText) this.add(JSON.stringify(node), 'image');
    else if (node.type.schema.marks.code.isInSet(node.marks)) this.add(node.text, marks);
    else this.addText(node.text, marks);
  }
}

// The same text for content that looks the same, whatever it is made of.
export function wordsOf(content) {
  const words = new Words();
  content.forEach((node) => words.addNode(node));
  while (words.out.length > 0 && words.out.at(-1).marks === null) words.out.pop();
  return JSON.stringify(words.out);
}

// What a page shows, as a list that can be compared: blocks, and words with the set of
// their marks. White space counts as a browser shows it; how marks nest does not count.

const inline = new Set(['em', 'strong', 'a', 'code']);
const pieces = /<(\/?)(\w+)([^>]*?)\s*\/?>|[^<]+/g;

function addText(out, text, marks, isPre) {
  const names = [...new Set(marks)].sort().join('');
  for (const part of isPre ? [text] : text.split(/([ \t\n]+)/)) {
    const isGap = !isPre && /^[ \t\n]*$/.test(part);
    if (part === '' || (isGap && (out.at(-1)?.isBlock ?? true))) continue;
    out.push(isGap ? { text: ' ' } : { text: part, marks: names });
  }
}

// A gap at the end of a block is not shown.
function addBlock(out, text) {
  while (out.at(-1)?.text === ' ') out.pop();
  out.push({ text, isBlock: true });
}

// html: as renderers of Markdown write it, every ">" in an attribute escaped. Answers a
// text that is the same for the same meaning.
export function meaning(html) {
  const out = [],
    marks = [];
  let isPre = false;
  for (const [piece, slash, tag, attributes] of html.matchAll(pieces)) {
    if (!tag) addText(out, piece, marks, isPre);
    else if (tag === 'img') out.push({ text: piece.replace(/\s*\/?>$/, '>'), marks: '' });
    else if (!inline.has(tag) || isPre) addBlock(out, `<${slash}${tag}${attributes}>`);
    else if (slash)
      marks.splice(marks.lastIndexOf(marks.findLast((m) => m.startsWith(`<${tag}`))), 1);
    else marks.push(`<${tag}${attributes}>`);
    if (tag === 'pre') isPre = !slash;
  }
  addBlock(out, '');
  return JSON.stringify(joined(out));
}

// Words that follow each other with the same marks are one: where a renderer splits a
// text does not count.
function joined(pieces) {
  const out = [];
  for (const { text, marks } of pieces) {
    const last = out.at(-1);
    if (marks !== undefined && last?.marks === marks) last.text += text;
    else out.push({ text, marks });
  }
  return out;
}

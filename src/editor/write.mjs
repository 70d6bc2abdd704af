// A document to Markdown.
import { MarkdownSerializerState } from 'prosemirror-markdown';
import { writeInline } from './inline.mjs';

const isEmpty = (node) => node.type.name === 'paragraph' && writeInline(node) === '';

// How many lists of its kind stand right before it: each second one has another sign, or
// they would be one list.
function isSecond(node, parent, index) {
  let n = 0;
  for (let i = index - 1; i >= 0; i--) {
    const before = parent.child(i);
    if (before.type === node.type) n++;
    else if (!isEmpty(before)) break;
  }
  return n % 2 === 1;
}

function codeBlock(state, node) {
  const { params } = node.attrs,
    text = node.textContent;
  const sign = params.includes('`') ? '~' : '`';
  const runs = text.match(new RegExp(`${sign}{3,}`, 'g')) ?? [];
  const fence = sign.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  state.write(`${fence}${params}\n`);
  if (text !== '') {
    state.text(text, false);
    state.write('\n');
  }
  state.write(fence);
  state.closeBlock(node);
}

const isBlank = (item) => item.childCount === 1 && isEmpty(item.firstChild);

// Only a list that begins with 1 and some text can follow a paragraph's last line
// (CommonMark 0.30 section 5.2).
function renderList(state, node, width, sign) {
  if ((node.attrs.order ?? 1) !== 1 || isBlank(node.firstChild)) state.flushClose(2);
  state.renderList(node, ' '.repeat(width), sign);
}

function bulletList(state, node, parent, index) {
  const sign = isSecond(node, parent, index) ? '* ' : '- ';
  renderList(state, node, sign.length, () => sign);
}

function orderedList(state, node, parent, index) {
  const { order } = node.attrs,
    sign = isSecond(node, parent, index) ? ')' : '.';
  const width = `${order + node.childCount - 1}${sign} `.length;
  renderList(state, node, width, (i) => `${order + i}${sign}`.padEnd(width));
}

const nodes = {
  paragraph(state, node) {
    if (isEmpty(node)) return;
    state.text(writeInline(node), false);
    state.closeBlock(node);
  },
  heading(state, node) {
    const text = writeInline(node).replace(/(?<=\s)(#+)$/, '\\$1');
    state.write(`${'#'.repeat(node.attrs.level)} ${text}`.trimEnd());
    state.closeBlock(node);
  },
  blockquote(state, node) {
    state.wrapBlock('> ', null, node, () => state.renderContent(node));
  },
  horizontal_rule(state, node) {
    // In an item of a list "---" would be read together with the item's own sign.
    state.write(state.delim ? '___' : '---');
    state.closeBlock(node);
  },
  code_block: codeBlock,
  bullet_list: bulletList,
  ordered_list: orderedList,
  list_item(state, node) {
    state.renderContent(node);
  },
};

function writeBlock(node, parent, index) {
  const state = new MarkdownSerializerState(nodes, {}, {});
  state.render(node, parent, index);
  return state.out.trimEnd();
}

const isList = (node) => /_list$/.test(node?.type.name ?? '');

// Whether a block's lines can stand as they are: a list's sign must differ from that of
// the list beside it.
const standsAlone = (node, parent, index) =>
  !isList(node) || ![index - 1, index + 1].some((i) => isList(parent.maybeChild(i)));

// sources: lines of blocks that are as they were read, by their nodes.
export function write(doc, sources = new WeakMap()) {
  const blocks = [];
  doc.forEach((node, _, i) => {
    const lines = standsAlone(node, doc, i) ? sources.get(node) : undefined;
    blocks.push(lines ?? writeBlock(node, doc, i));
  });
  return blocks.filter((block) => block !== '').join('\n\n');
}

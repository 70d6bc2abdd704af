// The text of a paragraph or heading as Markdown.
import { Fragment } from 'prosemirror-model';
import { MarkdownSerializerState } from 'prosemirror-markdown';
import { parse } from './read.mjs';
import { isEmphasis, tidied, wordsOf } from './shown.mjs';

// Around the number of a character that is written as a character reference. They are no
// characters of any text (Unicode 15 section 23.7).
const REF = '\ufdd0',
  REF_END = '\ufdd1';
const asReference = (c) => `${REF}${c.codePointAt(0).toString(16)}${REF_END}`;
const references = new RegExp(`${REF}([0-9a-f]+)${REF_END}`, 'g');

const entity = /&(?=#?\w+;)/g;

function destination(href) {
  const text = href.replace(/\\/g, '\\\\').replace(entity, '\\&').replace(/\n/g, '&#10;');
  return href === '' || /[\s()<>]/.test(href)
    ? `<${text.replace(/[<>]/g, '\\$&')}>`
    : text;
}

function target({ href, src, title }) {
  const quoted = title && title.replace(/["\\]/g, '\\$&').replace(entity, '\\&');
  return `(${destination(href ?? src)}${quoted ? ` "${quoted}"` : ''})`;
}

const isLinked = (node) => node?.marks.some((mark) => mark.type.name === 'link');

// <https://…> says the same in less.
function isBare({ attrs: { href, title } }, parent, index) {
  const child = parent.child(index);
  return (
    !title &&
    child.isText &&
    child.text === href &&
    child.marks.length === 1 &&
    /^[a-z][a-z\d+.-]{1,31}:[^\s<>\\&]*$/i.test(href) &&
    !isLinked(parent.maybeChild(index + 1))
  );
}

// The fence of a code's text: backticks that are not in it, blanks that are not its own.
function codeFence({ text }, isOpen) {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const needsBlank = /^`|`$/.test(text) || (/^ .* $/.test(text) && /[^ ]/.test(text));
  const parts = ['`'.repeat(longest + 1), needsBlank ? ' ' : ''];
  return (isOpen ? parts : parts.reverse()).join('');
}

const wrap = (sign) => ({
  open: sign,
  close: sign,
  mixable: true,
  expelEnclosingWhitespace: true,
});

const marksWith = (sign) => ({
  em: wrap(sign),
  strong: wrap('**'),
  link: {
    open(state, mark, parent, index) {
      state.isBare = isBare(mark, parent, index);
      return state.isBare ? '<' : '[';
    },
    close(state, mark) {
      const end = state.isBare ? '>' : `]${target(mark.attrs)}`;
      state.isBare = false;
      return end;
    },
    mixable: true,
  },
  code: {
    open: (_, mark, parent, index) => codeFence(parent.child(index), true),
    close: (_, mark, parent, index) => codeFence(parent.child(index - 1), false),
    escape: false,
  },
});

const nodes = {
  text(state, node, parent, index) {
    state.text(node.text, !state.isBare);
    // A backslash before it is text: the "!" would make an image of the link.
    if (isLinked(parent.maybeChild(index + 1)) && state.out.endsWith('\\!'))
      state.out = `${state.out.slice(0, -1)}\\!`;
  },
  image(state, { attrs }) {
    state.write(`![${state.esc(attrs.alt)}]${target(attrs)}`);
  },
  hard_break(state, node, parent, index) {
    if (index + 1 < parent.childCount) state.write('\\\n');
  },
};

// At the beginning of a line these would begin a block, or underline the line before.
const blockSigns = [
  [/^(#{1,6}(?=\s|$)|[-+](?=\s|$)|[>=]|-(?=[-\s]*$)|~(?=~~))/, '\\$&'],
  [/^(\d{1,9})(?=[.)](\s|$))/, '$1\\'],
];

class Line extends MarkdownSerializerState {
  // Overrides that of prosemirror-markdown, which leaves "<" and "&" alone and does not
  // know of lines after a hard break.
  esc(text, isStart = false) {
    let out = text
      .replace(/[\\`*[\]<]/g, '\\$&')
      .replace(entity, '\\&')
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_');
    if (!isStart && !this.atBlank()) return out;
    out = out.trimStart();
    for (const [sign, instead] of blockSigns) out = out.replace(sign, instead);
    return out;
  }
}

function saysTheSame(markdown, content) {
  const doc = parse(markdown);
  const isOne = doc.childCount === 1 && doc.firstChild.type.name === 'paragraph';
  return isOne && wordsOf(doc.firstChild.content) === wordsOf(content);
}

const emphasis = (node) => node.marks.filter(isEmphasis).length;

// The text with the characters on both sides of where em or strong begins or ends written
// as references: what stands next to a "*" decides whether it means anything
// (CommonMark 0.30 section 6.2).
function withReferences(block) {
  const { schema } = block.type,
    out = [];
  const differs = (node, i) =>
    i >= 0 && i < block.childCount && emphasis(block.child(i)) !== emphasis(node);
  block.forEach((node, _, i) => {
    let { text } = node;
    if (!node.isText || schema.marks.code.isInSet(node.marks)) return out.push(node);
    if (differs(node, i - 1)) text = text.replace(/^\S/u, asReference);
    if (differs(node, i + 1)) text = text.replace(/[^\s\ufdd1]$/u, asReference);
    return out.push(schema.text(text, node.marks));
  });
  return block.copy(Fragment.from(out));
}

function written(block, sign) {
  const state = new Line(nodes, marksWith(sign), {});
  state.renderInline(block);
  return state.out.trim().replace(references, '&#x$1;');
}

const ways = [
  (block) => written(block, '*'),
  (block) => written(block, '_'),
  (block) => written(withReferences(block), '*'),
  (block) => written(withReferences(block), '_'),
];

const known = new WeakMap();

// A block's inline content as Markdown; lines after hard breaks are lines of the text. Of
// several ways the first is taken that says the same when it is read again.
export function writeInline(block) {
  if (!known.has(block)) {
    const shown = tidied(block);
    const fit = ways.find((way) => saysTheSame(way(shown), shown.content)) ?? ways[0];
    known.set(block, fit(shown));
  }
  return known.get(block);
}

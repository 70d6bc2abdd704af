// What the buttons and keys do. The names are those of the buttons in
// templates/admin/prose.tpl (data-do).
import {
  chainCommands,
  exitCode,
  lift,
  setBlockType,
  toggleMark,
  wrapIn,
} from 'prosemirror-commands';
import { redo, undo } from 'prosemirror-history';
import {
  liftListItem,
  sinkListItem,
  splitListItem,
  wrapInList,
} from 'prosemirror-schema-list';
import { schema } from './schema.mjs';

const { nodes, marks } = schema;

const hasMark =
  (type) =>
  ({ selection: { $from, from, to, empty }, storedMarks, doc }) =>
    empty
      ? Boolean(type.isInSet(storedMarks ?? $from.marks()))
      : doc.rangeHasMark(from, to, type);

// The nearest block around the selection that test accepts.
function around({ $from }, test) {
  let depth = $from.depth;
  while (depth > 0 && !test($from.node(depth))) depth--;
  return depth > 0 ? $from.node(depth) : null;
}

const isList = (node) =>
  node.type === nodes.bullet_list || node.type === nodes.ordered_list;
const isQuote = (node) => node.type === nodes.blockquote;

const parentOf = (state) => state.selection.$from.parent;

const isHeading = (level) => (state) =>
  parentOf(state).hasMarkup(nodes.heading, { level });

const heading = (level) => ({
  is: isHeading(level),
  run: (state, dispatch) =>
    (isHeading(level)(state)
      ? setBlockType(nodes.paragraph)
      : setBlockType(nodes.heading, { level }))(state, dispatch),
});

// Pressed in a list of its kind, the item leaves it; in another, that list changes.
const list = (type) => ({
  is: ({ selection }) => around(selection, isList)?.type === type,
  run(state, dispatch) {
    const now = around(state.selection, isList);
    if (now?.type === type) return liftListItem(nodes.list_item)(state, dispatch);
    if (!now) return wrapInList(type)(state, dispatch);
    state.doc.descendants((node, pos) => {
      if (node === now)
        dispatch?.(state.tr.setNodeMarkup(pos, type, { tight: now.attrs.tight }));
    });
    return true;
  },
});

const quote = {
  is: ({ selection }) => around(selection, isQuote) !== null,
  run: (state, dispatch) =>
    (quote.is(state) ? lift : wrapIn(nodes.blockquote))(state, dispatch),
};

// The line, and a paragraph to go on with when there is none.
function addRule(state, dispatch) {
  const { tr } = state;
  const { $to } = state.selection;
  if ($to.depth > 0 && $to.indexAfter(-1) === $to.node(-1).childCount)
    tr.insert($to.after(), nodes.paragraph.create());
  dispatch?.(tr.replaceSelectionWith(nodes.horizontal_rule.create()).scrollIntoView());
  return true;
}

function addBreak(state, dispatch) {
  if (!parentOf(state).contentMatchAt(0).matchType(nodes.hard_break)) return false;
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
}

const mark = (type) => ({ is: hasMark(type), run: toggleMark(type) });

// is: whether it is on, for what can be; run: a command of ProseMirror.
export const tools = {
  strong: mark(marks.strong),
  em: mark(marks.em),
  heading2: heading(2),
  heading3: heading(3),
  bullets: list(nodes.bullet_list),
  numbers: list(nodes.ordered_list),
  quote,
  rule: { run: addRule },
  // What its button does is asked in a dialog; here it tells where a link can be.
  link: {
    is: hasMark(marks.link),
    run: (state) => parentOf(state).type.allowsMarkType(marks.link),
  },
  // Asked for in a dialog, too; the item may have none.
  photo: { run: () => true },
  undo: { run: undo },
  redo: { run: redo },
};

// link: what Ctrl-K does; leave: whether Tab shall leave the text.
export const keys = (link, leave) => ({
  'Mod-b': tools.strong.run,
  'Mod-i': tools.em.run,
  'Mod-k': link,
  'Mod-z': undo,
  'Mod-y': redo,
  'Shift-Mod-z': redo,
  'Shift-Enter': chainCommands(exitCode, addBreak),
  Enter: splitListItem(nodes.list_item),
  Tab: (...args) => !leave() && sinkListItem(nodes.list_item)(...args),
  'Shift-Tab': (...args) => !leave() && liftListItem(nodes.list_item)(...args),
});

// ---- links ----

// Where a mark reaches to on both sides of a position in a paragraph.
function reach($pos, mark) {
  const { parent } = $pos;
  const has = (i) => mark.isInSet(parent.child(i).marks);
  let first = $pos.index();
  if (first === parent.childCount || !has(first)) first--;
  let last = first;
  while (first > 0 && has(first - 1)) first--;
  while (last + 1 < parent.childCount && has(last + 1)) last++;
  return { from: $pos.posAtIndex(first), to: $pos.posAtIndex(last + 1) };
}

// The link at the cursor, or the first one in the selection: {href, from, to}. Without
// one href is empty, and the range is that of the selection.
export function linkAt({ doc, selection: { $from, from, to, empty } }) {
  let mark = null;
  const look = (node) => {
    mark ??= marks.link.isInSet(node.marks ?? []) ?? null;
  };
  if (empty) [$from.nodeBefore, $from.nodeAfter].forEach((node) => node && look(node));
  else doc.nodesBetween(from, to, look);
  if (!mark) return { href: '', from, to };
  return { href: mark.attrs.href, ...(empty ? reach($from, mark) : { from, to }) };
}

// Makes a range lead to an address, or nowhere; an empty range gets the address as text.
export function setLink({ from, to }, href) {
  return (state, dispatch) => {
    const { tr } = state;
    if (from === to && href) tr.insertText(href.replace(/^mailto:/, ''), from);
    const end = tr.mapping.map(to);
    tr.removeMark(from, end, marks.link);
    if (href) tr.addMark(from, end, marks.link.create({ href }));
    dispatch?.(tr.removeStoredMark(marks.link).scrollIntoView());
    return true;
  };
}

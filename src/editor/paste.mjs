// What comes from other programs' clipboards, made into the plain HTML that the rules of
// schema.mjs understand: what is no text goes, and what only looks like a heading or a
// list becomes one. Word's own marks can be seen in any document saved as a web page.

// Elements that hold no text of the page.
const noText = `head, script, style, template, noscript, meta, link, title, xml, iframe,
  object, embed, video, audio, canvas, svg, math, img, picture, button, input, select,
  textarea, del, s, strike, [hidden], [aria-hidden=true], [class*=MsoCommentReference],
  a[class*=msocomanchor], div[class*=msocomtxt]`;

// Styles that say the same: what is not shown, signs of Word's lists, its comments.
const notShown = [
  /display:\s*none/i,
  /visibility:\s*hidden/i,
  /mso-hide:\s*all/i,
  /mso-list:\s*ignore/i,
  /mso-element:\s*(comment|annotation)/i,
];
const headings = 'h1, h2, h3, h4, h5, h6';
const blocks = `p, div, ul, ol, li, table, blockquote, pre, hr, ${headings}`;

const styleOf = (element) => element.getAttribute('data-style') ?? '';
const textOf = (node) => node.textContent.replace(/[\s\u00a0]+/g, ' ').trim();

function removeComments(body) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  for (const comment of found) comment.remove();
}

function rename(element, name) {
  const other = element.ownerDocument.createElement(name);
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
}

const unwrap = (element) => element.replaceWith(...element.childNodes);

function wrapContent(element, name) {
  const inner = element.ownerDocument.createElement(name);
  inner.append(...element.childNodes);
  element.append(inner);
}

// ---- lists of Word: paragraphs with "mso-list:l0 level2 lfo1" ----

const listLevel = (p) => Number(/mso-list:[^;]*\blevel(\d)/i.exec(styleOf(p))?.[1] ?? 0);

// The sign before an item's text tells the kind of list: "·", "o" and the like, or "2.".
const isNumber = (sign) => /^\(?(\d+|[a-zа-я]|[ivxl]+)[.)]/i.test(sign);

const isSign = (element) => /mso-list:\s*ignore/i.test(styleOf(element));

function signOf(p) {
  const sign = [...p.querySelectorAll('[data-style]')].find(isSign);
  return sign ? textOf(sign) : '';
}

// An item at the end of the list of its level, within the items above it. stack: the open
// lists, the outermost first.
function addItem(p, level, stack) {
  const sign = signOf(p);
  const kind = isNumber(sign) ? 'ol' : 'ul';
  stack.length = Math.min(stack.length, level);
  if (stack.length === level && stack.at(-1).localName !== kind) stack.pop();
  if (stack.length < level) {
    const list = document.createElement(kind);
    const above = stack.at(-1)?.lastElementChild;
    if (kind === 'ol' && parseInt(sign, 10) > 1) list.start = parseInt(sign, 10);
    if (above) above.append(list);
    else p.before(list);
    stack.push(list);
  }
  const item = document.createElement('li');
  stack.at(-1).append(item);
  item.append(p);
}

// The numbers of Word's headings are signs of a list too, and text of the page.
function keepNumbers(body) {
  for (const e of body.querySelectorAll('[data-style]'))
    if (isSign(e) && e.closest(headings)) e.replaceWith(`${textOf(e)} `);
}

function makeLists(body) {
  let stack = [];
  let last = null;
  for (const p of [...body.querySelectorAll(`p, ${headings}`)]) {
    const level = listLevel(p);
    const follows = last && p.previousElementSibling === stack[0];
    if (!follows || level === 0) stack = [];
    last = level > 0 ? p : null;
    // A level may be left out; there is no list without one above it.
    if (level > 0 && p.localName === 'p')
      addItem(p, Math.min(level, stack.length + 1), stack);
  }
}

// ---- tables: there are none in a body ----

function lineOf(cells) {
  const line = document.createElement('p');
  cells.forEach((cell, i) => {
    for (const block of cell.querySelectorAll(blocks)) unwrap(block);
    line.append(...(i > 0 ? [' | '] : []), ...cell.childNodes);
  });
  return line;
}

// A row whose cells have one line each is a line; cells with more in them stand below
// each other, as do those of tables that only lay out a page.
function flatten(table) {
  const parts = [...table.rows].flatMap((row) => {
    const cells = [...row.cells].filter((cell) => textOf(cell) !== '');
    const isLine = cells.every((cell) => cell.querySelectorAll(blocks).length <= 1);
    if (isLine && cells.length > 1) return lineOf(cells);
    return cells.map((cell) => rename(cell, 'div'));
  });
  table.replaceWith(...parts);
}

// ---- the rest ----

// Two line breaks are a paragraph's end in letters and in old pages.
function splitAtBreaks(body) {
  for (const br of [...body.querySelectorAll('br + br')]) {
    const parent = br.closest('p, div') ?? body;
    const gap =
      br.previousSibling === br.previousElementSibling ||
      textOf(br.previousSibling) === '';
    if (!gap || parent.closest('pre') || br.parentNode !== parent) continue;
    const before = document.createElement('p');
    while (parent.firstChild !== br.previousElementSibling)
      before.append(parent.firstChild);
    br.previousElementSibling.remove();
    br.before(before);
    br.remove();
  }
}

// Word's title and subtitle, and what a heading was made of elsewhere.
function nameHeadings(body) {
  for (const p of body.querySelectorAll('p.MsoTitle, p.MsoSubtitle')) rename(p, 'h2');
  for (const e of body.querySelectorAll('[role=heading]'))
    rename(e, `h${Math.min(Math.max(Number(e.getAttribute('aria-level')) || 2, 2), 6)}`);
}

// Empty ones are space between paragraphs, which pages have anyway.
function removeEmpty(body) {
  for (const e of [...body.querySelectorAll(blocks)].reverse())
    if (e.localName !== 'hr' && textOf(e) === '' && !e.querySelector('hr')) e.remove();
}

const says = (style) => new RegExp(`(?<![-\\w])${style}`, 'i');
const bold = says('font-weight:\\s*(bold|[6-9]00)');
const plain = says('font-weight:\\s*(normal|400)');
const italic = says('font-style:\\s*italic');

// What is bold or italic by style; headings are bold as it is. No other style is kept.
function settleStyles(body) {
  for (const e of body.querySelectorAll(':is(b, span, font)[data-style]')) {
    const style = styleOf(e);
    const isB = e.localName === 'b';
    if (italic.test(style)) wrapContent(e, 'em');
    if (bold.test(style) && !isB) wrapContent(e, 'strong');
    if (plain.test(style) && isB) unwrap(e);
  }
  for (const heading of body.querySelectorAll(headings))
    for (const e of heading.querySelectorAll('b, strong')) unwrap(e);
  for (const e of body.querySelectorAll('*'))
    for (const { name } of [...e.attributes])
      if (!/^(href|title|start)$/.test(name)) e.removeAttribute(name);
}

const tag = /<[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi;

// The policy of a page is asked for documents too that nobody sees, and tells the console
// of every style and handler in them: they come with other names.
function documentOf(html) {
  const settled = html
    .replace(/<style\b[^]*?<\/style>/gi, '')
    .replace(tag, (all) => all.replace(/\s(style|on\w+)(\s*=)/gi, ' data-$1$2'));
  return new DOMParser().parseFromString(settled, 'text/html');
}

// HTML of a clipboard as HTML that holds nothing but text, headings, lists, quotes and
// links. What such an editor has put there comes through as it is.
export function clean(html) {
  if (html.includes('data-pm-slice')) return html;
  const { body } = documentOf(html);
  removeComments(body);
  keepNumbers(body);
  makeLists(body);
  for (const e of body.querySelectorAll(noText)) e.remove();
  for (const e of body.querySelectorAll('[data-style]'))
    if (notShown.some((style) => style.test(styleOf(e)))) e.remove();
  for (const a of body.querySelectorAll('a[href^="#"]')) unwrap(a); // within the source
  for (const table of [...body.querySelectorAll('table')].reverse()) flatten(table);
  splitAtBreaks(body);
  nameHeadings(body);
  settleStyles(body);
  removeEmpty(body);
  return body.innerHTML;
}

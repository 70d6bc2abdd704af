// Markdown to a document, by the same CommonMark that the program reads, and with its
// exceptions (src/news/body.c): raw HTML is text, and so are links to forbidden places.
import MarkdownIt from 'markdown-it';
import backticks from 'markdown-it/lib/rules_inline/backticks.mjs';
import { MarkdownParser } from 'prosemirror-markdown';
import { isAllowed } from './link.mjs';
import { schema } from './schema.mjs';

// markdown-it leaves out what stands in something nested as deep as this.
const NESTING_MAX = 100;

const tokenizer = new MarkdownIt('commonmark', { maxNesting: NESTING_MAX });
Object.assign(tokenizer, {
  validateLink: () => true,
  normalizeLink: (url) => url,
  normalizeLinkText: (url) => url,
});

// The rule remembers that no backticks follow, though it began to look behind some.
tokenizer.inline.ruler.at('backticks', (state, silent) => {
  state.backticksScanned = false;
  return backticks(state, silent);
});

const newToken = (state, type, tag, nesting, fields) =>
  Object.assign(new state.Token(type, tag, nesting), fields);

// A block of HTML is a paragraph of text.
function paragraphOf(state, block) {
  const { map, level } = block;
  const text = newToken(state, 'text', '', 0, { content: block.content.trim() });
  return [
    newToken(state, 'paragraph_open', 'p', 1, { map, level, block: true, meta: 'html' }),
    newToken(state, 'inline', '', 0, {
      map,
      level: level + 1,
      block: true,
      children: [text],
    }),
    newToken(state, 'paragraph_close', 'p', -1, { level, block: true }),
  ];
}

const textToken = (state, content) => newToken(state, 'text', '', 0, { content });

// What the program shows of a link that leads nowhere allowed: <x:y>, or: a (b "c").
function refusedLink(state, open, inner) {
  const href = open.attrGet('href');
  const title = open.attrGet('title');
  if (inner.length === 1 && inner[0].type === 'text' && inner[0].content === href)
    return [textToken(state, `<${href}>`)];
  const shown = [href, title && `"${title}"`].filter(Boolean).join(' ');
  return shown ? [...inner, textToken(state, ` (${shown})`)] : inner;
}

// markdown-it lets <https://…> stand in a link, which CommonMark does not.
function hasLinkInLink(tokens) {
  const steps = { link_open: 1, link_close: -1 };
  let depth = 0;
  return tokens.some(({ type }) => (depth += steps[type] ?? 0) > 1);
}

function settleLinks(state, tokens) {
  const out = [];
  let from = -1;
  for (const token of tokens) {
    if (token.type === 'link_open' && !isAllowed(token.attrGet('href')))
      from = out.length;
    if (token.type === 'link_close' && from >= 0) {
      const [open, ...inner] = out.splice(from);
      out.push(...refusedLink(state, open, inner));
      from = -1;
    } else out.push(token);
  }
  return out;
}

function settleInline(state, tokens) {
  for (const token of tokens) if (token.type === 'html_inline') token.type = 'text';
  state.env.isUnclear ||= hasLinkInLink(tokens);
  return settleLinks(state, tokens);
}

tokenizer.core.ruler.push('as_the_program_shows_it', (state) => {
  for (const token of state.tokens)
    if (token.children) token.children = settleInline(state, token.children);
  state.tokens = state.tokens.flatMap((token) =>
    token.type === 'html_block' ? paragraphOf(state, token) : token,
  );
});

// CommonMark says so of a list as a whole; its paragraphs are the witnesses.
function isTight(tokens, i) {
  const { level } = tokens[i];
  for (let k = i + 1; tokens[k].level > level; k++)
    if (tokens[k].type === 'paragraph_open' && tokens[k].level === level + 2)
      return tokens[k].hidden;
  return true;
}

const parser = new MarkdownParser(schema, tokenizer, {
  blockquote: { block: 'blockquote' },
  paragraph: { block: 'paragraph' },
  list_item: { block: 'list_item' },
  bullet_list: {
    block: 'bullet_list',
    getAttrs: (_, all, i) => ({ tight: isTight(all, i) }),
  },
  ordered_list: {
    block: 'ordered_list',
    getAttrs: (token, all, i) => ({
      order: Number(token.attrGet('start') ?? 1),
      tight: isTight(all, i),
    }),
  },
  heading: {
    block: 'heading',
    getAttrs: (token) => ({ level: Number(token.tag.slice(1)) }),
  },
  code_block: { block: 'code_block', noCloseToken: true },
  fence: {
    block: 'code_block',
    getAttrs: (token) => ({ params: token.info }),
    noCloseToken: true,
  },
  hr: { node: 'horizontal_rule' },
  image: {
    node: 'image',
    getAttrs: (token) => ({
      src: token.attrGet('src'),
      alt: token.content,
      title: token.attrGet('title'),
    }),
  },
  hardbreak: { node: 'hard_break' },
  em: { mark: 'em' },
  strong: { mark: 'strong' },
  link: {
    mark: 'link',
    getAttrs: (token) => ({ href: token.attrGet('href'), title: token.attrGet('title') }),
  },
  code_inline: { mark: 'code', noCloseToken: true },
});
// Text of ours has line ends only where the author broke a line, which shows as a blank.
parser.tokenHandlers.text = (state, token) =>
  state.addText(token.content.replace(/\s*\n\s*/g, ' '));

export const parse = (markdown) => parser.parse(markdown);

export const render = (markdown) => tokenizer.render(markdown);

// What runs on to the end of the text when it is left open, or is taken in by a list
// before it: a block with such a thing in it may mean something else in another place.
const isUnsettled = ({ type, meta }) =>
  type === 'fence' || type === 'code_block' || meta === 'html';

// The lines of each block of the document; null for one that has to be written anew.
function linesOf(markdown, tokens) {
  const lines = markdown.split(/\r\n|\r|\n/),
    found = [];
  let from = 0;
  tokens.forEach((token, i) => {
    if (token.level > 0 || token.nesting > 0) return;
    const { map } = tokens[from];
    const isSettled = !tokens.slice(from, i + 1).some(isUnsettled);
    found.push(
      isSettled
        ? lines
            .slice(...map)
            .join('\n')
            .trimEnd()
        : null,
    );
    from = i + 1;
  });
  return found;
}

const isTooDeep = (tokens) =>
  tokens.some((t) => t.level >= NESTING_MAX - 1 || isTooDeep(t.children ?? []));

// HTML in an item of a list does not tell whether the list is tight.
const isInner = ({ meta, level }) => meta === 'html' && level > 0;

// What the editor can begin with: {doc, sources}, sources[i] being the lines of the i-th
// block or null. Null when there is something that it does not see: definitions of links,
// what is nested too deep, blocks of HTML within others, links in links.
export function readBlocks(markdown) {
  const env = {};
  const tokens = tokenizer.parse(markdown, env);
  const hasDefinitions = Object.keys(env.references ?? {}).length > 0;
  const isUnclear = env.isUnclear || tokens.some(isInner);
  if (hasDefinitions || isUnclear || isTooDeep(tokens)) return null;
  const doc = parse(markdown);
  const sources = linesOf(markdown, tokens);
  return { doc, sources: sources.length === doc.childCount ? sources : [] };
}

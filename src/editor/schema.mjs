// What a body can be made of: CommonMark without raw HTML, which the program shows as
// text. Nodes have the names that prosemirror-markdown gives them.
import { Schema } from 'prosemirror-model';
import { isAllowed } from './link.mjs';

const heading = {
  attrs: { level: { default: 2 } },
  content: '(text | image)*',
  group: 'block',
  defining: true,
  parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({
    tag: `h${level}`,
    getAttrs: (dom) => ({ level: Number(dom.dataset.level) || Math.max(level, 2) }),
  })),
  // The page's own title is the only first heading.
  toDOM: ({ attrs: { level } }) => [`h${Math.max(level, 2)}`, { 'data-level': level }, 0],
};

const list = (tag, attrs) => ({
  attrs: { tight: { default: true }, ...attrs },
  content: 'list_item+',
  group: 'block',
  parseDOM: [
    {
      tag,
      getAttrs: (dom) => ({
        tight: !dom.dataset.loose,
        ...(attrs && { order: dom.start }),
      }),
    },
  ],
  toDOM: (node) => [
    tag,
    {
      'data-loose': node.attrs.tight ? null : 'true',
      start: (node.attrs.order ?? 1) === 1 ? null : node.attrs.order,
    },
    0,
  ],
});

// An item's own photo, "photo:2"; other images are kept too, but the program refuses
// them when the item is saved and names the line. How it looks is photos.mjs's; this is
// what a copy of it carries.
const image = {
  inline: true,
  group: 'inline',
  attrs: { src: {}, alt: { default: '' }, title: { default: null } },
  draggable: true,
  parseDOM: [
    { tag: 'span[data-image]', getAttrs: (dom) => JSON.parse(dom.dataset.image) },
  ],
  toDOM: ({ attrs }) => [
    'span',
    { class: 'prose-photo', 'data-image': JSON.stringify(attrs) },
    `![${attrs.alt}](${attrs.src})`,
  ],
  leafText: () => '',
};

const code_block = {
  content: 'text*',
  marks: '',
  group: 'block',
  code: true,
  defining: true,
  attrs: { params: { default: '' } },
  parseDOM: [
    {
      tag: 'pre',
      preserveWhitespace: 'full',
      getAttrs: (dom) => ({ params: dom.dataset.params ?? '' }),
    },
  ],
  toDOM: ({ attrs }) => ['pre', { 'data-params': attrs.params || null }, ['code', 0]],
};

const nodes = {
  doc: { content: 'block+' },
  paragraph: {
    content: 'inline*',
    group: 'block',
    parseDOM: [{ tag: 'p' }],
    toDOM: () => ['p', 0],
  },
  blockquote: {
    content: 'block+',
    group: 'block',
    defining: true,
    parseDOM: [{ tag: 'blockquote' }],
    toDOM: () => ['blockquote', 0],
  },
  horizontal_rule: { group: 'block', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
  heading,
  code_block,
  ordered_list: list('ol', { order: { default: 1 } }),
  bullet_list: list('ul'),
  list_item: {
    content: 'block+',
    defining: true,
    parseDOM: [{ tag: 'li' }],
    toDOM: () => ['li', 0],
  },
  text: { group: 'inline' },
  image,
  hard_break: {
    inline: true,
    group: 'inline',
    selectable: false,
    parseDOM: [{ tag: 'br' }],
    toDOM: () => ['br'],
    leafText: () => '\n',
  },
};

// The first mark is written outermost: a link is one piece also when half of it is bold.
const marks = {
  link: {
    attrs: { href: {}, title: { default: null } },
    inclusive: false,
    parseDOM: [
      {
        tag: 'a[href]',
        getAttrs(dom) {
          const href = dom.getAttribute('href');
          return isAllowed(href) && { href, title: dom.getAttribute('title') };
        },
      },
    ],
    toDOM: ({ attrs: { href, title } }) => ['a', { href, title }, 0],
  },
  em: {
    parseDOM: [{ tag: 'i' }, { tag: 'em' }],
    toDOM: () => ['em', 0],
  },
  strong: {
    parseDOM: [{ tag: 'strong' }, { tag: 'b' }],
    toDOM: () => ['strong', 0],
  },
  code: { code: true, parseDOM: [{ tag: 'code' }], toDOM: () => ['code', 0] },
};

export const schema = new Schema({ nodes, marks });

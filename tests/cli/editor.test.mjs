// The editor's text: what it reads and writes again is the same page, by the program's own
// rendering; what it cannot write again it does not open.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import { Site } from '../http/lib/site.mjs';
import { sqlite } from '../http/lib/sqlite.mjs';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'bl-edit-'));
const { buildSync } = createRequire(import.meta.url)('../../build/editor/node_modules/esbuild/lib/main.js');
let editor, site;

before(async () => {
  const outfile = path.join(dir, 'editor.mjs');
  buildSync({
    stdin: { contents: "export * from './body.mjs'; export * from './link.mjs'; export * from './read.mjs'; export * from './count.mjs';", resolveDir: 'src/editor' },
    bundle: true, format: 'esm', platform: 'node', outfile, nodePaths: [path.resolve('build/editor/node_modules')],
  });
  editor = await import(pathToFileURL(outfile));
  site = await Site.make({ sections: [['events', 'Events', 'События']] });
});
after(async () => {
  await site.end();
  fs.rmSync(dir, { recursive: true });
});

// The same numbers each time (Numerical Recipes' generator).
function random(seed) {
  const next = () => (seed = (seed * 1664525 + 1013904223) >>> 0) / 2 ** 32;
  return { below: (n) => Math.floor(next() * n), pick: (all) => all[Math.floor(next() * all.length)] };
}

const pieces = ['# ', '## ', '- ', '* ', '+ ', '1. ', '2) ', '> ', '    ', '\n', '\n', '\n\n', '\n\n', '```', '~~~\n', '---\n', '===\n', '**', '*', '_', '`', '``',
  '[a](b)', '[x](https://y.z "t")', '[j](javascript:alert(1))', '<b>', '</b>', '<div>\n', '<!-- x -->', '<script>', '&amp;', '&nbsp;', '&#42;', '\\', '\\\n', '  \n',
  'word', 'слово ', 'a ', '. ', '<http://x.y>', '<a@b.c>', 'http://a.b', '"q"', '«ц»', '!', '(', ')', '[', ']', '|', '\t', 'x'];
const sentences = ['A plain sentence.', 'Обычное предложение — с тире.', 'With **bold** and *slanted* words.', '**«Цитата»**, — сказал он.', 'A [link](https://example.org/a?b=c&d=e) in it.',
  'Snake_case and 2 * 3 * 4.', 'AT&T, &lt; and &copy;.', '1986. A year.', '`code` too.', 'a**"b"**c', 'Line one\\\nline two', 'Wrapped\nline'];
const blocks = [(s) => s, (s) => s, (s) => `## ${s.split('\n')[0]}`, (s, t) => `- ${s.replace(/\n/g, '\n  ')}\n- ${t.replace(/\n/g, '\n  ')}`, (s, t) => `3. ${s.replace(/\n/g, '\n   ')}\n\n4. ${t.replace(/\n/g, '\n   ')}`,
  (s) => `> ${s.replace(/\n/g, '\n> ')}`, () => '---', (s) => `- x\n  - ${s.replace(/\n/g, '\n    ')}\n    1. y`, (s) => `\`\`\`\n${s}\n\`\`\``, () => '<div>\n**raw**\n</div>'];

// Texts of pieces that may mean anything but a photo, and texts like those that people write.
function wild(r) {
  return Array.from({ length: 3 + r.below(22) }, () => r.pick(pieces)).join('').replace(/!+\[/g, '[').trimEnd();
}
function tame(r) {
  return Array.from({ length: 1 + r.below(6) }, () => r.pick(blocks)(r.pick(sentences), r.pick(sentences))).join('\n\n');
}

// The program's HTML of each text.
function rendered(texts) {
  const key = `t${site.n = (site.n ?? 0) + 1}`;
  const items = texts.map((body, i) => ({ id: `${key}-${i}`, lang: 'en', section: 'events', slug: `${key}-${i}`, title: 'T', lead: 'L', body, published_at: '2026-03-01' }));
  const done = site.import(items);
  assert.equal(done.status, 0, done.stderr);
  const rows = JSON.parse(sqlite(`${site.dir}/data/news.db`, `SELECT i.slug AS slug, t.body_html AS html FROM item i JOIN item_text t ON t.item_id = i.id WHERE i.slug LIKE '${key}-%'`, '-json'));
  const by = new Map(rows.map(({ slug, html }) => [slug, html]));
  return items.map(({ slug }) => by.get(slug));
}

// That every text the editor opens comes out the same page; how many it opened.
function assertSame(texts) {
  const opened = texts.filter((text) => editor.read(text) !== null);
  const written = opened.map((text) => editor.write(editor.read(text).doc));
  const html = rendered([...opened, ...written].map((text) => text || '.'));
  opened.forEach((text, i) => assert.equal(editor.meaning(html[opened.length + i]), editor.meaning(html[i]), JSON.stringify([text, written[i]])));
  return opened.length;
}

test('every body of the demo comes out the same page', () => {
  const bodies = fs.readFileSync('static/demo/items.jsonl', 'utf8').trim().split('\n').map((line) => JSON.parse(line).body);
  assert.ok(bodies.length > 60);
  for (const text of bodies) assert.ok(editor.read(text), `not opened: ${text}`);
  assertSame(bodies.map((text) => text.replace(/!\[\]\(photo:\d\)/g, 'PHOTO')));
});

test('so do texts such as people write, all of which it opens', () => {
  const r = random(1), texts = Array.from({ length: 400 }, () => tame(r));
  assert.equal(assertSame(texts), texts.length);
});

test('and texts of any pieces, most of which it opens', () => {
  const r = random(2), texts = Array.from({ length: 1500 }, () => wild(r)).filter((text) => /\S/.test(text));
  const n = assertSame(texts);
  assert.ok(n > texts.length / 2, `${n} of ${texts.length}`);
});

test('blocks that nobody touched keep their lines, and mean the same beside others', () => {
  const text = 'Wrapped\nline, *one*.\n\n* star\n* list\n\n> quote\n\nSetext\n======\n\n1) one\n2) two';
  const { doc, sources } = editor.read(text);
  assert.equal(editor.write(doc, sources), text);
  const { doc: other } = editor.read('New **text**.');
  const mixed = doc.type.create(null, [...other.content.content, ...doc.content.content.slice(1)]);
  assert.equal(editor.write(mixed, sources), `New **text**.\n\n${text.slice(text.indexOf('* star'))}`);
  const r = random(3);
  for (let i = 0; i < 600; i++) {
    const one = editor.read(tame(r)), wildOne = editor.read(wild(r));
    if (!one || !wildOne) continue;
    const all = [...one.doc.content.content, ...wildOne.doc.content.content].sort(() => r.below(3) - 1);
    const both = { get: (node) => one.sources.get(node) ?? wildOne.sources.get(node) };
    const made = doc.type.create(null, all);
    assert.equal(editor.meaning(editor.render(editor.write(made, both))), editor.meaning(editor.render(editor.write(made))));
  }
});

test('what a page could show differently is not opened', () => {
  for (const text of ['A [link][1].\n\n[1]: https://example.org', '[unused]: https://example.org', `${'> '.repeat(300)}deep`, 'a\\\nb\n===',
    `${'['.repeat(5000)}a${']'.repeat(5000)}`.repeat(2) + '\n\n[x]: /y', `${'- '.repeat(300)}x`])
    assert.equal(editor.read(text), null, text.slice(0, 40));
});

test('photos, refused links and raw HTML stay as they are', () => {
  for (const text of ['One.\n\n![](photo:2)\n\n![](photo:1) ![](photo:3)', 'A [b](javascript:x) <script>alert(1)</script>.', '<div class="a">\n*x*\n</div>', '[a](data:text/html,x)'])  {
    const { doc, sources } = editor.read(text);
    assert.equal(editor.meaning(editor.render(editor.write(doc))), editor.meaning(editor.render(text)));
    if (!text.startsWith('<div')) assert.equal(editor.write(doc, sources), text);
  }
});

test('a link leads where the program lets it lead', () => {
  const allowed = ['https://a.b', 'HTTP://a.b', 'mailto:a@b.c', 'tel:+123', '/news/', '#part'];
  const refused = ['javascript:alert(1)', 'JaVaScRiPt:x', 'data:text/html,x', 'java\nscript:x', '//evil.example', '/\\evil.example', 'file:///etc/passwd', 'vbscript:x', '', 'news/', 'https://'];
  const html = rendered([...allowed, ...refused].map((href) => `[x](<${href.replace('\\', '\\\\').replace('\n', '&#10;')}>)`));
  [...allowed, ...refused].forEach((href, i) => {
    assert.equal(editor.isAllowed(href), i < allowed.length, href);
    assert.equal(/<a /.test(html[i]), i < allowed.length, html[i]);
  });
  const completed = { 'example.org/a': 'https://example.org/a', 'press@example.org': 'mailto:press@example.org', ' https://a.b ': 'https://a.b', 'пример.рф': 'https://пример.рф' };
  for (const [typed, href] of Object.entries(completed)) assert.equal(editor.completed(typed), href);
  for (const typed of ['javascript:alert(1)', 'data:x', 'two words', 'word']) assert.equal(editor.completed(typed), null, typed);
});

test('a build without node says so, and its pages do without the editor', () => {
  const bin = path.join(dir, 'bin'), out = path.join(dir, 'static/js/editor.js');
  fs.mkdirSync(bin);
  for (const name of ['sh', 'rm', 'mkdir', 'dirname']) fs.symlinkSync(execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(), path.join(bin, name));
  const made = spawnSync('src/gen/editor.sh', [out, 'src/editor/main.mjs'], { encoding: 'utf8', env: { PATH: bin } });
  assert.equal(made.status, 1);
  assert.match(made.stderr, /no editor: node or npm is missing; the body of an item is a plain text area/);
  const rows = execFileSync('src/gen/static.sh', [path.join(dir, 'share'), 'static/js/site.js', out], { encoding: 'utf8' });
  assert.match(rows, /^STATIC\("js\/site.js", "\/static\/js\/site\.[0-9a-f]{10}\.js"\)\nSTATIC\("js\/editor.js", ""\)\n$/);
});

test('words are counted in every alphabet', () => {
  const texts = { '': 0, 'One, two — three!': 3, "It isn't 3.5 or 1,000": 5, 'Как-то раз, в 2026 году': 5, '***': 0 };
  for (const [text, n] of Object.entries(texts)) assert.equal(editor.countWords(text), n, text);
});

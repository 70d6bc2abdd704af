// Imports of bad input: each line refused by number and key, and nothing stored.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { BYLINE, Site, items } from '../http/lib/site.mjs';

const SHOWN = 20; // refused lines that are shown in full
let site, file, stored;
before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']], items: items(3) });
  file = path.join(site.dir, 'bad.jsonl');
  stored = site.run('export');
});
after(() => site.end());

const good = { lang: 'en', section: 'events', title: 'New', body: 'Text.', published_at: '2024-01-01' };
const line = (change) => JSON.stringify({ ...good, ...change });
const photo = (change) => line({ photos: [{ file: 'a.jpg', alt: 'A', credit: 'C' }, { file: 'b.jpg', alt: 'B', credit: 'C', ...change }] });
const count = (r) => r.stderr.match(/(\d+) added, (\d+) changed, (\d+) unchanged, (\d+) refused/)?.slice(1).map(Number);

// cases: [line, key, message]. A good line stands before them.
function refused(cases) {
  for (let at = 0; at < cases.length; at += SHOWN) {
    const some = cases.slice(at, at + SHOWN);
    fs.writeFileSync(file, Buffer.concat([line({ title: 'Fine' }), ...some.map((c) => c[0])].flatMap((l) => [Buffer.from(l), Buffer.from('\n')])));
    const r = site.try('import', file);
    assert.equal(r.status, 1, r.stderr);
    assert.match(r.stderr, new RegExp(`${some.length} of ${some.length + 1} items refused, nothing stored`));
    const said = r.stderr.split('\n');
    some.forEach(([text, key, message], i) => {
      const start = `${file}:${i + 2}: ${key === '' ? '' : `${key}: `}`;
      assert.ok(said[i].startsWith(start), `${String(text).slice(0, 100)}\n${said[i]}\n${start}`);
      assert.match(said[i].slice(start.length), message, String(text).slice(0, 100));
    });
  }
  assert.equal(site.run('export'), stored);
}

const OF_TYPE = { null: null, true: true, number: 5, text: 'text', list: ['a'], object: { a: 1 } };
const LINES = ['id', 'group', 'lang', 'section', 'slug', 'title', 'lead', 'body', 'photo_credit'];
const TIMES = ['published_at', 'updated_at', 'embargo_until', 'expires_at', 'pinned_until'];
const PHOTO_LINES = ['file', 'sha256', 'credit', 'credit_url', 'caption', 'alt', 'creator', 'licence', 'usage', 'focal'];

// Every value of another type than the key's.
const wrong = (key, allowed, message, of = line, name = key) =>
  Object.entries(OF_TYPE).filter(([type]) => !allowed.includes(type)).map(([, value]) => [of({ [key]: value }), name, message]);

test('wrong types, key by key', () => {
  refused([
    ...LINES.flatMap((k) => wrong(k, ['text'], /^must be a text$/)),
    ...TIMES.flatMap((k) => wrong(k, ['text'], /^must be a date or a date and time/)),
    ...wrong('body_format', ['text'], /^must be one of markdown, text$/),
    ...wrong('state', [], /^must be one of draft, review, approved$/),
    ...['tags', 'old_urls', 'photos'].flatMap((k) => wrong(k, ['list'], /^must be a list$/)),
    ...wrong('withdrawn', ['object'], /^must be an object with "at" and "reason"$/),
    ...PHOTO_LINES.flatMap((k) => wrong(k, ['text'], /^must be a text$/, photo, `photos[2].${k}`)),
    ...wrong('expires_at', ['text'], /^must be a date/, photo, 'photos[2].expires_at'),
    ...wrong('decorative', ['true'], /^must be true or false$/, photo, 'photos[2].decorative'),
    ...Object.values(OF_TYPE).map((v) => [line({ tags: ['a', v] }), 'tags', /^must be a text$/]).filter(([l]) => !l.includes('"text"')),
    ...Object.values(OF_TYPE).filter((v) => typeof v !== 'object' || v === null || Array.isArray(v)).map((v) => [line({ photos: [v] }), 'photos[1].', /^must be an object$/]),
  ]);
});

test('unknown and doubled keys', () => {
  refused([
    [line({ nonsense: 1 }), 'nonsense', /is not a key of an item/],
    [line({ Title: 'x' }), 'Title', /is not a key of an item/],
    [line({ '': 1 }), '', /is not a key of an item/],
    [photo({ nonsense: 1 }), 'photos[2].nonsense', /is not a key of a photo/],
    [line({ withdrawn: { at: '2024-01-02', reason: 'x', by: 'y' } }), 'withdrawn.by', /is not a key of "withdrawn"/],
    [line({}).replace('{', '{"title":"a",'), '', /duplicate/],
    [photo({}).replace('"file":"b.jpg"', '"file":"b.jpg","file":"c.jpg"'), '', /duplicate/],
  ]);
  // A key cannot speak to the terminal, nor begin a line of its own.
  fs.writeFileSync(file, `{"a\\u001b[31m\\nb":1}\n`);
  const r = site.try('import', file);
  assert.ok(r.stderr.startsWith(`${file}:1: a [31m b: is not a key`), r.stderr);
});

test('broken JSON', () => {
  const bad = /^not valid JSON at column \d+: /;
  refused([
    ...['{', '{"title":', '{"title":"a"', '{"title":"a",}', '{"title":"a"} x', '{title:"a"}', "{'title':'a'}", '{"title":"a\nb"}'.split('\n')[0], '{"title":"\\x"}', '{"title":"\\ud800"}', '{"title":"\\u0000"}', '{"title":01}', '{"a":1}{"a":1}', '{"a":NaN}', 'null x', '{"a":1e999}', '{"a":99999999999999999999}'].map((l) => [l, '', bad]),
    ['[]', '', /^must be one JSON object$/],
    ['[{"title":"a"}]', '', /^must be one JSON object$/],
    ['"title"', '', /JSON/],
    ['{}', 'lang', /^is missing or empty$/],
    [Buffer.from('{"title":"a\0b"}'), '', bad],
    [`${'{"a":'.repeat(100000)}1${'}'.repeat(100000)}`, '', bad],
    [`{"tags":${'['.repeat(1000)}${']'.repeat(1000)}}`, 'tags', /^must be a text$/],
    [`{"tags":${'['.repeat(1000000)}`, '', bad],
  ]);
});

test('bytes that are not UTF-8', () => {
  const at = (bytes) => Buffer.concat([Buffer.from('{"title":"'), Buffer.from(bytes), Buffer.from('"}')]);
  refused([[0xff], [0xc3, 0x28], [0xc0, 0xaf], [0xe0, 0x80, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0xe2, 0x82]].map((b) => [at(b), '', /^not valid UTF-8 at byte 11$/]));
});

test('texts that hold what they may not, or too much', () => {
  refused([
    [line({ title: 'bell\u0007' }), 'title', /control character \(U\+0007/],
    [line({ body: 'escape\u001b[2J' }), 'body', /control character \(U\+001B/],
    [line({ title: 'two\nlines' }), 'title', /control character \(U\+000A/],
    [line({ tags: ['tab\there'] }), 'tags', /control character/],
    [line({ title: '' }), 'title', /missing or empty/],
    [line({ title: ' \u0020' }), 'title', /missing or empty/],
    [line({ title: 'x'.repeat(1001) }), 'title', /1001 bytes long, at most 1000 are allowed/],
    [line({ lead: 'я'.repeat(4001) }), 'lead', /8002 bytes long, at most 8000/],
    [line({ body: 'x'.repeat(256 * 1024 + 1) }), 'body', /at most 262144/],
    [line({ id: 'x'.repeat(201) }), 'id', /at most 200/],
    [line({ photo_credit: 'x'.repeat(501) }), 'photo_credit', /at most 500/],
    [line({ tags: Array.from({ length: 51 }, (_, i) => `t${i}`) }), 'tags', /51 entries, at most 50/],
    [line({ old_urls: Array.from({ length: 201 }, (_, i) => `/${i}`) }), 'old_urls', /201 entries, at most 200/],
    [line({ photos: Array.from({ length: 101 }, () => ({})) }), 'photos', /101 entries, at most 100/],
    [line({ tags: ['a', 'a'] }), 'tags', /"a" is there twice/],
    [line({ tags: [' '] }), 'tags', /entry 1 is empty/],
    [line({ old_urls: ['news/a'] }), 'old_urls', /beginning with \//],
    [line({ old_urls: ['//evil.example/'] }), 'old_urls', /beginning with \//],
    [line({ slug: 'Not A Slug' }), 'slug', /only a-z, 0-9/],
    [line({ slug: 'x'.repeat(81) }), 'slug', /at most 80/],
    [line({ lang: 'xx' }), 'lang', /no language of the site/],
    [line({ section: 'nowhere' }), 'section', /there is no section "nowhere" \(--create-sections/],
    [line({ published_at: undefined }), 'published_at', /is missing/],
    [line({ withdrawn: { at: '2024-01-01' } }), 'withdrawn', /needs "at" and "reason"/],
    [line({ withdrawn: { at: '2024-01-01', reason: ' ' } }), 'withdrawn', /needs "at" and "reason"/],
    [line({ body: 'a\n\n![x](http://e.example/a.png)' }), 'body', /body line 3: .*only the item's own photos/],
    [line({ body: '![](photo:1)' }), 'body', /body line 1: photo:1: the item has 0 photos/],
  ]);
});

test('dates that do not exist', () => {
  const bad = ['2023-02-29', '2023-02-30', '2024-13-01', '2024-00-10', '2024-01-00', '2024-04-31', '0000-01-01', '2024-1-1', '20240101', '01.02.2024', '2024-01-01T00:00:00', '2024-01-01T24:00:00Z', '2024-01-01T12:60:00Z', '2024-01-01T12:00:00+25:00', '2024-01-01 12:00:00 Z', 'yesterday', '', '2024-01-01T12:00Z', '10000-01-01'];
  refused([
    ...bad.map((d) => [line({ published_at: d }), 'published_at', /\S/]),
    ...TIMES.map((k) => [line({ [k]: '2023-02-30' }), k, /2023-02-30/]),
    [line({ withdrawn: { at: '2023-02-30', reason: 'x' } }), 'withdrawn.at', /2023-02-30/],
    [photo({ expires_at: '2023-02-30' }), 'photos[2].expires_at', /2023-02-30/],
  ]);
});

// A JPEG without the segments that hold texts (APP1 to APP15, comments).
function withoutTexts(jpeg) {
  const kept = [jpeg.subarray(0, 2)];
  for (let at = 2; ; ) {
    const kind = jpeg[at + 1];
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    if (kind === 0xda) return Buffer.concat([...kept, jpeg.subarray(at)]);
    if (kind < 0xe1 || (kind > 0xef && kind !== 0xfe)) kept.push(jpeg.subarray(at, end));
    at = end;
  }
}

test('photos: without credit, without file, no picture, too large', () => {
  fs.writeFileSync(path.join(site.dir, 'real.jpg'), withoutTexts(fs.readFileSync('static/demo/photos/delta.jpg')));
  fs.writeFileSync(path.join(site.dir, 'text.jpg'), 'not a picture');
  fs.writeFileSync(path.join(site.dir, 'cut.jpg'), fs.readFileSync('static/demo/photos/delta.jpg').subarray(0, 100));
  fs.writeFileSync(path.join(site.dir, 'empty.jpg'), '');
  fs.mkdirSync(path.join(site.dir, 'folder.jpg'));
  fs.writeFileSync(path.join(site.dir, 'large.jpg'), '');
  fs.truncateSync(path.join(site.dir, 'large.jpg'), 40e6 + 1);
  const one = (p, more = {}) => line({ photos: [{ alt: 'A', credit: 'C', ...p }], ...more });
  refused([
    [one({ file: 'real.jpg', credit: undefined }), 'photos', /photo 1 \(real\.jpg\) has no credit: neither here nor in its file, and the item has no photo_credit/],
    [one({ file: 'real.jpg', credit: ' ' }), 'photos', /has no credit/],
    [one({ file: 'real.jpg', credit: undefined }, { photo_credit: ' ' }), 'photos', /has no credit/],
    [one({}), 'photos[1].file', /is missing/],
    [one({ file: 'none.jpg' }), 'photos', /none\.jpg: .*No such file/],
    [one({ file: 'text.jpg' }), 'photos', /text\.jpg/],
    [one({ file: 'cut.jpg' }), 'photos', /cut\.jpg/],
    [one({ file: 'empty.jpg' }), 'photos', /empty\.jpg/],
    [one({ file: 'folder.jpg' }), 'photos', /folder\.jpg/],
    [one({ file: 'large.jpg' }), 'photos', /large\.jpg: larger than 40000000 bytes/],
    [one({ file: 'real.jpg', sha256: 'a'.repeat(64) }), 'photos', /its SHA-256 is/],
    [one({ file: 'real.jpg', sha256: '../'.repeat(21) + 'a' }), 'photos[1].sha256', /64 digits/],
    [one({ sha256: 'a'.repeat(64) }), 'photos', /a{64}/],
    [one({ file: 'real.jpg', decorative: true }), 'photos[1].alt', /no alt text/],
    [one({ file: 'real.jpg', focal: '50' }), 'photos[1].focal', /"x,y" in percent/],
    [one({ file: 'real.jpg', credit_url: 'javascript:alert(1)' }), 'photos[1].credit_url', /http/],
  ]);
  assert.deepEqual(fs.readdirSync(path.join(site.dir, 'media')), []);
});

test('a line of 50 MB is refused by its number and the rest is read', () => {
  const out = fs.openSync(file, 'w');
  fs.writeSync(out, `${line({ title: 'Fine' })}\n{"title":"`);
  for (let i = 0; i < 50; i++) fs.writeSync(out, Buffer.alloc(1 << 20, 'a'));
  fs.writeSync(out, `"}\n{broken\n`);
  fs.closeSync(out);
  const r = site.try('import', file);
  assert.equal(r.status, 1);
  assert.match(r.stderr, new RegExp(`${file}:2: the line is longer than \\d+ bytes\n${file}:3: not valid JSON`));
  assert.equal(site.run('export'), stored);
});

test('a byte order mark is named; nothing, blank lines, CRLF and a missing last line end are fine', async () => {
  const own = await Site.make({ sections: [['events', 'Events', 'События']] });
  const text = (t) => {
    fs.writeFileSync(file, t);
    return own.try('import', file);
  };
  const r = text(`\ufeff${line({})}\n`);
  assert.equal(r.status, 1);
  assert.match(r.stderr, /:1: begins with a byte order mark/);
  for (const empty of ['', '\n', '\r\n\r\n  \n']) assert.deepEqual(count(text(empty)), [0, 0, 0, 0]);
  const a = line({ id: 'a', title: 'a', body: 'One.\r\nTwo.' }), b = line({ id: 'b', title: 'b' });
  assert.deepEqual(count(text(`${a}\r\n\r\n${b}`)), [2, 0, 0, 0]);
  const first = own.run('export');
  assert.deepEqual(count(text(`${a}\n${b}\n`)), [0, 0, 2, 0]);
  assert.equal(own.run('export'), first);
  await own.end();
});

test('more refusals than anybody reads are counted', () => {
  const r = site.import(Array.from({ length: 50 }, () => '{'));
  assert.equal(r.stderr.split('\n').filter((l) => /not valid JSON/.test(l)).length, SHOWN);
  assert.match(r.stderr, /more lines are refused; only the first 20 are shown/);
  assert.match(r.stderr, /50 of 50 items refused/);
});

test('what cannot be opened is said', () => {
  for (const [name, message] of [['/nowhere/in.jsonl', /\/nowhere\/in\.jsonl: No such file/], [site.dir, /Is a directory/]]) {
    const r = site.try('import', name);
    assert.equal(r.status, 1);
    assert.match(r.stderr, message);
  }
});

// ---- options ----

test('--keep-going, --create-sections, --credit-lines, --media and standard input together', async () => {
  const own = await Site.make({ sections: [] });
  const media = path.join(own.dir, 'pictures');
  fs.mkdirSync(media);
  fs.writeFileSync(path.join(media, 'a.jpg'), withoutTexts(fs.readFileSync('static/demo/photos/delta.jpg')));
  const lines = [
    line({ id: 'a', section: 'brand-new', body: 'Text.\n\nPhoto: Ministry', photos: [{ file: 'a.jpg', alt: 'A' }] }),
    '{broken',
    line({ id: 'b', title: 'b', section: 'brand-new', body: 'Текст.\n\nФото: Служба «X»' }),
    line({ id: 'c', title: 'c', section: '2024' }),
    line({ id: 'd', title: 'd', section: 'newer', body: 'Text.\n\nPhoto credit: Agency' }),
    line({ id: 'e', title: 'e', section: 'newer', body: 'Text.\n\nPhoto: Ministry', photo_credit: 'Its own' }),
  ].join('\n');
  const from = (input, ...flags) => spawnSync(BYLINE, ['import', '-', ...flags, '--config', own.conf], { input, encoding: 'utf8', cwd: own.dir });
  const flags = ['--create-sections', '--credit-lines', '--media', media];
  assert.match(from(lines, ...flags).stderr, /-:2: not valid JSON[^]*-:4: section: .*year[^]*2 of 6 items refused, nothing stored/);
  assert.equal(own.run('section', 'list'), '');
  const r = from(lines, ...flags, '--keep-going');
  assert.equal(r.status, 1);
  assert.deepEqual(count(r), [4, 0, 0, 2]);
  assert.match(own.run('section', 'list'), /^brand-new *\nnewer *\n$/);
  const shown = (id) => JSON.parse(own.run('item', 'show', id));
  assert.equal(shown('a').photo_credit, 'Ministry');
  assert.equal(shown('a').photos[0].credit, undefined);
  assert.equal(shown('a').body, 'Text.');
  assert.equal(shown('b').photo_credit, 'Служба «X»');
  assert.equal(shown('d').photo_credit, 'Agency');
  assert.equal(shown('e').photo_credit, 'Its own');
  assert.equal(shown('e').body, 'Text.\n\nPhoto: Ministry');
  assert.match(own.cgi('/news/brand-new/new/').body, /Photo: <bdi>Ministry/);
  const again = from(lines, ...flags, '--keep-going');
  assert.deepEqual(count(again), [0, 0, 4, 2]);
  assert.equal(own.try('check').status, 0);
  // A refused line takes no other line's place, and makes no section.
  const late = [line({ section: 'late', body: '![](photo:1)' }), line({ section: 'latest' }), line({ section: 'latest', body: '![](photo:1)' })];
  assert.deepEqual(count(from(late.join('\n'), ...flags, '--keep-going')), [1, 0, 0, 2]);
  assert.doesNotMatch(own.run('section', 'list'), /^late /m);
  const pair = [line({ id: 'p', title: 'p', section: 'newer', body: '![](photo:1)' }), line({ id: 'p', title: 'p', section: 'newer' })];
  assert.deepEqual(count(from(pair.join('\n'), '--keep-going')), [1, 0, 0, 1]);
  await own.end();
});

// Import and export from the command line.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { BYLINE, Site, items } from './lib/site.mjs';

let site;
before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']] });
});
after(() => site.end());

const sum = (r) => r.stderr.match(/(\d+) added, (\d+) changed, (\d+) unchanged, (\d+) refused/)?.slice(1).map(Number);

test('importing twice changes nothing', () => {
  assert.deepEqual(sum(site.import(items(30))), [30, 0, 0, 0]);
  const first = site.run('export');
  assert.deepEqual(sum(site.import(items(30))), [0, 0, 30, 0]);
  assert.equal(site.run('export'), first);
});

test('export and import elsewhere give the same export, photos included', async () => {
  const demo = await Site.make({ demo: true });
  const other = await Site.make({ sections: [] });
  const media = path.join(demo.dir, 'out');
  const first = demo.run('export', '--media', media);
  fs.writeFileSync(path.join(media, 'items.jsonl'), first);
  const r = other.try('import', path.join(media, 'items.jsonl'), '--create-sections');
  assert.equal(r.status, 0, r.stderr);
  assert.equal(other.run('export'), first);
  assert.equal(other.try('check').status, 0);
  await demo.end();
  await other.end();
});

test('wrong lines are named, and nothing is stored', () => {
  const before = site.run('export');
  const good = items(1, 'events', 'en', '2001-01-01')[0];
  const line = (change) => JSON.stringify({ ...good, id: 'n', slug: 'n', ...change });
  const cases = [
    ['{"lang":', /:1: not valid JSON/],
    ['[1]', /must be one JSON object/],
    [line({ nonsense: 1 }), /nonsense: is not a key/],
    [line({ title: 5 }), /title: must be a text/],
    [line({ published_at: '2023-02-30' }), /published_at: .*2023-02-30|published_at: /],
    [line({ section: 'nowhere' }), /there is no section "nowhere"/],
    [line({ lang: 'xx' }), /no language of the site/],
    ['{"title":"a","title":"b"}', /duplicate|twice/],
    [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]).toString('latin1').replace('ÿ', '\u00ff'), /not valid|is not a key/],
    [line({ title: 'bell\u0007' }), /control character/],
    [line({ photos: [{ file: 'none.jpg', alt: 'x' }] }), /none\.jpg/],
    [line({ photos: [{ file: 'none.jpg', alt: 'x', credit: 'Y' }] }), /none\.jpg/],
    [line({ body: 'a\n\n![](photo:2)' }), /body line 3/],
    ...['https:///path', 'https://x.example/"', 'https://x.example/a b', 'javascript:alert(1)', '//x.example'].map((url) =>
      [line({ photos: [{ file: 'none.jpg', credit: 'Y', credit_url: url }] }), /photos\[1\]\.credit_url: must be an address/]),
    [`{"title":"${'a'.repeat(5 << 20)}"}`, /longer than/],
  ];
  for (const [text, message] of cases) {
    const r = site.import([text, JSON.stringify({ ...good, id: 'fine', slug: 'fine' })]);
    assert.equal(r.status, 1, text.slice(0, 60));
    assert.match(r.stderr, message, text.slice(0, 60));
    assert.match(r.stderr, /nothing stored/);
  }
  assert.equal(site.run('export'), before);
  const raw = path.join(site.dir, 'raw.jsonl');
  fs.writeFileSync(raw, Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}\n')]));
  assert.match(site.try('import', raw).stderr, /not valid UTF-8/);
});

test('--keep-going stores what is right; standard input works', () => {
  const fine = items(2, 'events', 'en', '2002-02-02').map((i) => ({ ...i, id: `k${i.id}`, slug: `k${i.slug}` }));
  assert.deepEqual(sum(site.import(['{broken', ...fine], '--keep-going')), [2, 0, 0, 1]);
  const r = spawnSync(BYLINE, ['import', '-', '--config', site.conf], { input: fine.map((i) => JSON.stringify(i)).join('\n'), encoding: 'utf8' });
  assert.deepEqual(sum(r), [0, 0, 2, 0]);
});

test('a credit line at the end of a body becomes the credit', () => {
  const body = 'Text.\n\nФото: Служба «X»';
  site.import([{ ...items(1)[0], id: 'c', slug: 'c', body }], '--credit-lines');
  const item = JSON.parse(site.run('item', 'show', 'c'));
  assert.equal(item.photo_credit, 'Служба «X»');
  assert.equal(item.body, 'Text.');
});

test('a taken slug gets a number; a given-up address stays', () => {
  const base = { lang: 'en', section: 'events', title: 'Same title', body: 'x' };
  site.import([{ ...base, id: 's1', published_at: '2003-01-01' }, { ...base, id: 's2', published_at: '2003-01-02' }]);
  assert.equal(JSON.parse(site.run('item', 'show', 's2')).slug, 'same-title-2');
  site.import([{ ...base, id: 's1', slug: 'another', published_at: '2003-01-01' }]);
  assert.deepEqual(JSON.parse(site.run('item', 'show', 's1')).old_urls, ['/news/events/same-title/']);
});

test('the text of the seed is stored and shown letter by letter', () => {
  const file = path.resolve('tests/fixtures/seed.jsonl');
  const r = site.try('import', file, '--credit-lines');
  assert.equal(r.status, 0, r.stderr);
  const lines = fs.readFileSync(file, 'utf8').trim().split('\n').map((l) => JSON.parse(l));
  const milex = lines.find((l) => l.title.includes('MILEX'));
  const list = site.run('item', 'list', '--limit', '1000').split('\n').find((l) => l.includes('MILEX'));
  const item = JSON.parse(site.run('item', 'show', list.split(' ')[0]));
  assert.equal(item.title, milex.title);
  assert.equal(item.lead, milex.lead);
  assert.equal(item.photo_credit, 'Ministry of Defense of the Republic of Belarus');
  const page = site.cgi(`/news/events/${item.slug}/`);
  assert.equal(page.status, 200);
  const text = page.body.replace(/<[^>]+>/g, '').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
  for (const part of [milex.title, milex.lead, '18.05.2023', 'Photo: Ministry of Defense of the Republic of Belarus', ...item.body.split(/\n\s*\n/).map((p) => p.trim())]) assert.ok(text.includes(part), part.slice(0, 80));
});

test('commands refuse wrong use with exit code 2', () => {
  for (const args of [['nonsense'], ['import'], ['item', 'fly'], ['import', 'a', 'b'], ['export', '--colour']]) assert.equal(site.try(...args).status, 2, args.join(' '));
  assert.equal(site.try('item', 'withdraw', 'en-events-0').status, 1);
  assert.match(site.try('help').stdout, /byline COMMAND --help/);
});

// Corrections as visitors see them: on the article, and listed newest first at
// /corrections/, through nginx with its cache.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site, items, sleep } from './lib/site.mjs';

const at = (i) => new Date(Date.UTC(2026, 3, 1, 0, 0, Math.floor(i / 3))).toISOString().replace('.000', '');
let site;

before(async () => {
  const all = [...items(2), ...items(1, 'events', 'ru')];
  all[0].corrections = Array.from({ length: 12 }, (_, i) => ({ at: at(i), text: `Text ${i}`, author: 'Ann' }));
  site = await Site.make({ sections: [['events', 'Events', 'События']], items: all });
  await site.serve();
  await site.startNginx();
});
after(() => site.end());

const texts = (body) => [...body.matchAll(/class="summary lines">([^<]*)</g)].map((m) => m[1]);

test('the list goes back and forth by cursor, newest first', async () => {
  const seen = [], pages = [];
  for (let path = '/corrections/'; path; ) {
    const { status, body } = await site.get(path);
    assert.equal(status, 200);
    seen.push(...texts(body));
    pages.push(path);
    path = body.match(/class="older" href="([^"]+)"/)?.[1];
  }
  assert.equal(pages.length, 3);
  assert.deepEqual([...seen].sort(), Array.from({ length: 12 }, (_, i) => `Text ${i}`).sort());
  assert.deepEqual(seen.slice(0, 3).sort(), ['Text 10', 'Text 11', 'Text 9']);
  const last = (await site.get(pages[2])).body;
  assert.match(last, /<meta name="robots" content="noindex">/);
  const back = await site.get(last.match(/class="newer" href="([^"]+)"/)[1]);
  assert.deepEqual(texts(back.body), seen.slice(5, 10));
  assert.equal(back.body.match(/class="newer" href="([^"]+)"/)[1], '/corrections/');
});

test('it is a page like others: its languages, redirects, validators and bad cursors', async () => {
  const first = await site.get('/corrections/');
  assert.match(first.body, /<link rel="canonical" href="http:\/\/news.example\/corrections\/">/);
  assert.match(first.body, /hreflang="ru" href="http:\/\/news.example\/ru\/corrections\/"/);
  assert.doesNotMatch(first.body, /Ann/, 'names stay in the newsroom');
  const ru = await site.get('/ru/corrections/');
  assert.equal(ru.status, 200);
  assert.match(ru.body, /<h1>Исправления<\/h1>[^]*Исправлений не публиковалось/);
  for (const path of ['/corrections', '/en/corrections/', '/Corrections/']) {
    const a = await site.get(path);
    assert.equal(a.status, 301, path);
    assert.equal(a.headers.location, 'http://news.example/corrections/');
  }
  assert.equal((await site.get('/corrections/?before=x')).status, 400);
  assert.equal((await site.get('/corrections/more/')).status, 404);
  const again = await site.get('/corrections/', { headers: { 'If-None-Match': first.headers.etag } });
  assert.equal(again.status, 304);
  assert.match((await site.get('/nope/')).body, /<footer[^]*href="\/corrections\/"/);
});

test('a new correction is seen at once, and goes and comes with its item', async () => {
  const listed = async (path) => (await site.get(path)).body.includes('In all, 30 came.');
  const item = '/news/events/events-1/';
  assert.equal(await listed(item), false);
  const before = (await site.get('/corrections/')).headers;
  site.run('item', 'correct', item, 'In all, 30 came.');
  await sleep(2100);
  assert.equal(await listed(item), true);
  const page = await site.get('/corrections/');
  assert.equal(texts(page.body)[0], 'In all, 30 came.');
  assert.notEqual(page.headers.etag, before.etag);
  assert.notEqual(page.headers['last-modified'], before['last-modified']);
  assert.match((await site.get(item)).body, /<aside class="corrections"[^]*<strong>Correction, <time/);
  site.run('item', 'withdraw', item, '--reason', 'Nobody came');
  await sleep(2100);
  assert.equal(await listed('/corrections/'), false);
  const gone = await site.get(item);
  assert.equal(gone.status, 410);
  assert.match(gone.body, /Nobody came/);
  site.run('item', 'reinstate', item, '--reason', 'They did');
  await sleep(2100);
  assert.equal(await listed('/corrections/'), true);
});

test('an export carries them, and another site has them after an import', async () => {
  const lines = site.run('export').trim().split('\n');
  const all = lines.map((l) => JSON.parse(l)).flatMap((i) => i.corrections ?? []);
  assert.equal(all.length, 13);
  assert.equal(all.filter((c) => c.author === 'Ann').length, 12);
  const other = await Site.make({ sections: [['events', 'Events', 'События']] });
  assert.equal(other.import(lines).status, 0);
  assert.match(other.import(lines).stderr, /3 unchanged/);
  assert.deepEqual(other.run('export').trim().split('\n').sort(), lines.sort());
  await other.end();
});

// What a visitor gets, through the real nginx.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { Site, items, sleep } from './lib/site.mjs';

let site;
const hidden = [
  { id: 'future', lang: 'en', section: 'events', slug: 'future', title: 'Future secret', body: 'x', published_at: '2099-01-01T00:00:00Z' },
  { id: 'gone', lang: 'en', section: 'events', slug: 'gone', title: 'Gone', body: 'x', published_at: '2020-05-05', withdrawn: { at: '2020-06-01T00:00:00Z', reason: 'Published in error' } },
  { id: 'never', lang: 'en', section: 'events', slug: 'never', title: 'Never', body: 'x', published_at: '2020-05-05', withdrawn: { at: '2020-01-01T00:00:00Z', reason: 'r' } },
  { id: 'draft', lang: 'en', section: 'events', slug: 'draft', title: 'Draft secret', body: 'x', published_at: '2020-05-05', state: 'draft' },
];
const special = [
  { id: 'old', lang: 'en', section: 'speeches', slug: 'moved-here', title: 'Moved', body: 'x', published_at: '2019-02-03', old_urls: ['/news/?ID=12', '/news/old_part/page.html'] },
  { id: 'hidden-old', lang: 'en', section: 'speeches', slug: 'hidden-old', title: 'H', body: 'x', published_at: '2099-01-01', old_urls: ['/secret-old/'] },
  { id: 'tr-en', group: 'g1', lang: 'en', section: 'speeches', slug: 'pair', title: 'Pair', body: 'x', published_at: '2019-02-04' },
  { id: 'tr-ru', group: 'g1', lang: 'ru', section: 'speeches', slug: 'para', title: 'Пара', body: 'х', published_at: '2019-02-04', photo_credit: 'Служба' },
  { id: 'text', lang: 'en', section: 'speeches', slug: 'text', title: 'ХI “Mixed" title\u00a0here <b>', lead: 'From <Minsk> & “on"', body: '- dash first\n1. number <Minsk>\n\nПривет e\u0301 🙂 שלום', body_format: 'text', published_at: '2019-02-05' },
  { id: 'up', lang: 'en', section: 'speeches', slug: 'up', title: 'Up', body: 'x', published_at: '2019-02-06', updated_at: '2019-03-01T10:00:00Z' },
];

before(async () => {
  site = await Site.make({
    sections: [['events', 'Events', 'События'], ['field', 'Field work', 'Поле', 'events'], ['speeches', 'Speeches', 'Речи'], ['empty', 'Empty', 'Пусто']],
    items: [...items(12), ...items(7, 'field', 'en', '2026-03-30'), ...items(3, 'events', 'ru'), ...hidden, ...special],
  });
  await site.serve();
  await site.startNginx();
});
after(() => site.end());

test('every kind of page answers in its language', async () => {
  const pages = { '/': 'en', '/news/': 'en', '/news/events/': 'en', '/news/field/': 'en', '/news/2026/': 'en', '/news/2026/03/': 'en', '/news/events/events-0/': 'en', '/ru/': 'ru', '/ru/news/': 'ru', '/ru/news/events/': 'ru', '/ru/news/2026/': 'ru', '/ru/news/events/events-0/': 'ru' };
  for (const [path, lang] of Object.entries(pages)) {
    const a = await site.get(path);
    assert.equal(a.status, 200, path);
    assert.match(a.headers['content-type'], /^text\/html; charset=utf-8$/);
    assert.ok(a.body.includes(`<html lang="${lang}"`), path);
    assert.equal((a.body.match(/<h1/g) ?? []).length, 1, `one h1 on ${path}`);
    assert.match(a.body, /<aside class="strip"/, `strip on ${path}`);
    assert.equal(a.headers['cache-control'], 'no-cache');
    assert.equal(a.headers['x-accel-expires'], undefined);
    assert.equal(a.headers['set-cookie'], undefined);
    assert.match(a.headers['content-security-policy'], /default-src 'none'/);
  }
});

test('the strip holds the four newest items with date and lead', async () => {
  const strip = (await site.get('/nope/')).body.split('<aside class="strip"')[1];
  assert.equal(strip.match(/<li>/g).length, 4);
  assert.ok(strip.includes('Lead en events 0') && strip.includes('31.03.2026'));
});

test('older and newer pages show every visible item once, newest first', async () => {
  const walk = async (start, pick) => {
    const seen = [];
    for (let path = start; path; ) {
      const { body, status } = await site.get(path);
      assert.equal(status, 200);
      seen.push([...body.split('<div class="list">')[1].matchAll(/<h2><a href="([^"]+)"/g)].map((m) => m[1]));
      path = body.match(pick)?.[1];
    }
    return seen;
  };
  const older = await walk('/news/events/', /class="older" href="([^"]+)"/);
  const all = older.flat();
  assert.equal(all.length, 19);
  assert.equal(new Set(all).size, 19);
  assert.ok(older.slice(0, -1).every((p) => p.length === 5));
  // From the oldest page back by "Newer": the same items.
  let last = '/news/events/';
  for (;;) {
    const next = (await site.get(last)).body.match(/class="older" href="([^"]+)"/)?.[1];
    if (!next) break;
    last = next;
  }
  const newer = await walk(last, /class="newer" href="([^"]+)"/);
  assert.deepEqual(new Set(newer.flat()), new Set(all));
  assert.match((await site.get(last)).body, /<meta name="robots" content="noindex">/);
});

test('an article has breadcrumb, dates, text, credit and three ways on', async () => {
  const a = await site.get('/ru/news/speeches/para/');
  assert.match(a.body, /<time datetime="2019-02-04">04\.02\.2019<\/time>/);
  assert.match(a.body, /Фото: <bdi>Служба/);
  for (const way of ['js-back" href="/ru/news/speeches/"', 'href="/ru/news/speeches/"', 'href="/ru/news/"']) assert.ok(a.body.includes(way), way);
  assert.match(a.body, /hreflang="en" href="http:\/\/news\.example\/news\/speeches\/pair\/"/);
  const up = await site.get('/news/speeches/up/');
  assert.match(up.body, /Updated <time datetime="2019-03-01T13:00:00\+03:00">01\.03\.2019</);
});

test('Go back leads to the page that shows the item', async () => {
  for (const slug of ['events-0', 'events-7', 'events-11']) {
    const back = (await site.get(`/news/events/${slug}/`)).body.match(/js-back" href="([^"]+)"/)[1];
    assert.ok((await site.get(back)).body.includes(`href="/news/events/${slug}/"`), slug);
  }
});

test('every letter of a text is shown', async () => {
  const { body } = await site.get('/news/speeches/text/');
  assert.ok(body.includes('<h1>ХI “Mixed&quot; title\u00a0here &lt;b&gt;</h1>'));
  assert.ok(body.includes('From &lt;Minsk&gt; &amp; “on&quot;'));
  assert.ok(body.includes('<p>- dash first\n1. number &lt;Minsk&gt;</p>'));
  assert.ok(body.includes('Привет e\u0301 🙂 שלום'));
});

test('the language switch leads to the translation, else to the section', async () => {
  assert.match((await site.get('/news/speeches/pair/')).body, /class="langs"><a href="\/ru\/news\/speeches\/para\/"/);
  assert.match((await site.get('/news/speeches/up/')).body, /class="langs"><a href="\/ru\/news\/speeches\/"/);
});

test('one address for a page: the others are redirected', async () => {
  const moves = { '/news': '/news/', '/NEWS/Events/': '/news/events/', '/news/2026/3/': '/news/2026/03/', '/en/news/': '/news/', '/news//events/': '/news/events/', '/%6eews/': '/news/', '/news?utm=1': '/news/?utm=1', '/news?q=\u00d0\u0096"': '/news/?q=%D0%96%22', '//news/?q=\u00d0\u0096': '/news/?q=%D0%96' };
  for (const [from, to] of Object.entries(moves)) {
    const a = await site.get(from);
    assert.equal(a.status, 301, from);
    assert.equal(a.headers.location, `http://news.example${to}`, from);
  }
});

test('old addresses lead to the item, but not to hidden ones', async () => {
  for (const old of ['/news/?ID=12', '/news/old_part/page.html']) {
    const a = await site.get(old);
    assert.equal(a.status, 301, old);
    assert.equal(a.headers.location, 'http://news.example/news/speeches/moved-here/');
  }
  assert.equal((await site.get('/secret-old/')).status, 404);
});

test('what may not be known is 404, what was withdrawn is 410 with the reason', async () => {
  const unknown = (await site.get('/news/events/no-such/')).body.replace(/no-such/g, '');
  for (const slug of ['future', 'never', 'draft']) {
    const a = await site.get(`/news/events/${slug}/`);
    assert.equal(a.status, 404, slug);
    assert.equal(a.body, unknown, `${slug} looks like any unknown address`);
  }
  const gone = await site.get('/news/events/gone/');
  assert.equal(gone.status, 410);
  assert.match(gone.body, /Published in error/);
  for (const path of ['/', '/news/', '/news/2020/', '/news/events/']) {
    const { body } = await site.get(path);
    assert.ok(!/secret|>Gone</.test(body), path);
  }
});

test('empty section and empty month are pages', async () => {
  assert.match((await site.get('/news/empty/')).body, /class="empty"/);
  assert.match((await site.get('/news/2021/07/')).body, /Nothing was published in this month/);
});

test('wrong requests get pages in the design', async () => {
  const cases = [
    ['/news/?before=zzz', 400], ['/news/?before=a&before=b', 400], ['/news/%00', 400], ['/a%2fb/', 400], ['/news/../etc', 400],
    ['/news/%252e/', 400], ['/news/%ff/', 400], ['/news/?q=%', 400], [`/${'a'.repeat(3000)}`, 414], [`/${'a'.repeat(9000)}`, 414], ['/nope/', 404],
    ['/static/css/nope.css', 404], ['/media/nope.jpg', 404], ['/media/', 404], ['/media/a%2fb', 404], ['/media/../news/', 400], ['/static/', 404], ['/errors/404.html', 404],
  ];
  for (const [path, status] of cases) {
    const a = await site.get(path);
    assert.equal(a.status, status, path.slice(0, 60));
    assert.match(a.body, /<link rel="stylesheet"/, path.slice(0, 60));
  }
  assert.equal((await site.get('/news/', { method: 'POST', body: 'a=1' })).status, 405);
  assert.equal((await site.get('/news/', { method: 'DELETE' })).headers.allow, 'GET, HEAD');
  assert.equal((await site.get('/news/', { method: 'BREW' })).status, 405);
  assert.equal((await site.get('/media/nope.jpg', { method: 'POST', body: 'a=1' })).status, 404);
  assert.equal((await site.get('/news/?utm_source=x&fbclid=y')).status, 200);
});

test('HEAD is GET without a body; conditional requests are answered 304', async () => {
  await sleep(2100); // the import is over, so Last-Modified is known
  const get = await site.get('/news/events/');
  const head = await site.get('/news/events/', { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.equal(head.bytes.length, 0);
  assert.equal(head.headers.etag, get.headers.etag);
  assert.ok(get.headers['last-modified']);
  const conditional = (headers) => site.get('/news/events/', { headers });
  assert.equal((await conditional({ 'If-None-Match': get.headers.etag })).status, 304);
  assert.equal((await conditional({ 'If-None-Match': '"other"' })).status, 200);
  assert.equal((await conditional({ 'If-Modified-Since': get.headers['last-modified'] })).status, 304);
});

test('gzip and plain hold the same page', async () => {
  const { gunzipSync } = await import('node:zlib');
  const plain = await site.get('/news/');
  const packed = await site.get('/news/', { headers: { 'Accept-Encoding': 'gzip' } });
  assert.equal(packed.headers['content-encoding'], 'gzip');
  assert.equal(packed.headers.vary, 'Accept-Encoding');
  assert.equal(gunzipSync(packed.bytes).toString('utf8'), plain.body);
});

test('static files, icons and manifest', async () => {
  const { body } = await site.get('/');
  for (const m of body.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)) {
    const a = await site.get(m[1]);
    assert.equal(a.status, 200, m[1]);
    assert.match(a.headers['cache-control'], /immutable/);
  }
  assert.equal((await site.get('/favicon.ico')).status, 200);
  assert.equal(JSON.parse((await site.get('/ru/site.webmanifest')).body).name, 'Бюро');
});

test('the weight of a page stays within its budget', async () => {
  const css = (await site.get('/')).body.match(/href="(\/static\/css[^"]+)"/)[1];
  const cssBytes = (await site.get(css, { headers: { 'Accept-Encoding': 'gzip' } })).bytes.length;
  const page = (await site.get('/nope/', { headers: { 'Accept-Encoding': 'gzip' } })).bytes.length;
  assert.ok(cssBytes + page <= 9 * 1024, `${cssBytes} + ${page}`);
});

test('a page nobody asked for is right at the first request', async () => {
  await site.get('/news/field/');
  const at = new Date(Date.now() + 4000);
  site.import([{ id: 'soon', lang: 'en', section: 'field', slug: 'soon', title: 'Soon out', body: 'x', published_at: at.toISOString().replace(/\.\d+Z/, 'Z') }]);
  site.run('item', 'withdraw', 'en-field-0', '--reason', 'Mistake');
  await sleep(10000);
  const { body } = await site.get('/news/field/');
  assert.ok(body.includes('Soon out'));
  assert.ok(!body.includes('href="/news/field/field-0/"'));
  assert.equal((await site.get('/news/field/field-0/')).status, 410);
});

test('the log tells of starts, not of visitors', () => {
  const log = site.log();
  assert.match(log, /event=ready/);
  assert.ok(!/127\.0\.0\.1|utm_source|Mozilla/.test(log));
  assert.equal(log.split('\n').filter((l) => /level=error/.test(l)).length, 0, log);
  assert.ok(!fs.readFileSync(`${site.dir}/nginx/nginx-access.log`, 'utf8').includes('127.0.0.1'));
});

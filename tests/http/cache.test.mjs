// What nginx keeps and adds: photos, methods, compression, conditional requests, headers.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { Site, items, sleep } from './lib/site.mjs';

let site;
const when = (ms) => new Date(Date.now() + ms).toISOString().replace(/\.\d+Z/, 'Z');
const article = (id, more) => ({ id, lang: 'en', section: 'events', slug: id, title: `Title of ${id}`, body: 'x', published_at: '2024-01-01', ...more });
const photo = (file) => [{ file, alt: 'A photo', credit: 'Somebody' }];
let fresh = 0;
const cold = (target) => `${target}?fresh=${fresh++}`;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']] });
  for (const name of ['dawn-valley.jpg', 'flags.jpg', 'delta.jpg']) fs.copyFileSync(path.join('static/demo/photos', name), path.join(site.dir, name));
  const r = site.import([
    ...items(8),
    article('seen', { photos: photo('dawn-valley.jpg') }),
    article('draft', { state: 'draft', photos: photo('flags.jpg') }),
    article('gone', { withdrawn: { at: '2024-02-01T00:00:00Z', reason: 'Mistake' } }),
  ]);
  assert.equal(r.status, 0, r.stderr);
  await site.serve();
  await site.startNginx();
  await site.photosMade();
  await sleep(2100); // the import is over, so Last-Modified is known
});
after(() => site.end());

// Addresses of the photo files on disk.
const onDisk = () => fs.readdirSync(path.join(site.dir, 'media'), { recursive: true }).filter((f) => f.endsWith('.jpg')).map((f) => `/media/${f}`);
const shown = async (item) => (await site.get(`/news/events/${item}/`)).body.match(/<img[^>]* src="([^"]+)"/)[1];

test('a photo is there for as long as an item shows it, and nothing else is', async () => {
  const open = await shown('seen');
  const a = await site.get(open);
  assert.equal(a.status, 200);
  assert.equal(a.headers['content-type'], 'image/jpeg');
  assert.deepEqual(a.bytes, fs.readFileSync(path.join(site.dir, open)));
  const head = await site.get(open, { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.equal(head.headers['content-length'], String(a.bytes.length));
  const [draft] = onDisk().filter((f) => path.dirname(f) !== path.dirname(open));
  const folder = path.dirname(open);
  const closed = [draft, `${folder}/`, folder, '/media/', '/media', `${open}.gz`, open.replace('.jpg', '.png'), open.toUpperCase().replace('MEDIA', 'media').replace('JPG', 'jpg'),
    open.replace('/media/', '/media//'), open.replace('/media/', '/media/./'), open.replace('.jpg', '.jp%67'), `/media/00/../${open.slice(7)}`, `${folder}/%2e%2e/x`, '/media/%00', '/media/a%2fb', `/media/${'a'.repeat(3000)}`,
    '/media/../data/news.db', '/data/news.db', '/static/../data/news.db', '/static/..%2fdata/news.db', '/errors/404.html', '/photo-check'];
  for (const target of closed)
    for (const method of ['GET', 'HEAD']) {
      const b = await site.get(target, { method });
      assert.ok([301, 400, 404, 414].includes(b.status), `${method} ${target.slice(0, 80)}: ${b.status}`);
      assert.match(b.headers['content-type'], /^text\/html/, target);
      if (method === 'GET') assert.match(b.body, /<link rel="stylesheet"/, target);
    }
  assert.equal((await site.get(open, { method: 'POST', body: 'x' })).status, 405);
  assert.equal((await site.get(`${open}?w=1`)).status, 200);
});

test('a photo opens and closes with its item', async () => {
  const before = onDisk();
  const times = [when(5000), when(8000)];
  site.import([article('short', { published_at: times[0], expires_at: times[1], photos: photo('delta.jpg') })]);
  await site.photosMade();
  const target = onDisk().find((f) => !before.includes(f));
  const at = async (ms, status, what) => {
    await sleep(Date.parse(ms) - Date.now() + what);
    for (const method of ['GET', 'HEAD']) assert.equal((await site.get(target, { method })).status, status, `${method} ${what} ms after`);
  };
  await at(times[0], 404, -700);
  // What was kept just before may be shown for one second more while it is renewed.
  await at(times[0], 200, 1050);
  await at(times[1], 200, -700);
  await at(times[1], 404, 1050);
});

test('HEAD first does not empty the page that GET gets', async () => {
  const target = cold('/news/');
  const head = await site.get(target, { method: 'HEAD' });
  const get = await site.get(target);
  assert.equal(head.status, 200);
  assert.equal(head.bytes.length, 0);
  assert.match(get.body, /<\/html>\n$/);
  assert.equal(head.headers.etag, get.headers.etag);
});

test('each visitor gets the coding it accepts, from a cold and a warm cache', async () => {
  const page = (await site.get('/news/')).body;
  const cases = { gzip: true, 'gzip, deflate, br': true, 'GZIP': true, 'gzip;q=0.5': true, 'br, gzip;q=1.0': true, '': false, identity: false, br: false, '*': false, 'gzip;q=0': false, 'gzip;q=0.000': false, 'xgzip': false, ', ,;;,': false };
  for (const [accepted, isPacked] of Object.entries(cases)) {
    const target = cold('/news/');
    for (const state of ['cold', 'warm']) {
      const a = await site.get(target, { headers: { 'Accept-Encoding': accepted } });
      const what = `${state} "${accepted}"`;
      assert.equal(a.status, 200, what);
      assert.equal(a.headers['content-encoding'], isPacked ? 'gzip' : undefined, what);
      assert.equal((isPacked ? gunzipSync(a.bytes) : a.bytes).toString('utf8'), page, what);
      assert.equal(a.headers.vary, 'Accept-Encoding', what);
    }
  }
  const without = cold('/news/');
  assert.equal((await site.get(without)).body, page);
  assert.equal((await site.get(without)).body, page);
});

test('conditional requests, from a cold and a warm cache', async () => {
  const { etag, 'last-modified': last } = (await site.get('/news/events/')).headers;
  const opaque = etag.replace('W/', '');
  const other = 'Mon, 01 Jan 2024 00:00:00 GMT';
  const cases = [
    [{ 'If-None-Match': etag }, 304], [{ 'If-None-Match': opaque }, 304], [{ 'If-None-Match': `"a", ${etag}, "b"` }, 304], [{ 'If-None-Match': '*' }, 304],
    [{ 'If-None-Match': '"a", W/"b"' }, 200], [{ 'If-None-Match': opaque.slice(1, -1) }, 200], [{ 'If-None-Match': '"' }, 200],
    [{ 'If-Modified-Since': last }, 304], [{ 'If-Modified-Since': other }, 200], [{ 'If-Modified-Since': 'Fri, 01 Jan 2100 00:00:00 GMT' }, 200], [{ 'If-Modified-Since': 'yesterday' }, 200],
    [{ 'If-None-Match': etag, 'If-Modified-Since': last }, 304], [{ 'If-None-Match': '"a"', 'If-Modified-Since': last }, 200],
  ];
  for (const [headers, status] of cases) {
    const target = cold('/news/events/');
    for (const state of ['cold', 'warm'])
      for (const method of ['GET', 'HEAD']) {
        const a = await site.get(target, { method, headers: { ...headers, 'Accept-Encoding': 'gzip' } });
        const what = `${state} ${method} ${JSON.stringify(headers)}`;
        assert.equal(a.status, status, what);
        assert.equal(a.headers.etag, etag, what);
        assert.equal(a.headers['last-modified'], last, what);
        assert.equal(a.headers['cache-control'], 'no-cache', what);
        if (status === 200 && method === 'GET') assert.match(gunzipSync(a.bytes).toString(), /<\/html>\n$/, what);
        if (status === 304) assert.deepEqual([a.bytes.length, a.headers['content-length'], a.headers['content-encoding'], a.headers['content-type']], [0, undefined, undefined, undefined], what);
      }
  }
});

const guards = ['x-content-type-options', 'content-security-policy', 'referrer-policy', 'permissions-policy', 'cross-origin-opener-policy', 'x-frame-options'];

test('security headers on every status, no cookie, and Host is never heard', async () => {
  const { body } = await site.get('/');
  const etag = (await site.get('/')).headers.etag;
  const css = body.match(/href="(\/static\/css[^"]+)"/)[1];
  const open = await shown('seen');
  const cases = [
    [200, '/'], [200, '/', { method: 'HEAD' }], [301, '/news'], [304, '/', { headers: { 'If-None-Match': etag } }], [400, '/news/?before=x'], [404, '/nope/'], [404, '/ru/nope/'],
    [405, '/news/', { method: 'POST', body: 'a' }], [405, '/ru/news/', { method: 'PUT', body: 'a' }], [410, '/news/events/gone/'], [414, `/${'a'.repeat(3000)}`], [414, `/${'a'.repeat(9000)}`],
    [413, '/news/', { method: 'POST', body: 'a'.repeat(70000) }],
    [200, css], [304, css, { headers: { 'If-None-Match': (await site.get(css)).headers.etag } }], [404, '/static/none.css'], [404, '/static/'], [405, css, { method: 'POST' }], [416, css, { headers: { Range: 'bytes=9999999-' } }], [412, css, { headers: { 'If-Match': '"x"' } }],
    [200, '/favicon.ico'], [200, open], [304, open, { headers: { 'If-None-Match': (await site.get(open)).headers.etag } }], [404, '/media/aa/none.jpg'], [200, '/site.webmanifest'],
    [303, '/admin/'], [200, '/healthz'], [200, '/metrics'], [405, '/healthz', { method: 'POST', body: 'x' }],
  ];
  for (const [status, target, options = {}] of cases) {
    const a = await site.get(target, { ...options, headers: { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example', ...options.headers } });
    const what = `${options.method ?? 'GET'} ${target.slice(0, 60)}`;
    assert.equal(a.status, status, what);
    for (const name of guards) assert.ok(a.headers[name], `${name} on ${status} ${what}`);
    assert.equal(a.headers['set-cookie'], undefined, what);
    assert.doesNotMatch(JSON.stringify(a.headers) + a.body, /evil/, what);
    assert.doesNotMatch(a.headers.server, /\d/, what);
    if (status === 405) assert.equal(a.headers.allow, 'GET, HEAD', what);
    if (status >= 400 && options.method !== 'HEAD') assert.match(a.body, /<link rel="stylesheet"/, what);
  }
});

test('tracking tails change nothing, doubled known parameters are 400', async () => {
  const before = (await site.get('/news/')).body;
  const older = before.match(/class="older" href="\/news\/\?before=([^"]+)"/)[1];
  assert.equal((await site.get('/news/?utm_source=x&utm_source=y&fbclid=z')).body, before);
  assert.match(before, /rel="canonical" href="http:\/\/news\.example\/news\/"/);
  for (const query of [`before=${older}&before=${older}`, `before=${older}&after=${older}`, `before=${older}&%62efore=x`]) assert.equal((await site.get(`/news/?${query}`)).status, 400, query);
  const tail = await site.get(`/news/?before=${older}&utm_campaign=x`);
  assert.equal(tail.status, 200);
  assert.equal(tail.body, (await site.get(`/news/?before=${older}`)).body);
  assert.equal((await site.get('/news/events/events-1/?before=x&before=y')).status, 200);
});

test('with the program stopped, what nginx says itself is in the design', async () => {
  await site.get('/news/events/events-4/');
  await site.stop();
  for (const [target, lang] of [['/news/events/events-5/', 'en'], ['/ru/news/', 'ru']]) {
    const a = await site.get(target);
    assert.equal(a.status, 502);
    assert.match(a.body, new RegExp(`<html lang="${lang}"`));
    assert.match(a.body, /<link rel="stylesheet"/);
    assert.equal(a.headers['retry-after'], '5');
    assert.equal(a.headers['cache-control'], 'no-cache');
    for (const name of guards) assert.ok(a.headers[name], name);
  }
  assert.equal((await site.get('/news/events/events-4/')).status, 200);
  assert.equal((await site.get(await shown('seen'))).status, 200, 'a photo seen before');
  const unseen = await site.get(onDisk()[0].replace('.jpg', '.png'));
  assert.ok(unseen.status >= 500);
  assert.match(unseen.body, /<link rel="stylesheet"/);
});

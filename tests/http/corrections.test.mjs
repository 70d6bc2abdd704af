// Corrections as visitors see them: on the article, and listed newest first at
// /corrections/, through nginx with its cache; and as the newsroom publishes them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site, items, sleep } from './lib/site.mjs';
import { Staff, encode, fieldsOf, unescape } from './lib/staff.mjs';

const at = (i) => new Date(Date.UTC(2026, 3, 1, 0, 0, Math.floor(i / 3))).toISOString().replace('.000', '');
const password = 'correct horse battery staple';
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

const signedIn = async (login, role, ...more) => {
  site.addPerson(login, role, password, ...more);
  const who = new Staff(site);
  await who.signIn(login, password);
  return who;
};
const PAGE = '/admin/items/2/corrections/';
const errorAt = (body, name) => unescape(new RegExp(`<p class="problem" id="f-${name}-error">([^<]*)`).exec(body)?.[1] ?? '');

test('the newsroom publishes one, sure of it, and visitors see it', async () => {
  const eva = await signedIn('eva', 'editor', '--sections', 'events');
  const said = 'An earlier version said 12.\nIt was "13" <b> {{X}}.';
  const answer = await eva.submit(PAGE, { text: said, sure: '1' });
  assert.equal(answer.headers.location, `${PAGE}?done=corrected`);
  const { body } = await eva.get(answer.headers.location);
  assert.match(body, /The correction is published/);
  for (const end of ['', 'preview-links/']) assert.ok(body.includes(`href="/admin/items/2/${end}"`), end);
  assert.ok(unescape(body).includes(said));
  assert.match(body, /">eva<\/td>/);
  await sleep(2100);
  const [item] = /\/news\/events\/[^/"]+\//.exec((await site.get('/corrections/')).body.split('class="list"')[1]);
  for (const path of ['/corrections/', item]) {
    const page = await site.get(path);
    assert.ok(unescape(page.body).includes(said), path);
    assert.ok(!page.body.includes('eva'), path);
  }
  assert.match(site.run('audit', '--person', 'eva'), /correct +\S+ +An earlier version said 12\./);
});

test('what is wrong is said at its field, and nothing is lost or half published', async () => {
  const eva = await signedIn('eve', 'editor', '--sections', 'events');
  const before = (await eva.get(PAGE)).body.match(/<tr>/g).length;
  const unsure = await eva.submit(PAGE, { text: 'Unsure.' });
  assert.equal(unsure.status, 422);
  assert.equal(fieldsOf(unsure.body, PAGE).text, 'Unsure.');
  assert.notEqual(errorAt(unsure.body, 'sure'), '');
  const empty = await eva.submit(PAGE, { text: ' \n ', sure: '1' });
  assert.equal(empty.status, 422);
  assert.notEqual(errorAt(empty.body, 'text'), '');
  const long = await eva.submit(PAGE, { text: 'x'.repeat(4001), sure: '1' });
  assert.equal(long.status, 422);
  assert.equal(fieldsOf(long.body, PAGE).text.length, 4001);
  assert.equal((await eva.send(PAGE, encode({ text: 'x', sure: '1' }))).status, 403);
  const { csrf } = fieldsOf((await eva.get(PAGE)).body, PAGE);
  assert.equal((await eva.send(PAGE, encode({ csrf, sure: '1' }))).status, 400);
  assert.equal((await eva.send(PAGE, encode([['csrf', csrf], ['text', 'a'], ['text', 'b'], ['sure', '1']]))).status, 400);
  assert.equal((await eva.get('/admin/items/99/corrections/')).status, 404);
  assert.equal((await eva.get(PAGE)).body.match(/<tr>/g).length, before);
});

test('only editors of the section publish one, and only of what is out', async () => {
  const ada = await signedIn('ada', 'author');
  const eli = await signedIn('eli', 'editor');
  for (const [who, refused] of [[ada, 403], [eli, 404]]) {
    const { status, body } = await who.get(PAGE);
    assert.equal(status, 200);
    assert.match(body, /published by editors of the section/);
    assert.throws(() => fieldsOf(body, PAGE));
    const { csrf } = fieldsOf((await who.get('/admin/account/')).body, '/admin/account/language/');
    assert.equal((await who.send(PAGE, encode({ csrf, text: 'Mine', sure: '1' }))).status, refused);
  }
  const eva = await signedIn('evi', 'editor', '--sections', 'events');
  const fields = fieldsOf((await eva.get(PAGE)).body, PAGE);
  const item = JSON.parse(site.run('export').split('\n')[1]);
  site.run('item', 'withdraw', item.id, '--reason', 'Wrong');
  const late = await eva.send(PAGE, encode({ ...fields, text: 'Late', sure: '1' }));
  assert.equal(late.status, 422);
  assert.match(late.body, /Visitors cannot see this item now/);
  site.run('item', 'reinstate', item.id, '--reason', 'Right');
  assert.doesNotMatch((await eva.get(PAGE)).body, /Late|Mine/);
});

test('a slug changed by form leaves a 301 behind, through every name it had', async () => {
  const eva = await signedIn('evo', 'editor', '--sections', 'events');
  const moved = async (path) => [(await site.get(path)).status, (await site.get(path)).headers.location?.replace('http://news.example', '')];
  const [first] = /\/news\/events\/[^/"]+\//.exec((await site.get('/news/')).body.split('class="list"')[1]);
  const [, n] = await (async () => {
    for (let i = 1; ; i++) if ((await eva.get(`/admin/items/${i}/`)).body.includes(`value="${first.split('/')[3]}"`)) return [first, i];
  })();
  let last = first;
  for (const slug of ['second', 'third', first.split('/')[3]]) {
    await eva.submit(`/admin/items/${n}/`, { slug });
    site.run('item', 'approve', last);
    await sleep(2100);
    assert.deepEqual(await moved(last), [301, `/news/events/${slug}/`]);
    last = `/news/events/${slug}/`;
  }
  assert.equal((await site.get(first)).status, 200);
  assert.deepEqual(await moved('/news/events/second/'), [301, first]);
  assert.deepEqual(await moved('/news/events/third/'), [301, first]);
});

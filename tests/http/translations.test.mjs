// Translations of an item as the newsroom links and makes them, and what readers are led
// to; without script, through nginx.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site, items } from './lib/site.mjs';
import { Staff, encode, fieldsOf, unescape } from './lib/staff.mjs';

const password = 'correct horse battery staple';
const page = (n, more = '') => `/admin/items/${n}/translations/${more}`;
let site, eva, ann;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']], items: [...items(2), ...items(2, 'events', 'ru')] });
  site.addPerson('eva', 'editor', password, '--sections', 'events');
  site.addPerson('ann', 'author', password);
  await site.serve();
  await site.startNginx();
  eva = new Staff(site);
  ann = new Staff(site);
  await eva.signIn('eva', password);
  await ann.signIn('ann', password);
});
after(() => site.end());

const errorAt = (body, name) => unescape(new RegExp(`<p class="problem" id="f-${name}-error">([^<]*)`).exec(body)?.[1] ?? '');
const rows = (body) => [...body.matchAll(/<tr>(<t[hd].*?)<\/tr>/gs)].slice(1).map((m) => m[1].replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ').trim());
// Items 1 and 2 are English, 3 and 4 Russian; their addresses on the site.
const en = '/news/events/events-0/', ru = '/ru/news/events/events-0/';
const leads = async (from, to) => (await site.get(from, { headers: { 'x-fresh': String(Math.random()) } })).body.includes(`class="langs"><a href="${to}"`);
const soon = () => new Promise((done) => setTimeout(done, 2100));

test('two items are linked by an address pasted from the browser, and unlinked', async () => {
  assert.match((await eva.get(page(3))).body, /It has no translations/);
  assert.equal(await leads(en, ru), false);
  await eva.submit(page(3), { other: `http://news.example${en}?utm=1#main` }, page(3, 'link/'));
  const done = await eva.submit(page(3), { other: ` http://localhost:8080/admin/items/1/history/ ` }, page(3, 'link/'));
  assert.equal(done.headers.location, `${page(3)}?done=linked`);
  const { body } = await eva.get(done.headers.location);
  assert.equal(rows(body).length, 2);
  assert.match(rows(body)[1], /Русский Approved Version 1$/);
  assert.match(body, /The source says the same today/);
  await soon();
  assert.ok(await leads(en, ru) && await leads(ru, en));
  const gone = await eva.submit(page(1), {}, page(1, 'unlink/'));
  assert.equal(gone.headers.location, `${page(1)}?done=unlinked`);
  await soon();
  assert.equal(await leads(en, ru), false);
  assert.equal((await eva.send(page(1, 'unlink/'), encode(fieldsOf((await eva.get(page(3))).body, page(3, 'unlink/'))))).status, 409);
});

test('what cannot be linked says why, at its field', async () => {
  const refused = async (n, other, words) => {
    const answer = await eva.submit(page(n), { other }, page(n, 'link/'));
    assert.equal(answer.status, 422, other);
    assert.match(errorAt(answer.body, 'other'), words);
    assert.equal(fieldsOf(answer.body, page(n, 'link/')).other, other);
  };
  await refused(3, '/news/events/nothing/', /no such item/);
  await refused(3, '/admin/items/99/', /no such item/);
  await refused(3, '/admin/items/x/', /no such item/);
  await refused(3, '"><script>alert(1)</script>', /no such item/);
  await refused(3, '/ru/news/events/events-1/', /same language/);
  await refused(3, '', /./);
  await eva.submit(page(3), { other: en }, page(3, 'link/'));
  await refused(1, ru, /a translation of this one/);
  await refused(4, en, /already/);
  await eva.submit(page(2), { other: '/admin/items/4/' }, page(2, 'link/'));
  await refused(2, ru, /translations of their own/);
  await eva.submit(page(2), {}, page(2, 'unlink/'));
  const { csrf } = fieldsOf((await eva.get('/admin/account/')).body, '/admin/account/language/');
  for (const [more, fields, status] of [['link/', {}, 400], ['reflects/', { number: 'x' }, 400], ['reflects/', { number: '99' }, 400], ['new/', {}, 400], ['new/', { lang: 'xx' }, 422], ['new/', { lang: 'en' }, 422]])
    assert.equal((await eva.send(page(3, more), encode({ csrf, ...fields }))).status, status, `${more} ${JSON.stringify(fields)}`);
  assert.equal((await eva.send(page(3, 'unlink/'), encode({}))).status, 403);
  assert.equal((await eva.get(page(99))).status, 404);
});

test('an author makes a translation, an editor publishes it, and it becomes stale', async () => {
  const made = await ann.submit(page(2), { lang: 'ru' }, page(2, 'new/'));
  assert.equal(made.status, 303, made.body);
  const item = made.headers.location.replace(/\?.*/, '');
  const n = Number(/\d+/.exec(item)[0]);
  const fields = fieldsOf((await ann.get(item)).body, item);
  assert.deepEqual([fields.lang, fields.slug, fields.body], ['ru', 'events-1-2', 'Body of 1.\n\nSecond paragraph.']);
  assert.match((await eva.get(`${item}steps/`)).body, /not translated/);
  await ann.send(item, encode({ ...fields, title: 'Заголовок', body: 'Перевод.' }));
  assert.doesNotMatch((await eva.get(`${item}steps/`)).body, /not translated/);
  const { public_id: id } = { public_id: /^(\S+) +draft/m.exec(site.run('item', 'list'))[1] };
  site.run('item', 'approve', id);
  await soon();
  assert.ok(await leads('/news/events/events-1/', '/ru/news/events/events-1-2/'));
  // The source is changed: who opens the translation is told, and sees what changed.
  const source = fieldsOf((await eva.get('/admin/items/2/')).body, '/admin/items/2/');
  await eva.send('/admin/items/2/', encode({ ...source, body: 'Body of 1, changed.\n\nSecond paragraph.' }));
  assert.doesNotMatch((await eva.get(item)).body, /outdated/);
  site.run('item', 'approve', '/news/events/events-1/');
  assert.match((await eva.get(item)).body, /Translations \(outdated\)/);
  assert.deepEqual(rows((await eva.get('/admin/items/?state=stale')).body).length, 1);
  assert.match(rows((await eva.get(`/admin/items/?state=stale&lang=ru&q=${encodeURIComponent('Заголовок')}`)).body)[0], /^Заголовок Events Русский Published · Outdated ann/);
  assert.equal(rows((await eva.get('/admin/items/?state=stale&lang=en')).body).length, 0);
  const stale = (await ann.get(page(n))).body;
  assert.match(stale, /<ins>[^<]*changed/);
  assert.match(rows(stale)[1], /outdated since/);
  const now = await ann.submit(page(n), {}, page(n, 'reflects/'));
  assert.equal(now.headers.location, `${page(n)}?done=saved`);
  assert.doesNotMatch((await ann.get(page(n))).body, /outdated/);
  assert.equal(rows((await eva.get('/admin/items/?state=stale')).body).length, 0);
  assert.match(site.run('audit', '--person', 'ann'), /reflects +\S+ +version 3/);
  // Withdrawn: a notice in its language, in no listing, and no page leads to it.
  site.run('item', 'withdraw', id, '--reason', 'Ошибка в переводе <b>');
  await soon();
  const gone = await site.get('/ru/news/events/events-1-2/');
  assert.equal(gone.status, 410);
  assert.match(gone.body, /<html lang="ru"[^]*Ошибка в переводе &lt;b&gt;/);
  for (const path of ['/ru/', '/ru/news/', '/ru/news/events/'])
    assert.ok(!(await site.get(path)).body.includes('events-1-2'), path);
  assert.ok(await leads('/news/events/events-1/', '/ru/news/events/'));
});

test('rights: authors link drafts of their own; what they may not see has no title', async () => {
  const { csrf } = fieldsOf((await ann.get('/admin/account/')).body, '/admin/account/language/');
  assert.throws(() => fieldsOf('', page(1, 'link/')));
  const { body } = await ann.get(page(1));
  assert.throws(() => fieldsOf(body, page(1, 'link/')));
  assert.throws(() => fieldsOf(body, page(1, 'unlink/')));
  assert.equal((await ann.send(page(1, 'link/'), encode({ csrf, other: ru }))).status, 404);
  assert.equal((await ann.send(page(1, 'unlink/'), encode({ csrf }))).status, 404);
  await eva.submit(page(3), {}, page(3, 'unlink/'));
  const made = await eva.submit(page(1), { lang: 'ru' }, page(1, 'new/'));
  const draft = made.headers.location.replace(/\?.*/, '');
  assert.equal((await ann.get(`${draft}translations/`)).status, 404);
  assert.match(rows((await ann.get(page(1))).body)[1], /^A draft of somebody else Русский Draft/);
});

test('a text that is still its source\'s is not published, and its field says so', async () => {
  const made = await eva.submit(page(4), { lang: 'en' }, page(4, 'new/'));
  const draft = made.headers.location.replace(/\?.*/, '');
  const { body } = await eva.get(`${draft}steps/`);
  assert.match(body, /still that of its source/);
  const { csrf } = fieldsOf(body, `${draft}copy/`);
  const forced = await eva.send(`${draft}steps/`, encode({ csrf, do: 'approve', version: 1, reason: '', at: '', at_which: '' }));
  assert.equal(forced.status, 422);
  for (const checked of [forced, await eva.get(`${draft}?check=1`)])
    assert.match(checked.body, /id="body-error">[^<]+/);
});

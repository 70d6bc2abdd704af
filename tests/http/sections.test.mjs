// Sections and the audit log on pages: what an administrator does shows at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site, items } from './lib/site.mjs';
import { Staff, encode, fieldsOf, unescape } from './lib/staff.mjs';

const password = 'correct horse battery staple';
let site, anna;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События'], ['visits', 'Visits', 'Визиты', 'events'], ['speeches', 'Speeches', 'Речи']], items: items(3) });
  site.addPerson('anna', 'administrator', password);
  await site.serve();
  await site.startNginx();
  anna = new Staff(site);
  await anna.signIn('anna', password);
});
after(() => site.end());

const LIST = '/admin/sections/';
const rows = async () => [...(await anna.get(LIST)).body.matchAll(/<th scope="row"><a href="([^"]*)">([^<]*)<\/a><\/th>\s*<td [^>]*>([^<]*)/g)].map(([, url, name, slug]) => ({ url, name, slug }));
const slugs = async () => (await rows()).map((r) => r.slug).join(' ');
const pageOf = async (slug) => (await rows()).find((r) => r.slug === slug).url;
const menu = async () => [...(await site.get(`/?n=${Math.random()}`)).body.matchAll(/<li><a href="\/news\/([a-z-]+)\/">/g)].map((m) => m[1]).join(' ');
const press = async (way, slug) => {
  const { body } = await anna.get(LIST);
  const id = (await pageOf(slug)).match(/\d+/)[0];
  return anna.send(`${LIST}${way}/`, encode({ csrf: fieldsOf(body, `${LIST}${way}/`).csrf, id }));
};
const lastLine = () => site.run('audit').split('\n')[0];

test('sections stand in their order with what is inside them, and are moved by buttons', async () => {
  assert.equal(await slugs(), 'events visits speeches');
  assert.equal((await press('up', 'speeches')).status, 303);
  assert.equal(await slugs(), 'speeches events visits');
  assert.equal(await menu(), 'speeches events');
  assert.match(lastLine(), /anna +127\.0\.0\.1 +section change +speeches: place "1"/);
  assert.equal((await press('up', 'speeches')).headers.location, LIST, 'it is the first already');
  assert.equal(await slugs(), 'speeches events visits');
  await press('down', 'speeches');
  assert.equal(await slugs(), 'events visits speeches');
});

test('a new section is on the site at once', async () => {
  const answer = await anna.submit(`${LIST}new/`, { slug: 'press-releases', 'name-en': 'Press releases', 'name-ru': 'Пресс-релизы', parent: '', 'four-eyes': '1' });
  assert.equal(answer.status, 303, answer.body);
  assert.equal(await menu(), 'events speeches press-releases');
  const page = await pageOf('press-releases');
  assert.equal(fieldsOf((await anna.get(page)).body, page)['four-eyes'], '1');
  assert.match((await site.get('/ru/news/press-releases/')).body, /Пресс-релизы/);
});

test('what is wrong is said at its field, and what was typed is kept', async () => {
  const wrong = [
    [{ slug: '2023' }, 'slug'], [{ slug: 'news' }, 'slug'], [{ slug: 'Events' }, 'slug'], [{ slug: 'en' }, 'slug'], [{ slug: 'events' }, 'slug'],
    [{ slug: '' }, 'slug'], [{ 'name-en': '' }, 'name-en'], [{ 'name-ru': 'x'.repeat(121) }, 'name-ru'], [{ parent: 'visits' }, 'parent'],
  ];
  for (const [fields, field] of wrong) {
    const typed = { slug: 'kept', 'name-en': 'Kept "<&>', 'name-ru': '', parent: 'events', ...fields };
    const answer = await anna.submit(`${LIST}new/`, typed);
    assert.equal(answer.status, 422, JSON.stringify(fields));
    assert.match(answer.body, new RegExp(`id="f-${field}-error"`), JSON.stringify(fields));
    const again = fieldsOf(answer.body, `${LIST}new/`);
    for (const name of ['slug', 'name-en', 'name-ru']) assert.equal(again[name], typed[name]);
  }
  assert.doesNotMatch(await slugs(), /kept/);
});

test('a changed word in addresses leaves redirects, for the section and its items', async () => {
  const page = await pageOf('events');
  assert.equal((await anna.submit(page, { slug: 'meetings', 'name-ru': '' })).status, 303);
  const section = await site.get('/news/events/');
  assert.deepEqual([section.status, section.headers.location], [301, 'http://news.example/news/meetings/']);
  const item = await site.get('/news/events/events-1/');
  assert.deepEqual([item.status, item.headers.location], [301, 'http://news.example/news/meetings/events-1/']);
  assert.equal((await site.get('/news/meetings/events-1/')).status, 200);
  assert.match(lastLine(), /section change +events: slug "meetings" ru ""/);
});

test('two levels: what has sections inside goes into no other', async () => {
  const page = await pageOf('meetings');
  const answer = await anna.submit(page, { parent: 'speeches' });
  assert.equal(answer.status, 422);
  assert.match(answer.body, /id="f-parent-error"/);
  assert.equal((await anna.submit(await pageOf('visits'), { parent: 'speeches' })).status, 303);
  assert.equal(await slugs(), 'meetings speeches visits press-releases');
});

test('only an empty section is removed, and rights in it go with it', async () => {
  site.run('user', 'add', 'boris', '--role', 'editor', '--sections', 'press-releases,meetings', '--random');
  for (const slug of ['meetings', 'speeches']) {
    const page = await pageOf(slug);
    const answer = await anna.submit(page, {}, `${page}remove/`);
    assert.equal(answer.status, 422);
    assert.match(answer.body, /role="alert">The section is not empty/);
  }
  const page = await pageOf('press-releases');
  assert.equal((await anna.submit(page, {}, `${page}remove/`)).status, 303);
  assert.equal(await slugs(), 'meetings speeches visits');
  assert.equal((await anna.get(page)).status, 404);
  assert.match(site.run('user', 'list'), /boris.* meetings$/m);
  assert.equal(await menu(), 'meetings speeches');
});

// ---- the audit log ----

const lines = (body) => [...body.matchAll(/<tr>(<td.*?)<\/tr>/gs)].map(([, row]) => [...row.matchAll(/<td[^>]*>([^<]*)</g)].map((m) => unescape(m[1])));
const search = async (query = {}) => {
  const answer = await anna.get(`/admin/audit/?${encode(query)}`);
  assert.equal(answer.status, 200, answer.body);
  return lines(answer.body);
};

test('the log tells of texts, sections and accounts as one list', async () => {
  const all = await search();
  const [when, who, what, about, detail, from] = all[0];
  assert.match(when, /^\d\d\.\d\d\.\d{4} \d\d:\d\d$/);
  assert.deepEqual([who, what, about, detail, from], ['anna', 'Section removed', '', 'press-releases', '127.0.0.1']);
  assert.ok(all.some((l) => l[2] === 'Person added' && l[3] === 'boris' && l[5] === 'command line'));
  assert.ok(all.some((l) => l[2] === 'Signed in' && l[1] === 'anna'));
});

test('it is searched by person, login, action and time', async () => {
  await new Staff(site).signIn('anna', 'a wrong password of hers');
  await new Staff(site).signIn('my secret typed here', 'x');
  const refused = await search({ action: 'password refused' });
  assert.deepEqual(refused.map((l) => [l[1], l[3], l[5]]), [['', '', '127.0.0.1'], ['', 'anna', '127.0.0.1']]);
  assert.deepEqual((await search({ about: 'anna', action: 'sign in' })).map((l) => l[2]), ['Signed in']);
  assert.ok((await search({ person: 'anna' })).every((l) => l[1] === 'anna'));
  assert.equal((await search({ person: 'nobody' })).length, 0);
  assert.equal((await search({ until: '2020-01-01T00:00' })).length, 0);
  assert.equal((await search({ since: '2020-01-01', until: '' })).length, (await search()).length);
  assert.equal((await search({ utm_source: 'x' })).length, (await search()).length);
});

test('a search that cannot be is answered at its field, a doubled one is refused', async () => {
  for (const query of ['since=yesterday', 'until=2026-02-30', 'action=%22%3E%3Cscript%3E']) {
    const answer = await anna.get(`/admin/audit/?${query}`);
    assert.equal(answer.status, 422, query);
    assert.match(answer.body, new RegExp(`id="f-${query.split('=')[0]}-error"`));
    assert.doesNotMatch(answer.body, /<script>/);
  }
  for (const query of ['since=2026-01-01&since=2026-01-02', 'before=x', 'before=1.7.1', 'before=1.0.1&before=1.0.1'])
    assert.equal((await anna.get(`/admin/audit/?${query}`)).status, 400, query);
});

test('page by page every line once, with the search kept', async () => {
  for (let i = 0; i < 55; i++) site.run('user', 'role', 'boris', i % 2 ? 'editor' : 'author');
  const seen = [];
  const who = site.run('audit').split('\n').find((l) => l.includes('person change')).split(/ {2,}/)[1]; // who runs this test
  let url = `/admin/audit/?${encode({ person: who, action: 'person change' })}`;
  for (let pages = 0; url && pages < 5; pages++) {
    const { body } = await anna.get(url);
    seen.push(...lines(body));
    url = unescape(/<a href="([^"]*)" rel="next"/.exec(body)?.[1] ?? '');
    if (pages === 0) assert.match(url, /before=\d+\.1\.\d+&person=.*&action=person%20change$/);
  }
  assert.equal(seen.filter((l) => l[2] === 'Person changed' && l[3] === 'boris').length, 55);
});

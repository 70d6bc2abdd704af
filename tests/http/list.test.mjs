// The newsroom's lists, through the real nginx.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site, items, sleep } from './lib/site.mjs';
import { Staff, encode, unescape } from './lib/staff.mjs';

const password = 'correct horse battery staple';
let site, anna, boris, sections;

async function someone(login, role) {
  site.addPerson(login, role, password);
  const who = new Staff(site);
  await who.signIn(login, password);
  return who;
}

before(async () => {
  site = await Site.make({
    sections: [['events', 'Events', 'События'], ['speeches', 'Speeches', 'Выступления']],
    items: [...items(70), ...items(3, 'speeches', 'ru')],
  });
  await site.serve();
  await site.startNginx();
  await sleep(1000); // what is written in the second of the import may stand behind it
  anna = await someone('anna', 'administrator');
  boris = await someone('boris', 'author');
  sections = Object.fromEntries([...(await anna.get('/admin/items/new/')).body.matchAll(/<option value="(\d+)">([^<]*)</g)].map((m) => [m[2], m[1]]));
});
after(() => site.end());

async function add(who, fields) {
  const answer = await who.submit('/admin/items/new/', { section: sections.Events, lead: 'The lead.', body: 'The body.', ...fields });
  assert.equal(answer.status, 303, answer.body);
  return answer.headers.location.replace(/\?.*/, '');
}

// The rows of a list as {title, url, cells by column}.
function rows(body) {
  return [...body.matchAll(/<tr>.*?<th scope="row"><a href="([^"]*)">([^<]*)<.*?<\/tr>/gs)].map(([row, url, title]) => ({
    url, title: unescape(title),
    ...Object.fromEntries([...row.matchAll(/<td [^>]*data-label="([^"]*)">([^<]*)</g)].map((m) => [m[1], unescape(m[2])])),
  }));
}
const titles = (body) => rows(body).map((r) => r.title);
const link = (body, rel) => unescape(new RegExp(`<a href="([^"]*)" rel="${rel}"`).exec(body)?.[1] ?? '');
async function list(query = '', who = anna) {
  const answer = await who.get(`/admin/items/${query}`);
  assert.equal(answer.status, 200, query);
  return answer.body;
}

test('the list shows every item with its state, and leads to it', async () => {
  const url = await add(anna, { title: 'A draft & more' });
  const first = rows(await list()).find((r) => r.url === url);
  assert.deepEqual([first.title, first.url, first.Section, first.Language, first.State, first.Author, first['Publish time']],
    ['A draft & more', url, 'Events', 'English', 'Draft', 'anna', '']);
  assert.match(first.Changed, / \d\d:\d\d$/);
  const out = rows(await list()).find((r) => r.title.startsWith('Title'));
  assert.deepEqual([out.State, out.Author], ['Published', 'import']);
  assert.match(out['Publish time'], /2026$/);
});

test('pages lead to older and newer ones, nothing twice and nothing left out', async () => {
  const seen = [];
  let page = await list(), last;
  for (;;) {
    seen.push(...titles(page));
    const older = link(page, 'next');
    if (!older) break;
    last = titles(page);
    page = (await anna.get(older)).body;
  }
  assert.equal(new Set(seen).size, seen.length);
  assert.ok(seen.length >= 73, seen.length);
  assert.deepEqual(titles((await anna.get(link(page, 'prev'))).body), last);
  assert.equal((await anna.get('/admin/items/?on=x')).status, 400);
});

test('an author sees what is out and their own drafts, not those of others', async () => {
  await add(anna, { title: 'Secret of Anna' });
  await add(boris, { title: 'Draft of Boris' });
  const seen = titles(await list('', boris));
  assert.ok(seen.includes('Draft of Boris'));
  assert.ok(!seen.includes('Secret of Anna'));
  assert.ok(titles(await list()).includes('Draft of Boris'));
});

const find = async (fields, who = anna) => titles(await list(`?${new URLSearchParams(fields)}`, who));

test('filters find by words, tag, section, state, author, language and date, alone and together', async () => {
  await add(anna, { title: 'Ministers met at the dam', tags: 'Water, climate', section: sections.Speeches });
  await add(anna, { title: 'Министры встретились у плотины', tags: 'вода', lang: 'ru' });
  assert.deepEqual(await find({ q: 'MINISTERS dam' }), ['Ministers met at the dam']);
  assert.deepEqual(await find({ q: 'плотины' }), ['Министры встретились у плотины']);
  assert.deepEqual(await find({ tag: 'water' }), ['Ministers met at the dam']);
  assert.deepEqual(await find({ tag: 'water', q: 'dam', section: 'speeches', state: 'draft', lang: 'en' }), ['Ministers met at the dam']);
  assert.deepEqual(await find({ tag: 'water', section: 'events' }), []);
  assert.deepEqual(await find({ q: 'title', lang: 'ru' }), ['Title ru speeches 2', 'Title ru speeches 1', 'Title ru speeches 0']);
  assert.deepEqual(await find({ from: '2026-03-29', until: '2026-03-30', lang: 'en' }), ['Title en events 1', 'Title en events 2']);
  assert.deepEqual(await find({ from: '2026-03-31' }).then((t) => t.sort()), ['Title en events 0', 'Title ru speeches 0']);
  const page = (await anna.get('/admin/items/?q=dam&state=draft')).body;
  assert.match(page, /<input type="text" id="f-q" name="q" value="dam"/);
  assert.match(page, /<option value="draft" selected>/);
  assert.match(page, /<details class="fold" open>/);
});

test('the pages of a filtered list keep the filter', async () => {
  const first = await list('?q=title&lang=en&section=events');
  assert.equal(titles(first).length, 50);
  const second = (await anna.get(link(first, 'next'))).body;
  assert.equal(titles(second).length, 20);
  assert.deepEqual(titles((await anna.get(link(second, 'prev'))).body), titles(first));
});

test('a filter that cannot be is told at its field, and the rest is kept', async () => {
  for (const [query, field] of [['from=yesterday', 'from'], ['until=2026-02-30', 'until'], ['state=x', 'state'], ['section=nope', 'section'], ['author=99', 'author'], ['lang=xx', 'lang'], [`q=${'x'.repeat(201)}`, 'q'], [`tag=${'x'.repeat(101)}`, 'tag']]) {
    const answer = await anna.get(`/admin/items/?${query}${field === 'tag' ? '' : '&tag=kept'}`);
    assert.equal(answer.status, 422, query);
    assert.match(answer.body, new RegExp(`id="f-${field}-error"`), query);
    if (field !== 'tag') assert.match(answer.body, /name="tag" value="kept"/);
  }
  assert.equal((await anna.get('/admin/items/?q=a&q=b')).status, 400);
  for (const q of ['"', '*', 'a OR', "' OR 1=1 --", '<script>alert(1)</script>', 'NEAR(', '{{X}}']) {
    const answer = await anna.get(`/admin/items/?${new URLSearchParams({ q })}`);
    assert.equal(answer.status, 200, q);
    assert.doesNotMatch(answer.body, /<script>alert/);
  }
});

test('an author does not find the drafts of others, whatever they ask', async () => {
  await add(anna, { title: 'Hidden embassy', tags: 'confidential' });
  for (const fields of [{ q: 'embassy' }, { tag: 'confidential' }, { q: 'hidden', state: 'draft' }, { author: '1', q: 'hidden' }, { section: 'events', state: 'draft', q: 'embassy' }])
    assert.deepEqual(await find(fields, boris), [], JSON.stringify(fields));
  assert.deepEqual(await find({ q: 'embassy' }), ['Hidden embassy']);
});

test('views: mine, waiting, scheduled, withdrawn', async () => {
  site.import([{ ...items(1)[0], id: 'sched', slug: 'sched', title: 'To come', published_at: '2099-01-01' }, { ...items(1)[0], id: 'gone', slug: 'gone', title: 'Gone', withdrawn: { at: '2026-04-01', reason: 'why' } }]);
  assert.deepEqual(await find({ state: 'scheduled' }), ['To come']);
  assert.deepEqual(await find({ state: 'withdrawn' }), ['Gone']);
  const mine = (await boris.get('/admin/items/')).body;
  const [, own] = /<a href="(\/admin\/items\/\?author=\d+)">Mine<\/a>/.exec(mine);
  const page = (await boris.get(own)).body;
  assert.deepEqual(titles(page), ['Draft of Boris']);
  assert.match(page, /author=\d+" aria-current="page">Mine/);
});

const tokenOf = (body) => /name="csrf" value="([^"]*)"/.exec(body)[1];

// Chooses the items of these titles on the list and does something with them: {title: what was done}.
async function bulk(who, query, chosen, fields) {
  const { body } = await who.get(`/admin/items/${query}`);
  const picks = {};
  for (const [, name, value, title] of body.matchAll(/<input type="checkbox" name="(item-\d+)" value="(\d+)" aria-label="([^"]*)">/g))
    if (chosen.includes(unescape(title))) picks[name] = value;
  const csrf = tokenOf(body);
  const answer = await who.send(`/admin/items/${query}`, encode({ csrf, action: '', reason: '', move_to: '', bulk_tag: '', ...picks, ...fields }));
  return { ...answer, done: Object.fromEntries([...answer.body.matchAll(/<a href="\/admin\/items\/\d+\/">([^<]*)<\/a><\/th>\s*<td [^>]*>([^<]*)</g)].map((m) => [unescape(m[1]), unescape(m[2])])) };
}

test('several items are approved, moved, tagged and withdrawn at once, each by itself', async () => {
  await add(anna, { title: 'Bulk one', published_at: '2026-05-04T10:30' });
  await add(anna, { title: 'Bulk two', lead: '' });
  const both = ['Bulk one', 'Bulk two'];
  assert.deepEqual((await bulk(anna, '?q=bulk', both, { action: 'tag', bulk_tag: 'bulky' })).done, { 'Bulk one': 'Saved.', 'Bulk two': 'Saved.' });
  assert.deepEqual((await find({ tag: 'bulky' })).sort(), both);
  assert.deepEqual((await bulk(anna, '?q=bulk', both, { action: 'approve' })).done, { 'Bulk one': 'Approved.', 'Bulk two': 'The lead is missing.' });
  assert.equal((await site.get('/news/events/bulk-one/')).status, 200);
  assert.equal((await site.get('/news/events/bulk-two/')).status, 404);
  assert.deepEqual((await bulk(anna, '?q=bulk', both, { action: 'move', move_to: 'speeches' })).done,
    { 'Bulk one': 'Saved as a draft. Visitors see it when it is approved.', 'Bulk two': 'Saved.' });
  assert.deepEqual((await find({ q: 'bulk', section: 'speeches' })).sort(), both);
  assert.equal((await site.get('/news/events/bulk-one/')).status, 200);
  assert.deepEqual((await bulk(anna, '?q=bulk', both, { action: 'untag', bulk_tag: 'nothing' })).done, { 'Bulk one': 'There was nothing new to save.', 'Bulk two': 'There was nothing new to save.' });
  assert.deepEqual((await bulk(anna, '?q=bulk', both, { action: 'withdraw', reason: 'An error' })).done,
    { 'Bulk one': 'Withdrawn.', 'Bulk two': 'Not done: its state does not allow it, or somebody has changed it meanwhile.' });
  assert.equal((await site.get('/news/events/bulk-one/?n=1')).status, 410);
});

test('what an item was when it was chosen is what is approved', async () => {
  const url = await add(anna, { title: 'Raced' });
  const { body } = await anna.get('/admin/items/?q=raced');
  const [, name, value] = /name="(item-\d+)" value="(\d+)"/.exec(body);
  const csrf = tokenOf(body);
  await anna.submit(url, { body: 'Another text.' });
  const answer = await anna.send('/admin/items/?q=raced', encode({ csrf, action: 'approve', reason: '', move_to: '', bulk_tag: '', [name]: value }));
  assert.match(answer.body, /somebody has changed it meanwhile/);
  assert.equal((await site.get('/news/events/raced/')).status, 404);
});

test('an action without what it needs is told at the field, and the choice is kept', async () => {
  await add(anna, { title: 'Needy' });
  for (const [fields, field, chosen = ['Needy']] of [[{ action: 'withdraw' }, 'reason'], [{ action: 'move' }, 'move_to'], [{ action: 'tag' }, 'bulk_tag'], [{}, 'action'], [{ action: 'x' }, 'action'], [{ action: 'approve' }, 'action', []], [{ action: 'tag', bulk_tag: 'x'.repeat(101) }, 'bulk_tag'], [{ action: 'move', move_to: 'nope' }, 'move_to']]) {
    const answer = await bulk(anna, '?q=needy', chosen, fields);
    assert.equal(answer.status, 422, JSON.stringify(fields));
    assert.match(answer.body, new RegExp(`id="f-${field}-error"`), JSON.stringify(fields));
    if (chosen.length > 0) assert.match(answer.body, /checked aria-label="Needy"/);
  }
});

test('rights hold for each item as alone', async () => {
  await add(boris, { title: 'Mine to tag' });
  const done = await bulk(boris, '', ['Mine to tag', 'Title en events 0'], { action: 'approve' });
  assert.deepEqual([...new Set(Object.values(done.done))], ['Not done: you may not do this to this item.']);
  assert.equal((await bulk(boris, '?q=mine', ['Mine to tag'], { action: 'tag', bulk_tag: 'own' })).done['Mine to tag'], 'Saved.');
  const csrf = tokenOf((await boris.get('/admin/items/')).body);
  const secret = (await anna.get('/admin/items/?q=embassy')).body.match(/name="(item-\d+)" value="(\d+)"/);
  const answer = await boris.send('/admin/items/', encode({ csrf, action: 'tag', reason: '', move_to: '', bulk_tag: 'x', [secret[1]]: secret[2], 'item-999999': '1' }));
  assert.equal(answer.status, 404);
  assert.doesNotMatch(answer.body, /embassy|you may not/);
  assert.match(answer.body, /not there any more/);
  assert.equal((await boris.send('/admin/items/', encode({ action: 'tag', csrf: 'x' }))).status, 403);
});

test('the first page shows what goes out, what waits and the own drafts', async () => {
  const soon = new Date(Date.now() + 3 * 3600e3).toISOString();
  site.import([{ ...items(1)[0], id: 'soon', slug: 'soon', title: 'Out soon', published_at: soon }]);
  await add(boris, { title: 'Boris waits' });
  site.run('item', 'submit', '/news/events/boris-waits/');
  const page = (await anna.get('/admin/')).body;
  assert.match(page, /<a href="\/admin\/" aria-current="page">Today<\/a>/);
  const parts = Object.fromEntries(page.split('<div class="part">').slice(1).map((p) => [/<h2>([^<]*)/.exec(p)[1], p]));
  assert.deepEqual(titles(parts['Goes out in the next 24 hours']), ['Out soon']);
  assert.deepEqual(titles(parts['Waiting for review']), ['Boris waits']);
  assert.ok(titles(parts['My drafts']).length > 0);
  assert.ok(!titles(parts['My drafts']).includes('Draft of Boris'));
  assert.match(parts['Waiting for review'], /href="\/admin\/items\/\?state=review"/);
});

test('the calendar shows a month by the office’s days, and leads on', async () => {
  const page = (await anna.get('/admin/calendar/2026/03/')).body;
  assert.match(page, /<h1>[^<]*2026<\/h1>/);
  assert.match(page, /href="\/admin\/calendar\/" aria-current="page">Calendar/);
  const cell = (day) => page.split('<td class="').find((c) => c.includes(`datetime="${day}"`));
  assert.match(cell('2026-03-31'), /Title en events 0<\/a> <span class="hint">Published/);
  assert.match(page, /href="\/admin\/calendar\/2026\/02\/"/);
  assert.match(page, /href="\/admin\/calendar\/2026\/04\/"/);
  assert.match((await anna.get('/admin/calendar/2099/01/')).body, /To come<\/a> <span class="hint">Scheduled/);
  assert.match((await anna.get('/admin/calendar/')).headers.location, /^\/admin\/calendar\/\d{4}\/\d\d\/$/);
  for (const month of ['2026/13', '2026/00', '0001/01', '9999/12']) assert.equal((await anna.get(`/admin/calendar/${month}/`)).status, 404, month);
});

test('a section with the longest slug is filtered by and moved to', async () => {
  const slug = 'x'.repeat(80);
  site.run('section', 'add', slug, '--name', 'en=Long', '--name', 'ru=Длинная');
  await add(anna, { title: 'To be moved far' });
  assert.equal((await bulk(anna, '?q=far', ['To be moved far'], { action: 'move', move_to: slug })).done['To be moved far'], 'Saved.');
  assert.deepEqual(await find({ section: slug }), ['To be moved far']);
});

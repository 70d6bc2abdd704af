// The newsroom's lists, through the real nginx.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site, items } from './lib/site.mjs';
import { Staff, unescape } from './lib/staff.mjs';

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
    ...Object.fromEntries([...row.matchAll(/<td data-label="([^"]*)">([^<]*)</g)].map((m) => [m[1], unescape(m[2])])),
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
  assert.equal((await anna.get('/admin/items/?before=x')).status, 400);
});

test('an author sees what is out and their own drafts, not those of others', async () => {
  await add(anna, { title: 'Secret of Anna' });
  await add(boris, { title: 'Draft of Boris' });
  const seen = titles(await list('', boris));
  assert.ok(seen.includes('Draft of Boris'));
  assert.ok(!seen.includes('Secret of Anna'));
  assert.ok(titles(await list()).includes('Draft of Boris'));
});

// Writing an item by form, without script: the whole way through nginx.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site } from './lib/site.mjs';
import { Staff, encode, fieldsOf, unescape } from './lib/staff.mjs';

const password = 'correct horse battery staple';
const NEW = '/admin/items/new/';
let site, anna, sections;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События'], ['speeches', 'Speeches', 'Выступления']] });
  site.addPerson('anna', 'administrator', password);
  await site.serve();
  await site.startNginx();
  anna = new Staff(site);
  await anna.signIn('anna', password);
  sections = Object.fromEntries([...(await anna.get(NEW)).body.matchAll(/<option value="(\d+)">([^<]*)</g)].map((m) => [m[2], m[1]]));
});
after(() => site.end());

// A new item by its form; answers its address in the newsroom.
async function add(fields = {}, who = anna) {
  const answer = await who.submit(NEW, { title: 'A title', section: sections.Events, lead: 'The lead.', body: 'The body.', ...fields });
  assert.equal(answer.status, 303, answer.body);
  return answer.headers.location.replace(/\?.*/, '');
}
const read = async (page, who = anna) => fieldsOf((await who.get(page)).body, page);
const errorAt = (body, name) => unescape(new RegExp(`<p class="problem" id="(?:f-)?${name}-error">([^<]*)`).exec(body)?.[1] ?? '');

test('a new item is a draft that shows again what was typed', async () => {
  const typed = { lang: 'ru', title: 'Жуков "met" <graduates> & {{X}}', lead: 'Lead\nof two lines', body: '\n# One\n\n\ttab & <b>\n', tags: 'water, climate', photo_credit: 'Ministry', published_at: '2031-05-04T10:30' };
  const page = await add(typed);
  const fields = await read(page);
  for (const [name, value] of Object.entries(typed)) assert.equal(fields[name], value, name);
  assert.equal(fields.slug, 'zhukov-met-graduates-x');
  assert.equal(fields.base, '1');
  assert.equal((await site.get('/ru/news/events/zhukov-met-graduates-x/')).status, 404);
});

test('saving again is another version; saving the same is none', async () => {
  const page = await add();
  const answer = await anna.submit(page, { body: 'Other.' });
  assert.equal(answer.headers.location, `${page}?done=saved`);
  assert.equal((await read(page)).base, '2');
  assert.equal((await anna.submit(page, {})).headers.location, `${page}?done=unchanged`);
  assert.equal((await read(page)).base, '2');
});

test('a save based on an old version is joined, never an overwrite', async () => {
  const page = await add({ body: 'One.\n\nTwo.\n\nThree.' });
  const old = await read(page);
  await anna.submit(page, { body: 'One!\n\nTwo.\n\nThree.', tags: 'theirs' });
  const asked = await anna.send(page, encode({ ...old, body: 'One.\n\nTwo.\n\nThree!', photo_credit: 'mine', minor: '1', why: 'because' }));
  assert.equal(asked.status, 409);
  const joined = fieldsOf(asked.body, page);
  assert.equal(joined.body, 'One!\n\nTwo.\n\nThree!');
  assert.deepEqual([joined.tags, joined.photo_credit, joined.minor, joined.why, joined.base], ['theirs', 'mine', '1', 'because', '2']);
  assert.match(asked.body, /<del>Three\.<\/del><ins>Three!<\/ins>/);
  assert.equal((await read(page)).body, 'One!\n\nTwo.\n\nThree.');
  assert.equal((await anna.send(page, encode(joined))).status, 303);
  assert.equal((await read(page)).body, 'One!\n\nTwo.\n\nThree!');
});

test('where both changed the same, both stand there and the field says so', async () => {
  const page = await add({ title: 'Base', body: 'Base.' });
  const old = await read(page);
  await anna.submit(page, { title: 'Theirs', body: 'Theirs.' });
  const asked = await anna.send(page, encode({ ...old, title: 'Mine', body: 'Mine.' }));
  assert.equal(asked.status, 409);
  const joined = fieldsOf(asked.body, page);
  assert.equal(joined.title, 'Mine');
  assert.match(errorAt(asked.body, 'title'), /theirs was: Theirs$/);
  assert.match(joined.body, /^<{7} 1\nMine\.\n={7}\nTheirs\.\n>{7} 2\n?$/);
  assert.match(errorAt(asked.body, 'body'), /between lines of marks/);
});

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
// The page of an item by its slug.
async function find(slug) {
  for (let n = 1; ; n++) {
    const page = `/admin/items/${n}/`, { status } = await anna.get(`${page}preview/`);
    assert.equal(status, 200, `no item with the slug ${slug}`);
    if ((await read(page)).slug === slug) return page;
  }
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

// ---- versions ----

const rows = (body) => [...body.matchAll(/<tr><th scope="row">(.*?)<\/tr>/gs)].map((m) => unescape(m[1].replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')).trim());

test('the history tells every version; two are compared, and an old one comes back', async () => {
  const page = await add({ title: 'First title', body: 'Some words here.' });
  await anna.submit(page, { title: 'Second title', body: 'Some other words here.', why: 'the date was wrong', minor: '1' });
  const list = await anna.get(`${page}history/`);
  assert.match(rows(list.body)[0], /^Version 2 .* anna Saved \(small change\): the date was wrong Compare$/);
  assert.match(rows(list.body)[1], /^Version 1 .* anna Saved Restore$/);
  const compared = (await anna.get(`${page}diff/?old=1&new=2`)).body;
  assert.match(compared, /<h3>Title<\/h3>\s*<p class="compared"><del>First <\/del><ins>Second <\/ins>title<\/p>/);
  assert.match(compared, /Some <ins>other <\/ins>words here\./);
  assert.doesNotMatch(compared, /Restore version/);
  const back = await anna.submit(`${page}diff/?old=2&new=1`, {}, `${page}history/`);
  assert.equal(back.headers.location, `${page}?done=restored`);
  assert.equal((await read(page)).title, 'First title');
  assert.match(rows((await anna.get(`${page}history/`)).body)[0], /^Version 3 /);
});

test('a long history has pages', async () => {
  const page = await add();
  for (let i = 2; i <= 27; i++) await anna.submit(page, { body: `Body ${i}.` });
  const first = (await anna.get(`${page}history/`)).body;
  assert.equal(rows(first).length, 25);
  const older = unescape(/<a href="([^"]*)" rel="next">/.exec(first)[1]);
  assert.deepEqual(rows((await anna.get(older)).body).map((r) => r.slice(0, 9)), ['Version 2', 'Version 1']);
});

test('restoring from an old look at the history does nothing', async () => {
  const page = await add({ title: 'One' });
  await anna.submit(page, { title: 'Two' });
  const form = fieldsOf((await anna.get(`${page}diff/?old=2&new=1`)).body, `${page}history/`);
  await anna.submit(page, { title: 'Three' });
  assert.equal((await anna.send(`${page}history/`, encode(form))).status, 409);
  assert.equal((await read(page)).title, 'Three');
});

test('versions that are not there, and numbers that are none', async () => {
  const page = await add();
  for (const path of ['revisions/9/', 'diff/?old=1&new=9']) assert.equal((await anna.get(page + path)).status, 404, path);
  for (const path of ['diff/?old=x', 'diff/?new=0', 'history/?before=-1']) assert.equal((await anna.get(page + path)).status, 400, path);
  for (const path of ['', 'history/', 'diff/', 'preview/', 'revisions/1/']) assert.equal((await anna.get(`/admin/items/999/${path}`)).status, 404, path);
});

// A page without what only one of the two has: the bar, and what is for search engines.
const bare = (body) => body
  .replace(/<aside class="preview".*?<\/aside>\n/s, '')
  .replace(/<link rel="stylesheet" href="\/static\/css\/preview[^>]*>\n/, '')
  .replace(/<meta name="robots" content="noindex">\n|<link rel="(?:canonical|alternate)"[^>]*>\n/g, '');

test('a preview is the public page, below a bar of its own, and not for search engines', async () => {
  const body = '# Heading\n\nWords & <b>tags</b>, [a link](https://example.org/).\n\n> quoted';
  site.import([{ id: 'seen', lang: 'en', section: 'events', slug: 'seen', title: 'Seen & read', lead: 'Lead.', body, tags: ['x'], photo_credit: 'Ministry', published_at: '2026-03-01' }]);
  const page = await find('seen');
  const preview = await anna.get(`${page}preview/`);
  assert.equal(preview.status, 200);
  assert.match(preview.body, /<aside class="preview" aria-label="Preview">\s*<p>Preview for the newsroom[^<]*Version 1, Approved/);
  assert.match(preview.body, /<meta name="robots" content="noindex">/);
  assert.doesNotMatch(preview.body, /rel="canonical"/);
  assert.equal(preview.headers['cache-control'], 'no-store');
  assert.equal(bare(preview.body), bare((await site.get('/news/events/seen/')).body));
  await anna.submit(page, { title: 'Not yet seen' });
  assert.match((await anna.get(`${page}preview/`)).body, /<h1>Not yet seen<\/h1>/);
  assert.match((await anna.get(`${page}revisions/1/`)).body, /<h1>Seen &amp; read<\/h1>/);
  assert.match((await site.get('/news/events/seen/')).body, /<h1>Seen &amp; read<\/h1>/);
});

// Words of the public site, changed on a page: they show at once, and the language file
// stays the base.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { Site, items, until } from './lib/site.mjs';
import { Staff, encode, fieldsOf, unescape } from './lib/staff.mjs';

const password = 'correct horse battery staple';
const LIST = '/admin/strings/';
let site, anna;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']], items: items(7) });
  site.addPerson('anna', 'administrator', password);
  await site.serve();
  await site.startNginx();
  anna = new Staff(site);
  await anna.signIn('anna', password);
});
after(() => site.end());

const page = (lang, key) => `${LIST}?lang=${lang}&key=${key}`;
const set = (lang, key, text) => anna.submit(page(lang, key), { text, do: 'save' }, LIST);
const rows = (body) => [...body.matchAll(/<th scope="row"><a href="([^"]*)">([^<]*)<\/a><\/th>\s*<td[^>]*>([^<]*)<\/td>\s*<td[^>]*>([^<]*)/g)].map(([, url, text, key, file]) => ({ url: unescape(url), text: unescape(text), key, file: unescape(file) }));

test('the words stand in groups, with the language file’s own where they differ', async () => {
  const { status, body } = await anna.get(LIST);
  assert.equal(status, 200);
  assert.deepEqual([...body.matchAll(/<h2>([^<]*)</g)].map((m) => m[1]).slice(0, 3), ['Getting about', 'Listings', 'An item']);
  const all = rows(body);
  assert.ok(all.length > 40);
  assert.ok(all.every((r) => r.file === '' && !r.key.startsWith('staff_')));
  assert.deepEqual(all.find((r) => r.key === 'go_back'), { url: page('en', 'go_back'), text: 'Go back', key: 'go_back', file: '' });
  const ru = rows((await anna.get(`${LIST}?lang=ru`)).body);
  assert.equal(ru.length, all.length);
  assert.notEqual(ru[0].text, all[0].text);
});

test('every word that a public template shows may be changed', async () => {
  const shown = fs.readdirSync('templates/site').flatMap((f) => [...fs.readFileSync(`templates/site/${f}`, 'utf8').matchAll(/\{\{S_(\w+)\}\}/g)].map((m) => m[1].toLowerCase()));
  const keys = rows((await anna.get(LIST)).body).map((r) => r.key);
  assert.ok(shown.length > 15);
  assert.deepEqual(shown.filter((key) => !keys.includes(key) && !key.startsWith('staff_')), [], 'add it to src/view/wording.def');
});

test('they are searched by text and by key, in whatever case', async () => {
  const keys = async (query) => rows((await anna.get(`${LIST}?${encode(query)}`)).body).map((r) => r.key).join(' ');
  assert.equal(await keys({ holds: 'PHOTO:' }), 'photo_label');
  assert.equal(await keys({ holds: 'back_to' }), 'back_to_section back_to_all');
  assert.equal(await keys({ lang: 'ru', holds: 'ФОТО:' }), 'photo_label');
  assert.equal(await keys({ holds: 'no such thing' }), '');
  for (const query of ['lang=fr', 'lang=', 'lang=en&lang=ru', 'key=a&key=b']) assert.equal((await anna.get(`${LIST}?${query}`)).status, 400, query);
});

test('a changed word is on every public page within a second, header and templates and texts made in C', async () => {
  const fresh = async (path, words, lang = 'en') => until(words, async () => (await site.get(path)).body.includes(words), 3000);
  await site.get('/');
  await site.get('/ru/news/');
  assert.equal((await set('en', 'latest', 'Just in <&"{{X}}')).status, 303);
  await fresh('/', 'Just in &lt;&amp;&quot;');
  assert.doesNotMatch((await site.get('/')).body, /Latest/);
  await set('en', 'all_news', 'Everything');
  await fresh('/', '>Everything</a>');
  await set('en', 'not_found_title', 'Nothing here');
  await fresh(`/nowhere-${Math.random()}/`, 'Nothing here');
  assert.match((await site.get('/ru/news/')).body, /Все новости/);
  await set('ru', 'all_news', 'Вся лента');
  await fresh('/ru/', 'Вся лента');
  assert.match(site.run('audit', '--action', 'words'), /anna +127\.0\.0\.1 +words +ru all_news: Вся лента/);
  const shown = rows((await anna.get(LIST)).body).find((r) => r.key === 'latest');
  assert.deepEqual([shown.text, shown.file], ['Just in <&"{{X}}', 'Latest']);
});

test('all workers show it, also one that starts later', async () => {
  site.child.kill('SIGHUP');
  await until('reloaded', () => /event=reloaded|event=reload/.test(site.log()));
  for (let i = 0; i < 12; i++) assert.match((await site.get(`/news/?n=${i}`)).body, /Everything/);
});

test('back to the language file’s text, which stands beside', async () => {
  const { body } = await anna.get(page('en', 'all_news'));
  assert.match(body, /In the language file: All news/);
  assert.equal((await anna.submit(page('en', 'all_news'), { do: 'reset' }, LIST)).headers.location, `${LIST}?done=word-reset`);
  await until('it', async () => (await site.get('/')).body.includes('>All news</a>'), 3000);
  const again = await anna.send(LIST, encode({ csrf: fieldsOf(body, LIST).csrf, lang: 'en', key: 'all_news', text: '', do: 'reset' }));
  assert.equal(again.status, 303, 'twice does no harm');
  assert.equal(site.run('audit', '--action', 'words').match(/all_news as in the file/g).length, 1);
});

test('what cannot be shown is refused at its field, and kept', async () => {
  for (const text of ['', '   ', 'x'.repeat(301), 'ж'.repeat(301)]) {
    const answer = await set('en', 'go_back', text);
    assert.equal(answer.status, 422, JSON.stringify(text.slice(0, 9)));
    assert.match(answer.body, /id="f-text-error"/);
    assert.equal(fieldsOf(answer.body, LIST).text, text.trim());
  }
  assert.equal((await set('ru', 'go_back', 'ж'.repeat(300))).status, 303);
});

test('the newsroom’s own words and what is no word are not to be had', async () => {
  const { csrf } = fieldsOf((await anna.get(page('en', 'go_back'))).body, LIST);
  for (const [lang, key] of [['en', 'staff_save'], ['en', 'nothing'], ['en', 'GO_BACK'], ['fr', 'go_back'], ['en', 'code']])
    assert.equal((await anna.send(LIST, encode({ csrf, lang, key, text: 'x', do: 'save' }))).status, 404, `${lang} ${key}`);
  assert.equal((await anna.get(page('en', 'staff_save'))).status, 404);
});

test('a changed word goes with the database, not with the language file', () => {
  assert.match(site.cgi('/').body, /Just in/);
  assert.ok(!fs.existsSync(`${site.dir}/templates/lang`));
});

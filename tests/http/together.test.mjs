// Working together on a text: what is typed and not saved, who else is there, comments,
// and addresses for people without an account.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Site, until } from './lib/site.mjs';
import { sqlite } from './lib/sqlite.mjs';
import { SITE_URL, Staff, ask, encode, fieldsOf } from './lib/staff.mjs';

const password = 'correct horse battery staple';
const NEW = '/admin/items/new/';
let site, anna, boris, dan, section;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']] });
  site.addPerson('anna', 'administrator', password);
  site.addPerson('boris', 'administrator', password);
  site.addPerson('dan', 'author', password);
  await site.serve();
  await site.startNginx();
  [anna, boris, dan] = ['anna', 'boris', 'dan'].map(() => new Staff(site));
  await anna.signIn('anna', password);
  await boris.signIn('boris', password);
  await dan.signIn('dan', password);
  section = /<option value="(\d+)">Events</.exec((await anna.get(NEW)).body)[1];
});
after(() => site.end());

async function add(title, who = anna) {
  const answer = await who.submit(NEW, { title, section, lead: 'The lead.', body: 'The body.' });
  assert.equal(answer.status, 303, answer.body);
  return answer.headers.location.replace(/\?.*/, '');
}
const form = async (page, who = anna) => fieldsOf((await who.get(page)).body, page.replace(/\?.*/, ''));
const keep = (page, fields, who = anna) => who.send(`${page}working/`, encode(fields));
const offered = (body) => [...body.matchAll(/<a href="([^"]*\?unsaved=[^"]*)">([^<]*)</g)].map((m) => [m[1], m[2]]);
const lines = (action) => site.run('audit', '--action', action);

test('what is typed comes back, for its writer alone, until it is saved', async () => {
  const page = await add('Kept');
  const fields = { ...(await form(page)), title: 'Typed “Ж” & <b>', body: 'One\n\n two = 2 + 2 & 100%\n' };
  const answer = await keep(page, fields);
  assert.equal(answer.status, 200, answer.body);
  assert.match(JSON.parse(answer.body).kept, /kept: \d\d:\d\d/);
  assert.equal((await form(page)).title, 'Kept');
  const [[link, title]] = offered((await anna.get(page)).body);
  assert.equal(link, `${page}?unsaved=${fields.draft}`);
  assert.equal(title, 'Typed “Ж” &amp; &lt;b&gt;');
  assert.deepEqual(offered((await anna.get('/admin/')).body), [[link, title]]);
  for (const path of [page, '/admin/', link]) assert.deepEqual(offered((await boris.get(path)).body), []);
  assert.equal((await form(link, boris)).title, 'Kept');
  const again = await form(link);
  for (const name of ['title', 'body', 'base', 'draft', 'section', 'lang', 'lead']) assert.equal(again[name], fields[name], name);
  assert.deepEqual(offered((await anna.get(link)).body), []); // it is in the form already
  assert.equal((await anna.send(page, encode(again))).status, 303);
  assert.deepEqual(offered((await anna.get(page)).body), []);
  const late = await keep(page, fields);
  assert.equal(late.body, '{}');
  assert.deepEqual(offered((await anna.get('/admin/')).body), []);
});

test('a new item that was never saved is offered, gone on with, and saved once', async () => {
  const fields = { ...(await form(NEW)), title: '', body: 'No title yet' };
  assert.equal((await keep(NEW, fields)).status, 200);
  const [[link, title]] = offered((await anna.get(NEW)).body);
  assert.equal(title, 'Without a title');
  const again = await form(link);
  assert.equal(again.body, 'No title yet');
  const wrong = await anna.send(NEW, encode({ ...again, section })); // no title: shown again, not done with
  assert.equal(wrong.status, 422);
  assert.equal(fieldsOf(wrong.body, NEW).draft, fields.draft);
  assert.equal((await anna.send(NEW, encode({ ...again, section, title: 'Now' }))).status, 303);
  assert.deepEqual(offered((await anna.get(NEW)).body), []);
});

test('two windows do not overwrite each other, and the later text of one window stays', async () => {
  const page = await add('Windows');
  const one = { ...(await form(page)), title: 'One' }, two = { ...(await form(page)), title: 'Two' };
  await keep(page, one);
  await keep(page, two);
  await keep(page, { ...one, title: 'Earlier', age: 60 });
  assert.deepEqual(offered((await anna.get(page)).body).map(([, t]) => t).sort(), ['One', 'Two']);
  assert.equal((await keep(page, { ...one, age: 'x' })).status, 400);
  assert.equal((await anna.submit(page, {}, `${page}working/drop/`)).headers.location, `${page}?done=thrown-away`);
  assert.equal(offered((await anna.get(page)).body).length, 1);
  assert.equal((await anna.submit('/admin/', {}, '/admin/working/drop/')).headers.location, '/admin/?done=thrown-away');
  assert.deepEqual(offered((await anna.get(page)).body), []);
  assert.equal(lines('throw away').trim().split('\n').length, 2);
});

test('only who may write there has something kept; a session that ended and a wrong token are told apart', async () => {
  const page = await add('Closed');
  const fields = await form(page);
  const csrf = fieldsOf((await dan.get('/admin/account/')).body, '/admin/account/language/').csrf;
  assert.equal((await keep(page, { ...fields, csrf }, dan)).status, 404);
  assert.equal((await dan.get(`${page}working/`)).status, 404);
  assert.equal((await keep(page, { ...fields, csrf })).status, 403);
  assert.equal((await keep(page, { ...fields, draft: 'not-a-word' })).status, 400);
  const nobody = await site.get(`${page}working/`, { headers: { 'sec-fetch-site': 'same-origin' } });
  assert.equal(nobody.status, 303);
  assert.match(nobody.headers.location, /^\/admin\/sign-in\//);
  assert.equal((await new Staff(site).send(`${page}working/`, encode(fields))).status, 303);
});

test('two people in one item see each other, with and without script, and hear of a save', async () => {
  const page = await add('Meeting');
  const { base } = await form(page);
  assert.match((await boris.get(page)).body, /<p class="others" role="status">anna is also writing here since \d\d:\d\d\.<\/p>/);
  const facts = JSON.parse((await anna.get(`${page}working/?base=${base}`)).body);
  assert.match(facts.others, /^boris is also writing here since \d\d:\d\d\.$/);
  assert.equal(facts.stale, '');
  assert.equal((await boris.submit(page, { title: 'Met' })).status, 303);
  assert.match(JSON.parse((await anna.get(`${page}working/?base=${base}`)).body).stale, /changed since you opened it: boris, \d\d:\d\d\. When you save, you will see both/);
  const { csrf } = await form(page, boris);
  await keep(page, { csrf, left: 1 }, boris);
  assert.equal(JSON.parse((await anna.get(`${page}working/?base=${base}`)).body).others, '');
});

test('signing out empties what the browser keeps for the site', async () => {
  const who = new Staff(site);
  await who.signIn('anna', password);
  assert.equal((await who.submit('/admin/', {}, '/admin/sign-out/')).headers['clear-site-data'], '"storage"');
});

test('comments are said, seen to, counted, and plain text', async () => {
  const page = await add('Talk');
  const comments = `${page}comments/`;
  const hostile = 'Look:\n <script>alert(1)</script> "Ж" & {{X}}';
  assert.equal((await anna.submit(comments, { text: hostile })).headers.location, `${comments}?done=commented`);
  const { body } = await boris.get(comments);
  assert.match(body, /anna, \d\d\.\d\d\.\d{4} \d\d:\d\d, on version 1/);
  assert.match(body, /Look:\n &lt;script&gt;alert\(1\)&lt;\/script&gt; &quot;Ж&quot; &amp; \{\{X\}\}/);
  assert.match((await boris.get(page)).body, /comments\/">Comments \(1\)</);
  const empty = await anna.submit(comments, { text: ' \n ' });
  assert.equal(empty.status, 422);
  assert.match(empty.body, /id="f-text-error"/);
  const long = await anna.submit(comments, { text: 'x'.repeat(4001) });
  assert.equal(long.status, 422);
  assert.equal(fieldsOf(long.body, comments).text.length, 4001);
  assert.equal((await boris.submit(comments, {}, `${comments}resolve/`)).headers.location, `${comments}?done=resolved`);
  assert.match((await anna.get(comments)).body, /Done with by: boris/);
  assert.match((await anna.get(page)).body, /comments\/">Comments</);
  assert.equal((await dan.get(comments)).status, 404);
  assert.equal((await site.get(`/news/events/talk/`)).status, 404);
  assert.match(lines('comment'), /anna/);
  assert.match(lines('resolve comment'), /boris/);
});

test('a comment sent after the session ended is asked about again with its text', async () => {
  const page = await add('Late');
  const who = new Staff(site);
  await who.signIn('anna', password);
  const fields = { ...(await form(`${page}comments/`, who)), text: 'Written slowly' };
  const dead = who.cookie();
  await who.submit('/admin/', {}, '/admin/sign-out/');
  const answer = await who.send(`${page}comments/`, encode(fields), { cookie: dead });
  assert.equal(answer.status, 403);
  assert.equal(fieldsOf(answer.body, `${page}comments/`).text, 'Written slowly');
});

/* ---- preview links ---- */

async function makeLink(page, fields = {}) {
  const answer = await anna.submit(`${page}preview-links/`, fields);
  assert.equal(answer.status, 200, answer.body);
  return new URL(/<code>([^<]*)<\/code>/.exec(answer.body)[1]).pathname;
}

test('whoever has a preview link sees the page as it will be, and each opening is noted', async () => {
  const page = await add('Not out yet');
  const newest = await makeLink(page), fixed = await makeLink(page, { revision: '1', hours: '24' });
  assert.match(newest, /^\/admin\/preview\/[0-9a-f]{64}\/$/);
  const seen = await site.get(newest, { headers: { 'sec-fetch-site': 'cross-site' } });
  assert.equal(seen.status, 200);
  assert.match(seen.body, /<h1>Not out yet<\/h1>/);
  assert.match(seen.body, /<meta name="robots" content="noindex">/);
  assert.equal(seen.headers['x-robots-tag'], 'noindex, nofollow');
  assert.equal(seen.headers['referrer-policy'], 'no-referrer');
  assert.equal(seen.headers['cache-control'], 'no-store');
  assert.equal(seen.headers['set-cookie'], undefined);
  assert.doesNotMatch(seen.body, /admin\/items|class="staff"/);
  assert.equal((await anna.submit(page, { title: 'Changed' })).status, 303);
  assert.match((await site.get(newest)).body, /<h1>Changed<\/h1>/);
  assert.match((await site.get(fixed)).body, /<h1>Not out yet<\/h1>/);
  assert.equal((await site.get(newest, { method: 'HEAD' })).status, 200);
  const list = (await anna.get(`${page}preview-links/`)).body;
  assert.doesNotMatch(list, /preview\/[0-9a-f]{64}/);
  assert.deepEqual([...list.matchAll(/data-label="Opened">(\d+)</g)].map((m) => m[1]), ['1', '2']);
  assert.equal([...list.matchAll(/data-label="From where">127\.0\.0\.1</g)].length, 3);
  assert.equal((await site.get('/news/events/not-out-yet/')).status, 404);
  assert.match(lines('open preview'), /127\.0\.0\.1/);
});

test('it is the page of the approved item, to the letter, but for what keeps robots away', async () => {
  const page = await add('To the letter');
  const link = await makeLink(page);
  const before = (await site.get(link)).body;
  site.run('item', 'approve', '/news/events/to-the-letter/');
  const shown = await site.get('/news/events/to-the-letter/');
  assert.equal(shown.status, 200);
  const article = (body) => /<main[^]*<\/main>/.exec(body)[0];
  assert.equal(article(before), article(shown.body));
});

test('a link that was ended answers 410, an unknown one 404, and neither asks to sign in', async () => {
  const page = await add('Ended');
  const link = await makeLink(page);
  const answer = await anna.submit(`${page}preview-links/`, {}, `${page}preview-links/revoke/`);
  assert.equal(answer.headers.location, `${page}preview-links/?done=revoked`);
  const gone = await site.get(link);
  assert.equal(gone.status, 410);
  assert.match(gone.body, /This preview has ended/);
  assert.equal(gone.headers['referrer-policy'], 'no-referrer');
  assert.equal((await site.get(`/admin/preview/${'0'.repeat(64)}/`)).status, 404);
  assert.equal((await site.get('/admin/preview/x/')).status, 404);
  assert.equal((await site.get(link, { method: 'POST', headers: { origin: SITE_URL } })).status, 405);
  assert.match((await anna.get(`${page}preview-links/`)).body, /Ended: anna, /);
  assert.match(lines('preview link'), /anna/);
  assert.match(lines('revoke preview link'), /anna/);
});

// An item that is a draft, with a photo that no visitor sees; the address of its form.
async function addWithPhoto(id, more = {}) {
  fs.copyFileSync('static/demo/photos/delta.jpg', path.join(site.dir, 'delta.jpg'));
  const photos = [{ file: 'delta.jpg', alt: 'A delta', credit: 'Somebody & Sons', ...more }];
  const brought = site.import([{ id, lang: 'en', section: 'events', slug: id, title: id, body: 'Body.', state: 'draft', photos }]);
  assert.equal(brought.status, 0, brought.stderr);
  await site.photosMade();
  const form = new RegExp(`href="(/admin/items/\\d+/)"[^>]*>${id}<`).exec((await anna.get('/admin/items/')).body);
  return form[1];
}
const photoIn = (body) => /<img[^>]* src="([^"]+)"/.exec(body)[1];

test('a preview shows the photos of its version, which nobody else can have', async () => {
  const page = await addWithPhoto('pictured'), other = await add('No picture');
  const { body } = await anna.get(`${page}preview/`);
  const mine = photoIn(body), file = mine.slice(mine.indexOf('/media/'));
  assert.equal(mine, `${page}revisions/1${file}`);
  assert.match(body, /Somebody &amp; Sons/);
  const seen = await anna.get(mine);
  assert.equal(seen.status, 200);
  assert.equal(seen.headers['content-type'], 'image/jpeg');
  assert.equal(seen.headers['cache-control'], 'no-store');
  assert.equal(seen.headers['x-content-type-options'], 'nosniff');
  assert.deepEqual([...seen.bytes.subarray(0, 3)], [0xff, 0xd8, 0xff]);
  assert.equal((await site.get(mine, { method: 'HEAD', headers: { cookie: anna.cookie() } })).status, 200);
  assert.equal((await site.get(file)).status, 404);
  assert.equal((await site.get(`/photo-file${file}`)).status, 404);
  assert.equal((await site.get(mine)).status, 303, 'no session');
  assert.equal((await dan.get(mine)).status, 404, 'somebody else’s draft');
  const wrong = [`${other}revisions/1${file}`, `${page}revisions/9${file}`, mine.replace('.jpg', '.png'), mine.replace('.jpg', ''), `${page}revisions/1/media/`,
    `${mine}/`, mine.replace(/[0-9a-f]{32}/, '0'.repeat(32)), mine.replace('/media/', '/media//'), mine.replace('/media/', '/media/x/../'), mine.replace('/media/', '/media/..%2f')];
  for (const target of wrong) assert.ok([301, 400, 404].includes((await anna.get(target)).status), target);
});

test('a preview link opens the photos of what it shows, for as long as it is good', async () => {
  const page = await addWithPhoto('linked'), bare = await add('Bare');
  const link = await makeLink(page), elsewhere = await makeLink(bare);
  const body = (await site.get(link)).body;
  const photo = photoIn(body), file = photo.slice(photo.indexOf('/media/'));
  assert.equal(photo, link.replace(/\/$/, file));
  assert.match(body, /Somebody &amp; Sons/);
  const seen = await site.get(photo);
  assert.equal(seen.status, 200);
  assert.deepEqual([...seen.bytes.subarray(0, 3)], [0xff, 0xd8, 0xff]);
  assert.equal(seen.headers['cache-control'], 'no-store');
  assert.equal((await site.get(elsewhere.replace(/\/$/, file))).status, 404);
  assert.equal((await site.get(link.replace(/[0-9a-f]{64}\/$/, '0'.repeat(64) + file))).status, 404);
  const list = (await anna.get(`${page}preview-links/`)).body;
  assert.match(list, /data-label="Opened">1</, 'a photo is no opening');
  await anna.submit(`${page}preview-links/`, {}, `${page}preview-links/revoke/`);
  assert.equal((await site.get(photo)).status, 410);
});

test('a photo whose rights have ended is in no preview', async () => {
  const page = await addWithPhoto('ended-rights', { expires_at: '2026-01-01T00:00:00Z' });
  assert.doesNotMatch((await anna.get(`${page}preview/`)).body, /<img/);
  const file = photoIn((await anna.get(`${await addWithPhoto('good-rights')}preview/`)).body).replace(/.*(?=\/media\/)/, '');
  assert.equal((await anna.get(`${page}revisions/1${file}`)).status, 404);
});

test('links are made by who may edit, for the times offered, over https or at the own machine', async () => {
  const page = await add('Mine');
  assert.equal((await dan.get(`${page}preview-links/`)).status, 404);
  for (const fields of [{ hours: '721' }, { hours: '0' }, { revision: '7' }, { revision: '-1' }]) {
    const answer = await anna.submit(`${page}preview-links/`, fields);
    assert.equal(answer.status, 422, JSON.stringify(fields));
    assert.doesNotMatch(answer.body, /<code>/);
  }
  const link = await makeLink(page);
  const socket = `${site.socket}-staff`;
  assert.equal(ask(socket, { REQUEST_URI: link, REMOTE_ADDR: '203.0.113.7', REQUEST_SCHEME: 'http' }).status, 403);
  assert.equal(ask(socket, { REQUEST_URI: link, REMOTE_ADDR: '203.0.113.7', REQUEST_SCHEME: 'https' }).status, 200);
  assert.equal(ask(site.socket, { REQUEST_URI: link, REMOTE_ADDR: '203.0.113.7', REQUEST_SCHEME: 'https' }).status, 404);
  assert.match((await anna.get(`${page}preview-links/`)).body, /203\.0\.113\.7/);
});

/* ---- what is given up ---- */

const sql = (statement) => sqlite(`${site.dir}/data/news.db`, statement).trim();

test('a discarded draft is kept for 30 days, then nothing of it is left but its audit lines', async () => {
  const page = await add('Given up'), number = /(\d+)\/$/.exec(page)[1];
  const id = sql(`SELECT public_id FROM item WHERE id = ${number}`);
  const link = await makeLink(page);
  await site.get(link);
  await anna.submit(`${page}comments/`, { text: 'Nobody needs it.' });
  await keep(page, { ...(await form(page)), title: 'Typed' });
  assert.match((await anna.get(`${page}steps/`)).body, /The draft leaves the list[^<]*30 days[^]*Kept until \d\d\.\d\d\.\d{4}/);
  site.run('item', 'discard', id);
  await add('After it'); // the newest item stays in any case
  const kept = /Kept until (\d\d\.\d\d\.\d{4} \d\d:\d\d)/.exec((await anna.get(`${page}steps/`)).body)[1];
  assert.match((await anna.get('/admin/items/?state=discarded')).body, new RegExp(`Discarded · Kept until ${kept}`));
  // As if it had been long ago; its words stand by the same time.
  sql(`UPDATE desk SET changed_at = changed_at - 31 * 86400 WHERE item_id = ${number};
       UPDATE desk_words SET rowid = (SELECT changed_at * 536870912 + item_id FROM desk WHERE item_id = ${number})
       WHERE rowid & 536870911 = ${number};`);
  await site.stop();
  await site.serve();
  await until('the removal', () => /event=drafts_removed role=work number=1\n/.test(site.log()));
  assert.equal((await anna.get(page)).status, 404);
  assert.equal((await site.get(link)).status, 404);
  assert.doesNotMatch((await anna.get('/admin/items/?state=discarded')).body, /Given up/);
  for (const table of ['revision', 'revision_head', 'desk', 'item_text', 'comment', 'working_copy', 'preview_link', 'preview_opening'])
    assert.equal(sql(`SELECT COUNT(*) FROM ${table} WHERE item_id = ${number}`), '0', table);
  assert.equal(sql(`SELECT COUNT(*) FROM desk_words WHERE rowid & 536870911 = ${number}`), '0');
  assert.match(site.run('audit', '--item', id), /remove[^]*discard/);
  assert.match(lines('remove'), /byline/);
  assert.match(site.run('check'), /history +ok\ndesk +ok/);
});

// Photos, from the photographer's file to every place where they appear: sent through both
// doors, refused or kept, given credits, published, found in the page, in its JSON-LD and
// inside every file, put right, withdrawn. exiftool writes and reads what is in files.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { makeToken, V1 } from './lib/api.mjs';
import { BYLINE, Site, sleep, until } from './lib/site.mjs';
import { sqlite } from './lib/sqlite.mjs';
import { Staff, encode, fieldsOf } from './lib/staff.mjs';
import { NEW, demo, fivePhotos, multipart, photo, upload, uploadByScript, written } from './lib/uploads.mjs';

const password = 'correct horse battery staple';
const BATCH = '/admin/photos/batch/';
let site, anna, dan, token, dir;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']] });
  site.addPerson('anna', 'administrator', password);
  site.addPerson('dan', 'author', password);
  await site.serve();
  await site.startNginx();
  [anna, dan] = [new Staff(site), new Staff(site)];
  await anna.signIn('anna', password);
  await dan.signIn('dan', password);
  token = await makeToken(anna, password);
  dir = path.join(site.dir, 'from-photographers');
  fs.mkdirSync(dir);
});
after(() => {
  const log = site.log();
  return site.end().then(() => assert.doesNotMatch(log, /worker_died|worker_timeout/));
});

const sql = (text) => JSON.parse(sqlite(`${site.dir}/data/news.db`, text, '-json') || '[]');
const originals = () => fs.readdirSync(`${site.dir}/originals`, { recursive: true }).filter((f) => /[0-9a-f]{64}\.\w+$/.test(f));
const isWhole = () => {
  assert.equal(originals().length, sql('SELECT COUNT(*) AS n FROM photo')[0].n, 'every original has a row');
  assert.match(site.run('check'), /photos +ok/);
};

const five = () => fivePhotos(dir);

test('several photos come at once; what the files say is filled in', async () => {
  const answer = await upload(anna, five());
  assert.equal(answer.status, 303, answer.body);
  assert.match(answer.headers.location, /^\/admin\/photos\/batch\/\?ids=\d+(,\d+){4}$/);
  const rows = sql('SELECT credit, caption, alt, file_name FROM photo ORDER BY id');
  assert.deepEqual(rows.map((r) => [r.file_name, r.credit, r.caption]), [
    ['xmp.jpg', 'Ministry of Defense of the Republic of Belarus', 'Seen, at dawn'],
    ['iim.jpg', 'Agency', 'From IIM'],
    ['both.jpg', 'The newer one', ''],
    ['cyrillic.jpg', 'Фото Иванова', ''],
    ['none.jpg', '', ''],
  ]);
  assert.equal(rows[0].alt, 'A valley');
  assert.match(site.run('audit', '--action', 'photo add'), /photo add/);
  assert.ok(site.run('audit').includes('photo add'), 'photo add');
  isWhole();
});

test('the same file again is the same photo, and says so; bad files are named, good ones kept', async () => {
  const again = await uploadByScript(anna, [written(dir, 'xmp.jpg', [])].map(([name]) => [name, fs.readFileSync(path.join(dir, 'iim.jpg'))]));
  assert.equal(again.status, 200);
  assert.equal(again.photos[0].known, true);
  assert.equal(again.photos[0].id, 2);
  const picture = demo('delta.jpg');
  const mixed = await uploadByScript(anna, [
    ['good.jpg', photo('good', picture)], ['text.jpg', Buffer.from('<script>alert(1)</script>')], ['cut.jpg', photo('cut', picture).subarray(0, 20000)],
    ['vector.jpg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')], ['empty.jpg', Buffer.alloc(0)]]);
  assert.equal(mixed.status, 200);
  assert.deepEqual(mixed.photos.map((p) => p.file_name), ['good.jpg']);
  assert.deepEqual(mixed.failures.map((f) => f.file), ['text.jpg', 'cut.jpg', 'vector.jpg', 'empty.jpg']);
  for (const f of mixed.failures) assert.match(f.reason, /\w{4}/);
  const shown = await upload(anna, [['again.jpg', photo('good', picture)], ['text.jpg', Buffer.from('no')]]);
  assert.equal(shown.status, 422);
  assert.match(shown.body, /Was in the library already[^]*text\.jpg[^]*not a picture/);
  isWhole();
});

test('nothing is taken in of a body that is cut off, without token, session or right', async () => {
  const before = originals().length;
  const { csrf } = fieldsOf((await anna.get(NEW)).body, NEW);
  const form = await multipart([['csrf', csrf], ['photo', ['a.jpg', photo('cut off')]]]);
  const cases = [
    [await anna.send(NEW, form.body.subarray(0, -20), form.headers), 400],
    [await anna.send(NEW, (await multipart([['csrf', 'x'.repeat(64)], ['photo', ['a.jpg', photo('wrong')]]])).body, form.headers), 403],
    [await new Staff(site).send(NEW, form.body, form.headers), 303],
    [await anna.send(NEW, form.body, { ...form.headers, origin: 'https://elsewhere.example' }), 403],
    [await site.get(`${V1}photos/`, { method: 'POST', headers: { 'content-type': 'image/jpeg' }, body: photo('no token') }), 401],
    [await site.get(`${V1}photos/`, { method: 'POST', headers: { 'content-type': 'image/jpeg', authorization: 'Bearer byline_0' }, body: photo('wrong token') }), 401],
  ];
  for (const [i, [answer, status]] of cases.entries()) assert.ok(answer.status === status || (answer.status >= 400 && answer.status < 500), `${i}: ${answer.status}`);
  assert.equal(originals().length, before);
  isWhole();
});

test('programs send a photo as it is, or a form with several', async () => {
  const headers = { authorization: `Bearer ${token}` };
  const one = await site.get(`${V1}photos/`, { method: 'POST', headers: { ...headers, 'content-type': 'image/jpeg' }, body: photo('raw') });
  assert.equal(one.status, 201, one.body);
  assert.equal(one.headers.location, JSON.parse(one.body).photos[0].self);
  const form = await multipart([['photo', ['p.jpg', photo('of a form')]], ['photo', ['q.jpg', Buffer.from('no')]]]);
  const several = await site.get(`${V1}photos/`, { method: 'POST', headers: { ...headers, ...form.headers }, body: form.body });
  assert.equal(several.status, 201, several.body);
  assert.deepEqual(JSON.parse(several.body).failures.map((f) => f.file), ['q.jpg']);
  const read = await site.get(one.headers.location, { headers });
  assert.equal(read.status, 200);
  const put = await site.get(one.headers.location, { method: 'PUT', headers: { ...headers, 'content-type': 'application/json', 'if-match': read.headers.etag }, body: JSON.stringify({ credit: 'A program', caption: 'By it' }) });
  assert.equal(put.status, 200, put.body);
  assert.equal(JSON.parse(put.body).credit, 'A program');
  assert.ok(site.run('audit').includes('photo change'), 'photo change');
  isWhole();
});

// ---- onto an item, and out ----

const post = (method, where, body, more = {}) => site.get(where, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...more }, body: JSON.stringify(body) });
const sha = () => sql('SELECT sha256 FROM photo WHERE id <= 5 ORDER BY id').map((r) => r.sha256);
const credits = ['Ministry of Defense of the Republic of Belarus', 'Agency', 'The newer one', 'Фото Иванова', 'Found out later'];
const page = '/news/events/five-photos/';
const filesOf = (body) => [...new Set(body.match(/\/media\/[0-9a-f]{2}\/[0-9a-f]{32}\/[\w.-]+/g) ?? [])];
// Every set is made, and what visitors see is the newest.
const made = () => until('the files', () => sql('SELECT COUNT(*) AS n FROM job')[0].n === 0, 60000);
async function tags(files) {
  const folder = fs.mkdtempSync(path.join(site.dir, 'fetched-'));
  for (const [i, file] of files.entries()) {
    const answer = await fetch(`http://127.0.0.1:${site.port}${file}`);
    assert.equal(answer.status, 200, file);
    fs.writeFileSync(path.join(folder, `${String(i).padStart(3, '0')}${path.extname(file)}`), Buffer.from(await answer.arrayBuffer()));
  }
  const said = JSON.parse(execFileSync('exiftool', ['-json', '-G', '-charset', 'utf8', folder], { encoding: 'utf8', maxBuffer: 1 << 26 }));
  return said.sort((a, b) => (a.SourceFile < b.SourceFile ? -1 : 1));
}

test('an item with five photos cannot be published while one has no credit, which is named', async () => {
  const draft = await post('POST', `${V1}items/`, { id: 'five', lang: 'en', section: 'events', title: 'Five photos', slug: 'five-photos', lead: 'Lead.', body: 'Text.', photos: sha().map((s, i) => ({ sha256: s, alt: `Picture ${i + 1}` })) });
  assert.equal(draft.status, 201, draft.body);
  const refused = await post('POST', `${draft.headers.location}/approve`, {}, { 'if-match': draft.headers.etag });
  assert.equal(refused.status, 422, refused.body);
  assert.match(refused.body, /\/photos\/4[^]*credit/);
  for (const file of filesOf((await anna.get('/admin/photos/')).body)) assert.equal((await site.get(file)).status, 404, 'a draft photo is nobody’s');
  // What cannot be seen is no credit.
  const unseen = await post('POST', `${V1}items/`, { id: 'unseen', lang: 'en', section: 'events', title: 'Unseen', slug: 'unseen', lead: 'Lead.', body: 'Text.', photos: [{ sha256: sha()[4], alt: 'A', credit: '\u200b\u00a0' }] });
  const unseenToo = await post('POST', `${unseen.headers.location}/approve`, {}, { 'if-match': unseen.headers.etag });
  assert.deepEqual([unseen.status, unseenToo.status, /\/photos\/0[^]*credit/.test(unseenToo.body)], [201, 422, true], unseenToo.body);
  assert.equal((await anna.submit('/admin/photos/5/', { credit: '\u200b\u2800' })).status, 303);
  assert.equal(sql('SELECT credit FROM photo WHERE id = 5')[0].credit, '');
  const library = await anna.submit('/admin/photos/5/', { credit: 'Found out later', alt: 'None' });
  assert.equal(library.status, 303, library.body);
  const done = await post('POST', `${draft.headers.location}/approve`, {}, { 'if-match': draft.headers.etag });
  assert.equal(done.status, 200, done.body);
  await made();
});

test('every credit is on the page, in its JSON-LD, and inside every file; no location is', async () => {
  const { body } = await site.get(page);
  for (const credit of credits) assert.ok(body.includes(credit), credit);
  const data = JSON.parse(/<script type="application\/ld\+json">([^]*?)<\/script>/.exec(body)[1]);
  assert.deepEqual(data.image.map((i) => i.creditText), credits);
  const files = filesOf(body);
  assert.ok(files.length >= 5 * 4, files.join('\n'));
  const sets = [...new Set(files.map((f) => f.split('/')[3]))];
  const byFile = await tags(files);
  for (const [i, said] of byFile.entries()) {
    const set = sets.indexOf(files[i].split('/')[3]);
    const credit = sql(`SELECT p.credit FROM rendition r JOIN photo p ON p.id = r.photo_id WHERE r.digest = '${sets[set]}'`)[0].credit;
    assert.equal(said['XMP:Credit'], credit, files[i]);
    if (files[i].endsWith('.jpg')) {
      assert.ok(credit.startsWith(said['IPTC:Credit']) && Buffer.byteLength(said['IPTC:Credit']) <= 32, said['IPTC:Credit']);
      assert.equal(said['IPTC:CodedCharacterSet'], 'UTF8');
    }
    assert.ok(!Object.keys(said).some((k) => /GPS|Serial|Thumbnail|MakerNote/i.test(k)), Object.keys(said).join());
  }
  assert.equal(new Set(byFile.map((s) => s['XMP:Credit'])).size, 5);
});

test('a credit put right in the library is right on the page and in the files', async () => {
  assert.equal((await anna.submit('/admin/photos/2/', { credit: 'Agency, A. Petrova' })).status, 303);
  await made();
  const body = await until('the new credit', async () => { const b = (await site.get(page)).body; return b.includes('Agency, A. Petrova') && b; });
  const said = await tags(filesOf(body));
  assert.ok(said.some((s) => s['XMP:Credit'] === 'Agency, A. Petrova'));
  assert.ok(!said.some((s) => s['XMP:Credit'] === 'Agency'));
});

test('an item shows no caption where its field was emptied, and follows again where it says the same', async () => {
  const [{ id }] = sql('SELECT id FROM item');
  const form = `/admin/items/${id}/`;
  const publish = async () => assert.equal((await anna.submit(`${form}steps/`, { do: 'approve' })).status, 303);
  assert.equal(fieldsOf((await anna.get(form)).body, form)['photo-1-caption'], 'Seen, at dawn');
  assert.equal((await anna.submit(form, { 'photo-1-caption': '' })).status, 303);
  await publish();
  const shown = (wanted) => until(`a page ${wanted ? 'with' : 'without'} the caption`, async () => { const { body } = await site.get(page); return body.includes('Seen, at dawn') === wanted && body; });
  const none = await shown(false);
  assert.match(none, /Ministry of Defense of the Republic of Belarus/);
  const emptied = await anna.get(form);
  assert.equal(fieldsOf(emptied.body, form)['photo-1-caption'], '');
  assert.match(emptied.body, /The photo’s own[^<]*Seen, at dawn/);
  const json = JSON.parse((await site.get(`${V1}items/five`, { headers: { authorization: `Bearer ${token}` } })).body);
  assert.deepEqual([json.photos[0].no_caption, json.photos[0].caption], [true, undefined]);
  assert.equal((await anna.submit(form, { 'photo-1-caption': 'Seen, at dawn' })).status, 303);
  await publish();
  await shown(true);
  assert.equal(sql('SELECT caption || has_no_caption AS own FROM item_photo WHERE position = 1')[0].own, '0');
  await made();
});

test('several at once are saved all or none, and each that is refused says why', async () => {
  const three = `${BATCH}?ids=2,4,5`;
  const texts = () => sql('SELECT caption, creator, version FROM photo WHERE id IN (2, 4, 5) ORDER BY id');
  const before = texts(), typed = { creator: 'All of us', 'caption-2': 'Typed at the second', 'credit-5': '' };
  const form = { ...fieldsOf((await anna.get(three)).body, BATCH), ...typed };
  const refused = await anna.send(BATCH, encode({ ...form, 'base-4': '99' }));
  assert.equal(refused.status, 422);
  assert.deepEqual(texts(), before, 'nothing is saved');
  const shown = fieldsOf(refused.body, BATCH);
  for (const [name, value] of Object.entries(typed)) assert.equal(shown[name], value, name);
  assert.equal(shown['base-4'], String(before[1].version), 'what is newest is gone by from now on');
  assert.match(refused.body, /id="f-credit-5-error"[^>]*>An item on the site shows this photo/);
  assert.match(refused.body, /Leave this photo as it is[^]*Somebody else saved this photo meanwhile/);
  assert.equal((refused.body.match(/type="checkbox"[^>]*name="skip-/g) ?? []).length, 2, 'both that are refused can be left');
  const address = await anna.send(BATCH, encode({ ...shown, 'credit-5': 'Found out later', licence_url: 'nowhere' }));
  assert.match(address.body, /id="f-licence_url-error"[^>]*>Write a web address/);
  const saved = await anna.send(BATCH, encode({ ...shown, expires_at: '2099-01-31', 'skip-5': '1' }));
  assert.equal(saved.status, 303, saved.body);
  const after = sql('SELECT id, caption, creator, credit, expires_at FROM photo WHERE id IN (2, 4, 5) ORDER BY id');
  assert.deepEqual(after.map((r) => [r.creator, r.credit]), [['All of us', 'Agency, A. Petrova'], ['All of us', 'Фото Иванова'], [before[2].creator, 'Found out later']]);
  assert.equal(after[0].caption, 'Typed at the second');
  assert.equal(new Date(after[0].expires_at * 1000).getUTCFullYear(), 2099);
  const author = fieldsOf((await dan.get(three)).body, BATCH);
  assert.deepEqual([author['skip-2'], author['skip-4'], author['skip-5']], ['1', '1', '1']);
});

test('who added a photo changes it until somebody has read the text it is in', async () => {
  const { photos: [{ id, sha256 }] } = await uploadByScript(dan, [['of-dan.jpg', photo('of dan')]]);
  const form = fieldsOf((await dan.get(`/admin/photos/${id}/`)).body, `/admin/photos/${id}/`);
  const said = (credit) => dan.send(`/admin/photos/${id}/`, encode({ ...form, base: sql(`SELECT version FROM photo WHERE id = ${id}`)[0].version, credit, alt: 'Seen' }));
  const say = async (credit) => (await said(credit)).status;
  const draft = await post('POST', `${V1}items/`, { lang: 'en', section: 'events', title: 'Of Dan', slug: 'of-dan', lead: 'Lead.', body: 'Text.', published_at: '2099-01-01', photos: [{ sha256 }] });
  const step = async (name, more = {}) => {
    const { etag } = (await site.get(draft.headers.location, { headers: { authorization: `Bearer ${token}` } })).headers;
    const answer = await post('POST', `${draft.headers.location}/${name}`, more, { 'if-match': etag });
    assert.equal(answer.status, 200, `${name}: ${answer.body}`);
  };
  assert.equal(await say('In a draft'), 303);
  // The draft is Anna's: to Dan it is one.
  const reads = await makeToken(dan, password, { scope: 'read' });
  const uses = async () => JSON.parse((await site.get(`${V1}photos/${sha256}/uses/`, { headers: { authorization: `Bearer ${reads}` } })).body).uses.map((u) => u.title);
  const seen = (await dan.get(`/admin/photos/${id}/`)).body;
  assert.ok(seen.includes('An item of a colleague that is not published') && !seen.includes('Of Dan'));
  assert.deepEqual(await uses(), [undefined], 'used, by something');
  await step('submit');
  assert.equal(await say('In review'), 403);
  await step('send-back', { reason: 'No.' });
  assert.equal(await say('Sent back'), 303);
  await step('approve');
  const late = await said('Before it is out');
  assert.equal(late.status, 403);
  assert.match(late.body, /role="alert"[^]*Only editors may change this photo now/);
  assert.equal(fieldsOf(late.body, `/admin/photos/${id}/`).credit, 'Before it is out', 'what was typed is kept');
  assert.match((await dan.get(`/admin/photos/${id}/`)).body, /Only editors may change this photo now/);
  assert.equal(sql(`SELECT credit FROM photo WHERE id = ${id}`)[0].credit, 'Sent back');
  assert.deepEqual(await uses(), ['Of Dan']);
});

test('commands add with a credit where the file has none, find, withdraw and put back', () => {
  const paths = [written(dir, 'with.jpg', ['-XMP-photoshop:Credit=Of the file'], demo('flags.jpg')), written(dir, 'without.jpg', [], demo('flags.jpg'))].map(([name]) => path.join(dir, name));
  const lines = site.run('photo', 'add', '--credit', 'Of the command', ...paths).trim().split('\n').map((line) => line.split('\t'));
  assert.deepEqual(lines.map(([, what]) => what), ['added', 'added']);
  assert.deepEqual(lines.map(([id]) => /^credit +(.*)$/m.exec(site.run('photo', 'show', id))[1]), ['Of the file', 'Of the command']);
  const [[id]] = lines;
  assert.match(site.run('photo', 'list', '--words', 'without', '--state', 'unused'), /Of the command/);
  const credited = site.run('photo', 'list', '--credit', 'command the').trim().split('\n');
  assert.ok(credited.length === 1 && credited[0].includes('Of the command'), credited.join('\n'));
  assert.notEqual(site.try('photo', 'withdraw', id).status, 0, 'a reason is needed');
  assert.equal(site.try('photo', 'withdraw', id, '--reason', 'Because.').status, 0);
  assert.match(site.run('photo', 'show', id), /^withdrawn .*\nwhy +Because\./m);
  assert.notEqual(site.try('photo', 'withdraw', id, '--reason', 'Again').status, 0, 'it is withdrawn already');
  assert.equal(site.try('photo', 'reinstate', id).status, 0);
  for (const args of [['show', '999999'], ['list', '--state', 'x'], ['add', '--credit', 'x'.repeat(501), written(dir, 'long.jpg', [], demo('archive.jpg')) && path.join(dir, 'long.jpg')]]) assert.notEqual(site.try('photo', ...args).status, 0, args.join(' ').slice(0, 40));
  assert.match(site.run('audit', '--action', 'photo withdraw'), /Because\./);
});

test('an end of rights is warned of days before, and one in the past is asked about', async () => {
  const days = (n) => new Date(Date.now() + n * 86400e3).toISOString().slice(0, 10);
  const ends = (id, fields) => anna.submit(`/admin/photos/${id}/`, fields);
  assert.equal((await ends(6, { credit: 'Nobody’s', caption: 'Used by none', expires_at: days(5) })).status, 303); // a day alone
  assert.equal((await ends(2, { caption: 'Used by one', expires_at: `${days(6)}T10:30` })).status, 303);
  assert.equal((await ends(4, { expires_at: `${days(60)}T10:30` })).status, 303);
  const first = (await anna.get('/admin/')).body;
  const table = /Rights of photos end soon<[^]*?<\/table>/.exec(first)[0];
  assert.match(table, /Used by one[^]*Five photos[^]*Used by none[^]*Not used/);
  assert.equal((table.match(/<tr>/g) ?? []).length, 3, 'with its heading');
  assert.match(first, /<a href="\/admin\/photos\/\?state=ending">/);
  const list = (await anna.get('/admin/photos/?state=ending')).body;
  assert.deepEqual([...list.matchAll(/Rights end(?: soon:)? \d/g)].map(([said]) => said.includes('soon')), [true, true, false]);
  assert.match((await anna.get('/admin/photos/6/')).body, /Rights end soon: \d/);
  assert.equal([...(await anna.get('/admin/items/1/')).body.matchAll(/Rights end soon: \d/g)].length, 1);

  const asked = await ends(6, { expires_at: '2020-01-31T10:30' });
  assert.equal(asked.status, 422);
  assert.match(asked.body, /id="f-past-error"[^>]*>This end lies in the past/);
  const form = fieldsOf(asked.body, '/admin/photos/6/');
  assert.deepEqual([form.expires_at, form.past], ['2020-01-31T10:30', undefined], 'a box, not ticked');
  assert.match((await anna.send(BATCH, encode({ ...fieldsOf((await anna.get(`${BATCH}?ids=6`)).body, BATCH), expires_at: '2020-01-31' }))).body, /id="f-past-error"/);
  assert.equal((await anna.send('/admin/photos/6/', encode({ ...form, past: '1' }))).status, 303);
  assert.equal((await ends(6, { caption: 'It stays so' })).status, 303, 'not asked again');
});

test('rights that end and a withdrawal take a photo away, to the second; the caption stays', async () => {
  const shown = filesOf((await site.get(page)).body);
  const of = (id) => { const sets = sql(`SELECT digest FROM rendition WHERE photo_id = ${id}`).map((r) => r.digest); return shown.find((f) => sets.includes(f.split('/')[3])); };
  const first = of(1), third = of(3);
  assert.equal((await site.get(first)).status, 200);
  const withdrawn = await anna.submit('/admin/photos/1/', { reason: 'Its subject asked.' }, '/admin/photos/1/withdraw/');
  assert.equal(withdrawn.status, 303, withdrawn.body);
  await until('the end of its file', async () => (await site.get(first)).status === 404);
  const gone = await until('the end of it on the page', async () => { const b = (await site.get(page)).body; return !b.includes(first.split('/')[3]) && b; });
  assert.match(gone, /Seen, at dawn/);
  const sha3 = sha()[2];
  const { version } = sql('SELECT version FROM photo WHERE id = 3')[0];
  const end = Math.floor(Date.now() / 1000) + 3;
  const put = await post('PUT', `${V1}photos/${sha3}`, { credit: 'The newer one', expires_at: new Date(end * 1000).toISOString() }, { 'if-match': `"${version}"` });
  assert.equal(put.status, 200, put.body);
  assert.equal((await site.get(third)).status, 200);
  while (Date.now() < end * 1000 + 1100) { // a page is kept to the end of its second
    const at = Date.now();
    const { status } = await site.get(third);
    if (Date.now() < end * 1000) assert.equal(status, 200);
    if (at >= end * 1000 + 1000) assert.equal(status, 404);
    await sleep(100);
  }
  assert.equal((await site.get(third)).status, 404);
  assert.ok(!(await site.get(page)).body.includes(third.split('/')[3]));
});

test('a helper that a newer package puts in the place of the old one is started', async (t) => {
  const own = await Site.make({ sections: [['events', 'Events', 'События']] });
  t.after(() => own.end());
  own.addPerson('anna', 'administrator', password);
  const built = path.dirname(BYLINE);
  const helper = path.join(own.dir, 'built/libexec/byline/byline-photo');
  const put = () => { fs.rmSync(helper, { force: true }); fs.copyFileSync(path.join(built, 'libexec/byline/byline-photo'), helper); };
  fs.mkdirSync(path.dirname(helper), { recursive: true });
  fs.copyFileSync(BYLINE, path.join(own.dir, 'built/byline'));
  put();
  await own.serve({ program: path.join(own.dir, 'built/byline') });
  await own.startNginx();
  const who = new Staff(own);
  await who.signIn('anna', password);
  assert.equal((await uploadByScript(who, [['a.jpg', photo('before')]])).status, 200);
  put();
  const answer = await uploadByScript(who, [['b.jpg', photo('after')]]);
  assert.equal(answer.status, 200, JSON.stringify(answer));
});

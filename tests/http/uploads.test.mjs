// Uploads that do not come as they should: names and bodies that nobody's browser sends,
// connections that end, disks without room, processes that are killed. Nothing is half
// stored, what was acknowledged is there and whole, and the next photo comes as ever.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { V1, makeToken } from './lib/api.mjs';
import { smallDisk } from './lib/disk.mjs';
import { ask, variables } from './lib/fcgi.mjs';
import { Site, children, sleep, until } from './lib/site.mjs';
import { sqlite } from './lib/sqlite.mjs';
import { SITE_URL, Staff, fieldsOf } from './lib/staff.mjs';
import { NEW, multipart, tiny, upload, uploadByScript } from './lib/uploads.mjs';

const password = 'correct horse battery staple';
let site, anna, boris, csrf, token;

async function makeSite(settings = '') {
  const made = await Site.make({ sections: [['events', 'Events', 'События']], settings });
  for (const login of ['anna', 'boris']) made.addPerson(login, 'administrator', password);
  await made.serve({ args: ['--set', 'staff_workers=3', '--set', 'photo_helpers=4'] });
  await made.startNginx();
  return made;
}
async function signIn(at, login) {
  const who = new Staff(at);
  assert.equal((await who.signIn(login, password)).status, 303);
  return who;
}
before(async () => {
  site = await makeSite('[staff]\nupload_max_mb = 45\n');
  [anna, boris] = [await signIn(site, 'anna'), await signIn(site, 'boris')];
  csrf = fieldsOf((await anna.get(NEW)).body, NEW).csrf;
  token = await makeToken(anna, password);
});
after(async () => {
  const log = site.log();
  await site.end();
  assert.doesNotMatch(log, /worker_died|worker_timeout|level=error/);
});

const sql = (statement, at = site) => sqlite(`${at.dir}/data/news.db`, statement).trim();
const filesOf = (at) => fs.readdirSync(`${at.dir}/originals`, { recursive: true, withFileTypes: true }).filter((f) => f.isFile() && !f.name.startsWith('.')).map((f) => path.join(f.parentPath ?? f.path, f.name));
// Each row has its file, whole, under its name, and nothing else is there.
function checkWhole(at = site) {
  const rows = sql('SELECT sha256 FROM photo', at).split('\n').filter(Boolean).sort();
  const files = filesOf(at);
  assert.deepEqual(files.map((f) => path.basename(f).replace(/\..*/, '')).sort(), rows);
  for (const file of files) assert.equal(createHash('sha256').update(fs.readFileSync(file)).digest('hex'), path.basename(file).replace(/\..*/, ''));
  return rows.length;
}
const count = () => Number(sql('SELECT COUNT(*) FROM photo'));
const bodyOf = (parts) => Buffer.concat([...parts.flatMap((p) => [Buffer.from('--b\r\n'), Buffer.isBuffer(p) ? p : Buffer.from(p), Buffer.from('\r\n')]), Buffer.from('--b--\r\n')]);
const file = (name, bytes, more = '') => Buffer.concat([Buffer.from(`Content-Disposition: form-data; name="photo"; filename="${name}"\r\n${more}\r\n`), bytes]);
const field = (name, value) => `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;
const send = (body, type = 'multipart/form-data; boundary=b', who = anna) => who.send(NEW, body, { 'content-type': type, accept: 'application/json' });

// ---- names and bodies ----

test('names arrive as they are, without folders, and are shown as text', async () => {
  const names = [['Фото 1.jpg'], ['a "quoted" name.jpg'], ['📷.jpg'], ['<script>alert(1)</script>.jpg', 'script>.jpg'], ['C:\\photos\\b.jpg', 'b.jpg'], ['../../etc/passwd', 'passwd'], ["'; DROP TABLE photo; --.jpg"], ['{{X}}%s.jpg'], ['Ж'.repeat(150), 'Ж'.repeat(100)], ['line\nend.jpg', 'line%0Aend.jpg'], ['\u200b\u00a0', '']];
  const { status, photos } = await uploadByScript(anna, names.map(([name]) => [name, tiny(name)]));
  assert.equal(status, 200);
  assert.deepEqual(photos.map((p) => p.file_name ?? ''), names.map(([name, kept]) => kept ?? name));
  const { body } = await upload(anna, [['<b>x</b>".jpg', Buffer.from('no')], ['a.jpg', tiny('Фото 1.jpg')]]);
  assert.ok(!body.includes('<b>x') && body.includes('b&gt;&quot;.jpg'));
  assert.equal(checkWhole(), names.length);
});

test('what no browser sends is refused, and nothing of it is kept', async () => {
  const n = count(), t = () => tiny(`bad ${Math.random()}`), good = field('csrf', csrf);
  const type = (boundary) => `multipart/form-data; boundary=${boundary}`;
  const bad = [
    [bodyOf([file('a.jpg', t()), good]), type('b'), 403], // the token behind the file
    [bodyOf([field('csrf', 'x'.repeat(64)), file('a.jpg', t())]), type('b'), 403],
    [bodyOf([good, good, file('a.jpg', t())]), type('b'), 400],
    [bodyOf([good, file('a.jpg', t())]).subarray(0, -4), type('b'), 400],
    [Buffer.concat([bodyOf([good, file('a.jpg', t())]), Buffer.from('more')]), type('b'), 400],
    [Buffer.concat([Buffer.from('before\r\n'), bodyOf([good, file('a.jpg', t())])]), type('b'), 400],
    [bodyOf([good, file('a.jpg', t()).toString('latin1').replaceAll('\r\n', '\n')]), type('b'), 400],
    [bodyOf([good, file('a\0.jpg', t())]), type('b'), 400],
    [bodyOf([good, file('a.jpg"; filename="b.jpg', t())]), type('b'), 400],
    [bodyOf([good, file("a.jpg\"; filename*=UTF-8''b.jpg; x=\"", t())]), type('b'), 400],
    [bodyOf([good, file('a.jpg', t(), 'Content-Transfer-Encoding: base64\r\n')]), type('b'), 400],
    [bodyOf([good, file('a.jpg', t(), `X: ${'x'.repeat(2000)}\r\n`)]), type('b'), 413],
    [bodyOf([good, ...Array.from({ length: 16 }, (_, i) => file(`${i}.jpg`, t()))]), type('b'), 413],
    [bodyOf([good, ...Array.from({ length: 10000 }, (_, i) => field(`f${i}`, ''))]), type('b'), 413],
    [bodyOf([good, file('a.jpg', t())]), type('b; boundary=c'), 415],
    [bodyOf([good, file('a.jpg', t())]), type('b; charset=utf-8'), 415],
    [bodyOf([good, file('a.jpg', t())]), type(`"${'b'.repeat(71)}"`), 415],
    [bodyOf([good, file('a.jpg', t())]), 'multipart/mixed; boundary=b', 415],
    [`csrf=${csrf}`, 'application/x-www-form-urlencoded', 415],
    [t(), 'image/jpeg', 415],
    ['', type('b'), 400],
  ];
  for (const [i, [body, contentType, status]] of bad.entries()) assert.equal((await send(body, contentType)).status, status, `${i}: ${contentType}`);
  assert.equal(count(), n);
  checkWhole();
  assert.equal((await send(bodyOf([good, file('b.jpg', t())]))).status, 200);
});

test('contents decide what a file is, and each refusal has its reason', async () => {
  const picture = tiny('to be spoilt'), wide = Buffer.from(picture);
  wide.writeUInt16BE(60000, wide.indexOf(Buffer.from([0xff, 0xc0])) + 7);
  const zip = Buffer.concat([Buffer.from('PK\x03\x04'), picture]);
  const bad = { gif: [Buffer.from('GIF89a'), /not a picture/], html: [Buffer.from('<!doctype html><script>alert(1)</script>'), /not a picture/], svg: [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /not a picture/], zip: [zip, /not a picture/], cut: [picture.subarray(0, 200), /damaged|cut off/], wide: [wide, /too wide|too high/], empty: [Buffer.alloc(0), /not a picture/], sequence: [Buffer.from('\0\0\0\x18ftypavis\0\0\0\0avifmif1'), /not a picture|more than one/], large: [Buffer.concat([picture, Buffer.alloc(40 * 1000 * 1000)]), /too large/] };
  const n = count();
  const { status, photos, failures } = await uploadByScript(anna, [...Object.entries(bad).map(([name, [bytes]]) => [`${name}.jpg`, bytes]), ['good.txt', tiny('good')]]);
  assert.equal(status, 200);
  assert.deepEqual(photos.map((p) => [p.file_name, p.type]), [['good.txt', 'image/jpeg']]);
  assert.deepEqual(failures.map((f) => f.file), Object.keys(bad).map((name) => `${name}.jpg`));
  for (const { file: name, reason } of failures) assert.match(reason, bad[name.slice(0, -4)][1], name);
  assert.equal(count(), n + 1);
  checkWhole();
});

test('more than is allowed in one request is refused before it is there', async () => {
  const head = (where, more) => `POST ${where} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 90000000\r\n${more}\r\n`;
  const page = await site.raw(head(NEW, `Cookie: ${anna.cookie()}\r\nContent-Type: multipart/form-data; boundary=b\r\n`));
  assert.equal(page.status, 413);
  const api = await site.raw(head(`${V1}photos/`, `Authorization: Bearer ${token}\r\nContent-Type: image/jpeg\r\n`));
  assert.deepEqual([api.status, api.headers['content-type']], [413, 'application/problem+json']);
});

// ---- who may ----

test('nobody’s body is taken in: the answer comes before it', async () => {
  const head = (where, more) => `POST ${where} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 30000000\r\nContent-Type: multipart/form-data; boundary=b\r\n${more}\r\n`;
  const page = await site.raw(head(NEW, `Origin: ${SITE_URL}\r\n`));
  assert.deepEqual([page.status, page.headers.location], [303, '/admin/photos/']);
  assert.match((await site.get('/admin/photos/')).headers.location, /^\/admin\/sign-in\/\?to=/);
  for (const authorization of ['', 'Authorization: Bearer byline_0\r\n']) assert.equal((await site.raw(head(`${V1}photos/`, authorization))).status, 401);
  const body = bodyOf([field('csrf', csrf), file('a.jpg', tiny('of nobody'))]);
  const n = count();
  for (const more of [{ cookie: null }, { origin: null }, { origin: 'http://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) assert.ok([303, 403].includes((await anna.send(NEW, body, { 'content-type': 'multipart/form-data; boundary=b', ...more })).status));
  assert.equal((await boris.send(NEW, body, { 'content-type': 'multipart/form-data; boundary=b' })).status, 403); // another session's token
  for (const check of ['/upload-check', '/api-upload-check']) assert.equal((await site.get(check)).status, 403, 'a door of nginx alone');
  assert.equal(count(), n);
  checkWhole();
});

// ---- several at once ----

test('five people’s worth at once, and one file by all of them, is each once', async () => {
  const n = count();
  const each = await Promise.all(Array.from({ length: 5 }, (_, i) => uploadByScript(i % 2 ? anna : boris, [[`own ${i}.jpg`, tiny(`own ${i}`)], ['same.jpg', tiny('the same of all')]])));
  assert.deepEqual(each.map((a) => [a.status, a.photos.length, a.photos[0].known]), Array(5).fill([200, 2, false]));
  assert.equal(new Set(each.map((a) => a.photos[1].id)).size, 1);
  assert.equal(each.filter((a) => !a.photos[1].known).length, 1);
  assert.equal(count(), n + 6);
  checkWhole();
});

// ---- cut off ----

test('a connection that ends in the middle leaves nothing', async () => {
  const n = count();
  const form = await multipart([['csrf', csrf], ['photo', ['a.jpg', Buffer.concat([tiny('cut off'), Buffer.alloc(200000)])]]]);
  const head = Buffer.from(`POST ${NEW} HTTP/1.1\r\nHost: x\r\nCookie: ${anna.cookie()}\r\nOrigin: ${SITE_URL}\r\nContent-Type: ${form.headers['content-type']}\r\nContent-Length: ${form.body.length}\r\n\r\n`);
  for (const part of [0, 100, 50000, form.body.length - 1])
    await new Promise((done) => {
      const c = net.connect(site.port, '127.0.0.1', () => c.write(Buffer.concat([head, form.body.subarray(0, part)]), () => setTimeout(() => c.destroy(), 30)));
      c.on('close', done).on('error', () => {});
    });
  assert.equal(count(), n);
  checkWhole();
});

test('a body that is shorter or longer than announced is none', async () => {
  const n = count();
  const form = bodyOf([field('csrf', csrf), file('a.jpg', tiny('announced'))]);
  const env = (more) => variables(NEW, { REQUEST_METHOD: 'POST', HTTP_COOKIE: anna.cookie(), HTTP_ORIGIN: SITE_URL, CONTENT_TYPE: 'multipart/form-data; boundary=b', ...more });
  for (const more of [-1, 1, 100]) assert.equal((await ask(`${site.socket}-staff`, env({ CONTENT_LENGTH: String(form.length + more) }), form)).status, 400);
  const raw = tiny('announced raw');
  const program = (more) => variables(`${V1}photos/`, { REQUEST_METHOD: 'POST', HTTP_AUTHORIZATION: `Bearer ${token}`, CONTENT_TYPE: 'image/jpeg', ...more });
  for (const more of [-1, 1]) assert.equal((await ask(`${site.socket}-staff`, program({ CONTENT_LENGTH: String(raw.length + more) }), raw)).status, 400);
  assert.equal((await ask(`${site.socket}-staff`, program({ CONTENT_LENGTH: '0' }))).status, 422);
  assert.equal(count(), n);
  checkWhole();
  assert.equal((await ask(`${site.socket}-staff`, env({ CONTENT_LENGTH: String(form.length) }), form)).status, 303);
});

// ---- no room, no folder ----

test('a disk without room, a folder that is not there: the sender is told, and nothing is left', async () => {
  const other = await Site.make({ sections: [['events', 'Events', 'События']] });
  const originals = path.join(other.dir, 'originals');
  const disk = smallDisk(originals, 2048);
  try {
    other.addPerson('anna', 'administrator', password);
    await other.serve({ through: disk.limited([]) });
    await other.startNginx();
    const who = await signIn(other, 'anna');
    const large = Buffer.concat([tiny('large'), Buffer.alloc(3 << 20)]);
    const full = await uploadByScript(who, [['large.jpg', large], ['small.jpg', tiny('small')]]);
    assert.deepEqual(full.photos.map((p) => p.file_name), ['small.jpg']);
    assert.match(full.failures[0].reason, /could not be stored/);
    assert.equal(checkWhole(other), 1);
    const page = await upload(who, [['large.jpg', large]]);
    assert.deepEqual([page.status, /No file was added[^]*large\.jpg[^]*could not be stored/.test(page.body)], [422, true]);
    const key = await makeToken(who, password);
    const program = await other.get(`${V1}photos/`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'image/jpeg' }, body: large });
    assert.deepEqual([program.status, program.headers['content-type']], [500, 'application/problem+json']);
    disk.end();
    fs.renameSync(originals, `${originals}.away`);
    assert.match((await uploadByScript(who, [['a.jpg', tiny('nowhere')]])).failures[0].reason, /could not be stored/);
    fs.mkdirSync(originals, { mode: 0o700 });
    assert.match(other.log(), /event=upload_failed/);
    assert.doesNotMatch(other.log(), /worker_died/);
    await other.stop();
    await other.serve();
    assert.equal((await uploadByScript(who, [['a.jpg', tiny('here again')]])).photos.length, 1);
  } finally {
    disk.end();
    await other.end();
  }
});

// ---- killed ----

test('kill -9 during 200 uploads: each that was acknowledged is there, and nothing else', async (t) => {
  const UPLOADS = 200, AT_ONCE = 4;
  const other = await makeSite();
  try {
    const who = await signIn(other, 'anna');
    const form = fieldsOf((await who.get(NEW)).body, NEW);
    const told = new Map();
    let next = 0, kills = 0, again = 0;
    const kill = () => {
      const named = children(other.pid()).filter((pid) => /^byline-(staff|photo)/.test(fs.readFileSync(`/proc/${pid}/comm`, 'utf8')));
      try {
        process.kill(named[Math.floor(Math.random() * named.length)], 'SIGKILL');
        kills++;
      } catch { /* it had gone by itself */ }
    };
    const one = async (i) => {
      const bytes = tiny(`upload ${i}`);
      const sent = await multipart([['csrf', form.csrf], ['photo', [`${i}.jpg`, bytes]]]);
      for (;;) {
        const answer = await who.send(NEW, sent.body, { ...sent.headers, accept: 'application/json' }).catch(() => ({ status: 0 }));
        assert.ok([0, 200, 422, 500, 502, 503, 504].includes(answer.status), `${answer.status} ${answer.body}`);
        const photo = answer.status === 200 && JSON.parse(answer.body).photos[0];
        if (photo) return told.set(photo.sha256, createHash('sha256').update(bytes).digest('hex'));
        again++;
        await sleep(30);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      while (next < UPLOADS) {
        if (next % 15 === 14) setTimeout(kill, Math.random() * 60);
        await one(next++);
      }
    }));
    assert.equal(told.size, UPLOADS);
    for (const [sha256, sent] of told) assert.equal(sha256, sent);
    const isLeft = (f) => path.basename(f).startsWith('incoming-');
    const left = filesOf(other).filter(isLeft);
    assert.ok(left.length <= kills, 'more is left over than was killed');
    await other.stop();
    const before = Date.now() / 1000 - 7200;
    fs.writeFileSync(`${other.dir}/originals/incoming-old`, 'left by a process that was killed');
    for (const f of [...left, `${other.dir}/originals/incoming-old`]) fs.utimesSync(f, before, before);
    await other.serve();
    await until('the sweep', () => !filesOf(other).some(isLeft));
    assert.match(other.log(), new RegExp(`event=uploads_removed role=work number=${left.length + 1}\\n`));
    assert.equal(checkWhole(other), UPLOADS);
    assert.match(other.run('check'), /database +ok/);
    assert.ok(kills > 5);
    // Whoever dropped them all at once comes to a page for the first of them.
    const batch = await who.get(`/admin/photos/batch/?ids=${Array.from({ length: 41 }, (_, i) => i + 1)}`);
    assert.equal(batch.status, 200);
    assert.match(batch.body, /There are more than fit on a page[^]*name="credit-40"/);
    assert.ok(!batch.body.includes('name="credit-41"'));
    const fits = (await who.get(`/admin/photos/batch/?ids=${Array.from({ length: 40 }, (_, i) => i + 1)}`)).body;
    assert.ok(fits.includes('name="credit-40"') && !fits.includes('There are more than fit'));
    t.diagnostic(`${kills} kills survived in ${UPLOADS} uploads; ${again} were sent again`);
  } finally {
    await other.end();
  }
});

// Attempts at the newsroom's door from outside: what does not open it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Site, children } from './lib/site.mjs';
import { SITE_URL, Staff, ask, encode, fieldsOf, totp } from './lib/staff.mjs';

const password = 'correct horse battery staple';
let site;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']], settings: '[staff]\nsign_in_tries_per_address = 40\nsign_in_tries = 6\n' });
  for (const login of ['anna', 'boris', 'carla', 'dora', 'egor']) site.addPerson(login, 'administrator', password);
  await site.serve({ args: ['--set', 'staff_workers=4'] });
  await site.startNginx();
});
after(() => site.end());

// Gives somebody an authenticator; its secret.
async function giveFactor(who) {
  const begun = await who.submit('/admin/account/factor/', { current: password });
  const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(begun.body)[1];
  const { csrf } = fieldsOf(begun.body, '/admin/account/factor/code/');
  const done = await who.send('/admin/account/factor/code/', encode({ csrf, code: totp(secret) }));
  assert.equal(done.status, 200, done.body);
  return secret;
}

test('a session that an attacker chose beforehand is not signed in', async () => {
  const victim = new Staff(site);
  const chosen = randomBytes(32).toString('hex');
  victim.cookies['__Host-byline'] = chosen;
  assert.equal((await victim.signIn('anna', password)).status, 303);
  assert.notEqual(victim.cookies['__Host-byline'], chosen);
  const attacker = new Staff(site);
  attacker.cookies['__Host-byline'] = chosen;
  assert.equal((await attacker.get('/admin/account/')).status, 303);
  const page = await victim.get('/admin/account/');
  assert.equal(page.status, 200);

  // Signing in once more leaves no session behind that nobody knows of.
  attacker.cookies['__Host-byline'] = victim.cookies['__Host-byline'];
  const { csrf } = fieldsOf(page.body, '/admin/account/language/');
  assert.equal((await victim.send('/admin/sign-in/', encode({ csrf, login: 'anna', password, to: '' }))).status, 303);
  assert.equal((await attacker.get('/admin/account/')).status, 303);
  assert.equal((await victim.get('/admin/account/')).status, 200);
});

test('a second factor gives the session another token, and the old one is void', async () => {
  const boris = new Staff(site);
  await boris.signIn('boris', password);
  const old = boris.cookies['__Host-byline'];
  const secret = await giveFactor(boris);
  assert.notEqual(boris.cookies['__Host-byline'], old);
  assert.equal((await boris.get('/admin/account/')).status, 200);
  const thief = new Staff(site);
  thief.cookies['__Host-byline'] = old;
  assert.equal((await thief.get('/admin/account/')).status, 303);

  // The same code from many sessions at once: it is good for one of them.
  const many = Array.from({ length: 3 }, () => new Staff(site));
  for (const who of many) assert.match((await who.signIn('boris', password)).headers.location, /code/);
  const pages = await Promise.all(many.map((who) => who.get('/admin/sign-in/code/')));
  const code = totp(secret, 1);
  const answers = await Promise.all(many.map((who, i) =>
    who.send('/admin/sign-in/code/', encode({ ...fieldsOf(pages[i].body, '/admin/sign-in/code/'), code }))));
  assert.deepEqual(answers.map((a) => a.status).sort(), [303, 422, 422]);
});

test('many codes at once are looked at no more than one after another', async () => {
  const carla = new Staff(site);
  await carla.signIn('carla', password);
  await giveFactor(carla);
  const thief = new Staff(site);
  await thief.signIn('carla', password);
  const fields = fieldsOf((await thief.get('/admin/sign-in/code/')).body, '/admin/sign-in/code/');
  const answers = await Promise.all(Array.from({ length: 16 }, (_, i) =>
    thief.send('/admin/sign-in/code/', encode({ ...fields, code: String(i).padStart(6, '0') }))));
  const statuses = answers.map((a) => a.status);
  assert.equal(statuses.filter((s) => s === 422).length, 5, statuses.join()); // 6 with the password's step
  assert.equal(statuses.filter((s) => s === 429).length, 11, statuses.join());
});

test('an address that is made up counts for nothing', async () => {
  const socket = `${site.socket}-staff`;
  const made = { HTTP_X_FORWARDED_FOR: '127.0.0.1', HTTP_X_REAL_IP: '127.0.0.1', HTTP_FORWARDED: 'for=127.0.0.1;proto=https', HTTP_X_FORWARDED_PROTO: 'https' };
  assert.equal(ask(socket, { ...made, REQUEST_URI: '/admin/sign-in/', REMOTE_ADDR: '203.0.113.7', REQUEST_SCHEME: 'http' }).status, 403);
  const stranger = new Staff(site);
  const { body } = await stranger.get('/admin/sign-in/');
  const fields = { ...fieldsOf(body, '/admin/sign-in/'), login: 'dora', password: 'wrong password, long enough' };
  for (let i = 0; i < 6; i++)
    assert.equal((await stranger.send('/admin/sign-in/', encode(fields), { 'x-forwarded-for': `192.0.2.${i}`, 'x-real-ip': `192.0.2.${i}` })).status, 422);
  const last = await stranger.send('/admin/sign-in/', encode({ ...fields, password }), { 'x-forwarded-for': '192.0.2.99' });
  assert.equal(last.status, 429);
});

test('no field gets a line into the headers', async () => {
  const cut = '\r\nX-Cut: 1\r\n\r\n<script>';
  for (const to of [`/admin/${cut}`, `/admin/people/${cut}`, `/admin/people/?x=${cut}`]) {
    assert.equal((await site.get(`/admin/sign-in/?to=${encodeURIComponent(to)}`)).status, 400);
    const answer = await new Staff(site).submit('/admin/sign-in/', { login: 'anna', password, to });
    assert.equal(answer.headers['x-cut'], undefined);
    assert.equal(answer.headers.location, '/admin/');
  }
  const anna = new Staff(site);
  await anna.signIn('anna', password);
  const language = await anna.submit('/admin/account/', { language: `ru${cut}` }, '/admin/account/language/');
  assert.equal(language.status, 400);
  const done = await anna.get(`/admin/account/?done=${encodeURIComponent(`saved${cut}`)}`);
  assert.equal(done.status, 400);
  for (const answer of [language, done]) {
    assert.equal(answer.headers['x-cut'], undefined);
    assert.doesNotMatch(answer.body, /<script>/);
  }
});

test('a passkey’s form is a form like all others', async () => {
  const stranger = new Staff(site);
  const { body } = await stranger.get('/admin/sign-in/');
  const fields = fieldsOf(body, '/admin/sign-in/passkey/');
  assert.deepEqual(Object.keys(fields), ['csrf', 'ticket', 'credential', 'client-data', 'auth-data', 'signature', 'user', 'to']);
  const send = (changes, headers) => stranger.send('/admin/sign-in/passkey/', encode({ ...fields, ...changes }), headers);
  assert.equal((await send({ csrf: '0'.repeat(64) })).status, 403);
  assert.equal((await send({}, { origin: 'https://evil.example' })).status, 403);
  assert.equal((await site.get('/admin/sign-in/passkey/')).status, 405);
  const empty = await send({});
  assert.equal(empty.status, 422);
  assert.match(empty.body, /was not accepted/);
  const hostile = await send({ 'client-data': '"><script>', 'auth-data': 'AAAA', credential: "' OR 1=1 --", to: '//evil.example/' });
  assert.equal(hostile.status, 422);
  assert.doesNotMatch(hostile.body, /"><script>/);
  assert.equal((await send({ 'client-data': 'A'.repeat(20000) })).status, 422);
});

test('who must have a second factor gets to the pages of passkeys, and no further', async () => {
  site.run('user', 'second-factor', 'egor', 'required');
  const egor = new Staff(site);
  await egor.signIn('egor', password);
  assert.equal((await egor.get('/admin/people/')).headers.location, '/admin/account/factor/?done=factor-needed');
  assert.match((await egor.get('/admin/account/factor/')).body, /href="\/admin\/account\/passkeys\/"/);
  assert.equal((await egor.get('/admin/account/passkeys/')).status, 200);
  const wrong = await egor.submit('/admin/account/passkeys/', { name: 'Phone', current: 'no' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.body, /f-current-error/);
  assert.doesNotMatch(wrong.body, /data-challenge/);
  const asked = await egor.submit('/admin/account/passkeys/', { name: 'Phone "<>', current: password });
  assert.match(asked.body, /data-kind="create"[^>]* data-party="news\.example"/);
  const fields = fieldsOf(asked.body, '/admin/account/passkeys/new/');
  assert.equal(fields.name, 'Phone "<>');
  const refused = await egor.send('/admin/account/passkeys/new/', encode({ ...fields, 'client-data': 'AAAA', 'auth-data': 'AAAA' }));
  assert.equal(refused.status, 422);
  assert.equal(fieldsOf(refused.body, '/admin/account/passkeys/').name, 'Phone "<>');
  assert.equal((await egor.get('/admin/people/')).status, 303);
});

test('while four passwords are computed, others are told when to come back, and have not failed', async () => {
  const holder = spawn('perl', ['tests/http/lib/places.pl', path.join(site.dir, 'data/accounts.db-slots'), '4'], { stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise((held) => holder.stdout.once('data', held));
  const anna = new Staff(site);
  const busy = await anna.signIn('anna', password);
  assert.equal(busy.status, 503);
  assert.ok(Number(busy.headers['retry-after']) > 0);
  const ended = new Promise((done) => holder.once('exit', done));
  holder.stdin.end();
  await ended;
  assert.equal((await anna.signIn('anna', password)).status, 303);
});

test('public processes have accounts.db neither open nor within reach', () => {
  const names = children(site.pid()).map((pid) => [pid, fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim()]);
  const files = (pid) => fs.readdirSync(`/proc/${pid}/fd`).map((fd) => fs.readlinkSync(`/proc/${pid}/fd/${fd}`));
  const open = (name) => names.filter(([, n]) => n === name).flatMap(([pid]) => files(pid)).filter((f) => f.includes('accounts.db'));
  assert.ok(open('byline-staff').length > 0, 'so it would be seen');
  assert.deepEqual(open('byline-public'), []);
  for (const REQUEST_URI of ['/admin/', '/admin/sign-in/', '/%61dmin/', '/media/../data/accounts.db', '/static/../../data/accounts.db'])
    assert.ok([301, 400, 404].includes(ask(site.socket, { REQUEST_URI, HTTP_COOKIE: '__Host-byline=x', HTTP_ORIGIN: SITE_URL }).status), REQUEST_URI);
});

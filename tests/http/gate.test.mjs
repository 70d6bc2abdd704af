// Who may pass the newsroom's door, and how a form must come to change something.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site } from './lib/site.mjs';
import { SITE_URL, Staff, ask, encode, fieldsOf } from './lib/staff.mjs';

let site, anna, token;
const password = 'correct horse battery staple';

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']] });
  site.addPerson('anna', 'administrator', password);
  site.addPerson('boris', 'author', password);
  await site.serve();
  await site.startNginx();
  anna = new Staff(site);
  assert.equal((await anna.signIn('anna', password)).status, 303);
  token = fieldsOf((await anna.get('/admin/people/new/')).body, '/admin/people/new/').csrf;
});
after(() => site.end());

const logins = async () => [...(await anna.get('/admin/people/')).body.matchAll(/<th scope="row"><a [^>]*>([^<]*)/g)].map((m) => m[1]);
const person = (login, more = {}) => ({ csrf: token, login, name: login, role: 'author', ...more });

test('a form of our own changes something', async () => {
  const answer = await anna.send('/admin/people/new/', encode(person('first')));
  assert.equal(answer.status, 200, answer.body);
  assert.ok((await logins()).includes('first'));
});

test('without the right token nothing is done, and what was typed is offered again', async () => {
  const other = new Staff(site);
  await other.signIn('anna', password);
  const theirs = fieldsOf((await other.get('/admin/people/new/')).body, '/admin/people/new/').csrf;
  for (const csrf of ['', 'x', token.slice(1), theirs, token.toUpperCase()]) {
    const answer = await anna.send('/admin/people/new/', encode(person('no-token', { csrf, name: 'Ж "<&>\' {{X}}' })));
    assert.equal(answer.status, 403);
    const fields = fieldsOf(answer.body, '/admin/people/new/');
    assert.equal(fields.name, 'Ж "<&>\' {{X}}');
    assert.equal(fields.csrf, token);
  }
  const answer = await anna.send('/admin/people/new/', encode({ login: 'no-token', name: 'x', role: 'author' }));
  assert.equal(answer.status, 403);
  assert.ok(!(await logins()).includes('no-token'));
});

test('a form from elsewhere is refused, whatever else is right', async () => {
  const wrong = [
    { origin: 'http://evil.example' }, { origin: 'null' }, { origin: null }, { origin: `${SITE_URL}.evil.example` },
    { origin: 'https://news.example' }, { origin: `${SITE_URL}/` }, { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': 'none' },
  ];
  for (const headers of wrong) {
    const answer = await anna.send('/admin/people/new/', encode(person('elsewhere')), headers);
    assert.equal(answer.status, 403, JSON.stringify(headers));
    assert.match(answer.body, /http:\/\/news\.example\/admin\//);
  }
  const old = await anna.send('/admin/people/new/', encode(person('old-browser')), { 'sec-fetch-site': null });
  assert.equal(old.status, 200);
  assert.ok(!(await logins()).includes('elsewhere'));
});

test('only a form is read as a form', async () => {
  for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', null, 'application/x-www-form-urlencoded; charset=windows-1251']) {
    const answer = await anna.send('/admin/people/new/', encode(person('type')), { 'content-type': type });
    assert.equal(answer.status, 415, String(type));
  }
  assert.ok(!(await logins()).includes('type'));
});

test('doubled, missing, malformed and too many fields refuse the whole form', async () => {
  const good = encode(person('mangled'));
  const bodies = [
    [`${good}&login=other`, 400], [`${good}&csrf=${token}`, 400], [`${good}&x=%zz`, 400], [`${good}&x=%ff`, 400],
    [`${good}&x=%00`, 400], [encode({ csrf: token, login: 'mangled', role: 'author' }), 400],
    [`${good}&${Array.from({ length: 1024 }, (_, i) => `f${i}=1`).join('&')}`, 413],
  ];
  for (const [body, status] of bodies) assert.equal((await anna.send('/admin/people/new/', body)).status, status, body.slice(-30));
  assert.ok(!(await logins()).includes('mangled'));
});

test('a form that is too large is refused by nginx, or by the program', async () => {
  const answer = await anna.send('/admin/people/new/', encode(person('large', { x: 'x'.repeat(1100000) })));
  assert.equal(answer.status, 413);
});

test('a body shorter or longer than announced changes nothing', async () => {
  const body = encode(person('short'));
  const env = {
    REQUEST_METHOD: 'POST', REQUEST_URI: '/admin/people/new/', CONTENT_TYPE: 'application/x-www-form-urlencoded',
    HTTP_ORIGIN: SITE_URL, HTTP_COOKIE: anna.cookie(), REMOTE_ADDR: '127.0.0.1',
  };
  const socket = `${site.socket}-staff`;
  assert.equal(ask(socket, { ...env, CONTENT_LENGTH: String(body.length + 1) }, body).status, 400);
  assert.equal(ask(socket, { ...env, CONTENT_LENGTH: String(body.length + 1000) }, body).status, 400);
  assert.ok(!(await logins()).includes('short'));
  assert.equal(ask(socket, { ...env, CONTENT_LENGTH: String(body.length) }, body).status, 200);
  assert.ok((await logins()).includes('short'));
});

test('over http from elsewhere the newsroom is closed, with the reason; over https it is open', () => {
  const socket = `${site.socket}-staff`;
  const env = { REQUEST_URI: '/admin/sign-in/', REMOTE_ADDR: '203.0.113.7' };
  const plain = ask(socket, { ...env, REQUEST_SCHEME: 'http' });
  assert.equal(plain.status, 403);
  assert.match(plain.text, /over https only/);
  assert.doesNotMatch(plain.text, /Set-Cookie|type="password"/);
  assert.equal(ask(socket, { ...env, REQUEST_SCHEME: 'https' }).status, 200);
  assert.equal(ask(socket, { ...env, REMOTE_ADDR: '::1', REQUEST_SCHEME: 'http' }).status, 200);
  assert.equal(ask(socket, { ...env, REMOTE_ADDR: '1127.0.0.1', REQUEST_SCHEME: 'http' }).status, 403);
});

test('a cookie is ours by its whole name, once', async () => {
  const id = anna.cookies['__Host-byline'];
  const with_ = (cookie) => site.get('/admin/people/', { headers: { cookie } });
  assert.equal((await with_(`__Host-byline=${id}`)).status, 200);
  assert.equal((await with_(`x__Host-byline=no; __Host-byline=${id}; __Host-bylinex=no`)).status, 200);
  for (const cookie of [`x__Host-byline=${id}`, `__Host-bylinex=${id}`, `__host-byline=${id}`, `__Host-byline=${id}; __Host-byline=${'0'.repeat(64)}`, `__Host-byline=${id}0`, `__Host-byline=${id.slice(1)}`, '']) {
    const answer = await with_(cookie);
    assert.equal(answer.status, 303, cookie);
    assert.equal(answer.headers.location, '/admin/sign-in/?to=/admin/people/');
  }
});

test('a session that has ended keeps what was typed, and a fresh one sends it', async () => {
  const carla = new Staff(site);
  await carla.signIn('anna', password);
  const page = await carla.get('/admin/people/new/');
  const fields = { ...fieldsOf(page.body, '/admin/people/new/'), login: 'after', name: 'After', role: 'author' };
  const dead = carla.cookie();
  await carla.send('/admin/sign-out/', encode({ csrf: fields.csrf }));
  const asked = await carla.send('/admin/people/new/', encode(fields), { cookie: dead });
  assert.equal(asked.status, 403);
  assert.match(asked.body, /href="\/admin\/sign-in\/" target="_blank"/);
  await carla.signIn('anna', password);
  const again = fieldsOf(asked.body, '/admin/people/new/');
  assert.equal(again.login, 'after');
  const renewed = await carla.send('/admin/people/new/', encode(again));
  assert.equal(renewed.status, 403); // the token is the old session's: asked once more
  const done = await carla.send('/admin/people/new/', encode(fieldsOf(renewed.body, '/admin/people/new/')));
  assert.equal(done.status, 200);
  assert.ok((await logins()).includes('after'));
});

test('without a right the page says so, and nothing is done', async () => {
  const boris = new Staff(site);
  await boris.signIn('boris', password);
  const page = await boris.get('/admin/people/');
  assert.equal(page.status, 403);
  const { csrf } = fieldsOf((await boris.get('/admin/account/')).body, '/admin/account/language/');
  const answer = await boris.send('/admin/people/new/', encode(person('by-boris', { csrf })));
  assert.equal(answer.status, 403);
  assert.ok(!(await logins()).includes('by-boris'));
});

test('every answer of the door carries the security headers and is kept by nobody', async () => {
  const answers = [
    await anna.get('/admin/people/'), await site.get('/admin/people/'), await anna.get('/admin/nope/'),
    await anna.send('/admin/people/new/', ''), await site.get('/admin/sign-in/'), await site.get('/admin/people/', { method: 'PUT' }),
  ];
  assert.deepEqual(answers.map((a) => a.status), [200, 303, 404, 403, 200, 405]);
  for (const { headers } of answers) {
    assert.match(headers['content-security-policy'], /^default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/);
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['referrer-policy'], 'same-origin');
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['content-encoding'], undefined);
    assert.equal(headers['x-accel-expires'], undefined);
  }
  assert.equal(answers[5].headers.allow, 'GET, HEAD');
});

test('the session cookie is what browsers protect best', async () => {
  const dora = new Staff(site);
  const before = (await dora.get('/admin/sign-in/')).headers['set-cookie'];
  assert.match(before[0], /^__Host-byline=[0-9a-f]{64}; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
  const answer = await dora.signIn('anna', password);
  const [session] = answer.headers['set-cookie'];
  assert.match(session, /^__Host-byline=[0-9a-f]{64}; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
  assert.notEqual(session, before[0]);
});

test('after signing in one comes to the page asked for, and nowhere else', async () => {
  for (const [to, where] of [['/admin/people/', '/admin/people/'], ['//evil.example/', '/admin/'], ['https://evil.example/', '/admin/'], ['/news/', '/admin/'], ['/admin/nope/', '/admin/'], ['', '/admin/']]) {
    const who = new Staff(site);
    const answer = await who.submit(`/admin/sign-in/?to=${encodeURIComponent(to)}`, { login: 'anna', password });
    assert.equal(answer.headers.location, where, to);
  }
});

test('a link from elsewhere keeps the session: the page asks again by itself', async () => {
  const answer = await site.get('/admin/people/', { headers: { 'sec-fetch-site': 'cross-site' } });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.refresh, '0; url=/admin/people/');
  assert.equal(answer.headers['set-cookie'], undefined);
});

test('the pages speak the language of the browser, or the one chosen', async () => {
  const who = new Staff(site);
  assert.match((await who.get('/admin/sign-in/', { 'accept-language': 'ru-RU, en;q=0.5' })).body, /<html lang="ru"/);
  await who.signIn('anna', password);
  await who.submit('/admin/account/', { language: 'ru' }, '/admin/account/language/');
  assert.match((await who.get('/admin/people/', { 'accept-language': 'en' })).body, /<html lang="ru"/);
});

// One's own account, and other people's: sessions, password, second factor, rights.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site, items } from './lib/site.mjs';
import { Staff, encode, fieldsOf, totp } from './lib/staff.mjs';

const password = 'correct horse battery staple';
let site, anna;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События'], ['speeches', 'Speeches', 'Выступления']] });
  site.addPerson('anna', 'administrator', password);
  await site.serve();
  await site.startNginx();
  anna = new Staff(site);
  await anna.signIn('anna', password);
});
after(() => site.end());

// Adds somebody on the page; answers the password shown there.
async function add(login, more = {}) {
  const { status, body } = await anna.submit('/admin/people/new/', { login, name: `Name of ${login}`, role: 'author', ...more });
  assert.equal(status, 200, body);
  return [...body.matchAll(/<code>([^<]*)<\/code>/g)].map((m) => m[1])[1];
}

const idOf = async (login) => new RegExp(`href="/admin/people/(\\d+)/">${login}<`).exec((await anna.get('/admin/people/')).body)[1];

test('a wrong name and a wrong password are answered alike, and nothing is signed in', async () => {
  const bodies = [];
  for (const [login, given] of [['anna', 'wrong password, long enough'], ['nobody', password]]) {
    const who = new Staff(site);
    const answer = await who.signIn(login, given);
    assert.equal(answer.status, 422);
    assert.doesNotMatch(answer.body, new RegExp(given));
    bodies.push(answer.body.replace(/(name="(csrf|ticket)" value|data-challenge)="[\w-]+"/g, '').replaceAll(login, 'LOGIN'));
    assert.equal((await who.get('/admin/account/')).status, 303);
  }
  assert.equal(bodies[0], bodies[1]);
});

test('a person who was added signs in with the password shown, changes it, and has to use the new one', async () => {
  const given = await add('boris');
  const boris = new Staff(site);
  assert.equal((await boris.signIn('boris', given)).status, 303);
  const fresh = 'вечерний поезд без остановок';
  const page = '/admin/account/password/';
  const wrong = await boris.submit(page, { current: 'no', password: fresh, repeated: `${fresh}!` });
  assert.equal(wrong.status, 422);
  assert.match(wrong.body, /f-repeated-error/);
  assert.doesNotMatch(wrong.body, new RegExp(fresh));
  for (const [bad, text] of [['short', /too short/], ['passwordpassword', /common/]]) {
    const answer = await boris.submit(page, { current: given, password: bad, repeated: bad });
    assert.equal(answer.status, 422, bad);
    assert.match(answer.body, text);
  }
  assert.equal((await boris.submit(page, { current: given, password: fresh, repeated: fresh })).status, 303);
  assert.equal((await boris.get('/admin/account/')).status, 303, 'old sessions are over');
  assert.equal((await boris.signIn('boris', given)).status, 422);
  assert.equal((await boris.signIn('boris', fresh)).status, 303);
});

test('sessions are listed, and each can be ended', async () => {
  const given = await add('carla');
  const [one, two] = [new Staff(site), new Staff(site)];
  await one.signIn('carla', given);
  await two.signIn('carla', given);
  const { body } = await one.get('/admin/account/');
  const ids = [...body.matchAll(/name="id" value="(\d+)"/g)].map((m) => m[1]);
  assert.equal(ids.length, 1, 'the other one; this one has no button');
  const { csrf } = fieldsOf(body, '/admin/account/sessions/');
  const mine = new Staff(site);
  await mine.signIn('anna', password);
  const foreign = await anna.get('/admin/account/');
  const answer = await anna.send('/admin/account/sessions/', encode({ csrf: fieldsOf(foreign.body, '/admin/account/language/').csrf, id: ids[0] }));
  assert.equal(answer.status, 404, 'somebody else’s');
  assert.equal((await two.get('/admin/account/')).status, 200);
  assert.equal((await one.send('/admin/account/sessions/', encode({ csrf, id: ids[0] }))).status, 303);
  assert.equal((await two.get('/admin/account/')).status, 303);
  assert.equal((await one.get('/admin/account/')).status, 200);
});

test('a second factor: set up, asked for, good once; recovery codes too', async () => {
  const given = await add('dora');
  const dora = new Staff(site);
  await dora.signIn('dora', given);
  const begun = await dora.submit('/admin/account/factor/', { current: given });
  assert.equal(begun.status, 200);
  assert.match(begun.body, /<svg [^>]*class="qr"/);
  const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(begun.body)[1];
  const confirm = (code) => dora.send('/admin/account/factor/code/', encode({ csrf: fieldsOf(begun.body, '/admin/account/factor/code/').csrf, code }));
  assert.equal((await confirm('000000')).status, 422);
  const done = await confirm(totp(secret));
  assert.equal(done.status, 200, done.body);
  const codes = [...done.body.matchAll(/<code>([^<]*)<\/code>/g)].map((m) => m[1]);
  assert.equal(codes.length, 10);

  const again = new Staff(site);
  const first = await again.signIn('dora', given);
  assert.equal(first.headers.location, '/admin/sign-in/code/?to=/admin/');
  assert.equal((await again.get('/admin/account/')).status, 303, 'half signed in is not signed in');
  assert.equal((await again.submit('/admin/sign-in/code/', { code: '123' })).status, 422);
  assert.equal((await again.submit('/admin/sign-in/code/', { code: totp(secret, 1) })).status, 303);
  assert.equal((await again.get('/admin/account/')).status, 200);

  const lost = new Staff(site);
  await lost.signIn('dora', given);
  assert.equal((await lost.submit('/admin/sign-in/code/', { code: codes[0] })).status, 303);
  const twice = new Staff(site);
  await twice.signIn('dora', given);
  assert.equal((await twice.submit('/admin/sign-in/code/', { code: codes[0] })).status, 422);
  assert.match((await lost.get('/admin/account/factor/')).body, /codes left: 9/);

  const { body } = await anna.get(`/admin/people/${await idOf('dora')}/`);
  const reset = `/admin/people/${await idOf('dora')}/reset/`;
  assert.equal((await anna.send(reset, encode({ csrf: fieldsOf(body, reset).csrf, do: 'factor' }))).status, 303);
  assert.equal((await lost.get('/admin/account/')).status, 303, 'its sessions are over');
  const free = new Staff(site);
  assert.equal((await free.signIn('dora', given)).headers.location, '/admin/');
});

test('who must have a second factor can do nothing before it is set up', async () => {
  const given = await add('egor', { role: 'administrator', must: '1' });
  const egor = new Staff(site);
  await egor.signIn('egor', given);
  const answer = await egor.get('/admin/people/');
  assert.equal(answer.headers.location, '/admin/account/factor/?done=factor-needed');
  assert.equal((await egor.get('/admin/account/factor/')).status, 200);
});

test('a change of role or a closed account ends the sessions at once', async () => {
  const given = await add('fedor');
  const fedor = new Staff(site);
  await fedor.signIn('fedor', given);
  const page = `/admin/people/${await idOf('fedor')}/`;
  const section = Object.keys(fieldsOf((await anna.get(page)).body, page));
  assert.ok(!section.some((name) => name.startsWith('section-')), 'none is ticked');
  assert.equal((await anna.submit(page, { role: 'editor', 'section-1': '1' })).status, 303);
  assert.equal((await fedor.get('/admin/account/')).status, 303);
  const shown = fieldsOf((await anna.get(page)).body, page);
  assert.equal(shown.role, 'editor');
  assert.equal(shown['section-1'], '1');
  await fedor.signIn('fedor', given);
  assert.equal((await fedor.get('/admin/account/')).status, 200);
  assert.equal((await anna.submit(page, { disabled: '1' })).status, 303);
  assert.equal((await fedor.get('/admin/account/')).status, 303);
  assert.equal((await fedor.signIn('fedor', given)).status, 422);
});

test('errors of a person’s form stand at their fields, with the rest kept', async () => {
  const bad = await anna.submit('/admin/people/new/', { login: 'ANNA', name: 'Other Anna', role: 'editor', 'section-2': '1' });
  assert.equal(bad.status, 422);
  assert.match(bad.body, /id="f-login-error">Somebody has this login name already/);
  const kept = fieldsOf(bad.body, '/admin/people/new/');
  assert.deepEqual([kept.login, kept.name, kept.role, kept['section-2']], ['ANNA', 'Other Anna', 'editor', '1']);
  const none = await anna.submit('/admin/people/new/', { login: '', name: 'x'.repeat(201), role: 'king' });
  for (const field of ['login', 'name', 'role']) assert.match(none.body, new RegExp(`id="f-${field}-error"`));
});

test('the last administrator stays one', async () => {
  const page = `/admin/people/${await idOf('anna')}/`;
  // egor is one too, until closed.
  assert.equal((await anna.submit(`/admin/people/${await idOf('egor')}/`, { disabled: '1' })).status, 303);
  const answer = await anna.submit(page, { role: 'author' });
  assert.equal(answer.status, 422);
  assert.match(answer.body, /At least one administrator/);
  assert.equal((await anna.get('/admin/people/')).status, 200);
});

test('guessing is stopped, but not for the owner’s own browser', async () => {
  const given = await add('greta');
  const greta = new Staff(site);
  await greta.signIn('greta', given);
  await greta.submit('/admin/account/', {}, '/admin/sign-out/');
  const stranger = new Staff(site);
  let last;
  for (let i = 0; i < 11; i++) last = await stranger.signIn('greta', 'wrong password, long enough');
  assert.equal(last.status, 429);
  assert.ok(Number(last.headers['retry-after']) > 0);
  assert.equal((await stranger.signIn('greta', given)).status, 429);
  assert.equal((await greta.signIn('greta', given)).status, 303);
});

test('an editor has every section of a site that has as many as it may have', async () => {
  site.import(Array.from({ length: 198 }, (_, i) => ({ ...items(1)[0], id: `in-${i}`, slug: `in-${i}`, section: `part-${i}` })), '--create-sections');
  await add('wide', { role: 'editor' });
  const page = `/admin/people/${await idOf('wide')}/`;
  const sections = Array.from({ length: 200 }, (_, i) => `section-${i + 1}`);
  const all = Object.fromEntries(sections.map((name) => [name, '1']));
  assert.equal((await anna.submit(page, all)).status, 303);
  const { body } = await anna.get(page);
  const kept = fieldsOf(body, page);
  assert.deepEqual(sections.filter((name) => kept[name] !== '1'), []);
  for (const [field, label] of [['disabled', 'part'], ['section-200', 'disable']])
    assert.doesNotMatch(new RegExp(`<label for="f-${field}">([^<]*)`).exec(body)[1].toLowerCase(), new RegExp(label));
  assert.equal((await anna.submit('/admin/account/tokens/', { ...all, name: 'All', scope: 'read', life: '7', current: password })).status, 200);
});

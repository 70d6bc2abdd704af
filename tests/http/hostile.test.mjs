// Broken and hostile input to every field of every form: it is refused with a whole page that
// says so and keeps what else was typed, or it is text and taken as such; nothing is half
// stored, no worker dies, and the right form works afterwards in the same session. Asked over
// FastCGI, so that it takes seconds; lib/forms.mjs says what there is to fill in.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { ask, direct, variables } from './lib/fcgi.mjs';
import { forms } from './lib/forms.mjs';
import { photographed } from './lib/photos.mjs';
import { Site } from './lib/site.mjs';
import { SITE_URL, Staff, encode, fieldsOf, totp, unescape } from './lib/staff.mjs';

const password = 'correct horse battery staple';
const FORM_MAX = 1048576;
let site, socket, staff, section, theirs, oldToken, n = 0;
const fresh = () => `w${++n}-${process.pid}`;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События'], ['speeches', 'Speeches', 'Речи']], settings: '[staff]\nsign_in_tries_per_address = 100000\nsign_in_tries = 1000\n' });
  photographed(site);
  for (const login of ['anna', 'boris', 'dora']) site.addPerson(login, 'administrator', password);
  await site.serve();
  // What is written behind the tests' backs: the files of the photos.
  await site.photosMade();
  socket = `${site.socket}-staff`;
  staff = direct(socket);
  const boris = await signedIn('boris');
  const { body } = await boris.get('/admin/items/new/');
  section = /<option value="(\d+)"[^>]*>Events</.exec(body)[1];
  theirs = fieldsOf(body, '/admin/items/new/').csrf;
  const gone = await signedIn('anna');
  oldToken = await tokenOf(gone);
  await gone.send('/admin/sign-out/', encode({ csrf: oldToken }));
});
after(() => {
  const log = site.log();
  return site.end().then(() => assert.doesNotMatch(log, /worker_died|worker_timeout|ERROR: |runtime error/));
});

async function signedIn(login) {
  const who = new Staff(staff);
  assert.equal((await who.signIn(login, password)).status, 303, login);
  return who;
}

// ---- a form, as it stands on its page ----

const part = (body, action, word = '') => {
  const found = body.split('<form').find((f) => f.includes(`action="${action}"`) && f.slice(0, f.indexOf('</form>')).includes(word));
  assert.ok(found, `no form with the action ${action} that holds ${word}`);
  return `<form${found}`;
};
const formIn = (body, action, word) => fieldsOf(part(body, action, word), action);

function contextOf(who) {
  const c = {
    who, password, login: 'anna', fresh, section,
    text: () => ({ title: fresh(), section, lang: 'en', lead: 'Lead.', body: 'Body.' }),
    code: () => totp(c.secret),
    form: async (page, action, word) => formIn((await who.get(page)).body, action, word),
    async send(page, action, fields, word) {
      return c.post(action, { ...await c.form(page, action, word), ...fields });
    },
    async post(action, fields) {
      const answer = await who.send(action, encode(fields));
      assert.ok([200, 303].includes(answer.status), `${action}: ${answer.status} ${answer.body}`);
      return answer;
    },
    signInAgain: () => signedIn('anna'),
  };
  return c;
}

const addressOf = (name, door, c) => {
  const words = (door.at?.(c) ?? []).map(String);
  return name.replace(/:\w+/g, () => words.shift());
};

// Prepares a form: {path, fields, kinds}, with all that makes it right.
async function open(name, door, c) {
  await door.make?.(c);
  const path = addressOf(name, door, c);
  const html = door.fields ? '' : await door.shown?.(c) ?? (await c.who.get((door.page?.(c)) ?? path)).body;
  const stands = door.fields ? { csrf: await tokenOf(c.who), ...await door.fields(c) } : formIn(html, path, door.with);
  return { path, fields: { ...stands, ...await door.right(c) } };
}
const tokenOf = async (who) => /name="csrf" value="(\w+)"/.exec((await who.get('/admin/account/')).body)[1];

// ---- what is sent ----

const pair = ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
const without = (fields, name) => Object.entries(fields).filter(([f]) => f !== name).map(pair).join('&');
// One field gets another value, percent-encoded as it is here.
const instead = (raw) => (fields, name) => `${without(fields, name)}&${encodeURIComponent(name)}=${raw}`;

// What is done to one field of a form that is right.
const SCRIPT = '"><script>alert(1)</script></textarea><img src=x onerror=alert(1)>{{X}}';
const ways = {
  SQL: { body: instead(encodeURIComponent("x'); DROP TABLE item; --")) },
  'a script': { body: instead(encodeURIComponent(SCRIPT)) },
  'control characters': { body: instead('a%00b%0Bc%1Bd'), isAtField: true },
  'no UTF-8': { body: instead('%FF%C0%AF'), isAtField: true },
  'half a pair of surrogates': { body: instead('%ED%A0%80'), isAtField: true },
  'a million bytes': { body: instead('x'.repeat(1000000)), isAtField: true },
  'one byte too much': { body: (fields, name, most) => instead('x'.repeat((most ?? 8192) + 1))(fields, name), isAtField: true },
  missing: { body: without },
  doubled: { body: (fields, name) => `${encode(fields)}&${pair([name, 'x'])}`, status: 400 },
  'of an array’s name': { body: (fields, name) => `${without(fields, name)}&${pair([`${name}[]`, fields[name]])}` },
};

// Requests that are no form of this session's.
const wrong = {
  'another type of content': { status: 415, headers: { 'content-type': 'application/json' } },
  'more than a form may hold': { status: 413, body: (fields) => `${encode(fields)}&x=${'x'.repeat(FORM_MAX)}` },
  'another session’s token': { status: 403, body: (fields) => encode({ ...fields, csrf: theirs }) },
  'an ended session’s token': { status: 403, body: (fields) => encode({ ...fields, csrf: oldToken }) },
  'no token': { status: 403, body: (fields) => without(fields, 'csrf') },
};

// ---- what must come of it ----

// Whatever writes to a database changes one of these.
const files = ['news.db-wal', 'accounts.db-wal'];
const traces = (door) => files.filter((f) => !door.tries || f.startsWith('news')).map((f) => {
  const { size, mtimeMs } = fs.statSync(path.join(site.dir, 'data', f));
  return `${f} ${size} ${mtimeMs}`;
}).join();

const isDone = (answer) => answer.status < 400;
function checkAnswer(answer, told, expected = []) {
  assert.ok([200, 303, 400, 404, 409, 422, ...expected].includes(answer.status), `${told}: ${answer.status} ${answer.body}`);
  assert.ok(answer.isWhole, told);
  assert.doesNotMatch(answer.body, /<script>|<img src=x/, told);
  if (answer.status === 303) return assert.match(answer.headers.location, /^\/admin\//, told);
  if (/^text\/html/.test(answer.headers['content-type'])) {
    assert.match(answer.body, /<\/html>\n$/, told);
    if (answer.status !== 200) assert.match(answer.body, /<main[^]*?<p[^>]*>[^<]{12,}/, `${told}: nothing is said`);
  }
}

// The page asks again, at the field, and has all else that was typed.
const secrets = ['current', 'password', 'repeated', 'code'];
function checkAskedAgain(answer, door, path, sent, name, told) {
  assert.equal(answer.status, 422, told);
  assert.match(answer.body, new RegExp(`<p class="problem" id="[^"]*\\b${name}-error">[^<]`), told);
  const again = formIn(answer.body, path, door.with);
  for (const other of Object.keys(door.most))
    if (other !== name && !secrets.includes(other)) assert.equal(again[other], sent[other].replaceAll('\r', ''), `${told}: ${other} is not kept`);
  return again;
}

// Sends something; if it was done, prepares the form anew.
async function attempt(name, door, c, state, body, headers, told, expected) {
  if (name.includes('/photos/')) await site.photosMade();
  const before = traces(door);
  const answer = await c.who.send(state.form.path, body, headers);
  checkAnswer(answer, told, expected);
  if (isDone(answer)) state.form = await begin(name, door, c);
  else assert.equal(traces(door), before, `${told}: refused with ${answer.status}, and written all the same`);
  return answer;
}

async function begin(name, door, c) {
  if (door.as) c.who = await visitors[door.as](c);
  return open(name.split(' ')[0], door, c);
}
const visitors = {
  stranger: async () => new Staff(staff),
  leaving: () => signedIn('anna'),
  async waiting(c) {
    if (!factor?.codes.length) factor = await giveFactor();
    const code = factor.codes.shift();
    c.recovery = () => code;
    const who = new Staff(staff);
    assert.match((await who.signIn(factor.login, password)).headers.location, /code/);
    return who;
  },
};
// Somebody who has a second factor, with the codes for when it is lost; each is good once.
let factor;
async function giveFactor() {
  const login = fresh(), name = '/admin/account/factor/code/';
  site.addPerson(login, 'author', password);
  const c = contextOf(await signedIn(login));
  const { path, fields } = await open(name, forms[name], c);
  const { body } = await c.post(path, fields);
  return { login, codes: [...body.matchAll(/<li><code>([^<]*)</g)].map((m) => unescape(m[1])) };
}

// ---- the walk ----

test('every form has its line in lib/forms.mjs, and no line is without a form', () => {
  const rows = site.run('routes').split('\n').filter((l) => /^POST/.test(l) && !/\/api\//.test(l)).map((l) => / (\/\S*)/.exec(l)[1]);
  const lines = Object.keys(forms).map((f) => f.split(' ')[0]);
  const withFiles = ['/admin/photos/new/']; // tests/http/photos.test.mjs
  assert.deepEqual(rows.filter((r) => !lines.includes(r) && !withFiles.includes(r)), [], 'add a line to tests/http/lib/forms.mjs (docs/ADDING.md)');
  assert.deepEqual(lines.filter((l) => !rows.includes(l)), []);
});

for (const [name, door] of Object.entries(forms))
  test(`hostile input to ${name}`, async () => {
    const c = contextOf(await signedIn(door.login ?? 'anna'));
    const state = { form: await begin(name, door, c) };
    const count = Object.keys(state.form.fields).length;
    for (let i = 1; i < count; i++) // all but the token
      for (const way of Object.keys(ways)) await mishandle(name, door, c, state, i, way);
    for (const [what, { status, body = encode, headers }] of Object.entries(wrong)) {
      const answer = await attempt(name, door, c, state, body(state.form.fields), headers, `${name}: ${what}`, [status]);
      assert.equal(answer.status, status, `${name}: ${what}`);
    }
    await cutShort(door, c, state);
    const done = await c.who.send(state.form.path, encode(state.form.fields));
    assert.equal(done.status, door.ok ?? 303, `${name}: the right form afterwards\n${done.body}`);
  });

// The i-th field in one of the ways; its name may say what it was made for.
async function mishandle(name, door, c, state, i, way) {
  const { path, fields } = state.form, { body, isAtField, status } = ways[way];
  const field = Object.keys(fields)[i], most = door.most?.[field], told = `${name}: ${field}: ${way}`;
  const answer = await attempt(name, door, c, state, body(fields, field, most), {}, told);
  if (status) assert.equal(answer.status, status, told);
  if (most && isAtField) checkAskedAgain(answer, door, path, fields, field, told);
}

// Bodies that are shorter or longer than announced.
async function cutShort(door, c, { form }) {
  const body = encode(form.fields);
  for (const more of [1, 1000, -1, -body.length + 1]) {
    const vars = variables(form.path, {
      REQUEST_METHOD: 'POST', CONTENT_TYPE: 'application/x-www-form-urlencoded', CONTENT_LENGTH: String(body.length + more),
      HTTP_ORIGIN: SITE_URL, HTTP_COOKIE: c.who.cookie(),
    });
    const before = traces(door), answer = await ask(socket, vars, body);
    assert.equal(answer.status, 400, `${form.path}: a body ${-more} bytes longer than announced`);
    checkAnswer(answer, form.path);
    assert.equal(traces(door), before, form.path);
  }
}

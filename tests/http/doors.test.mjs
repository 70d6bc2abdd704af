// Every door of the site by everybody, with every kind of token, to one's own items and to
// others': what lib/doors.mjs allows is done and leaves its line in the audit log, and
// nothing else does anything. Asked over FastCGI, so that it takes seconds.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { doors, rights } from './lib/doors.mjs';
import { direct } from './lib/fcgi.mjs';
import { Site, items } from './lib/site.mjs';
import { photographed } from './lib/photos.mjs';
import { Staff, encode, fieldsOf, totp, unescape } from './lib/staff.mjs';

const password = 'correct horse battery staple';
// role: a column of the rights; none: nothing may be done at all.
const people = {
  author: { role: 'author' },
  editor: { role: 'editor', sections: 'events' },
  elsewhere: { role: 'editor', sections: 'speeches', counts: 'author' },
  administrator: { role: 'administrator' },
  nofactor: { role: 'administrator', counts: 'nofactor' }, // must have a second factor
  disabled: { role: 'administrator', counts: 'none' },
  nobody: { counts: 'none' },
};
const states = { D: 'draft', R: 'review', A: 'approved' };
let site, staff, section, n = 0;
const signedIn = {};
const bearer = {}; // tokens for programs, by login
const fresh = () => `w${++n}-${process.pid}`;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События'], ['speeches', 'Speeches', 'Речи']], items: items(2), settings: '[staff]\nsign_in_tries_per_address = 100000\n' });
  photographed(site);
  for (const [login, p] of Object.entries(people))
    if (p.role) site.addPerson(login, p.role, password);
  site.addPerson('other', 'author', password);
  site.addPerson('target', 'author', password);
  site.addPerson('watcher', 'administrator', password);
  site.run('user', 'sections', 'editor', 'events');
  site.run('user', 'sections', 'elsewhere', 'speeches');
  site.run('user', 'second-factor', 'nofactor', 'required');
  await site.serve();
  staff = direct(`${site.socket}-staff`);
  for (const login of [...Object.keys(people).filter((p) => people[p].role), 'other', 'watcher']) await signIn(login);
  for (const login of Object.keys(people).filter((p) => people[p].role)) bearer[login] = await makeToken(signedIn[login]);
  bearer.nobody = `byline_${'0'.repeat(64)}`;
  signedIn.nobody = new Staff(staff);
  site.run('user', 'disable', 'disabled');
  const { body } = await admin().get('/admin/items/new/');
  section = /<option value="(\d+)"[^>]*>Events</.exec(body)[1];
});
after(() => {
  const log = site.log();
  return site.end().then(() => assert.doesNotMatch(log, /worker_died|worker_timeout/));
});

const admin = () => signedIn.watcher; // looks and prepares; does nothing that is tested
async function signIn(login) {
  const who = new Staff(staff);
  assert.equal((await who.signIn(login, password)).status, 303, login);
  return (signedIn[login] = who);
}
// The token that forms of a session carry.
const found = {};
async function tokenOf(who) {
  const id = who.cookies['__Host-byline'];
  return (found[id] ??= /name="csrf" value="(\w+)"/.exec((await who.get('/admin/account/')).body)?.[1] ?? '');
}

// A token for programs, made on somebody's page.
async function makeToken(who) {
  const answer = await who.submit('/admin/account/tokens/', { name: 'A program', scope: 'approve', life: '30', current: password });
  return /byline_[0-9a-f]{64}/.exec(answer.body)[0];
}

// ---- what there is to be done something to ----

const draft = () => ({ title: fresh(), section, lang: 'en', lead: 'Lead.', body: 'Body.' });
async function post(who, path, fields) {
  const answer = await who.send(path, encode({ csrf: await tokenOf(who), ...fields }));
  assert.ok([200, 303].includes(answer.status), `${path}: ${answer.status}`);
  return answer;
}
const formOf = async (number) => {
  const { csrf, ...fields } = fieldsOf((await admin().get(`/admin/items/${number}/`)).body, `/admin/items/${number}/`);
  return fields;
};

// Items that nothing was done to yet, by owner and state: {number, public_id, form}.
const pool = {};
async function item(owner, state) {
  const held = (pool[owner + state] ??= []);
  if (held.length > 0) return held[0];
  const { headers } = await post(signedIn[owner], '/admin/items/new/', { ...await emptyItem(owner), ...draft() });
  const number = /\/items\/(\d+)\//.exec(headers.location)[1];
  await post(signedIn[owner], `/admin/items/${number}/`, { ...await formOf(number), body: 'Changed.' });
  const { slug } = await formOf(number);
  if (state === 'R') site.run('item', 'submit', `/news/events/${slug}/`);
  if (state === 'A') site.run('item', 'approve', `/news/events/${slug}/`);
  held.push({ number, slug });
  return held[0];
}
const emptyItem = async (owner) => fieldsOf((await signedIn[owner].get('/admin/items/new/')).body, '/admin/items/new/');

// A section without items, made once and again when it is gone.
let empty, person;
async function prepare() {
  const list = (await admin().get('/admin/sections/')).body;
  if (!empty || !list.includes(`/admin/sections/${empty}/`)) {
    const slug = fresh();
    await post(admin(), '/admin/sections/new/', { slug, 'name-en': 'N', 'name-ru': '', parent: '' });
    empty = new RegExp(`/admin/sections/(\\d+)/">N</a></th>\\s*<td[^>]*>${slug}<`).exec((await admin().get('/admin/sections/')).body)[1];
  }
  person ??= /\/admin\/people\/(\d+)\/">target</.exec((await admin().get('/admin/people/')).body)[1];
}

async function caseOf(name, role, owner, state) {
  const it = owner ? await item(owner, state) : {};
  if (/sections|people/.test(name)) await prepare();
  const c = {
    role, owner, state, password, fresh, post, section, draft: () => ({ ...c.blank, ...draft() }), who: signedIn[role], admin: admin(),
    item: it.number, slug: it.slug, empty: () => empty, person: () => person, another: () => c.session, code: () => ({ code: c.totp ?? '000000' }),
  };
  if (it.number && !name.startsWith('GET')) c.form = it.form ??= await formOf(it.number); // what changes an item uses it up
  if (it.number && /\/:id/.test(name)) c.public_id = it.public_id ??= JSON.parse(site.run('item', 'show', `/news/events/${it.slug}/`)).id;
  if (name.includes(':sha256')) {
    const ask = async (path) => JSON.parse((await staff.get(path, { headers: credentials['its token']('administrator') })).body);
    const [{ self }] = (await ask('/admin/api/v1/photos/?credit=Photographer')).photos;
    const now = await ask(self);
    Object.assign(c, { photo: self, texts: () => now });
  }
  if (/items\/new/.test(name)) c.blank = await emptyItem('other');
  c.blank && delete c.blank.csrf;
  return c;
}

// ---- what is expected ----

const isAboutItem = (door) => Array.isArray(rights[door.may]?.author);
// May this person do it to this item?
function may(door, role, whose, state) {
  const column = people[role].counts ?? people[role].role;
  if (column === 'none') return false;
  if (column === 'nofactor') return door.may === 'OWN_ACCOUNT';
  const cell = rights[door.may][isAboutItem(door) ? column : people[role].role];
  return isAboutItem(door) ? cell[whose === 'own' ? 0 : 1].includes(state) : cell === true;
}
// Does the route's row let them in: might there be an item, in whatever section?
function mayAny(door, role) {
  const right = door.gate ?? door.may, cell = rights[right][people[role].role];
  if (people[role].counts === 'nofactor') return right === 'OWN_ACCOUNT';
  return Array.isArray(cell) ? cell.some((s) => s !== '') : cell === true;
}

// The statuses of a refusal, and where it may lead.
function refusal(door, role, token) {
  if (door.by) return people[role].counts === 'none' || token.isNone ? [401] : [403, 404, 409, 422];
  const isKnown = people[role].role && role !== 'disabled' && !token.isDead;
  if (!isKnown) return door.kept ? [403] : [303, /^\/admin\/sign-in\//];
  if (role === 'nofactor' && !mayAny(door, role)) return [303, /^\/admin\/account\/factor\//];
  return mayAny(door, role) && !token.isWrong ? [403, 404, 409, 422] : [403]; // the item or its state is refused
}

// ---- asking ----

// Ways to come with a form that is not right, or with a session that is none.
const tokens = {
  right: {},
  missing: { isWrong: true, fields: () => ({ csrf: undefined }) },
  'somebody else’s': { isWrong: true, fields: async () => ({ csrf: await tokenOf(signedIn.other) }) },
  'of an ended session': { isWrong: true, isDead: true },
  'wrong Origin': { isWrong: true, headers: { origin: 'http://evil.example' } },
  'no Origin': { isWrong: true, headers: { origin: null } },
  'from another site': { isWrong: true, headers: { 'sec-fetch-site': 'cross-site' } },
};

// Ways to come to a door for programs.
const credentials = {
  'its token': (role) => ({ authorization: `Bearer ${bearer[role]}` }),
  'no token': Object.assign(() => ({}), { isNone: true }),
  'a session': Object.assign((role) => ({ cookie: signedIn[role].cookie() }), { isNone: true }),
  'half a token': Object.assign((role) => ({ authorization: `Bearer ${bearer[role].slice(0, -1)}` }), { isNone: true }),
};

async function askByToken(name, door, c, credential) {
  const method = name.split(' ')[0];
  const sent = await door.sends?.(c);
  const body = sent?.body ?? (method === 'GET' ? undefined : JSON.stringify(await door.ask(c)));
  const headers = { ...credential(c.role), ...(body ? { 'content-type': 'application/json' } : {}), ...sent?.headers, ...(door.match ? { 'if-match': `"${door.match(c)}"` } : {}) };
  return staff.get(addressOf(name, door, c), { method, headers, body });
}

const addressOf = (name, door, c) => {
  const words = (door.at?.(c) ?? []).map(String);
  return name.split(' ')[1].replace(/:\w+/g, () => words.shift()) + (door.query ?? '');
};

async function ask(name, door, c, token, dead) {
  if (door.by) return askByToken(name, door, c, token === tokens.right ? credentials['its token'] : token);
  const path = addressOf(name, door, c);
  const who = token.isDead ? dead : c.who;
  const copy = dead ? Object.assign(new Staff(staff), { cookies: { ...who.cookies } }) : who;
  if (name.startsWith('GET')) return copy.get(path);
  const right = { csrf: token.isDead ? dead.token : await tokenOf(c.who), ...await door.ask(c), ...await token.fields?.() };
  for (const field of Object.keys(right)) if (right[field] === undefined) delete right[field];
  const sent = await door.sends?.(c, right);
  return copy.send(path, sent?.body ?? encode(right), { ...sent?.headers, ...token.headers });
}

// The actions that the log's page can be asked for: {text: word}.
const actionsOf = (body) => Object.fromEntries([...body.matchAll(/<option value="([^"]*)"[^>]*>([^<]*)</g)].map((m) => [unescape(m[2]), unescape(m[1])]));
// The lines of the log from a second on, with the words in which actions are stored; a
// fast machine has more of them in a second than a page holds.
async function lines(since) {
  const all = [];
  for (let page = `/admin/audit/?since=${encodeURIComponent(since)}`; page;) {
    const { body } = await admin().get(page);
    const words = actionsOf(body);
    for (const [row] of body.matchAll(/<tr><td.*?<\/tr>/gs)) {
      const cells = [...row.matchAll(/<td[^>]*>([^<]*)</g)].map((m) => unescape(m[1]));
      all.push([words[cells[2]] ?? cells[2], ...cells].join('|'));
    }
    page = unescape(/<a href="([^"]*)" rel="next"/.exec(body)?.[1] ?? '');
  }
  return all;
}
// The actions that something adds to the log, with its answer. Those of one second stand by
// database, so that a new one need not be the first.
async function added(something) {
  const since = new Date().toISOString().replace(/\.\d+/, '');
  const before = await lines(since);
  const answer = await something();
  const fresh = (await lines(since)).filter((line) => !(before.includes(line) && before.splice(before.indexOf(line), 1)));
  return [answer, fresh.map((line) => line.split('|')[0])];
}
const logged = () => site.run('audit');

// The doors of the newsroom, one case after another: for a right about items with each state
// of one's own and of somebody else's.
function* cases(door, role) {
  const isStaff = people[role].role && !['nofactor', 'disabled'].includes(role);
  if (!isAboutItem(door)) return yield [undefined, undefined];
  for (const state of Object.keys(states)) {
    if (isStaff) yield ['own', role, state];
    yield ['other', 'other', state];
  }
}
const inside = Object.entries(doors).filter(([, d]) => !['visitor', 'local', 'sign-in', 'link'].includes(d.may));

// ---- the tests ----

test('every row of the route table has its line here, and no line is without a row', () => {
  const rows = site.run('routes').trim().split('\n').map((l) => `${/^(GET|POST|PUT)/.exec(l)[1]} ${/ (?:\[\/LANG\])?(\/\S*)/.exec(l)[1]}`);
  const lines = Object.keys(doors).map((d) => d.split(' ', 2).join(' '));
  assert.deepEqual(rows.filter((r) => !lines.includes(r)), [], 'add a line to tests/http/lib/doors.mjs (docs/ADDING.md)');
  assert.deepEqual(lines.filter((d) => !rows.includes(d)), []);
  for (const { shown, leaves } of Object.values(doors).filter((d) => d.shown))
    assert.ok(fs.readFileSync(shown, 'utf8').includes(`'${leaves}'`), `${shown} does not look for '${leaves}' in the log`);
  const withoutLine = Object.entries(doors).filter(([name, d]) => !name.startsWith('GET') && (d.leaves === undefined || (d.leaves === null && !d.why)));
  assert.deepEqual(withoutLine.map(([name]) => name), [], 'say what a POST leaves in the audit log, or why nothing');
});

test('every action has its words on the log’s page', async () => {
  const known = Object.values(actionsOf((await admin().get('/admin/audit/')).body));
  assert.deepEqual(Object.values(doors).map((d) => d.leaves).filter((l) => l && !known.includes(l)), [], 'add a row to src/web/actions.def');
});

test('the public doors are open to all, those of the machine to itself, none of them at the staff socket', async () => {
  const open = direct(site.socket);
  for (const [name, door] of Object.entries(doors).filter(([, d]) => ['visitor', 'local'].includes(d.may))) {
    const path = addressOf(name, door, {});
    assert.equal((await open.get(path)).status, door.ok ?? 200, name);
    assert.equal((await staff.get(path)).status, 404, name);
  }
  for (const [name] of Object.entries(doors).filter(([, d]) => !['visitor', 'local'].includes(d.may)))
    assert.equal((await open.get(name.split(' ')[1].replace(/:\w+/g, '1'), { method: name.split(' ')[0] })).status, 404, name);
});

test('signing in is open to everybody, with a token of its own', async () => {
  for (const [name, door] of Object.entries(doors).filter(([, d]) => d.may === 'sign-in')) {
    const who = new Staff(staff);
    const page = await who.get(door.page ?? name.split(' ')[1]);
    assert.equal(page.status, 200, name);
    if (name.startsWith('GET')) continue;
    const form = fieldsOf(page.body, name.split(' ')[1]);
    for (const [what, more] of [['missing', { csrf: '' }], ['somebody else’s', { csrf: await tokenOf(signedIn.other) }]])
      assert.equal((await who.send(name.split(' ')[1], encode({ ...form, ...door.ask(), ...more }))).status, 403, `${name}, token ${what}`);
    const [{ status }, left] = await added(() => who.send(name.split(' ')[1], encode({ ...form, ...door.ask() })));
    assert.equal(status, door.ok, name);
    assert.deepEqual(left, door.leaves ? [door.leaves] : [], name);
  }
});

test('whoever may not is refused, whatever they come with, and nothing is done', async () => {
  const dead = {};
  for (const role of Object.keys(people)) {
    dead[role] = new Staff(staff);
    if (!people[role].role || role === 'disabled') continue;
        await dead[role].signIn(role, password);
    dead[role].token = await tokenOf(dead[role]);
    const cookies = { ...dead[role].cookies };
    await dead[role].send('/admin/sign-out/', encode({ csrf: dead[role].token }));
    dead[role].cookies = cookies;
  }
  for (const [name, door] of inside) // all that is needed is there before the log is read
    for (const role of Object.keys(people))
      for (const [, owner, state] of cases(door, role)) await caseOf(name, role, owner, state);
  const before = logged();
  let asked = 0;
  for (const [name, door] of inside)
    for (const role of Object.keys(people))
      for (const [whose, owner, state] of cases(door, role)) {
        const c = await caseOf(name, role, owner, state);
        for (const [what, token] of Object.entries(door.by ? credentials : tokens)) {
          if (door.by && !token.isNone && may(door, role, whose, state)) continue;
          const isRead = name.startsWith('GET');
          if (!door.by && may(door, role, whose, state) && (isRead ? !token.isDead : !token.isWrong)) continue;
          if (!door.by && isRead && token.isWrong && !token.isDead) continue; // a reader sends no form
          const answer = await ask(name, door, c, token, dead[role]);
          const expected = refusal(door, role, token);
          const where = expected.find((e) => e instanceof RegExp);
          const told = `${name}: ${role}, ${whose ?? ''} ${states[state] ?? ''}, ${what}: ${answer.status} ${answer.headers.location ?? ''}`;
          assert.ok(expected.includes(answer.status), told);
          if (where) assert.match(answer.headers.location, where, told);
          asked++;
        }
      }
  assert.equal(logged(), before, 'a refused request left its mark');
  assert.ok(asked > 500);
});

test('whoever may does it, and it is in the audit log', async () => {
  for (const [name, door] of inside.filter(([, d]) => !d.shown))
    for (const role of door.as ? [door.as] : Object.keys(people))
      for (const [whose, owner, state] of cases(door, role)) {
        if (!may(door, role, whose, state)) continue;
        const c = await caseOf(name, role, owner, state);
        if (door.as) await special(name, c);
        const isPossible = !door.only || door.only.includes(state);
        if (door.first && isPossible) await first[door.first](c);
        if (door.before && isPossible) await door.before(c);
        const [answer, left] = await added(() => ask(name, door, c, tokens.right));
        const told = `${name}: ${role}, ${whose ?? ''} ${states[state] ?? ''}: ${answer.status}`;
        const ok = !isPossible ? [409, 422] : [door.ok ?? (name.startsWith('GET') ? 200 : 303)].flat();
        assert.ok(ok.includes(answer.status), `${told}\n${answer.status >= 400 ? answer.body : ''}`);
        assert.deepEqual(left, door.leaves && isPossible ? [door.leaves] : [], told);
        if (!name.startsWith('GET') && owner) pool[owner + state].shift();
        if (door.ends) bearer[role] = await makeToken(await signIn(role)); // a new password ends tokens too
      }
});

// What happens to an item before.
async function step(c, word) {
  site.run('item', word, `/news/events/${c.slug}/`, '--reason', 'Because.');
  const { body } = await admin().get(`/admin/items/${c.item}/steps/`);
  c.form = { base: /name="version" value="(\d+)"/.exec(body)[1] };
}
async function another(c) {
  const { csrf, ...blank } = fieldsOf((await admin().get('/admin/items/new/')).body, '/admin/items/new/');
  const { headers } = await post(admin(), '/admin/items/new/', { ...blank, ...draft(), lang: 'ru' });
  const { slug } = await formOf(/\/items\/(\d+)\//.exec(headers.location)[1]);
  c.other = `/ru/news/events/${slug}/`;
  site.run('item', 'approve', c.other); // so that everybody may see it
}
const first = {
  discard: (c) => step(c, 'discard'),
  withdraw: (c) => step(c, 'withdraw'),
  another,
  async link(c) {
    await another(c);
    await post(admin(), `/admin/items/${c.item}/translations/link/`, { other: c.other });
  },
};

// What some doors want to be there before.
async function special(name, c) {
  if (name.endsWith('/sessions/')) {
    await new Staff(staff).signIn(c.role, password);
    c.session = /name="id" value="(\d+)"/.exec((await c.who.get('/admin/account/')).body)[1];
  }
  if (name.endsWith('/tokens/end/')) {
    await makeToken(c.who);
    const { body } = await c.who.get('/admin/account/tokens/');
    c.token = /action="\/admin\/account\/tokens\/end\/">.*?name="id" value="(\d+)"/s.exec(body)[1];
  }
  if (name.endsWith('/factor/code/')) {
    const begun = await post(c.who, '/admin/account/factor/', { current: password });
    c.totp = totp(/<code>([A-Z2-7 ]+)<\/code>/.exec(begun.body)[1].replaceAll(' ', ''));
  }
}

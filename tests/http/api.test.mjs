// The doors for programs: posting, reading, changing, steps; who may; what is refused.
// Every answer is held against the description of the doors (lib/api.mjs).
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Api, Description, V1, checkDescription, item, kind, makeToken } from './lib/api.mjs';
import { Site, items, until } from './lib/site.mjs';
import { sqlite } from './lib/sqlite.mjs';
import { Staff, ask } from './lib/staff.mjs';
import { multipart, photo } from './lib/uploads.mjs';

const password = 'correct horse battery staple';
let site, description, anna, api, author;

const sql = (file, statement) => sqlite(`${site.dir}/data/${file}.db`, statement).trim();

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События'], ['speeches', 'Speeches', 'Выступления']], items: items(3) });
  site.addPerson('anna', 'administrator', password);
  site.addPerson('boris', 'author', password);
  await site.serve({ args: ['--set', 'staff_workers=2', '--set', 'sign_in_tries_per_address=60'] });
  await site.startNginx();
  description = await Description.of(site);
  anna = new Staff(site);
  await anna.signIn('anna', password);
  api = new Api(site, description, await makeToken(anna, password));
  const boris = new Staff(site);
  await boris.signIn('boris', password);
  author = new Api(site, description, await makeToken(boris, password, { name: 'of boris' }));
});
after(() => site.end());

const posted = async (more, by = api) => {
  const answer = await by.post(item(more));
  assert.equal(answer.status, 201, answer.body);
  return answer;
};

test('the description is OpenAPI 3.1, and tells of every door', () => {
  checkDescription(description.doc);
  const doors = site.run('routes').split('\n').filter((l) => l.includes('/admin/api/'));
  assert.ok(doors.length > 10);
  const told = Object.entries(description.doc.paths).flatMap(([path, methods]) => Object.keys(methods).map((m) => `${m} ${path}`));
  const had = doors.map((l) => {
    const [, method, pattern] = /^(\S+?),? .*?(\/admin\/\S+)/.exec(l);
    return `${method.toLowerCase()} ${pattern.replace(/:(\w+)/g, '{$1}')}`;
  });
  assert.deepEqual(told.sort(), had.sort());
});

test('an item goes from a post to the public and back', async () => {
  const made = await posted({ title: 'By program', tags: ['youth'], published_at: '2026-01-01' });
  const self = made.headers.location;
  assert.deepEqual([made.json.version, made.json.state, made.headers.etag, made.json.self], [1, 'draft', '"1"', self]);
  const read = await api.get(self);
  assert.equal(read.headers.etag, '"1"');
  assert.deepEqual([read.json.slug, read.json.tags, read.json.version, read.json.approved_version], ['by-program', ['youth'], 1, undefined]);
  const saved = await api.put(self, { ...read.json, lead: 'Another lead.' }, read.headers.etag);
  assert.deepEqual([saved.status, saved.json.version, saved.headers.etag], [200, 2, '"2"']);
  assert.equal((await api.step(self, 'submit')).json.state, 'review');
  assert.equal((await api.step(self, 'send-back', { reason: 'Who says so?' })).json.state, 'sent back');
  assert.equal((await api.get(self)).json.state, 'sent back');
  assert.equal((await site.get('/news/events/by-program/')).status, 404);
  const approved = await api.step(self, 'approve', undefined, { 'if-match': '"4"' });
  assert.deepEqual([approved.status, approved.json.state, approved.json.version], [200, 'approved', 5]);
  assert.match((await site.get('/news/events/by-program/?n=2')).body, /Another lead\./);
  assert.equal((await api.step(self, 'withdraw', { reason: 'An error' })).status, 200);
  assert.equal((await site.get('/news/events/by-program/?n=1')).status, 410);
  assert.equal((await api.step(self, 'reinstate', { reason: 'It was right' })).status, 200);
  const history = await api.get(`${self}/revisions/?limit=4`);
  assert.deepEqual(history.json.revisions.map((r) => [r.version, r.kind]), [[7, 'step'], [6, 'step'], [5, 'step'], [4, 'step']]);
  const rest = await api.get(history.json.next);
  assert.deepEqual(rest.json.revisions.map((r) => r.version), [3, 2, 1]);
  assert.equal((await api.get(`${self}/revisions/1`)).json.lead, 'The lead.');
  assert.equal((await api.get(`${self}/revisions/99`)).status, 404);
  assert.match(site.run('audit', '--item', made.json.id), /anna +127\.0\.0\.1, token "a program" +approve/);
});

test('what the newsroom shows can be sent back as it is', async () => {
  for (const line of (await api.get(`${V1}items/?limit=100`)).json.items) {
    const read = await api.get(line.self);
    const same = await api.put(line.self, read.body, read.headers.etag);
    assert.deepEqual([same.status, same.json.version], [200, read.json.version], read.body);
  }
});

test('saving what is out changes nothing that visitors see', async () => {
  const made = await posted({ title: 'Out', state: 'approved', published_at: '2026-01-01' });
  assert.deepEqual([made.json.state, made.json.version], ['approved', 2]);
  const read = await api.get(made.headers.location);
  await api.put(made.headers.location, { ...read.json, title: 'Changed behind' }, '"2"');
  assert.match((await site.get('/news/events/out/')).body, /<h1[^>]*>Out</);
  const discarded = await api.step(made.headers.location, 'discard');
  assert.deepEqual([discarded.json.state, (await api.get(made.headers.location)).json.title], ['approved', 'Out']);
});

test('a draft is discarded and taken back, recalled from review', async () => {
  const self = (await posted({ title: 'Given up' })).headers.location;
  assert.equal((await api.step(self, 'discard')).json.state, 'discarded');
  const read = await api.get(self);
  assert.equal(read.json.state, 'discarded');
  assert.equal(kind(await api.put(self, { ...read.json, title: 'New' }, read.headers.etag)), 'conflict');
  assert.equal((await api.step(self, 'undiscard')).json.state, 'draft');
  assert.equal((await api.step(self, 'submit', {})).json.state, 'review');
  assert.equal((await api.step(self, 'recall')).json.state, 'draft');
});

test('an item is posted and approved at once, or not at all', async () => {
  const before = sql('news', 'SELECT COUNT(*) FROM item');
  const answer = await api.post(item({ lead: '', body: '', state: 'approved', published_at: '2026-01-01' }));
  assert.equal(answer.status, 422);
  assert.deepEqual(answer.json.errors.map((e) => e.pointer), ['/lead', '/body']);
  assert.equal(sql('news', 'SELECT COUNT(*) FROM item'), before);
});

// ---- who may ----

test('without a right token nothing is answered but the description', async () => {
  const nobody = new Api(site, description);
  const paths = [['GET', 'items/'], ['GET', 'sections/'], ['POST', 'items/'], ['GET', 'items/x'], ['PUT', 'items/x'], ['POST', 'items/x/approve']];
  for (const [method, path] of paths) {
    const bare = await nobody.ask(method, V1 + path);
    assert.equal(bare.status, 401);
    assert.equal(bare.headers['www-authenticate'], 'Bearer realm="byline"');
    const wrong = await nobody.ask(method, V1 + path, undefined, { authorization: `Bearer byline_${'0'.repeat(64)}` });
    assert.equal(wrong.status, 401);
    assert.equal(wrong.headers['www-authenticate'], 'Bearer realm="byline", error="invalid_token"');
  }
  for (const authorization of ['Bearer', 'Bearer ', `Bearer a b`, `Bearer ${api.token}x`, `Bearer ${api.token.slice(7)}`, `Bearer ${api.token.toUpperCase()}`, `Basic ${api.token}`, api.token, `Bearer "${api.token}"`, `Bearer ж`])
    assert.equal((await nobody.get(`${V1}sections/`, { authorization: Buffer.from(authorization).toString('latin1') })).status, 401, authorization);
  assert.equal((await nobody.get(`${V1}sections/?access_token=${api.token}`)).status, 401);
  assert.equal((await nobody.get(`${V1}sections/`, { authorization: `bEARER   ${api.token}` })).status, 200);
});

test('no cookie opens a door for programs, and no token a page', async () => {
  const cookie = await anna.get(`${V1}items/`);
  assert.equal(cookie.status, 401);
  const page = await site.get('/admin/items/', { headers: { authorization: `Bearer ${api.token}` } });
  assert.equal(page.status, 303);
  const direct = ask(`${site.socket}-staff`, { REQUEST_URI: '/admin/account/', HTTP_AUTHORIZATION: `Bearer ${api.token}`, REMOTE_ADDR: '127.0.0.1' });
  assert.equal(direct.status, 303);
});

test('over http from elsewhere a token is not even looked at', () => {
  const env = { REQUEST_URI: `${V1}sections/`, REMOTE_ADDR: '203.0.113.7', HTTP_AUTHORIZATION: `Bearer ${api.token}` };
  const plain = ask(`${site.socket}-staff`, { ...env, REQUEST_SCHEME: 'http' });
  assert.equal(plain.status, 403);
  assert.match(plain.text, /only over https/);
  assert.equal(ask(`${site.socket}-staff`, { ...env, REQUEST_SCHEME: 'https' }).status, 200);
});

test('a scope reaches as far as it says, at every door', async () => {
  const order = ['read', 'write', 'approve'];
  const self = (await posted({ title: 'Scopes' })).headers.location;
  for (const scope of order.slice(0, 2)) {
    const some = new Api(site, description, await makeToken(anna, password, { name: scope, scope }));
    for (const [path, methods] of Object.entries(description.doc.paths))
      for (const [method, operation] of Object.entries(methods)) {
        const needed = operation.security[0]?.token[0];
        const where = path.replace('{id}', self.split('/').at(-1)).replace('{number}', '1').replace('{sha256}', '0'.repeat(64));
        const answer = await some.ask(method.toUpperCase(), where, method === 'get' ? undefined : {}, { 'if-match': '"0"' });
        const isRefused = needed !== undefined && order.indexOf(needed) > order.indexOf(scope);
        assert.equal(answer.status === 403, isRefused, `${scope}: ${method} ${path} ${answer.status}`);
        if (isRefused) assert.equal(answer.headers['www-authenticate'], `Bearer realm="byline", error="insufficient_scope", scope="${needed}"`);
      }
    const approved = await some.post(item({ state: 'approved', published_at: '2026-01-01' }));
    assert.equal(approved.status, 403);
  }
});

test('a token does no more than its person', async () => {
  const own = await posted({ title: 'Of an author' }, author);
  const theirs = await posted({ title: 'Of somebody else' });
  assert.equal((await author.get(theirs.headers.location)).status, 404);
  assert.equal((await author.put(theirs.headers.location, item(), '"1"')).status, 404);
  assert.equal((await author.step(theirs.headers.location, 'submit')).status, 404);
  assert.equal((await author.step(own.headers.location, 'approve')).status, 403);
  assert.equal((await author.step(own.headers.location, 'submit')).status, 200);
  assert.equal((await author.put(own.headers.location, item({ title: 'Too late' }), '"2"')).status, 403);
  const seen = (await author.get(`${V1}items/?limit=100`)).json.items;
  assert.ok(seen.some((i) => i.id === own.json.id) && !seen.some((i) => i.id === theirs.json.id));
});

test('a token for some sections does nothing in the others', async () => {
  const page = (await anna.get('/admin/account/tokens/')).body;
  const box = [...page.matchAll(/name="(section-\d+)"[^>]*>\s*<label[^>]*>([^<]*)/g)].find((m) => m[2] === 'Speeches')[1];
  const some = new Api(site, description, await makeToken(anna, password, { name: 'speeches', [box]: '1' }));
  const other = await posted({ title: 'Elsewhere' });
  assert.equal((await some.get(other.headers.location)).status, 404);
  assert.equal((await some.post(item())).status, 403);
  const made = await some.post(item({ section: 'speeches' }));
  assert.equal(made.status, 201);
  const moved = await some.put(made.headers.location, item({ section: 'events' }), '"1"');
  assert.equal(moved.status, 403);
  assert.deepEqual((await some.get(`${V1}items/`)).json.items.map((i) => i.section), ['speeches']);
});

test('expired, revoked, of somebody disabled, of an old password: a token is dead', async () => {
  site.addPerson('carla', 'author', password);
  const carla = new Staff(site);
  await carla.signIn('carla', password);
  const tokens = [];
  for (const name of ['one', 'two', 'three']) tokens.push(new Api(site, description, await makeToken(carla, password, { name })));
  const works = async (one) => (await one.get(`${V1}sections/`)).status === 200;
  assert.ok(await works(tokens[0]));
  sql('accounts', "UPDATE token SET expires_at = made_at + 1 WHERE name = 'one'");
  await until('its end', async () => !(await works(tokens[0])), 3000);
  const list = (await carla.get('/admin/account/tokens/')).body;
  assert.match(list, /Over since/);
  const id = /name="id" value="(\d+)"><button[^>]*aria-label="Revoke: two"/.exec(list)[1];
  const { csrf } = Object.fromEntries([[...list.matchAll(/name="(csrf)" value="([^"]*)"/g)][0].slice(1, 3)]);
  assert.equal((await anna.send('/admin/account/tokens/end/', `csrf=${/name="csrf" value="([^"]*)"/.exec((await anna.get('/admin/account/')).body)[1]}&id=${id}`)).status, 404);
  assert.ok(await works(tokens[1]));
  assert.equal((await carla.send('/admin/account/tokens/end/', `csrf=${csrf}&id=${id}`)).status, 303);
  assert.ok(!(await works(tokens[1])) && (await works(tokens[2])));
  assert.match(site.run('audit', '--action', 'token end'), /carla .*two/);
  site.run('user', 'disable', 'carla');
  assert.ok(!(await works(tokens[2])));
  site.run('user', 'enable', 'carla');
  assert.ok(await works(tokens[2]));
  execFileSync(process.env.BYLINE ?? 'build/release/byline', ['user', 'password', 'carla', '--config', site.conf], { input: `${password} two\n` });
  assert.ok(!(await works(tokens[2])));
});

// ---- tokens on their page ----

test('a token is shown once, and kept as a digest', async () => {
  const token = await makeToken(anna, password, { name: 'Ж "<&>' });
  const page = (await anna.get('/admin/account/tokens/')).body;
  assert.match(page, /Ж &quot;&lt;&amp;&gt;/);
  assert.ok(!page.includes(token.slice(0, 20)));
  const kept = sql('accounts', "SELECT token_hash FROM token WHERE name LIKE 'Ж%'");
  assert.match(kept, /^[0-9a-f]{64}$/);
  assert.ok(!token.includes(kept));
  assert.match(site.run('audit', '--action', 'token add'), /anna .*Ж "<&>/);
});

test('what is wrong with a new token is said at the field', async () => {
  const wrong = [[{ name: '' }, 'name'], [{ name: 'x'.repeat(101) }, 'name'], [{ scope: 'all' }, 'scope'], [{ life: '366' }, 'life'], [{ life: '' }, 'life'], [{ current: 'no' }, 'current'], [{ current: '' }, 'current']];
  const n = sql('accounts', 'SELECT COUNT(*) FROM token');
  for (const [change, field] of wrong) {
    const answer = await anna.submit('/admin/account/tokens/', { name: 'kept text', scope: 'read', life: '7', current: password, ...change });
    assert.equal(answer.status, 422, JSON.stringify(change));
    assert.match(answer.body, new RegExp(`id="f-${field}-error"`));
    if (field !== 'name') assert.match(answer.body, /value="kept text"/);
  }
  assert.equal(sql('accounts', 'SELECT COUNT(*) FROM token'), n);
});

// ---- versions and keys ----

test('a save says which version it changes, or is refused', async () => {
  const self = (await posted({ title: 'Versions' })).headers.location;
  assert.equal((await api.ask('PUT', self, item())).status, 428);
  for (const etag of ['"0"', '"2"', 'W/"1"', '1', '*', '"1', '']) {
    const answer = await api.put(self, item({ title: 'No' }), etag);
    assert.equal(answer.status, etag === '' ? 428 : 412, etag);
    if (answer.status === 412) assert.deepEqual([answer.json.version, answer.headers.etag], [1, '"1"']);
  }
  assert.equal((await api.put(self, item({ title: 'Yes' }), '"7", W/"9" , "1"')).json.version, 2);
  assert.equal((await api.step(self, 'submit', undefined, { 'if-match': '"1"' })).status, 412);
  assert.equal((await api.step(self, 'approve', {}, { 'if-match': '"2"' })).status, 200);
  assert.equal(kind(await api.step(self, 'reinstate', { reason: 'x' })), 'conflict');
});

test('two saves of one version: one is kept, the other is told', async () => {
  const self = (await posted({ title: 'Twice' })).headers.location;
  const both = await Promise.all(['One', 'Two'].map((title) => api.put(self, item({ title }), '"1"')));
  assert.deepEqual(both.map((a) => a.status).sort(), [200, 412]);
  assert.equal((await api.get(self)).json.version, 2);
});

test('a request with a key is done once, whatever comes again', async () => {
  const key = { 'idempotency-key': '"8e03978e-40d5-43dd-bc93-6894a57f9324"' };
  const first = await api.post(item({ title: 'Once' }), key);
  const again = await api.post(item({ title: 'Once' }), key);
  assert.deepEqual([again.status, again.body, again.headers.location, again.headers.etag], [201, first.body, first.headers.location, first.headers.etag]);
  assert.equal(kind(await api.post(item({ title: 'Other' }), key)), 'key-used');
  assert.equal(kind(await api.step(first.headers.location, 'submit', {}, key)), 'key-used');
  assert.equal((await author.post(item({ title: 'Once' }), key)).status, 201); // a key is a person's
  const approve = { 'idempotency-key': '"approve"' };
  const done = await api.step(first.headers.location, 'approve', {}, approve);
  await api.step(first.headers.location, 'withdraw', { reason: 'x' });
  assert.equal((await api.step(first.headers.location, 'approve', {}, approve)).body, done.body);
  const failed = { 'idempotency-key': '"was refused"' };
  assert.equal((await api.post(item({ title: '' }), failed)).status, 422);
  assert.equal((await api.post(item({ title: 'Mended' }), failed)).status, 201);
  for (const bad of ['x', '""', '"', '"a', `"${'x'.repeat(256)}"`, '"a";b', '"\\x"', '"é"'])
    assert.equal((await api.post(item(), { 'idempotency-key': bad })).status, 400, bad);
});

test('two of a key at once: one is told that the other is under way', async () => {
  const hold = spawn('perl', ['-MFcntl', '-e', 'open(F, "+<", shift) or die; my $l = pack("s s x4 q q i x4", F_WRLCK, 0, 1, 1, 0); fcntl(F, F_SETLKW, $l) or die; $| = 1; print "held\n"; <STDIN>', `${site.dir}/data/news.db-lock`]);
  await new Promise((done, fail) => { hold.stdout.once('data', done); hold.once('exit', fail); });
  const key = { 'idempotency-key': '"at once"' };
  const both = [api.post(item({ title: 'At once' }), key), api.post(item({ title: 'At once' }), key)];
  const early = await Promise.race(both); // the other waits for the lock that is held
  hold.stdin.end();
  assert.deepEqual([early.status, kind(early)], [409, 'key-busy']);
  const stored = (await Promise.all(both)).find((answer) => answer !== early);
  assert.equal(stored.status, 201);
  assert.equal((await api.post(item({ title: 'At once' }), key)).body, stored.body);
});

const long = (n) => 'x'.repeat(n);

// ---- photos ----

const sendPhoto = (body, by = api, headers = {}) => by.ask('POST', `${V1}photos/`, body, { 'content-type': 'image/jpeg', ...headers });
const sendForm = async (fields, by = api) => {
  const form = await multipart(fields);
  return by.ask('POST', `${V1}photos/`, form.body, form.headers);
};

test('a photo comes as it is, with the texts that are in it, once', async () => {
  const made = await sendPhoto(photo('raw'));
  assert.equal(made.status, 201, made.body);
  const [first] = made.json.photos;
  assert.deepEqual([made.headers.location, first.type, first.width, first.height, first.creator, first.known, first.confirmed, first.found.creator.from], [first.self, 'image/jpeg', 1200, 800, 'Nora Aldis', false, false, 'xmp']);
  assert.ok(first.self.endsWith(createHash('sha256').update(photo('raw')).digest('hex')));
  const again = await sendPhoto(photo('raw'), author); // whoever sends it
  assert.deepEqual([again.status, again.json.photos[0].known, again.json.photos[0].added_by, again.headers.location], [200, true, first.added_by, undefined]);
  const read = await api.get(first.self);
  assert.deepEqual([read.status, read.headers.etag, read.json.credit, read.json.file_name], [200, '"1"', first.credit, undefined]);
  const made2 = await posted({ photos: [{ sha256: read.json.sha256, alt: 'A valley' }] });
  assert.equal((await api.get(made2.headers.location)).json.photos[0].credit, first.credit);
});

test('a form brings several, and one that is none harms no other', async () => {
  const answer = await sendForm([['photo', ['a.jpg', photo('f1')]], ['photo', ['b "q".gif', Buffer.from('GIF89a')]], ['photo', ['Ж.jpg', photo('f2')]]]);
  assert.equal(answer.status, 201, answer.body);
  assert.deepEqual(answer.json.photos.map((p) => p.file_name), ['a.jpg', 'Ж.jpg']);
  assert.deepEqual(answer.json.failures.map((f) => [f.file, f.part, /a GIF picture/.test(f.detail)]), [['b "q".gif', 2, true]]);
  const n = sql('news', 'SELECT COUNT(*) FROM photo');
  for (const [fields, status] of [[[], 422], [[['credit', 'X'], ['photo', ['a.jpg', photo('f3')]]], 422], [[['photo', 'no file']], 400], [[['file', ['a.jpg', photo('f3')]]], 400], [[['photo', ['a.jpg', Buffer.alloc(0)]]], 422], [[['photo', ['a.jpg', photo('f3').subarray(0, 9000)]]], 422]])
    assert.equal((await sendForm(fields)).status, status, JSON.stringify(fields).slice(0, 60));
  assert.equal((await sendPhoto(photo('f3'), api, { 'content-type': 'text/plain' })).status, 415);
  assert.equal((await sendPhoto(photo('f3'), api, { 'content-type': 'multipart/form-data; boundary=a; boundary=b' })).status, 415);
  assert.equal((await sendPhoto('<svg xmlns="http://www.w3.org/2000/svg"/>', api, { 'content-type': 'image/svg+xml' })).status, 422);
  assert.equal(sql('news', 'SELECT COUNT(*) FROM photo'), n);
});

test('what is said of a photo is read, changed by version, and found', async () => {
  const { self } = (await sendPhoto(photo('texts'))).json.photos[0];
  const read = await api.get(self);
  const saved = await api.put(self, { ...read.json, credit: 'Фото: пресс-служба', caption: 'Needle in a haystack', expires_at: '2031-01-01' }, read.headers.etag);
  assert.deepEqual([saved.status, saved.json.version, saved.json.credit, saved.json.confirmed, saved.json.creator], [200, 2, 'Фото: пресс-служба', true, 'Nora Aldis']);
  assert.match(saved.json.expires_at, /^2030-12-31T21:00:00Z$/); // the office's midnight
  for (const etag of ['"1"', 'W/"2"', '*']) assert.equal((await api.put(self, read.json, etag)).status, 412);
  assert.equal((await api.ask('PUT', self, read.json)).status, 428);
  for (const [key, value] of [['credit', 1], ['credit', 'a\nb'], ['credit', long(501)], ['credit_url', 'javascript:x'], ['focal', '101,0'], ['expires_at', 'soon'], ['decorative', 'yes'], ['nothing', 'x']]) {
    const answer = await api.put(self, { ...read.json, [key]: value }, '"2"');
    assert.deepEqual([answer.status, answer.json.errors?.[0].pointer], [422, `/${key}`], answer.body);
  }
  for (const body of ['', '[]', '{', '{"credit":"a","credit":"b"}']) assert.equal((await api.put(self, body, '"2"')).status, 400, body);
  assert.equal((await author.put(self, read.json, '"2"')).status, 403); // somebody else's
  const found = await api.get(`${V1}photos/?words=haystack`);
  assert.deepEqual(found.json.photos.map((p) => [p.self, p.caption, p.confirmed, p.used]), [[self, 'Needle in a haystack', true, false]]);
  const first = await api.get(`${V1}photos/?limit=2&state=to-confirm`);
  assert.equal(first.json.photos.length, 2);
  const rest = await api.get(first.json.next);
  assert.ok(rest.json.photos.every((p) => first.json.photos.every((q) => q.sha256 !== p.sha256)));
  for (const query of ['state=x', 'limit=0', 'before=x', `words=${long(201)}`, 'q=1']) assert.equal((await api.get(`${V1}photos/?${query}`)).status, 400, query);
  for (const path of ['0'.repeat(64), '0'.repeat(63), 'A'.repeat(64), 'may-ad']) assert.equal((await api.get(`${V1}photos/${path}`)).status, 404, path);
});

test('a program sees where a photo is used and what is given out, takes it off and puts it back', async () => {
  const { self, sha256 } = (await sendPhoto(photo('used'))).json.photos[0];
  const texts = { credit: 'Agency', caption: 'Used', licence_url: 'https://creativecommons.org/licenses/by/4.0/', acquire_url: 'https://agency.example/buy', focal: '30,40' };
  assert.equal((await api.put(self, texts, '"1"')).status, 200);
  const again = await sendPhoto(photo('used')); // the same file once more changes nothing of it
  assert.deepEqual([again.status, again.json.photos[0].known, again.json.photos[0].version, again.json.photos[0].credit], [200, true, 2, 'Agency']);
  assert.deepEqual((await api.get(`${self}/uses/`)).json, { uses: [] });
  const made = await posted({ title: 'With it', photos: [{ sha256, alt: 'A valley', credit: 'Own' }], state: 'approved', published_at: '2026-01-01' });
  const draft = await posted({ title: 'Not yet', photos: [{ sha256, alt: 'A valley' }] });
  const { uses } = (await api.get(`${self}/uses/`)).json;
  assert.deepEqual(uses.map((u) => [u.self, u.title, u.state, u.position, u.credit, u.own_credit]), [[draft.json.self, 'Not yet', 'not approved', undefined, undefined, undefined], [made.json.self, 'With it', 'public', 1, 'Own', true]]);

  const read = await until('its files', async () => { const answer = await api.get(self); return answer.json.files.length > 0 && answer; }, 60000);
  assert.deepEqual([read.json.licence_url, read.json.acquire_url, read.json.focal], [texts.licence_url, texts.acquire_url, texts.focal]);
  assert.deepEqual(read.json.files.filter((f) => f.type === 'image/jpeg').map((f) => [f.shape, f.width, f.height]), [['whole', 480, 320], ['whole', 960, 640], ['whole', 1200, 800], ['card', 480, 320], ['card', 960, 640], ['share', 1200, 630]]);
  assert.ok(read.json.files.every((f) => f.url.startsWith(`${site.origin}/media/`) || f.url.startsWith('http://news.example/media/')), JSON.stringify(read.json.files));
  const bytes = async (path) => { const answer = await fetch(`${site.origin}${path}`, { headers: { authorization: `Bearer ${api.token}` } }); return [answer.status, answer.headers.get('content-type'), Buffer.from(await answer.arrayBuffer())]; };
  assert.deepEqual(await bytes(`${self}/original`), [200, 'image/jpeg', photo('used')]);
  const [status, type, edited] = await bytes(`${self}/edited`);
  assert.deepEqual([status, type, edited.includes('<photoshop:Credit>Agency<') || edited.includes('photoshop:Credit="Agency"')], [200, 'image/jpeg', true]);

  for (const [body, where] of [[{}, '/reason'], [{ reason: ' ' }, '/reason'], [{ reason: 'x', at: '2026-01-01' }, '/at'], [{ reason: 1 }, '/reason']]) {
    const answer = await api.ask('POST', `${self}/withdraw`, body);
    assert.deepEqual([answer.status, answer.json.errors?.[0].pointer], [422, where], answer.body);
  }
  assert.equal((await api.ask('POST', `${self}/withdraw`, { reason: 'x' }, { 'if-match': '"1"' })).status, 412);
  assert.equal((await author.ask('POST', `${self}/withdraw`, { reason: 'x' })).status, 403);
  for (let i = 0; i < 2; i++) {
    const off = await api.ask('POST', `${self}/withdraw`, { reason: 'Its subject asked.' });
    assert.deepEqual([off.status, off.json.withdrawn, off.json.withdrawn_reason, off.json.version], [200, true, 'Its subject asked.', 3], `time ${i + 1}`);
  }
  assert.ok((await api.get(`${self}/uses/`)).json.uses[1].expires_at);
  for (let i = 0; i < 2; i++) {
    const on = await api.ask('POST', `${self}/reinstate`);
    assert.deepEqual([on.status, on.json.withdrawn, on.json.withdrawn_reason, on.json.version], [200, false, undefined, 4], `time ${i + 1}`);
  }
  assert.equal((await api.ask('POST', `${self}/reinstate`, { reason: 'x' })).status, 422);
  assert.match(site.run('audit'), /token "a program" +photo withdraw/);
});

test('nginx asks before it takes a photo in, and says no in JSON', async () => {
  for (const [token, status] of [['', 401], [`byline_${'0'.repeat(64)}`, 401], [await makeToken(anna, password, { name: 'reads', scope: 'read' }), 403]]) {
    const answer = await site.get(`${V1}photos/`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'image/jpeg' }, body: photo('no') });
    assert.deepEqual([answer.status, answer.headers['content-type'], JSON.parse(answer.body).status], [status, 'application/problem+json', status]);
    assert.ok(status !== 401 || /^Bearer/.test(answer.headers['www-authenticate']));
  }
});

// ---- bad input ----

const badFields = {
  lang: [1, '', 'xx', null, long(9), 'e\n'], section: [1, '', 'nowhere', long(81)], title: [1, '', ' ', long(1001), 'a\nb', 'a\u0007b', [], {}, true],
  lead: [1, long(8001), 'a\u001bb'], body: [1, long(262145), 'a\u0001b', '![x](photo:9)'], body_format: ['html', 1],
  slug: [1, 'A', 'a b', '../x', long(81)], tags: ['x', ['a', 'a'], [''], [1], [long(101)], Array.from({ length: 51 }, (_, i) => `t${i}`)],
  old_urls: ['x', ['http://evil.example/'], ['//evil.example/'], [long(2001)]], photo_credit: [1, long(501), 'a\nb'],
  published_at: [1, 'yesterday', '2026-02-30', '2026-01-01T00:00:00'], embargo_until: [1, 'x'], expires_at: ['x'], pinned_until: ['x'],
  state: ['public', 1], group: [1, long(201)], id: [1, long(201), 'a\nb'], updated_at: ['x'], withdrawn: ['x', {}, { at: '2026-01-01', reason: 'before it was out' }],
  photos: ['x', [{}], [{ file: 'a.jpg' }], [{ sha256: '0'.repeat(64), credit: 'X' }], [{ sha256: 'x' }], [1]], version: ['1'], approved_version: [1.5], unknown: [1], '~/odd': [1],
};

test('what is wrong in a field is said at the field, and nothing is stored', async () => {
  const n = sql('news', 'SELECT COUNT(*) FROM item');
  const self = (await posted({ title: 'Untouched' })).headers.location;
  for (const [field, values] of Object.entries(badFields))
    for (const value of values) {
      const answers = [await api.post(item({ [field]: value }))];
      if (field !== 'id' && field !== 'withdrawn') answers.push(await api.put(self, item({ [field]: value }), '"1"'));
      for (const answer of answers) {
        assert.equal(answer.status, 422, `${field} ${JSON.stringify(value).slice(0, 60)}: ${answer.body}`);
        const pointer = `/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        assert.ok(answer.json.errors[0].pointer.startsWith(pointer), answer.body);
      }
    }
  for (const value of ['"><script>alert(1)</script>', "'; DROP TABLE item; --", '{{X}}', '%s%n'])
    assert.equal((await posted({ title: value, lead: value, photo_credit: value, tags: [value] })).status, 201);
  const out = await posted({ title: 'Hostile', body: '[a](javascript:alert(1)) <script>alert(1)</script> [b](data:text/html,x)', state: 'approved', published_at: '2026-01-01' });
  assert.doesNotMatch((await site.get(`/news/events/hostile/?n=${out.json.version}`)).body, /href="(javascript|data):|<script>alert/);
  assert.equal(sql('news', 'SELECT COUNT(*) FROM item'), String(Number(n) + 6));
  assert.equal((await api.get(self)).json.version, 1);
});

test('what is wrong with an order is said at its key', async () => {
  const self = (await posted({ title: 'Orders' })).headers.location;
  await api.step(self, 'approve');
  for (const [order, pointer] of [[{}, '/reason'], [{ reason: ' ' }, '/reason'], [{ reason: 1 }, '/reason'], [{ reason: long(2001) }, '/reason'], [{ reason: 'a\u0007' }, '/reason'], [{ reason: 'x', at: 'soon' }, '/at'], [{ reason: 'x', at: 1 }, '/at'], [{ reason: 'x', more: 1 }, '/more']]) {
    const answer = await api.step(self, 'withdraw', order);
    assert.deepEqual([answer.status, answer.json.errors?.[0].pointer], [422, pointer], JSON.stringify(order));
  }
  assert.equal((await api.step(self, 'withdraw', { reason: 'Two\nlines' })).status, 200);
  assert.equal((await api.get(self)).json.withdrawn.reason, 'Two\nlines');
});

test('what is no item at all is refused as it came', async () => {
  const n = sql('news', 'SELECT COUNT(*) FROM item');
  const whole = JSON.stringify(item());
  for (const body of ['', '{', '[]', 'null', '"x"', '1', `${whole}${whole}`, '\ufeff' + whole, `{"title":"a",${whole.slice(1)}`, Buffer.from(whole.replace('The', '\xff'), 'latin1'), '['.repeat(10000), `${'{"a":'.repeat(10000)}1${'}'.repeat(10000)}`, `{"title":"\\ud800",${whole.slice(1)}`, `{"x\\u0000":1}`, `{"title":"a\\u0000b",${whole.slice(1)}`])
    assert.equal((await api.post(body)).status, 400, String(body).slice(0, 40));
  for (const type of [null, 'text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=windows-1251', 'application/jsonx'])
    assert.equal((await api.post(whole, { 'content-type': type })).status, 415, String(type));
  assert.equal((await api.post(item({ body: long(1900000) }))).status, 422);
  const large = await site.get(`${V1}items/`, { method: 'POST', headers: { authorization: `Bearer ${api.token}`, 'content-type': 'application/json' }, body: long(2200000) });
  assert.deepEqual([large.status, large.headers['content-type']], [413, 'application/problem+json']);
  const env = { REQUEST_METHOD: 'POST', REQUEST_URI: `${V1}items/`, CONTENT_TYPE: 'application/json', REMOTE_ADDR: '127.0.0.1', HTTP_AUTHORIZATION: `Bearer ${api.token}` };
  assert.equal(ask(`${site.socket}-staff`, { ...env, CONTENT_LENGTH: '2200000' }, '{').status, 413);
  for (const more of [1, 1000]) assert.equal(ask(`${site.socket}-staff`, { ...env, CONTENT_LENGTH: String(whole.length + more) }, whole).status, 400);
  assert.equal(ask(`${site.socket}-staff`, { ...env, CONTENT_LENGTH: String(whole.length - 1) }, whole).status, 400);
  assert.equal(sql('news', 'SELECT COUNT(*) FROM item'), n);
});

test('unknown addresses, methods and parameters are told apart', async () => {
  for (const path of ['', 'nope', 'items', 'items/nope', 'sections', 'items/a/b/c', 'items/x/fly', 'items/~/approve', 'items/nope/revisions/'])
    assert.equal((await api.get(V1 + path)).status, path === 'items/~/approve' ? 405 : 404, path);
  const wrong = await api.ask('DELETE', `${V1}items/x`);
  assert.deepEqual([wrong.status, wrong.headers.allow], [405, 'GET, HEAD, PUT']);
  assert.equal((await api.ask('PUT', `${V1}items/`)).headers.allow, 'GET, HEAD, POST');
  assert.equal((await api.ask('PATCH', `${V1}items/`)).status, 405);
  for (const query of ['limt=1', 'limit=0', 'limit=101', 'limit=x', 'limit=1&limit=2', 'state=public', 'lang=xx', 'section=nowhere', 'before=x', 'access_token=x'])
    assert.equal((await api.get(`${V1}items/?${query}`)).status, 400, query);
  assert.equal((await api.get(`${V1}sections/?x=1`)).status, 400);
  assert.equal((await api.get(`${V1}items/?x=%zz`)).status, 400);
  assert.equal((await api.get(`${V1}items/?before=${long(3000)}`)).status, 414);
  assert.equal((await api.ask('HEAD', `${V1}sections/`)).status, 200);
  assert.equal((await api.ask('PUT', `${V1}items/a:b`, item(), { 'if-match': '"1"' })).status, 400); // not canonical
});

// ---- lists ----

test('the list goes through all items, part by part, and can be narrowed', async () => {
  const all = [];
  for (let next = `${V1}items/?limit=7&lang=en`; next;) {
    const part = await api.get(next);
    assert.equal(part.status, 200, next);
    all.push(...part.json.items.map((i) => i.id));
    next = part.json.next;
    assert.equal(part.headers.link, next && `<${next}>; rel="next"`);
  }
  assert.equal(new Set(all).size, all.length);
  const states = "SELECT COUNT(*) FROM desk WHERE lang = 'en' AND state <> 'discarded'";
  assert.equal(String(all.length), sql('news', states));
  const review = (await api.get(`${V1}items/?state=review`)).json.items;
  assert.ok(review.length > 0 && review.every((i) => i.state === 'review'));
  assert.ok((await api.get(`${V1}items/?section=speeches`)).json.items.every((i) => i.section === 'speeches'));
  assert.deepEqual((await api.get(`${V1}items/?lang=ru`)).json.items, []);
  assert.deepEqual((await api.get(`${V1}sections/`)).json.sections, [{ slug: 'events', names: { en: 'Events', ru: 'События' } }, { slug: 'speeches', names: { en: 'Speeches', ru: 'Выступления' } }]);
});

test('an item is reached whatever its id is', async () => {
  for (const id of ['a/b', '..', '.', '100%', '%2f', "it's", 'Ж z', 'tag:x,2020:1', '~2F', 'a\\b', 'x?y#z&', '"q"', 'approve', '/news/x/', '-']) {
    const made = await posted({ id, title: `Named ${id}` });
    const read = await api.get(made.headers.location);
    assert.deepEqual([read.status, read.json?.id], [200, id], made.headers.location);
    assert.equal((await api.put(made.headers.location, { ...read.json, lead: 'x' }, '"1"')).status, 200);
    assert.equal((await api.step(made.headers.location, 'submit')).status, 200);
    assert.equal(kind(await api.post(item({ id, title: 'Again' }))), 'conflict');
  }
});

// ---- the end ----

test('wrong tokens from one network are told to wait; right ones are not', async () => {
  const wrong = new Api(site, description, `byline_${'f'.repeat(64)}`);
  let answer;
  for (let i = 0; i < 70 && answer?.status !== 429; i++) answer = await wrong.get(`${V1}sections/`);
  assert.equal(answer.status, 429);
  assert.ok(Number(answer.headers['retry-after']) > 0);
  assert.equal((await api.get(`${V1}sections/`)).status, 200);
});

test('every kind of answer that the description tells of was seen, but for faults', () => {
  const told = Object.entries(description.doc.paths).flatMap(([path, methods]) => Object.entries(methods).map(([m, o]) => [`${m} ${path}`, Object.keys(o.responses)]));
  const rare = ['413', '500', '503']; // the first by nginx, or asked without it
  const seen = (status) => [...description.seen].some((s) => s.endsWith(` ${status}`));
  for (const [operation, statuses] of told)
    for (const status of statuses) {
      if (status.startsWith('2') && !/(openapi\.json|original|edited)$/.test(operation)) assert.ok(description.seen.has(`${operation} ${status}`), `${operation} ${status}`);
      if (!rare.includes(status)) assert.ok(status.startsWith('2') || seen(status), status);
    }
  assert.doesNotMatch(site.log(), /level=error/);
});

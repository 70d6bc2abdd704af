// Every command as an operator types it: help, exit codes, settings, what it prints.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { BYLINE, SHARE, Site, items } from '../http/lib/site.mjs';
import { sqlite } from '../http/lib/sqlite.mjs';

let site;
before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События'], ['speeches', 'Speeches', 'Речи']], items: items(3) });
});
after(() => site.end());

const COMMANDS = ['init', 'serve', 'import', 'export', 'section', 'item', 'photo', 'user', 'audit', 'check', 'settings', 'routes', 'nginx-conf', 'version', 'help'];

// Without settings of its own: {status, stdout, stderr}.
const bare = (args, options = {}) => spawnSync(BYLINE, args, { encoding: 'utf8', ...options });

// Runs a command of the site, which must end with this code and say this.
function says(code, pattern, ...args) {
  const r = site.try(...args);
  assert.equal(r.status, code, `${args.join(' ')}: ${r.stdout}${r.stderr}`);
  assert.match(r.stdout + r.stderr, pattern, args.join(' '));
  return r;
}

// ---- help and wrong use ----

test('every command explains itself', () => {
  const list = bare(['help']);
  assert.equal(list.status, 0);
  assert.equal(list.stderr, '');
  for (const name of COMMANDS) {
    assert.match(list.stdout, new RegExp(`^  ${name} +\\S`, 'm'), name);
    const help = bare([name, '--help']);
    assert.equal(help.status, 0, name);
    assert.match(help.stdout, new RegExp(`^usage: byline ${name}\\b`), name);
    assert.match(help.stdout, /--config FILE/, name);
    assert.equal(help.stderr, '', name);
    assert.equal(bare(['help', name]).stdout, help.stdout, name);
  }
  assert.equal([...list.stdout.matchAll(/^  [a-z-]+ +\S/gm)].length, COMMANDS.length);
  assert.equal(bare(['--help']).stdout, list.stdout);
  assert.equal(bare(['--version']).stdout, bare(['version']).stdout);
  assert.match(bare(['version']).stdout, /^byline \d+\.\d+\.\d+ \(schema \d+\)\n$/);
});

test('wrong use ends with 2 and the usage, on standard error only', () => {
  const cases = [
    [[], /usage: byline COMMAND/],
    [['nonsense'], /there is no command "nonsense"/],
    [['help', 'nonsense'], /there is no command "nonsense"/],
    [['--config'], /usage/],
    [['export', '--colour'], /there is no option --colour/],
    [['export', '-xyz'], /there is no option -x\n/],
    [['init', '--demo=yes'], /there is no option --demo=yes/],
    [['import'], /usage: byline import \[options\] FILE/],
    [['import', 'a', 'b'], /usage: byline import/],
    [['import', 'a', '--media'], /--media needs a value/],
    [['version', 'now'], /usage: byline version/],
    [['section'], /usage: byline section/],
    [['section', 'fly'], /there is no "section fly"/],
    [['section', 'add'], /"section add" takes 1 more argument/],
    [['item', 'show'], /"item show" takes 1 more argument/],
    [['item', 'list', 'all'], /"item list" takes 0 more arguments/],
    [['section', 'remove', 'a', 'b'], /usage: byline section/],
  ];
  for (const [args, message] of cases) {
    const r = bare(args);
    assert.equal(r.status, 2, args.join(' '));
    assert.equal(r.stdout, '', args.join(' '));
    assert.match(r.stderr, message, args.join(' '));
  }
});

test('options may stand anywhere', () => {
  const wanted = site.run('section', 'list');
  for (const args of [
    ['--config', site.conf, 'section', 'list'],
    [`--config=${site.conf}`, 'section', 'list'],
    ['--set=items_per_page=7', '--config', site.conf, 'section', 'list'],
    ['--set', 'items_per_page=7', `--config=${site.conf}`, '--set=log_level=warn', 'section', 'list'],
    ['section', '--config', site.conf, 'list'],
  ]) assert.equal(bare(args).stdout, wanted, args.join(' '));
  assert.equal(bare(['section', 'list'], { env: { ...process.env, BYLINE_CONFIG: site.conf } }).stdout, wanted);
});

test('what cannot be printed is a failure', () => {
  for (const args of [['version'], ['help'], ['settings'], ['routes'], ['nginx-conf'], ['export'], ['section', 'list'], ['item', 'list'], ['item', 'show', 'en-events-0'], ['check']]) {
    const full = fs.openSync('/dev/full', 'w');
    const r = bare([...args, '--config', site.conf], { stdio: ['ignore', full, 'pipe'] });
    fs.closeSync(full);
    assert.equal(r.status, 1, args.join(' '));
    assert.match(r.stderr, /standard output: No space left/, args.join(' '));
  }
});

// ---- settings ----

test('a wrong setting is refused with its place and what is allowed', () => {
  const cases = [
    ['site', 'site_name', '', /one line of 1 to 120 bytes/],
    ['site', 'site_name.ru', 'x'.repeat(121), /one line of 1 to 120 bytes/],
    ['site', 'items_per_page', '4', /a whole number from 5 to 100/],
    ['site', 'items_per_page', 'many', /a whole number from 5 to 100/],
    ['serve', 'sandbox', 'maybe', /on or off/],
    ['log', 'log_level', 'loud', /debug, info, warn, error/],
    ['paths', 'database', 'relative/news.db', /an absolute path/],
    ['site', 'site_url', 'ftp://news.example', /http:\/\/ or https:\/\//],
    ['nginx', 'nginx_listen', '999999', /PORT, ADDRESS:PORT/],
    ['site', 'contact_email', 'nobody', /a plain mail address/],
    ['site', 'time_zone', 'Mars/Olympus', /a time zone of tzdata/],
    ['site', 'languages', 'english', /codes of 2 or 3 letters/],
  ];
  const file = path.join(site.dir, 'wrong.conf');
  for (const [section, name, value, allowed] of cases) {
    const variable = `BYLINE_${name.toUpperCase().replace('.', '_')}`;
    fs.writeFileSync(file, `# a comment\n[${section}]\n\n${name} = ${value}\n`);
    const tried = {
      [`${file}:4`]: bare(['nginx-conf', '--config', file]),
      environment: bare(['nginx-conf'], { env: { ...process.env, [variable]: value } }),
      '--set': bare(['nginx-conf', '--set', `${name}=${value}`]),
    };
    for (const [place, r] of Object.entries(tried)) {
      assert.equal(r.status, 1, `${place} ${name}`);
      assert.equal(r.stdout, '');
      assert.ok(r.stderr.startsWith(`byline: ${place}: ${name} = "`), r.stderr);
      assert.match(r.stderr, allowed);
    }
  }
});

test('unknown settings name the nearest one; later places win', () => {
  for (const [place, r] of [['--set', bare(['nginx-conf', '--set', 'items_per_pag=5'])], ['environment', bare(['nginx-conf'], { env: { ...process.env, BYLINE_ITEMS_PER_PAG: '5' } })]]) {
    assert.equal(r.status, 1);
    assert.match(r.stderr, new RegExp(`${place}: unknown setting "items_per_pag"; is items_per_page meant\\?`));
  }
  assert.match(bare(['nginx-conf', '--set', 'nothing']).stderr, /allowed is name=value/);
  assert.match(bare(['nginx-conf', '--config', '/nowhere/b.conf']).stderr, /\/nowhere\/b\.conf: No such file/);
  const listen = (env, ...args) => bare(['nginx-conf', '--config', site.conf, ...args], { env: { ...process.env, ...env } }).stdout;
  assert.match(listen({}), new RegExp(`listen 127\\.0\\.0\\.1:${site.port}\\b`));
  assert.match(listen({ BYLINE_NGINX_LISTEN: '8101' }), /listen 8101\b/);
  assert.match(listen({ BYLINE_NGINX_LISTEN: '8101' }, '--set', 'nginx_listen=8102'), /listen 8102\b/);
});

test('what explains the program needs no settings', () => {
  const file = path.join(site.dir, 'broken.conf');
  fs.writeFileSync(file, '[site]\nitems_per_page = many\n');
  for (const args of [['help'], ['help', 'import'], ['version'], ['settings'], ['routes']]) {
    const r = bare([...args, '--config', file]);
    assert.equal(r.status, 0, `${args.join(' ')}: ${r.stderr}`);
    assert.equal(r.stdout, bare(args).stdout);
  }
});

test('the printed settings file loads, and means the defaults', () => {
  const sample = bare(['settings']).stdout;
  const names = [...sample.matchAll(/^#([a-z_]+) =/gm)].map((m) => m[1]);
  assert.ok(names.length > 20);
  const file = path.join(site.dir, 'sample.conf');
  const defaults = bare(['nginx-conf']).stdout;
  assert.ok(defaults.length > 1000);
  for (const text of [sample, sample.replace(/^#([a-z_]+ =)/gm, '$1')]) {
    fs.writeFileSync(file, text);
    const r = bare(['nginx-conf', '--config', file]);
    assert.equal(r.status, 0, r.stderr);
    assert.equal(r.stdout, defaults);
  }
  const docs = bare(['settings', '--markdown']).stdout;
  for (const name of names) assert.ok(docs.includes(`\`${name}\``), name);
});

test('routes and nginx-conf print what the program answers and needs', () => {
  const routes = bare(['routes']).stdout;
  for (const pattern of ['/', '/news/', '/news/:year/', '/news/:section/:slug/', '/media/:rest', '/healthz']) assert.match(routes, new RegExp(`[\\] ]${pattern} `), pattern);
  assert.match(bare(['routes', '--markdown']).stdout, /^\|/m);
  assert.match(says(1, /media_dir.*must end in \/media/, 'nginx-conf', '--set', 'media_dir=/srv/photos').stderr, /^byline: /);
  const pages = path.join(site.dir, 'pages');
  site.run('nginx-conf', '--error-pages', pages);
  for (const name of ['404.html', '503.html', 'ru/503.html']) assert.match(fs.readFileSync(path.join(pages, name), 'utf8'), /<h1/, name);
});

// ---- init ----

test('init makes what is missing and touches nothing that is there', async () => {
  const folder = path.join(site.dir, 'deep', 'er');
  const set = ['--set', `database=${folder}/news.db`, '--set', `accounts=${folder}/accounts.db`, '--set', `media_dir=${folder}/media`, '--set', `originals_dir=${folder}/originals`];
  assert.match(says(0, /made .*news\.db/, 'init', ...set).stderr, /made/);
  const before = fs.readFileSync(`${folder}/news.db`);
  says(1, /news\.db is already there/, 'init', ...set);
  says(1, /news\.db is already there/, 'init', '--demo', ...set);
  assert.deepEqual(fs.readFileSync(`${folder}/news.db`), before);
  assert.deepEqual(fs.readdirSync(folder).sort(), ['accounts.db', 'accounts.db-lock', 'accounts.db-shm', 'accounts.db-wal', 'media', 'news.db', 'news.db-lock', 'news.db-shm', 'news.db-wal', 'originals']);
  assert.equal(site.try('export', ...set).stdout, '');
  says(0, /database +ok/, 'check', ...set);
});

test('check says which walls stand, and that none does with sandbox = off', () => {
  const walls = ['files', 'network', 'signals', 'calls', 'limits'];
  // A program built with the sanitizers does without these two, and must say so.
  const without = fs.readFileSync(BYLINE).includes('__asan_init') ? ['calls', 'limits'] : [];
  const on = site.try('check').stdout;
  for (const wall of walls) assert.match(on, new RegExp(`^  ${wall} +${without.includes(wall) ? 'MISSING' : 'stands'}: `, 'm'));
  const off = site.try('check', '--set', 'sandbox=off').stdout;
  for (const wall of walls) assert.match(off, new RegExp(`^  ${wall} +off \\(setting sandbox\\): `, 'm'));
});

test('init --demo makes a site with something of everything', async () => {
  const demo = await Site.make({ demo: true });
  const all = demo.run('export').trim().split('\n').map((l) => JSON.parse(l));
  assert.ok(all.length >= 60);
  assert.ok(new Set(all.map((i) => i.section)).size >= 4);
  for (const lang of ['en', 'ru']) assert.ok(all.filter((i) => i.lang === lang).length > 10, lang);
  assert.ok(all.some((i) => i.withdrawn) && all.some((i) => i.old_urls) && all.some((i) => i.group));
  assert.ok(all.some((i) => Date.parse(i.published_at) > Date.now()));
  for (const photo of all.flatMap((i) => (i.photos ?? []).map((p) => ({ credit: i.photo_credit, ...p })))) assert.ok(photo.credit && (photo.alt || photo.decorative));
  assert.equal(demo.try('check').status, 0);
  await demo.end();
});

test('a database that is missing, foreign or newer is refused with what to do', () => {
  const at = (file) => ['--set', `database=${file}`];
  const db = path.join(site.dir, 'other.db');
  const commands = [['export'], ['section', 'list'], ['item', 'list'], ['check'], ['serve']];
  const refused = (file, message) => {
    const before = fs.existsSync(file) ? fs.readFileSync(file) : null;
    for (const args of commands) says(1, message, ...args, ...at(file));
    if (before) assert.deepEqual(fs.readFileSync(file), before);
  };
  refused(path.join(site.dir, 'missing.db'), /missing\.db: make one with `byline init`/);
  assert.ok(!fs.existsSync(path.join(site.dir, 'missing.db')));
  sqlite(db, 'CREATE TABLE t (a)');
  refused(db, /other\.db is a database of another program/);
  sqlite(db, 'PRAGMA application_id=0x42796c6e; PRAGMA user_version=99');
  refused(db, /other\.db was made by a newer byline .*install that version/);
  fs.writeFileSync(db, 'text, not tables. '.repeat(300));
  refused(db, /other\.db is not a database/);
});

// ---- sections and items ----

test('sections: list, add, rename, move, remove', () => {
  const list = () => site.run('section', 'list').split('\n').filter(Boolean).map((l) => l.replace(/ +$/, '').replace(/^( *\S+).*/, '$1'));
  assert.deepEqual(list(), ['events', 'speeches']);
  says(0, /^$/, 'section', 'add', 'visits', '--name', 'en=Visits', '--name', 'ru=Визиты', '--parent', 'events');
  assert.deepEqual(list(), ['events', '  visits', 'speeches']);
  assert.match(site.run('section', 'list'), /visits +en=Visits +ru=Визиты/);
  says(0, /^$/, 'section', 'move', 'speeches', '--place', '1');
  assert.deepEqual(list(), ['speeches', 'events', '  visits']);
  says(0, /^$/, 'section', 'move', 'visits', '--parent', '');
  assert.deepEqual(list(), ['speeches', 'events', 'visits']);
  says(0, /^$/, 'section', 'rename', 'events', '--slug', 'meetings', '--name', 'en=Meetings');
  assert.match(site.run('section', 'list'), /meetings +en=Meetings +ru=События/);
  assert.equal(site.cgi('/news/events/').headers.location, 'http://news.example/news/meetings/');
  assert.equal(site.cgi('/news/events/events-0/').status, 301);
  says(0, /^$/, 'section', 'rename', 'meetings', '--slug', 'events', '--name', 'en=Events');
  says(0, /^$/, 'section', 'remove', 'visits');
  says(0, /^$/, 'section', 'move', 'speeches', '--place', '2');
  assert.deepEqual(list(), ['events', 'speeches']);
  for (const [message, ...args] of [
    [/section "events" has items/, 'remove', 'events'],
    [/there is no section "none"/, 'remove', 'none'],
    [/there is no section "none"/, 'rename', 'none', '--slug', 'b'],
    [/there is no section "none"/, 'move', 'none'],
    [/a section "speeches" already/, 'add', 'speeches', '--name', 'en=S'],
    [/would be read as a year/, 'add', '2024', '--name', 'en=S'],
    [/a name in the language "en" is needed/, 'add', 'nameless'],
    [/write LANG=NAME/, 'add', 'b', '--name', 'Name'],
    [/write LANG=NAME/, 'add', 'b', '--name', 'xx=Name'],
    [/--place must be 1 to/, 'move', 'events', '--place', '0'],
  ]) says(1, message, 'section', ...args);
  assert.deepEqual(list(), ['events', 'speeches']);
});

test('items: list, show, publish, withdraw', () => {
  const draft = { id: 'd1', lang: 'en', section: 'speeches', slug: 'draft', title: 'A draft', body: 'Text.', state: 'draft' };
  assert.equal(site.import([draft]).status, 0);
  const line = (id) => site.run('item', 'list').split('\n').find((l) => l.startsWith(`${id} `)) ?? '';
  assert.match(line('d1'), / draft .* en +speeches +A draft$/);
  assert.match(line('en-events-0'), / visible +2026-03-31 /);
  assert.equal(site.run('item', 'list', '--limit', '2').trim().split('\n').length, 2);
  says(1, /--limit must be/, 'item', 'list', '--limit', '0');
  const shown = says(0, /http:\/\/news\.example\/news\/speeches\/draft\//, 'item', 'show', 'd1');
  assert.equal(JSON.parse(shown.stdout).title, 'A draft');
  assert.equal(site.cgi('/news/speeches/draft/').status, 404);
  says(1, /was never published/, 'item', 'withdraw', 'd1', '--reason', 'x');
  says(0, /^$/, 'item', 'publish', '/news/speeches/draft/', '--at', '2999-01-01T00:00:00Z');
  assert.match(line('d1'), / scheduled +2999-01-01T/);
  says(0, /^$/, 'item', 'publish', 'd1', '--at', '2024-01-01');
  assert.match(line('d1'), / visible /);
  assert.equal(site.cgi('/news/speeches/draft/').status, 200);
  says(1, /needs a reason/, 'item', 'withdraw', 'd1');
  says(1, /2024-02-30/, 'item', 'withdraw', 'd1', '--reason', 'x', '--at', '2024-02-30');
  says(0, /^$/, 'item', 'withdraw', 'd1', '--reason', 'Wrong figures');
  assert.match(line('d1'), / withdrawn /);
  assert.match(site.cgi('/news/speeches/draft/').body, /Wrong figures/);
  says(1, /is withdrawn/, 'item', 'publish', 'd1');
  says(1, /there is no item "none" \(give its id/, 'item', 'show', 'none');
  says(0, /history +ok/, 'check');
});

test('check says what is wrong and ends with 1', async () => {
  const own = await Site.make({ demo: true });
  const check = (message) => {
    const r = own.try('check');
    assert.equal(r.status, 1, r.stdout);
    assert.match(r.stdout, message);
  };
  const originals = fs.readdirSync(`${own.dir}/originals`, { recursive: true }).filter((f) => f.endsWith('.jpg'));
  const photo = `${own.dir}/originals/${originals[0]}`;
  const bytes = fs.readFileSync(photo);
  fs.writeFileSync(photo, Buffer.concat([bytes, Buffer.from([0])]));
  check(/photos +FAILED: .*bytes have changed/);
  fs.rmSync(photo);
  check(/photos +FAILED: .*the original is missing/);
  fs.writeFileSync(photo, bytes);
  sqlite(`${own.dir}/data/news.db`, `INSERT INTO rendition (photo_id, digest, made_at) VALUES (1, '${'ab'.repeat(16)}', 1)`);
  check(/sets +FAILED: .*\/ab\/(ab){16}: the files are missing; byline photo rebuild/);
  sqlite(`${own.dir}/data/news.db`, 'DELETE FROM rendition WHERE made_at = 1');
  sqlite(`${own.dir}/data/news.db`, "UPDATE revision SET content = content || ' ' WHERE item_id = 3");
  check(/history +FAILED: item 3: revision 1 does not match/);
  sqlite(`${own.dir}/data/news.db`, "UPDATE revision SET content = trim(content) WHERE item_id = 3");
  assert.match(own.run('check'), /history +ok/);
  sqlite(`${own.dir}/data/news.db`, 'DELETE FROM revision WHERE item_id = 3 AND number = (SELECT MAX(number) FROM revision WHERE item_id = 3)');
  check(/history +FAILED: item 3: its newest revision is missing/);
  fs.mkdirSync(`${own.dir}/templates/site`, { recursive: true });
  fs.writeFileSync(`${own.dir}/templates/site/home.tpl`, 'no first line');
  check(/templates +FAILED: .*home\.tpl/);
  await own.end();
});

test('check looks into the accounts too', async () => {
  const own = await Site.make({ sections: [['events', 'Events', 'События']] });
  const db = `${own.dir}/data/accounts.db`;
  const sql = (text) => sqlite(db, text);
  const check = (message, status = 1) => {
    const r = own.try('check');
    assert.match(r.stdout, message);
    assert.equal(r.status, status, r.stdout);
  };
  check(/accounts +ok/, 0); // nobody yet
  own.addPerson('boris', 'editor', 'correct horse battery staple');
  check(/accounts +FAILED: nobody is an administrator/);
  own.addPerson('anna', 'administrator', 'correct horse battery staple');
  own.run('user', 'second-factor', 'anna', 'required');
  check(/accounts +ok\n +anna +has to set up a second factor.*\n +boris +an editor without a section/, 0);
  sql("INSERT INTO person_section VALUES ((SELECT id FROM person WHERE login = 'boris'), 77)");
  check(/accounts +FAILED: boris has rights in section number 77/);
  own.run('user', 'sections', 'boris', 'events');
  own.run('user', 'disable', 'boris');
  sql("INSERT INTO session (token_hash, person_id, is_whole, began_at, seen_at, address, agent) SELECT 'x', id, 1, 1, 1, '', '' FROM person WHERE login = 'boris'");
  check(/accounts +FAILED: boris is disabled and signed in/);
  sql('DELETE FROM session');
  check(/accounts +ok/, 0);
  const bytes = fs.readFileSync(db);
  fs.writeFileSync(db, Buffer.from('no database'.repeat(500)));
  check(/accounts +FAILED: /);
  fs.writeFileSync(db, bytes);
  for (const end of ['', '-wal', '-shm']) fs.copyFileSync(`${own.dir}/data/news.db${end}`, `${db}${end}`);
  check(/accounts +FAILED: .*accounts\.db/); // another database in its place
  await own.end();
});

// ---- the terminal, and root ----

// What a command sends to a terminal.
const onTerminal = (command) => execFileSync('script', ['-qefc', command, '/dev/null'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

test('a bar is drawn on a terminal, and nowhere else', () => {
  const file = path.join(site.dir, 'many.jsonl');
  fs.writeFileSync(file, items(300, 'speeches').map((i) => JSON.stringify(i)).join('\n'));
  const shown = onTerminal(`${BYLINE} import ${file} --config ${site.conf}`);
  assert.match(shown, /\r\x1b\[K(checking|storing) +\[[#.]{30}\] +\d+ %/);
  assert.match(shown, /300 items: 300 added/);
  assert.match(shown, /\r\x1b\[K300 items/); // it is taken away before the result
  const r = site.try('import', file);
  assert.match(r.stderr, /^300 items: 0 added, 0 changed, 300 unchanged/);
  assert.match(onTerminal(`${BYLINE} export --config ${site.conf} > ${site.dir}/out`), /\r\x1b\[K/);
  assert.doesNotMatch(site.try('export').stderr, /\x1b/);
});

test('files belong to the owner of the folder, whoever runs the command', () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'bl-'));
  if (process.getuid() === 0) fs.chownSync(dir, 65534, 65534);
  fs.chmodSync(dir, 0o755);
  const owner = fs.statSync(dir).uid;
  const set = ['--set', `database=${dir}/data/news.db`, '--set', `accounts=${dir}/data/accounts.db`, '--set', `media_dir=${dir}/media`, '--set', `originals_dir=${dir}/originals`, '--set', `templates_dir=${dir}/t`, '--set', `share_dir=${SHARE}`];
  // It works as that owner, to whom the folder of this build may be closed.
  const program = path.join(dir, 'built/byline'), helper = 'libexec/byline/byline-photo';
  fs.cpSync(path.join(path.dirname(BYLINE), helper), path.join(dir, 'built', helper));
  fs.copyFileSync(BYLINE, program);
  // The input may be readable for its reader only.
  const file = path.join(site.dir, 'secret.jsonl');
  fs.writeFileSync(file, JSON.stringify({ ...items(1)[0], photos: [{ file: 'p.jpg', alt: 'A', credit: 'C' }] }), { mode: 0o600 });
  const photos = path.join(dir, 'in');
  fs.mkdirSync(photos);
  fs.copyFileSync('static/demo/photos/delta.jpg', `${photos}/p.jpg`);
  for (const args of [['init'], ['section', 'add', 'events', '--name', 'en=Events'], ['import', file, '--media', photos], ['item', 'publish', 'en-events-0'], ['check']]) {
    const r = spawnSync(program, [...args, ...set], { encoding: 'utf8' });
    assert.equal(r.status, 0, `${args[0]}: ${r.stdout}${r.stderr}`);
  }
  const made = execFileSync('find', [`${dir}/data`, `${dir}/originals`], { encoding: 'utf8' }).trim().split('\n');
  assert.ok(made.length >= 8, made.join(' '));
  for (const f of made) assert.equal(fs.statSync(f).uid, owner, f);
  const by = sqlite(`${dir}/data/news.db`, 'SELECT saved_by FROM revision ORDER BY id');
  assert.equal(by, `import\n${os.userInfo().username}\n`);
  fs.rmSync(dir, { recursive: true });
});

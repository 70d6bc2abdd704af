// `byline user`: people, from the command line.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { direct } from '../http/lib/fcgi.mjs';
import { BYLINE, Site } from '../http/lib/site.mjs';
import { Staff } from '../http/lib/staff.mjs';

const GOOD = 'seven otters row upstream';
const WORD = /^\S+ ([a-z2-9]{4}(?:-[a-z2-9]{4}){4})$/m;
let site;
before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События'], ['speeches', 'Speeches', 'Речи']] });
});
after(() => site.end());

const user = (input, ...args) => spawnSync(BYLINE, ['user', ...args, '--config', site.conf], { encoding: 'utf8', input });
const done = (input, ...args) => {
  const r = user(input, ...args);
  assert.equal(r.status, 0, args.join(' ') + r.stderr);
  return r.stdout;
};
const refused = (pattern, input, ...args) => {
  const r = user(input, ...args);
  assert.equal(r.status, 1, args.join(' ') + r.stdout);
  assert.match(r.stderr, pattern);
  assert.equal(r.stdout, '');
};
const line = (login) => done('', 'list').split('\n').find((l) => l.startsWith(login)) ?? '';

test('a new site has an empty accounts.db that others cannot read', () => {
  const file = path.join(site.dir, 'data', 'accounts.db');
  assert.equal(fs.statSync(file).mode & 0o007, 0);
  assert.equal(done('', 'list'), '');
});

test('add, list, role, sections, disable, enable', () => {
  done(`${GOOD}\n`, 'add', 'anna', '--name', 'Анна Л.', '--role', 'editor', '--sections', 'events');
  assert.match(line('anna'), /^anna +editor +- +- +Анна Л\. {2}events$/);
  done('', 'sections', 'ANNA', 'events,speeches');
  assert.match(line('anna'), /events,speeches$/);
  done('', 'sections', 'anna', '');
  assert.match(line('anna'), /Анна Л\.$/);
  done('', 'role', 'anna', 'author');
  assert.match(line('anna'), /author/);
  done('', 'disable', 'anna');
  assert.match(line('anna'), /disabled/);
  done('', 'enable', 'anna');
  assert.doesNotMatch(line('anna'), /disabled/);
});

test('a login is taken in whatever case and spelling', () => {
  done(GOOD, 'add', 'Zo\u00eb');
  for (const login of ['zo\u00eb', 'ZOE\u0308', 'Zo\u00cb']) refused(/there is somebody with the login/, GOOD, 'add', login);
});

test('what is wrong is said, and nobody is added', () => {
  const cases = [
    [/too short/, 'short', 'add', 'b1'],
    [/easy to guess/, 'Password12345678', 'add', 'b2'],
    [/no password on standard input/, '', 'add', 'b3'],
    [/the person's name/, 'Bernadette 1987!', 'add', 'bernadette'],
    [/white space/, GOOD, 'add', 'b 4'],
    [/no role boss/, GOOD, 'add', 'b5', '--role', 'boss'],
    [/no section nowhere/, GOOD, 'add', 'b6', '--sections', 'nowhere'],
    [/nobody with the login b7/, '', 'disable', 'b7'],
    [/required, optional or reset/, '', 'second-factor', 'anna', 'maybe'],
  ];
  for (const c of cases) refused(...c);
  assert.doesNotMatch(done('', 'list'), /^b/m);
});

test('wrong use ends with 2', () => {
  for (const args of [[], ['add'], ['role', 'anna'], ['nonsense'], ['list', 'more']]) assert.equal(user('', ...args).status, 2, args.join(' '));
});

test('a password made here is printed once and stored nowhere as it is', () => {
  const out = done('', 'add', 'carl', '--random');
  const password = out.match(WORD)[1];
  const again = done('', 'password', 'carl', '--random').match(WORD)[1];
  assert.notEqual(again, password);
  assert.doesNotMatch(done('', 'list'), new RegExp(again));
  for (const name of fs.readdirSync(path.join(site.dir, 'data')))
    for (const secret of [password, again, GOOD]) assert.ok(!fs.readFileSync(path.join(site.dir, 'data', name)).includes(secret), name);
});

test('the last administrator stays one', () => {
  done(GOOD, 'add', 'chief', '--role', 'administrator');
  refused(/last administrator/, '', 'disable', 'chief');
  refused(/last administrator/, '', 'role', 'chief', 'editor');
  done(GOOD, 'add', 'second', '--role', 'administrator');
  done('', 'disable', 'chief');
  refused(/last administrator/, '', 'disable', 'second');
});

test('a second factor can be required and taken back', () => {
  done('', 'second-factor', 'anna', 'required');
  assert.match(line('anna'), /must have/);
  done('', 'second-factor', 'anna', 'optional');
  assert.doesNotMatch(line('anna'), /must have/);
  done('', 'second-factor', 'anna', 'reset');
});

test('one database is never taken for the other', () => {
  const data = path.join(site.dir, 'data');
  const r = spawnSync(BYLINE, ['user', 'list', '--config', site.conf, '--set', `accounts=${data}/news.db`], { encoding: 'utf8' });
  assert.equal(r.status, 1);
  assert.match(r.stderr, /database of another program or kind: the setting accounts/);
  const s = spawnSync(BYLINE, ['section', 'list', '--config', site.conf, '--set', `database=${data}/accounts.db`], { encoding: 'utf8' });
  assert.equal(s.status, 1);
  assert.match(s.stderr, /the setting database/);
});

test('the demo says the logins it made, once', async () => {
  const dir = path.join(site.dir, 'demo');
  const sets = ['--set', `database=${dir}/news.db`, '--set', `accounts=${dir}/accounts.db`, '--set', `media_dir=${dir}/media`, '--set', `originals_dir=${dir}/originals`];
  const r = spawnSync(BYLINE, ['init', '--demo', '--config', site.conf, ...sets], { encoding: 'utf8' });
  assert.equal(r.status, 0, r.stderr);
  assert.deepEqual(r.stdout.trim().split('\n').map((l) => l.split(' ')[0]), ['editor', 'administrator']);
  assert.match(r.stdout, WORD);
  const list = spawnSync(BYLINE, ['user', 'list', '--config', site.conf, ...sets], { encoding: 'utf8' }).stdout;
  assert.match(list, /^editor .*events/m);
  assert.match(list, /^administrator +administrator/m);
});

test('whatever is done to an account is in the audit log, with who and from where', () => {
  done(GOOD, 'add', 'olga', '--role', 'author');
  done('', 'role', 'olga', 'editor');
  done('', 'sections', 'olga', 'events');
  done(`${GOOD} again\n`, 'password', 'olga');
  done('', 'second-factor', 'olga', 'required');
  done('', 'second-factor', 'olga', 'reset');
  done('', 'disable', 'olga');
  refused(/there is nobody/, '', 'enable', 'olga2');
  const lines = site.run('audit', '--account', 'olga').trim().split('\n').reverse();
  assert.deepEqual(lines.map((l) => /command line +(.*?) +olga *(.*)$/.exec(l)?.slice(1)), [
    ['person add', 'author'], ['person change', 'author to editor'], ['person change', 'sections'], ['password', ''],
    ['person change', 'second factor required'], ['factor reset', ''], ['person change', 'disabled'],
  ]);
  assert.equal(site.run('audit', '--account', 'olga', '--action', 'password').trim().split('\n').length, 1);
});

// A command on a terminal of its own, with somebody who types an answer at each prompt:
// {status, shown}.
function typed(answers, ...args) {
  const quoted = [BYLINE, ...args, '--config', site.conf].map((a) => `'${a}'`).join(' ');
  const child = spawn('script', ['-qefc', quoted, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] });
  let shown = '', seen = 0;
  child.stdout.on('data', (part) => {
    shown += part;
    if (!/: $/.test(shown.slice(seen)) || answers.length === 0) return;
    seen = shown.length;
    child.stdin.write(`${answers.shift()}\n`);
  });
  return new Promise((done) => child.on('close', (status) => done({ status, shown: shown.replaceAll('\r', '') })));
}

test('on a terminal the password is asked for twice and never shown', async () => {
  done(GOOD, 'add', 'tina', '--role', 'author');
  const secret = 'eleven herons wade ashore';
  const good = await typed([secret, secret], 'user', 'password', 'tina');
  assert.deepEqual([good.status, good.shown], [0, 'Password: \nOnce more: \n']);
  const other = await typed([secret, `${secret}?`], 'user', 'password', 'tina');
  assert.equal(other.status, 1);
  assert.equal(other.shown, 'Password: \nOnce more: \nbyline: the two are not the same\n');
  const short = await typed(['short', 'short'], 'user', 'password', 'tina');
  assert.match(short.shown, /^Password: \nOnce more: \nbyline: .*too short/);
  const added = await typed([secret, secret], 'user', 'add', 'uwe');
  assert.deepEqual([added.status, added.shown], [0, 'Password: \nOnce more: \n']);
  await site.serve();
  for (const login of ['tina', 'uwe'])
    assert.equal((await new Staff(direct(`${site.socket}-staff`)).signIn(login, secret)).status, 303, 'it is the one that was typed');
});

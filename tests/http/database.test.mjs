// The database while the program runs: gone, damaged, newer, replaced, not to be written,
// a disk that is full. Each is a page, a line in the log, and over when the cause is.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { ask, variables } from './lib/fcgi.mjs';
import { smallDisk } from './lib/disk.mjs';
import { BYLINE, Site, children, isAlive, items, until } from './lib/site.mjs';
import { sqlite } from './lib/sqlite.mjs';

let site;
let kept; // a good copy of all three files, made while nobody wrote
let from = 0; // where in the log the test at hand began
const ends = ['', '-wal', '-shm'];
const file = (end = '') => path.join(site.dir, `data/news.db${end}`);

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']], items: items(300), settings: '[log]\nlog_level = debug\n' });
  kept = path.join(site.dir, 'kept');
  fs.mkdirSync(kept);
  // All of it in the one file: a copy made by SQLite.
  sqlite(file(), `VACUUM INTO '${kept}/news.db'`, '-readonly');
  sqlite(`${kept}/news.db`, 'PRAGMA journal_mode=WAL');
  // A folder whose owner is not root can be made read-only also when root runs the tests.
  if (process.getuid() === 0) execFileSync('chown', ['-R', 'nobody', site.dir]);
  await site.serve();
  await site.startNginx();
});
beforeEach(() => { from = site.log().length; });
after(() => site.end());

// The work process, while it keeps the database.
function keeper() {
  const log = site.log();
  const ready = [...log.matchAll(/event=worker_ready .*process=work pid=(\d+)/g)].at(-1);
  const pid = Number(ready[1]);
  return log.lastIndexOf('event=work_failed') < ready.index && isAlive(pid) && pid;
}

let n = 0;
const page = (target = '/news/') => ask(site.socket, variables(`${target}?n=${n++}`));
const logged = (pattern) => until(String(pattern), () => pattern.test(site.log().slice(from)), 8000);
const well = (what) => until(`recovery after ${what}`, async () => keeper() && (await page()).status === 200 && (await page('/news/events/events-7/')).status === 200, 10000);

// Each worker looks once a second, so at first some still answer out of the old file.
async function is503(pattern) {
  for (const asked of [() => page('/news/events/events-7/'), () => site.get(`/news/2026/?n=${n++}`)]) {
    const a = await until('503', async () => {
      const b = await asked();
      return b.status !== 200 && b;
    });
    assert.equal(a.status, 503);
    assert.equal(a.headers['retry-after'], '5');
    assert.match(a.body, /briefly unavailable/);
  }
  await logged(pattern);
}

// Puts a copy in the database's place as a whole, under the name of a moment's work.
function replaceBy(copy) {
  fs.copyFileSync(copy, file('.copy'));
  if (process.getuid() === 0) execFileSync('chown', ['nobody', file('.copy')]);
  fs.renameSync(file('.copy'), file());
}

test('a database that is taken away is 503, also for what was open, until it is back', async () => {
  await well('nothing');
  assert.equal((await site.get('/news/')).status, 200);
  const moved = (end) => path.join(site.dir, `moved${end}`);
  ends.forEach((end) => fs.renameSync(file(end), moved(end)));
  await is503(/event=database_unavailable .*news\.db: No such file/);
  assert.equal((await site.get('/news/')).status, 200, 'nginx shows what it has');
  await logged(/event=work_failed .*was removed or replaced/);
  // The database itself at last: it is looked for, and would get another -wal at once.
  for (const end of ['-shm', '-wal', '']) fs.renameSync(moved(end), file(end));
  await well('its return');
});

test('a -shm that is removed is made anew, and nobody goes on with the old one', async () => {
  fs.rmSync(file('-shm'));
  await logged(/event=work_failed .*its -shm was removed or replaced/);
  await until('another', () => fs.existsSync(file('-shm')));
  await well('a new -shm');
  const target = '/news/events/events-9/';
  await until('the item', async () => (await page(target)).status === 200);
  site.run('item', 'withdraw', 'en-events-9', '--reason', 'Mistake');
  await until('the withdrawal', async () => (await page(target)).status === 410);
});

test('a copy put in its place is shown, without what the old one had in its -wal', async () => {
  site.run('item', 'withdraw', 'en-events-11', '--reason', 'Mistake');
  await until('the withdrawal', async () => (await page('/news/events/events-11/')).status === 410);
  assert.ok(fs.statSync(file('-wal')).size > 0);
  replaceBy(`${kept}/news.db`);
  await until('the copy', async () => (await page('/news/events/events-11/')).status === 200, 10000);
  await until('a -wal of its own', () => fs.existsSync(file('-wal')) && fs.statSync(file('-wal')).size === 0);
  await well('the copy');
  assert.equal(site.try('check').status, 0);
  site.run('item', 'withdraw', 'en-events-12', '--reason', 'Mistake');
  await until('a later withdrawal', async () => (await page('/news/events/events-12/')).status === 410);
});

test('a newer one is left alone by new workers, with the reason', async () => {
  const set = (version) => sqlite(file(), `PRAGMA user_version=${version}`);
  const version = sqlite(file(), 'PRAGMA user_version', '-readonly').trim();
  set(99);
  children(site.pid()).forEach((pid) => process.kill(pid, 'SIGKILL'));
  await is503(/event=database_unavailable .*was made by a newer byline \(schema 99/);
  await logged(/event=worker_failed .*process=work .*newer byline/);
  const r = site.try('serve');
  assert.equal(r.status, 1);
  set(version);
  await well('the older schema');
});

test('a damaged one is 503 where the damage is, and well again after a good copy', async () => {
  const good = fs.readFileSync(`${kept}/news.db`);
  const bad = Buffer.from(good);
  bad.fill(0x5a, 8192); // the header and the schema stay
  fs.writeFileSync(`${kept}/bad.db`, bad);
  replaceBy(`${kept}/bad.db`);
  await is503(/event=(request_failed|worker_failed) .*is damaged/);
  assert.equal(site.try('check').status, 1);
  replaceBy(`${kept}/news.db`);
  await well('a good copy');
});

test('what is no database at all is 503 and refused at the start', async () => {
  fs.writeFileSync(`${kept}/none.db`, 'not a database at all, but long enough to look at'.repeat(200));
  replaceBy(`${kept}/none.db`);
  await is503(/event=(database_unavailable|worker_failed) .*is not a database/);
  assert.match(site.try('item', 'list').stderr, /is not a database/);
  replaceBy(`${kept}/news.db`);
  await well('a good copy');
});

test('in a read-only folder reading goes on, and writing is refused', async () => {
  // Workers that knew only the file that lay there before make way for new ones.
  const old = children(site.pid()).filter((pid) => pid !== keeper());
  old.forEach((pid) => process.kill(pid, 'SIGKILL'));
  await until('new workers', () => {
    const now = children(site.pid());
    return now.length === old.length + 1 && !now.some((pid) => old.includes(pid));
  }, 10000);
  await well('a new start of all workers');
  const folder = path.dirname(file());
  const lock = [folder, ...fs.readdirSync(folder).map((f) => path.join(folder, f))];
  const modes = lock.map((f) => fs.statSync(f).mode);
  lock.forEach((f) => fs.chmodSync(f, fs.statSync(f).mode & 0o555));
  process.kill(keeper(), 'SIGKILL');
  await logged(/event=worker_failed .*process=work .*Permission denied/);
  for (let i = 0; i < 6; i++) assert.equal((await page()).status, 200);
  const r = site.try('item', 'withdraw', 'en-events-20', '--reason', 'Mistake');
  assert.equal(r.status, 1);
  assert.match(r.stderr, /Permission denied/);
  lock.forEach((f, i) => fs.chmodSync(f, modes[i]));
  await until('the keeper', keeper, 10000);
  site.run('item', 'withdraw', 'en-events-20', '--reason', 'Mistake');
  await until('the withdrawal', async () => (await page('/news/events/events-20/')).status === 410);
});

test('a full disk: an import fails with its reason and stores nothing, the site goes on', async () => {
  const other = await Site.make({ sections: [['events', 'Events', 'События']], items: items(5) });
  const disk = smallDisk(path.join(other.dir, 'data'), 1024);
  try {
    await other.serve();
    const before = other.run('export');
    const many = items(2000, 'events', 'ru').map((i) => ({ ...i, body: 'Long text. '.repeat(200) }));
    fs.writeFileSync(path.join(other.dir, 'many.jsonl'), many.map((i) => JSON.stringify(i)).join('\n'));
    const [command, ...args] = disk.limited([BYLINE, 'import', path.join(other.dir, 'many.jsonl'), '--config', other.conf]);
    const r = spawnSync(command, args, { encoding: 'utf8' });
    assert.equal(r.status, 1, r.stderr);
    assert.match(r.stderr, disk.words);
    assert.equal(other.run('export'), before);
    assert.equal((await ask(other.socket, variables('/news/'))).status, 200);
    assert.equal(other.try('check').status, 0);
    disk.free();
    assert.equal(other.import(many.slice(0, 20)).status, 0);
  } finally {
    disk.end();
    await other.end();
  }
});

test('a full disk for what nginx writes: pages are served, and old ones make room', async () => {
  const other = await Site.make({ sections: [['events', 'Events', 'События']], items: items(30) });
  const dir = path.join(other.dir, 'disk');
  fs.mkdirSync(dir);
  const disk = smallDisk(dir, 1024);
  const fetch = (i) => other.get(`/news/events/events-${i % 30}/?n=${i}`).catch(() => ({ status: 0, body: '' }));
  const served = async (first, count) => {
    for (let i = first; i < first + count; i++) {
      const a = await fetch(i);
      assert.equal(a.status, 200, `request ${i}`);
      assert.match(a.body, /<\/html>\n$/);
    }
  };
  try {
    await other.serve();
    const change = (text) => text.replaceAll(`${other.dir}/cache`, `${dir}/cache`).replace('min_free=64m', 'min_free=300k')
      .replaceAll(`${other.dir}/nginx/nginx-access.log`, '/dev/full');
    await other.startNginx({ change, through: disk.limited([]) });
    await served(0, 60);
    assert.match(fs.readFileSync(path.join(other.dir, 'nginx/nginx-error.log'), 'utf8'), /No space left on device/, 'no line of the log');
    if (disk.isMounted) {
      assert.notEqual(spawnSync('dd', ['if=/dev/zero', `of=${dir}/other`, 'bs=4k'], { stdio: 'ignore' }).status, 0);
      await until('room', async () => (await fetch(1000)).status === 200, 20000);
    }
    await served(2000, 20);
  } finally {
    disk.end();
    await other.end();
  }
});

// Processes: death, drain, reload, hand-over, and a site whose program is gone.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { afterEach, test } from 'node:test';
import { Site, isAlive, items, sleep, until } from './lib/site.mjs';

let site;
afterEach(() => site.end());

const make = async (options = {}) => {
  site = await Site.make({ sections: [['events', 'Events', 'События']], items: items(8), ...options });
  await site.serve();
  return site;
};

const children = (pid) =>
  fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

// Requests one after another until told to stop; answers how many failed.
const load = (path) => {
  const state = { n: 0, failed: 0, stop: false };
  state.done = (async () => {
    while (!state.stop) {
      // A query of its own for each keeps the page cache out of it.
      const a = await site.get(`${path}?n=${state.n++}`).catch(() => ({ status: 0 }));
      if (a.status !== 200) state.failed++;
    }
  })();
  return state;
};

test('a killed worker is replaced, and its death logged', async () => {
  await make();
  await site.startNginx();
  const before = children(site.pid());
  const victim = before.at(-1);
  process.kill(victim, 'SIGKILL');
  const started = Date.now();
  const replaced = await until('another worker', () => {
    const now = children(site.pid());
    return now.length === before.length && !now.includes(victim) && Date.now() - started;
  });
  assert.match(site.log(), new RegExp(`event=worker_died.*pid=${victim}`));
  // The promise is 100 ms; a machine under test load gets more, and is still bounded.
  assert.ok(replaced < 1000, `${replaced} ms`);
  assert.equal((await site.get('/news/')).status, 200);
});

test('SIGTERM ends everything within a second or so, without error', async () => {
  await make();
  const all = children(site.pid());
  const from = Date.now();
  site.child.kill('SIGTERM');
  const { code } = await site.ended;
  assert.equal(code, 0);
  assert.ok(Date.now() - from < 3000);
  assert.deepEqual(all.filter(isAlive), []);
  assert.match(site.log(), /event=stopped/);
});

test('SIGHUP takes new settings; a broken template keeps the old ones', async () => {
  await make();
  await site.startNginx();
  fs.appendFileSync(site.conf, '\n');
  fs.writeFileSync(site.conf, fs.readFileSync(site.conf, 'utf8').replace('site_name = Office', 'site_name = Renamed'));
  site.child.kill('SIGHUP');
  await until('the new name', async () => (await site.get('/')).body.includes('Renamed'));
  fs.mkdirSync(`${site.dir}/templates/site`, { recursive: true });
  fs.writeFileSync(`${site.dir}/templates/site/error.tpl`, '{{%AUTOESCAPE context="HTML"}}\n<p>{{HEADING:none}}</p>\n');
  site.child.kill('SIGHUP');
  await until('the refusal', () => /reload_failed.*error\.tpl:2/.test(site.log()));
  assert.equal((await site.get('/nope/')).status, 404);
  fs.writeFileSync(`${site.dir}/templates/site/error.tpl`, '{{%AUTOESCAPE context="HTML"}}\n<h1>Own: {{HEADING}}</h1>\n');
  site.child.kill('SIGHUP');
  await until('the own template', async () => (await site.get('/nope/')).body.includes('Own: Page not found'));
});

test('no request fails while the program is reloaded and handed over', async () => {
  await make();
  await site.startNginx();
  const first = site.pid();
  const running = load('/news/events/events-1/');
  await sleep(300);
  site.child.kill('SIGHUP');
  await sleep(1000);
  process.kill(first, 'SIGUSR2');
  await until('the successor', () => fs.existsSync(site.pidFile) && site.pid() !== first && !isAlive(first), 10000);
  await sleep(500);
  running.stop = true;
  await running.done;
  const second = site.pid();
  assert.ok(running.n > 50, `${running.n} requests`);
  assert.equal(running.failed, 0);
  process.kill(second, 'SIGTERM');
  await until('its end', () => !isAlive(second));
});

test('with the program gone, pages seen before are served, the withdrawn one as 410', async () => {
  await make();
  await site.startNginx();
  for (const path of ['/', '/news/', '/news/events/events-0/', '/news/events/events-1/']) await site.get(path);
  site.run('item', 'withdraw', 'en-events-1', '--reason', 'Mistake');
  await sleep(2100);
  for (const path of ['/', '/news/', '/news/events/events-0/', '/news/events/events-1/']) await site.get(path);
  await sleep(2100);
  const workers = [site.pid(), ...children(site.pid())];
  workers.forEach((pid) => process.kill(pid, 'SIGSTOP'));
  assert.equal((await site.get('/news/events/events-0/')).status, 200, 'stopped');
  assert.equal((await site.get('/news/events/events-1/')).status, 410, 'stopped');
  workers.forEach((pid) => process.kill(pid, 'SIGKILL'));
  await until('their end', () => !workers.slice(1).some(isAlive));
  assert.equal((await site.get('/')).status, 200, 'dead');
  assert.equal((await site.get('/news/events/events-1/')).status, 410, 'dead');
  const unseen = await site.get('/news/events/events-5/');
  assert.ok([502, 504].includes(unseen.status));
  assert.match(unseen.body, /briefly unavailable/);
});

test('a database that is gone is 503, and comes back by itself', async () => {
  await make();
  await site.startNginx();
  assert.equal((await site.get('/news/')).status, 200);
  const a = site.cgi('/news/', { BYLINE_DATABASE: `${site.dir}/none.db` });
  assert.equal(a.status, 503);
  assert.equal(a.headers['retry-after'], '5');
  assert.match(a.stderr, /database_unavailable/);
});

test('the same binary answers as a CGI', async () => {
  await make();
  const a = site.cgi('/news/events/events-1/');
  assert.equal(a.status, 200);
  assert.match(a.body, /Title en events 1/);
  assert.equal(site.cgi('/news/', { REQUEST_METHOD: 'POST' }).status, 405);
  assert.equal(site.cgi('/news/', { SERVER_PROTOCOL: '' }).status, 500);
});

test('starting is refused with the reason', async () => {
  await make();
  const refused = (...args) => {
    const r = site.try(...args);
    assert.equal(r.status, 1, r.stderr);
    return r.stderr;
  };
  assert.match(refused('serve'), /in use/);
  fs.writeFileSync(`${site.dir}/wrong.conf`, '[site]\nitems_per_page = many\n');
  assert.match(site.try('check', '--config', `${site.dir}/wrong.conf`).stderr + refused('serve', '--set', 'items_per_page=many'), /items_per_page.*many/);
  assert.match(refused('serve', '--set', 'site_nam=x'), /site_name/);
  const db = `${site.dir}/other.db`;
  const bad = (sql) => {
    fs.rmSync(db, { force: true });
    execFileSync('sqlite3', [db, sql]);
    return refused('item', 'list', '--set', `database=${db}`);
  };
  assert.match(bad('PRAGMA application_id=0x42796c6e; PRAGMA user_version=99; CREATE TABLE a(b);'), /newer byline/);
  fs.writeFileSync(db, 'not a database at all, but long enough to look at'.repeat(100));
  assert.match(refused('item', 'list', '--set', `database=${db}`), /not a database/);
  assert.match(refused('item', 'list', '--set', `database=${site.dir}/missing.db`), /byline init/);
});

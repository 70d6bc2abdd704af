// Processes: death, drain, reload, hand-over, and a site whose program is gone.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import { ask, begin, connect, pairs, parse, record, variables } from './lib/fcgi.mjs';
import { BYLINE, Site, children, isAlive, items, load, sleep, until } from './lib/site.mjs';

let site;
afterEach(() => site.end());

const make = async ({ settings = '', ...serve } = {}) => {
  site = await Site.make({ sections: [['events', 'Events', 'События']], items: items(8), settings });
  await site.serve(serve);
  return site;
};
const DEBUG = '[log]\nlog_level = debug\n';

const count = (pattern) => (site.log().match(pattern) ?? []).length;
const alive = (pids) => pids.filter(isAlive);
const named = (name) => children(site.pid()).filter((pid) => isAlive(pid) && fs.readFileSync(`/proc/${pid}/comm`, 'utf8') === `${name}\n`);
const half = Buffer.concat([begin, record('params', pairs(variables('/news/events/events-1/')))]);
const rest = Buffer.concat([record('params'), record('stdin')]);

// Connections that have said half of what they want, and so hold a worker each.
async function hold(n) {
  const held = Array.from({ length: n }, () => connect(site.socket));
  for (const c of held) {
    await c.open;
    c.write(half);
  }
  await sleep(200);
  return held;
}

// Waits until a hand-over is over; the successor's number.
async function successor(first) {
  await until('the successor', () => fs.existsSync(site.pidFile) && site.pid() !== first && !isAlive(first), 15000);
  return site.pid();
}

test('a killed worker is replaced, its death logged, and no request fails', async () => {
  await make({ settings: DEBUG });
  await site.startNginx();
  const running = load(site, '/news/events/events-1/');
  for (let i = 0; i < 5; i++) {
    const before = children(site.pid());
    const victim = before.at(-1);
    process.kill(victim, 'SIGKILL');
    await until('another worker', () => {
      const now = children(site.pid()).filter((pid) => !before.includes(pid));
      return now.some((pid) => new RegExp(`event=worker_ready .*process=worker pid=${pid} `).test(site.log()));
    });
    assert.match(site.log(), new RegExp(`event=worker_died .*process=worker pid=${victim} end=KILL code=9 `));
  }
  assert.equal((await running.end()).failed, 0);
  const { body } = await site.get('/metrics');
  assert.match(body, /^byline_worker_deaths_total 5$/m);
  // What is counted is counted: after so many requests, and a second of the work process.
  for (const name of ['requests_total', 'responses_total{class="2xx"}', 'request_seconds_total', 'sql_statements_total', 'response_body_bytes_total', 'wal_bytes', 'workers', 'start_time_seconds', 'worker_starts_total'])
    assert.ok(Number(body.split('\n').find((line) => line.startsWith(`byline_${name} `)).split(' ')[1]) > 0, name);
});

test('a worker that is replaced shows the pages its sisters show', async () => {
  await make();
  const error = path.join(site.dir, 'templates/site/error.tpl');
  fs.mkdirSync(path.dirname(error), { recursive: true });
  for (const text of ['{{%AUTOESCAPE context="HTML"}}\n<p>{{HEADING:none}}</p>\n', '{{%AUTOESCAPE context="HTML"}}\n<h1>Half done: {{HEADING}}</h1>\n']) {
    fs.writeFileSync(error, text);
    const before = children(site.pid());
    before.forEach((pid) => process.kill(pid, 'SIGKILL'));
    await until('other processes', () => children(site.pid()).length === before.length && alive(before).length === 0);
    for (let i = 0; i < 6; i++) assert.match((await ask(site.socket, variables('/nope/'))).body, /<h1>Page not found/);
  }
  assert.equal(count(/event=worker_failed/g), 0);
});

test('the work process is replaced, and staff can go on writing', async () => {
  await make();
  const [work] = named('byline-work');
  process.kill(work, 'SIGKILL');
  await until('another', () => named('byline-work').some((pid) => pid !== work));
  assert.match(site.log(), new RegExp(`event=worker_died .*process=work pid=${work} `));
  site.run('item', 'withdraw', 'en-events-2', '--reason', 'Mistake');
  assert.equal((await ask(site.socket, variables('/news/events/events-2/'))).status, 410);
});

test('the photo process is the first that is started; killed, another takes its place', async () => {
  await make();
  const [photo] = children(site.pid());
  assert.deepEqual(named('byline-photos'), [photo]);
  process.kill(photo, 'SIGKILL');
  await until('another', () => named('byline-photos').some((pid) => pid !== photo));
  assert.match(site.log(), new RegExp(`event=worker_died .*process=photo pid=${photo} `));
});

test('a supervisor killed with -9 leaves nobody behind, and its socket is taken over', async () => {
  await make();
  const all = children(site.pid());
  process.kill(site.pid(), 'SIGKILL');
  await site.ended;
  await until('their end', () => alive(all).length === 0);
  assert.ok(fs.existsSync(site.socket));
  await site.serve();
  assert.equal((await ask(site.socket, variables('/news/'))).status, 200);
  assert.equal((await site.stop()).code, 0);
});

test('SIGTERM: who has been let in is answered, who is in the queue too', async () => {
  await make();
  const held = await hold(3);
  const queued = Array.from({ length: 5 }, () => ask(site.socket, variables('/news/events/events-2/')));
  await sleep(100);
  site.child.kill('SIGTERM');
  await until('the word', () => /event=stopping/.test(site.log()));
  assert.ok(!fs.existsSync(site.socket), 'nobody new can come');
  held.forEach((c) => c.write(rest));
  const answers = await Promise.all([...held.map((c) => c.bytes.then(parse)), ...queued]);
  assert.deepEqual(answers.map((a) => [a.status, a.isWhole, a.body.endsWith('</html>\n')]), answers.map(() => [200, true, true]));
  assert.equal((await site.ended).code, 0);
  assert.match(site.log(), /event=stopped/);
});

test('SIGTERM: who does not end is killed after drain_ms; asked twice, at once', async () => {
  await make();
  const all = children(site.pid());
  await hold(3);
  const from = Date.now();
  assert.equal((await site.stop()).code, 0);
  const took = Date.now() - from;
  assert.ok(took >= 700 && took < 3000, `${took} ms`);
  assert.deepEqual(alive(all), []);
  assert.equal(count(/event=worker_killed .*drain_ms=800 request=-$/gm), 3);
  await site.end();
  await make({ args: ['--set', 'drain_ms=30000'] });
  await hold(3);
  site.child.kill('SIGTERM');
  await until('the word', () => /event=stopping/.test(site.log()));
  assert.equal((await site.stop()).code, 0);
});

test('SIGTERM under load: every answer is a whole page', async () => {
  await make();
  await site.startNginx();
  const running = [load(site, '/news/events/events-1/'), load(site, '/news/'), load(site, '/ru/')];
  await sleep(500);
  assert.equal((await site.stop()).code, 0);
  await sleep(200);
  for (const one of await Promise.all(running.map((r) => r.end()))) {
    assert.deepEqual(one.statuses.filter((s) => ![200, 502].includes(s)), []);
    assert.equal(one.torn, 0);
  }
});

test('SIGHUP takes new settings; broken settings and templates keep the old ones', async () => {
  await make();
  const good = fs.readFileSync(site.conf, 'utf8');
  const file = path.join(site.dir, 'templates/site/error.tpl');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const hup = async (conf, template, done) => {
    const before = site.log().length;
    const old = children(site.pid());
    fs.writeFileSync(site.conf, conf);
    fs.writeFileSync(file, `{{%AUTOESCAPE context="HTML"}}\n${template}\n`);
    site.child.kill('SIGHUP');
    await until(String(done), () => done.test(site.log().slice(before)));
    // New settings are in force with the first worker; the others follow one by one.
    if (/reload /.test(String(done))) await until('the end of the old', () => alive(old).length === 0);
    return (await ask(site.socket, variables('/nope/'))).body;
  };
  const named = good.replace('site_name = Office', 'site_name = Renamed');
  const own = await hup(named, '<h1>Own: {{HEADING}}</h1>', /event=reload /);
  assert.match(own, /<title>[^<]*Renamed/);
  assert.match(own, /Own: Page not found/);
  const cases = [
    [named.replace('workers = 3', 'workers = many'), '<h1>{{HEADING}}</h1>', /event=reload_failed .*byline\.conf:\d+: .*workers/],
    [named, '<p>{{HEADING:none}}</p>', /event=reload_failed .*error\.tpl:2/],
    [named, '<p>{{NO_SUCH}}</p>', /event=reload_failed .*error\.tpl:2: .*NO_SUCH/],
  ];
  for (const [conf, template, refused] of cases) assert.equal(await hup(conf, template, refused), own);
  assert.match(await hup(good.replace('workers = 3', 'workers = 2'), '<h1>Again: {{HEADING}}</h1>', /event=reload .*workers=2/), /Again: Page not found/);
  await until('fewer', () => children(site.pid()).length === 2 + 1 + 1 + 1);
});

test('a template that is wrong at the start is refused with file and line', async () => {
  await make();
  await site.stop();
  const file = path.join(site.dir, 'templates/site/card.tpl');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  for (const [text, words] of [['<p>{{TITLE}}</p>\n', /card\.tpl:1: /], ['{{%AUTOESCAPE context="HTML"}}\n\n<a href={{URL}}>x</a>\n', /card\.tpl:3: /]]) {
    fs.writeFileSync(file, text);
    const before = site.log().length;
    await site.serve();
    assert.equal((await site.ended).code, 1);
    assert.match(site.log().slice(before), words);
  }
  fs.renameSync(file, path.join(site.dir, 'templates/site/crad.tpl'));
  const r = site.try('serve');
  assert.equal(r.status, 1);
  assert.match(r.stderr, /crad\.tpl: no template has this name/);
  assert.ok(!fs.existsSync(site.socket));
});

test('no request fails while the program is reloaded and handed over', async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']], items: items(8) });
  const program = path.join(site.dir, 'byline');
  fs.copyFileSync(BYLINE, program);
  await site.serve({ program });
  await site.startNginx();
  const first = site.pid();
  const running = [load(site, '/news/events/events-1/'), load(site, '/news/')];
  const put = (text) => {
    fs.writeFileSync(`${program}.new`, text, { mode: 0o755 });
    fs.renameSync(`${program}.new`, program);
  };
  site.child.kill('SIGHUP');
  await until('the reload', () => /event=reload /.test(site.log()));
  // A new binary that is none, and one that ends at once: the old one goes on.
  for (const [i, broken] of ['no program at all', '#!/bin/sh\nexit 1\n'].entries()) {
    put(broken);
    process.kill(first, 'SIGUSR2');
    await until('the refusal', () => count(/event=handover_failed .*the new program ended before it served/g) === i + 1);
  }
  assert.equal(count(/event=program_not_started .*text="Exec format error"/g), 1);
  assert.equal(site.pid(), first);
  put(fs.readFileSync(BYLINE));
  const inode = fs.statSync(program).ino;
  process.kill(first, 'SIGUSR2');
  const second = await successor(first);
  assert.equal(fs.statSync(`/proc/${second}/exe`).ino, inode);
  const before = running.map((r) => r.seen.n);
  await until('requests to the successor', () => running.every((r, i) => r.seen.n > before[i] + 50), 30000);
  for (const one of await Promise.all(running.map((r) => r.end()))) {
    assert.equal(one.failed, 0);
  }
  assert.ok(fs.existsSync(site.socket) && fs.existsSync(site.pidFile), 'they are the successor\'s now');
  process.kill(second, 'SIGTERM');
  await until('its end', () => !isAlive(second));
  assert.ok(!fs.existsSync(site.socket) && !fs.existsSync(site.pidFile));
});

test('workers are replaced after their number of requests, without a failed one', async () => {
  await make({ settings: DEBUG, args: ['--set', 'max_requests_per_worker=100'] });
  const workers = named('byline-public');
  for (let i = 0; i < 50; i++) {
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(site.socket, variables('/news/events/events-3/'))));
    for (const a of answers) assert.deepEqual([a.status, a.isWhole], [200, true]);
  }
  await until('others', () => count(/event=worker_recycled /g) >= 2);
  assert.ok(alive(workers).length < 3);
  assert.equal(count(/event=worker_died/g), 0);
});

test('a worker that hangs is ended after request_timeout_s, and the others go on', async () => {
  await make({ args: ['--set', 'request_timeout_s=1'] });
  const [c] = await hold(1);
  assert.equal((await ask(site.socket, variables('/news/'))).status, 200);
  assert.equal((await c.bytes).length, 0);
  await until('the reason', () => /event=worker_timeout .*end=ALRM/.test(site.log()));
  await until('another', () => children(site.pid()).length === 3 + 1 + 1 + 1);
  const all = await hold(3);
  await Promise.all(all.map((one) => one.bytes));
  assert.equal((await ask(site.socket, variables('/news/'))).status, 200);
  await until('the reasons of all', () => count(/event=worker_timeout /g) === 4);
});

test('with the program gone, pages seen before are served, the withdrawn one as 410', async () => {
  await make();
  await site.startNginx();
  for (const target of ['/', '/news/', '/news/events/events-0/', '/news/events/events-1/']) await site.get(target);
  site.run('item', 'withdraw', 'en-events-1', '--reason', 'Mistake');
  await sleep(2100);
  for (const target of ['/', '/news/', '/news/events/events-0/', '/news/events/events-1/']) await site.get(target);
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
});

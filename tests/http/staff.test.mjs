// The newsroom's processes and doors, through the real nginx.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { Site, isAlive, items, until } from './lib/site.mjs';

let site;
before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']], items: items(3), settings: '' });
  await site.serve();
  await site.startNginx();
});
after(async () => {
  await site.end();
  if (!site.successor || !isAlive(site.successor)) return;
  process.kill(site.successor, 'SIGTERM');
  await until('its end', () => !isAlive(site.successor));
});

const children = (pid) =>
  fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
// What a process is called; '' once it has ended.
function nameOf(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}
const named = (name) => children(site.pid()).filter((pid) => nameOf(pid) === name);

// Asks a socket over FastCGI without a web server between: {status, text}.
function ask(socket, env, input = '') {
  const out = spawnSync('cgi-fcgi', ['-bind', '-connect', socket], {
    env: { PATH: process.env.PATH, SERVER_PROTOCOL: 'HTTP/1.1', REQUEST_METHOD: 'GET', ...env }, input,
  });
  const text = out.stdout.toString('utf8');
  return { status: Number(/^Status: (\d+)/m.exec(text)?.[1]), text };
}

test('staff workers are processes of their own on a socket of their own', () => {
  assert.equal(named('byline-staff').length, 1);
  assert.equal(fs.statSync(`${site.socket}-staff`).mode & 0o777, 0o660);
});

test('a killed staff worker is replaced', async () => {
  const [victim] = named('byline-staff');
  process.kill(victim, 'SIGKILL');
  await until('another one', () => named('byline-staff').some((pid) => pid !== victim));
  assert.match(site.log(), new RegExp(`event=worker_died .*process=staff pid=${victim}`));
});

test('a hand-over and a reload replace staff workers too', async () => {
  const [first] = named('byline-staff');
  site.child.kill('SIGHUP');
  const second = await until('a fresh one', () => {
    const now = named('byline-staff');
    return now.length === 1 && now[0] !== first && now[0];
  });
  assert.ok(!isAlive(first));
  const old = site.pid();
  process.kill(old, 'SIGUSR2');
  await until('the successor', () => fs.existsSync(site.pidFile) && site.pid() !== old && !isAlive(old), 10000);
  assert.ok(!isAlive(second));
  assert.equal(named('byline-staff').length, 1);
  site.successor = site.pid();
});

test('each door says 404 to what is the other’s', () => {
  assert.equal(ask(site.socket, { REQUEST_URI: '/admin/' }).status, 404);
  assert.equal(ask(site.socket, { REQUEST_URI: '/admin/sign-in/' }).status, 404);
  assert.equal(ask(`${site.socket}-staff`, { REQUEST_URI: '/' }).status, 404);
  assert.equal(ask(`${site.socket}-staff`, { REQUEST_URI: '/news/events/events-1/' }).status, 404);
  assert.equal(ask(site.socket, { REQUEST_URI: '/' }).status, 200);
});

// `make run`, from its script on: a port in use, a run, another one at the same time, the end.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { BYLINE, SHARE, freePort, isAlive, until } from './lib/site.mjs';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'blr-'));
after(() => fs.rmSync(dir, { recursive: true }));

function start(port, where = dir) {
  const child = spawn('src/make/run.sh', [BYLINE, SHARE], { env: { ...process.env, PORT: port, DIR: where }, stdio: ['ignore', 'pipe', 'pipe'] });
  const run = { child, text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => { run.text += part; });
  run.ended = new Promise((done) => child.once('close', (code) => done(code)));
  return run;
}

const get = (port, target) => new Promise((done, fail) => http.get({ host: '127.0.0.1', port, path: target, agent: false }, (a) => { a.resume(); a.on('end', () => done(a.statusCode)); }).on('error', fail));

test('a port in use is refused before anything is made', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address();
  const where = path.join(dir, 'none');
  const run = start(port, where);
  assert.equal(await run.ended, 1);
  assert.match(run.text, new RegExp(`port ${port} is in use: make run PORT=${port + 1}`));
  assert.ok(!fs.existsSync(where));
  server.close();
});

test('a site comes up, a second one on its data is refused, Ctrl-C ends it cleanly', async () => {
  const port = await freePort();
  const run = start(port);
  await until('the site', () => run.text.includes(`The site is up:   http://127.0.0.1:${port}/`), 30000);
  await until('the login', () => run.text.includes(`To sign in at http://localhost:${port}/admin/`));
  assert.match(run.text, /shown this once\):\n +editor \S+\n +administrator \S+\n/);
  assert.ok(run.text.includes(`The newsroom:     http://localhost:${port}/admin/`));
  for (const target of ['/', '/ru/', '/news/']) assert.equal(await get(port, target), 200, target);
  // The demo's photos are made from the start on.
  const photo = await until('a photo', async () => / src="(\/media\/[^"]+)"/.exec(await (await fetch(`http://127.0.0.1:${port}/`)).text())?.[1], 60000);
  assert.equal(await get(port, photo), 200, photo);
  const pid = Number(fs.readFileSync(path.join(dir, 'byline.pid'), 'utf8'));
  const second = start(await freePort());
  assert.equal(await second.ended, 1);
  assert.match(second.text, /in use by another process/);
  assert.doesNotMatch(second.text, /The site is up/);
  assert.equal(await get(port, '/news/?again'), 200, 'the first one goes on');
  run.child.kill('SIGINT');
  assert.equal(await run.ended, 0);
  assert.match(run.text, /event=stopped[^]*ended/);
  assert.ok(!isAlive(pid));
  assert.ok(fs.existsSync(path.join(dir, 'data/news.db')));
});

test('a second run keeps the data', async () => {
  const port = await freePort();
  const run = start(port);
  await until('the site', () => run.text.includes('The site is up'), 30000);
  assert.doesNotMatch(run.text, /filling/);
  assert.equal(await get(port, '/'), 200);
  run.child.kill('SIGTERM');
  assert.equal(await run.ended, 0);
});

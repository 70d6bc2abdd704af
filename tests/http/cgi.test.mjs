// The same program as a plain CGI, through fcgiwrap behind nginx.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { BYLINE, Site, items, until } from './lib/site.mjs';

const FCGIWRAP = ['/usr/sbin/fcgiwrap', '/usr/bin/fcgiwrap'].find((p) => fs.existsSync(p));
let site;
let wrap;
let wrapLog = '';

before(async () => {
  site = await Site.make({
    sections: [['events', 'Events', 'События']],
    items: [...items(8), { id: 'gone', lang: 'en', section: 'events', slug: 'gone', title: 'Gone', body: 'x', published_at: '2020-05-05', withdrawn: { at: '2020-06-01T00:00:00Z', reason: 'Mistake' } }],
  });
  // The site file, with the one script of a CGI host instead of the program's socket.
  const socket = path.join(site.dir, 'wrap');
  wrap = spawn(FCGIWRAP, ['-c', '1', '-s', `unix:${socket}`], { stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: process.env.PATH, BYLINE_CONFIG: site.conf } });
  wrap.stderr.on('data', (part) => { wrapLog += part; });
  await until('fcgiwrap', () => fs.existsSync(socket));
  await site.startNginx({ change: (text) => text
    .replaceAll(`unix:${site.socket}`, `unix:${socket}`)
    .replaceAll('fastcgi_param GATEWAY_INTERFACE CGI/1.1;', `fastcgi_param GATEWAY_INTERFACE CGI/1.1;\nfastcgi_param SCRIPT_FILENAME ${BYLINE};`) });
});
after(async () => {
  const gone = new Promise((done) => wrap.once('exit', done));
  wrap.kill('SIGTERM');
  await gone;
  await site.end();
});

test('pages, photos and errors have their status', async () => {
  const cases = { '/': 200, '/ru/news/': 200, '/news/events/events-1/': 200, '/news/events/gone/': 410, '/nope/': 404, '/news': 301, '/news/?before=x': 400, '/media/ab/none.jpg': 404, '/healthz': 200 };
  for (const [target, status] of Object.entries(cases)) assert.equal((await site.get(target)).status, status, target);
  const page = await site.get('/news/events/events-1/');
  assert.match(page.body, /<h1>Title en events 1<\/h1>/);
  assert.match(page.headers['content-security-policy'], /default-src 'none'/);
  assert.equal((await site.get('/news')).headers.location, 'http://news.example/news/');
  assert.match((await site.get('/nope/')).body, /Page not found/);
  assert.equal((await site.get('/news/', { method: 'POST', body: 'a=b' })).status, 405);
});

test('HEAD has the header of GET and no body', async () => {
  const get = await site.get('/news/events/events-2/');
  const head = await site.get('/news/events/events-2/', { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.equal(head.bytes.length, 0);
  assert.equal(head.headers.etag, get.headers.etag);
});

test('what is on disk alone cannot be read without -wal and -shm: 503, and the log says why', async () => {
  const parts = ['-wal', '-shm'].map((end) => path.join(site.dir, `data/news.db${end}`));
  for (const part of parts) {
    fs.renameSync(part, `${part}.kept`);
    const a = await site.get(`/news/?without=${path.basename(part)}`);
    assert.equal(a.status, 503);
    assert.equal(a.headers['retry-after'], '5');
    assert.match(a.body, /briefly unavailable/);
    await until('the reason', () => new RegExp(`event=database_unavailable.*${path.basename(part)} is missing: readers need it`).test(wrapLog));
    fs.renameSync(`${part}.kept`, part);
    assert.equal((await site.get(`/news/?with=${path.basename(part)}`)).status, 200);
  }
  fs.rmSync(parts[1]); // a command of ours makes it anew
  assert.equal(site.try('check').status, 0);
  assert.equal((await site.get('/news/?again=1')).status, 200);
});

test('a template that is wrong is 500 with the line in the log', async () => {
  const file = path.join(site.dir, 'templates/site/error.tpl');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, '<p>{{HEADING}}</p>\n');
  const a = await site.get('/news/?template=1');
  assert.equal(a.status, 500);
  await until('the reason', () => /event=cgi_failed.*error\.tpl:1/.test(wrapLog));
  fs.rmSync(file);
});

test('the environment alone is enough', () => {
  const a = site.cgi('/news/events/events-1/');
  assert.equal(a.status, 200);
  assert.match(a.body, /Title en events 1/);
  assert.equal(site.cgi('/news/', { REQUEST_METHOD: 'POST' }).status, 405);
  assert.equal(site.cgi('/news/', { SERVER_PROTOCOL: '' }).status, 500);
  const none = site.cgi('/news/', { BYLINE_DATABASE: `${site.dir}/none.db` });
  assert.equal(none.status, 503);
  assert.match(none.stderr, /event=database_unavailable.*none\.db: No such file/);
});

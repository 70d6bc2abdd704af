// A whole site for a test: database, nginx and Byline in a folder of its own, on free
// ports, ended by the processes' own numbers.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { sqlite } from './sqlite.mjs';

export const BYLINE = process.env.BYLINE ?? path.resolve('build/release/byline');
export const SHARE = process.env.SHARE ?? path.resolve('build/release/share');
export const NGINX = ['/usr/sbin/nginx', '/usr/bin/nginx'].find((p) => fs.existsSync(p));

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// Calls fn until it gives something true, or fails after a time.
export async function until(what, fn, ms = 5000) {
  const end = Date.now() + ms;
  for (;;) {
    const value = await fn();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain for ${what}`);
    await sleep(20);
  }
}

export function freePort() {
  return new Promise((done) => {
    const server = net.createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

export const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

// The processes below a process, in the order of their start.
export const children = (pid) =>
  fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

// Requests one after another until end(), which tells how many there were, which failed
// (no 200) or were torn (no whole page). A query of its own for each keeps nginx's cache
// out of it.
export function load(site, target) {
  const seen = { n: 0, failed: 0, torn: 0, statuses: [] };
  let isOver = false;
  const done = (async () => {
    while (!isOver) {
      const a = await site.get(`${target}?n=${seen.n++}`).catch(() => ({ status: 0, body: '' }));
      seen.statuses.push(a.status);
      if (a.status !== 200) seen.failed++;
      if (!a.body.endsWith('</html>\n')) seen.torn++;
    }
    return seen;
  })();
  return { seen, end: () => { isOver = true; return done; } };
}

// An HTTP answer's bytes, taken apart.
function answerOf(all) {
  const cut = all.indexOf('\r\n\r\n');
  const [first, ...lines] = all.subarray(0, Math.max(cut, 0)).toString('latin1').split('\r\n');
  const headers = Object.fromEntries(lines.map((l) => [l.slice(0, l.indexOf(':')).toLowerCase(), l.slice(l.indexOf(':') + 2)]));
  const bytes = all.subarray(cut + 4);
  return { status: Number(first.split(' ')[1] ?? 0), headers, bytes, body: bytes.toString('utf8') };
}

export class Site {
  // options.settings: lines added to the settings file; options.items: objects to import.
  static async make(options = {}) {
    const site = new Site();
    site.dir = fs.mkdtempSync(path.join(os.tmpdir(), 'bl-'));
    site.port = await freePort();
    site.origin = `http://127.0.0.1:${site.port}`;
    site.conf = path.join(site.dir, 'byline.conf');
    site.socket = path.join(site.dir, 's');
    fs.writeFileSync(site.conf, site.settings(options.settings ?? ''));
    site.run('init', ...(options.demo ? ['--demo'] : []));
    for (const [slug, en, ru, parent] of options.sections ?? [])
      site.run('section', 'add', slug, '--name', `en=${en}`, '--name', `ru=${ru}`,
        ...(parent ? ['--parent', parent] : []));
    if (options.items) site.import(options.items);
    return site;
  }

  settings(more) {
    const dir = this.dir;
    return `[site]
site_url = http://news.example
site_name = Office
site_name.ru = Бюро
time_zone = Europe/Moscow
items_per_page = 5
[paths]
database = ${dir}/data/news.db
accounts = ${dir}/data/accounts.db
media_dir = ${dir}/media
originals_dir = ${dir}/originals
templates_dir = ${dir}/templates
share_dir = ${SHARE}
public_socket = ${this.socket}
staff_socket = ${this.socket}-staff
[serve]
workers = 3
staff_workers = 1
[nginx]
nginx_listen = 127.0.0.1:${this.port}
cache_dir = ${dir}/cache
${more}`;
  }

  run(...args) {
    return execFileSync(BYLINE, [...args, '--config', this.conf], { encoding: 'utf8', stdio: 'pipe' });
  }

  // Somebody for the newsroom.
  addPerson(login, role, password, ...more) {
    execFileSync(BYLINE, ['user', 'add', login, '--role', role, ...more, '--config', this.conf], { input: `${password}\n`, stdio: 'pipe' });
  }

  // The same without an exception: {status, stdout, stderr}.
  try(...args) {
    return spawnSync(BYLINE, [...args, '--config', this.conf], { encoding: 'utf8' });
  }

  import(items, ...flags) {
    const file = path.join(this.dir, 'in.jsonl');
    fs.writeFileSync(file, items.map((i) => (typeof i === 'string' ? i : JSON.stringify(i))).join('\n') + '\n');
    return this.try('import', file, ...flags);
  }

  // Until the files of all photos are made and given out.
  photosMade() {
    return until('the photos', () => sqlite(`${this.dir}/data/news.db`, 'SELECT COUNT(*) FROM job') === '0\n', 180000);
  }

  // options.through: a command that becomes the program in the end; options.program: a
  // copy of it. The log goes on across several starts.
  async serve({ args = [], env = {}, through = [], program = BYLINE } = {}) {
    this.logFile = path.join(this.dir, 'log');
    this.pidFile = path.join(this.dir, 'pid');
    const before = this.log().length;
    const out = fs.openSync(this.logFile, 'a');
    const [command, ...rest] = [...through, program, 'serve', '--config', this.conf, '--pid-file', this.pidFile, ...args];
    this.child = spawn(command, rest, { stdio: ['ignore', out, out], env: { ...process.env, ...env } });
    fs.closeSync(out);
    this.ended = new Promise((done) => this.child.once('exit', (code, signal) => done({ code, signal })));
    await until('ready', () => /event=ready/.test(this.log().slice(before)) || this.child.exitCode !== null, 10000);
    return this;
  }

  // Ends the program as an operator would; answers how it ended.
  async stop() {
    this.child.kill('SIGTERM');
    return this.ended;
  }

  // change: what to make of the configuration's text; through: as for serve.
  async startNginx({ change = (text) => text, through = [] } = {}) {
    const dir = path.join(this.dir, 'nginx');
    fs.mkdirSync(dir, { recursive: true });
    fs.writeFileSync(path.join(dir, 'nginx.conf'), change(this.run('nginx-conf', '--dir', dir)));
    this.run('nginx-conf', '--error-pages', path.join(dir, 'errors'));
    const [command, ...args] = [...through, NGINX, '-c', path.join(dir, 'nginx.conf'), '-g', 'daemon off;'];
    this.nginx = spawn(command, args, { stdio: 'ignore' });
    await until('nginx', () => this.get('/healthz').then(() => true, () => false));
    return this;
  }

  log() {
    return fs.existsSync(this.logFile) ? fs.readFileSync(this.logFile, 'utf8') : '';
  }

  pid() {
    return Number(fs.readFileSync(this.pidFile, 'utf8'));
  }

  // One request; path goes out as it is written. Answers {status, headers, body}.
  get(target, { method = 'GET', headers = {}, body } = {}) {
    return new Promise((done, fail) => {
      const request = http.request({ host: '127.0.0.1', port: this.port, path: target, method, headers, agent: false }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(parts), body: Buffer.concat(parts).toString('utf8') }));
      });
      request.on('error', fail);
      request.setTimeout(15000, () => request.destroy(new Error('no answer')));
      request.end(body);
    });
  }

  // Bytes as they are, to nginx: the first answer on the connection, as get gives it;
  // without any, status 0.
  raw(bytes, ms = 3000) {
    return new Promise((done) => {
      let all = Buffer.alloc(0);
      const c = net.connect(this.port, '127.0.0.1', () => c.write(bytes));
      c.on('data', (part) => {
        all = Buffer.concat([all, part]);
        const a = answerOf(all);
        if (a.bytes.length >= Number(a.headers['content-length'] ?? Infinity)) c.destroy();
      });
      c.on('error', () => {});
      c.setTimeout(ms, () => c.destroy());
      c.on('close', () => done(answerOf(all)));
    });
  }

  // The program asked as a plain CGI: {status, headers, body}.
  cgi(target, env = {}) {
    const out = spawnSync(BYLINE, [], {
      env: { PATH: process.env.PATH, GATEWAY_INTERFACE: 'CGI/1.1', SERVER_PROTOCOL: 'HTTP/1.1', REQUEST_METHOD: 'GET', REQUEST_URI: target, BYLINE_CONFIG: this.conf, ...env },
      input: '',
    });
    const [head, ...rest] = out.stdout.toString('utf8').split('\r\n\r\n');
    const headers = Object.fromEntries(head.split('\r\n').map((l) => [l.slice(0, l.indexOf(':')).toLowerCase(), l.slice(l.indexOf(':') + 2)]));
    return { status: Number.parseInt(headers.status, 10), headers, body: rest.join('\r\n\r\n'), stderr: out.stderr.toString('utf8') };
  }

  async end() {
    if (this.nginx && this.nginx.exitCode === null) {
      const gone = new Promise((done) => this.nginx.once('exit', done));
      this.nginx.kill('SIGQUIT');
      await Promise.race([gone, sleep(2000)]);
      if (this.nginx.exitCode === null) this.nginx.kill('SIGTERM');
    }
    if (this.child && this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGCONT');
      this.child.kill('SIGTERM');
      await Promise.race([this.ended, sleep(5000)]);
    }
    const heir = this.pidFile && fs.existsSync(this.pidFile) ? this.pid() : 0;
    if (heir && isAlive(heir)) {
      process.kill(heir, 'SIGTERM');
      await until('the end of the successor', () => !isAlive(heir));
    }
    fs.rmSync(this.dir, { recursive: true, force: true });
  }
}

// n items of a section, one a day back from a date, in the exchange format.
export function items(n, section = 'events', lang = 'en', from = '2026-03-31') {
  const start = Date.parse(from);
  return Array.from({ length: n }, (_, i) => ({
    id: `${lang}-${section}-${i}`,
    lang,
    section,
    slug: `${section}-${i}`,
    title: `Title ${lang} ${section} ${i}`,
    lead: `Lead ${lang} ${section} ${i}`,
    body: `Body of ${i}.\n\nSecond paragraph.`,
    published_at: new Date(start - i * 86400000).toISOString().slice(0, 10),
  }));
}

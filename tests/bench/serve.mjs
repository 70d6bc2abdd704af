#!/usr/bin/env node
// serve.mjs [ITEMS...] - how fast pages are served, as ratios within one run.
//
// The same bytes go out four ways through nginx with the same settings: as a static file,
// out of nginx's page cache in front of Byline, by a bare libfcgi program that knows the
// bytes by heart (bare.c), and by Byline with the page cache off. The first two are sent
// compressed, as a browser gets them; the other two plain, so that what is compared is
// making the page. A line a page and number of items; the ways take turns, and the median
// of the rounds counts. SECONDS a measurement (2), ROUNDS (3), CONNECTIONS (16).
import { execFile, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { Site, freePort, until } from '../http/lib/site.mjs';

const run = promisify(execFile);
const env = (name, value) => Number(process.env[name] ?? value);
const seconds = env('SECONDS_EACH', 2), rounds = env('ROUNDS', 3), connections = env('CONNECTIONS', 16);
const sizes = process.argv.slice(2).map(Number);
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const bareProgram = process.env.BARE ?? path.resolve('build/release/bench/bare');
process.env.BYLINE_ITEMS_PER_PAGE = '20';

function tell(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

// One nginx with the site's own configuration, changed in one respect.
class Front {
  static async start(site, name, change) {
    const front = new Front();
    front.port = await freePort();
    front.dir = path.join(site.dir, `nginx-${name}`);
    fs.mkdirSync(front.dir);
    const text = execFileSync(process.env.BYLINE ?? 'build/release/byline',
      ['nginx-conf', '--dir', front.dir, '--config', site.conf, '--set', `nginx_listen=127.0.0.1:${front.port}`, '--set', `cache_dir=${front.dir}/cache`], { encoding: 'utf8' });
    const changed = change(text);
    if (changed === text && name !== 'cached') throw new Error(`${name}: nothing to change in nginx's configuration`);
    fs.writeFileSync(`${front.dir}/nginx.conf`, changed);
    front.process = spawn('/usr/sbin/nginx', ['-c', `${front.dir}/nginx.conf`, '-g', 'daemon off;'], { stdio: 'ignore' });
    await until(name, () => fs.existsSync(`${front.dir}/nginx.pid`));
    return front;
  }

  url(target) {
    return `http://127.0.0.1:${this.port}${target}`;
  }

  async load(target, accept) {
    const { stdout } = await run('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '-H', `Accept-Encoding: ${accept}`, this.url(target)]);
    const bad = /Non-2xx.*: (\d+)|Socket errors: .*/.exec(stdout);
    if (bad) throw new Error(`${target}: ${bad[0]}`);
    const ms = (mark) => {
      const [, n, unit] = new RegExp(`${mark}%\\s+([\\d.]+)(us|ms|s)`).exec(stdout);
      return n * { us: 0.001, ms: 1, s: 1000 }[unit];
    };
    return { rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]), p50: ms(50), p99: ms(99) };
  }
}

const uncached = (text) => text.replaceAll('fastcgi_cache byline;', 'fastcgi_cache off;').replaceAll('HTTP_ACCEPT_ENCODING gzip', 'HTTP_ACCEPT_ENCODING ""');

// The pages at "/" come from a folder instead.
const fromFolder = (dir) => (text) => text.replace(/location \/ \{[^]*?\n {4}\}/, `location / { root ${dir}; gzip_static on; gzip_vary on; default_type text/html; }`);

async function plain(front, target) {
  const answer = await fetch(front.url(target), { headers: { 'Accept-Encoding': 'identity' } });
  if (answer.status !== 200) throw new Error(`${target}: ${answer.status}`);
  return { headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) };
}

// The head as a CGI writes it, with what Byline says about a page.
function cgiBytes({ headers, body }) {
  const kept = ['content-type', 'content-language', 'etag', 'last-modified'];
  const lines = kept.map((name) => `${name}: ${headers.get(name)}`);
  return Buffer.concat([Buffer.from(`Status: 200 OK\r\nCache-Control: stale-while-revalidate=1\r\nX-Accel-Expires: @1\r\n${lines.join('\r\n')}\r\nContent-Length: ${body.length}\r\n\r\n`), body]);
}

async function measure(site, fronts, target) {
  const page = await plain(fronts.uncached, target);
  const file = path.join(site.dir, 'static', target, 'index.html');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, page.body);
  fs.writeFileSync(`${file}.gz`, zlib.gzipSync(page.body, { level: 6 }));
  const bytes = path.join(site.dir, 'bytes');
  fs.writeFileSync(bytes, cgiBytes(page));
  const bare = spawn(bareProgram, [`${site.dir}/bare`, String(site.workers), bytes], { stdio: 'inherit', detached: true });
  await until('bare', () => fs.existsSync(`${site.dir}/bare`));
  const seen = { static: [], cached: [], bare: [], uncached: [] };
  for (const way of Object.keys(seen)) await plain(fronts[way], target);
  for (let i = 0; i < rounds; i++)
    for (const way of Object.keys(seen)) {
      tell(`${target} ${way} ${i + 1}/${rounds}`);
      seen[way].push(await fronts[way].load(target, way === 'static' || way === 'cached' ? 'gzip' : 'identity'));
    }
  process.kill(-bare.pid, 'SIGKILL');
  fs.rmSync(`${site.dir}/bare`);
  tell('');
  return Object.fromEntries(Object.entries(seen).map(([way, list]) => [way, { rate: median(list.map((l) => l.rate)), p50: median(list.map((l) => l.p50)), p99: median(list.map((l) => l.p99)) }]));
}

const figures = (f) => `${f.rate.toFixed(0).padStart(6)}/s ${f.p50.toFixed(2)} ms ${f.p99.toFixed(2)} ms`;

function print(n, name, size, m) {
  console.log(`${String(n).padStart(8)} items  ${name.padEnd(8)} ${size}`);
  console.log(`    static ${figures(m.static)}   cached   ${figures(m.cached)}   ratio ${(m.cached.rate / m.static.rate).toFixed(2)}`);
  console.log(`    bare   ${figures(m.bare)}   uncached ${figures(m.uncached)}   ratio ${(m.uncached.rate / m.bare.rate).toFixed(2)}`);
}

// Memory of every process of the site: private and its share of what is shared (PSS).
function memory(pids) {
  const kb = (pid) => Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]);
  const all = pids.map(kb);
  return { n: pids.length, total: all.reduce((a, b) => a + b, 0), most: Math.max(...all) };
}

function children(pid) {
  return fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
}

async function weigh(front, target) {
  const answer = await fetch(front.url(target), { headers: { 'Accept-Encoding': 'identity' } });
  const body = Buffer.from(await answer.arrayBuffer());
  return `${body.length} bytes, ${zlib.gzipSync(body, { level: 6 }).length} compressed`;
}

async function bench(n) {
  const site = await Site.make({ settings: '' });
  const file = path.join(site.dir, 'items.jsonl');
  tell(`importing ${n} items`);
  execFileSync('sh', ['-c', `node tests/bench/make-items.mjs ${n} > ${file}`]);
  site.run('import', '--create-sections', file);
  fs.rmSync(file);
  site.workers = 8;
  process.env.BYLINE_WORKERS = '8';
  await site.serve();
  const fronts = {
    static: await Front.start(site, 'static', fromFolder(`${site.dir}/static`)),
    cached: await Front.start(site, 'cached', (text) => text),
    bare: await Front.start(site, 'bare', (text) => uncached(text).replaceAll(`unix:${site.socket} `, `unix:${site.dir}/bare `)),
    uncached: await Front.start(site, 'uncached', uncached),
  };
  try {
    const section = (await plain(fronts.uncached, '/news/events/')).body.toString();
    const article = /<h2><a href="([^"]+)"/.exec(section)[1];
    for (const [name, target] of [['home', '/'], ['section', '/news/events/'], ['article', article]])
      print(n, name, await weigh(fronts.uncached, target), await measure(site, fronts, target));
    const month = (await plain(fronts.uncached, '/news/2000/01/')).body.toString();
    const cursor = /class="older" href="[^"]*before=([^"]+)"/.exec(month)?.[1];
    if (cursor) {
      const first = [], oldest = [];
      for (let i = 0; i < rounds; i++) {
        first.push((await fronts.uncached.load('/news/', 'identity')).rate);
        oldest.push((await fronts.uncached.load(`/news/?before=${cursor}`, 'identity')).rate);
      }
      console.log(`    first page of all news ${median(first).toFixed(0)}/s, a page of January 2000 ${median(oldest).toFixed(0)}/s, ratio ${(median(oldest) / median(first)).toFixed(2)}`);
    }
    const m = memory([site.child.pid, ...children(site.child.pid)]);
    console.log(`    memory (PSS) of ${m.n} processes ${(m.total / 1024).toFixed(1)} MiB, the largest ${(m.most / 1024).toFixed(1)} MiB`);
  } finally {
    for (const front of Object.values(fronts)) front.process.kill('SIGTERM');
    await site.end();
  }
}

for (const n of sizes.length > 0 ? sizes : [1000, 100000]) await bench(n);

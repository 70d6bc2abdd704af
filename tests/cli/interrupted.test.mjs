// Imports that are killed, run out of disk, or share the database with others.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { smallDisk } from '../http/lib/disk.mjs';
import { BYLINE, Site, items, sleep } from '../http/lib/site.mjs';
import { sqlite } from '../http/lib/sqlite.mjs';

const SECTIONS = [['events', 'Events', 'События']];
const count = (r) => r.stderr.match(/(\d+) added, (\d+) changed, (\d+) unchanged, (\d+) refused/)?.slice(1).map(Number);

// n items, some with a photo, as a file in a folder of its own.
function input(dir, n) {
  const from = path.join(dir, 'input');
  fs.mkdirSync(from);
  const photos = ['delta', 'archive', 'flags', 'karra-dam'];
  for (const p of photos) fs.copyFileSync(`static/demo/photos/${p}.jpg`, path.join(from, `${p}.jpg`));
  const all = items(n).map((item, i) => (i % 40 ? item : { ...item, photos: [{ file: `${photos[(i / 40) % 4]}.jpg`, alt: 'A', credit: `C${i}` }] }));
  fs.writeFileSync(path.join(from, 'in.jsonl'), all.map((i) => JSON.stringify(i)).join('\n'));
  return path.join(from, 'in.jsonl');
}

const make = (settings = '') => Site.make({ sections: SECTIONS, settings });
const stored = (site) => site.run('export').split('\n').length - 1;

// The site's data is whole, and each item was saved once.
function isWhole(site) {
  const r = site.try('check');
  assert.equal(r.status, 0, r.stdout);
}
const revisions = (site) => Number(sqlite(`${site.dir}/data/news.db`, 'SELECT COUNT(*) FROM revision'));

test('killed at any moment, an import is finished by running it again', async () => {
  const N = 1200;
  const whole = await make();
  const file = input(whole.dir, N);
  assert.deepEqual(count(whole.try('import', file)), [N, 0, 0, 0]);
  const site = await make('[import]\nimport_batch_items = 10\n');
  const seen = [];
  let code = null;
  for (let delay = 10; code === null; delay += 25) {
    const child = spawn(BYLINE, ['import', file, '--config', site.conf], { stdio: 'ignore' });
    const ended = new Promise((done) => child.once('exit', (status) => done(status)));
    const timer = setTimeout(() => child.kill('SIGKILL'), delay);
    code = await ended;
    clearTimeout(timer);
    isWhole(site);
    seen.push(stored(site));
    assert.equal(seen.at(-1) % 10, code === null ? 0 : N % 10, 'whole batches only');
  }
  assert.equal(code, 0);
  assert.ok(seen.some((n) => n > 0 && n < N), `never in the middle: ${seen}`);
  assert.deepEqual([...seen].sort((a, b) => a - b), seen, 'nothing is lost again');
  assert.equal(site.run('export'), whole.run('export'));
  assert.deepEqual(count(site.try('import', file)), [0, 0, N, 0]);
  assert.equal(revisions(site), N);
  await site.end();
  await whole.end();
});

// A command with a limit on the size of any file it writes, in KiB.
const split = ([command, ...args]) => [command, args];
const limited = (site, kib, args, options = {}) => spawnSync('bash', ['-c', `ulimit -f ${kib}; exec "$@"`, '-', BYLINE, ...args, '--config', site.conf], { encoding: 'utf8', ...options });

test('when the disk is full the import stops, rolls back and can go on later', async () => {
  const N = 3000;
  const site = await make('[import]\nimport_batch_items = 100\n');
  const file = input(site.dir, N);
  const r = limited(site, 2000, ['import', file]);
  assert.equal(r.status, 1);
  assert.match(r.stderr, /stopped after \d+ items; run it again to finish\nbyline: .*news\.db: .*(File too large|disk is full)/);
  const n = stored(site);
  assert.equal(n % 100, 0);
  assert.ok(n > 0 && n < N, String(n));
  assert.equal(Number(r.stderr.match(/stopped after (\d+)/)[1]), n);
  isWhole(site);
  assert.equal(site.cgi('/news/events/').status, 200);
  assert.deepEqual(count(site.try('import', file)), [N - n, 0, n, 0]);
  assert.equal(revisions(site), N);
  isWhole(site);
  await site.end();
});

test('a photo or a standard input that does not fit is an error, and leaves nothing', async () => {
  const site = await make();
  const jpeg = fs.readFileSync('static/demo/photos/delta.jpg');
  fs.writeFileSync(path.join(site.dir, 'big.jpg'), Buffer.concat([jpeg, Buffer.alloc(3 << 20)]));
  const file = path.join(site.dir, 'in.jsonl');
  fs.writeFileSync(file, JSON.stringify({ ...items(1)[0], photos: [{ file: 'big.jpg', alt: 'A', credit: 'C' }] }));
  const disk = smallDisk(path.join(site.dir, 'originals'), 1000);
  const r = spawnSync(...split(disk.limited([BYLINE, 'import', file, '--config', site.conf])), { encoding: 'utf8' });
  assert.equal(r.status, 1);
  assert.match(r.stderr, /stopped after 0 items[^]*byline: .*\.jpg: .*(File too large|disk is full|No space)/);
  assert.equal(execFileSync('find', [`${site.dir}/originals`, '-type', 'f', '-size', '+0'], { encoding: 'utf8' }), '');
  disk.end();
  assert.equal(stored(site), 0);
  const copied = limited(site, 100, ['import', '-'], { input: items(2000).map((i) => JSON.stringify(i)).join('\n') });
  assert.equal(copied.status, 1);
  assert.match(copied.stderr, /the file of checked items beside the database: File too large/);
  assert.equal(limited(site, 2000, ['export', '--media', path.join(site.dir, 'out')]).status, 0);
  assert.deepEqual(count(site.try('import', file)), [1, 0, 0, 0]);
  const out = limited(site, 2000, ['export', '--media', path.join(site.dir, 'out')]);
  assert.equal(out.status, 1);
  assert.match(out.stderr, /\.jpg: .*File too large/);
  isWhole(site);
  await site.end();
});

test('site and staff go on while an import runs', async () => {
  const N = 20000;
  const site = await make();
  site.import([{ ...items(1)[0], id: 'staff', slug: 'staff', state: 'draft' }]);
  await site.serve();
  await site.startNginx();
  const file = input(site.dir, N);
  const child = spawn(BYLINE, ['import', file, '--config', site.conf], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (d) => (said += d));
  const ended = new Promise((done) => child.once('exit', done));
  let writes = 0, reads = 0;
  while (child.exitCode === null) {
    const r = await new Promise((done) => {
      const p = spawn(BYLINE, ['item', 'publish', 'staff', '--at', '2020-01-01', '--config', site.conf], { stdio: ['ignore', 'ignore', 'inherit'] });
      p.once('exit', done);
    });
    assert.equal(r, 0);
    if (child.exitCode === null) writes++;
    for (const target of ['/news/events/', '/news/events/staff/', '/']) {
      assert.equal((await site.get(target)).status, 200, target);
      reads++;
    }
    await sleep(20);
  }
  assert.equal(await ended, 0, said);
  assert.match(said, new RegExp(`${N} added`));
  assert.ok(writes >= 3, `others wrote ${writes} times, read ${reads} times`);
  const page = await site.get('/news/events/');
  assert.match(page.body, /Title en events 0/);
  assert.equal((await site.get('/news/events/events-19999/')).status, 200);
  assert.doesNotMatch(site.log(), /level=error/);
  await site.end();
});

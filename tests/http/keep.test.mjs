// What is kept of photos whatever happens: processes killed while files are made, disks
// without room, folders that nobody may write to, files that are missing or changed; and
// what nobody needs is swept away, and nothing else.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { smallDisk } from './lib/disk.mjs';
import { BYLINE, Site, children, isAlive, sleep, until } from './lib/site.mjs';
import { sqlite } from './lib/sqlite.mjs';
import { demo, photo, tiny } from './lib/uploads.mjs';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const db = (site) => `${site.dir}/data/news.db`;
const sql = (site, text) => JSON.parse(sqlite(db(site), text, '-json') || '[]');
const under = (folder) => (fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true, withFileTypes: true }) : []).filter((f) => f.isFile()).map((f) => path.join(f.parentPath ?? f.path, f.name));
// The files of sets where they are given out, with their sizes.
function given(site) {
  const all = new Map();
  for (const file of under(`${site.dir}/media`).filter((f) => /\/[0-9a-f]{2}\/[0-9a-f]{32}\/[^/]+$/.test(f)))
    try {
      all.set(file, fs.statSync(file).size);
    } catch { /* it went meanwhile */ }
  return all;
}
const hours = (n) => Date.now() / 1000 - n * 3600;

async function make(t, files) {
  const site = await Site.make({ sections: [['events', 'Events', 'События']] });
  t.after(() => {
    site.disk?.end();
    return site.end();
  });
  site.addPerson('anna', 'administrator', 'correct horse battery staple');
  const from = path.join(site.dir, 'from');
  fs.mkdirSync(from);
  for (const [name, bytes] of files) fs.writeFileSync(path.join(from, name), bytes);
  const r = site.try('photo', 'add', ...files.map(([name]) => path.join(from, name)));
  assert.equal(r.status, 0, r.stderr);
  return site;
}
const some = (n) => Array.from({ length: n }, (_, i) => [`${i}.jpg`, i % 10 ? tiny(`photo ${i}`) : photo(`photo ${i}`)]);
const isWhole = (site) => {
  const check = site.try('check');
  assert.equal(check.status, 0, check.stdout);
};

test('kill -9 while files are made: all come by themselves, none is ever given out in part', async (t) => {
  const PHOTOS = 30;
  const site = await make(t, some(PHOTOS));
  const seen = [];
  const victims = () => {
    const own = children(site.pid());
    const named = (name) => own.filter((pid) => isAlive(pid) && fs.readFileSync(`/proc/${pid}/comm`, 'utf8') === `${name}\n`);
    const photos = named('byline-photos');
    return [...named('byline-work'), ...photos, ...photos.flatMap(children)];
  };
  await site.serve();
  let kills = 0;
  for (let round = 0; round < 14; round++) {
    await sleep(60 + Math.random() * 250);
    if (round % 5 === 4) {
      process.kill(site.pid(), 'SIGKILL');
      await site.ended;
      seen.push(given(site));
      await site.serve();
      assert.equal(site.child.exitCode, null, site.log());
    } else
      try {
        const all = victims();
        process.kill(all[Math.floor(Math.random() * all.length)], 'SIGKILL');
      } catch { /* a helper that had gone */ }
    kills++;
    seen.push(given(site));
  }
  await site.photosMade();
  const made = given(site);
  for (const [i, once] of seen.entries())
    for (const [file, size] of once) assert.equal(size, made.get(file), `${file}, seen after kill ${i}`);
  assert.ok(seen.some((s) => s.size > 0 && s.size < made.size), 'some kills came in the middle');
  assert.deepEqual(sql(site, 'SELECT COUNT(*) AS n FROM photo WHERE rendition_id IS NOT NULL'), [{ n: PHOTOS }]);
  execFileSync('exiftool', ['-q', '-validate', '-warning', '-a', ...made.keys()]); // every one can be read
  await site.stop();
  isWhole(site);
  // What was left under temporary names is swept once it is a day old.
  const left = () => fs.readdirSync(`${site.dir}/media`).filter((f) => !/^[0-9a-f]{2}$/.test(f));
  assert.ok(left().length <= kills);
  fs.mkdirSync(`${site.dir}/media/.set-left`);
  for (const f of left()) fs.utimesSync(`${site.dir}/media/${f}`, hours(25), hours(25));
  t.diagnostic(`${kills} kills, ${left().length - 1} folders left by them, ${made.size} files made`);
  await site.serve();
  await until('the sweep', () => left().length === 0);
  assert.match(site.log(), /event=photo_sets_removed /);
  assert.deepEqual(given(site), made);
});

// ---- sweeping ----

// A photo whose original lies in the first of the 256 folders, which is swept at the start.
function inFirstFolder(word) {
  for (let i = 0; ; i++) {
    const bytes = tiny(`${word} ${i}`);
    if (sha256(bytes).startsWith('00')) return bytes;
  }
}

test('what nobody needs is swept away, and what somebody needs stays', async (t) => {
  const [needed, orphan] = [inFirstFolder('needed'), inFirstFolder('orphan')];
  const site = await make(t, [['needed.jpg', needed], ['other.jpg', tiny('other')]]);
  await site.serve();
  await site.photosMade();
  await site.stop();
  const originals = `${site.dir}/originals`, first = given(site);
  const old = `${originals}/00/${sha256(orphan)}.jpg`, set = `${site.dir}/media/00/${'0'.repeat(32)}`;
  fs.writeFileSync(old, orphan);
  fs.mkdirSync(set, { recursive: true });
  fs.writeFileSync(`${set}/480.jpg`, 'x');
  for (const f of [...under(originals), set]) fs.utimesSync(f, hours(25), hours(25));
  const fresh = `${originals}/00/${sha256(inFirstFolder('fresh'))}.jpg`;
  fs.writeFileSync(fresh, 'of an upload whose row is to come');
  await site.serve();
  await until('the sweep', () => !fs.existsSync(old) && !fs.existsSync(set));
  assert.ok(fs.existsSync(fresh) && fs.existsSync(`${originals}/00/${sha256(needed)}.jpg`));
  assert.deepEqual(given(site), first, 'sets of photos in no item stay');
  assert.match(site.log(), /event=originals_removed role=work number=1\n/);
  assert.match(site.log(), /event=photo_sets_removed role=work number=1\n/);
  await site.stop();
  // A set that was replaced, once ten minutes have passed.
  sqlite(db(site), `UPDATE rendition SET retired_at = ${Math.floor(Date.now() / 1000) - 601} WHERE id = (SELECT rendition_id FROM photo WHERE id = 2); UPDATE photo SET rendition_id = NULL WHERE id = 2`);
  await site.serve();
  await until('the retired set', () => given(site).size < first.size);
  assert.equal(sql(site, 'SELECT COUNT(*) AS n FROM rendition')[0].n, 1);
});

// ---- making all anew ----

// The command in a terminal of its own: what it says, and its exit code.
function inTerminal(site, signal, after, ...args) {
  const child = spawn('script', ['-qec', `exec ${BYLINE} photo rebuild ${args.join(' ')} --config ${site.conf}`, '/dev/null'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (d) => {
    out += d;
    if (signal && after.test(out)) {
      for (const pid of children(child.pid)) process.kill(pid, signal);
      signal = null;
    }
  });
  return new Promise((done) => child.on('close', (code) => done({ code, out })));
}

test('making all anew shows how far it is, and cut off it goes on where it was', async (t) => {
  const PHOTOS = 12;
  const site = await make(t, some(PHOTOS));
  const first = await inTerminal(site, 'SIGINT', / [3-9] sets/);
  assert.notEqual(first.code, 0);
  assert.match(first.out, /photos +\[#+\.+\] +\d+ %/);
  const n = sql(site, 'SELECT COUNT(*) AS n FROM rendition')[0].n;
  assert.ok(n >= 3 && n < PHOTOS, `${n} were made`);
  const rest = site.try('photo', 'rebuild');
  assert.equal(rest.status, 0, rest.stderr);
  assert.match(rest.stdout, new RegExp(`${PHOTOS} photos, ${PHOTOS - n} sets of files made`));
  assert.equal(rest.stderr, '', 'no bar where there is no terminal');
  isWhole(site);
  // All of them anew, killed: what it had made is not made again.
  await sleep(1100); // what was made in the second in which it begins is new enough
  const cut = await inTerminal(site, 'SIGTERM', / [2-9] sets/, '--all');
  const [, before] = /to go on: byline photo rebuild --made-before (\S+)/.exec(cut.out);
  const again = site.try('photo', 'rebuild', '--made-before', before);
  assert.equal(again.status, 0, again.stderr);
  const [, made] = /(\d+) sets of files made/.exec(again.stdout);
  assert.ok(Number(made) > 0 && Number(made) < PHOTOS, `${made} were left`);
  await inTerminal(site, 'SIGKILL', / [2-9] sets/, '--all');
  isWhole(site);
  // Two at once, while the site is served.
  await site.serve();
  const both = await Promise.all([inTerminal(site, null, null, '--all'), inTerminal(site, null, null, '--all')]);
  assert.deepEqual(both.map((r) => r.code), [0, 0], both.map((r) => r.out).join());
  isWhole(site);
});

// ---- no room, no right, no file ----

test('a disk without room for files: nothing is given out in part, and with room it goes on', async (t) => {
  const site = await make(t, [['large.jpg', demo('dawn-valley.jpg')], ['small.jpg', tiny('small')]]);
  const disk = site.disk = smallDisk(`${site.dir}/media`, 64);
  await site.serve({ through: disk.limited([]) });
  await until('the failure', () => /event=photo_failed /.test(site.log()));
  assert.match(site.log(), /event=photo_failed .*(No space left|File too large)/);
  if (disk.isMounted) {
    disk.free();
    await site.photosMade();
    assert.equal(sql(site, 'SELECT COUNT(*) AS n FROM rendition')[0].n, 2);
    assert.deepEqual(fs.readdirSync(`${site.dir}/media`).filter((f) => f.startsWith('.set-')), [], 'nothing is left of what failed');
  }
});

test('a folder of originals that cannot be written to: the reason, and nothing half stored', async (t) => {
  const site = await make(t, some(2));
  const originals = `${site.dir}/originals`;
  const disk = site.disk = smallDisk(originals, 4096);
  const lock = (on) => (disk.isMounted ? execFileSync('mount', ['-o', `remount,${on ? 'ro' : 'rw'}`, originals]) : execFileSync('chmod', ['-R', on ? 'a-w' : 'u+w', originals]));
  const another = `${site.dir}/from/another.jpg`;
  fs.writeFileSync(another, tiny('another'));
  const had = under(originals).length;
  lock(true);
  const refused = site.try('photo', 'add', another);
  lock(false);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /originals.*(Read-only file system|Permission denied)/);
  assert.deepEqual([under(originals).length, sql(site, 'SELECT COUNT(*) AS n FROM photo')[0].n], [had, 2]);
  assert.equal(site.try('photo', 'add', another).status, 0);
  isWhole(site);
});

test('an original that is missing or changed is found, told, and stops nobody else', async (t) => {
  const site = await make(t, some(4));
  const file = (id) => {
    const [{ sha256: name, ext }] = sql(site, `SELECT sha256, ext FROM photo WHERE id = ${id}`);
    return `${site.dir}/originals/${name.slice(0, 2)}/${name}.${ext}`;
  };
  const [missing, changed] = [file(2), file(3)];
  const kept = fs.readFileSync(missing);
  fs.unlinkSync(missing);
  const rebuilt = site.try('photo', 'rebuild');
  assert.equal(rebuilt.status, 1);
  assert.match(rebuilt.stderr, /photo 2: .*: the original is missing; put it back from a backup/);
  assert.equal(sql(site, 'SELECT COUNT(*) AS n FROM rendition')[0].n, 3);
  await site.serve();
  await until('the failure', () => /event=photo_failed .*the original is missing/.test(site.log()));
  await site.stop();
  const whole = fs.readFileSync(changed);
  fs.writeFileSync(changed, Buffer.concat([whole, Buffer.from('x')]));
  assert.match(site.try('check').stdout, /photos +FAILED: .*: the original is missing.*\n +\/.*: its bytes have changed; put it back from a backup\nsets /);
  fs.writeFileSync(missing, kept);
  fs.writeFileSync(changed, whole);
  const mended = site.try('photo', 'rebuild');
  assert.deepEqual([mended.status, mended.stderr], [0, '']);
});

test('a set of files that is missing, or with a file cut, changed, lost or added, is found and mended', async (t) => {
  const site = await make(t, some(6));
  assert.equal(site.try('photo', 'rebuild').status, 0);
  const folders = [...new Set([...given(site).keys()].map((f) => path.dirname(f)))].sort();
  assert.equal(folders.length, 6);
  const whole = given(site);
  const file = (n) => [...whole.keys()].find((f) => f.startsWith(folders[n]));
  const bytes = (n) => fs.readFileSync(file(n));
  for (const folder of folders) {
    const [{ sum }] = sql(site, `SELECT sum FROM rendition WHERE digest = '${path.basename(folder)}'`);
    assert.equal(execFileSync('sh', ['-c', 'LC_ALL=C sha256sum * | sha256sum'], { cwd: folder, encoding: 'utf8' }).split(' ')[0], sum);
  }
  fs.rmSync(folders[0], { recursive: true });
  fs.writeFileSync(file(1), bytes(1).subarray(0, -1));
  fs.writeFileSync(file(2), bytes(2).map((b, i) => (i === 40 ? b ^ 1 : b)));
  fs.rmSync(file(3));
  fs.writeFileSync(path.join(folders[4], 'x.html'), '<script>');
  const check = site.try('check');
  const found = /^sets +FAILED: ((?:.*byline photo rebuild makes them anew\n *)+)/m.exec(check.stdout)[1].trim().split(/\n */);
  assert.equal(check.status, 1);
  assert.deepEqual(found.map((line) => line.split(':')[0]).sort(), folders.slice(0, 5));
  assert.match(check.stdout, /: the files are missing; [^]*: files have changed or are missing; /);
  assert.match(site.try('photo', 'rebuild').stdout, /6 photos, 5 sets of files made/);
  assert.deepEqual(given(site), whole);
  isWhole(site);
});

test('the database and the originals are a backup: everything else comes again', async (t) => {
  const site = await make(t, some(3));
  site.try('photo', 'rebuild');
  const before = [...given(site).keys()].map((f) => f.slice(site.dir.length)).sort();
  fs.rmSync(`${site.dir}/media`, { recursive: true });
  fs.mkdirSync(`${site.dir}/media`, { mode: 0o755 });
  const r = site.try('photo', 'rebuild');
  assert.equal(r.status, 0, r.stderr);
  assert.deepEqual([...given(site).keys()].map((f) => f.slice(site.dir.length)).sort(), before, 'under the same addresses');
  isWhole(site);
});

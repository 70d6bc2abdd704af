// `make install` into a folder of its own: what lies there afterwards, and that it works.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

const dest = fs.mkdtempSync(path.join(os.tmpdir(), 'bl-inst-'));
const at = (name) => path.join(dest, 'usr', name);
const read = (name) => fs.readFileSync(at(name), 'utf8');
const make = (target) => execFileSync('make', ['-s', target, `DESTDIR=${dest}`, 'PREFIX=/usr',
  ...(process.env.B ? [`B=${process.env.B}`] : [])], { encoding: 'utf8', stdio: 'pipe' });

function files(dir) {
  return fs.readdirSync(dir, { withFileTypes: true }).flatMap((e) => {
    const name = path.join(dir, e.name);
    return e.isDirectory() ? files(name) : [name];
  });
}

const program = process.env.BYLINE ?? path.resolve('build/release/byline');
const builtAt = () => fs.statSync(program).mtimeMs;
const builtBefore = builtAt();
let site;
before(async () => {
  const kept = process.umask(0o077);
  make('install');
  process.umask(kept);
  process.env.BYLINE = at('bin/byline');
  process.env.SHARE = at('share/byline');
  const { Site } = await import('../http/lib/site.mjs');
  site = await Site.make({ demo: true });
  await site.serve();
  await site.startNginx();
});
after(async () => {
  await site?.end(); // none when the installation itself failed
  fs.rmSync(dest, { recursive: true });
});

test('what is built already is installed, not built anew', () => assert.equal(builtAt(), builtBefore));

test('everything lies where it belongs and may be read by all, written by one', () => {
  for (const name of ['bin/byline', 'libexec/byline/byline-photo', 'share/byline/errors/503.html', 'share/byline/errors/ru/503.html', 'share/byline/demo/items.jsonl',
    'share/doc/byline/OPERATING.md', 'share/doc/byline/LICENSE', 'share/doc/byline/byline.conf', 'share/man/man1/byline.1',
    'lib/systemd/system/byline.service', 'lib/systemd/system/byline-public.socket', 'lib/sysusers.d/byline.conf', 'lib/tmpfiles.d/byline.conf'])
    assert.ok(fs.statSync(at(name)).size > 0, name);
  assert.deepEqual(fs.readdirSync(dest), ['usr']);
  for (const name of files(dest))
    assert.equal(fs.statSync(name).mode & 0o777, [at('bin/byline'), at('libexec/byline/byline-photo')].includes(name) ? 0o755 : 0o644, name);
  for (const name of ['bin', 'share/byline/errors', 'share/byline/demo/photos', 'share/doc/byline', 'lib/systemd/system'])
    assert.equal(fs.statSync(at(name)).mode & 0o777, 0o755, name);
});

// Where tests run there are node and npm, so the editor is always bundled.
test('every style sheet and script is there, the editor too, with a packed copy', () => {
  for (const [kind, bundled] of [['css', []], ['js', ['editor.js']]]) {
    const lying = fs.readdirSync(at(`share/byline/static/${kind}`)).map((name) => name.replace(/\.[0-9a-f]{10}\./, '.'));
    const sources = [...fs.readdirSync(`static/${kind}`), ...bundled];
    assert.deepEqual(lying.sort(), sources.flatMap((name) => [name, `${name}.gz`]).sort());
  }
});

test('the installed program serves the site with the installed files', async () => {
  const home = await site.get('/');
  assert.equal(home.status, 200);
  for (const [, asset] of home.body.matchAll(/(?:href|src)="(\/(?:static|media)\/[^"]+)"/g))
    assert.equal((await site.get(asset)).status, 200, asset);
  assert.equal((await site.get('/nope/')).status, 404);
});

test('the sample of the settings is one that the program takes', () => {
  const r = spawnSync(at('bin/byline'), ['nginx-conf', '--config', at('share/doc/byline/byline.conf')], { encoding: 'utf8' });
  assert.equal(r.status, 0, r.stderr);
  assert.match(read('share/doc/byline/byline.conf'), /^#share_dir = \/usr\/share\/byline$/m);
});

test('the manual page names every command', () => {
  const commands = site.run('help').match(/^ {2}[a-z-]+/gm).map((line) => line.trim());
  assert.ok(commands.length >= 10);
  const page = read('share/man/man1/byline.1');
  for (const name of commands) assert.ok(page.includes(`.B ${name.replaceAll('-', '\\-')}\n`), name);
});

// The program is not below /usr here, so the unit is looked at with its path put right.
test('systemd takes the units, and the service is well locked up', () => {
  const units = ['byline.service', 'byline-public.socket'].map((name) => {
    const file = path.join(site.dir, name);
    const text = read(`lib/systemd/system/${name}`);
    fs.writeFileSync(file, text.replaceAll('=/usr/bin/byline', `=${at('bin/byline')}`));
    return file;
  });
  const verify = spawnSync('systemd-analyze', ['verify', '--man=no', ...units], { encoding: 'utf8' });
  assert.equal(verify.stdout + verify.stderr, '');
  assert.equal(verify.status, 0);
  const score = execFileSync('systemd-analyze', ['security', '--offline=yes', '--no-pager', units[0]], { encoding: 'utf8', stdio: 'pipe' });
  assert.ok(Number(/exposure level for byline.service: ([0-9.]+)/.exec(score)[1]) < 2.0, score);
});

test('uninstall takes all of it away', () => {
  const to = fs.mkdtempSync(path.join(os.tmpdir(), 'bl-uninst-'));
  try {
    fs.cpSync(dest, to, { recursive: true });
    fs.writeFileSync(path.join(to, 'usr/bin/other'), 'of another program');
    execFileSync('make', ['-s', 'uninstall', `DESTDIR=${to}`, 'PREFIX=/usr'], { stdio: 'pipe' });
    assert.deepEqual(files(to), [path.join(to, 'usr/bin/other')]);
  } finally {
    fs.rmSync(to, { recursive: true });
  }
});

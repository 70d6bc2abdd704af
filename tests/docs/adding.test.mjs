// docs/ADDING.md, done: its very lines are put into a copy of the tree, which is built.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

const B = path.resolve(process.env.B ?? 'build/release');
const flavour = path.basename(B);
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'byline-adding-'));
const tree = path.join(dir, 'tree');
const byline = path.join(tree, 'build', flavour, 'byline');
after(() => fs.rmSync(dir, { recursive: true }));

const conf = path.join(dir, 'byline.conf');
const run = (command, ...args) => {
  const r = spawnSync(command, args, { cwd: tree, encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.equal(r.status, 0, `${command} ${args.join(' ')}\n${r.stdout}${r.stderr}`);
  return r.stdout;
};

// The tracked files, and what is built of them already, so that make goes on from there.
function copyTree() {
  const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter((f) => f && fs.existsSync(f));
  fs.mkdirSync(path.join(tree, 'build'), { recursive: true });
  execFileSync('cp', ['-a', '--parents', ...files, tree]);
  execFileSync('cp', ['-a', B, path.join(tree, 'build', flavour)]);
}

// Each block of code is a step: the line before it says into which file, and where.
function steps(markdown) {
  const found = [];
  for (const [, said, text] of markdown.matchAll(/^((?:In|New file|At the end of) `[^\n]*:)\n\n```[a-z]*\n(.*?)^```$/gms)) {
    const m = said.match(/^(In|New file|At the end of) `([^`]+)`(?:, (before|after) `([^`]+)`)?:$/);
    assert.ok(m && (m[1] === 'In') === (m[3] !== undefined), said);
    found.push({ said, file: path.join(tree, m[2]), where: m[3] ?? m[1], anchor: m[4]?.replaceAll('\\n', '\n'), text });
  }
  assert.equal(found.length, markdown.match(/^```[a-z]+$/gm).length, 'every block is a step');
  return found;
}

function take({ said, file, where, anchor, text }) {
  if (where === 'New file') {
    assert.ok(!fs.existsSync(file), said);
    return fs.writeFileSync(file, text);
  }
  if (where === 'At the end of') return fs.appendFileSync(file, text);
  const old = fs.readFileSync(file, 'utf8');
  const at = old.split(`\n${anchor}`);
  assert.equal(at.length, 2, `${said} such a line is there ${at.length - 1} times`);
  const line = old.indexOf(`\n${anchor}`) + 1;
  const to = where === 'before' ? line : old.indexOf('\n', line) + 1;
  return fs.writeFileSync(file, old.slice(0, to) + text + old.slice(to));
}

// A page as the program answers it as a CGI.
const get = (target) => {
  const env = { PATH: process.env.PATH, GATEWAY_INTERFACE: 'CGI/1.1', REQUEST_METHOD: 'GET', REQUEST_URI: target, SERVER_PROTOCOL: 'HTTP/1.1', BYLINE_CONFIG: conf };
  return execFileSync(byline, [], { env, input: '', encoding: 'utf8' });
};

before(() => {
  copyTree();
  steps(fs.readFileSync('docs/ADDING.md', 'utf8')).forEach(take);
  run('make', '-j2', `FLAVOUR=${flavour}`, 'all', ...['plans', 'route', 'templates'].map((t) => `build/${flavour}/tests/test_${t}`));
  fs.writeFileSync(conf, `[site]\nfounded = 1998\n[paths]\ndatabase = ${dir}/data/news.db\naccounts = ${dir}/data/accounts.db\nmedia_dir = ${dir}/media\noriginals_dir = ${dir}/originals\nshare_dir = ${tree}/build/${flavour}/share\n`);
  run(byline, 'init', '--demo', '--config', conf);
});

test('the setting is one', () => {
  assert.match(run(byline, 'settings'), /^#founded = 0$/m);
  const r = spawnSync(byline, ['check', '--config', conf, '--set', 'founded=10000'], { encoding: 'utf8' });
  assert.match(r.stderr, /founded = "10000": allowed is a whole number from 0 to 9999/);
});

test('the command prints what the statement finds', () => {
  assert.match(run(byline, 'since', '--help'), /^usage: byline since/);
  assert.match(run(byline, 'since', '--config', conf), /^\d{4}-\d\d-\d\d\n$/);
});

test('the page is there in both languages', () => {
  assert.match(run(byline, 'routes'), /\/about\/ /);
  const [year, month, day] = run(byline, 'since', '--config', conf).trim().split('-');
  const page = get('/about/');
  assert.match(page, /^Status: 200/);
  assert.match(page, /<h1>About us<\/h1>\n<p>Founded in 1998<\/p>/);
  assert.match(page, new RegExp(`News since <time datetime="${year}-${month}-${day}">${day}\\.${month}\\.${year}</time>`));
  assert.match(get('/ru/about/'), /<h1>О нас<\/h1>/);
});

test('it obeys the rules: plans, routes, golden files, lint', () => {
  run('make', `FLAVOUR=${flavour}`, 'docs', 'golden');
  for (const name of ['plans', 'route', 'templates']) run(`build/${flavour}/tests/test_${name}`);
  run('git', 'init', '-q');
  run('git', 'add', '-A');
  run('tests/run.sh', `build/${flavour}`, 'lint');
});

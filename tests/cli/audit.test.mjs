// Every verb of every command that changes something leaves its line in the audit log; the
// others leave none. A verb that has no line here fails.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { BYLINE, Site, items } from '../http/lib/site.mjs';

const GOOD = 'seven otters row upstream';
let site, id, n = 0;
before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']], items: items(2) });
  id = draft();
});
after(() => site.end());

const run = (args, input = '') => {
  const r = spawnSync(BYLINE, [...args, '--config', site.conf], { encoding: 'utf8', input });
  assert.equal(r.status, 0, `${args.join(' ')}: ${r.stderr}`);
  return r.stdout;
};
const log = () => run(['audit']).trim().split('\n');
const item = () => JSON.stringify({ lang: 'en', section: 'events', title: `Title ${++n}`, lead: 'L.', body: 'B.' });
const draft = () => run(['item', 'add', '-'], item()).trim();
const picture = () => 'static/demo/photos/delta.jpg';
const file = (object = { ...items(1)[0], id: `x${++n}`, slug: `x${n}` }) => {
  fs.writeFileSync(`${site.dir}/one.jsonl`, `${JSON.stringify(object)}\n`);
  return `${site.dir}/one.jsonl`;
};

// verb: [arguments, the action it leaves (null: none), standard input]. In this order.
const verbs = {
  'section list': [() => [], null],
  'section add': [() => ['s1', '--name', 'en=S1'], 'section add'],
  'section rename': [() => ['s1', '--slug', 's2'], 'section change'],
  'section move': [() => ['s2', '--place', '1'], 'section change'],
  'section four-eyes': [() => ['s2', 'on'], 'section change'],
  'section remove': [() => ['s2'], 'section remove'],
  'item list': [() => [], null],
  'item show': [() => [id], null],
  'item add': [() => ['-'], 'save', item],
  'item submit': [() => [id], 'submit'],
  'item recall': [() => [id], 'recall'],
  'item discard': [() => [id], 'discard'],
  'item undiscard': [() => [id], 'undiscard'],
  'item send-back': [() => (run(['item', 'submit', id]), [id, '--reason', 'Why.']), 'send-back'],
  'item approve': [() => [id], 'approve'],
  'item history': [() => [id], null],
  'item diff': [() => [id, '1', '2'], null],
  'item correct': [() => [id, 'It was wrong.'], 'correct'],
  'item withdraw': [() => [id, '--reason', 'Why.'], 'withdraw'],
  'item reinstate': [() => [id, '--reason', 'Why.'], 'reinstate'],
  'item restore': [() => (run(['import', file({ ...JSON.parse(run(['item', 'show', id])), body: 'Other.' })]), [id, '1']), 'save'],
  'item publish': [() => [draft()], 'publish'],
  'user list': [() => [], null],
  'user add': [() => ['anna', '--role', 'administrator'], 'person add', () => `${GOOD}\n`],
  'user role': [() => (run(['user', 'add', 'boris', '--random']), ['boris', 'editor']), 'person change'],
  'user sections': [() => ['boris', 'events'], 'person change'],
  'user password': [() => ['boris'], 'password', () => `${GOOD} again\n`],
  'user second-factor': [() => ['boris', 'reset'], 'factor reset'],
  'user disable': [() => ['boris'], 'person change'],
  'user enable': [() => ['boris'], 'person change'],
  'photo add': [() => [picture()], 'photo add'],
  'photo list': [() => [], null],
  'photo show': [() => ['1'], null],
  'photo withdraw': [() => ['1', '--reason', 'Because.'], 'photo withdraw'],
  'photo reinstate': [() => ['1'], 'photo reinstate'],
  'photo rebuild': [() => [], null],
  import: [() => [file()], 'import'],
  export: [() => [], null],
  audit: [() => [], null],
  check: [() => [], null],
  settings: [() => [], null],
  routes: [() => [], null],
  'nginx-conf': [() => [], null],
  version: [() => [], null],
  help: [() => [], null],
};
const elsewhere = {
  serve: 'answers: tests/http/doors.test.mjs',
  init: 'makes the databases; what `init --demo` fills in is told of as sections, an import and people',
};

test('every command and verb that the program names stands here', () => {
  const commands = [...run(['help']).matchAll(/^ {2}([a-z-]+) {2,}/gm)].map((m) => m[1]);
  const named = commands.flatMap((command) => {
    const usage = /^usage: byline \S+ \[options\] ?(.*)$/m.exec(run([command, '--help']))[1];
    const words = usage.split(' | ').map((part) => part.split(' ')[0]).filter((word) => /^[a-z]/.test(word));
    const help = run([command, '--help']);
    const steps = usage.includes('STEP ') ? /STEP is ([^.]*)/.exec(help)[1].split(/,\s+|\s+or\s+/).concat('publish') : [];
    return words.length > 1 ? [...words, ...steps].map((word) => `${command} ${word}`) : [command];
  });
  assert.ok(named.length > 30);
  assert.deepEqual(named.filter((verb) => !verbs[verb] && !elsewhere[verb]), [], 'say what it leaves in the audit log');
  assert.deepEqual(Object.keys(verbs).filter((verb) => !named.includes(verb)), []);
});

for (const [verb, [args, action, input]] of Object.entries(verbs))
  test(`${verb} leaves ${action ? `"${action}"` : 'nothing'}`, () => {
    const all = [...verb.split(' '), ...args()];
    const was = log();
    run(all, input?.());
    const now = log(); // lines of one second stand by database: a new one need not be the first
    const fresh = now.filter((line) => !(was.includes(line) && was.splice(was.indexOf(line), 1)));
    assert.equal(fresh.length, action ? 1 : 0, fresh.join('\n'));
    if (action) assert.match(fresh[0], new RegExp(` command line +${action} `));
  });

test('init --demo tells what it filled in, and an import that brings nothing is not told of', async () => {
  const demo = await Site.make({ demo: true });
  const told = demo.run('audit');
  for (const action of ['section add', 'import', 'person add']) assert.match(told, new RegExp(` command line +${action} `));
  await demo.end();
  const path = file();
  run(['import', path]);
  const was = log().length;
  run(['import', path]);
  assert.equal(log().length, was);
});

// docs/STAFF.md says what there is: what it prints in bold stands in the newsroom, its
// pictures and addresses are there.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const BYLINE = process.env.BYLINE ?? 'build/release/byline';
const SMALL = 600 * 1024; // all pictures together
const text = fs.readFileSync('docs/STAFF.md', 'utf8');
const words = new Set([...fs.readFileSync('templates/lang/en.ini', 'utf8').matchAll(/^[a-z_0-9]+ = (.*)$/gm)].map((m) => m[1]));
const routes = execFileSync(BYLINE, ['routes'], { encoding: 'utf8' });

const wrongWords = (markdown) =>
  [...markdown.replace(/`[^`\n]*`/g, '').matchAll(/\*\*([^*]+)\*\*/g)]
    .map((m) => m[1].replace(/\s+/g, ' '))
    .filter((word) => !words.has(word));

const addresses = (markdown) => [...markdown.matchAll(/`(\/[^` ]*)`/g)].map((m) => m[1]);
const isRoute = (address) =>
  new RegExp(` (\\[/LANG\\])?${address.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')} `).test(routes);

test('what is printed in bold is a text of the newsroom', () => {
  assert.deepEqual(wrongWords(text), []);
  assert.ok(text.match(/\*\*/g).length > 200);
  assert.deepEqual(wrongWords('Press **Save**, then **Fly\naway** (`**two stars**`).'), ['Fly away']);
});

test('its pictures are there, no others, and they are small', () => {
  const named = [...text.matchAll(/^!\[([^\]]+)\]\((img\/staff\/[\w-]+\.png)\)$/gm)].map((m) => m[2]);
  const there = fs.readdirSync('docs/img/staff').map((name) => `img/staff/${name}`);
  assert.deepEqual([...named].sort(), there.sort());
  const bytes = there.reduce((sum, name) => sum + fs.statSync(path.join('docs', name)).size, 0);
  assert.ok(bytes < SMALL, `${bytes} bytes`);
});

test('the addresses it names are routes', () => {
  const named = addresses(text);
  assert.deepEqual(named.filter((address) => !isRoute(address)), []);
  assert.ok(named.includes('/admin/'));
  assert.ok(!isRoute('/admin/fly/'));
});

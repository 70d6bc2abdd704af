// What an operator changes without a compiler: a language, a template.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Site, items, until } from './lib/site.mjs';

let site;
const put = (name, text) => {
  const file = path.join(site.dir, 'templates', name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
};
const english = fs.readFileSync('templates/lang/en.ini', 'utf8');
// Hebrew, so that the direction of writing is seen too.
const hebrew = english.replace(/^code = .*$/m, 'code = he').replace(/^name = .*$/m, 'name = עברית').replace(/^dir = .*$/m, 'dir = rtl').replace(/^all_news = .*$/m, 'all_news = כל החדשות');

before(async () => {
  assert.notEqual(hebrew, english);
  site = await Site.make({ sections: [['events', 'Events', 'События']], items: items(2), settings: '' });
  fs.writeFileSync(site.conf, fs.readFileSync(site.conf, 'utf8').replace('[site]', '[site]\nlanguages = en ru he'));
});
after(() => site.end());

test('a language without a file is refused at start and named', () => {
  const r = site.try('check');
  assert.notEqual(r.status, 0);
  assert.match(r.stderr + r.stdout, /he\.ini/);
});

test('a language file of the operator makes a language of the site', async () => {
  put('lang/he.ini', hebrew);
  assert.equal(site.import([{ id: 'he', lang: 'he', section: 'events', slug: 'shalom', title: 'שלום', body: 'שלום עולם', published_at: '2026-01-01' }]).status, 0);
  await site.serve();
  fs.mkdirSync(path.join(site.dir, 'nginx/byline.d'), { recursive: true });
  fs.writeFileSync(path.join(site.dir, 'nginx/byline.d/own.conf'), 'location = /own { return 204; }\n');
  await site.startNginx();
  for (const target of ['/he/', '/he/news/', '/he/news/events/', '/he/news/events/shalom/', '/he/nope/']) {
    const page = await site.get(target);
    assert.equal(page.status, target === '/he/nope/' ? 404 : 200, target);
    assert.match(page.body, /<html lang="he" dir="rtl">/, target);
    assert.match(page.body, /כל החדשות/, target);
  }
  assert.match((await site.get('/')).body, /hreflang="he"/);
  assert.match(fs.readFileSync(path.join(site.dir, 'nginx', 'errors', 'he', '503.html'), 'utf8'), /dir="rtl"/);
});

test('a language file that lacks a key, or has one too many, is refused with its line', () => {
  const whole = fs.readFileSync(path.join(site.dir, 'templates', 'lang', 'he.ini'), 'utf8');
  for (const [text, message] of [[whole.replace(/^all_news = .*$/m, ''), /he\.ini: .*all_news/], [`${whole}\nnonsense = x\n`, /he\.ini:\d+: .*nonsense/]]) {
    put('lang/he.ini', text);
    const r = site.try('check');
    assert.notEqual(r.status, 0);
    assert.match(r.stderr + r.stdout, message);
  }
  put('lang/he.ini', whole);
});

test('what the operator adds to the server of nginx is there', async () => {
  assert.equal((await site.get('/own')).status, 204);
});

test('a template of the operator goes before the built-in one, after SIGHUP', async () => {
  const card = fs.readFileSync('templates/site/card.tpl', 'utf8');
  put('site/card.tpl', card.replace('<article class="card">', '<article class="card" id="own">'));
  process.kill(site.pid(), 'SIGHUP');
  await until('the new card', async () => (await site.get('/news/')).body.includes('id="own"'));
});

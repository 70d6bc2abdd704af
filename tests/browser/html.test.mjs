// Every kind of page, and the pages that nginx sends by itself, are valid HTML (Nu Html
// Checker), with hostile and with empty data too; an article of a thousand words weighs
// no more than one round trip carries.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, test } from 'node:test';
import zlib from 'node:zlib';
import { Site } from '../http/lib/site.mjs';
import { Staff, encode, fieldsOf } from '../http/lib/staff.mjs';

const vnu = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
const hostile = '"><script>alert(1)</script><!-- {{X}} \u202e ́ &amp; &#0; \' `';
let site, demo;

before(async () => {
  site = await Site.make({ demo: true });
  demo = fs.readFileSync('static/demo/items.jsonl', 'utf8').trim().split('\n').map((l) => JSON.parse(l));
  site.import([
    { id: 'hostile', lang: 'en', section: 'events', slug: 'hostile', title: hostile, lead: hostile, body: `${hostile}\n\n# ${hostile}\n\n> ## ${hostile}\n\n* ${hostile}\n\n\`\`\`${hostile}\n${hostile}\n\`\`\`\n\n![${hostile}](photo:1)\n\n[${hostile}](https://example.org/?a=%22%3E "t")`, published_at: '2026-11-21', photo_credit: hostile, photos: [{ file: path.resolve('static/demo/photos/delta.jpg'), credit: hostile, caption: hostile, alt: hostile, credit_url: "https://example.org/?a=b&c='d'" }] },
    { id: 'bare', lang: 'en', section: 'speeches', title: 'B', published_at: '2026-11-20' },
    { id: 'long', lang: 'en', section: 'speeches', slug: 'long', title: 'L', lead: 'x', body: words('en', 1000), body_format: 'text', published_at: '2026-11-19' },
    { id: 'long-ru', lang: 'ru', section: 'speeches', slug: 'long', title: 'Д', lead: 'х', body: words('ru', 1000), body_format: 'text', published_at: '2026-11-19' },
  ]);
  await site.serve();
  await site.startNginx();
  await site.photosMade();
});
after(() => site.end());

// The first n words of the demo's longest texts in a language, in paragraphs of 100.
function words(lang, n) {
  const all = demo.filter((i) => i.lang === lang).sort((a, b) => b.body.length - a.body.length)
    .flatMap((i) => i.body.split(/\s+/).filter((w) => /\p{L}/u.test(w)));
  assert.ok(all.length >= n);
  return Array.from({ length: n / 100 }, (_, i) => all.slice(i * 100, i * 100 + 100).join(' ')).join('\n\n');
}

function check(pages) {
  const dir = fs.mkdtempSync(path.join(site.dir, 'html-'));
  for (const [name, text] of Object.entries(pages)) fs.writeFileSync(path.join(dir, `${name.replaceAll(/\W/g, '_')}.html`), text);
  const out = execFileSync('java', ['-jar', vnu, '--format', 'json', '--exit-zero-always', '--stdout', dir], { encoding: 'utf8', maxBuffer: 1 << 26 });
  return JSON.parse(out).messages.map((m) => `${path.basename(m.url ?? '')}:${m.lastLine}: ${m.type}: ${m.message} | ${m.extract}`);
}

test('the checker finds what is wrong', () => {
  assert.ok(check({ bad: '<!DOCTYPE html><title>x</title><p id=a><p id=a>' }).length > 0);
});

test('every kind of page is valid HTML', async () => {
  const place = (id) => {
    const item = JSON.parse(site.run('item', 'show', id));
    return `${item.lang === 'ru' ? '/ru' : ''}/news/${item.section}/${item.slug}/`;
  };
  const older = /class="older" href="([^"]+)"/.exec((await site.get('/news/')).body)[1];
  const targets = ['/', '/ru/', '/news/', '/ru/news/', older, '/news/events/', '/news/2026/', '/news/2026/11/', '/news/2018/01/', '/corrections/', '/ru/corrections/', place('demo-en-009'), '/nope/', '/ru/nope/', '/news/?before=x', '/news/2026', ...['hostile', 'bare', 'long', ...demo.slice(0, 12).map((i) => i.id)].map(place)];
  const pages = {};
  for (const target of targets) pages[target] = (await site.get(target)).body;
  pages.gone = (await site.get(place(demo.find((i) => i.withdrawn).id))).body;
  assert.match(pages.gone, /410/);
  for (const [target, text] of Object.entries(pages)) assert.doesNotMatch(text, /<script>|alert\(1\)<\/script>/, target);
  assert.deepEqual(check(pages), []);
});

test('the pages of the newsroom are valid HTML', async () => {
  const password = 'correct horse battery staple', NEW = '/admin/items/new/', anna = new Staff(site);
  site.addPerson('anna', 'administrator', password);
  await anna.signIn('anna', password);
  const pages = {};
  const keep = async (name, answer) => { pages[name] = (await answer).body; };
  const section = /<option value="(\d+)">/.exec((await anna.get(NEW)).body)[1];
  await keep('with errors', anna.submit(NEW, { title: '', body: hostile.replaceAll('\u202e', ''), slug: '<' }));
  const made = await anna.submit(NEW, { title: hostile, section, lead: hostile, body: hostile, tags: hostile, published_at: '2031-01-01T10:00' });
  const item = made.headers.location.replace(/\?.*/, '');
  const old = fieldsOf((await anna.get(item)).body, item);
  await anna.submit(item, { title: 'Theirs', body: 'Theirs' });
  await keep('joined', anna.send(item, encode({ ...old, title: 'Mine', body: 'Mine' })));
  for (const path of ['', '?check=1', 'steps/', 'history/', 'diff/?old=2&new=1', 'preview/']) await keep(`item ${path}`, anna.get(item + path));
  const form = fieldsOf((await anna.get(`${item}steps/`)).body, `${item}steps/`);
  await anna.send(`${item}steps/`, encode({ ...form, do: 'approve' }));
  await keep('no reason', anna.send(`${item}steps/`, encode({ ...form, version: '3', do: 'withdraw' })));
  for (const path of ['', 'items/', 'items/new/', 'account/', 'people/', 'people/new/', 'sections/', 'audit/', 'strings/']) await keep(`admin ${path}`, anna.get(`/admin/${path}`));
  for (const [name, text] of Object.entries(pages)) assert.match(text, /<main id="main">/, name);
  assert.deepEqual(check(pages), []);
});

test("nginx's own pages are valid HTML", () => {
  const dir = path.join(site.dir, 'nginx', 'errors');
  const pages = {};
  for (const file of fs.readdirSync(dir, { recursive: true }).filter((f) => f.endsWith('.html'))) pages[file] = fs.readFileSync(path.join(dir, file), 'utf8');
  assert.ok(Object.keys(pages).length >= 18);
  assert.deepEqual(check(pages), []);
});

test('an article of a thousand words and the style sheet fit into 14 KB', async () => {
  for (const target of ['/news/speeches/long/', '/ru/news/speeches/long/']) {
    const page = await site.get(target, { headers: { 'Accept-Encoding': 'gzip' } });
    assert.equal(page.headers['content-encoding'], 'gzip');
    const text = zlib.gunzipSync(page.bytes).toString();
    const css = await site.get(/href="(\/static\/[^"]+\.css)"/.exec(text)[1], { headers: { 'Accept-Encoding': 'gzip' } });
    assert.equal(css.headers['content-encoding'], 'gzip');
    const n = text.split('<div class="text">')[1].split('</article>')[0].replaceAll(/<[^>]+>/g, ' ').trim().split(/\s+/).length;
    assert.ok(n >= 1000, `${n} words`);
    const all = page.bytes.length + css.bytes.length;
    assert.ok(all <= 14 * 1024, `${target}: ${page.bytes.length} + ${css.bytes.length} bytes`);
    console.log(`# ${target}: ${page.bytes.length} + ${css.bytes.length} = ${all} bytes`);
  }
});

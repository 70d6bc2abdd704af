// Photos dropped onto a new item as a newcomer would do it, until they are out with every
// credit; bad files among good ones; order, removal and the text; without JavaScript.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Site, until } from '../http/lib/site.mjs';
import { fivePhotos, tiny } from '../http/lib/uploads.mjs';
import { launch, look, password, signIn, twoViews } from './lib/newsroom.mjs';

const CREDITS = ['Ministry of Defense of the Republic of Belarus', 'Agency', 'The newer one', 'Фото Иванова'];
let site, browser, base, boris, five; // boris: with the Content-Security-Policy that is sent, until axe-core wants in
const ran = [];

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']] });
  base = `http://localhost:${site.port}`;
  site.addPerson('boris', 'editor', password, '--sections', 'events');
  site.addPerson('anna', 'administrator', password);
  await site.serve({ args: ['--set', `site_url=${base}`] });
  await site.startNginx();
  const from = path.join(site.dir, 'from-photographers');
  fs.mkdirSync(from);
  five = fivePhotos(from);
  browser = await launch();
  boris = await open();
});
after(async () => {
  await browser.close();
  await site.end();
});

async function open(options = {}) {
  const page = await (await browser.newContext({ locale: 'en', ...options })).newPage();
  page.on('pageerror', (e) => ran.push(String(e)));
  page.on('console', (m) => m.type() === 'error' && !/status of (404|422)/.test(m.text()) && ran.push(m.text()));
  await signIn(page, base, 'boris');
  return page;
}

// Lets files go over an element, as a hand with a mouse does.
const drop = (page, at, files) => page.locator(at).first().evaluate((element, named) => {
  const transfer = new DataTransfer();
  for (const [name, base64] of named) transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.codePointAt(0))], name));
  for (const type of ['dragover', 'drop']) element.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
}, files.map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]));

// What the lines of the uploads have said, each once, in order.
const listen = (page) => page.evaluate(() => {
  globalThis.said = [];
  const box = document.querySelector('.uploads');
  new MutationObserver(() => {
    for (const line of box.querySelectorAll('li')) {
      const now = `${line.querySelector('.file').textContent}: ${line.querySelector('.what').textContent}`;
      if (!globalThis.said.includes(now)) globalThis.said.push(now);
    }
  }).observe(box, { subtree: true, childList: true, characterData: true, attributes: true });
});
const rows = (page) => page.locator('.js-photos > ol > li');
const comes = (page, n) => until(`${n} photos in the form`, async () => (await rows(page).count()) === n, 60000);
const called = (page) => rows(page).locator('.called').allTextContents();
const tags = (files) => JSON.parse(execFileSync('exiftool', ['-j', '-G', ...files], { encoding: 'utf8', maxBuffer: 64 << 20 }));

async function fresh(page, title) {
  await page.goto(`${base}/admin/items/new/`);
  await page.fill('#f-title', title);
  await page.selectOption('#f-section', { label: 'Events' });
  await page.fill('#f-lead', `${title}, in short.`);
}
async function save(page) {
  await page.click('button[value="save"]');
  await page.waitForURL('**/?done=saved');
  return page.url().replace(/\?.*/, '');
}
async function approve(page, item) {
  await page.goto(`${item}steps/`);
  await page.click('button[value="approve"]');
}

test('five photos are dropped onto a new item: each says how far it is and what its file says', async () => {
  await fresh(boris, 'Five photos');
  await boris.click('.prose-text');
  await boris.keyboard.type('The text.');
  await listen(boris);
  await drop(boris, 'main form', five);
  await comes(boris, 5);
  assert.deepEqual(await called(boris), five.map(([name]) => name));
  const said = await boris.evaluate(() => globalThis.said);
  const words = await boris.locator('.uploads').evaluate((box) => ({ ...box.dataset }));
  for (const [name] of five)
    for (const word of ['waiting', 'sending', 'made']) assert.ok(said.includes(`${name}: ${words[word]}`), `${name} ${word}: ${said}`);
  const shown = await rows(boris).locator('figcaption .credit').allTextContents();
  assert.deepEqual(shown.slice(0, 4), CREDITS);
  assert.match(shown[4], /without credit/i);
});

let item;
test('the one without a credit is refused by name, everything else is kept', async () => {
  for (const i of [2, 3, 4, 5]) await boris.fill(`[name="photo-${i}-alt"]`, `Picture ${i}`);
  item = await save(boris);
  await boris.goto(`${item}steps/`);
  assert.equal(await boris.locator('button[value="approve"]').count(), 0);
  await boris.click('main a:has-text("Photo 5: There is no credit")');
  await boris.waitForURL((url) => `${url.origin}${url.pathname}` === item);
  assert.equal(await rows(boris).count(), 5);
  assert.equal(await boris.inputValue('[name="photo-3-alt"]'), 'Picture 3');
});

test('with its credit it is out: on the page, in its JSON-LD and inside every file', async () => {
  await boris.fill('[name="photo-5-credit"]', 'Found out later');
  await save(boris);
  await approve(boris, item);
  await boris.waitForURL('**/?done=*');
  await site.photosMade();
  const url = '/news/events/five-photos/';
  const { body } = await until('the page', async () => {
    const answer = await site.get(url);
    return answer.status === 200 && (answer.body.match(/\/media\/\w\w\/\w+\/\d+\.jpg/g) ?? []).length >= 5 && answer;
  }, 60000);
  const credits = [...CREDITS, 'Found out later'];
  const data = JSON.parse(/<script type="application\/ld\+json">([^]*?)<\/script>/.exec(body)[1]);
  assert.deepEqual(data.image.map((i) => i.creditText), credits);
  const reader = await (await browser.newContext()).newPage();
  await reader.goto(`${base}${url}`);
  const captions = await reader.locator('main figcaption').allTextContents();
  for (const credit of credits) assert.equal(captions.filter((c) => c.includes(credit)).length, 1, credit);
  const files = [];
  for (const address of new Set(body.match(/\/media\/\w\w\/\w+\/[\w-]+\.(jpg|webp)/g))) {
    const file = path.join(site.dir, address.replaceAll('/', '-'));
    fs.writeFileSync(file, (await site.get(address)).bytes);
    files.push(file);
  }
  const inside = tags(files).map((t) => t['XMP:Credit']);
  assert.deepEqual([...new Set(inside)].sort(), [...credits].sort());
  await reader.context().close();
});

test('a bad file is named with its reason, the others come; what failed can be sent again', async () => {
  await boris.context().close();
  boris = await open({ bypassCSP: true });
  await fresh(boris, 'Some of them');
  await listen(boris);
  await drop(boris, 'main form', [['a.jpg', tiny('a')], ['page.jpg', Buffer.from('<!doctype html><script>alert(1)</script>')], ['b.jpg', tiny('b')], ['none.jpg', five[4][1]]]);
  await comes(boris, 3);
  await until('the end of all', async () => (await boris.locator('.uploads li.failed').count()) === 1);
  assert.match(await boris.textContent('.uploads li.failed'), /page\.jpg[^]*not a picture/);
  assert.match(await boris.textContent('.uploads li:last-child'), /none\.jpg/);
  assert.match(await boris.textContent('.uploads'), /already|known|library/i);
  await boris.click('.uploads li.failed button');
  await until('the same reason', async () => /not a picture/.test(await boris.textContent('.uploads li.failed').catch(() => '')));
  assert.equal(await rows(boris).count(), 3);
  await boris.setInputFiles('#f-photo-files', [{ name: 'c.jpg', mimeType: 'image/jpeg', buffer: tiny('c') }, { name: 'huge.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(40_000_001) }]);
  await comes(boris, 4);
  await until('the limit', async () => (await boris.locator('.uploads li.failed').count()) === 2);
  await look(boris, 'drop-some', twoViews);
});

test('order, removal and the place in the text, by keyboard', async () => {
  await boris.locator('.js-photos > ol > li:first-child button.down').focus();
  await boris.keyboard.press('Enter');
  assert.deepEqual(await called(boris), ['b.jpg', 'a.jpg', 'none.jpg', 'c.jpg']);
  await boris.locator('.js-photos > ol > li:nth-child(4) button.remove').focus();
  await boris.keyboard.press('Enter');
  assert.deepEqual(await called(boris), ['b.jpg', 'a.jpg', 'none.jpg']);
  assert.ok(await boris.evaluate(() => document.activeElement.closest('.js-photos > ol > li') !== null), 'the focus stays in the list');
  await boris.click('.prose-text');
  await boris.keyboard.type('Before it.');
  await boris.click('[data-do="photo"]');
  await boris.locator('dialog[open] li button').nth(1).focus();
  await boris.keyboard.press('Enter');
  await until('the photo in the text', async () => (await boris.locator('.prose-text .prose-photo img').count()) === 1);
  await boris.keyboard.type('Behind it.');
  await boris.locator('.js-photos > ol > li:nth-child(2) button.remove').click();
  assert.match(await boris.textContent('.js-photos > ol > li:nth-child(2)'), /a\.jpg[^]*text/, 'what stands in the text stays');
  await boris.locator('.js-photos > ol > li:nth-child(2) button.up').click();
  const at = await save(boris);
  assert.match(await boris.inputValue('#body'), /Before it\.\s+!\[\]\(photo:1\)\s+Behind it\./);
  await boris.goto(at);
  assert.deepEqual(await called(boris), ['a.jpg', 'b.jpg', 'none.jpg']);
  await look(boris, 'drop-item', twoViews);
});

test('onto the library, too: from there to what the files say', async () => {
  await boris.goto(`${base}/admin/photos/new/`);
  await drop(boris, 'form.js-upload', [['d.jpg', tiny('d')], ['e.jpg', tiny('e')]]);
  await boris.waitForURL('**/admin/photos/batch/?ids=*');
  assert.match(await boris.textContent('main'), /d\.jpg[^]*e\.jpg/);
});

test('where one is refused or the session ends, there is a way on', async () => {
  await boris.goto(`${base}/admin/photos/`);
  await drop(boris, 'form.js-upload', [['f.jpg', tiny('f')], ['page.jpg', Buffer.from('<!doctype html>')], ['g.jpg', tiny('g')]]);
  await boris.waitForSelector('.go-on a:visible');
  await boris.click('.go-on a');
  await boris.waitForURL('**/admin/photos/batch/?ids=*');
  assert.match(await boris.textContent('main'), /f\.jpg[^]*g\.jpg/);
  await boris.goto(`${base}/admin/photos/`);
  await boris.context().clearCookies();
  await drop(boris, 'form.js-upload', [['h.jpg', tiny('h')]]);
  await boris.waitForSelector('.uploads li.failed');
  assert.match(await boris.textContent('.uploads li.failed'), /Sign in in another tab, then try again/);
  const other = await boris.context().newPage();
  await signIn(other, base, 'boris');
  await other.close();
  await boris.click('.uploads li.failed button');
  await boris.waitForURL('**/admin/photos/batch/?ids=*');
  assert.match(await boris.textContent('main'), /h\.jpg/);
});

test('without JavaScript: sent by a form, chosen for an item, given a credit, saved', async () => {
  const plain = await open({ javaScriptEnabled: false });
  await plain.goto(`${base}/admin/photos/new/`);
  await plain.setInputFiles('input[type=file]', [{ name: 'plain 1.jpg', mimeType: 'image/jpeg', buffer: tiny('plain 1') }, { name: 'plain 2.jpg', mimeType: 'image/jpeg', buffer: tiny('plain 2') }]);
  await plain.click('main form button');
  await plain.waitForURL('**/admin/photos/batch/?ids=*');
  await fresh(plain, 'Plain');
  await plain.fill('#body', 'The text.');
  await plain.click('button[value="photo-choose"]');
  const wanted = plain.locator('li', { hasText: 'plain 2.jpg' });
  await wanted.locator('input[type=checkbox]').check();
  await plain.locator('form:has(input[name="add"]) button').first().click();
  await plain.waitForSelector('.js-photos > ol > li');
  assert.deepEqual(await called(plain), ['plain 2.jpg']);
  assert.equal(await plain.inputValue('#f-title'), 'Plain', 'what was typed is kept');
  await plain.fill('[name="photo-1-credit"]', 'Anna Petrova');
  await plain.check('[name="photo-1-decorative"]');
  const at = await save(plain);
  await approve(plain, at);
  await plain.waitForURL('**/?done=*');
  assert.match((await until('the page', async () => { const a = await site.get('/news/events/plain/'); return a.status === 200 && a; })).body, /Anna Petrova/);
  await plain.context().close();
});

test('no script failed, and none was refused', () => {
  assert.deepEqual(ran, []);
  const check = site.try('check');
  assert.equal(check.status, 0, check.stdout + check.stderr);
});

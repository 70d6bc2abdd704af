// The photo library in a real browser: found, confirmed by one key, several at once, the
// focal point by mouse and by keys; without JavaScript as well.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { photographed } from '../http/lib/photos.mjs';
import { Site, until } from '../http/lib/site.mjs';
import { launch, look, password, signIn, threeViews } from './lib/newsroom.mjs';

let site, browser, base;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']] });
  base = `http://localhost:${site.port}`;
  site.addPerson('anna', 'administrator', password);
  site.addPerson('boris', 'author', password);
  photographed(site, new Date(Date.now() + 3 * 86400e3).toISOString().replace(/\.\d+/, ''));
  await site.serve({ args: ['--set', `site_url=${base}`] });
  await site.startNginx();
  browser = await launch();
});
after(async () => {
  await browser.close();
  await site.end();
});

async function open(login, options = {}) {
  const context = await browser.newContext({ bypassCSP: true, ...options });
  const page = await context.newPage();
  await signIn(page, base, login);
  return page;
}
const photo = (id, more = '') => `${base}/admin/photos/${id}/${more}`;
// The pictures of every photo are made by the work process.
const pictures = (page) => until('pictures', async () => {
  await page.goto(`${base}/admin/photos/`);
  return await page.locator('.tiles .none').count() === 0;
}, 60000);

for (const locale of ['en', 'ru'])
  test(`axe-core finds nothing on the library’s pages, ${locale}`, async () => {
    const page = await open('anna', { locale });
    await pictures(page);
    for (const path of ['', 'photos/', 'photos/?state=ending', 'photos/?from=never', 'photos/1/', 'photos/batch/?ids=1,2']) {
      await page.goto(`${base}/admin/${path}`);
      await look(page, `photos-${locale}-${path}`, threeViews);
    }
    for (const src of await page.locator('main img').evaluateAll((all) => all.map((i) => i.src)))
      assert.equal((await page.request.get(src)).headers()['content-type'], 'image/jpeg', src);
    await page.context().close();
    const author = await open('boris', { locale });
    await author.goto(photo(1));
    await look(author, `photos-${locale}-author`, threeViews);
    assert.equal(await author.locator('.bar').count(), 0);
    await author.context().close();
  });

test('a photo is found by words, by credit and by what is to be done', async () => {
  const page = await open('anna', { javaScriptEnabled: false });
  await page.goto(`${base}/admin/photos/`);
  await page.fill('#f-q', 'flags');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/?q=flags**');
  assert.deepEqual(await page.locator('.tiles .credit').allTextContents(), ['Photo: Photographer 2']);
  await page.goto(`${base}/admin/photos/?credit=photographer+3`);
  assert.deepEqual(await page.locator('.tiles .called').allTextContents(), ['Caption of dawn-valley.jpg']);
  await page.click('.pages a:has-text("Rights end")');
  assert.equal(await page.locator('.tiles li').count(), 1);
  await page.click('.tiles a');
  assert.equal(await page.textContent('h1'), 'Caption of delta.jpg');
  await page.context().close();
});

test('an item’s form says which photo is to leave and which has left, and begins at its top', async () => {
  const page = await open('anna');
  await page.goto(photo(2));
  await page.fill('#f-reason', 'Because.');
  await page.click('form[action$="/withdraw/"] button');
  await page.waitForURL('**/?done=*');
  await page.goto(`${base}/admin/items/1/`);
  await page.waitForSelector('.js-photos .insert');
  assert.match(await page.innerText('#photo-1'), /Rights end soon/);
  assert.match(await page.innerText('#photo-2'), /Its rights have ended, or it is withdrawn/);
  assert.equal(await page.evaluate(() => scrollY), 0);
  // That one stands in the text is said beside it, as long as it does.
  await page.click('#photo-2 .insert');
  await page.click('#photo-2 .remove');
  assert.match(await page.innerText('#photo-2'), /withdrawn[^]*text/);
  await page.goto(photo(2));
  await page.click('form[action$="/reinstate/"] button');
  await page.waitForURL('**/?done=*');
  await page.context().close();
});

test('the first page warns of rights that end', async () => {
  const page = await open('anna');
  await page.goto(`${base}/admin/`);
  assert.match(await page.textContent('h2:has-text("Rights of photos end soon") ~ table'), /Caption of delta\.jpg.*Photographed/s);
  await page.context().close();
});

test('the focal point is set by click and by keys, and the parts follow', async () => {
  const page = await open('anna');
  await page.goto(photo(1));
  const [whole, card] = [page.locator('svg.crop').first(), page.locator('svg.crop').nth(1)];
  const began = await card.getAttribute('viewBox');
  const box = await whole.boundingBox();
  await whole.click({ position: { x: box.width * 0.9, y: box.height * 0.1 } });
  assert.ok(Math.abs(Number(await page.inputValue('#f-focal_x')) - 90) < 1);
  assert.ok(Math.abs(Number(await page.inputValue('#f-focal_y')) - 10) < 1);
  const moved = await card.getAttribute('viewBox');
  assert.notEqual(moved, began);
  await page.fill('#f-focal_x', '50');
  await page.fill('#f-focal_y', '40');
  await whole.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  assert.deepEqual([await page.inputValue('#f-focal_x'), await page.inputValue('#f-focal_y')], ['51', '50']);
  const shown = await page.locator('svg.crop').evaluateAll((all) => all.map((s) => s.getAttribute('viewBox')));
  await page.keyboard.press('Control+Enter');
  await page.waitForURL('**?done=photo-confirmed');
  assert.equal(await page.inputValue('#f-focal_x'), '51');
  // What the script cut and what the program cuts is the same.
  assert.deepEqual(await page.locator('svg.crop').evaluateAll((all) => all.map((s) => s.getAttribute('viewBox'))), shown);
  await page.context().close();
});

test('Enter confirms, the item follows, and two people see both of their texts', async () => {
  const page = await open('anna', { javaScriptEnabled: false });
  const other = await open('anna', { javaScriptEnabled: false });
  await page.goto(photo(3));
  await other.goto(photo(3));
  await page.fill('#f-creator', 'Vera');
  await page.keyboard.press('Enter');
  await page.waitForURL('**?done=photo-confirmed');
  await other.fill('#f-creator', 'Olga');
  await other.keyboard.press('Enter');
  await other.waitForSelector('h1 + p.problem');
  assert.match(await other.textContent('#f-creator-error'), /Vera/);
  assert.equal(await other.inputValue('#f-creator'), 'Olga');
  await other.click('.bar button');
  await other.waitForURL('**?done=photo-confirmed');
  assert.equal(await other.inputValue('#f-creator'), 'Olga');
  await page.context().close();
  await other.context().close();
});

test('several at once: common texts once, the rest at each', async () => {
  const page = await open('anna', { javaScriptEnabled: false });
  await page.goto(`${base}/admin/photos/`);
  for (const box of await page.locator('.pick input').all()) await box.check();
  await page.click('form[action$="/batch/"] button');
  await page.fill('#f-creator', 'Ivan');
  await page.fill('#f-caption-2', 'Another caption');
  await page.fill('#f-alt-3', 'x'.repeat(2001));
  await page.click('.bar button');
  await page.waitForSelector('h1 + p.problem');
  assert.ok(await page.textContent('#f-alt-3-error'));
  assert.equal(await page.inputValue('#f-caption-2'), 'Another caption');
  await page.fill('#f-alt-3', 'A valley');
  await page.click('.bar button');
  await page.waitForURL('**/admin/photos/?done=photos-confirmed');
  for (const id of [1, 2, 3]) {
    await page.goto(photo(id));
    assert.equal(await page.inputValue('#f-creator'), 'Ivan');
  }
  await page.goto(photo(2));
  assert.equal(await page.inputValue('#f-caption'), 'Another caption');
  await page.context().close();
});

test('taken off the site and put back, with a reason, in its history', async () => {
  const page = await open('anna', { javaScriptEnabled: false });
  await page.goto(photo(2));
  await page.click('form[action$="/withdraw/"] button');
  await page.waitForSelector('#f-reason-error');
  await page.fill('#f-reason', 'A person asked for it');
  await page.click('form[action$="/withdraw/"] button');
  await page.waitForURL('**?done=photo-withdrawn');
  const gone = await page.request.get(`${base}/news/events/photographed/?n=1`);
  assert.match(await gone.text(), /Caption of delta/);
  assert.doesNotMatch(await gone.text(), /alt="What flags\.jpg shows"/);
  assert.match(await page.textContent('main'), /A person asked for it/);
  await page.click('form[action$="/reinstate/"] button');
  await page.waitForURL('**?done=photo-reinstated');
  assert.match(await page.textContent('h2:has-text("What happened to it") + table'), /Photo reinstated.*Photo withdrawn everywhere/s);
  await page.context().close();
});

test('the original comes as it came, and with the texts of the library inside', async () => {
  const page = await open('anna');
  await page.goto(photo(1));
  const [file] = await Promise.all([page.waitForEvent('download'), page.click('a[href$="/original/"]')]);
  assert.equal(file.suggestedFilename(), 'delta.jpg');
  assert.deepEqual(fs.readFileSync(await file.path()), fs.readFileSync('static/demo/photos/delta.jpg'));
  await page.fill('#f-credit', 'Министерство обороны Республики Беларусь');
  await page.press('#f-credit', 'Enter');
  await page.waitForURL('**?done=photo-confirmed');
  const [edited] = await Promise.all([page.waitForEvent('download'), page.click('a[href$="/edited/"]')]);
  const said = JSON.parse(execFileSync('exiftool', ['-json', '-XMP-photoshop:Credit', '-XMP-dc:Creator', '-ImageWidth', await edited.path()], { encoding: 'utf8' }))[0];
  assert.deepEqual([said.Credit, said.Creator, said.ImageWidth], ['Министерство обороны Республики Беларусь', 'Ivan', 800]);
  await page.context().close();
});

// The newsroom's lists in a real browser: found, chosen and done without JavaScript, in
// both colour schemes and three widths.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site, items } from '../http/lib/site.mjs';
import { launch, look, password, signIn, threeViews } from './lib/newsroom.mjs';

let site, browser, base;

before(async () => {
  const soon = new Date(Date.now() + 3600e3).toISOString();
  site = await Site.make({
    sections: [['events', 'Events', 'События'], ['speeches', 'Speeches', 'Выступления']],
    items: [...items(60), { ...items(1)[0], id: 'soon', slug: 'soon', title: 'A long title of an item that goes out soon, for phones to break', published_at: soon }],
  });
  base = `http://localhost:${site.port}`;
  site.addPerson('anna', 'administrator', password);
  await site.serve({ args: ['--set', `site_url=${base}`] });
  await site.startNginx();
  browser = await launch();
});
after(async () => {
  await browser.close();
  await site.end();
});

for (const locale of ['en', 'ru'])
  test(`axe-core finds nothing on the lists, ${locale}`, async () => {
    const context = await browser.newContext({ bypassCSP: true, locale });
    const page = await context.newPage();
    await signIn(page, base, 'anna');
    for (const path of ['', 'items/', 'items/?q=title&lang=en&state=approved', 'items/?from=never', 'items/?q=nothing', 'calendar/2026/03/']) {
      await page.goto(`${base}/admin/${path}`);
      await look(page, path, threeViews);
    }
    await context.close();
  });

// Words of the table that stand on more than one line.
const broken = (page) => page.evaluate(() => {
  const walk = document.createTreeWalker(document.querySelector('.rows'), NodeFilter.SHOW_TEXT), all = [];
  for (let node = walk.nextNode(); node; node = walk.nextNode())
    for (const word of node.data.matchAll(/[\p{L}\d]+/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (range.getClientRects().length > 1) all.push(word[0]);
    }
  return all;
});

test('no word of the list is broken, at any width', async () => {
  const context = await browser.newContext({ locale: 'ru' });
  const page = await context.newPage();
  await signIn(page, base, 'anna');
  await page.goto(`${base}/admin/items/`);
  for (const width of [360, 768, 1024, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    assert.deepEqual(await broken(page), [], `${width}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${width}`);
  }
  await context.close();
});

test('without JavaScript and by keyboard: found, chosen, tagged', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, base, 'anna');
  await page.goto(`${base}/admin/items/`);
  await page.focus('#f-q');
  await page.keyboard.type('title 7');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/admin/items/?q=title+7**');
  assert.equal(await page.locator('tbody tr').count(), 1);
  await page.focus('td.pick input');
  await page.keyboard.press('Space');
  await page.selectOption('#f-action', 'tag');
  await page.fill('#f-bulk_tag', 'chosen');
  await page.keyboard.press('Enter');
  await page.waitForSelector('h1:has-text("Add a tag")');
  assert.match(await page.textContent('tbody'), /Title en events 7/);
  await page.click('.ways a');
  await page.waitForURL('**/admin/items/?q=title%207**');
  await page.goto(`${base}/admin/items/?tag=chosen`);
  assert.equal(await page.locator('tbody tr').count(), 1);
  await context.close();
});

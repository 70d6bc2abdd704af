// Every kind of page in a real browser: three widths, both colour schemes, axe-core, no
// console message, nothing asked from elsewhere, and no need of JavaScript.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { Site } from '../http/lib/site.mjs';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const widths = [360, 768, 1280];
let site, browser, kinds;

before(async () => {
  site = await Site.make({ demo: true });
  const word = 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(5);
  site.import([{ id: 'word', lang: 'en', section: 'interviews', slug: 'word', title: word, lead: word, body: `${word}\n\n> ${word}\n\n    ${word}\n\n1. \`${word}\``, published_at: '2017-01-01', photo_credit: word }]);
  await site.serve();
  await site.startNginx();
  await site.photosMade();
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const old = (await site.get('/news/')).body.match(/class="older" href="([^"]+)"/)[1];
  const find = (id) => {
    const item = JSON.parse(site.run('item', 'show', id));
    return `${item.lang === 'ru' ? '/ru' : ''}/news/${item.section}/${item.slug}/`;
  };
  kinds = ['/', '/ru/', '/news/', old, '/news/events/', '/news/2026/', '/news/2026/11/', '/news/2018/01/', find('demo-en-022'), find('demo-ru-017'), find('demo-en-029'), find('demo-en-035'), find('demo-en-024'), find('demo-en-015'), '/news/interviews/word/', '/news/2017/', '/corrections/', '/ru/corrections/', find('demo-en-009'), '/nope/', '/news/?before=x'];
});
after(async () => {
  await browser.close();
  await site.end();
});

async function open(path, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const seen = { messages: [], elsewhere: [] };
  page.on('console', (m) => seen.messages.push(m.text()));
  page.on('pageerror', (e) => seen.messages.push(String(e)));
  page.on('request', (r) => {
    if (!r.url().startsWith(site.origin)) seen.elsewhere.push(r.url());
  });
  await page.goto(site.origin + path, { waitUntil: 'load' });
  // Chromium reports the page's own error status as a message of its own.
  seen.messages = seen.messages.filter((m) => !/status of 4(00|04|10)/.test(m));
  return { context, page, seen };
}

for (const colorScheme of ['light', 'dark'])
  test(`axe-core finds nothing on any kind of page, ${colorScheme}`, async () => {
    for (const path of kinds) {
      const { context, page } = await open(path, { viewport: { width: 1280, height: 900 }, colorScheme, bypassCSP: true });
      await page.addScriptTag({ path: axe });
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      assert.deepEqual(violations.map((v) => [v.id, v.nodes[0].html]), [], path);
      await context.close();
    }
  });

test('no kind of page scrolls sideways, speaks on the console or asks elsewhere', async () => {
  for (const width of widths)
    for (const path of kinds) {
      const { context, page, seen } = await open(path, { viewport: { width, height: 800 } });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${path} at ${width}: ${over} px too wide`);
      assert.deepEqual(seen.messages, [], path);
      assert.deepEqual(seen.elsewhere, [], path);
      await context.close();
    }
});

test('every photo on every kind of page has its credit', async () => {
  let photos = 0;
  for (const path of kinds) {
    const { context, page } = await open(path, {});
    const bare = await page.evaluate(() => [...document.querySelectorAll('img')].filter((i) => !i.closest('figure')?.querySelector('.credit')?.textContent.trim()).map((i) => i.src));
    assert.deepEqual(bare, [], path);
    photos += await page.locator('img').count();
    await context.close();
  }
  assert.ok(photos > 20);
});

test('without JavaScript the three ways on work; with it Go back goes back', async () => {
  for (const javaScriptEnabled of [false, true]) {
    const { context, page } = await open('/news/2026/', { javaScriptEnabled });
    await page.locator('.card h2 a').nth(1).click();
    const article = page.url();
    for (const way of ['.onward li:nth-child(2) a', '.onward li:nth-child(3) a']) {
      await page.locator(way).click();
      assert.equal(await page.locator('h1').count(), 1);
      await page.goto(article);
    }
    await context.close();
  }
  const { context, page } = await open('/news/2026/', {});
  await page.locator('.card h2 a').nth(1).click();
  await page.locator('.js-back').click();
  await page.waitForURL('**/news/2026/');
  await context.close();
});

test('the skip link is first and leads to the content', async () => {
  const { context, page } = await open('/', {});
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  assert.match(page.url(), /#main$/);
  await context.close();
});

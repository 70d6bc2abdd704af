// Sections, the audit log and the words of the interface in a real browser: axe-core, three
// widths, by keyboard and without JavaScript.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site, items } from '../http/lib/site.mjs';
import { launch, look, password, signIn, threeViews } from './lib/newsroom.mjs';

let site, browser, base;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События'], ['visits', 'Visits', 'Визиты', 'events'], ['speeches', 'Speeches', 'Выступления']], items: items(2) });
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
  test(`axe-core finds nothing, ${locale}`, async () => {
    const context = await browser.newContext({ bypassCSP: true, locale });
    const page = await context.newPage();
    await signIn(page, base, 'anna', '/admin/sections/');
    await look(page, `sections ${locale}`, threeViews);
    await page.goto(`${base}/admin/sections/new/`);
    await page.click('.form:not(.who) button');
    await page.waitForSelector('#f-slug-error');
    await look(page, `a new section with errors ${locale}`, threeViews);
    await page.goto(`${base}/admin/sections/`);
    await page.click('th a');
    await page.waitForSelector('#f-slug');
    await look(page, `a section ${locale}`, threeViews);
    await page.goto(`${base}/admin/audit/`);
    await look(page, `audit ${locale}`, threeViews);
    await page.goto(`${base}/admin/audit/?since=yesterday`);
    await look(page, `audit with an error ${locale}`, threeViews);
    await page.goto(`${base}/admin/strings/`);
    await look(page, `words ${locale}`, threeViews);
    await page.click('th a');
    await page.fill('#f-text', 'x'.repeat(301));
    await page.click('.form:not(.who) button');
    await page.waitForSelector('#f-text-error');
    await look(page, `a word with an error ${locale}`, threeViews);
    await context.close();
  });

test('sections are put in order by keyboard, without JavaScript', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, base, 'anna', '/admin/sections/');
  const up = page.getByRole('button', { name: 'Up: Speeches' });
  await up.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/admin/sections/?done=saved');
  assert.deepEqual(await page.locator('th a').allTextContents(), ['Speeches', 'Events', '— Visits']);
  await page.goto(`${base}/`);
  assert.deepEqual((await page.locator('.menu a').allTextContents()).slice(-2), ['Speeches', 'Events']);
  await context.close();
});

test('the log is searched by keyboard, without JavaScript', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, base, 'anna', '/admin/audit/');
  await page.selectOption('#f-action', 'sign in');
  await page.focus('#f-person');
  await page.keyboard.type('anna');
  await page.keyboard.press('Enter');
  await page.waitForURL(/person=anna/);
  assert.equal(await page.inputValue('#f-action'), 'sign in');
  assert.ok((await page.locator('tbody tr').allTextContents()).every((row) => /Signed in/.test(row)));
  await context.close();
});

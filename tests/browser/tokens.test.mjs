// Tokens for programs in a real browser: made and revoked by keyboard, seen from all sides.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site } from '../http/lib/site.mjs';
import { launch, look, password, signIn, twoViews } from './lib/newsroom.mjs';

let site, browser, base;
before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События'], ['speeches', 'Speeches', 'Выступления']] });
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
  test(`a token is made, shown once and revoked, looked at from all sides: ${locale}`, async () => {
    const context = await browser.newContext({ bypassCSP: true, locale });
    const page = await context.newPage();
    await signIn(page, base, 'anna', '/admin/account/tokens/');
    await look(page, 'no tokens', twoViews);
    await page.focus('#f-name');
    await page.keyboard.type('Feed of the ministry');
    await page.focus('#f-current');
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#f-current-error');
    assert.equal(await page.inputValue('#f-name'), 'Feed of the ministry');
    await look(page, 'a wrong password', twoViews);
    await page.fill('#f-current', password);
    await page.click('summary');
    await page.check('[id^="f-section-"] >> nth=0');
    await page.click('main form.form button');
    await page.waitForSelector('.codes code');
    assert.match(await page.textContent('.codes code'), /^byline_[0-9a-f]{64}$/);
    await look(page, 'the new token');
    await page.goto(`${base}/admin/account/tokens/`);
    assert.match(await page.textContent('table'), /Feed of the ministry/);
    await look(page, 'the list of tokens');
    await page.click('table button');
    await page.waitForSelector('.notice');
    assert.equal(await page.locator('table').count(), 0);
    await context.close();
  });

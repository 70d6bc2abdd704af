// Corrections and translations in a real browser: the newsroom's pages and the article,
// in both languages, both colour schemes and three widths; without JavaScript.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site, items } from '../http/lib/site.mjs';
import { launch, look, password, signIn } from './lib/newsroom.mjs';

const PAGE = '/admin/items/1/corrections/';
let site, browser, base;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']], items: items(2) });
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

test('a correction is published by keyboard alone, and read on the article', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, base, 'anna');
  await page.goto(base + PAGE);
  await page.focus('#f-text');
  await page.keyboard.type('An earlier version of this text said that 21 came.');
  await page.keyboard.press('Enter');
  await page.keyboard.type('In fact 12 did.');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${base}${PAGE}?done=corrected`);
  const { title } = JSON.parse(site.run('export').split('\n')[0]);
  await page.goto(`${base}/corrections/`);
  await page.click(`text=${title}`);
  assert.match(await page.innerText('.corrections'), /^Correction, \d\d\.\d\d\.\d{4}\. An earlier version[^\n]* came\.\nIn fact 12 did\.\n/);
  await context.close();
});

for (const locale of ['en', 'ru'])
  test(`axe-core finds nothing on the pages of corrections, ${locale}`, async () => {
    const context = await browser.newContext({ bypassCSP: true, locale });
    const page = await context.newPage();
    await signIn(page, base, 'anna');
    await page.goto(base + PAGE);
    await look(page, `corrections ${locale}`);
    await page.$eval('form.form', (form) => { form.noValidate = true; });
    await page.click('form.form button[name=do]');
    await page.waitForSelector('#f-text-error');
    await look(page, `refused correction ${locale}`);
    await page.goto(`${base}/corrections/`);
    await page.click('.card a');
    await look(page, `corrected article ${locale}`);
    await context.close();
  });

test('a translation is begun from its source and shows what changed there', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, base, 'anna');
  await page.goto(`${base}/admin/items/2/translations/`);
  await page.click('text=Make a draft');
  await page.waitForURL('**/admin/items/3/?done=translated');
  await page.goto(`${base}/admin/items/2/`);
  await page.fill('textarea[name=body]', 'Body of 1.\n\nAnother paragraph.');
  await page.click('form.form button[name=do][value=save]');
  await page.waitForURL('**/admin/items/2/?done=saved');
  site.run('item', 'approve', '/news/events/events-1/');
  await page.goto(`${base}/admin/items/3/`);
  await page.click('text=Translations (outdated)');
  assert.match(await page.innerText('main'), /The source has changed since/);
  assert.equal((await page.innerText('main ins')).trim(), 'Another');
  await context.close();
});

for (const locale of ['en', 'ru'])
  test(`axe-core finds nothing on the pages of translations, ${locale}`, async () => {
    const context = await browser.newContext({ bypassCSP: true, locale });
    const page = await context.newPage();
    await signIn(page, base, 'anna');
    await page.goto(`${base}/admin/items/1/translations/`);
    await look(page, `without translations ${locale}`);
    await page.goto(`${base}/admin/items/3/translations/`);
    await look(page, `stale translation ${locale}`);
    await page.fill('input[name=other]', '/nothing/');
    await page.press('input[name=other]', 'Enter');
    await page.waitForSelector('#f-other-error');
    await look(page, `refused link ${locale}`);
    await context.close();
  });

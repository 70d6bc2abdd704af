// The newsroom in a real browser: signing in, one's account, people; by keyboard, without
// JavaScript, in both colour schemes and three widths.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site } from '../http/lib/site.mjs';
import { launch, look, password, signIn } from './lib/newsroom.mjs';

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

test('signing in, by keyboard alone, with the error beside the field', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${base}/admin/people/`);
  await page.keyboard.press('Tab'); // skip link
  for (let i = 0; i < 3; i++) await page.keyboard.press('Tab');
  await page.keyboard.type('anna');
  await page.keyboard.press('Tab');
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#f-login-error');
  assert.equal(await page.inputValue('#f-login'), 'anna');
  assert.equal(await page.getAttribute('#f-login', 'aria-invalid'), 'true');
  assert.match(await page.getAttribute('#f-login', 'aria-describedby'), /f-login-error/);
  await page.focus('#f-password');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${base}/admin/people/`);
  assert.match(await page.textContent('table'), /anna/);
  await page.click('.who button');
  await page.waitForURL('**/admin/sign-in/**');
  assert.match(await page.textContent('.notice'), /signed out/);
  await context.close();
});

for (const locale of ['en', 'ru'])
  test(`axe-core finds nothing on the pages of accounts and people, ${locale}`, async () => {
    const context = await browser.newContext({ bypassCSP: true, locale });
    const page = await context.newPage();
    await page.goto(`${base}/admin/sign-in/`);
    await look(page, 'sign in');
    await page.click('main button');
    await page.waitForSelector('#f-password-error');
    await look(page, 'sign in with errors');
    await signIn(page, base, 'anna');
    await look(page, 'account');
    for (const path of ['account/password/', 'account/factor/', 'people/', 'people/new/']) {
      await page.goto(`${base}/admin/${path}`);
      await look(page, path);
    }
    await page.click('.form:not(.who) button');
    await page.waitForSelector('#f-login-error');
    await look(page, 'a new person with errors');
    await page.goto(`${base}/admin/people/`);
    await page.click('th a');
    await page.waitForSelector('#f-role');
    await look(page, 'a person');
    await context.close();
  });

test('no script runs, nothing is asked from elsewhere, nothing is said on the console', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const messages = [], elsewhere = [];
  page.on('console', (m) => messages.push(m.text()));
  page.on('request', (r) => { if (!r.url().startsWith(base)) elsewhere.push(r.url()); });
  await signIn(page, base, 'anna');
  await page.goto(`${base}/admin/people/new/`);
  const hostile = '"><script>document.title="run"</script><img src=x onerror="document.title=1">';
  await page.fill('#f-login', 'x y');
  await page.fill('#f-name', hostile);
  await page.click('main button');
  await page.waitForSelector('#f-login-error');
  assert.equal(await page.inputValue('#f-name'), hostile);
  assert.equal(await page.locator('script:not([src^="/static/js/"])').count(), 0);
  assert.equal(await page.title(), 'Add a person – Newsroom');
  assert.deepEqual(elsewhere, []);
  assert.deepEqual(messages.filter((m) => !/status of 422/.test(m)), []);
  await context.close();
});

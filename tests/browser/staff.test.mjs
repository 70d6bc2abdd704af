// The newsroom in a real browser: signing in, one's account, people; by keyboard, without
// JavaScript, in both colour schemes and three widths.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { Site } from '../http/lib/site.mjs';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const password = 'correct horse battery staple';
let site, browser, base;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События'], ['speeches', 'Speeches', 'Выступления']] });
  base = `http://localhost:${site.port}`;
  site.addPerson('anna', 'administrator', password);
  await site.serve({ args: ['--set', `site_url=${base}`] });
  await site.startNginx();
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
});
after(async () => {
  await browser.close();
  await site.end();
});

// A page at hand with everything looked at: axe-core in both schemes, three widths.
async function look(page, name) {
  for (const [width, colorScheme] of [[360, 'light'], [768, 'dark'], [1280, 'light'], [1280, 'dark']]) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${name} at ${width}: ${over} px too wide`);
    await page.addScriptTag({ path: axe });
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    assert.deepEqual(violations.map((v) => [v.id, v.nodes[0].html]), [], `${name} at ${width}, ${colorScheme}`);
  }
}

async function signIn(page, login = 'anna') {
  await page.goto(`${base}/admin/account/`);
  await page.fill('#f-login', login);
  await page.fill('#f-password', password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${base}/admin/account/`);
}

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
    await signIn(page);
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
  await signIn(page);
  await page.goto(`${base}/admin/people/new/`);
  const hostile = '"><script>document.title="run"</script><img src=x onerror="document.title=1">';
  await page.fill('#f-login', 'x y');
  await page.fill('#f-name', hostile);
  await page.click('main button');
  await page.waitForSelector('#f-login-error');
  assert.equal(await page.inputValue('#f-name'), hostile);
  assert.equal(await page.locator('script').count(), 0);
  assert.equal(await page.title(), 'Add a person – Newsroom');
  assert.deepEqual(elsewhere, []);
  assert.deepEqual(messages.filter((m) => !/status of 422/.test(m)), []);
  await context.close();
});

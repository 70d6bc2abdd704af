// Writing and publishing an item in a real browser: by keyboard and without JavaScript, in
// two languages, and with the countdown's script.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site } from '../http/lib/site.mjs';
import { fill, launch, look, password, press, sendWith, signIn, twoViews } from './lib/newsroom.mjs';

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

const NEW = '/admin/items/new/';
async function write(page, title, more = {}) {
  await page.fill('#f-title', title);
  await page.selectOption('#f-section', { index: 1 });
  await page.fill('#f-lead', 'Who did what, when and where.');
  await fill(page, '#body', 'First paragraph.\n\n## Heading\n\nSecond paragraph.');
  for (const [id, value] of Object.entries(more)) await fill(page, id, value);
}

test('an item is written and published by keyboard alone, without JavaScript, and is on the home page', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, base, 'anna', '/admin/');
  await page.focus(`nav a[href="${NEW}"]`);
  await page.keyboard.press('Enter');
  await page.waitForSelector('#f-title');
  await page.focus('#f-title');
  await page.keyboard.type('By keyboard');
  for (const keys of ['E', null, 'The lead.', 'The body.', '', '', '']) {
    await page.keyboard.press('Tab');
    if (keys) await page.keyboard.type(keys);
  }
  await page.focus('button[value="go-on"]');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/steps/?done=saved');
  await page.focus('button[value="approve"]');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/steps/?done=approved');
  await page.goto(`${base}/?fresh`);
  assert.match(await page.textContent('main'), /By keyboard/);
  await context.close();
});

for (const locale of ['en', 'ru'])
  test(`axe-core finds nothing on the pages of an item, ${locale}`, async () => {
    const context = await browser.newContext({ bypassCSP: true, locale });
    const page = await context.newPage();
    await signIn(page, base, 'anna', NEW);
    await look(page, 'a new item', twoViews);
    await page.click('button[value="save"]');
    await page.waitForSelector('#f-title-error');
    await page.click('summary');
    await look(page, 'a new item with errors', twoViews);
    await write(page, 'Looked at', { '#f-published_at': '2031-05-04T10:30' });
    await page.click('button[value="save"]');
    await page.waitForURL('**/?done=saved');
    const item = page.url().replace(/\?.*/, '');
    await look(page, 'an item', twoViews);
    await fill(page, '#body', 'Their paragraph.');
    await press(page, 'button[value="save"]');
    await fill(page, '#body', 'My paragraph.');
    await sendWith(page, 'base', '1');
    await page.waitForSelector('ins');
    await look(page, 'both together', twoViews);
    for (const path of ['history/', 'diff/?old=2&new=1', 'preview/', 'steps/']) {
      await page.goto(item + path);
      await look(page, path, twoViews);
    }
    await page.click('button[value="approve"]');
    await page.waitForURL('**/?done=approved');
    await page.click('button[value="withdraw"]');
    await page.waitForSelector('#withdraw-reason-error');
    await look(page, 'withdrawing without a reason', twoViews);
    await context.close();
  });

test('the countdown goes on by itself, and without a script it is text', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const messages = [];
  page.on('console', (m) => messages.push(m.text()));
  await signIn(page, base, 'anna', NEW);
  await write(page, 'Counted down', { '#f-published_at': '2031-05-04T10:30' });
  await page.click('button[value="save"]');
  await page.waitForSelector('.countdown');
  const first = await page.textContent('.countdown');
  assert.match(first, /^in \d+ d \d+ h \d+ min \d+ s$/);
  await page.waitForFunction((old) => document.querySelector('.countdown').textContent !== old, first);
  await page.evaluate(() => { document.querySelector('.countdown').dataset.left = '0'; });
  await page.addScriptTag({ url: await page.getAttribute('script[src*="countdown"]', 'src') });
  await page.waitForFunction(() => document.querySelector('.countdown').textContent === 'The time has come.');
  assert.deepEqual(messages, []);
  await context.close();
});

test('no script of anybody’s runs, even with the CSP removed', async () => {
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await page.addInitScript(() => { globalThis.alert = () => { document.documentElement.dataset.ran = '1'; }; });
  await signIn(page, base, 'anna', NEW);
  const evil = '"><img src=x onerror="alert(1)"><script>alert(2)</script><svg onload=alert(3)>';
  await write(page, evil, { '#f-lead': evil, '#body': `${evil}\n\n[a](javascript:alert(4))\n\n[b](data:text/html,<script>alert(5)</script>)`, '#f-tags': evil.replaceAll(',', ''), '#f-photo_credit': evil });
  await page.click('button[value="save"]');
  await page.waitForURL('**/?done=saved');
  const item = page.url().replace(/\?.*/, '');
  await page.fill('#f-lead', `${evil} again`);
  await page.click('button[value="go-on"]');
  await page.waitForURL('**/steps/?done=saved');
  for (const path of ['', 'steps/', 'history/', 'diff/?old=1&new=2', 'preview/']) {
    await page.goto(item + path);
    await page.waitForTimeout(100);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.ran), undefined, path);
  }
  await context.close();
});

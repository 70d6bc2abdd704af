// What is typed is not lost: a server that is killed, a line that is cut, a session that
// ends; two people at one item; and the pages of comments and preview links.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Site } from '../http/lib/site.mjs';
import { launch, look, password, press, signIn, threeViews } from './lib/newsroom.mjs';

let site, browser, base, args;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']] });
  base = `http://localhost:${site.port}`;
  args = ['--set', `site_url=${base}`];
  site.addPerson('anna', 'administrator', password);
  site.addPerson('boris', 'administrator', password);
  await site.serve({ args });
  await site.startNginx();
  browser = await launch();
});
after(async () => {
  await browser.close();
  await site.end();
});

async function open(login = 'anna', options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await signIn(page, base, login);
  return { context, page };
}
const title = '[name=title]';
const told = (page, name, words) => page.waitForFunction(([n, w]) => document.querySelector(`.together .${n}`)?.textContent.includes(w), [name, words]);
const leftHere = (page) => page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith('byline ')));

async function add(page, text) {
  await page.goto(`${base}/admin/items/new/`);
  await page.fill(title, text);
  await page.selectOption('[name=section]', { index: 1 });
  await page.fill('[name=lead]', 'The lead.');
  await page.click('button[value=save]');
  await page.waitForURL(/\/admin\/items\/\d+\/\?done=saved/);
  return page.url().replace(/\?.*/, '');
}

test('what is typed is kept every few seconds, and gone on with in another browser without script', async () => {
  const { context, page } = await open();
  const item = await add(page, 'First');
  await page.fill(title, 'Typed and not saved');
  await told(page, 'kept', 'kept:');
  assert.deepEqual(await leftHere(page), []);
  await context.close();
  const other = await open('anna', { javaScriptEnabled: false });
  await other.page.goto(item);
  assert.equal(await other.page.inputValue(title), 'First');
  await other.page.click('text=Typed and not saved');
  assert.equal(await other.page.inputValue(title), 'Typed and not saved');
  await other.page.click('button[value=save]');
  await other.page.waitForURL(/done=saved/);
  await other.page.goto(`${base}/admin/`);
  assert.equal(await other.page.locator('text=Text that you did not save').count(), 0);
  await other.context.close();
});

test('a killed server: what is typed meanwhile is kept here and sent when it is back', async () => {
  const { context, page } = await open();
  const item = await add(page, 'Before');
  site.child.kill('SIGKILL');
  await site.ended;
  await page.fill(title, 'While it was dead');
  await told(page, 'state', 'no connection');
  assert.equal((await leftHere(page)).length, 1);
  await site.serve({ args });
  await told(page, 'state', 'connection is back');
  await told(page, 'kept', 'kept:');
  assert.deepEqual(await leftHere(page), []);
  await page.goto(item);
  await page.click('text=While it was dead');
  assert.equal(await page.inputValue(title), 'While it was dead');
  await context.close();
});

test('a line that is cut, and a page closed meanwhile: the text is back the next time', async () => {
  const { context, page } = await open();
  const item = await add(page, 'On line');
  await context.setOffline(true);
  await page.fill(title, 'Off line');
  await told(page, 'state', 'no connection');
  await page.fill(title, 'Off line, and more');
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(item);
  await again.waitForURL(/unsaved=/);
  assert.equal(await again.inputValue(title), 'Off line, and more');
  await again.click('button[value=save]');
  await again.waitForURL(/done=saved/);
  assert.deepEqual(await leftHere(again), []);
  await context.close();
});

test('a session that ended: signing in again brings the text back', async () => {
  const { context, page } = await open();
  const item = await add(page, 'In session');
  await context.clearCookies();
  await page.fill(title, 'Out of session');
  await told(page, 'state', 'session has ended');
  const other = await context.newPage(); // signed in anew in another tab: it goes on by itself
  await signIn(other, base, 'anna');
  await told(page, 'kept', 'kept:');
  await page.fill('[name=lead]', 'And saved.');
  await press(page, 'button[value=save]');
  assert.match(page.url(), /done=saved/);
  assert.equal(await page.inputValue(title), 'Out of session');

  await context.clearCookies();
  await page.fill(title, 'Out of session again');
  await told(page, 'state', 'session has ended');
  await signIn(page, base, 'anna', new URL(item).pathname); // in the same tab
  await page.waitForURL(/unsaved=/);
  assert.equal(await page.inputValue(title), 'Out of session again');
  await context.close();
});

test('a new item typed after the session ended is listed on the first page', async () => {
  const { context, page } = await open();
  await page.goto(`${base}/admin/items/new/`);
  await context.clearCookies();
  await page.fill(title, 'Never saved');
  await told(page, 'state', 'session has ended');
  await signIn(page, base, 'anna', '/admin/');
  await page.click('text=Never saved');
  assert.equal(await page.inputValue(title), 'Never saved');
  await page.goto(`${base}/admin/`);
  await page.click('button[aria-label="Throw away: Never saved"]');
  await page.waitForURL(/done=thrown-away/);
  assert.equal(await page.locator('text=Never saved').count(), 0);
  await context.close();
});

test('what is kept here is one person’s, and gone after signing out', async () => {
  const { context, page } = await open();
  const item = await add(page, 'Anna’s');
  await context.clearCookies();
  await page.fill(title, 'Anna’s secret');
  await told(page, 'state', 'session has ended');
  const other = await context.newPage();
  await signIn(other, base, 'boris');
  await told(page, 'state', 'Somebody else is signed in');
  await other.goto(item);
  await told(other, 'others', '');
  assert.equal(await other.inputValue(title), 'Anna’s');
  assert.equal((await leftHere(other)).length, 1); // Anna's, and not Boris's to send
  await other.click('.who button');
  await other.waitForURL(/sign-in/);
  assert.deepEqual(await leftHere(other), []);
  await context.close();
});

test('two people at one item see each other come, save and go', async () => {
  const anna = await open(), boris = await open('boris');
  const item = await add(anna.page, 'Both');
  await boris.page.goto(item);
  assert.match(await boris.page.textContent('.together .others'), /anna is also writing here since/);
  await told(anna.page, 'others', 'boris is also writing here since');
  await boris.page.fill(title, 'Boris was faster');
  await boris.page.click('button[value=save]');
  await boris.page.waitForURL(/done=saved/);
  await told(anna.page, 'stale', 'changed since you opened it: boris');
  await boris.context.close();
  await anna.page.waitForFunction(() => document.querySelector('.together .others').textContent === '');
  await anna.context.close();
});

test('the photo of a draft is drawn in its preview and behind its link', async () => {
  const photos = [{ file: path.resolve('static/demo/photos/delta.jpg'), alt: 'A delta', credit: 'Somebody' }];
  const brought = site.import([{ id: 'pictured', lang: 'en', section: 'events', slug: 'pictured', title: 'Pictured', body: 'Body.', state: 'draft', photos }]);
  assert.equal(brought.status, 0, brought.stderr);
  await site.photosMade();
  const isDrawn = (page) => page.locator('main figure img').evaluate(async (img) => (await img.decode(), img.naturalWidth > 0 && img.clientHeight > 0));
  const { context, page } = await open();
  await page.goto(`${base}/admin/items/`);
  await page.click('text=Pictured');
  const item = page.url();
  await page.goto(`${item}preview/`);
  assert.equal(await isDrawn(page), true);
  assert.match(await page.textContent('main figure'), /Somebody/);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/preview-with-photo.png` });
  await page.goto(`${item}preview-links/`);
  await page.click('main form button');
  const link = await page.textContent('.codes code');
  await context.close();
  const outside = await (await browser.newContext()).newPage();
  await outside.goto(link);
  assert.equal(await isDrawn(outside), true);
  await outside.context().close();
});

for (const locale of ['en', 'ru'])
  test(`axe-core finds nothing on the pages of working together, ${locale}`, async () => {
    const { context, page } = await open('anna', { bypassCSP: true, locale });
    const item = await add(page, 'Looked at');
    await page.goto(`${item}comments/`);
    await page.click('main form button');
    await page.waitForSelector('#f-text-error');
    await look(page, `comments with an error ${locale}`, threeViews);
    await page.fill('#f-text', 'Is this right?\n\nTwo paragraphs, and a very-long-word-without-any-blank-in-it-that-has-to-be-broken-somewhere.');
    await page.click('main form button');
    await page.waitForURL(/done=commented/);
    await look(page, `comments ${locale}`, threeViews);
    await page.goto(`${item}preview-links/`);
    await page.click('main form button');
    const link = await page.textContent('.codes code');
    await look(page, `preview links ${locale}`, threeViews);
    await page.goto(link);
    assert.equal(await page.textContent('h1'), 'Looked at');
    await look(page, `a preview ${locale}`, threeViews);
    await page.goto(item);
    await page.fill(title, 'Kept');
    await page.waitForFunction(() => document.querySelector('.together .kept').textContent !== '');
    await page.goto(item);
    await look(page, `a form with an unsaved text ${locale}`, threeViews);
    await page.goto(`${base}/admin/`);
    await look(page, `the first page with an unsaved text ${locale}`, threeViews);
    await context.close();
  });

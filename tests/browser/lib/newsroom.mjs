// What the browser tests of the newsroom share: a browser, somebody signed in, and looking
// at a page from all sides.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
export const password = 'correct horse battery staple';

export const launch = () => chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

// Comes to a page of the newsroom, is asked who it is, and says so.
export async function giveName(page, base, login, path = '/admin/account/') {
  await page.goto(`${base}${path}`);
  await page.fill('#f-login', login);
  await page.fill('#f-password', password);
  await page.keyboard.press('Enter');
}

// The same, and is let in.
export async function signIn(page, base, login, path = '/admin/account/') {
  await giveName(page, base, login, path);
  await page.waitForURL((url) => url.pathname === path);
}

// Fills a field in, also the text area that the editor has put itself in front of.
export async function fill(page, at, value) {
  if (await page.isVisible(at)) return page.fill(at, value);
  return page.evaluate(([selector, text]) => {
    const area = document.querySelector(selector);
    area.value = text;
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }, [at, value]);
}

// Presses a button that sends a form, and waits for the page that answers: also where its
// address is the one that the page before had already.
export const press = (page, button) => Promise.all([page.waitForNavigation(), page.click(button)]);

// Sends the item's form with another value in a field the page looks after itself: written
// there before, it would be set right again by the page.
export async function sendWith(page, field, value) {
  await page.evaluate(([name, other]) => {
    const { form } = document.querySelector('form textarea[name=body]');
    form.addEventListener('submit', () => { form.elements[name].value = other; });
  }, [field, value]);
  await page.click('button[value="save"]');
}

export const allViews = [[360, 'light'], [768, 'dark'], [1280, 'light'], [1280, 'dark']];
export const threeViews = allViews.slice(0, 3);
export const twoViews = [[360, 'light'], [1280, 'dark']];

// The page as it stands: nothing too wide, and nothing that axe-core finds. SHOTS=FOLDER
// keeps what it looks like.
export async function look(page, name, views = allViews) {
  for (const [width, colorScheme] of views) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${name} at ${width}: ${over} px too wide`);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name.replaceAll(/\W+/g, '-')}-${width}-${colorScheme}.png`, fullPage: true });
    await page.addScriptTag({ path: axe });
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    assert.deepEqual(violations.map((v) => [v.id, v.nodes[0].html]), [], `${name} at ${width}, ${colorScheme}`);
  }
}

// Photos in a real browser: a row of them by keyboard, by touch, without script, on paper;
// and which file a browser takes at which width.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Site } from '../http/lib/site.mjs';
import { tiny } from '../http/lib/uploads.mjs';
import { launch, look, threeViews } from './lib/newsroom.mjs';

const target = '/news/events/row/';
const row = ['flags', 'staff-gauge', 'delta', 'karra-dam', 'lake-issen'];
let site, browser;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']] });
  const photos = row.map((name) => ({ file: path.resolve(`static/demo/photos/${name}.jpg`), credit: `Credit of ${name}`, caption: `Caption of ${name}`, alt: `Alt of ${name}` }));
  const all = ['row', 'zeile', 'third'].map((slug, i) => ({ id: slug, lang: 'en', section: 'events', slug, title: `A ${slug} of photos`, lead: 'Five of them.', body: 'Body.', published_at: `2026-03-0${3 - i}`, photos: [...photos.slice(i), ...photos.slice(0, i)] }));
  const small = path.join(site.dir, 'small.jpg');
  fs.writeFileSync(small, tiny('small'));
  all.push({ ...all[0], id: 'small', slug: 'small', published_at: '2026-02-01', photos: [photos[0], { file: small, credit: 'Credit of small', alt: '16 pixels' }, { ...photos[1], expires_at: '2026-03-01' }] });
  const brought = site.import(all);
  assert.equal(brought.status, 0, brought.stderr);
  await site.serve();
  await site.startNginx();
  await site.photosMade();
  browser = await launch();
});
after(async () => {
  await browser.close();
  await site.end();
});

async function open(options, at = target) {
  const context = await browser.newContext({ viewport: { width: 768, height: 900 }, bypassCSP: true, ...options });
  const page = await context.newPage();
  page.faults = [];
  page.on('console', (m) => page.faults.push(m.text()));
  page.on('pageerror', (e) => page.faults.push(String(e)));
  await page.goto(site.origin + at, { waitUntil: 'load' });
  return page;
}

// Which slide stands at the beginning of the list, by its caption, once it does.
const front = (page) => page.evaluate(async () => {
  const list = document.querySelector('.slides');
  const off = (li) => Math.abs(li.getBoundingClientRect().left - list.getBoundingClientRect().left);
  for (let last = -1; last !== list.scrollLeft; await new Promise((r) => setTimeout(r, 200))) last = list.scrollLeft;
  const [first] = [...list.children].sort((a, b) => off(a) - off(b));
  return `${first.querySelector('.caption').textContent} ${Math.round(off(first)) < 3}`;
});

test('pages with photos are sound at every width, light and dark', async () => {
  for (const at of [target, '/', '/news/']) {
    const page = await open({}, at);
    await page.evaluate(() => document.querySelectorAll('img').forEach((img) => { img.loading = 'eager'; }));
    await page.waitForLoadState('networkidle');
    await look(page, `photos ${at}`, threeViews);
    assert.deepEqual(page.faults, [], at);
    await page.context().close();
  }
});

test('a small photo is not enlarged in a row, nor the room of one that has ended on paper', async () => {
  const page = await open({}, '/news/events/small/');
  const drawn = () => page.evaluate(async () => {
    const img = document.querySelector('.slides img');
    img.loading = 'eager';
    await img.decode();
    const isShrunk = getComputedStyle(img).objectFit === 'scale-down';
    return isShrunk ? Math.min(img.naturalWidth, img.clientWidth) : img.clientWidth;
  });
  assert.equal(await drawn(), 16);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await drawn(), 16);
  const placeholder = await page.locator('.slides .no-photo').boundingBox();
  assert.ok(placeholder.height < 200, `${placeholder.height} px`);
  await page.context().close();
});

test('a row is leafed through by keyboard, and says where it stands', async () => {
  for (const reducedMotion of ['reduce', 'no-preference']) {
    const page = await open({ reducedMotion });
    const count = page.locator('.turn span');
    await page.focus('.slides');
    assert.equal(await count.textContent(), '1 of 4');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    assert.equal(await front(page), 'Caption of karra-dam true', reducedMotion);
    assert.equal(await count.textContent(), '3 of 4');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await front(page), 'Caption of delta true');
    // The buttons, by keyboard too; the last one stays and does nothing more.
    await page.focus('.turn .on');
    for (let i = 0; i < 4; i++) await page.keyboard.press('Enter');
    assert.equal(await front(page), 'Caption of lake-issen true');
    assert.equal(await page.getAttribute('.turn .on', 'aria-disabled'), 'true');
    assert.equal(await page.getAttribute('.turn .back', 'aria-disabled'), 'false');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'on');
    assert.equal(await count.textContent(), '4 of 4');
    await page.context().close();
  }
});

test('with reduced motion it jumps, else it moves', async () => {
  for (const reducedMotion of ['reduce', 'no-preference']) {
    const page = await open({ reducedMotion });
    const behaviour = await page.evaluate(() => new Promise((done) => {
      const list = document.querySelector('.slides');
      list.scrollBy = (how) => done(how.behavior);
      document.querySelector('.turn .on').click();
    }));
    assert.equal(behaviour, reducedMotion === 'reduce' ? 'auto' : 'smooth');
    await page.context().close();
  }
});

test('a finger swipes it, one photo at a time', async () => {
  const page = await open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await page.evaluate(() => { for (const img of document.querySelectorAll('img')) img.loading = 'eager'; });
  await page.waitForLoadState('networkidle');
  await page.locator('.slides').evaluate((list) => list.scrollIntoView({ block: 'center' }));
  const box = await page.locator('.slides').boundingBox();
  const finger = await page.context().newCDPSession(page);
  const touch = (type, x) => finger.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y: box.y + box.height / 3 }] });
  for (const caption of ['delta', 'karra-dam']) {
    await touch('touchStart', 300);
    for (let x = 290; x >= 60; x -= 10) await touch('touchMove', x);
    await touch('touchEnd');
    assert.equal(await front(page), `Caption of ${caption} true`);
  }
  assert.equal(await page.textContent('.turn span'), '3 of 4');
  await page.context().close();
});

test('without script it is a list that scrolls, each photo with its credit', async () => {
  const page = await open({ javaScriptEnabled: false });
  assert.equal(await page.locator('.turn').count(), 0);
  assert.deepEqual(await page.locator('.slides .credit').allTextContents(), row.slice(1).map((name) => `Photo: Credit of ${name}`));
  await page.focus('.slides');
  await page.keyboard.press('ArrowRight');
  await page.waitForTimeout(600);
  assert.ok(await page.locator('.slides').evaluate((list) => list.scrollLeft) > 300, 'the browser itself goes on');
  await page.context().close();
});

test('on paper every photo of the row is there, with its credit', async () => {
  const page = await open({});
  await page.emulateMedia({ media: 'print' });
  const heights = await page.locator('.slides > li').evaluateAll((all) => all.map((li) => { const b = li.getBoundingClientRect(); return [b.top, b.bottom]; }));
  for (let i = 1; i < heights.length; i++) assert.ok(heights[i][0] >= heights[i - 1][1], 'one below the other');
  assert.equal(await page.locator('.turn').isVisible(), false);
  for (const credit of await page.locator('figure .credit').all()) assert.ok(await credit.isVisible());
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/photos-print.png`, fullPage: true });
  await page.context().close();
});

test('a browser takes a file that fits, and knows its place before it comes', async () => {
  const taken = async (width, deviceScaleFactor, at) => {
    const page = await open({ viewport: { width, height: 900 }, deviceScaleFactor }, at);
    const of = await page.locator('figure img').first().evaluate(async (img) => {
      await img.decode();
      return { file: img.currentSrc.split('/').pop(), drawn: img.getBoundingClientRect().width, ratio: img.width / img.height, natural: img.naturalWidth / img.naturalHeight };
    });
    assert.ok(Math.abs(of.ratio - of.natural) < 0.02, `${at} at ${width}: ${of.ratio}, ${of.natural}`);
    await page.context().close();
    return of.file;
  };
  assert.match(await taken(360, 1, target), /^480\.(webp|avif)$/);
  assert.match(await taken(360, 3, target), /^960\.(webp|avif)$/);
  assert.match(await taken(1280, 1, target), /^960\.(webp|avif)$/);
  assert.match(await taken(1280, 2, target), /^1200\.(webp|avif)$/);
  assert.match(await taken(1280, 1, '/news/'), /^card-480\.(webp|avif)$/);
  assert.match(await taken(360, 1, '/news/'), /^card-480\.(webp|avif)$/);
});

test('only the first photo is asked for at once', async () => {
  const page = await open({ viewport: { width: 1280, height: 700 } }, '/news/');
  const all = await page.locator('figure img').evaluateAll((list) => list.map((img) => [img.loading, img.fetchPriority]));
  assert.notEqual(all[0][0], 'lazy');
  assert.equal(all[0][1], 'high');
  for (const [loading] of all.slice(1)) assert.equal(loading, 'lazy');
  await page.context().close();
});

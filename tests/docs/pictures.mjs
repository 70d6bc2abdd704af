// pictures.mjs - the pictures of docs/STAFF.md: a site with the demo's news, three people
// who work a day in it, and Chromium. `make pictures` runs it.
//
// A new run changes little: the pictures are of a day that stands still (the times of a
// page that lie near its own are told as if it were that day).
import fs from 'node:fs';
import { fill, launch, password, signIn } from '../browser/lib/newsroom.mjs';
import { Site } from '../http/lib/site.mjs';
import { fewColours } from './png.mjs';

const OUT = 'docs/img/staff';
const HOUR = 3600000, DAY = 24 * HOUR;
const WIDE = 1280, NARROW = 360, COLOURS = 32;
const THAT_DAY = Date.parse('2026-11-23T10:00:00+03:00');

// The office's clock, Moscow's, which has no summer time: as forms take it.
const office = (t) => new Date(t + 3 * HOUR).toISOString().slice(0, 16);

// ---- a picture ----

// In the page: times near the start of the run become times of that day, and what counts
// down stands at whole hours.
function standStill({ began, thatDay }) {
  const HOURS = 3600000, NEAR = 40 * 24 * HOURS, MINUTE = 60000;
  const two = (n) => String(n).padStart(2, '0');
  const at = (y, mo, d, h, mi) => Date.UTC(y, mo - 1, d, h - 3, mi);
  const told = (t) => new Date(thatDay + Math.round((t - began) / (10 * MINUTE)) * 10 * MINUTE);
  const clock = (t, hours) => `${two((t.getUTCHours() + hours) % 24)}:${two(t.getUTCMinutes())}`;
  const moment = (all, d, mo, y, h, mi, zone) => {
    const t = at(y, mo, d, h ?? 12, mi ?? 0);
    if (Math.abs(t - began) > NEAR) return all;
    const day = new Date(told(t).getTime() + 3 * HOURS);
    const date = `${two(day.getUTCDate())}.${two(day.getUTCMonth() + 1)}.${day.getUTCFullYear()}`;
    return date + (h ? ` ${clock(told(t), 3)}` : '') + (zone ? ` ${zone}, ${clock(told(t), 0)} UTC` : '');
  };
  const today = new Date(began + 3 * HOURS);
  const ofToday = (all, h, mi) =>
    clock(told(at(today.getUTCFullYear(), today.getUTCMonth() + 1, today.getUTCDate(), h, mi)), 3);
  for (const place of document.querySelectorAll('.countdown')) {
    const hours = Math.ceil(Number(place.dataset.left) / 3600);
    place.replaceWith(`in ${Math.floor(hours / 24)} d ${hours % 24} h 0 min 0 s`);
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const whole = /(\d\d)\.(\d\d)\.(\d{4})(?: (\d\d):(\d\d)(?: (\([\w/]+\)), \d\d:\d\d UTC)?)?/g;
    const bare = /^(.*(?:since|kept:) )?(\d\d):(\d\d)(\.?)$/;
    const text = texts.currentNode.data.replace(whole, moment);
    texts.currentNode.data = text.replace(bare, (all, before, h, mi, end) => (before ?? '') + ofToday(all, h, mi) + end);
  }
}

const browser = await launch();
const developer = await (await browser.newContext()).newPage(); // takes a screenshot apart

async function keep(png, name) {
  const { rgba, width, height } = await developer.evaluate(async (data) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const pixels = context.getImageData(0, 0, image.width, image.height).data;
    let bytes = '';
    for (let i = 0; i < pixels.length; i += 4096)
      bytes += String.fromCharCode(...pixels.subarray(i, i + 4096));
    return { rgba: btoa(bytes), width: image.width, height: image.height };
  }, png.toString('base64'));
  const bytes = fewColours(Buffer.from(rgba, 'base64'), width, height, COLOURS);
  fs.writeFileSync(`${OUT}/${name}.png`, bytes);
  console.log(`${OUT}/${name}.png ${bytes.length}`);
}

// From the top of one part of the page to the end of another.
async function take(page, name, { from = 'body', to = 'main', most = 900, width = WIDE } = {}) {
  await page.setViewportSize({ width, height: 800 });
  await page.evaluate(standStill, { began, thatDay: THAT_DAY });
  await page.mouse.move(0, 0);
  await page.evaluate(() => { document.activeElement.blur(); window.scrollTo(0, 0); });
  const box = async (at) => page.locator(at).first().boundingBox();
  const top = Math.max(0, (await box(from)).y - (from === 'body' ? 0 : 16));
  const end = await box(to);
  const height = Math.min(most, end.y + end.height + 16 - top);
  await keep(await page.screenshot({ fullPage: true, clip: { x: 0, y: top, width, height } }), name);
}

// ---- a site, and three people ----

fs.rmSync(OUT, { recursive: true, force: true });
fs.mkdirSync(OUT, { recursive: true });
const began = Date.now();
const site = await Site.make({ demo: true });
const base = `http://localhost:${site.port}`;
for (const [login, role, name, ...more] of [
  ['anna', 'author', 'Anna Berg'],
  ['mara', 'editor', 'Mara Lind', '--sections', 'events,field-work,partnerships,statements,speeches,interviews'],
  ['tomas', 'administrator', 'Tomas Verek'],
]) site.addPerson(login, role, password, '--name', name, ...more);
for (const login of ['editor', 'administrator']) site.run('user', 'disable', login);
await site.serve({ args: ['--set', `site_url=${base}`, '--set', 'site_name=Velmara Basin Commission'] });
await site.startNginx();

async function person(login) {
  const context = await browser.newContext({ locale: 'en', timezoneId: 'Europe/Moscow', userAgent: 'Firefox', reducedMotion: 'reduce' });
  const page = await context.newPage();
  await signIn(page, base, login, '/admin/');
  return page;
}
const go = (page, path) => page.goto(path.startsWith('/') ? base + path : path);
const press = async (page, value, end) => {
  await page.click(`button[value="${value}"]`);
  await page.waitForURL(end);
};

// Writes a new item and saves it; gives its address.
async function write(page, title, fields = {}) {
  await go(page, '/admin/items/new/');
  await page.fill('#f-title', title);
  await page.selectOption('#f-section', { label: fields.section ?? 'News' });
  await page.fill('#f-lead', fields.lead ?? '');
  await fill(page, '#body', fields.body ?? '');
  await page.fill('#f-tags', fields.tags ?? '');
  await page.fill('#f-published_at', fields.at ?? '');
  await press(page, 'save', '**/?done=saved');
  return page.url().replace(/\?.*/, '');
}

async function step(page, item, what) {
  await go(page, `${item}steps/`);
  await press(page, what, '**/steps/?done=*');
}

// ---- the day ----

const out = await (await browser.newContext({ locale: 'en' })).newPage();
await go(out, '/admin/');
await take(out, 'sign-in');

const anna = await person('anna'), mara = await person('mara'), tomas = await person('tomas');

// What is there in the morning.
const vessel = await write(anna, 'Second survey vessel is launched', { section: 'Field work' });
const council = await write(mara, 'Council meets in Merrin on Tuesday', {
  lead: 'The five members talk about the rules for dry summers.', body: 'The meeting begins at nine.', at: office(began + 20 * HOUR),
});
await step(mara, council, 'approve');
const gauge = await write(anna, 'New gauge at the mouth of the Tarna', {
  section: 'Field work', lead: 'The Tarna has its first gauge below the bridge of Ostrel.', body: 'It reports every ten minutes.',
});
await step(anna, gauge, 'submit');
await go(mara, '/admin/');
await take(mara, 'first-page');
await go(mara, '/admin/');
await take(mara, 'first-page-phone', { width: NARROW, most: 760 });

// Writing.
await go(anna, '/admin/items/new/');
await anna.setViewportSize({ width: WIDE, height: 800 });
await anna.waitForSelector('.prose-text');
await anna.fill('#f-title', 'High water reaches Sandovar on Friday');
await anna.selectOption('#f-section', { label: 'News' });
await anna.fill('#f-lead', 'The river is expected to rise to 6.40 metres at the gauge of Sandovar, 20 centimetres below the level of 2023.');
await anna.focus('.prose-text');
await anna.keyboard.type('The forecast of this morning was agreed on by all five national services. ');
await anna.keyboard.press('Control+b');
await anna.keyboard.type('Nobody has to leave home.');
await anna.keyboard.press('Control+b');
await anna.keyboard.type('\n## What to do\nKeep cellars empty and cars away from the quay until Sunday.');
await anna.waitForFunction(() => document.querySelector('.together .kept')?.textContent);
await take(anna, 'write', { most: 1300 });
await anna.fill('#f-tags', 'flood, Sandovar');
await anna.setInputFiles('#f-photo-files', ['static/demo/photos/delta.jpg', 'static/demo/photos/flags.jpg']);
await anna.waitForFunction(() => document.querySelectorAll('.js-photos > ol > li').length === 2);
await site.photosMade();
await anna.waitForFunction(() => [...document.querySelectorAll('.js-photos > ol img')].every((i) => i.complete && i.naturalWidth > 0));
await take(anna, 'photos', { from: '.js-photos', to: '.uploads', most: 560 });
await press(anna, 'save', '**/?done=saved');
const water = anna.url().replace(/\?.*/, '');
await take(anna, 'write-phone', { width: NARROW, most: 760 });

// The library, and a photo.
await go(mara, '/admin/photos/');
await take(mara, 'library', { from: '.tiles', most: 400, width: 768 });
await mara.locator('.tiles a').first().click();
await mara.waitForSelector('#f-credit');
await take(mara, 'photo', { from: 'main', most: 560, width: 900 });

// Two people at one text.
await go(anna, water);
await go(mara, water);
await mara.waitForFunction(() => document.querySelector('.together .others')?.textContent);
await take(mara, 'two-people', { to: '#f-title', most: 600 });
await mara.fill('#f-lead', 'The river is expected to rise to 6.35 metres at the gauge of Sandovar, 25 centimetres below the level of 2023.');
await press(mara, 'save', '**/?done=saved');
await anna.fill('#f-lead', 'The river is expected to rise to 6.40 metres at the gauge of Sandovar on Friday evening, 20 centimetres below the level of 2023.');
await anna.click('button[value="save"]');
await anna.waitForSelector('ins');
await take(anna, 'joined', { most: 1230 });
await fill(anna, '#f-lead', 'The river is expected to rise to 6.35 metres at the gauge of Sandovar on Friday evening, 25 centimetres below the level of 2023.');
await press(anna, 'save', '**/?done=saved');

// Comments, preview, a link for somebody outside.
await go(mara, `${water}comments/`);
await mara.fill('textarea', 'Please ask Lena Sarvik whether 6.35 still holds.');
await mara.click('main button');
await mara.waitForURL('**/comments/?done=commented');
await go(anna, `${water}comments/`);
await take(anna, 'comments');
await go(anna, `${water}preview/`);
await take(anna, 'preview', { most: 700 });
await go(anna, `${water}preview-links/`);
await anna.click('main button');
await anna.waitForSelector('.codes');
const link = await anna.textContent('.codes code');
await go(out, link);
await go(anna, `${water}preview-links/`);
await take(anna, 'preview-links');

// Review and publishing.
await go(anna, `${water}steps/`);
await take(anna, 'send-to-review');
await press(anna, 'submit', '**/steps/?done=submitted');
await go(tomas, `${vessel}steps/`);
await take(tomas, 'checklist', { most: 700 });
await go(mara, `${water}steps/`);
await take(mara, 'publish');
await press(mara, 'approve', '**/steps/?done=approved');
await go(mara, `${council}steps/`);
await take(mara, 'scheduled', { most: 520 });

// Afterwards.
await go(mara, water);
await mara.fill('#f-lead', 'The river is expected to rise to 6.30 metres at the gauge of Sandovar on Friday evening, 30 centimetres below the level of 2023.');
await mara.fill('#f-why', 'New forecast of noon');
await press(mara, 'save', '**/?done=saved');
await go(mara, `${water}history/`);
await take(mara, 'history');
await mara.click('tbody tr:first-child td[data-label="Changes"] a');
await mara.waitForSelector('ins');
await take(mara, 'compare');
await go(mara, `${water}corrections/`);
await mara.fill('#f-text', 'An earlier version of this text said that the river would rise to 6.40 metres. In fact the forecast was 6.35 metres.');
await take(mara, 'correction');
await go(mara, `${water}translations/`);
await take(mara, 'translations');

// The list and the calendar.
await go(mara, '/admin/items/?section=field-work');
await take(mara, 'list', { most: 1100 });
await go(mara, '/admin/calendar/2026/10/');
await take(mara, 'calendar', { most: 1000 });

// For administrators.
await go(tomas, '/admin/people/');
await take(tomas, 'people');
await go(tomas, '/admin/sections/');
await take(tomas, 'sections');
await go(tomas, '/admin/strings/?lang=en&holds=archive');
await take(tomas, 'words', { most: 700 });
await go(tomas, '/admin/audit/');
await take(tomas, 'audit', { most: 800 });

await browser.close();
await site.end();

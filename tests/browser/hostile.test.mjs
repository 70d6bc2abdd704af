// What people type is text, wherever it is shown: payloads of scripts in every field that
// takes text, and every page that shows one opened with the CSP taken away. Then what is
// merely too much of everything: the pages stay as wide as a phone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site } from '../http/lib/site.mjs';
import { Staff, encode, fieldsOf } from '../http/lib/staff.mjs';
import { fill, launch, password, sendWith, signIn } from './lib/newsroom.mjs';

// For fields of a line, at most 100 bytes, and for those that hold more.
const SHORT = '"><script>ran(1)</script>\'<img src=x onerror=ran(2)>{{X}}';
const EVIL = [
  SHORT, '</textarea><script>ran(3)</script>', '</title></style><svg onload=ran(4)>', 'javascript:ran(5)', '"}]}</script><script>ran(6)</script>',
  '${ran(7)}', '{{#X}}{{S_HOME}}{{/X}}', '<iframe srcdoc="<script>parent.ran(8)</script>">', '<a href="javascript:ran(9)" onclick=ran(9)>', "');ran(10);//", '<!--',
].join(' ');
const MARKDOWN = '\n\n[a](javascript:ran(11)) <javascript:ran(13)> [c](data:text/html,<script>ran(14)</script>)\n\n[d]: javascript:ran(15) "x"\n\n[e][d]\n\n```"><script>ran(16)</script>\nx\n```\n';
const NEW = '/admin/items/new/', ITEM = '/admin/items/1/';
let site, browser, base, anna, section, secret;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']] });
  base = `http://localhost:${site.port}`;
  for (const login of ['anna', 'boris']) site.addPerson(login, 'administrator', password);
  await site.serve({ args: ['--set', `site_url=${base}`] });
  await site.startNginx();
  browser = await launch();
  anna = new Staff(site);
  await typeEverything();
});
after(async () => {
  await browser.close();
  const log = site.log();
  await site.end();
  assert.doesNotMatch(log, /worker_died|worker_timeout|status=500/);
});

// ---- typing it ----

// Fills in a form of a page; what it leads to must have been done.
async function submit(page, fields, action, headers = {}) {
  const answer = await anna.submit(page, fields, action, { origin: base, ...headers });
  assert.ok([200, 303].includes(answer.status), `${page}: ${answer.status} ${/<p class="problem" id.*/.exec(answer.body) ?? ''}`);
  return answer;
}
const numberOf = async (list, pattern) => pattern.exec((await anna.get(list)).body)[1];
const step = async (word, fields = {}) => {
  const { body } = await anna.get(`${ITEM}steps/`);
  const form = body.split('<form').find((f) => f.includes(`value="${word}"`));
  return anna.send(`${ITEM}steps/`, encode({ ...fieldsOf(`<form${form}`, `${ITEM}steps/`), ...fields, do: word }), { origin: base });
};

async function typeEverything() {
  const stranger = new Staff(site); // whoever fails to sign in is in the log
  await stranger.submit('/admin/sign-in/', { login: SHORT, password: EVIL }, undefined, { origin: base, 'user-agent': SHORT });
  const signedIn = await anna.submit('/admin/sign-in/', { login: 'anna', password }, undefined, { origin: base, 'user-agent': `${SHORT} Firefox/1` });
  assert.equal(signedIn.status, 303, signedIn.body);

  const me = await numberOf('/admin/people/', /\/admin\/people\/(\d+)\/">anna</);
  await submit(`/admin/people/${me}/`, { name: SHORT });
  section = await numberOf('/admin/sections/', /\/admin\/sections\/(\d+)\/">Events</);
  await submit(`/admin/sections/${section}/`, { 'name-en': SHORT, 'name-ru': SHORT });
  await submit('/admin/account/tokens/', { name: SHORT, scope: 'read', life: '7', current: password });
  await submit('/admin/strings/?lang=en&key=latest', { text: SHORT, do: 'save' }, '/admin/strings/');

  const text = { section, lang: 'en', title: EVIL, lead: EVIL, body: EVIL + MARKDOWN, photo_credit: EVIL, tags: SHORT, slug: 'evil', published_at: '2026-03-01T10:00', why: SHORT };
  await submit(NEW, text);
  await submit(ITEM, { title: `${EVIL} again`, body: `${EVIL} again${MARKDOWN}` });
  await submit(`${ITEM}comments/`, { text: EVIL });
  secret = /\/admin\/preview\/[\w-]+\//.exec((await submit(`${ITEM}preview-links/`, {})).body)[0];
  await submit(`${ITEM}translations/`, { lang: 'ru' }, `${ITEM}translations/new/`);
  const blank = fieldsOf((await anna.get(NEW)).body, NEW);
  await anna.send(`${NEW}working/`, encode({ ...blank, ...text }), { origin: base });
  assert.equal((await step('approve')).status, 303);
  await submit(`${ITEM}corrections/`, { text: EVIL, sure: '1' });
  assert.equal((await step('withdraw', { reason: EVIL })).status, 303);
  assert.equal((await step('reinstate', { reason: EVIL })).status, 303);
}

// ---- looking at it ----

// A page of a browser that lets everything run and writes down what does.
async function open() {
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const note = (n) => { document.documentElement.dataset.ran = `${document.documentElement.dataset.ran ?? ''} ${n}`; };
    Object.assign(globalThis, { ran: note, alert: note });
  });
  await signIn(page, base, 'anna', '/admin/');
  return { context, page };
}

// Nothing has run, nothing is there that could, and the texts stand there as they were typed.
async function check(page, name, texts) {
  await page.waitForLoadState('load');
  const found = await page.evaluate(() => {
    const all = [...document.querySelectorAll('*')];
    return {
      ran: document.documentElement.dataset.ran ?? '',
      alien: all.filter((e) => e.matches('iframe, object, embed, base, img[src="x"], svg[onload]')
        || (e.matches('script') && !e.src && e.type !== 'application/ld+json')
        || [...e.attributes].some((a) => /^on|^srcdoc$/i.test(a.name) || (/^(?:href|src|action|formaction)$/.test(a.name) && /^\s*(?:javascript|data):/i.test(a.value)))).map((e) => e.outerHTML),
      text: [document.body.textContent, ...all.map((e) => e.value ?? '')].join('\n').replace(/\s+/g, ' '),
    };
  });
  assert.equal(found.ran, '', name);
  assert.deepEqual(found.alien, [], name);
  for (const text of texts) assert.ok(found.text.includes(text.replace(/\s+/g, ' ')), `${name} does not show ${text}`);
}

// Every page that shows something of it, and what it shows.
const month = '/admin/calendar/2026/03/';
const shown = () => ({
  '/admin/': [EVIL], '/admin/items/': [EVIL, SHORT], [`/admin/items/?q=${encodeURIComponent(EVIL.slice(0, 80))}`]: [EVIL.slice(0, 80)],
  [`/admin/items/?tag=${encodeURIComponent(SHORT)}`]: [SHORT, EVIL], [month]: [EVIL],
  [ITEM]: [EVIL, SHORT], [`${ITEM}steps/`]: [EVIL], [`${ITEM}history/`]: [SHORT], [`${ITEM}diff/?old=1&new=2`]: [EVIL],
  [`${ITEM}preview/`]: [EVIL], [`${ITEM}revisions/1/`]: [EVIL], [`${ITEM}corrections/`]: [EVIL], [`${ITEM}translations/`]: [EVIL],
  [`${ITEM}preview-links/`]: [SHORT], [`${ITEM}comments/`]: [EVIL, SHORT], [NEW]: [EVIL],
  '/admin/audit/': [SHORT], '/admin/people/': [SHORT], '/admin/sections/': [SHORT], [`/admin/sections/${section}/`]: [SHORT],
  '/admin/strings/?lang=en&key=latest': [SHORT], '/admin/account/': [SHORT], '/admin/account/tokens/': [SHORT], '/admin/account/passkeys/': [],
  [secret]: [EVIL], '/': [EVIL, SHORT], '/news/': [EVIL], '/news/2026/03/': [EVIL], '/news/events/': [EVIL, SHORT],
  '/news/events/evil/': [EVIL, SHORT], '/corrections/': [EVIL], '/ru/news/events/': [SHORT],
});

test('no script of anybody’s runs on any page, and what was typed stands there', async () => {
  const { context, page } = await open();
  await page.setContent(`<p>${EVIL}</p>`);
  await assert.rejects(check(page, 'what runs when it is not escaped', [])); // so it would be seen
  for (const [path, texts] of Object.entries(shown())) {
    const answer = await page.goto(base + path);
    assert.equal(answer.status(), 200, path);
    await check(page, path, texts);
  }
  await context.close();
});

// Each in a browser of its own: what one leaves behind would be offered in the next.
const back = {
  async refused(page) {
    await page.goto(base + ITEM);
    await page.click('summary');
    await page.fill('#f-slug', 'NOT A SLUG');
    await page.click('button[value="save"]');
    await page.waitForSelector('#f-slug-error');
    return [EVIL];
  },
  async joined(page) {
    await page.goto(base + ITEM);
    await fill(page, '#body', `${EVIL} mine`);
    await sendWith(page, 'base', '1');
    await page.waitForSelector('ins');
    return [EVIL];
  },
  async 'too late'(page) {
    await page.goto(base + NEW);
    await page.fill('#f-title', EVIL);
    await sendWith(page, 'csrf', 'old');
    await page.waitForSelector('button[name="again"]');
    return [EVIL];
  },
  async 'signing in'(page) {
    await page.context().clearCookies();
    await page.goto(`${base}/admin/sign-in/`);
    await page.fill('#f-login', SHORT);
    await page.fill('#f-password', EVIL);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#f-login-error, .problem');
    return [SHORT];
  },
};
for (const [name, come] of Object.entries(back))
  test(`nor where a form comes back: ${name}`, async () => {
    const { context, page } = await open();
    await check(page, name, await come(page));
    await context.close();
  });

// ---- too much of everything ----

const huge = {
  'no spaces at all': { title: 'W'.repeat(1000), lead: 'W'.repeat(8000), body: 'W'.repeat(262144), photo_credit: 'W'.repeat(500), tags: Array.from({ length: 50 }, (_, i) => `${i}`.padEnd(100, 'W')).join(',') },
  'quotes 10,000 deep': { body: `${'> '.repeat(10000)}x` },
  'a list 10,000 deep': { body: `${'* '.repeat(10000)}x` },
  'a list of many levels': { body: Array.from({ length: 60 }, (_, i) => `${'  '.repeat(i)}* level ${i}`).join('\n') },
  'code that is wide': { body: `    ${'W'.repeat(5000)}\n\n\`${'W'.repeat(5000)}\`` },
};
for (const [name, fields] of Object.entries(huge))
  test(`pages stay as wide as a phone: ${name}`, async () => {
    const slug = `huge-${Object.keys(huge).indexOf(name)}`;
    const at = (await submit(NEW, { section, lang: 'en', title: 'Huge', lead: 'Lead.', ...fields, slug, published_at: '2026-03-02T10:00' })).headers.location.replace(/\?.*/, '');
    await submit(at, { title: `V${'v'.repeat(900)}` });
    await submit(`${at}comments/`, { text: 'W'.repeat(4000) });
    site.run('item', 'approve', `/news/events/${slug}/`);
    await submit(`${at}corrections/`, { text: 'W'.repeat(4000), sure: '1' });
    const { context, page } = await open();
    await page.setViewportSize({ width: 360, height: 800 });
    const own = ['', 'steps/', 'history/', 'diff/?old=1&new=2', 'preview/', 'corrections/', 'translations/', 'preview-links/', 'comments/'].map((p) => at + p);
    for (const path of [...own, '/admin/', '/admin/items/', month, '/admin/audit/', '/', '/news/', '/news/events/', `/news/events/${slug}/`, '/corrections/']) {
      const answer = await page.goto(base + path);
      assert.equal(answer.status(), 200, path);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${path} is ${over} px too wide`);
    }
    await context.close();
  });

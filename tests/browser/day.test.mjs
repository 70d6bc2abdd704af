// A day at the press office, at three browsers: Olga with an authenticator app, Boris with
// a passkey, and Clara. The section has the four-eyes rule.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Site, isAlive, sleep, until } from '../http/lib/site.mjs';
import { launch, password, press, signIn } from './lib/newsroom.mjs';

let site, browser, base, olga, boris, clara, item, slug;
const ran = [];

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']] });
  base = `http://localhost:${site.port}`;
  site.run('section', 'four-eyes', 'events', 'on');
  for (const login of ['olga', 'boris', 'clara']) site.addPerson(login, 'editor', password, '--sections', 'events');
  await serve();
  await site.startNginx();
  browser = await launch();
  [olga, boris, clara] = [await open(), await open(), await open()];
  boris.cdp = await boris.context().newCDPSession(boris);
  await boris.cdp.send('WebAuthn.enable');
  await boris.cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
});
after(async () => {
  await browser.close();
  await site.end();
});

const serve = () => site.serve({ args: ['--set', `site_url=${base}`] });

async function open() {
  const page = await (await browser.newContext({ locale: 'en' })).newPage();
  page.on('pageerror', (e) => ran.push(String(e)));
  return page;
}

async function signOut(page) {
  await page.click('.who button');
  await page.waitForURL('**/admin/sign-in/**');
}

// The code of an authenticator app (RFC 6238), `steps` of 30 seconds from now.
function totp(secret, steps) {
  const bits = [...secret.replace(/\s/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
  const mac = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map((b) => Number.parseInt(b, 2)))).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

// Types at the end of the text in the visual editor.
async function type(page, text) {
  await page.click('.prose-text');
  await page.keyboard.press('Control+End');
  await page.keyboard.type(text);
}

// The page of steps: presses a button, with a reason where one is asked for.
async function step(page, name, fields = {}) {
  await page.goto(`${item}steps/`);
  const form = page.locator(`form:has(button[value="${name}"])`);
  for (const [field, value] of Object.entries(fields)) await form.locator(`[name="${field}"]`).fill(value);
  await form.locator(`button[value="${name}"]`).click();
  await page.waitForURL('**/steps/?done=*');
}

// What visitors get from nginx, with its cache on.
const out = (path) => site.get(path);

test('Olga signs in with an authenticator app', async () => {
  await signIn(olga, base, 'olga', '/admin/account/factor/');
  await olga.fill('#f-current', password);
  await olga.click('main form button');
  await olga.waitForSelector('#f-code');
  const secret = (await olga.locator('.codes code').first().textContent()).trim();
  await olga.fill('#f-code', totp(secret, 0));
  await olga.keyboard.press('Enter');
  await until('the recovery codes', async () => (await olga.locator('.codes code').count()) === 10);
  await signOut(olga);
  await olga.goto(`${base}/admin/`);
  await olga.fill('#f-login', 'olga');
  await olga.fill('#f-password', password);
  await olga.keyboard.press('Enter');
  await olga.waitForURL('**/admin/sign-in/code/**');
  await olga.fill('#f-code', totp(secret, 1)); // one code serves once
  await olga.keyboard.press('Enter');
  await olga.waitForURL(`${base}/admin/`);
});

test('Boris signs in with a passkey', async () => {
  await signIn(boris, base, 'boris', '/admin/account/passkeys/');
  await boris.fill('#f-name', 'Phone');
  await boris.fill('#f-current', password);
  await boris.click('main form button');
  await boris.click('.js-passkey button');
  await boris.waitForSelector('.notice');
  await signOut(boris);
  await boris.click('.js-passkey button');
  await boris.waitForURL(`${base}/admin/`);
});

test('Olga writes; the program is killed meanwhile, and no word is lost', async () => {
  await olga.click('nav a[href="/admin/items/new/"]');
  await olga.fill('#f-title', 'A bridge is opened');
  await olga.selectOption('#f-section', { label: 'Events' });
  await olga.fill('#f-lead', 'The bridge over the Velmara was opened on Friday.');
  await type(olga, 'It is long. ');
  await until('the first words in the newsroom', () => olga.textContent('.together .kept'), 15000);
  const workers = site.pid();
  site.child.kill('SIGKILL');
  await site.ended;
  await until('the end', () => !isAlive(workers));
  await type(olga, 'It is also wide. ');
  await until('the trouble told', () => olga.textContent('.together .state'), 15000);
  await olga.reload(); // nginx answers that the newsroom is away
  await serve();
  await olga.goto(`${base}/admin/`);
  await until('the text on the first page', async () => {
    await olga.reload();
    return /A bridge is opened/.test(await olga.textContent('main'));
  }, 15000);
  await olga.click('main a:has-text("A bridge is opened")');
  await olga.waitForSelector('.prose-text');
  assert.match(await olga.textContent('.prose-text'), /It is long\. It is also wide\./);
  await olga.click('button[value="save"]');
  await olga.waitForURL('**/?done=saved');
  item = olga.url().replace(/\?.*/, '');
  slug = 'a-bridge-is-opened';
  assert.equal((await out(`/news/events/${slug}/`)).status, 404, 'saving is not publishing');
});

test('both change it at once: they see each other, and nobody overwrites the other', async () => {
  await boris.goto(item);
  await boris.waitForSelector('.prose-text');
  await until('Olga seen by Boris', async () => /olga/.test(await boris.textContent('.together')), 30000);
  await olga.fill('#f-lead', 'The bridge over the Velmara was opened on Friday by the two mayors.');
  await press(olga, 'button[value="save"]');
  await boris.fill('#f-title', 'A bridge is opened at last');
  await type(boris, 'It was late.');
  await boris.click('button[value="save"]');
  await boris.waitForSelector('ins');
  assert.match(await boris.textContent('main'), /two mayors/);
  assert.equal(await boris.inputValue('#f-title'), 'A bridge is opened at last');
  assert.match(await boris.inputValue('#f-lead'), /two mayors/, 'joined');
  await boris.click('button[value="save"]');
  await boris.waitForURL('**/?done=saved');
  assert.match(await boris.inputValue('#body'), /It is long\. It is also wide\. ?It was late\./);
});

test('review: sent back with a reason, mended, and not approved by its writer', async () => {
  await step(olga, 'submit');
  await step(boris, 'send-back', { reason: 'How long is it?' });
  await olga.goto(item);
  assert.match(await olga.textContent('main'), /How long is it\?/);
  await olga.waitForSelector('.prose-text');
  await type(olga, ' It is 412 metres long.');
  await olga.click('button[value="save"]');
  await olga.waitForURL('**/?done=saved');
  await step(olga, 'submit');
  await olga.goto(`${item}steps/`);
  const own = olga.locator('button[value="approve"]');
  if (await own.count()) {
    await own.click();
    await olga.waitForSelector('.problem');
  }
  assert.match(await olga.textContent('main'), /nobody approves their own text/, 'nobody approves their own text');
  assert.equal((await out(`/news/events/${slug}/`)).status, 404);
});

test('it goes out at its second, everywhere', async () => {
  const paths = ['/', '/news/', '/news/events/', `/news/events/${slug}/`];
  const has = async (path) => (await out(path)).body.includes('A bridge is opened at last');
  // Boris wrote a sentence of it: Clara has the eyes that are left.
  await signIn(clara, base, 'clara', '/admin/');
  const at = Math.ceil(Date.now() / 1000) + 8;
  // Moscow; a full minute is written without its seconds, as the field itself does.
  const office = new Date((at + 3 * 3600) * 1000).toISOString().slice(0, 19).replace(/:00$/, '');
  await step(clara, 'approve', { at: office });
  while (Date.now() < at * 1000 - 300) {
    for (const path of paths) {
      const asked = Date.now();
      const seen = await has(path);
      assert.ok(!seen || asked >= at * 1000 - 50, `${path} before its time`);
    }
    await sleep(100);
  }
  for (const path of paths) await until(path, () => has(path), 10000);
});

test('a correction is shown on the article and listed', async () => {
  await boris.goto(`${item}corrections/`);
  await boris.fill('textarea[name="text"]', 'The bridge is 421 metres long.');
  await boris.check('#f-sure');
  await boris.click('main form button');
  await until('the correction', async () => /421 metres/.test((await out(`/news/events/${slug}/`)).body), 10000);
  assert.match((await out('/corrections/')).body, /421 metres/);
});

test('withdrawn with a reason: 410, and gone from the listings', async () => {
  await step(boris, 'withdraw', { reason: 'The bridge is closed again.' });
  await until('410', async () => (await out(`/news/events/${slug}/`)).status === 410, 10000);
  assert.match((await out(`/news/events/${slug}/`)).body, /The bridge is closed again\./);
  await until('the listing', async () => !(await out('/news/')).body.includes('A bridge is opened'), 10000);
});

test('who did what is in the audit log, and no script failed', () => {
  const said = site.run('audit');
  for (const action of ['sign in', 'save', 'submit', 'send-back', 'approve', 'correct', 'withdraw'])
    assert.match(said, new RegExp(action), action);
  assert.deepEqual(ran, []);
});

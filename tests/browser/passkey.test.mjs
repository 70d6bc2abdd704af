// Passkeys in a real browser with an authenticator that Chromium plays: adding one, signing
// in with it alone and as the second factor, removing it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site } from '../http/lib/site.mjs';
import { giveName, launch, look, password, signIn, twoViews } from './lib/newsroom.mjs';

let site, browser, base;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']] });
  base = `http://localhost:${site.port}`;
  for (const login of ['anna', 'boris', 'carla', 'dora']) site.addPerson(login, 'administrator', password);
  await site.serve({ args: ['--set', `site_url=${base}`] });
  await site.startNginx();
  browser = await launch();
});
after(async () => {
  await browser.close();
  await site.end();
});

// A browser of its own with an authenticator; options replace what a phone is like.
async function open(options = {}, context = {}) {
  const page = await (await browser.newContext(context)).newPage();
  page.cdp = await page.context().newCDPSession(page);
  await page.cdp.send('WebAuthn.enable');
  const { authenticatorId } = await page.cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, ...options },
  });
  page.device = authenticatorId;
  return page;
}

async function signOut(page) {
  await page.click('.who button');
  await page.waitForURL('**/admin/sign-in/**');
}

// As far as the button that asks the device.
async function begin(page, name) {
  await page.goto(`${base}/admin/account/passkeys/`);
  await page.fill('#f-name', name);
  await page.fill('#f-current', password);
  await page.click('.form:not(.who) button');
  await page.waitForSelector('.js-passkey button');
}

async function add(page, name) {
  await begin(page, name);
  await page.click('.js-passkey button');
  await page.waitForSelector('.notice');
}

const counts = async (page) => (await page.cdp.send('WebAuthn.getCredentials', { authenticatorId: page.device })).credentials;

test('a passkey: added, signed in with alone and after the password, removed', async () => {
  const page = await open();
  await signIn(page, base, 'anna');
  await add(page, 'Office <phone>');
  assert.match(await page.textContent('.notice'), /passkey is added/);
  assert.equal(await page.locator('.codes code').count(), 10, 'recovery codes, as it is the first second factor');
  const recovery = await page.locator('.codes code').first().textContent();
  const [made] = await counts(page);
  assert.equal(made.isResidentCredential, true);
  assert.equal(made.rpId, 'localhost');
  await page.goto(`${base}/admin/account/passkeys/`);
  assert.match(await page.textContent('table'), /Office <phone>.*Not yet/s);

  await signOut(page);
  await page.click('.js-passkey button'); // nothing typed
  await page.waitForURL(`${base}/admin/`);
  assert.match(await page.textContent('.who'), /anna/);

  await signOut(page);
  await giveName(page, base, 'anna');
  await page.waitForURL('**/admin/sign-in/code/**');
  assert.equal((await page.goto(`${base}/admin/people/`)).url(), `${base}/admin/sign-in/?to=/admin/people/`, 'half is not in');
  await page.goto(`${base}/admin/sign-in/code/?to=/admin/people/`);
  await page.click('.js-passkey button');
  await page.waitForURL(`${base}/admin/people/`);
  assert.match(await page.textContent('tr:has-text("anna")'), /second factor/);

  await signOut(page);
  await giveName(page, base, 'anna');
  await page.fill('#f-code', recovery);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${base}/admin/account/`);
  await page.goto(`${base}/admin/account/factor/`);
  assert.match(await page.textContent('main'), /codes left: 9/);
  await page.fill('#f-current', password);
  await page.click('button[value="codes"]');
  await page.waitForSelector('.codes code');
  assert.equal(await page.locator('.codes code').count(), 10);
  assert.ok(!(await page.textContent('.codes')).includes(recovery));
  await page.goto(`${base}/admin/account/factor/`);
  await page.fill('#f-current', password);
  await page.click('button[value="set-up"]'); // an app too
  await page.waitForSelector('.picture svg');

  await page.goto(`${base}/admin/account/passkeys/`);
  await page.click('th a');
  await page.fill('#f-current', 'wrong');
  await page.click('.form:not(.who) button');
  await page.waitForSelector('#f-current-error');
  await page.fill('#f-current', password);
  await page.click('.form:not(.who) button');
  await page.waitForURL('**/passkeys/?done=passkey-removed');
  assert.match(await page.textContent('main'), /no passkey yet/);
  await signOut(page);
  await page.click('.js-passkey button'); // the device still has it
  await page.waitForSelector('main > .problem');
  assert.match(await page.textContent('main > .problem'), /not accepted/);
  await signIn(page, base, 'anna'); // the password alone is enough again
  await page.context().close();
});

test('the same device is not added twice, and one that checks nobody not at all', async () => {
  const page = await open();
  await signIn(page, base, 'boris');
  await add(page, 'one');
  await begin(page, 'two');
  await page.click('.js-passkey button');
  await page.waitForSelector('[data-when="known"]:visible');
  assert.equal((await counts(page)).length, 1);
  await page.cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: page.device });
  await page.cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: false, automaticPresenceSimulation: true },
  });
  await page.click('.js-passkey button');
  await page.waitForSelector('[data-when="failed"]:visible');
  await page.context().close();
});

test('a device that was copied is refused by its count', async () => {
  const page = await open();
  await signIn(page, base, 'carla');
  await add(page, 'phone');
  const [copy] = await counts(page);
  await signOut(page);
  await page.click('.js-passkey button');
  await page.waitForURL(`${base}/admin/`);
  await signOut(page);
  await page.cdp.send('WebAuthn.clearCredentials', { authenticatorId: page.device });
  await page.cdp.send('WebAuthn.addCredential', { authenticatorId: page.device, credential: { ...copy, signCount: 0 } });
  await page.click('.js-passkey button');
  await page.waitForSelector('main > .problem');
  assert.match(site.log(), /level=warn event=passkey_copied .*person=\d+/);
  await page.context().close();
});

test('at another address the page says where passkeys work, and does not ask', async () => {
  const page = await open();
  await page.goto(`http://127.0.0.1:${site.port}/admin/sign-in/`);
  await page.waitForSelector('[data-when="elsewhere"]:visible');
  assert.equal(await page.getAttribute('[data-when="elsewhere"] a', 'href'), base);
  assert.equal(await page.locator('.js-passkey button:visible').count(), 0);
  await page.context().close();
});

test('without script the pages say so, and the code is offered', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${base}/admin/sign-in/`);
  assert.match(await page.textContent('[data-when="no-script"]:visible'), /JavaScript/);
  assert.equal(await page.locator('.js-passkey button:visible').count(), 0);
  assert.equal(await page.locator('#f-password:visible').count(), 1);
  await context.close();
});

for (const locale of ['en', 'ru'])
  test(`axe-core finds nothing on the pages of passkeys, ${locale}`, async () => {
    const page = await open({}, { bypassCSP: true, locale });
    await page.goto(`${base}/admin/sign-in/`);
    await look(page, `sign in ${locale}`, twoViews);
    await signIn(page, base, 'dora');
    await page.goto(`${base}/admin/account/passkeys/`);
    await look(page, `passkeys ${locale}`, twoViews);
    await begin(page, 'x'.repeat(60));
    await look(page, `a new passkey ${locale}`, twoViews);
    await page.click('.js-passkey button');
    await page.waitForSelector('.notice');
    await look(page, `recovery codes ${locale}`, twoViews);
    await page.goto(`${base}/admin/account/passkeys/`);
    await look(page, `passkeys with one ${locale}`, twoViews);
    await page.click('th a');
    await page.waitForSelector('#f-current');
    await look(page, `one passkey ${locale}`, twoViews);
    await page.goto(`${base}/admin/account/factor/`);
    await look(page, `second factor ${locale}`, twoViews);
    await page.fill('#f-current', password);
    await signOut(page);
    await giveName(page, base, 'dora');
    await page.waitForSelector('#f-code');
    await look(page, `second step ${locale}`, twoViews);
    await page.click('.js-passkey button');
    await page.waitForURL(`${base}/admin/account/`);
    await page.goto(`${base}/admin/account/passkeys/`);
    await page.click('th a');
    await page.fill('#f-current', password);
    await page.click('.form:not(.who) button');
    await page.waitForURL('**/passkeys/?done=passkey-removed');
    const done = site.run('audit', '--account', 'dora');
    for (const action of ['passkey add', 'passkey remove'])
      assert.match(done, new RegExp(`Dora +127\\.0\\.0\\.1 +${action} +dora`, 'i'));
    await page.context().close();
  });

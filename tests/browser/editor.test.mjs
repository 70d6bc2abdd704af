// The editor of an item's body in a real browser: typing, keys, buttons, pasting, both ways
// of editing, and what is sent in the end.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { Site } from '../http/lib/site.mjs';
import { fill, launch, look, password, signIn } from './lib/newsroom.mjs';

const NEW = '/admin/items/new/';
const fixtures = 'tests/fixtures/paste';
let site, browser, base, context, page;
const said = [], elsewhere = [];

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']] });
  base = `http://localhost:${site.port}`;
  site.addPerson('anna', 'administrator', password);
  await site.serve({ args: ['--set', `site_url=${base}`] });
  await site.startNginx();
  browser = await launch();
  context = await browser.newContext({ locale: 'en' });
  page = await context.newPage();
  page.on('console', (m) => said.push(m.text()));
  page.on('pageerror', (e) => said.push(String(e)));
  page.on('request', (r) => { if (!r.url().startsWith(base)) elsewhere.push(r.url()); });
  await signIn(page, base, 'anna', NEW);
});
after(async () => {
  await browser?.close();
  await site.end();
});

const text = '.prose-text';
const tool = (name) => page.getByRole('toolbar').getByRole('button', { name, exact: true });

// The browser tells scripts a little later that the selection has moved.
const settled = () => page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => setTimeout(done, 50)); }));

// A key, n times.
async function key(name, n = 1) {
  for (let i = 0; i < n; i++) await page.keyboard.press(name);
  await settled();
}

async function open(body = '') {
  await page.goto(base + NEW);
  await page.waitForSelector(text);
  await fill(page, '#body', body);
  await page.focus(text);
}

// The text area's value, once it has followed.
async function written() {
  await page.evaluate(() => document.querySelector('#body').form.dispatchEvent(new Event('submit', { cancelable: true })));
  return page.inputValue('#body');
}

// Ctrl+C of the HTML in the title's field, Ctrl+V in the text.
async function paste(html) {
  await page.fill('#f-title', 'words to copy');
  await page.evaluate((value) => document.addEventListener('copy', (event) => {
    event.clipboardData.setData('text/html', value);
    event.clipboardData.setData('text/plain', 'only text');
    event.preventDefault();
  }, { once: true }), html);
  await page.locator('#f-title').selectText();
  await key('Control+c');
  await page.focus(text);
  await key('Control+v');
}

test('what is typed with signs, keys and buttons is Markdown in the text area', async () => {
  await open();
  await page.keyboard.type('## Heading\nA text with ');
  await key('Control+b');
  await page.keyboard.type('bold');
  await key('Control+b');
  await page.keyboard.type(' and ');
  await tool('Italic').click();
  await page.keyboard.type('slanted');
  await key('Control+i');
  await page.keyboard.type(' words, 2 * 3 & <b>.\n- one\ntwo');
  await key('Enter');
  await key('Tab');
  await page.keyboard.type('inner\n\n\n> quoted');
  await key('Enter', 2);
  await page.keyboard.type('first');
  await key('Shift+Enter');
  await page.keyboard.type('second');
  await tool('Dividing line').click();
  await page.keyboard.type('last');
  assert.equal(await written(), '## Heading\n\nA text with **bold** and *slanted* words, 2 \\* 3 & \\<b>.\n\n- one\n- two\n  - inner\n\n> quoted\n\nfirst\\\nsecond\n\n---\n\nlast');
  assert.equal(await page.textContent('[data-part=count]'), '18');
});

test('undo and redo, by keys and by buttons that tell when there is nothing', async () => {
  await open();
  assert.equal(await tool('Undo').getAttribute('aria-disabled'), 'true');
  await page.keyboard.type('one');
  await page.waitForTimeout(600); // a pause begins another step
  await page.keyboard.type(' two');
  await key('Control+z');
  assert.equal(await written(), 'one');
  await key('Control+y');
  assert.equal(await written(), 'one two');
  await tool('Undo').click();
  await tool('Undo').click();
  assert.equal(await written(), '');
  assert.equal(await tool('Undo').getAttribute('aria-disabled'), 'true');
});

test('the buttons say what is on, and are one stop for Tab', async () => {
  await open('A **bold** text.\n\n## Heading\n\n1. item');
  await key('Control+Home');
  await key('ArrowRight', 4);
  assert.equal(await tool('Bold').getAttribute('aria-pressed'), 'true');
  await key('Control+End');
  assert.equal(await tool('Bold').getAttribute('aria-pressed'), 'false');
  assert.equal(await tool('Numbered list').getAttribute('aria-pressed'), 'true');
  await tool('Bullet list').click();
  assert.match(await written(), /\n- item$/);
  await tool('Bullet list').click();
  await tool('Quotation').click();
  await key('ArrowUp');
  await tool('Subheading').click();
  assert.equal(await written(), 'A **bold** text.\n\n### Heading\n\n> item');
  await key('Alt+F10');
  const focused = () => page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  assert.equal(await focused(), 'Bold');
  await key('ArrowRight');
  assert.equal(await focused(), 'Italic');
  await key('End');
  assert.equal(await focused(), 'Redo');
  await key('ArrowRight');
  assert.equal(await focused(), 'Bold');
  await key('End');
  await key('Tab');
  assert.ok(await page.evaluate((at) => document.activeElement.matches(at), text));
  await key('Shift+Tab');
  assert.equal(await focused(), 'Redo', 'where one was');
  await key('Escape');
  assert.ok(await page.evaluate((at) => document.activeElement.matches(at), text));
});

test('Tab moves list items; after Esc it leaves the text', async () => {
  await open('- one\n- two');
  await key('Control+End');
  await key('Tab');
  assert.equal(await written(), '- one\n  - two');
  await key('Shift+Tab');
  assert.equal(await written(), '- one\n- two');
  await key('Escape');
  await key('Tab');
  assert.ok(!(await page.evaluate((at) => document.activeElement.matches(at), text)));
  assert.equal(await written(), '- one\n- two');
});

test('links by a dialog that refuses what no link may lead to', async () => {
  await open('Read the report.');
  await key('Control+Home');
  await key('ArrowRight', 'Read the '.length);
  await key('Control+Shift+ArrowRight');
  await key('Control+k');
  const dialog = page.getByRole('dialog', { name: 'Link' });
  for (const address of ['javascript:alert(1)', 'data:text/html,<script>alert(1)</script>', '//evil.example']) {
    await page.keyboard.type(address);
    await key('Enter');
    await dialog.getByRole('alert').waitFor();
    assert.match(await dialog.getByRole('alert').textContent(), /^A link can lead to/);
    assert.equal(await dialog.getByLabel('Address').getAttribute('aria-invalid'), 'true');
    await key('Control+a');
  }
  await page.keyboard.type('example.org/report');
  await key('Enter');
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await written(), 'Read the [report](https://example.org/report).');
  await page.waitForFunction((at) => document.activeElement.matches(at), text);
  await page.waitForTimeout(300); // until then ProseMirror takes a move to the start for the browser's
  await key('Home');
  await key('ArrowRight', 'Read the rep'.length);
  await key('Control+k');
  assert.equal(await dialog.getByLabel('Address').inputValue(), 'https://example.org/report');
  await dialog.getByRole('button', { name: 'Remove link' }).click();
  assert.equal(await written(), 'Read the report.');
  await key('Control+k');
  await page.keyboard.type('/news/');
  await key('Escape');
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await written(), 'Read the report.');
  assert.equal(page.url(), base + NEW);
});

for (const file of fs.readdirSync(fixtures).filter((name) => name.endsWith('.html')))
  test(`pasted from another program: ${file}`, async () => {
    await open();
    await paste(fs.readFileSync(`${fixtures}/${file}`, 'utf8'));
    const expected = fs.readFileSync(`${fixtures}/${file.replace('.html', '.md')}`, 'utf8');
    assert.equal(`${await written()}\n`, expected);
    await key('Control+z');
    assert.equal(await written(), '');
    assert.equal(await page.title(), 'New item – Newsroom');
  });

test('plain text is pasted as it is, and a copy within the text keeps everything', async () => {
  await open('## One\n\nA [link](/news/) and ![](photo:2)\n\n- *x*');
  await key('Control+a');
  await key('Control+c');
  await key('Control+End');
  await key('Enter', 2);
  await key('Control+v');
  assert.match(await written(), /- \*x\*\n\n## One\n\nA \[link\]\(\/news\/\) and !\[\]\(photo:2\)\n\n- \*x\*$/);
});

test('both ways of editing keep everything, and a text that was only looked at to the byte', async () => {
  const body = 'Wrapped\nline, *one*.\n\n* star\n* list\n\n<div>\n raw <b>html</b>\n</div>\n\n![](photo:2)\n\nSetext\n======\n';
  await open(body);
  for (let i = 0; i < 3; i++) {
    await page.getByRole('button', { name: 'Edit as Markdown' }).click();
    assert.equal(await page.inputValue('#body'), body);
    assert.ok(await page.evaluate(() => document.activeElement.id === 'body'));
    await page.getByRole('button', { name: 'Edit as it looks' }).click();
  }
  await key('Control+Home');
  await page.keyboard.type('New. ');
  assert.equal(await written(), `New. Wrapped line, *one*.\n\n${body.slice(body.indexOf('* star'), body.indexOf('<div>'))}\\<div> raw \\<b>html\\</b> \\</div>\n\n![](photo:2)\n\nSetext\n======`);
  await page.getByRole('button', { name: 'Edit as Markdown' }).click();
  await page.fill('#body', 'typed **here**');
  await page.getByRole('button', { name: 'Edit as it looks' }).click();
  assert.equal(await page.innerHTML(text), '<p>typed <strong>here</strong></p>');
  await page.getByRole('button', { name: 'Edit as Markdown' }).click();
  await page.reload();
  // The page comes once more by itself when what was left has just been sent.
  await page.waitForSelector('#body', { state: 'visible' }); // the way chosen last is kept
  await page.waitForLoadState('networkidle');
  await page.getByRole('button', { name: 'Edit as it looks' }).click();
});

test('a text that would come out otherwise stays Markdown, with a note', async () => {
  await open();
  for (const body of ['A [link][1].\n\n[1]: https://example.org', `${'> '.repeat(10000)}deep`]) {
    await page.getByRole('button', { name: 'Edit as Markdown' }).click();
    await page.fill('#body', body);
    await page.getByRole('button', { name: 'Edit as it looks' }).click();
    assert.match(await page.getByRole('alert').textContent(), /can only be edited as Markdown/);
    assert.equal(await page.inputValue('#body'), body);
    await page.fill('#body', 'plain');
    await page.getByRole('button', { name: 'Edit as it looks' }).click();
    assert.equal(await page.innerHTML(text), '<p>plain</p>');
  }
});

test('what was written visually is saved, shown again after an error, and published as written', async () => {
  await open();
  await page.keyboard.type('A **text** with\n> a quotation');
  await page.click('button[value="save"]');
  await page.waitForSelector('#f-title-error');
  assert.equal(await page.textContent(text), 'A **text** witha quotation');
  await page.fill('#f-title', 'Written visually');
  await page.selectOption('#f-section', { label: 'Events' });
  await page.fill('#f-lead', 'A lead.');
  await page.click('button[value="save"]');
  await page.waitForURL('**/admin/items/*/?done=*');
  assert.equal(await page.inputValue('#body'), 'A \\*\\*text\\*\\* with\n\n> a quotation');
  await page.goto(page.url().replace(/\?.*/, 'preview/'));
  assert.match(await page.content(), /<p>A \*\*text\*\* with<\/p>\s*<blockquote>\s*<p>a quotation<\/p>/);
});

test('what is typed visually is kept with the newsroom like everything else', async () => {
  await open();
  const sent = page.waitForRequest((r) => r.method() === 'POST' && new URLSearchParams(r.postData()).get('body') === 'Typed **visually**', { timeout: 20000 });
  await page.keyboard.type('Typed ');
  await key('Control+b');
  await page.keyboard.type('visually');
  assert.equal((await (await sent).response()).status(), 200);
});

test('without JavaScript the same form is a text area', async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false, locale: 'en' });
  const other = await plain.newPage();
  await signIn(other, base, 'anna', NEW);
  assert.ok(await other.isVisible('#body'));
  for (const part of ['.prose-tools', '.prose-foot', '.prose [data-part=note]', '.prose [data-part=keys]', '.prose-link'])
    assert.ok(!(await other.isVisible(part)), part);
  await plain.close();
});

for (const locale of ['en', 'ru'])
  test(`axe-core finds nothing, at any width, in both schemes, ${locale}`, async () => {
    const own = await browser.newContext({ bypassCSP: true, locale });
    const at = await own.newPage();
    await signIn(at, base, 'anna', NEW);
    await at.focus(text);
    await at.keyboard.type('## Heading\nA text.\n- one\ntwo\n\n> quoted');
    await look(at, 'the text');
    await at.focus(text);
    await at.keyboard.press('Control+k');
    await at.keyboard.type('javascript:x\n');
    await look(at, 'the dialog');
    assert.equal(await at.locator('.prose-tools button').count(), await at.locator('.prose-tools button[aria-label]').count());
    await own.close();
  });

test('nothing was asked from elsewhere, nothing was said on the console', () => {
  assert.deepEqual(elsewhere, []);
  assert.deepEqual(said.filter((line) => !/status of 422/.test(line)), []);
});

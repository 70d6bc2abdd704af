// Writing an item by form, without script: the whole way through nginx.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Site } from './lib/site.mjs';
import { Staff, ask, encode, fieldsOf, unescape } from './lib/staff.mjs';

const password = 'correct horse battery staple';
const NEW = '/admin/items/new/';
let site, anna, sections;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События'], ['speeches', 'Speeches', 'Выступления']] });
  site.addPerson('anna', 'administrator', password);
  await site.serve();
  await site.startNginx();
  anna = new Staff(site);
  await anna.signIn('anna', password);
  sections = Object.fromEntries([...(await anna.get(NEW)).body.matchAll(/<option value="(\d+)">([^<]*)</g)].map((m) => [m[2], m[1]]));
});
after(() => site.end());

// A new item by its form; answers its address in the newsroom.
async function add(fields = {}, who = anna) {
  const answer = await who.submit(NEW, { title: 'A title', section: sections.Events, lead: 'The lead.', body: 'The body.', ...fields });
  assert.equal(answer.status, 303, answer.body);
  return answer.headers.location.replace(/\?.*/, '');
}
// The page of an item by its slug.
async function find(slug) {
  for (let n = 1; ; n++) {
    const page = `/admin/items/${n}/`, { status, body } = await anna.get(page);
    assert.notEqual(status, 404, `no item with the slug ${slug}`);
    if (status === 200 && fieldsOf(body, page).slug === slug) return page;
  }
}
const read = async (page, who = anna) => fieldsOf((await who.get(page)).body, page);
const errorAt = (body, name) => unescape(new RegExp(`<p class="problem" id="(?:f-)?${name}-error">([^<]*)`).exec(body)?.[1] ?? '');

test('a new item is a draft that shows again what was typed', async () => {
  const typed = { lang: 'ru', title: 'Жуков "met" <graduates> & {{X}}', lead: 'Lead\nof two lines', body: '\n# One\n\n\ttab & <b>\n', tags: 'water, climate', photo_credit: 'Ministry', published_at: '2031-05-04T10:30' };
  const page = await add(typed);
  const fields = await read(page);
  for (const [name, value] of Object.entries(typed)) assert.equal(fields[name], value, name);
  assert.equal(fields.slug, 'zhukov-met-graduates-x');
  assert.equal(fields.base, '1');
  assert.equal((await site.get('/ru/news/events/zhukov-met-graduates-x/')).status, 404);
});

test('saving again is another version; saving the same is none', async () => {
  const page = await add();
  const answer = await anna.submit(page, { body: 'Other.' });
  assert.equal(answer.headers.location, `${page}?done=saved`);
  assert.equal((await read(page)).base, '2');
  assert.equal((await anna.submit(page, {})).headers.location, `${page}?done=unchanged`);
  assert.equal((await read(page)).base, '2');
});

test('a save based on an old version is joined, never an overwrite', async () => {
  const page = await add({ body: 'One.\n\nTwo.\n\nThree.' });
  const old = await read(page);
  await anna.submit(page, { body: 'One!\n\nTwo.\n\nThree.', tags: 'theirs' });
  const asked = await anna.send(page, encode({ ...old, body: 'One.\n\nTwo.\n\nThree!', photo_credit: 'mine', minor: '1', why: 'because' }));
  assert.equal(asked.status, 409);
  const joined = fieldsOf(asked.body, page);
  assert.equal(joined.body, 'One!\n\nTwo.\n\nThree!');
  assert.deepEqual([joined.tags, joined.photo_credit, joined.minor, joined.why, joined.base], ['theirs', 'mine', '1', 'because', '2']);
  assert.match(asked.body, /<del>Three\.<\/del><ins>Three!<\/ins>/);
  assert.equal((await read(page)).body, 'One!\n\nTwo.\n\nThree.');
  assert.equal((await anna.send(page, encode(joined))).status, 303);
  assert.equal((await read(page)).body, 'One!\n\nTwo.\n\nThree!');
});

test('where both changed the same, both stand there and the field says so', async () => {
  const page = await add({ title: 'Base', body: 'Base.' });
  const old = await read(page);
  await anna.submit(page, { title: 'Theirs', body: 'Theirs.' });
  const asked = await anna.send(page, encode({ ...old, title: 'Mine', body: 'Mine.' }));
  assert.equal(asked.status, 409);
  const joined = fieldsOf(asked.body, page);
  assert.equal(joined.title, 'Mine');
  assert.match(errorAt(asked.body, 'title'), /theirs was: Theirs$/);
  assert.match(joined.body, /^<{7} anna\nMine\.\n={7}\nTheirs\.\n>{7} anna\n?$/);
  assert.match(errorAt(asked.body, 'body'), /between lines of marks/);
});

// ---- versions ----

const rows = (body) => [...body.matchAll(/<tr><th scope="row">(.*?)<\/tr>/gs)].map((m) => unescape(m[1].replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')).trim());

test('the history tells every version; two are compared, and an old one comes back', async () => {
  const page = await add({ title: 'First title', body: 'Some words here.' });
  await anna.submit(page, { title: 'Second title', body: 'Some other words here.', why: 'the date was wrong', minor: '1' });
  const list = await anna.get(`${page}history/`);
  assert.match(rows(list.body)[0], /^Version 2 .* anna Saved \(small change\): the date was wrong Compare$/);
  assert.match(rows(list.body)[1], /^Version 1 .* anna Saved Restore$/);
  const compared = (await anna.get(`${page}diff/?old=1&new=2`)).body;
  assert.match(compared, /<h3>Title<\/h3>\s*<p class="compared"><del>First <\/del><ins>Second <\/ins>title<\/p>/);
  assert.match(compared, /Some <ins>other <\/ins>words here\./);
  assert.doesNotMatch(compared, /Restore version/);
  const back = await anna.submit(`${page}diff/?old=2&new=1`, {}, `${page}history/`);
  assert.equal(back.headers.location, `${page}?done=restored`);
  assert.equal((await read(page)).title, 'First title');
  assert.match(rows((await anna.get(`${page}history/`)).body)[0], /^Version 3 /);
});

test('a long history has pages', async () => {
  const page = await add();
  for (let i = 2; i <= 27; i++) await anna.submit(page, { body: `Body ${i}.` });
  const first = (await anna.get(`${page}history/`)).body;
  assert.equal(rows(first).length, 25);
  const older = unescape(/<a href="([^"]*)" rel="next">/.exec(first)[1]);
  assert.deepEqual(rows((await anna.get(older)).body).map((r) => r.slice(0, 9)), ['Version 2', 'Version 1']);
});

test('restoring from an old look at the history does nothing', async () => {
  const page = await add({ title: 'One' });
  await anna.submit(page, { title: 'Two' });
  const form = fieldsOf((await anna.get(`${page}diff/?old=2&new=1`)).body, `${page}history/`);
  await anna.submit(page, { title: 'Three' });
  assert.equal((await anna.send(`${page}history/`, encode(form))).status, 409);
  assert.equal((await read(page)).title, 'Three');
});

test('versions that are not there, and numbers that are none', async () => {
  const page = await add();
  for (const path of ['revisions/9/', 'diff/?old=1&new=9']) assert.equal((await anna.get(page + path)).status, 404, path);
  for (const path of ['diff/?old=x', 'diff/?new=0', 'history/?before=-1']) assert.equal((await anna.get(page + path)).status, 400, path);
  for (const path of ['', 'history/', 'diff/', 'preview/', 'revisions/1/']) assert.equal((await anna.get(`/admin/items/999/${path}`)).status, 404, path);
});

// A page without what only one of the two has: the bar, and what is for search engines.
const bare = (body) => body
  .replace(/<aside class="preview".*?<\/aside>\n/s, '')
  .replace(/<link rel="stylesheet" href="\/static\/css\/preview[^>]*>\n/, '')
  .replace(/<meta name="robots" content="noindex">\n|<link rel="(?:canonical|alternate)"[^>]*>\n|<meta (?:property|name)="(?:og|twitter|article):[^>]*>\n|<script type="application\/ld\+json">[^]*?<\/script>\n/g, '');

test('a preview is the public page, below a bar of its own, and not for search engines', async () => {
  const body = '# Heading\n\nWords & <b>tags</b>, [a link](https://example.org/).\n\n> quoted';
  site.import([{ id: 'seen', lang: 'en', section: 'events', slug: 'seen', title: 'Seen & read', lead: 'Lead.', body, tags: ['x'], photo_credit: 'Ministry', published_at: '2026-03-01' }]);
  const page = await find('seen');
  const preview = await anna.get(`${page}preview/`);
  assert.equal(preview.status, 200);
  assert.match(preview.body, /<aside class="preview" aria-label="Preview">\s*<p>Preview for the newsroom[^<]*Version 1, Approved/);
  for (const end of ['', 'steps/', 'history/']) assert.ok(preview.body.includes(`href="${page}${end}"`), end);
  assert.match(preview.body, /<meta name="robots" content="noindex">/);
  assert.doesNotMatch(preview.body, /rel="canonical"/);
  assert.equal(preview.headers['cache-control'], 'no-store');
  assert.equal(bare(preview.body), bare((await site.get('/news/events/seen/')).body));
  await anna.submit(page, { title: 'Not yet seen' });
  assert.match((await anna.get(`${page}preview/`)).body, /<h1>Not yet seen<\/h1>/);
  assert.match((await anna.get(`${page}revisions/1/`)).body, /<h1>Seen &amp; read<\/h1>/);
  assert.match((await site.get('/news/events/seen/')).body, /<h1>Seen &amp; read<\/h1>/);
});

// ---- what cannot be stored ----

// Sends the form of a new item with one field raw; everything else must be there again.
const good = { title: 'A "title" & more', lead: 'Lead', body: 'Body', tags: 'one, two', photo_credit: 'Somebody', slug: 'good', published_at: '2031-01-01T10:00', embargo_until: '', pinned_until: '', expires_at: '' };
async function refusedAt(name, raw, words, who = anna) {
  const page = (await who.get(NEW)).body;
  const fields = { ...fieldsOf(page, NEW), ...good, section: sections.Events };
  const body = encode(Object.entries(fields).filter(([n]) => n !== name)) + `&${name}=${raw}`;
  const answer = await who.send(NEW, body);
  assert.equal(answer.status, 422, `${name}=${raw.slice(0, 40)}: ${answer.status}`);
  assert.match(errorAt(answer.body, name), words, `${name}=${raw.slice(0, 40)}`);
  const again = fieldsOf(answer.body, NEW);
  for (const [n, value] of Object.entries(good)) if (n !== name) assert.equal(again[n], value, `${n} with a bad ${name}`);
  return again;
}

test('an over-long field says so and keeps everything', async () => {
  const most = { title: 1000, lead: 8000, body: 262144, photo_credit: 500, slug: 80, tags: 5100, published_at: 40 };
  for (const [name, n] of Object.entries(most)) {
    const again = await refusedAt(name, 'x'.repeat(n + 1), /too long|only small|no date/i);
    assert.equal(again[name].length, n + 1);
  }
  await refusedAt('tags', `a,${'b'.repeat(101)}`, /too long/);
  await refusedAt('tags', Array.from({ length: 51 }, (_, i) => i).join(','), /Too many tags/);
});

test('control characters and bytes that are no text: the field says so, mended', async () => {
  for (const name of ['title', 'lead', 'body', 'photo_credit', 'tags', 'slug', 'published_at', 'embargo_until', 'pinned_until', 'expires_at'])
    for (const [bytes, shown] of [['a%00b', 'a�b'], ['a%0Bb', 'a�b'], ['%FF', '�'], ['%ED%A0%80', '���'], ['%C0%AF', '��']]) {
      const again = await refusedAt(name, bytes, /characters that no text can hold/);
      assert.equal(again[name], shown);
    }
});

test('what is wrong is told in the language of the page, at its field', async () => {
  const russian = { 'accept-language': 'ru' };
  const errorsOf = ({ body }) => [...body.matchAll(/<p class="problem" id="[^"]*-error">([^<]*)/g)].map((m) => unescape(m[1]));
  const isForeign = (text) => /[A-Za-z]{2,}/.test(text.replace(/!\[\]\(photo:1\)|\b(news|tag|search)\b/g, ''));
  const wrong = async (page, bad, action = page) => {
    const answer = await anna.submit(page, bad, action, russian);
    assert.equal(answer.status, 422, `${page} ${JSON.stringify(bad)}`.slice(0, 200));
    const told = errorsOf(answer);
    assert.ok(told.length > 0, `${page} ${JSON.stringify(bad)}`.slice(0, 200));
    assert.deepEqual(told.filter(isForeign), []);
    return told;
  };
  const text = { title: 'Т', section: sections.Events };
  const body = async (value, words) => assert.match((await wrong(NEW, { ...text, body: value })).join(), words);
  await body('a\n\n![](http://evil.example/x.png)', /^Строка 3: Показать можно только фотографии самого материала/);
  await body('![](photo:9)', /^Строка 1: Фотографии с таким номером у материала нет. Всего фотографий: 0$/);
  await body('>'.repeat(3000) + ' a', /Страница этого текста/);
  for (const bad of [{ title: ' ' }, { title: 'x'.repeat(1001) }, { slug: 'Upper' }, { tags: 'x'.repeat(101) }, { published_at: 'soon' }, { section: '999' }, { lang: 'xx' }])
    await wrong(NEW, { ...text, ...bad });

  fs.copyFileSync('static/demo/photos/flags.jpg', path.join(site.dir, 'flags.jpg'));
  site.import([{ id: 'refused', lang: 'en', section: 'events', slug: 'refused', title: 'Refused', lead: 'Lead.', body: 'Body.', state: 'draft', photos: [{ file: 'flags.jpg', alt: 'Flags', credit: 'Somebody' }] }]);
  const page = await find('refused');
  const photo = async (value, words) => assert.match((await wrong(page, { body: value })).join(), words);
  await photo('![words](photo:1)', /^Строка 1: Подпись хранится вместе с фотографией.* 1$/);
  await photo('One.\n\nTwo ![](photo:1)', /^Строка 3: Фотография стоит в отдельном абзаце.* 1$/);
  await photo('![](photo:1)\n\n![](photo:1)', /^Строка 3: Эта фотография в тексте уже есть.* 1$/);
  await wrong(`${page}steps/`, { do: 'approve', at: 'soon' });
  await wrong(`${page}comments/`, { text: '' });

  await wrong('/admin/people/new/', { login: 'two words', name: 'N', role: 'author' });
  await wrong('/admin/people/new/', { login: 'anna', name: 'N', role: 'author' });
  for (const slug of ['Upper', '2026', 'ru', 'news', 'events', '']) await wrong('/admin/sections/new/', { slug, 'name-en': 'N', 'name-ru': '', parent: '' });
  await wrong('/admin/account/password/', { current: 'x', password: 'short', repeated: 'other' });
  await wrong('/admin/account/tokens/', { name: '', scope: 'x', life: '0', current: '' });
});

test('times, addresses and choices that are none', async () => {
  for (const name of ['published_at', 'embargo_until', 'pinned_until', 'expires_at'])
    for (const bad of ['tomorrow', '2026-02-30T10:00', '2026-13-01T10:00', '2026-01-01', '0000-01-01T00:00', '-1', "1';DROP TABLE item--"])
      await refusedAt(name, encodeURIComponent(bad), /no date and time/);
  for (const bad of ['Upper', '-x', 'x--y', 'x/y', '../x', 'ж', '<b>']) await refusedAt('slug', encodeURIComponent(bad), /Only small Latin letters/);
  for (const bad of ['', '0', '999', 'x', "1 OR 1=1", '9'.repeat(19)]) await refusedAt('section', encodeURIComponent(bad), /needed|choose/);
  for (const bad of ['xx', 'EN', "en'"]) await refusedAt('lang', encodeURIComponent(bad), /choose/);
  await refusedAt('title', '%20%20', /needed/);
});

test('doubled, missing and too large: the whole form is refused, nothing stored', async () => {
  const fields = { ...fieldsOf((await anna.get(NEW)).body, NEW), ...good, section: sections.Events, title: 'Never stored' };
  const body = encode(fields);
  for (const name of Object.keys(fields)) {
    assert.equal((await anna.send(NEW, `${body}&${name}=x`)).status, 400, `${name} doubled`);
    if (!['do', 'csrf'].includes(name))
      assert.equal((await anna.send(NEW, encode(Object.entries(fields).filter(([n]) => n !== name)))).status, 400, `${name} missing`);
  }
  assert.equal((await anna.send(NEW, `${body}&body2=${'x'.repeat(1048576)}`)).status, 413);
  assert.equal((await anna.send(NEW, body, { 'content-type': 'text/plain' })).status, 415);
  assert.doesNotMatch(site.run('item', 'list'), /Never stored/);
});

test('a body cut short changes nothing', async () => {
  const body = encode({ ...fieldsOf((await anna.get(NEW)).body, NEW), ...good, section: sections.Events, title: 'Cut short' });
  const env = { REQUEST_METHOD: 'POST', REQUEST_URI: NEW, CONTENT_TYPE: 'application/x-www-form-urlencoded', HTTP_ORIGIN: 'http://news.example', HTTP_COOKIE: anna.cookie(), REMOTE_ADDR: '127.0.0.1' };
  assert.equal(ask(`${site.socket}-staff`, { ...env, CONTENT_LENGTH: String(body.length + 9) }, body).status, 400);
  assert.doesNotMatch(site.run('item', 'list'), /Cut short/);
});

test('somebody else’s token and an ended session keep everything', async () => {
  const other = new Staff(site);
  await other.signIn('anna', password);
  const theirs = fieldsOf((await other.get(NEW)).body, NEW).csrf;
  const fields = { ...fieldsOf((await anna.get(NEW)).body, NEW), ...good, section: sections.Events, title: 'Kept over all' };
  const asked = await anna.send(NEW, encode({ ...fields, csrf: theirs }));
  assert.equal(asked.status, 403);
  const again = fieldsOf(asked.body, NEW);
  for (const [name, value] of Object.entries(good)) if (name !== 'title') assert.equal(again[name], value);
  assert.doesNotMatch(site.run('item', 'list'), /Kept over all/);
  assert.equal((await anna.send(NEW, encode({ ...again, slug: 'kept' }))).status, 303);
  assert.match(site.run('item', 'list'), /Kept over all/);
});

test('links that run, raw HTML and scripts are shown as text', async () => {
  const hostile = '<script>alert(1)</script>\n\n[a](javascript:alert(1)) [b](data:text/html,x) [c](JaVaScRiPt:x) <img src=x onerror=alert(1)>\n\n[d](https://ok.example/)';
  const page = await add({ title: '<script>alert(2)</script>', lead: '"><img src=x onerror=alert(3)>', body: hostile, tags: '<b>,\'";--', photo_credit: '{{X}}', slug: 'hostile' });
  for (const path of ['', 'preview/', 'history/', 'steps/', 'diff/?old=1&new=1']) {
    const { body } = await anna.get(page + path);
    const html = body.replace(/<script src="\/static\/[^"]*" defer><\/script>/g, '');
    assert.doesNotMatch(html, /<script|<img|href="(?:javascript|data):/i, path);
  }
  assert.match((await anna.get(`${page}preview/`)).body, /<a href="https:\/\/ok\.example\/"/);
});

test('Markdown nested 10,000 deep is stored, or the field says why not', async () => {
  for (const [i, one] of ['> ', '* ', '[', '**', '- '].entries()) {
    const fields = { ...fieldsOf((await anna.get(NEW)).body, NEW), ...good, section: sections.Events, slug: `deep-${i}`, body: one.repeat(10000) + 'x' };
    const answer = await anna.send(NEW, encode(fields));
    if (answer.status === 303) {
      const page = answer.headers.location.replace(/\?.*/, '');
      assert.equal((await anna.get(`${page}preview/`)).status, 200, one);
      continue;
    }
    assert.equal(answer.status, 422, one);
    assert.match(errorAt(answer.body, 'body'), /too long/, one);
    assert.equal(fieldsOf(answer.body, NEW).body, fields.body);
  }
});

test('a time that a clock change leapt over is refused, one that came twice is asked about', async () => {
  const berlin = await Site.make({ sections: [['events', 'Events', 'События']] });
  try {
    berlin.addPerson('anna', 'administrator', password);
    await berlin.serve({ args: ['--set', 'time_zone=Europe/Berlin'] });
    await berlin.startNginx();
    const who = new Staff(berlin);
    await who.signIn('anna', password);
    const section = /<option value="(\d+)">Events/.exec((await who.get(NEW)).body)[1];
    const skipped = await who.submit(NEW, { ...good, section, published_at: '2027-03-28T02:30' });
    assert.equal(skipped.status, 422);
    assert.match(errorAt(skipped.body, 'published_at'), /does not exist/);
    const twice = await who.submit(NEW, { ...good, section, published_at: '2027-10-31T02:30' });
    assert.equal(twice.status, 422);
    assert.match(errorAt(twice.body, 'published_at_which'), /twice that night/);
    assert.match(twice.body, /<option value="1">The earlier one \(00:30 UTC\)/);
    assert.match(twice.body, /<option value="2">The later one \(01:30 UTC\)/);
    const saved = await who.send(NEW, encode({ ...fieldsOf(twice.body, NEW), published_at_which: '2' }));
    const page = saved.headers.location.replace(/\?.*/, '');
    const { body } = await who.get(page);
    assert.match(body, /datetime="2027-10-31T02:30:00\+01:00"/);
    assert.equal((await who.submit(page, { title: 'Only the title' })).status, 303);
    assert.match((await who.get(page)).body, /datetime="2027-10-31T02:30:00\+01:00"/);
  } finally {
    await berlin.end();
  }
});

// ---- what happens meanwhile ----

// Takes a step by its button.
async function step(page, word, who = anna) {
  const { body } = await who.get(`${page}steps/`);
  const form = body.split('<form').find((f) => f.includes(`value="${word}"`));
  return who.send(`${page}steps/`, encode({ ...fieldsOf(`<form${form}`, `${page}steps/`), do: word }));
}

test('discarded meanwhile, or no longer one’s own: nothing is saved, and what was typed is there', async () => {
  const page = await add();
  const typed = { ...await read(page), body: 'A whole morning’s work' };
  await step(page, 'discard');
  const answer = await anna.send(page, encode(typed));
  assert.equal(answer.status, 409);
  assert.match(answer.body, /role="alert">It is not saved: somebody has discarded/);
  assert.equal(fieldsOf(answer.body, page).body, typed.body);
  site.addPerson('paul', 'author', password);
  const paul = new Staff(site);
  await paul.signIn('paul', password);
  const own = await add({}, paul);
  assert.match((await paul.get(own)).body, /value="go-on">Save, then send to review …/);
  const his = { ...await read(own, paul), body: 'Paul’s work' };
  await step(own, 'submit');
  const denied = await paul.send(own, encode(his));
  assert.equal(denied.status, 403);
  assert.equal(fieldsOf(denied.body, own).body, his.body);
});

test('while another process writes for long, the form comes back to be sent again', async () => {
  const page = await add();
  const holder = spawn('perl', ['-MFcntl', '-e', '$| = 1; open F, "+<", shift or die; my $l = pack("s s x4 q q i x4", F_WRLCK, 0, 1, 1, 0); fcntl F, F_SETLK, $l or die; print "held\n"; sleep 60', path.join(site.dir, 'data/news.db-lock')]);
  try {
    await new Promise((held, fail) => { holder.stdout.once('data', held); holder.once('exit', () => fail(new Error('no lock'))); });
    const answer = await anna.submit(page, { body: 'Once more' });
    assert.equal(answer.status, 503);
    assert.match(answer.body, /the database is busy/);
    assert.equal(fieldsOf(answer.body, page).body, 'Once more');
  } finally {
    holder.kill();
  }
  assert.equal((await anna.submit(page, { body: 'Once more' })).status, 303);
});

test('what the form does not show stays: photos, a date without a time, former addresses', async () => {
  fs.copyFileSync('static/demo/photos/dawn-valley.jpg', path.join(site.dir, 'dawn-valley.jpg'));
  const brought = site.import([{ id: 'brought', lang: 'en', section: 'events', slug: 'brought', title: 'Brought', lead: 'Lead.', body: 'Body.', published_at: '2026-03-01', old_urls: ['/old/brought.html'], photos: [{ file: 'dawn-valley.jpg', alt: 'A valley', credit: 'Somebody' }] }]);
  assert.equal(brought.status, 0, brought.stderr);
  await site.photosMade();
  const page = await find('brought');
  assert.equal((await read(page)).published_at, '2026-03-01T00:00');
  await anna.submit(page, { title: 'Brought and changed' });
  await step(page, 'approve');
  const { body } = await site.get('/news/events/brought/?n=1');
  assert.match(body, /<h1>Brought and changed<\/h1>\s*<p class="meta"><time datetime="2026-03-01">01\.03\.2026<\/time>/);
  assert.match(body, /<img[^>]*alt="A valley"/);
  assert.equal((await site.get('/old/brought.html')).headers.location, 'http://news.example/news/events/brought/');
});

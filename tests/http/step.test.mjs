// The workflow of an item by buttons, and what visitors see of it: publishing, schedules,
// four eyes, withdrawal, addresses.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site } from './lib/site.mjs';
import { Staff, encode, fieldsOf, unescape } from './lib/staff.mjs';

const password = 'correct horse battery staple';
const NEW = '/admin/items/new/';
let site, anna, erik, paul, sections;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События'], ['strict', 'Strict', 'Строго']] });
  site.run('section', 'four-eyes', 'strict', 'on');
  for (const [login, role] of [['anna', 'administrator'], ['erik', 'administrator'], ['paul', 'author']]) site.addPerson(login, role, password);
  await site.serve();
  await site.startNginx();
  [anna, erik, paul] = [new Staff(site), new Staff(site), new Staff(site)];
  await anna.signIn('anna', password);
  await erik.signIn('erik', password);
  await paul.signIn('paul', password);
  sections = Object.fromEntries([...(await anna.get(NEW)).body.matchAll(/<option value="(\d+)">([^<]*)</g)].map((m) => [m[2], m[1]]));
});
after(() => site.end());

let count = 0;
// A new item; its pages in the newsroom and outside.
async function add(fields = {}, who = anna) {
  const slug = `item-${++count}`;
  const answer = await who.submit(NEW, { title: `Title ${count}`, slug, section: sections.Events, lead: 'The lead.', body: 'The body.', ...fields });
  assert.equal(answer.status, 303, answer.body);
  const page = answer.headers.location.replace(/\?.*/, '');
  return { page, steps: `${page}steps/`, out: `/news/${fields.section === sections.Strict ? 'strict' : 'events'}/${fields.slug ?? slug}/` };
}
const formOf = (body, step) => {
  const form = body.split('<form').find((f) => f.includes(`name="do" value="${step}"`));
  return form && fieldsOf(`<form${form}`, /action="([^"]*)"/.exec(form)[1]);
};
const stepsOf = (body) => [...body.matchAll(/name="do" value="([^"]*)"/g)].map((m) => m[1]);
const text = (body) => unescape(body.slice(body.indexOf('<main'), body.indexOf('</main>')).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '));

// Presses the button of a step on the page of steps.
async function press(item, step, fields = {}, who = anna) {
  const { body } = await who.get(item.steps);
  const form = formOf(body, step);
  assert.ok(form, `no button ${step} among ${stepsOf(body)}`);
  return who.send(item.steps, encode({ ...form, do: step, ...fields }));
}
async function done(item, step, fields, who) {
  const answer = await press(item, step, fields, who);
  assert.equal(answer.status, 303, text(answer.body));
  return answer;
}
const status = async (item) => (await site.get(`${item.out}?n=${Math.random()}`)).status;
const later = (seconds) => new Date(Date.now() + seconds * 1000 + 3 * 3600 * 1000).toISOString().slice(0, 19);

test('publishing says first what will happen, then it does', async () => {
  const item = await add();
  const before = text((await anna.get(item.steps)).body);
  assert.match(before, /Visitors do not see it\./);
  assert.match(before, /Publish Visitors see it as soon as you press the button\./);
  assert.equal(await status(item), 404);
  const answer = await done(item, 'approve');
  assert.equal(answer.headers.location, `${item.steps}?done=approved`);
  assert.equal(await status(item), 200);
  const after_ = (await anna.get(item.steps)).body;
  assert.match(text(after_), /Visitors see the published version\./);
  assert.ok(after_.includes(`<a href="${item.out}">See the page</a>`));
});

test('whoever publishes may set another time, and a wrong one is told at its field', async () => {
  const item = await add();
  const past = await press(item, 'approve', { at: '2020-01-01T10:00:00' });
  assert.equal(past.status, 422);
  assert.match(past.body, /id="approve-at-error"/);
  await done(item, 'approve', { at: later(3600) });
  assert.equal(await status(item), 404);
  assert.match(text((await anna.get(item.steps)).body), /It goes out by itself: .* in (1 h 0|59) min/);
});

test('saving a published item changes nothing that visitors see, until it is approved', async () => {
  const item = await add({ published_at: '2026-01-02T10:00' });
  await done(item, 'approve');
  const before = (await site.get(item.out)).body;
  await anna.submit(item.page, { title: 'New words', body: 'Others.' });
  assert.equal((await site.get(`${item.out}?x`)).body, before);
  assert.match(text((await anna.get(item.steps)).body), /Visitors see this text, in place of the one before.*The page will say that it was updated\./);
  assert.match((await anna.get(`${item.page}preview/`)).body, /Updated <time/);
  await done(item, 'approve');
  assert.match((await site.get(`${item.out}?y`)).body, /<h1>New words<\/h1>.*Updated/s);
});

test('a small change does not tell readers of an update', async () => {
  const item = await add({ published_at: '2026-01-02T10:00' });
  await done(item, 'approve');
  await anna.submit(item.page, { body: 'A typo less.', minor: '1' });
  assert.doesNotMatch(text((await anna.get(item.steps)).body), /updated/);
  assert.doesNotMatch((await anna.get(`${item.page}preview/`)).body, /Updated <time/);
  await done(item, 'approve');
  const { body } = await site.get(`${item.out}?x`);
  assert.match(body, /A typo less\./);
  assert.doesNotMatch(body, /Updated/);
});

test('review: sent, taken back, sent again, sent back with a reason, sent, approved', async () => {
  const item = await add({}, paul);
  assert.deepEqual(stepsOf((await paul.get(item.steps)).body), ['submit', 'discard', 'copy']);
  await done(item, 'submit', {}, paul);
  assert.deepEqual(stepsOf((await paul.get(item.steps)).body), ['recall', 'copy']);
  assert.equal((await paul.get(item.page)).headers.location, item.steps);
  await done(item, 'recall', {}, paul);
  await done(item, 'submit', {}, paul);
  const asked = await press(item, 'send-back', { reason: '  ' });
  assert.equal(asked.status, 422);
  assert.match(asked.body, /<p class="problem" id="send-back-reason-error">Please say why\./);
  assert.equal((await done(item, 'send-back', { reason: 'Who says <so>?' })).status, 303);
  assert.match(text((await paul.get(item.steps)).body), /Sent back: Who says <so>\?/);
  await done(item, 'submit', {}, paul);
  await done(item, 'approve');
  assert.equal(await status(item), 200);
});

test('nobody takes a step that is not theirs', async () => {
  const item = await add({}, paul);
  const form = formOf((await paul.get(item.steps)).body, 'submit');
  for (const step of ['approve', 'send-back', 'withdraw', 'reinstate']) {
    const answer = await paul.send(item.steps, encode({ ...form, do: step, reason: 'kept' }));
    assert.equal(answer.status, 403, step);
  }
  assert.equal((await paul.send(item.steps, encode({ ...form, do: 'burn' }))).status, 400);
  const other = await add({});
  assert.equal((await paul.get(other.steps)).status, 404);
  assert.equal((await paul.send(other.steps, encode({ ...form, do: 'submit' }))).status, 404);
  assert.equal(await status(item), 404);
});

test('four eyes: the page says so before, and the server means it', async () => {
  const item = await add({ section: sections.Strict });
  const { body } = await anna.get(item.steps);
  assert.ok(!stepsOf(body).includes('approve'));
  assert.match(text(body), /nobody approves their own text/);
  const forced = await anna.send(item.steps, encode({ ...formOf(body, 'submit'), do: 'approve' }));
  assert.equal(forced.status, 403);
  assert.match(forced.body, /nobody approves their own text/);
  assert.equal(await status(item), 404);
  await done(item, 'approve', {}, erik);
  assert.equal(await status(item), 200);
});

test('the checklist stands before publishing, at the fields, and is enforced', async () => {
  const item = await add({ lead: '', body: '  \n', expires_at: '2020-01-01T10:00' });
  const { body } = await anna.get(item.steps);
  assert.ok(!stepsOf(body).includes('approve'));
  assert.match(text(body), /Before it can be published: The lead is missing\. The text is missing\. It would end before it goes out\./);
  for (const id of ['f-lead', 'body', 'f-expires_at']) assert.ok(body.includes(`href="${item.page}?check=1#${id}"`), id);
  const forced = await anna.send(item.steps, encode({ ...formOf(body, 'submit'), do: 'approve' }));
  assert.equal(forced.status, 422);
  for (const checked of [forced.body, (await anna.get(`${item.page}?check=1`)).body])
    for (const name of ['f-lead', 'body', 'f-expires_at']) assert.match(checked, new RegExp(`id="${name}-error">[^<]+`));
  assert.equal(await status(item), 404);
});

test('a step from an old look does nothing and keeps the reason', async () => {
  const item = await add();
  await done(item, 'submit');
  const form = formOf((await anna.get(item.steps)).body, 'send-back');
  await anna.submit(item.page, { title: 'Changed meanwhile' });
  const answer = await anna.send(item.steps, encode({ ...form, do: 'send-back', reason: 'A long reason.' }));
  assert.equal(answer.status, 409);
  assert.match(answer.body, /somebody else has changed this item meanwhile/i);
  assert.equal(formOf(answer.body, 'send-back').reason, 'A long reason.');
  assert.ok(stepsOf((await anna.get(item.steps)).body).includes('recall'));
});

test('a draft is discarded and taken back; changes of a published one are dropped', async () => {
  const item = await add();
  await done(item, 'discard');
  assert.deepEqual(stepsOf((await anna.get(item.steps)).body), ['undiscard', 'copy']);
  assert.equal((await anna.submit(item.steps, {}, `${item.page}copy/`)).status, 303);
  await done(item, 'undiscard');
  await done(item, 'approve');
  await anna.submit(item.page, { title: 'Not to be' });
  assert.match(text((await anna.get(item.steps)).body), /visitors go on seeing what they see/);
  await done(item, 'discard');
  assert.equal(fieldsOf((await anna.get(item.page)).body, item.page).title, `Title ${count}`);
});

test('withdrawn with a reason, now or later; reinstated with a reason', async () => {
  const item = await add({ published_at: '2026-01-02T10:00' });
  await done(item, 'approve');
  assert.equal((await press(item, 'withdraw', {})).status, 422);
  const past = await press(item, 'withdraw', { reason: 'An error', at: '2020-01-01T10:00' });
  assert.equal(past.status, 422);
  assert.match(past.body, /id="withdraw-at-error">This time has passed/);
  assert.equal(formOf(past.body, 'withdraw').reason, 'An error');
  await done(item, 'withdraw', { reason: 'Later', at: later(3600) });
  assert.equal(await status(item), 200);
  assert.match(text((await anna.get(item.steps)).body), /Visitors see the published version, until .* in (59 min|1 h)/);
  await done(item, 'reinstate', { reason: 'Not at all' });
  await done(item, 'withdraw', { reason: 'An error & more' });
  const gone = await site.get(`${item.out}?x`);
  assert.equal(gone.status, 410);
  assert.match(gone.body, /An error &amp; more/);
  assert.match(text((await anna.get(item.steps)).body), /It is withdrawn: An error & more/);
  await done(item, 'reinstate', { reason: 'It was right' });
  assert.equal(await status(item), 200);
});

test('a copy is a draft of its own without times and address', async () => {
  const item = await add({ tags: 'a, b', published_at: '2031-01-01T10:00' });
  const answer = await anna.submit(item.steps, {}, `${item.page}copy/`);
  const page = answer.headers.location.replace(/\?.*/, '');
  const fields = fieldsOf((await anna.get(page)).body, page);
  assert.notEqual(page, item.page);
  assert.deepEqual([fields.title, fields.tags, fields.published_at, fields.slug], [`Title ${count}`, 'a, b', '', `title-${count}`]);
});

// ---- times ----

test('a schedule tells the time of the office, UTC and how long it is', async () => {
  const item = await add({ published_at: '2031-07-01T10:30' });
  const page = (await anna.get(item.page)).body;
  assert.match(text(page), /Goes out: 01\.07\.2031 10:30 \(Europe\/Moscow\), 07:30 UTC in \d+ d \d+ h/);
  assert.match(text(page), /It is now \d\d\.\d\d\.\d{4} \d\d:\d\d \(Europe\/Moscow\), \d\d:\d\d UTC\./);
  const steps = (await anna.get(item.steps)).body;
  assert.match(text(steps), /Schedule It goes out by itself: 01\.07\.2031 10:30 \(Europe\/Moscow\), 07:30 UTC in \d+ d/);
  assert.match(steps, /<time class="countdown" datetime="2031-07-01T10:30:00\+03:00" data-left="\d+"/);
  assert.match(steps, /<script src="\/static\/js\/countdown\.[^"]*" defer>/);
  await done(item, 'approve');
  assert.equal(await status(item), 404);
  assert.match(text((await anna.get(item.steps)).body), /It goes out by itself: 01\.07\.2031 10:30/);
});

test('an embargo holds whatever the publish time says, and the date stays', async () => {
  const item = await add({ published_at: '2026-01-02T10:00', embargo_until: later(3600) });
  assert.match(text((await anna.get(item.steps)).body), /Schedule It goes out by itself/);
  await done(item, 'approve');
  assert.equal(await status(item), 404);
  await anna.submit(item.page, { embargo_until: '' });
  await done(item, 'approve');
  const { body } = await site.get(`${item.out}?x`);
  assert.match(body, /<time datetime="2026-01-02T10:00:00\+03:00">02\.01\.2026/);
});

test('a later time for what is out is warned of', async () => {
  const item = await add();
  await done(item, 'approve');
  await anna.submit(item.page, { published_at: later(7200) });
  assert.match(text((await anna.get(item.steps)).body), /with this time it would disappear until then/);
});

test('a pinned item leads the home page until its time', async () => {
  const item = await add({ pinned_until: later(3600), published_at: '2020-01-01T10:00' });
  await done(item, 'approve');
  assert.ok((await site.get('/?x')).body.includes(`Title ${count}`));
  const lead = /<main.*?<h2[^>]*>\s*<a href="([^"]*)"/s.exec((await site.get('/?y')).body)[1];
  assert.equal(lead, item.out);
});

test('an item ends at its time', async () => {
  const item = await add({ published_at: '2026-01-01T10:00', expires_at: '2026-02-01T10:00' });
  await done(item, 'approve');
  assert.equal(await status(item), 410);
  assert.match(text((await anna.get(item.steps)).body), /It has ended/);
});

// ---- addresses ----

test('a taken address gets a number; a changed one of a visible item leads on', async () => {
  const one = await add({ slug: 'same', published_at: '2026-01-02T10:00' });
  const two = await add({ slug: 'same' });
  assert.equal(fieldsOf((await anna.get(two.page)).body, two.page).slug, 'same-2');
  await done(one, 'approve');
  await anna.submit(one.page, { slug: 'other' });
  assert.equal(await status(one), 200);
  await done(one, 'approve');
  const moved = await site.get('/news/events/same/?n=1');
  assert.deepEqual([moved.status, moved.headers.location], [301, 'http://news.example/news/events/other/']);
  assert.equal((await site.get('/news/events/other/')).status, 200);
});

test('an address that was emptied is made from the title again', async () => {
  const item = await add({ title: 'Über die Brücke', slug: 'x' });
  await anna.submit(item.page, { slug: '' });
  assert.equal(fieldsOf((await anna.get(item.page)).body, item.page).slug, 'uber-die-brucke');
});

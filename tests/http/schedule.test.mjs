// A scheduled item watched to the second, through nginx with its page cache on: it is
// nowhere before its time and everywhere after, and ends likewise.
//
// "Not before" is strict: an answer that shows the item and arrived before its time is a
// failure whatever the machine does. How late it was is the time of the last request that
// was still answered without it. nginx may show a page for the second after it expired, so
// that is below a second; what a busy machine needs for its slowest answer comes on top.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Site, items, sleep } from './lib/site.mjs';
import { Staff, fieldsOf } from './lib/staff.mjs';

const password = 'correct horse battery staple';
const NEW = '/admin/items/new/';
let site, anna, section;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']], items: items(3) });
  site.addPerson('anna', 'administrator', password);
  await site.serve();
  await site.startNginx();
  anna = new Staff(site);
  await anna.signIn('anna', password);
  section = /<option value="(\d+)">Events/.exec((await anna.get(NEW)).body)[1];
});
after(() => site.end());

// The office's wall clock (Europe/Moscow, three hours before UTC) at an instant.
const officeClock = (ms) => new Date(ms + 3 * 3600 * 1000).toISOString().slice(0, 19);

// Schedules an item by the newsroom's form, so that it is approved well before its time.
async function schedule(slug, lead = 6000) {
  const at = Math.ceil((Date.now() + lead) / 1000) * 1000, end = at + 4000;
  const saved = await anna.submit(NEW, { title: `Watched ${slug}`, slug, section, lead: 'Lead.', body: 'Body.', published_at: officeClock(at), expires_at: officeClock(end) });
  const page = saved.headers.location.replace(/\?.*/, '');
  const form = fieldsOf((await anna.get(`${page}steps/`)).body, `${page}steps/`);
  const answer = await anna.submit(`${page}steps/`, { ...form, do: 'approve' });
  assert.equal(answer.status, 303, answer.body);
  return Date.now() < at - 3000 ? { slug, at, end } : schedule(`${slug}-again`, lead * 2);
}

// Asks for a page again and again until a time; every answer with when it was asked for and
// when it was there.
async function watch(path, slug, until) {
  const seen = [];
  while (Date.now() < until) {
    const asked = Date.now();
    const answer = await site.get(path);
    assert.ok([200, 404, 410].includes(answer.status), `${path}: ${answer.status}`);
    seen.push({ asked, arrived: Date.now(), shows: answer.status === 200 && answer.body.includes(`Watched ${slug}`) });
    await sleep(10);
  }
  return seen;
}

test('a scheduled item goes out and ends everywhere, on its second', async (t) => {
  const quiet = '/?left=alone'; // asked for once, then left alone
  const now = new Date(Date.now() + 3 * 3600 * 1000), year = now.getUTCFullYear(), month = String(now.getUTCMonth() + 1).padStart(2, '0');
  const { slug, at, end } = await schedule('item');
  await site.get(quiet);
  const paths = ['/', '/news/', '/news/events/', `/news/${year}/`, `/news/${year}/${month}/`, `/news/events/${slug}/`];
  const watching = Promise.all(paths.map((path) => watch(path, slug, end + 1500)));
  await sleep(at + 300 - Date.now());
  const first = await site.get(quiet);
  assert.ok(first.body.includes(`Watched ${slug}`), 'a page that nobody asked for meanwhile');
  const all = await watching;
  const slowest = Math.max(...all.flat().map((s) => s.arrived - s.asked));
  for (const [i, path] of paths.entries()) {
    const seen = all[i];
    const early = seen.filter((s) => s.shows && s.arrived < at);
    const missing = seen.filter((s) => !s.shows && s.asked >= at && s.arrived < end);
    const late = Math.max(0, ...missing.map((s) => s.asked - at));
    const after_ = Math.max(0, ...seen.filter((s) => s.shows && s.asked >= end).map((s) => s.asked - end));
    assert.ok(seen.filter((s) => s.arrived < at).length > 5, `${path} was asked for before`);
    assert.ok(seen.some((s) => s.shows), `${path} shows it`);
    assert.deepEqual(early, [], `${path} shows it before its time`);
    assert.ok(late < 1000 + slowest, `${path} was ${late} ms late`);
    assert.ok(after_ < 1000 + slowest, `${path} showed it ${after_} ms too long`);
    t.diagnostic(`${path}: ${seen.length} answers, out ${late} ms late, gone ${after_} ms late (slowest answer ${slowest} ms)`);
  }
});

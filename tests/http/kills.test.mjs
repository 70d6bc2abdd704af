// kill -9 of staff workers while programs and forms post: what was acknowledged is there,
// whole, once; what was not is not there in part.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { Api, Description, item, makeToken } from './lib/api.mjs';
import { Site, children, sleep } from './lib/site.mjs';
import { sqlite } from './lib/sqlite.mjs';
import { Staff, encode, fieldsOf } from './lib/staff.mjs';

const password = 'correct horse battery staple';
const POSTS = 500, FORMS = 60, AT_ONCE = 4;
let site, anna, api;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']] });
  site.addPerson('anna', 'administrator', password);
  await site.serve({ args: ['--set', 'staff_workers=3'] });
  await site.startNginx();
  anna = new Staff(site);
  await anna.signIn('anna', password);
  api = new Api(site, await Description.of(site), await makeToken(anna, password));
});
after(() => site.end());

const staffWorkers = () => children(site.pid()).filter((pid) => fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'byline-staff');
const sql = (statement) => sqlite(`${site.dir}/data/news.db`, statement).trim().split('\n').filter(Boolean);

// Kills a worker in the middle of the work, again and again: a moment after every so many
// that were acknowledged. Answers {done, kills}: done() is told of each.
function killer(every) {
  let n = 0;
  const k = { kills: 0, done() {
    if (++n % every !== 0) return;
    setTimeout(() => {
      const workers = staffWorkers();
      try {
        process.kill(workers[Math.floor(Math.random() * workers.length)], 'SIGKILL');
        k.kills++;
      } catch { /* it had gone by itself */ }
    }, Math.random() * 15);
  } };
  return k;
}

// Numbers 0 to n - 1, a few at a time.
async function each(n, one) {
  let next = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => { while (next < n) await one(next++); }));
}

// Whatever was killed on the way, the whole story of each item is there.
function checkWhole(titles) {
  const rows = sql("SELECT i.title || '|' || (SELECT COUNT(*) FROM revision r WHERE r.item_id = i.id) || '|' || (SELECT COUNT(*) FROM desk d WHERE d.item_id = i.id) || '|' || (SELECT COUNT(*) FROM audit a WHERE a.item = i.public_id) FROM item i WHERE i.title LIKE 'K%'");
  assert.deepEqual(rows.map((r) => r.split('|').slice(1).join()).filter((r) => r !== '1,1,1'), []);
  assert.equal(rows.length, titles.length);
  assert.deepEqual(rows.map((r) => r.split('|')[0]).sort(), [...titles].sort());
}

test(`${POSTS} posts with keys, each sent until it is acknowledged, are ${POSTS} items`, async (t) => {
  const told = new Map();
  let again = 0;
  const killed = killer(20);
  await each(POSTS, async (n) => {
    for (;;) {
      const answer = await api.site.get('/admin/api/v1/items/', {
        method: 'POST', body: JSON.stringify(item({ title: `K${n}` })),
        headers: { authorization: `Bearer ${api.token}`, 'content-type': 'application/json', 'idempotency-key': `"k${n}"` },
      }).catch(() => ({ status: 0 }));
      if (answer.status === 201) {
        told.set(n, JSON.parse(answer.body).id);
        return killed.done();
      }
      assert.ok([0, 409, 502, 503, 504].includes(answer.status), `${answer.status} ${answer.body}`);
      again++;
      await sleep(20);
    }
  });
  checkWhole([...told.keys()].map((n) => `K${n}`));
  for (const [n, id] of told) assert.equal(sql(`SELECT title FROM item WHERE public_id = '${id}'`)[0], `K${n}`);
  assert.equal(told.size, POSTS);
  assert.ok(killed.kills > 5);
  assert.match(site.run('check'), /database +ok/);
  t.diagnostic(`${killed.kills} kills survived in ${POSTS} posts; ${again} were sent again`);
});

test(`${FORMS} forms: what was acknowledged is there once, what was not is there once or not at all`, async (t) => {
  const page = await anna.get('/admin/items/new/');
  const fields = fieldsOf(page.body, '/admin/items/new/');
  const done = new Set();
  const killed = killer(5);
  await each(FORMS, async (n) => {
    const answer = await anna.send('/admin/items/new/', encode({ ...fields, section: '1', title: `F${n}`, lead: 'The lead.', body: 'The body.' })).catch(() => ({ status: 0 }));
    assert.ok([0, 303, 502, 503, 504].includes(answer.status), `${answer.status} ${answer.body}`);
    if (answer.status === 303) {
      done.add(`F${n}`);
      killed.done();
    } else await sleep(200);
  });
  const rows = sql("SELECT i.title || '|' || (SELECT COUNT(*) FROM revision r WHERE r.item_id = i.id) || '|' || (SELECT COUNT(*) FROM audit a WHERE a.item = i.public_id) FROM item i WHERE i.title LIKE 'F%'");
  const titles = rows.map((r) => r.split('|')[0]);
  assert.equal(new Set(titles).size, titles.length);
  assert.deepEqual([...done].filter((title) => !titles.includes(title)), []);
  assert.deepEqual(rows.filter((r) => !r.endsWith('|1|1')), []);
  assert.ok(done.size > 0 && killed.kills > 0);
  t.diagnostic(`${killed.kills} kills survived in ${FORMS} forms, ${done.size} acknowledged`);
});

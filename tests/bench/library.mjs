#!/usr/bin/env node
// library.mjs [FEW MANY] - how long the photo library takes to open, and each of its filters,
// with MANY photos in it (1000000) and with FEW (1000): what a page costs should not depend
// on the library. Milliseconds through nginx, the median and the worst of TIMES (20) after
// one to warm up, and how many photos the page shows.
import { execFileSync } from 'node:child_process';
import { Site } from '../http/lib/site.mjs';
import { Staff } from '../http/lib/staff.mjs';

const [few = 1000, many = 1000000] = process.argv.slice(2).map(Number);
const times = Number(process.env.TIMES ?? 20);
const password = 'correct horse battery staple';
const filters = {
  all: '', 'a deep place': (n) => `after=${n >> 1}`, 'word of all': 'q=delegates', 'word of a quarter': 'q=river',
  'six words': 'q=delegates+river+session+anna+photo+service', 'rare word': (n) => `q=${n - 2}`, 'no such word': 'q=zebra',
  credit: 'credit=service', creator: 'creator=77', 'creator and caption': 'creator=77&caption=river',
  'back from a deep place': (n) => `before=${n >> 1}`,
  'a month': 'from=2001-09-09&until=2001-10-09', 'a month and a word': 'from=2001-09-09&until=2001-10-09&q=river',
  'to be confirmed': 'state=to-confirm', 'without credit': 'state=without-credit', unused: 'state=unused',
  'rights end': 'state=ending', 'rights have ended': 'state=ended', withdrawn: 'state=withdrawn',
  'withdrawn, word of all': 'state=withdrawn&q=delegates', 'unused, word of a quarter': 'state=unused&q=river',
  'unused, a month': 'state=unused&from=2001-09-09&until=2001-10-09', 'unused, word, month': 'state=unused&q=river&from=2001-09-09&until=2001-10-09',
  'a day of long ago, word': 'q=delegates&from=2001-09-09&until=2001-09-09', 'until a day, word': 'q=river&until=2001-09-20', 'no such days, word': 'q=delegates&from=1991-02-03&until=1998-05-06',
};

// A photo every 700 seconds; a few without credit, not looked at, withdrawn, with an end.
const rows = (n) => `WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < ${n})
INSERT INTO photo (id, sha256, ext, width_px, height_px, bytes, credit, creator, caption, file_name, taken_at, added_at,
    expires_at, withdrawn_at, withdrawn_reason, confirmed_at)
SELECT i, printf('%064x', i), 'jpg', 6000, 4000, 12000000, CASE WHEN i % 1000 = 7 THEN '' ELSE 'Photo Service ' || (i % 97) END,
    'Anna ' || (i % 1009), 'Delegates at the session ' || CASE i % 4 WHEN 0 THEN 'river ' ELSE 'council ' END || i, 'DSC_' || i || '.JPG',
    strftime('%Y-%m-%dT%H:%M:%S', 1000000000 + i * 700, 'unixepoch'), 1000000000 + i * 700,
    CASE i % 500 WHEN 3 THEN 1600000000 WHEN 4 THEN 3000000000 + i ELSE 253402300800 END,
    CASE i % 500 WHEN 9 THEN 1700000000 + i END, CASE i % 500 WHEN 9 THEN 'Because.' END,
    CASE WHEN i % 100 <> 5 THEN 1 END FROM c;
UPDATE photo SET is_used = 1 WHERE id % 300 <> 11;
INSERT INTO photo_words (rowid, credit, creator, caption, others, marks) SELECT id, credit, creator, caption, others, marks FROM photo_text;`;

async function timesOf(anna, address) {
  const all = [];
  let answer;
  for (let i = 0; i <= times; i++) {
    const start = performance.now();
    answer = await anna.get(address);
    all.push(performance.now() - start);
    if (answer.status !== 200) throw new Error(`${address}: ${answer.status}`);
  }
  const sorted = all.slice(1).sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1], worst: sorted.at(-1), shown: answer.body.split('<figure').length - 1 };
}

async function measure(n) {
  const site = await Site.make({});
  try {
    site.addPerson('anna', 'administrator', password);
    execFileSync('sqlite3', [`${site.dir}/data/news.db`, `BEGIN; ${rows(n)} COMMIT;`]);
    await site.serve();
    await site.startNginx();
    const anna = new Staff(site), found = {};
    await anna.signIn('anna', password);
    for (const [name, query] of Object.entries(filters))
      found[name] = await timesOf(anna, `/admin/photos/?${typeof query === 'string' ? query : query(n)}`);
    found['newsroom’s first page'] = await timesOf(anna, '/admin/');
    return found;
  } finally {
    await site.end();
  }
}

const small = await measure(few), large = await measure(many);
const ms = (t) => `${t.toFixed(1).padStart(7)} ms`;
for (const name of Object.keys(large))
  console.log(`${name.padEnd(24)} ${few} photos ${ms(small[name].median)}   ${many} photos ${ms(large[name].median)}  worst ${ms(large[name].worst)}  shown ${large[name].shown}  ratio ${(large[name].median / small[name].median).toFixed(1)}`);

#!/usr/bin/env node
// list.mjs [FEW MANY] - how long the newsroom's list takes to open, and each of its filters,
// with MANY items in the archive (1000000) and with FEW (1000), and the ratio of the two:
// what a page costs should not depend on the archive. Milliseconds through nginx, the median
// and the worst of TIMES (20) after one to warm up; and what the program's processes computed
// for a page, which does not depend on what else the machine does.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Site, children } from '../http/lib/site.mjs';
import { Staff } from '../http/lib/staff.mjs';

const [few = 1000, many = 1000000] = process.argv.slice(2).map(Number);
const times = Number(process.env.TIMES ?? 20);
const password = 'correct horse battery staple';
// Words of make-items.mjs: a common one is in a fifth of the titles.
const pages = {
  'first page': '/admin/', list: '/admin/items/',
  'common word': '/admin/items/?q=river', 'six words': '/admin/items/?q=river+council+session+delta+water+team',
  'rare word': '/admin/items/?q=77', 'no such word': '/admin/items/?q=zebra', tag: '/admin/items/?tag=youth',
  'section, language': '/admin/items/?section=events&lang=ru', state: '/admin/items/?state=review', author: '/admin/items/?author=1',
  scheduled: '/admin/items/?state=scheduled', withdrawn: '/admin/items/?state=withdrawn',
  'a month': '/admin/items/?from=2010-03-01&until=2010-03-31', 'a month of a section': '/admin/items/?from=2010-03-01&until=2010-03-31&section=events',
  'common word, nobody’s': '/admin/items/?q=river&author=1', 'all dates, nobody’s': '/admin/items/?from=2000-01-01&author=1',
  'tag nobody has': '/admin/items/?tag=zebra', 'tag and words': '/admin/items/?q=river+council&tag=youth',
  'six words of eight': '/admin/items/?q=item+river+council+session+delta+water+team+border',
  'six words, none in review': '/admin/items/?q=river+council+session+delta+water+team&state=review',
  'words scheduled': '/admin/items/?q=river&state=scheduled', 'words withdrawn': '/admin/items/?q=river&state=withdrawn',
  'section scheduled': '/admin/items/?section=events&state=scheduled', 'sent back': '/admin/items/?state=sent-back', discarded: '/admin/items/?state=discarded',
  stale: '/admin/items/?state=stale', 'author of nothing': '/admin/items/?author=2', 'author, section, state': '/admin/items/?author=2&section=events&lang=ru&state=draft',
  'a year to come': '/admin/items/?from=2099-01-01&until=2099-12-31', 'all dates, in review': '/admin/items/?from=2000-01-01&state=review',
  'everything': '/admin/items/?q=river&section=events&lang=en&state=approved&author=1&from=2001-01-01&until=2020-01-01',
};

// Nanoseconds that the processes below the program have computed.
const computed = (site) => children(site.pid()).reduce((all, pid) => all + Number(fs.readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]), 0);

async function measure(n) {
  const site = await Site.make({ settings: '' });
  try {
    const file = path.join(site.dir, 'items.jsonl');
    execFileSync('sh', ['-c', `node tests/bench/make-items.mjs ${n} > ${file}`]);
    site.run('import', '--create-sections', file);
    fs.rmSync(file);
    site.addPerson('anna', 'administrator', password);
    site.addPerson('boris', 'author', password); // who wrote nothing
    await site.serve();
    await site.startNginx();
    const anna = new Staff(site);
    await anna.signIn('anna', password);
    const found = {};
    for (const [name, address] of Object.entries(pages)) {
      const all = [], before = computed(site);
      for (let i = 0; i <= times; i++) {
        const start = performance.now();
        const answer = await anna.get(address);
        all.push(performance.now() - start);
        if (answer.status !== 200) throw new Error(`${address}: ${answer.status}`);
      }
      const sorted = all.slice(1).sort((a, b) => a - b);
      found[name] = { first: all[0], median: sorted[sorted.length >> 1], worst: sorted.at(-1), cpu: (computed(site) - before) / 1e6 / all.length };
    }
    return found;
  } finally {
    await site.end();
  }
}

const small = await measure(few), large = await measure(many);
const ms = (t) => `${t.toFixed(1).padStart(7)} ms`;
for (const name of Object.keys(pages))
  console.log(`${name.padEnd(28)} ${few} items ${ms(small[name].median)}   ${many} items ${ms(large[name].median)}  computing ${ms(large[name].cpu)}  worst ${ms(large[name].worst)}  the first time ${ms(large[name].first)}  ratio ${(large[name].median / small[name].median).toFixed(1)}`);

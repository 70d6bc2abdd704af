// save.mjs [N] - saving an item by the newsroom's form, through nginx, with N items in the
// archive: a text of a thousand words, changed each time. Prints median and 95th of a
// hundred saves, and the ratio to writing the same bytes to a file and syncing it, which
// no save can do without. The promise is 50 ms.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Site } from '../http/lib/site.mjs';
import { Staff, encode, fieldsOf } from '../http/lib/staff.mjs';

const n = Number(process.argv[2] ?? 100000), TIMES = 100;
const password = 'correct horse battery staple', NEW = '/admin/items/new/';
const body = (i) => `Version ${i}.\n\n` + `${'word '.repeat(100)}\n\n`.repeat(10);

const site = await Site.make();
const lines = path.join(site.dir, 'items.jsonl');
fs.writeFileSync(lines, execFileSync('node', ['tests/bench/make-items.mjs', String(n)], { maxBuffer: 1 << 30 }));
site.run('import', '--create-sections', lines);
site.addPerson('anna', 'administrator', password);
await site.serve();
await site.startNginx();
const anna = new Staff(site);
await anna.signIn('anna', password);
const section = /<option value="(\d+)">/.exec((await anna.get(NEW)).body)[1];
const made = await anna.submit(NEW, { title: 'Saved again and again', section, lead: 'Lead.', body: body(0) });
if (made.status !== 303) throw new Error(made.body);
const page = made.headers.location.replace(/\?.*/, '');

function quantiles(times) {
  times.sort((a, b) => a - b);
  return [times[times.length >> 1], times[Math.floor(times.length * 0.95)]];
}
const file = fs.openSync(path.join(site.dir, 'bare'), 'w');
const saves = [], bare = [];
for (let i = 1; i <= TIMES; i++) {
  const fields = { ...fieldsOf((await anna.get(page)).body, page), body: body(i) };
  let from = performance.now();
  const { headers } = await anna.send(page, encode(fields));
  saves.push(performance.now() - from);
  if (!headers.location?.endsWith('?done=saved')) throw new Error(`save ${i}: ${headers.location}`);
  from = performance.now();
  fs.writeSync(file, body(i));
  fs.fdatasyncSync(file);
  bare.push(performance.now() - from);
}
await site.end();
const [median, p95] = quantiles(saves), [write] = quantiles(bare);
console.log(`saving an item, ${n} in the archive: median ${median.toFixed(1)} ms, 95th ${p95.toFixed(1)} ms; a bare synced write ${write.toFixed(2)} ms, ratio ${(median / write).toFixed(1)}`);

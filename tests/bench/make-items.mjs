// make-items.mjs N - N invented items as JSON Lines, the same ones each time.
const n = Number(process.argv[2] ?? 1000);
let seed = 42;
const random = (k) => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return (seed >>> 8) % k;
};
const words = 'river council session agreement minister level station gauge flood delta bridge programme member state survey forecast partner region water border valley report spring team data'.split(' ');
const some = (k) => Array.from({ length: k }, () => words[random(words.length)]).join(' ');
const sections = ['events', 'statements', 'speeches', 'interviews'];
const start = Date.UTC(2000, 0, 1) / 1000;
let out = '';
for (let i = 0; i < n; i++) {
  const at = new Date((start + Math.floor((i * 26 * 365 * 86400) / n)) * 1000).toISOString().slice(0, 19) + 'Z';
  out += JSON.stringify({ id: `b${i}`, lang: random(4) ? 'en' : 'ru', section: sections[random(4)], slug: `item-${i}`, title: `Item ${i}: ${some(6)}`, lead: some(25), body: Array.from({ length: 5 }, () => some(60)).join('.\n\n'), published_at: at }) + '\n';
  if (out.length > 1 << 20) {
    if (!process.stdout.write(out)) await new Promise((done) => process.stdout.once('drain', done));
    out = '';
  }
}
process.stdout.write(out);

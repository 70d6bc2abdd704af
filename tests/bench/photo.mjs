#!/usr/bin/env node
// photo.mjs - what it costs to make all files of a 24-megapixel photo: the photo helper in
// one process, against vipsthumbnail, which makes the same sizes in the same formats with
// the same settings, a process for each. Both with one thread, in turn, the best of five.
// Then the bytes of each file.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const byline = process.env.BYLINE ?? path.resolve('build/release/byline');
const helper = path.join(path.dirname(byline), 'libexec/byline/byline-photo');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'byline-photo-'));
const at = (name) => path.join(dir, name);
const TIMES = 5;

// A drawn photo, enlarged, with the grain of a camera, so that it is as hard to pack.
const vips = (...args) => execFileSync('vips', args);
vips('resize', 'static/demo/photos/dawn-valley.jpg', at('large.v'), '5');
vips('gaussnoise', at('grain.v'), '6000', '4000', '--mean', '0', '--sigma', '6');
vips('add', at('large.v'), at('grain.v'), at('sum.v'));
vips('cast', at('sum.v'), at('original.jpg[Q=90,strip]'), 'uchar');
const [width, height] = ['width', 'height'].map((f) => Number(execFileSync('vipsheader', ['-f', f, at('original.jpg')], { encoding: 'utf8' })));

const words = { credit: 'Ministry of Defense of the Republic of Belarus', creator: 'Anna Petrova', caption: 'A valley at dawn.', copyright: '© Office', alt: 'A valley' };
const order = Buffer.concat([Buffer.from(`${JSON.stringify({ do: 'render', words, focal: '' })}\n`), fs.readFileSync(at('original.jpg'))]);
fs.writeFileSync(at('order'), order);

// Seconds and peak KiB of a command; a process of its own measures it.
function run(command, args, stdin) {
  const r = spawnSync('/usr/bin/time', ['-f', '%e %M', command, ...args], { env: { ...process.env, VIPS_CONCURRENCY: '1' }, stdio: [stdin ? fs.openSync(stdin, 'r') : 'ignore', fs.openSync(at('answer'), 'w'), 'pipe'], encoding: 'utf8' });
  if (r.status !== 0) throw new Error(`${command}: ${r.stderr}`);
  const [seconds, kib] = r.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { seconds, kib };
}

const jpeg = '[Q=80,interlace,optimize-coding,subsample-mode=on,strip]', webp = '[Q=80,effort=4,strip]';
const sizes = [['480x', '', 2], ['960x', '', 2], ['1600x', '', 2], ['480x320', 'centre', 2], ['960x640', 'centre', 2], ['1200x630', 'centre', 1]];
function theirs() {
  const all = sizes.flatMap(([size, crop, n], i) =>
    [`.jpg${jpeg}`, `.webp${webp}`].slice(0, n).map((ending) => run('vipsthumbnail', [at('original.jpg'), '-s', size, ...(crop ? ['--smartcrop', crop] : []), '-o', at(`theirs-${i}${ending}`)])));
  return { seconds: all.reduce((sum, r) => sum + r.seconds, 0), kib: Math.max(...all.map((r) => r.kib)) };
}
const ours = () => run(helper, [], at('order'));

const best = (all) => ({ seconds: Math.min(...all.map((r) => r.seconds)), kib: Math.max(...all.map((r) => r.kib)) });
const a = [], b = [];
for (let i = 0; i < TIMES; i++) {
  process.stderr.write(`\rphoto ${i + 1}/${TIMES}`);
  a.push(ours());
  b.push(theirs());
}
process.stderr.write('\r\x1b[K');
const [we, they] = [best(a), best(b)];
const { size } = fs.statSync(at('original.jpg'));
ours();
const { files } = JSON.parse(fs.readFileSync(at('answer')).toString('latin1').split('\n', 1)[0]);
console.log(`photo of ${width} x ${height}, ${size} bytes; ${files.length} files`);
console.log(`photo helper    ${we.seconds.toFixed(2)} s  ${(we.kib / 1024).toFixed(0)} MiB`);
console.log(`vipsthumbnail   ${they.seconds.toFixed(2)} s  ${(they.kib / 1024).toFixed(0)} MiB  (${sizes.reduce((n, s) => n + s[2], 0)} processes)`);
console.log(`ratio           ${(we.seconds / they.seconds).toFixed(2)} of the time, ${(we.kib / they.kib).toFixed(2)} of the memory`);
for (const f of files) console.log(`${f.name.padEnd(15)} ${String(f.bytes).padStart(7)} bytes  ${f.width} x ${f.height}`);
fs.rmSync(dir, { recursive: true });

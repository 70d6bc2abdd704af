#!/usr/bin/env node
// formats.mjs - which format beside JPEG: demo photos in 960 pixels, as they are drawn and
// with the grain of a camera, as WebP with the settings of the photo helper and as AVIF in
// several efforts and qualities. Error is CIE DE2000 against the uncompressed picture, mean
// of all pixels. Of AVIF it says how it does at the error that WebP has, between its two
// nearest qualities: bytes, processor time and peak memory, as ratios.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'byline-formats-'));
const at = (name) => path.join(dir, name);
const env = { ...process.env, VIPS_CONCURRENCY: '1', VIPS_WARNING: '0' };
const vips = (...args) => execFileSync('vips', args, { encoding: 'utf8', env });
const photos = ['archive', 'dawn-valley', 'flags', 'merrin-bridge', 'plenary-hall', 'survey-boat'];
const WEBP = '.webp[Q=80,effort=4,strip]';
const efforts = [0, 2, 4], qualities = [45, 55, 65, 75];
const sum = (all, key) => all.reduce((n, r) => n + r[key], 0);

// A picture to start from, and the same in Lab.
function picture(photo, grain) {
  const name = `${photo}-${grain}`;
  vips('thumbnail', `static/demo/photos/${photo}.jpg`, at('small.v'), '960');
  const [width, height] = ['width', 'height'].map((f) => execFileSync('vipsheader', ['-f', f, at('small.v')], { encoding: 'utf8' }).trim());
  vips('gaussnoise', at('grain.v'), width, height, '--mean', '0', '--sigma', String(grain));
  vips('add', at('small.v'), at('grain.v'), at('sum.v'));
  vips('cast', at('sum.v'), at('cast.v'), 'uchar');
  vips('copy', at('cast.v'), at(`${name}.v`), '--interpretation', 'srgb');
  vips('colourspace', at(`${name}.v`), at(`${name}.lab.v`), 'lab');
  return name;
}

function errorOf(name, file) {
  vips('colourspace', file, at('lab.v'), 'lab');
  vips('dE00', at(`${name}.lab.v`), at('lab.v'), at('error.v'));
  return Number(vips('avg', at('error.v')));
}

// One file; a process of its own measures what it takes.
function write(name, ending) {
  const file = at(`out${ending.replace(/\[.*/, '')}`);
  const r = spawnSync('/usr/bin/time', ['-f', '%U %S %M', 'vips', 'copy', at(`${name}.v`), at(`out${ending}`)], { env, encoding: 'utf8' });
  if (r.status !== 0) throw new Error(`vips: ${r.stderr}`);
  const [user, system, kib] = r.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { seconds: user + system, kib, bytes: fs.statSync(file).size, error: errorOf(name, file) };
}

let n = 0;
function trial(names, ending) {
  process.stderr.write(`\rformats ${++n}/${2 * (1 + efforts.length * qualities.length)}`);
  const all = names.map((name) => write(name, ending));
  return { bytes: sum(all, 'bytes'), seconds: sum(all, 'seconds'), kib: Math.max(...all.map((r) => r.kib)), error: sum(all, 'error') / all.length };
}

const lines = [];
for (const [what, grain] of [['drawn', 0], ['with grain', 4]]) {
  const names = photos.map((photo) => picture(photo, grain));
  const webp = trial(names, WEBP);
  lines.push(`${names.length} photos, ${what}: WebP ${webp.bytes} bytes, ${webp.seconds.toFixed(2)} s, ${(webp.kib / 1024).toFixed(0)} MiB, error ${webp.error.toFixed(2)}`);
  for (const effort of efforts) {
    const rows = qualities.map((q) => trial(names, `.avif[Q=${q},effort=${effort},strip]`));
    const better = rows.findIndex((r) => r.error <= webp.error);
    if (better <= 0) throw new Error(`effort ${effort}: no two qualities lie around the error of WebP: ${rows.map((r) => r.error.toFixed(2))}`);
    const [a, b] = [rows[better - 1], rows[better]], share = (a.error - webp.error) / (a.error - b.error);
    const ratio = (key) => (a[key] + (b[key] - a[key]) * share) / webp[key];
    lines.push(`  AVIF, effort ${effort}: ${ratio('bytes').toFixed(2)} of the bytes, ${ratio('seconds').toFixed(1)} of the time, ${ratio('kib').toFixed(1)} of the memory`);
  }
}
process.stderr.write('\r\x1b[K');
fs.rmSync(dir, { recursive: true });
console.log(lines.join('\n'));

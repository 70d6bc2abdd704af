// png.mjs - a picture in few colours, as small as a page of text can be (PNG, W3C third
// edition): indexed colour, rows unfiltered, which suits flat pages best.
import zlib from 'node:zlib';

const rgb = (c) => [c >> 16, (c >> 8) & 255, c & 255];
const apart = (a, b) => rgb(a).reduce((sum, x, i) => sum + (x - rgb(b)[i]) ** 2, 0);

function nearest(palette, colour) {
  let best = 0;
  for (let i = 1; i < palette.length; i++)
    if (apart(palette[i], colour) < apart(palette[best], colour)) best = i;
  return best;
}

// The commonest colour, then again and again the one whose pixels are worst off.
function choose(counts, n) {
  const all = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a - b);
  const palette = [];
  const off = new Map(all.map((c) => [c, Infinity]));
  for (let next = all[0]; palette.length < n && off.get(next) > 0;) {
    palette.push(next);
    let worst = -1;
    for (const c of all) {
      off.set(c, Math.min(off.get(c), apart(c, palette.at(-1))));
      const weight = off.get(c) * Math.sqrt(counts.get(c));
      if (weight > worst) [worst, next] = [weight, c];
    }
  }
  return palette;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}

// ISO 3309, as PNG's annex D.
function crc(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) {
    c ^= byte;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  }
  return (c ^ 0xffffffff) >>> 0;
}

// rgba: the pixels, row by row, opaque.
export function fewColours(rgba, width, height, n) {
  const counts = new Map();
  const colours = new Uint32Array(width * height);
  for (let i = 0; i < colours.length; i++) {
    const c = (rgba[4 * i] << 16) | (rgba[4 * i + 1] << 8) | rgba[4 * i + 2];
    colours[i] = c;
    counts.set(c, (counts.get(c) ?? 0) + 1);
  }
  const palette = choose(counts, n);
  const index = new Map([...counts.keys()].map((c) => [c, nearest(palette, c)]));
  const rows = Buffer.alloc((width + 1) * height);
  colours.forEach((c, i) => { rows[i + Math.floor(i / width) + 1] = index.get(c); });
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flatMap(rgb))),
    chunk('IDAT', zlib.deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

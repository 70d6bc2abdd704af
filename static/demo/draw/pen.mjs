// The pens that all scenes of the demo photos share: seeded numbers, paints, shapes, and what
// many pictures need (skylines, firs, mist, ripples). Every function returns SVG as a string.

export const W = 1200;
export const H = 800;

// What a scene puts into <defs>; emptied before each scene.
let defs = [];

// Runs one scene and returns the whole SVG. size = [width, height] in pixels.
export function svgOf(scene, [w, h]) {
  defs = [];
  const inner = scene();
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" ` +
    `viewBox="0 0 ${w} ${h}"><defs>${defs.join('')}</defs>${inner}</svg>`
  );
}

// mulberry32: returns a function that gives numbers in [0, 1).
export function dice(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const n = (v) => String(Math.round(v * 10) / 10);
export const times = (count, make) =>
  Array.from({ length: count }, (_, i) => make(i)).join('');
export const line = (points) => 'M' + points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L');

export function stopList(stops) {
  return stops
    .map(
      ([at, colour, alpha = 1]) =>
        `<stop offset="${at}" stop-color="${colour}" stop-opacity="${alpha}"/>`,
    )
    .join('');
}

// A linear gradient as a paint; the way is given in fractions of the painted shape.
export function shade(stops, [x1, y1, x2, y2] = [0, 0, 0, 1]) {
  const id = `p${defs.length}`;
  defs.push(
    `<linearGradient id="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">` +
      `${stopList(stops)}</linearGradient>`,
  );
  return `url(#${id})`;
}

export function blur(sd) {
  const id = `p${defs.length}`;
  defs.push(
    `<filter id="${id}" x="-50%" y="-50%" width="200%" height="200%">` +
      `<feGaussianBlur stdDeviation="${sd}"/></filter>`,
  );
  return `filter="url(#${id})"`;
}

export function clip(inner) {
  const id = `p${defs.length}`;
  defs.push(`<clipPath id="${id}">${inner}</clipPath>`);
  return `clip-path="url(#${id})"`;
}

export const rect = (x, y, w, h, fill, more = '') =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${fill}" ${more}/>`;
export const path = (d, fill, more = '') => `<path d="${d}" fill="${fill}" ${more}/>`;
export const stroke = (d, colour, width, more = '') =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" ${more}/>`;
export const oval = (cx, cy, rx, ry, fill, more = '') =>
  `<ellipse cx="${n(cx)}" cy="${n(cy)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}" ${more}/>`;
export const group = (inner, more = '') => `<g ${more}>${inner}</g>`;

export function sky(colours, h = H, w = W) {
  const last = colours.length - 1;
  return rect(0, 0, w, h, shade(colours.map((c, i) => [i / last, c])));
}

// A round light that fades to nothing.
export function glow(cx, cy, r, colour, alpha = 1) {
  const id = `p${defs.length}`;
  defs.push(
    `<radialGradient id="${id}">` +
      stopList([
        [0, colour, alpha],
        [0.35, colour, alpha * 0.45],
        [1, colour, 0],
      ]) +
      '</radialGradient>',
  );
  return oval(cx, cy, r, r, `url(#${id})`);
}

// Heights by midpoint displacement: 2^steps + 1 numbers around 0.
export function rough(seed, steps, decay) {
  const roll = dice(seed);
  let ys = [roll() - 0.5, roll() - 0.5];
  for (let s = 0, amp = 1; s < steps; s++, amp *= decay)
    ys = ys.flatMap((y, i) =>
      i === ys.length - 1 ? [y] : [y, (y + ys[i + 1]) / 2 + (roll() - 0.5) * amp],
    );
  return ys;
}

// The points of a skyline from left to right.
export function skyline(seed, y, amp, { steps = 7, decay = 0.52, w = W } = {}) {
  const ys = rough(seed, steps, decay);
  return ys.map((v, i) => [(i * w) / (ys.length - 1), y + v * amp]);
}

// Land under a skyline, down to the edge of the picture.
export const land = (points, fill, more = '', bottom = H) =>
  path(`${line(points)}V${bottom}H0Z`, fill, more);

export const hill = (seed, y, amp, fill, how) => land(skyline(seed, y, amp, how), fill);

// A soft band of mist.
export const mist = (y, h, colour, alpha, w = W) =>
  rect(
    0,
    y,
    w,
    h,
    shade([
      [0, colour, 0],
      [0.55, colour, alpha],
      [1, colour, 0],
    ]),
  );

// Conifers that stand on a skyline.
export function firs(seed, points, height, fill, chance = 0.7) {
  const roll = dice(seed);
  return points
    .map(([x, y]) => {
      if (roll() > chance) return '';
      const h = height * (0.55 + roll() * 0.7);
      const w = h * 0.2;
      return path(
        `M${n(x)} ${n(y - h)}l${n(w * 0.55)} ${n(h * 0.4)}l${n(-w * 0.2)} 0` +
          `l${n(w * 0.65)} ${n(h * 0.66)}h${n(-w * 2)}l${n(w * 0.65)} ${n(-h * 0.66)}` +
          `l${n(-w * 0.2)} 0Z`,
        fill,
      );
    })
    .join('');
}

// Short level strokes of light on water; nearer ones are longer and further apart.
export function ripples(seed, { y0, y1, count, colour, x0 = 0, x1 = W, alpha = 0.5 }) {
  const roll = dice(seed);
  return times(count, () => {
    const near = roll() ** 1.6;
    const y = y0 + (y1 - y0) * near;
    const len = (14 + roll() * 70) * (0.35 + near);
    const x = x0 + roll() * (x1 - x0) - len / 2;
    return oval(
      x + len / 2,
      y,
      len / 2,
      0.7 + near * 1.3,
      colour,
      `opacity="${n(alpha * (0.4 + roll() * 0.6) * 10) / 10}"`,
    );
  });
}

export function clouds(seed, { count, y0, y1, colour, alpha, w = W }) {
  const roll = dice(seed);
  const soft = blur(14);
  return times(count, () => {
    const x = roll() * w;
    const y = y0 + roll() * (y1 - y0);
    const s = 60 + roll() * 130;
    return (
      oval(x, y, s * 1.7, s * 0.16, colour, `opacity="${alpha}" ${soft}`) +
      oval(
        x + s * 0.4,
        y - s * 0.1,
        s * 0.7,
        s * 0.17,
        colour,
        `opacity="${alpha}" ${soft}`,
      )
    );
  });
}

// What is above the waterline again below it, upside down.
export const mirror = (inner, y, more = '') =>
  group(inner, `transform="translate(0 ${n(2 * y)}) scale(1 -1)" ${more}`);

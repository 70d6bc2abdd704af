// The scenes of the rooms behind: archive and forecast room. Nobody is in them.

import {
  W,
  H,
  dice,
  n,
  times,
  line,
  shade,
  rect,
  path,
  stroke,
  oval,
  glow,
} from './pen.mjs';

// Shelves with the registers of the river stations, running away from the reader.
export function archive() {
  const shelf = (side) =>
    times(9, (i) => {
      const near = 1 / (1 + (8 - i) * 0.42);
      const next = 1 / (1 + (7.02 - i) * 0.42);
      return bay(300 + i, side, near, next);
    });
  return (
    rect(0, 0, W, H, '#191512') +
    path(
      'M600 372L-300 800H1500Z',
      shade([
        [0, '#6d5138'],
        [1, '#a07a52'],
      ]),
    ) +
    times(9, (i) =>
      stroke(`M600 372L${-900 + i * 375} 800`, '#4c3826', 2, 'opacity="0.6"'),
    ) +
    path(
      'M600 372L-420 0H1620Z',
      shade(
        [
          [0, '#cbb48e'],
          [1, '#3c342b'],
        ],
        [0, 1, 0, 0],
      ),
    ) +
    times(6, (i) =>
      oval(600, 352 - i * i * 11 - i * 6, 16 + i * i * 6, 2 + i * 1.7, '#fff5d6'),
    ) +
    rect(452, 258, 296, 204, '#8f7a58') +
    rect(560, 330, 80, 128, '#54412d') +
    rect(566, 336, 68, 122, '#6c553b') +
    shelf(-1) +
    shelf(1) +
    glow(600, 362, 250, '#ffeec4', 0.95) +
    glow(600, 150, 520, '#ffe9b8', 0.25)
  );
}

// One bay of shelves between two depths, its binders as slanted bars.
function bay(seed, side, near, next) {
  const roll = dice(seed + (side > 0 ? 50 : 0));
  const at = (depth, up) => [600 + side * 620 * depth, 372 + up * depth * 520];
  const quad = (d0, d1, u0, u1, fill, more) =>
    path(`${line([at(d0, u0), at(d1, u0), at(d1, u1), at(d0, u1)])}Z`, fill, more);
  const rows = times(6, (r) => {
    const top = -0.86 + r * 0.26;
    const books = times(13, (k) => {
      const d0 = near + ((next - near) * k) / 13;
      const d1 = near + ((next - near) * (k + 0.88)) / 13;
      const tone = [
        '#7b2d2a',
        '#2f4a63',
        '#3f5b43',
        '#8c6c3a',
        '#b79b6c',
        '#54402f',
        '#d9c7a0',
      ][Math.floor(roll() * 7)];
      return (
        quad(d0, d1, top + 0.03 + roll() * 0.06, top + 0.235, tone) +
        quad(d0, d1, top + 0.15, top + 0.165, '#e7d3a1', 'opacity="0.7"')
      );
    });
    return (
      quad(near, next, top, top + 0.26, '#2a1f17') +
      books +
      quad(near, next, top + 0.235, top + 0.26, '#8b6844')
    );
  });
  const veil = quad(
    near,
    next,
    -0.88,
    0.72,
    '#100b07',
    `opacity="${n(Math.max(0, 0.55 - near * 0.45) * 10) / 10}"`,
  );
  return rows + veil + quad(next - (next - near) * 0.05, next, -0.9, 0.74, '#5b4229');
}

// The forecast room at night: screens with hydrographs and a map.
export function dataRoom() {
  const wall = times(8, (i) =>
    monitor(i, 150 + (i % 4) * 228, 110 + Math.floor(i / 4) * 168),
  );
  return (
    rect(
      0,
      0,
      W,
      H,
      shade([
        [0, '#0a1420'],
        [0.55, '#12283a'],
        [1, '#070d14'],
      ]),
    ) +
    glow(600, 290, 640, '#2d7fa6', 0.55) +
    wall +
    rect(
      0,
      560,
      W,
      240,
      shade([
        [0, '#132433'],
        [1, '#05090e'],
      ]),
    ) +
    times(3, workplace)
  );
}

function monitor(i, x, y) {
  const roll = dice(240 + i);
  const base = 30 + roll() * 30;
  const crest = 0.3 + roll() * 0.4;
  const points = Array.from({ length: 40 }, (_, k) => [
    x + 14 + k * 4.8,
    y +
      128 -
      base -
      62 * Math.exp(-(((k / 39 - crest) / 0.16) ** 2)) * (0.5 + roll() * 0.06) -
      roll() * 4,
  ]);
  const hue = ['#58d0c8', '#f0b45a', '#7fb5ff', '#9be07f'][i % 4];
  const grid = times(5, (k) => rect(x + 14, y + 24 + k * 24, 190, 1, '#2d4a60'));
  const inner =
    i === 2 || i === 5
      ? minimap(x, y, roll)
      : grid +
        path(`${line(points)}V${y + 134}H${x + 14}Z`, hue, 'opacity="0.2"') +
        stroke(line(points), hue, 3) +
        stroke(
          `M${x + 14} ${y + 52}H${x + 204}`,
          '#e2574c',
          1.6,
          'stroke-dasharray="7 5"',
        );
  return (
    rect(x, y, 218, 156, '#02060a') +
    rect(
      x + 5,
      y + 5,
      208,
      146,
      shade([
        [0, '#10283a'],
        [1, '#0b1c2a'],
      ]),
    ) +
    inner
  );
}

function minimap(x, y, roll) {
  const main = `M${x + 30} ${y + 22}q40 14 52 40t60 34t58 40`;
  const dots = times(9, () =>
    oval(
      x + 30 + roll() * 160,
      y + 24 + roll() * 110,
      3.4,
      3.4,
      roll() > 0.3 ? '#9be07f' : '#f0b45a',
    ),
  );
  return (
    path(`M${x + 16} ${y + 30}q60-30 110 0t80 40v60h-120q-60-20-70-100Z`, '#1d4650') +
    stroke(main, '#6fc8f0', 4) +
    stroke(
      `M${x + 140} ${y + 20}q-30 30-34 54M${x + 40} ${y + 120}q40-10 66-40`,
      '#6fc8f0',
      2.2,
    ) +
    dots
  );
}

function workplace(i) {
  const x = 70 + i * 380;
  const lamp = glow(x + 290, 590, 120, '#ffd690', 0.45);
  return (
    path(`M${x} 640H${x + 310}L${x + 340} 690H${x - 30}Z`, '#24394a') +
    rect(x - 30, 690, 370, 14, '#0a131b') +
    rect(x + 40, 540, 118, 78, '#050a0f') +
    rect(x + 45, 545, 108, 68, '#1a4a5e') +
    rect(x + 168, 540, 118, 78, '#050a0f') +
    rect(x + 173, 545, 108, 68, '#193f58') +
    rect(x + 92, 618, 14, 22, '#050a0f') +
    rect(x + 220, 618, 14, 22, '#050a0f') +
    stroke(
      `M${x + 52} ${594 - i * 5}l22-14l20 8l24-30l28 20M${x + 180} ${590}l30-26l26 20l36-28`,
      '#58d0c8',
      2.4,
    ) +
    lamp +
    `<rect x="${x + 105}" y="640" width="100" height="120" rx="22" fill="#05090d"/>` +
    `<rect x="${x + 113}" y="648" width="84" height="98" rx="17" fill="#1a2935"/>` +
    rect(x + 148, 758, 14, 42, '#05090d')
  );
}

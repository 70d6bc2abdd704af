// The scenes of meetings: table, hall, flags. Nobody is in them.

import {
  W,
  H,
  dice,
  n,
  times,
  line,
  shade,
  blur,
  clip,
  rect,
  path,
  stroke,
  oval,
  group,
  sky,
  glow,
  clouds,
} from './pen.mjs';

// A meeting table seen from above.
export function roundTable() {
  const floor =
    rect(
      0,
      0,
      W,
      H,
      shade(
        [
          [0, '#5b6b78'],
          [1, '#34414c'],
        ],
        [0, 0, 1, 1],
      ),
    ) +
    times(24, (i) => rect(i * 50, 0, 1.5, H, '#2d3943', 'opacity="0.5"')) +
    oval(600, 400, 560, 370, '#6c2f35') +
    oval(600, 400, 540, 352, '#7c3a3d') +
    stroke('M80 400A520 334 0 1 0 1120 400A520 334 0 1 0 80 400Z', '#c79a62', 3);
  const seats = Array.from({ length: 14 }, (_, i) => (i / 14) * 2 * Math.PI + 0.11);
  const wood = [
    [0, '#b98550'],
    [0.5, '#a06f3f'],
    [1, '#84572f'],
  ];
  const table =
    oval(608, 416, 404, 254, '#1d1512', `opacity="0.55" ${blur(14)}`) +
    oval(600, 400, 400, 250, shade(wood, [0, 0, 1, 1])) +
    oval(600, 400, 384, 236, 'none', 'stroke="#d9ac74" stroke-width="2" opacity="0.8"') +
    oval(600, 400, 212, 106, '#5b3a20') +
    oval(600, 400, 204, 99, '#3f5a49') +
    shrubs();
  return (
    floor +
    seats.map(chair).join('') +
    table +
    seats.map(setting).join('') +
    glow(380, 120, 620, '#fff3d8', 0.3)
  );
}

const around = (a, rx, ry) =>
  `translate(${n(600 + rx * Math.cos(a))} ${n(400 + ry * Math.sin(a))}) ` +
  `rotate(${n((Math.atan2(Math.sin(a) / ry, Math.cos(a) / rx) * 180) / Math.PI + 90)})`;

const chair = (a) =>
  group(
    `<rect x="-34" y="-28" width="68" height="64" rx="20" fill="#11181d" opacity="0.45" ${blur(6)}/>` +
      '<rect x="-32" y="-34" width="64" height="62" rx="18" fill="#26323b"/>' +
      '<rect x="-27" y="-22" width="54" height="50" rx="14" fill="#3a4a56"/>' +
      '<rect x="-32" y="-34" width="64" height="15" rx="8" fill="#1c262d"/>',
    `transform="${around(a, 442, 292)}"`,
  );

// What lies before one seat: a folder, a sheet, a pen, a glass, a microphone.
function setting(a, i) {
  const cover = ['#1f4e79', '#7a2531', '#2f5d46', '#8a6a22', '#4b3b6b'][i % 5];
  return group(
    '<rect x="-25" y="-19" width="56" height="40" rx="2" fill="#000" opacity="0.25"/>' +
      `<rect x="-28" y="-22" width="56" height="40" rx="2" fill="${cover}"/>` +
      '<rect x="-23" y="-17" width="32" height="32" fill="#f7f4ea" transform="rotate(-4)"/>' +
      times(5, (k) => rect(-18, -11 + k * 5, 22 - (k % 3) * 4, 1.2, '#9aa3a8')) +
      '<rect x="16" y="-18" width="3" height="30" rx="1.5" fill="#d9b25b" transform="rotate(12 16 0)"/>' +
      oval(40, -10, 9, 9, '#cfe3ea', 'opacity="0.8"') +
      oval(40, -10, 5.5, 5.5, '#f4fbfd', 'opacity="0.9"') +
      stroke('M0 40V26', '#20262a', 3) +
      oval(0, 24, 4, 5, '#3c454b') +
      oval(0, 42, 7, 5, '#20262a'),
    `transform="${around(a, 338, 194)}"`,
  );
}

function shrubs() {
  const roll = dice(201);
  return (
    times(260, () => {
      const a = roll() * 2 * Math.PI;
      const r = Math.sqrt(roll());
      const green = ['#54805c', '#6c9a63', '#3f6a4d', '#89b074'][Math.floor(roll() * 4)];
      return oval(
        600 + r * 186 * Math.cos(a),
        400 + r * 82 * Math.sin(a),
        6 + roll() * 10,
        4 + roll() * 7,
        green,
        'opacity="0.85"',
      );
    }) +
    times(26, () =>
      oval(600 + (roll() - 0.5) * 300, 400 + (roll() - 0.5) * 110, 5, 5, '#f6efe0'),
    )
  );
}

// A conference hall seen from the last row, with a wave as the emblem on the screen.
export function plenaryHall() {
  const ceiling = times(7, (i) => {
    const y = 20 + i * 24;
    const in_ = i * 44;
    return stroke(
      `M${-100 + in_} ${y}Q600 ${y + 70 - i * 6} ${1300 - in_} ${y}`,
      '#ffe7b8',
      9 - i,
      `opacity="${n(0.85 - i * 0.06)}"`,
    );
  });
  const panels = times(22, (i) =>
    rect(20 + i * 54, 190, 30, 250, '#000', 'opacity="0.12"'),
  );
  return (
    rect(
      0,
      0,
      W,
      H,
      shade([
        [0, '#2e2723'],
        [0.3, '#8a6546'],
        [0.55, '#6d4b35'],
        [1, '#1d1a1c'],
      ]),
    ) +
    rect(
      0,
      170,
      W,
      290,
      shade(
        [
          [0, '#6b4a33'],
          [0.5, '#b58456'],
          [1, '#6b4a33'],
        ],
        [0, 0, 1, 0],
      ),
    ) +
    panels +
    ceiling +
    screen() +
    rect(300, 438, 600, 34, '#3a2a22') +
    rect(300, 432, 600, 9, '#c79a6b') +
    podium() +
    times(7, deskRow) +
    glow(600, 300, 520, '#fff0cf', 0.4)
  );
}

function screen() {
  const wave = (y, colour, h) =>
    path(
      `M420 ${y}C480 ${y - h} 540 ${y + h} 600 ${y}S720 ${y - h} 780 ${y}V400H420Z`,
      colour,
    );
  return (
    rect(408, 196, 384, 212, '#15202b') +
    group(
      rect(
        418,
        206,
        364,
        192,
        shade([
          [0, '#1d5d8f'],
          [1, '#0d3355'],
        ]),
      ) +
        oval(600, 288, 62, 62, '#f2d48a', 'opacity="0.9"') +
        wave(306, '#5fb0cf', 34) +
        wave(332, '#2f86b3', 30) +
        wave(360, '#17608f', 26),
      clip(rect(418, 206, 364, 192, '#000')),
    )
  );
}

const podium = () =>
  path('M566 470L574 400H626L634 470Z', '#a8764a') +
  rect(566, 396, 68, 8, '#d9a873') +
  stroke('M590 396V380M610 396V380', '#1b1b1b', 2) +
  times(
    6,
    (i) =>
      rect(336 + (i > 2 ? 330 : 0) + (i % 3) * 66, 452, 46, 22, '#8a5d3a') +
      rect(346 + (i > 2 ? 330 : 0) + (i % 3) * 66, 430, 26, 22, '#274055'),
  );

// One curved row of desks with chair backs; rows grow towards the reader.
function deskRow(i) {
  const y = 492 + i * 26 + i * i * 5.2;
  const scale = 0.42 + i * 0.16;
  const sag = 26 + i * 12;
  const bend = (x) => y + sag * (1 - ((x - 600) / 760) ** 2);
  const step = 78 * scale;
  const count = Math.floor(1500 / step);
  const seats = times(count, (k) => {
    const x = 600 + (k - (count - 1) / 2) * step;
    const w = 42 * scale;
    return Math.abs(x - 600) < 34 * scale
      ? ''
      : `<rect x="${n(x - w / 2)}" y="${n(bend(x) + 26 * scale)}" width="${n(w)}" height="${n(60 * scale)}" rx="${n(9 * scale)}" ` +
          `fill="${k % 2 ? '#1f3f63' : '#234669'}"/>` +
          rect(x - w / 2 + 3, bend(x) + 29 * scale, w - 6, 3 * scale, '#4f7aa6') +
          stroke(`M${n(x)} ${n(bend(x))}v${n(-16 * scale)}`, '#17181b', n(1.6 * scale)) +
          rect(x - 12 * scale, bend(x) + 1, 22 * scale, 5 * scale, '#f3ecdd');
  });
  const top = `M-160 ${n(bend(-160))}Q600 ${n(2 * bend(600) - bend(-160))} 1360 ${n(bend(1360))}`;
  return (
    stroke(top, '#2a1b14', n(46 * scale), `transform="translate(0 ${n(22 * scale)})"`) +
    stroke(top, '#b07c4e', n(15 * scale)) +
    stroke(top, '#e0b07c', n(3 * scale), `transform="translate(0 ${n(-7 * scale)})"`) +
    seats
  );
}

// Six invented flags before the front of a building.
export function flags() {
  const front = times(
    9,
    (i) =>
      rect(
        60 + i * 128,
        330,
        74,
        470,
        shade([
          [0, '#7f9db4'],
          [1, '#45637c'],
        ]),
      ) +
      rect(60 + i * 128, 330, 9, 470, '#3a546a') +
      times(4, (k) => rect(60 + i * 128, 420 + k * 96, 74, 5, '#e6ddcd')),
  );
  const wall =
    rect(
      0,
      280,
      W,
      520,
      shade([
        [0, '#efe7d8'],
        [1, '#c9bda8'],
      ]),
    ) +
    rect(0, 268, W, 18, '#fbf6ea') +
    rect(0, 286, W, 8, '#b8ab95');
  return (
    sky(['#3f83c0', '#8fbfe2', '#d8e9f2'], 330) +
    clouds(221, { count: 6, y0: 40, y1: 230, colour: '#ffffff', alpha: 0.7 }) +
    group(wall + front, blur(2.2)) +
    FLAGS.map(flag).join('') +
    rect(
      0,
      756,
      W,
      44,
      shade([
        [0, '#6f8a58'],
        [1, '#3d5a39'],
      ]),
    ) +
    rect(0, 750, W, 8, '#d6ccb8')
  );
}

// Stripes from top to bottom as share and colour, and a mark on them.
const FLAGS = [
  {
    stripes: [
      [0.5, '#0f5a94'],
      [0.12, '#ffffff'],
      [0.38, '#2f9c8f'],
    ],
    mark: 'sun',
  },
  {
    stripes: [
      [0.34, '#b3262e'],
      [0.32, '#f5e6c4'],
      [0.34, '#b3262e'],
    ],
    mark: 'hill',
  },
  {
    stripes: [
      [0.66, '#1e6b4b'],
      [0.34, '#e8b93a'],
    ],
    mark: 'star',
  },
  {
    stripes: [
      [0.25, '#26336b'],
      [0.25, '#f4f4f0'],
      [0.25, '#26336b'],
      [0.25, '#f4f4f0'],
    ],
    mark: 'wave',
  },
  {
    stripes: [
      [0.5, '#f4f4f0'],
      [0.5, '#7d2248'],
    ],
    mark: 'ring',
  },
  {
    stripes: [
      [0.3, '#e2832b'],
      [0.4, '#f8f1de'],
      [0.3, '#3a7a4b'],
    ],
    mark: 'hill',
  },
];

const MARKS = {
  sun: oval(62, 52, 26, 26, '#f6c945'),
  hill: path('M38 96L78 44L98 70L112 56L144 96Z', '#31506d'),
  star: path('M62 22l9 22h23l-19 14l8 23l-21-14l-21 14l8-23l-19-14h23Z', '#fbf3d4'),
  wave: stroke('M20 66q26-26 52 0t52 0t52 0', '#c9a13b', 12),
  ring: oval(70, 64, 28, 28, 'none', 'stroke="#d6a93c" stroke-width="11"'),
};

function flag({ stripes, mark }, i) {
  const x = 74 + i * 186;
  const y = 96 + (i % 2) * 14;
  const edge = (h) =>
    Array.from({ length: 21 }, (_, k) => [
      k * 8.4,
      h + Math.sin(k / 3.1 + i * 1.3) * (2 + k * 0.62) + k * 0.9,
    ]);
  let from = 0;
  const cloth = stripes
    .map(([share, colour]) => {
      const top = edge(from * 130);
      from += share;
      return path(`${line([...top, ...edge(from * 130).reverse()])}Z`, colour);
    })
    .join('');
  const outline = clip(path(`${line([...edge(0), ...edge(130).reverse()])}Z`, '#000'));
  const folds = Array.from({ length: 5 }, (_, k) => [
    k / 4,
    k % 2 ? '#000000' : '#ffffff',
    k % 2 ? 0.26 : 0.16,
  ]);
  const light = rect(0, -40, 172, 230, shade(folds, [0, 0, 1, 0.25]));
  return (
    rect(
      x - 7,
      y - 20,
      8,
      700,
      shade(
        [
          [0, '#f4f6f7'],
          [0.5, '#b9c3c9'],
          [1, '#6c7980'],
        ],
        [0, 0, 1, 0],
      ),
    ) +
    oval(x - 3, y - 24, 8, 8, '#e3bd55') +
    group(group(cloth + MARKS[mark] + light, outline), `transform="translate(${x} ${y})"`)
  );
}

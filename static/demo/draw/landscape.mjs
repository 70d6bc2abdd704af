// The scenes of open country: valley, mountains, lake, snow and flood.

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
  skyline,
  land,
  hill,
  mist,
  firs,
  ripples,
  clouds,
  mirror,
} from './pen.mjs';

export function dawnValley() {
  const near = skyline(21, 640, 190, { steps: 8 });
  const river =
    'M742 432C700 446 610 450 640 470S850 500 800 532S470 570 520 622' +
    'S900 690 700 800H1130C1120 720 700 660 690 618S930 566 912 526S712 492 700 470S770 448 758 432Z';
  return (
    sky(['#31456f', '#7f7aa0', '#e0a590', '#f8d9a6'], 470) +
    glow(770, 400, 430, '#fff0c4', 0.95) +
    oval(770, 392, 30, 30, '#fffbe6') +
    hill(3, 390, 120, '#b193a2') +
    hill(4, 415, 100, '#8f7d98') +
    mist(380, 90, '#fbe2c0', 0.7) +
    land(
      skyline(9, 445, 60),
      shade([
        [0, '#6d7089'],
        [0.4, '#4c6270'],
        [1, '#22404a'],
      ]),
    ) +
    path(
      river,
      shade([
        [0, '#ffeac0'],
        [0.35, '#e8b79a'],
        [1, '#60789c'],
      ]),
    ) +
    mist(440, 90, '#f6d4b8', 0.75) +
    mist(560, 60, '#d9b6b0', 0.3) +
    firs(
      7,
      skyline(5, 505, 90).filter(([x]) => x < 420),
      34,
      '#3f5663',
    ) +
    firs(
      8,
      skyline(6, 500, 90).filter(([x]) => x > 985),
      36,
      '#3d5460',
    ) +
    land(
      near.map(([x, y]) => [x, y + 210 * Math.sin((Math.PI * x) / W) ** 1.4 + 10]),
      '#152a33',
    ) +
    firs(
      12,
      near.map(([x, y]) => [x, y + 216 * Math.sin((Math.PI * x) / W) ** 1.4 + 20]),
      88,
      '#13252e',
      0.5,
    )
  );
}

// A peak with a sunny and a shaded side; the snow ends in a jagged line.
function peak(seed, { x, y, w, base, light, dark, snow }) {
  const roll = dice(seed);
  const keel = [[x, y]];
  for (let i = 1; i <= 9; i++)
    keel.push([x + (roll() - 0.4) * w * 0.12 * i * 0.5, y + ((base - y) * i) / 9]);
  const left = Array.from({ length: 9 }, (_, i) => [
    x - (w * (9 - i)) / 9 + roll() * 18,
    base - ((base - y) * i) / 9 + (roll() - 0.5) * 20,
  ]);
  const right = Array.from({ length: 9 }, (_, i) => [
    x + (w * (i + 1)) / 9 + roll() * 18,
    y + ((base - y) * (i + 1)) / 9 + (roll() - 0.5) * 20,
  ]);
  const body = `${line([...left, ...keel])}Z`;
  const back = `${line([...right.reverse(), ...keel])}Z`;
  const jag = Array.from({ length: 15 }, (_, i) => [
    x - w + (i * w) / 7,
    y + (base - y) * (0.34 + (i % 2 ? 0.2 : 0) * roll()),
  ]);
  const cap = clip(
    path(
      `M${n(x - w)} ${n(y - 40)}H${n(x + w)}L${jag
        .reverse()
        .map(([a, b]) => `${n(a)} ${n(b)}`)
        .join('L')}Z`,
      '#000',
    ),
  );
  return (
    path(body, light) +
    path(back, dark) +
    group(path(body, snow[0]) + path(back, snow[1]), cap)
  );
}

const RANGE = [
  {
    x: 210,
    y: 205,
    w: 260,
    base: 560,
    light: '#8d93a8',
    dark: '#5d6684',
    snow: ['#fdf6ee', '#b9c4de'],
  },
  {
    x: 985,
    y: 190,
    w: 300,
    base: 560,
    light: '#9097ab',
    dark: '#5a6483',
    snow: ['#fff8ef', '#b5c1dd'],
  },
  {
    x: 760,
    y: 265,
    w: 230,
    base: 560,
    light: '#868ea4',
    dark: '#535d7c',
    snow: ['#fbf3ea', '#aebbd8'],
  },
  {
    x: 505,
    y: 110,
    w: 350,
    base: 570,
    light: '#8a91a6',
    dark: '#4d5878',
    snow: ['#ffffff', '#b3c0de'],
  },
];

const range = (seed, lower = 0) =>
  RANGE.map((p, i) =>
    peak(seed + i, { ...p, y: p.y + lower, base: p.base + lower }),
  ).join('');

export function keldriaRange() {
  const meadow = skyline(33, 640, 70);
  return (
    sky(['#3d7ab8', '#86b4da', '#d7e7ef'], 560) +
    clouds(5, { count: 7, y0: 90, y1: 330, colour: '#ffffff', alpha: 0.55 }) +
    range(41) +
    mist(430, 150, '#dbe8ef', 0.8) +
    hill(
      31,
      520,
      90,
      shade([
        [0, '#5f8474'],
        [1, '#3c6650'],
      ]),
    ) +
    firs(14, skyline(31, 520, 90), 44, '#3a604f', 0.8) +
    mist(540, 70, '#cfe0da', 0.35) +
    land(
      meadow,
      shade([
        [0, '#8fae5e'],
        [0.5, '#5f8a47'],
        [1, '#2f5a35'],
      ]),
    ) +
    ripples(16, { y0: 660, y1: 795, count: 240, colour: '#d9e39a', alpha: 0.3 }) +
    firs(
      15,
      meadow.filter(([x]) => x < 250 || x > 960).map(([x, y]) => [x, y + 60]),
      150,
      '#23463a',
      0.55,
    )
  );
}

export function lakeIssen() {
  const shore =
    hill(52, 452, 30, '#2d4a4c') +
    firs(53, skyline(52, 452, 30, { steps: 8 }), 40, '#26413f', 0.8);
  const far = range(61, -60) + mist(330, 120, '#e9dfe0', 0.75) + shore;
  return (
    sky(['#5b82b5', '#a9bdd8', '#f0d9cf'], 480) +
    group(far, clip(rect(0, 0, W, 470, '#000'))) +
    group(sky(['#eed8d0', '#9db4cf', '#42699a'], 340), 'transform="translate(0 462)"') +
    group(
      mirror(far, 466, `opacity="0.72" ${blur(3)}`),
      clip(rect(0, 466, W, 340, '#000')),
    ) +
    rect(0, 462, W, 6, '#f7efe8', 'opacity="0.55"') +
    ripples(55, { y0: 480, y1: 800, count: 130, colour: '#f4e9ea', alpha: 0.32 }) +
    rect(
      0,
      560,
      W,
      240,
      shade([
        [0, '#16324f', 0],
        [1, '#16324f', 0.65],
      ]),
    ) +
    path('M0 800V742C120 724 210 748 330 772S480 794 520 800Z', '#152630') +
    pier()
  );
}

function pier() {
  const posts = times(6, (i) =>
    rect(822 + i * 52, 676 - i * 5, 9 + i * 0.8, 76 + i * 20, '#1c2932'),
  );
  return (
    posts +
    path('M800 668L1200 630V652L800 680Z', '#6b5a50') +
    path('M800 680L1200 652V664L800 685Z', '#332b2a')
  );
}

export function snowRidge() {
  const crest = skyline(73, 0, 90, { steps: 7, decay: 0.6 }).map(([x, y]) => [
    x,
    620 - 390 * Math.exp(-(((x - 760) / 330) ** 2)) - x * 0.06 + y,
  ]);
  const top = crest.reduce((a, b) => (b[1] < a[1] ? b : a));
  const fall = [
    [top[0], top[1]],
    [top[0] - 26, 330],
    [top[0] + 34, 410],
    [top[0] - 40, 520],
    [top[0] + 30, 640],
    [top[0] - 70, 800],
  ];
  const sunny = [...crest.filter(([x]) => x <= top[0]), ...fall.slice(1)];
  return (
    sky(['#123a78', '#3f7fc0', '#b9d8ee'], 800) +
    hill(71, 560, 170, '#a9c3de') +
    hill(72, 610, 130, '#c3d7e9') +
    mist(500, 170, '#e8f2f9', 0.85) +
    land(
      crest,
      shade([
        [0, '#8eaed6'],
        [0.6, '#5d84b9'],
        [1, '#3f659c'],
      ]),
    ) +
    path(
      `${line(sunny)}H0Z`,
      shade([
        [0, '#ffffff'],
        [0.6, '#e9f0f8'],
        [1, '#c5d6e9'],
      ]),
    ) +
    furrows() +
    ropeTeam(crest) +
    glow(1000, 90, 300, '#ffffff', 0.5) +
    clouds(75, { count: 5, y0: 590, y1: 720, colour: '#f4f9fd', alpha: 0.5 })
  );
}

// Wind-blown lines on the sunny slope of the ridge.
const furrows = () =>
  times(16, (i) =>
    stroke(
      `M${40 + i * 36} ${790 - i * 10}` +
        `q${60 + i * 3} ${-46 - i * 6} ${120} ${-70 - i * 7}`,
      '#a9c0dd',
      2.2,
      'opacity="0.45"',
    ),
  );

// Three walkers on the crest, as seen from far away.
function ropeTeam(crest) {
  const at = [30, 35, 40].map((i) => crest[i]);
  const walker = ([x, y]) =>
    group(
      oval(0, -27, 4, 4.6, '#17202e') +
        path('M-5-22h10l2 13l-2 10h-3l-2-9l-3 9h-4l1-12Z', '#b3362c') +
        stroke('M5-16l7 16', '#17202e', 1.4),
      `transform="translate(${n(x)} ${n(y + 1)})"`,
    );
  return (
    stroke(`${line(at.map(([x, y]) => [x, y - 14]))}`, '#2d3a4d', 1.2) +
    at.map(walker).join('')
  );
}

export function floodMeadow() {
  const treesAt = [
    [90, 190],
    [215, 150],
    [330, 235],
    [505, 130],
    [640, 175],
    [800, 260],
    [925, 150],
    [1085, 220],
  ];
  const trees = treesAt
    .map(([x, h], i) => bareTree(80 + i, x, 470 + (h - 130) * 0.5, h))
    .join('');
  const fence = times(9, (i) =>
    rect(40 + i * 62, 640 - i * 9, 8 - i * 0.4, 60 - i * 4, '#4a4038'),
  );
  return (
    sky(['#7f93a4', '#b4bfc4', '#e3dfd2'], 440) +
    clouds(81, { count: 12, y0: 30, y1: 300, colour: '#6e8090', alpha: 0.35 }) +
    clouds(82, { count: 8, y0: 60, y1: 320, colour: '#f7f4ea', alpha: 0.5 }) +
    hill(83, 418, 44, '#8d9a96') +
    hill(84, 436, 22, '#6b7d72') +
    rect(
      0,
      440,
      W,
      360,
      shade([
        [0, '#dcd8cb'],
        [0.4, '#a5aca8'],
        [1, '#5b6a70'],
      ]),
    ) +
    group(
      mirror(trees, 520, `opacity="0.3" ${blur(4)}`),
      clip(rect(0, 470, W, 330, '#000')),
    ) +
    trees +
    fence +
    ripples(85, { y0: 450, y1: 800, count: 190, colour: '#f2efe6', alpha: 0.45 }) +
    ripples(86, { y0: 500, y1: 800, count: 90, colour: '#44545c', alpha: 0.35 })
  );
}

// A leafless tree: each branch parts in two until it is a twig.
function bareTree(seed, x, y, h) {
  const roll = dice(seed);
  const grow = (bx, by, angle, len, width) => {
    const ex = bx + Math.cos(angle) * len;
    const ey = by + Math.sin(angle) * len;
    const limb = stroke(
      `M${n(bx)} ${n(by)}L${n(ex)} ${n(ey)}`,
      '#3f3a36',
      n(width),
      'stroke-linecap="round"',
    );
    if (len < h * 0.07) return limb;
    return (
      limb +
      grow(
        ex,
        ey,
        angle - 0.2 - roll() * 0.35,
        len * (0.62 + roll() * 0.16),
        width * 0.64,
      ) +
      grow(
        ex,
        ey,
        angle + 0.2 + roll() * 0.35,
        len * (0.62 + roll() * 0.16),
        width * 0.64,
      )
    );
  };
  return grow(x, y, -Math.PI / 2, h * 0.32, h * 0.05);
}

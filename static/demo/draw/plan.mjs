// The scenes seen straight from above: the delta from the air, a relief map, a signing table.

import {
  W,
  H,
  dice,
  n,
  times,
  line,
  shade,
  blur,
  rect,
  path,
  stroke,
  oval,
  group,
} from './pen.mjs';

// The river delta from the air: arms that part again and again on their way to the sea.
export function delta() {
  const roll = dice(401);
  const fields = times(170, () => {
    const [x, y, s] = [roll() * 800, roll() * 900, 26 + roll() * 70];
    const tone = ['#6f9a52', '#86ab5c', '#4f8250', '#a4b765', '#3f7350', '#c0bd77'][
      Math.floor(roll() * 6)
    ];
    return group(
      rect(-s / 2, -s / 3, s, s * 0.66, tone, 'opacity="0.55"'),
      `transform="translate(${n(x)} ${n(y)}) rotate(${n(-30 + roll() * 60)})"`,
    );
  });
  const arms = arm(dice(404), {
    x: 430,
    y: -20,
    angle: Math.PI / 2,
    width: 50,
    depth: 0,
  });
  const coast =
    'M-40 870C60 900 90 960 160 950S270 1000 330 985S450 1040 520 1000S640 985 690 950S770 900 840 910V1260H-40Z';
  return (
    rect(
      0,
      0,
      800,
      1200,
      shade([
        [0, '#7ba05a'],
        [1, '#4c7d52'],
      ]),
    ) +
    fields +
    path(coast, '#e3d29b', `transform="translate(0 -14)" ${blur(4)}`) +
    group(arms('#d8c890', 14), 'opacity="0.75"') +
    arms('#559fae', 0) +
    path(
      coast,
      shade([
        [0, '#7cc0bd'],
        [0.35, '#3fa0ae'],
        [1, '#0f4f7d'],
      ]),
      blur(3),
    ) +
    plumes(roll) +
    shoals(roll)
  );
}

// One arm and its children; returns a function that draws all of them in a colour.
function arm(roll, { x, y, angle, width, depth }) {
  const points = [[x, y]];
  const children = [];
  const length = 11 - depth;
  for (let i = 0; i < length; i++) {
    const turn = angle + Math.sin(i * 0.9 + depth * 2 + roll()) * 0.55;
    points.push([points[i][0] + Math.cos(turn) * 36, points[i][1] + Math.sin(turn) * 36]);
  }
  const [ex, ey] = points[length];
  if (depth < 4 && ey < 960)
    for (const side of [-1, 1])
      children.push(
        arm(roll, {
          x: ex,
          y: ey,
          width: width * 0.66,
          depth: depth + 1,
          angle: angle * 0.35 + (Math.PI / 2) * 0.65 + side * (0.62 - depth * 0.09),
        }),
      );
  return (colour, more) =>
    stroke(
      smooth(points),
      colour,
      n(width + more),
      'stroke-linecap="round" stroke-linejoin="round"',
    ) + children.map((draw) => draw(colour, more)).join('');
}

// A curve through the middles of the steps.
const smooth = (p) =>
  `M${n(p[0][0])} ${n(p[0][1])}` +
  p
    .slice(1, -1)
    .map(
      ([x, y], i) =>
        `Q${n(x)} ${n(y)} ${n((x + p[i + 2][0]) / 2)} ${n((y + p[i + 2][1]) / 2)}`,
    )
    .join('') +
  `L${n(p.at(-1)[0])} ${n(p.at(-1)[1])}`;

const plumes = (roll) =>
  times(11, (i) =>
    oval(
      30 + i * 74,
      960 + roll() * 60,
      26 + roll() * 30,
      70 + roll() * 50,
      '#c9dfb5',
      `opacity="0.3" ${blur(16)}`,
    ),
  );

const shoals = (roll) =>
  times(26, () =>
    oval(
      roll() * 800,
      990 + roll() * 190,
      14 + roll() * 40,
      2 + roll() * 3,
      '#dff3ec',
      'opacity="0.35"',
    ),
  );

// ---- relief map -------------------------------------------------------------------------

const CELL = 10;
const LEVELS = [
  [0.14, '#b7cf9a'],
  [0.25, '#cddaa5'],
  [0.36, '#e4e0ac'],
  [0.48, '#e6cf94'],
  [0.6, '#d7b07a'],
  [0.72, '#bf9069'],
  [0.84, '#ab8577'],
  [0.94, '#e9e4e2'],
  [1.04, '#ffffff'],
];
const MAIN = [
  [1120, 70],
  [1040, 190],
  [930, 230],
  [850, 330],
  [720, 350],
  [620, 450],
  [500, 470],
  [400, 560],
  [250, 600],
  [-20, 720],
];
const SIDES = [
  [
    [640, -10],
    [660, 90],
    [700, 190],
    [760, 280],
    [790, 342],
  ],
  [
    [1210, 480],
    [1080, 470],
    [960, 420],
    [850, 330],
  ],
  [
    [300, 120],
    [360, 240],
    [350, 340],
    [430, 430],
    [500, 470],
  ],
  [
    [760, 810],
    [700, 690],
    [600, 620],
    [480, 600],
    [400, 560],
  ],
];

// Distance of a point from a polyline, in pixels.
function distance([px, py], points) {
  return Math.min(
    ...points.slice(1).map(([bx, by], i) => {
      const [ax, ay] = points[i];
      const t = Math.max(
        0,
        Math.min(
          1,
          ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) /
            ((bx - ax) ** 2 + (by - ay) ** 2),
        ),
      );
      return Math.hypot(px - ax - t * (bx - ax), py - ay - t * (by - ay));
    }),
  );
}

// Value noise of four octaves, 0 to 1.
function noise(seed) {
  const roll = dice(seed);
  const table = Array.from({ length: 4096 }, roll);
  const at = (x, y) => table[(((x * 73) ^ (y * 179)) >>> 0) % 4096];
  const ease = (t) => t * t * (3 - 2 * t);
  const mix = (a, b, t) => a + (b - a) * t;
  const layer = (x, y) => {
    const [i, j] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [ease(x - i), ease(y - j)];
    return mix(mix(at(i, j), at(i + 1, j), u), mix(at(i, j + 1), at(i + 1, j + 1), u), v);
  };
  return (x, y) =>
    [1, 2, 4, 8].reduce((sum, f) => sum + layer(x * f + f * 7, y * f + f * 3) / f, 0) /
    1.875;
}

// Land rises away from the rivers and towards the source, so that rivers lie in valleys.
function heights() {
  const bumps = noise(431);
  return (x, y) => {
    const near = Math.min(
      distance([x, y], MAIN),
      ...SIDES.map((s) => distance([x, y], s) * 1.15),
    );
    const valley = 1 - Math.exp(-near / 130);
    return (
      valley * (0.35 + 0.75 * (x / W)) * (0.45 + bumps(x / 260, y / 260) * 1.1) +
      0.16 * (x / W)
    );
  };
}

// The part of one cell that lies above a level: the corners above it and the crossings.
function cellShape(corners, level) {
  const shape = [];
  corners.forEach(([x, y, h], i) => {
    const [x2, y2, h2] = corners[(i + 1) % 4];
    if (h >= level) shape.push([x, y]);
    if (h >= level !== h2 >= level) {
      const t = (level - h) / (h2 - h);
      shape.push([x + (x2 - x) * t, y + (y2 - y) * t]);
    }
  });
  return shape.length > 2 ? `${line(shape)}Z` : '';
}

function band(height, [level, colour]) {
  let d = '';
  for (let y = 0; y < H; y += CELL)
    for (let x = 0; x < W; x += CELL)
      d += cellShape(
        [
          [x, y],
          [x + CELL, y],
          [x + CELL, y + CELL],
          [x, y + CELL],
        ].map(([a, b]) => [a, b, height(a, b)]),
        level,
      );
  return (
    path(d, '#4c4330', 'opacity="0.22" transform="translate(2.5 3.5)"') +
    path(d, colour, `stroke="${colour}" stroke-width="0.8"`)
  );
}

export function reliefMap() {
  const cache = new Map();
  const raw = heights();
  const height = (x, y) => {
    const key = x * 10000 + y;
    if (!cache.has(key)) cache.set(key, raw(x, y));
    return cache.get(key);
  };
  const rivers =
    SIDES.map((s) => stroke(smooth(s), '#3f86b5', 4, 'stroke-linecap="round"')).join('') +
    stroke(smooth(MAIN), '#2c6f9f', 9, 'stroke-linecap="round" stroke-linejoin="round"');
  const stations = [...MAIN.slice(1, 9), ...SIDES.map((s) => s[2])]
    .map(
      ([x, y]) =>
        oval(x, y, 10, 10, '#ffffff', 'stroke="#8b2332" stroke-width="4"') +
        oval(x, y, 3.5, 3.5, '#8b2332'),
    )
    .join('');
  const grid =
    times(5, (i) => rect(200 * (i + 1), 0, 1, H, '#5c6b66', 'opacity="0.3"')) +
    times(3, (i) => rect(0, 200 * (i + 1), W, 1, '#5c6b66', 'opacity="0.3"'));
  return (
    rect(0, 0, W, H, '#9fc08a') +
    LEVELS.map((l) => band(height, l)).join('') +
    grid +
    rivers +
    stations
  );
}

// ---- signing table ----------------------------------------------------------------------

// Two open folders with the texts of an agreement, pens and table flags, from above.
export function signingTable() {
  return (
    rect(0, 0, 1000, 1000, '#24483d') +
    rect(34, 34, 932, 932, 'none', 'stroke="#c9a75c" stroke-width="4"') +
    rect(46, 46, 908, 908, 'none', 'stroke="#c9a75c" stroke-width="1.5"') +
    folder(272, 560, -3, '#1b3a63') +
    folder(728, 560, 3, '#6b1f2c') +
    stand() +
    flowers()
  );
}

function folder(x, y, turn, cover) {
  const page = (dx) =>
    rect(dx, -190, 172, 380, '#fbf8ee') +
    times(16, (i) =>
      i === 5 || i === 11
        ? ''
        : rect(dx + 20, -150 + i * 18, i % 5 === 4 ? 80 : 132, 4, '#9ba0a0'),
    );
  const seal = oval(120, 148, 24, 24, '#a8323a') + oval(120, 148, 16, 16, '#c2525a');
  const ribbon = path('M-6 -206H6V236L0 224L-6 236Z', '#c9a75c');
  const name = stroke('M28 128q10-20 18 0t18-4t22 2', '#1f3c78', 3);
  const pen = group(
    `${rect(-5, -130, 11, 190, '#17191c')}${path('M-5 60h11l-5.5 30Z', '#d9b45a')}${rect(-5, -40, 11, 8, '#d9b45a')}`,
    'transform="translate(96 20) rotate(32)"',
  );
  return group(
    rect(-190, -204, 392, 424, '#0f261f', 'opacity="0.6"') +
      rect(-198, -212, 392, 424, cover) +
      page(-180) +
      page(4) +
      ribbon +
      seal +
      name +
      pen,
    `transform="translate(${x} ${y}) rotate(${turn})"`,
  );
}

const stand = () =>
  oval(500, 236, 78, 78, '#17362d') +
  oval(500, 230, 72, 72, '#d8bd7c') +
  oval(500, 230, 60, 60, '#a98a49') +
  tableFlag(-1, ['#0f5a94', '#ffffff', '#2f9c8f']) +
  tableFlag(1, ['#b3262e', '#f5e6c4', '#b3262e']) +
  oval(500, 230, 14, 14, '#e9d59a');

const tableFlag = (side, colours) =>
  group(
    rect(0, -4, 240, 7, '#e9d59a') +
      colours
        .map((c, i) => path(`M70 ${4 + i * 36}q42-12 84 0t84 0v36q-42 12-84 0t-84 0Z`, c))
        .join(''),
    `transform="translate(500 230) scale(${side} 1) rotate(-16)"`,
  );

function flowers() {
  const roll = dice(451);
  return (
    times(40, () =>
      oval(500 + (roll() - 0.5) * 300, 900 + (roll() - 0.5) * 60, 20, 9, '#4f8a5e'),
    ) +
    times(26, () => {
      const [x, y] = [500 + (roll() - 0.5) * 270, 896 + (roll() - 0.5) * 56];
      return (
        oval(x, y, 14, 14, '#f4efe2') +
        oval(x, y, 8, 8, '#e9c6c0') +
        oval(x, y, 3.5, 3.5, '#c9a13b')
      );
    })
  );
}

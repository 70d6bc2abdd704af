// The scenes of what people built on the river: dam, bridge, boat.

import {
  W,
  dice,
  n,
  times,
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
  hill,
  firs,
  ripples,
  clouds,
  mirror,
} from './pen.mjs';

export function karraDam() {
  const wall = 'M300 250Q600 330 900 250L812 690Q600 742 388 690Z';
  const joints = times(13, (i) => {
    const t = (i + 1) / 14;
    const sag = 4 * t * (1 - t);
    return stroke(
      `M${n(300 + 600 * t)} ${n(250 + 40 * sag)}L${n(388 + 424 * t)} ${n(690 + 26 * sag)}`,
      '#7d7a72',
      1.6,
      'opacity="0.6"',
    );
  });
  return (
    sky(['#5d8fbd', '#a9c9de', '#e8eef0'], 360) +
    hill(91, 235, 150, '#8ba1b3') +
    hill(92, 262, 60, '#7b98a0') +
    path('M250 236H950L900 262Q600 336 300 262Z', '#3f7f9c') +
    path(
      wall,
      shade(
        [
          [0, '#9c988d'],
          [0.5, '#dedacd'],
          [1, '#8f8b81'],
        ],
        [0, 0, 1, 0],
      ),
    ) +
    joints +
    times(6, (i) =>
      stroke(
        `M${312 + i * 16} ${320 + i * 68}Q600 ${392 + i * 62} ${888 - i * 16} ${320 + i * 68}`,
        '#8b877c',
        1.2,
        'opacity="0.45"',
      ),
    ) +
    stroke('M298 246Q600 326 902 246', '#f1eee4', 15) +
    stroke('M298 256Q600 336 902 256', '#6f6b63', 5) +
    times(15, (i) =>
      rect(318 + i * 40, 224 + 160 * (i / 14) * (1 - i / 14), 3, 20, '#4d4c49'),
    ) +
    spillway() +
    gorgeWalls() +
    rect(
      0,
      690,
      W,
      110,
      shade([
        [0, '#b8d2d6'],
        [0.4, '#5f97a3'],
        [1, '#2b5c6d'],
      ]),
    ) +
    glow(600, 696, 250, '#ffffff', 0.9) +
    ripples(95, { y0: 700, y1: 800, count: 160, colour: '#f3fafb', alpha: 0.6 })
  );
}

function spillway() {
  const roll = dice(94);
  const gates = times(3, (i) => rect(530 + i * 50, 306, 38, 34, '#39464d'));
  const jets = times(150, () => {
    const x = 532 + roll() * 136;
    const drift = (x - 600) * 0.35;
    return stroke(
      `M${n(x)} ${n(330 + roll() * 30)}q${n(drift * 0.3)} 150 ${n(drift + roll() * 8 - 4)} ${n(330 + roll() * 30)}`,
      roll() > 0.35 ? '#ffffff' : '#c3dbe2',
      n(1.5 + roll() * 4),
      'opacity="0.5"',
    );
  });
  return gates + jets + oval(600, 700, 170, 36, '#ffffff', `opacity="0.85" ${blur(16)}`);
}

// The two rock faces that hold the dam, in strata.
function gorgeWalls() {
  const face = (seed) =>
    times(7, (i) => {
      const edge = skyline(seed + i, 0, 60, { steps: 6, w: 780 }).map(([t, d]) => [
        330 - i * 52 + (t / 780) * (150 - i * 12) + d * 0.6,
        30 + i * 26 + t,
      ]);
      const tone = [
        '#6d6259',
        '#756a60',
        '#5e564f',
        '#6a6058',
        '#4f4944',
        '#59514b',
        '#443f3c',
      ][i];
      return path(
        `M-10 ${-60 + i * 34}L${edge.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}V810H-10Z`,
        tone,
      );
    }) +
    firs(
      seed,
      skyline(seed, 120, 60)
        .slice(0, 32)
        .map(([x, y]) => [x * 0.95, y + x * 0.15]),
      40,
      '#2d4437',
      0.45,
    );
  return group(face(110)) + group(face(130), 'transform="translate(1200 0) scale(-1 1)"');
}

export function merrinBridge() {
  const deck = 470;
  const cables = [360, 840]
    .map((x) =>
      times(11, (i) => {
        const d = 24 + i * 21;
        return stroke(
          `M${x} ${150 + i * 12}L${x - d} ${deck}M${x} ${150 + i * 12}L${x + d} ${deck}`,
          '#f4ddc8',
          1.5,
        );
      }),
    )
    .join('');
  const pylons = [360, 840]
    .map((x) =>
      path(
        `M${x - 9} ${deck + 70}L${x - 5} 120H${x + 5}L${x + 9} ${deck + 70}Z`,
        shade([
          [0, '#f3d8c2'],
          [1, '#5a5470'],
        ]),
      ),
    )
    .join('');
  const lamps = times(
    25,
    (i) =>
      oval(24 + i * 48, deck - 9, 3.2, 3.2, '#fff1c2') +
      glow(24 + i * 48, deck - 9, 20, '#ffdf9a', 0.7),
  );
  const town = times(64, townHouse(dice(144)));
  const bridge =
    cables +
    pylons +
    rect(0, deck, W, 13, '#3a3856') +
    rect(0, deck - 3, W, 3, '#e9c6ae') +
    lamps;
  return (
    sky(['#232b56', '#5f4f86', '#c9788a', '#f6b98a'], 560) +
    glow(600, 540, 520, '#ffd9a0', 0.6) +
    hill(141, 500, 50, '#6d4f78') +
    town +
    rect(
      0,
      540,
      W,
      260,
      shade([
        [0, '#e3a08a'],
        [0.3, '#8a6390'],
        [1, '#1f2750'],
      ]),
    ) +
    group(
      mirror(bridge + town, 542, `opacity="0.4" ${blur(4)}`),
      clip(rect(0, 545, W, 255, '#000')),
    ) +
    bridge +
    ripples(145, { y0: 552, y1: 800, count: 210, colour: '#f9d3b0', alpha: 0.4 }) +
    ripples(146, { y0: 580, y1: 800, count: 120, colour: '#1a2148', alpha: 0.4 })
  );
}

const townHouse = (roll) => (i) => {
  const h = 16 + roll() * 44;
  const x = i * 19 + roll() * 8;
  const lit = times(3, () =>
    roll() > 0.5
      ? rect(x + 3 + roll() * 11, 544 - h + roll() * (h - 8), 2.6, 3.4, '#ffd58a')
      : '',
  );
  return rect(x, 542 - h, 20, h, roll() > 0.5 ? '#3c3159' : '#352b52') + lit;
};

export function surveyBoat() {
  const shore = hill(151, 392, 70, '#7fa08f') + hill(152, 415, 34, '#5b8272');
  return (
    sky(['#4e93c6', '#a2cde2', '#eaf3ef'], 430) +
    clouds(153, { count: 8, y0: 60, y1: 250, colour: '#ffffff', alpha: 0.6 }) +
    shore +
    rect(
      0,
      425,
      W,
      375,
      shade([
        [0, '#b7d9dc'],
        [0.25, '#5f9fb4'],
        [1, '#184f6e'],
      ]),
    ) +
    group(
      mirror(shore, 426, `opacity="0.35" ${blur(3)}`),
      clip(rect(0, 426, W, 100, '#000')),
    ) +
    ripples(154, { y0: 440, y1: 800, count: 300, colour: '#e8f6f6', alpha: 0.4 }) +
    group(
      mirror(boat(), 566, `opacity="0.32" ${blur(5)}`),
      clip(rect(0, 570, W, 230, '#000')),
    ) +
    boat() +
    wake() +
    ripples(155, { y0: 580, y1: 800, count: 110, colour: '#0f3d59', alpha: 0.35 })
  );
}

function boat() {
  const hull = path(
    'M300 490H870Q900 488 930 468Q912 540 870 572H352Q312 560 300 490Z',
    shade([
      [0, '#f7f8f6'],
      [0.48, '#e3e8e8'],
      [0.5, '#1f5a86'],
      [0.8, '#17466a'],
      [1, '#8d2f2a'],
    ]),
  );
  const cabin =
    path(
      'M420 490V398H640L690 442H742V490Z',
      shade([
        [0, '#ffffff'],
        [1, '#d5dcde'],
      ]),
    ) +
    path(
      'M446 414H500V448H446ZM514 414H568V448H514ZM582 414H634L664 448H582Z',
      '#27465a',
    ) +
    rect(404, 388, 246, 12, '#d8742f') +
    path('M446 414H470L446 448ZM514 414H538L514 448Z', '#6f93a6');
  const mast =
    rect(520, 280, 7, 110, '#51606a') +
    stroke('M480 318H566M494 300H552', '#51606a', 4) +
    oval(523, 274, 9, 9, '#f2f5f5') +
    rect(590, 352, 44, 10, '#f2f5f5') +
    rect(608, 362, 8, 28, '#51606a');
  const crane =
    stroke('M342 490L318 352L252 392', '#d8742f', 9, 'stroke-linejoin="round"') +
    stroke('M252 392V470', '#3c4a52', 2) +
    path('M238 470h28l-5 44h-18Z', '#e9b93b');
  const rail = stroke(
    'M700 462H900M720 442V490M766 462V490M812 462V490M858 462V488',
    '#8b989e',
    3,
  );
  return (
    crane +
    hull +
    mast +
    cabin +
    rail +
    rect(352, 470, 50, 20, '#5e7480') +
    oval(770, 518, 13, 13, '#d8742f') +
    oval(770, 518, 6.5, 6.5, '#e3e8e8')
  );
}

const wake = () =>
  path(
    'M312 566Q600 588 884 566Q960 572 1040 590Q700 606 240 590Q280 570 312 566Z',
    '#f4fbfb',
    `opacity="0.75" ${blur(4)}`,
  ) +
  stroke(
    'M880 570Q1000 590 1150 640M320 570Q180 600 40 640',
    '#eef8f8',
    4,
    `opacity="0.5" ${blur(2)}`,
  );

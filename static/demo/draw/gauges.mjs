// The scenes of the gauges: a station with its tower, a staff gauge on a bridge pier.

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

export function gaugeStation() {
  const bank = skyline(163, 520, 60);
  return (
    sky(['#6fa3cb', '#c1dbe6', '#f6ead2'], 470) +
    glow(220, 330, 420, '#fff3cf', 0.8) +
    clouds(160, { count: 7, y0: 60, y1: 260, colour: '#ffffff', alpha: 0.5 }) +
    hill(161, 400, 110, '#9fb3b0') +
    hill(162, 440, 70, '#7d9a86') +
    firs(162, skyline(162, 440, 70), 30, '#6b8a78', 0.7) +
    rect(
      0,
      480,
      W,
      320,
      shade([
        [0, '#dfe6d6'],
        [0.4, '#86adb3'],
        [1, '#2f6374'],
      ]),
    ) +
    ripples(164, { y0: 500, y1: 800, count: 260, colour: '#fbf7e6', alpha: 0.45 }) +
    path(
      'M1200 470V800H560Q640 720 790 690T960 580T1200 470Z',
      shade([
        [0, '#a3ad6c'],
        [1, '#4f6b3e'],
      ]),
    ) +
    group(
      mirror(station(), 700, `opacity="0.28" ${blur(5)}`),
      clip(path('M0 640H700V800H0Z', '#000')),
    ) +
    station() +
    reeds(
      165,
      bank.slice(60).map(([x]) => [x, 812 - (x - 560) * 0.06]),
    )
  );
}

function station() {
  const tower =
    path(
      'M470 300H640V690H470Z',
      shade(
        [
          [0, '#d9cdb8'],
          [0.45, '#f3ead8'],
          [1, '#a2957f'],
        ],
        [0, 0, 1, 0],
      ),
    ) +
    path('M448 304L555 226L662 304Z', '#8e4634') +
    path('M555 226L662 304H640L555 242Z', '#6d3326') +
    rect(526, 350, 54, 66, '#36525e') +
    path('M526 350H580L526 400Z', '#6b8c99') +
    rect(470, 560, 170, 10, '#a89b85');
  const board =
    rect(436, 470, 26, 236, '#fafaf5') +
    times(24, (i) =>
      rect(
        i % 5 ? 450 : 440,
        476 + i * 9.6,
        i % 5 ? 12 : 22,
        4.4,
        i % 10 < 5 ? '#1f2a30' : '#c2392b',
      ),
    );
  const walk =
    path('M640 446H1130V462H640Z', '#7c6b57') +
    stroke('M640 402H1130', '#59626a', 4) +
    times(
      9,
      (i) =>
        rect(652 + i * 58, 402, 4, 46, '#59626a') +
        (i % 2 ? rect(650 + i * 58, 462, 10, 250 - i * 20, '#665746') : ''),
    );
  const gear =
    rect(592, 150, 6, 110, '#4f5a60') +
    path('M600 168l70-22l12 34l-70 22Z', '#27405f') +
    stroke('M570 190H620M578 176H612', '#4f5a60', 3) +
    oval(595, 146, 7, 7, '#f4f4ee');
  return walk + gear + tower + board;
}

function reeds(seed, points) {
  const roll = dice(seed);
  return points
    .flatMap(([x, y]) =>
      [0, 1, 2].map(() => {
        const h = 50 + roll() * 90;
        const bend = (roll() - 0.3) * 30;
        const px = x + roll() * 14;
        return (
          stroke(
            `M${n(px)} ${n(y)}q2 ${n(-h * 0.6)} ${n(bend)} ${n(-h)}`,
            roll() > 0.5 ? '#38512f' : '#5d7440',
            2.6,
          ) + (roll() > 0.7 ? oval(px + bend, y - h, 4, 14, '#5b3d26') : '')
        );
      }),
    )
    .join('');
}

// A staff gauge at a bridge pier, close by; the marks carry no figures.
export function staffGauge() {
  const tall = [800, 1200];
  const board =
    rect(
      338,
      90,
      124,
      790,
      shade(
        [
          [0, '#ffffff'],
          [0.7, '#f2f1ea'],
          [1, '#cfcdc2'],
        ],
        [0, 0, 1, 0],
      ),
      'stroke="#9b988c" stroke-width="2"',
    ) + gaugeMarks();
  const bolts = times(
    4,
    (i) =>
      oval(400, 120 + i * 235, 7, 7, '#8b8d8f') +
      oval(398, 118 + i * 235, 3, 3, '#d5d8da'),
  );
  const pier =
    rect(
      250,
      0,
      300,
      900,
      shade(
        [
          [0, '#77706a'],
          [0.3, '#a39b92'],
          [0.75, '#938b83'],
          [1, '#57524e'],
        ],
        [0, 0, 1, 0],
      ),
    ) +
    times(9, (i) => stroke(`M250 ${60 + i * 100}H550`, '#6a645f', 3, 'opacity="0.7"')) +
    rect(
      250,
      760,
      300,
      130,
      shade([
        [0, '#3f4a3c', 0],
        [1, '#2f3c30', 0.75],
      ]),
    );
  const above = group(pier + board + bolts);
  return (
    sky(['#8fb6cf', '#c9dde2', '#efeee0'], 700, tall[0]) +
    group(
      hill(171, 560, 90, '#8ea79e') +
        hill(172, 610, 60, '#6d8d79') +
        firs(172, skyline(172, 610, 60), 34, '#5c7c69'),
    ) +
    rect(
      0,
      640,
      tall[0],
      560,
      shade([
        [0, '#cadbd8'],
        [0.35, '#7ba3ab'],
        [1, '#1f4c5d'],
      ]),
    ) +
    ripples(173, {
      y0: 655,
      y1: 1200,
      count: 260,
      colour: '#eef6f2',
      alpha: 0.45,
      x1: tall[0],
    }) +
    above +
    group(
      mirror(above, 884, `opacity="0.42" ${blur(4)}`),
      clip(rect(0, 884, 800, 316, '#000')),
    ) +
    oval(400, 886, 190, 9, '#eef6f4', `opacity="0.8" ${blur(3)}`) +
    ripples(174, {
      y0: 890,
      y1: 1200,
      count: 120,
      colour: '#dcebea',
      alpha: 0.5,
      x1: tall[0],
    }) +
    group(
      reeds(
        175,
        Array.from({ length: 16 }, (_, i) => [i * 14 - 20, 1230]),
      ),
    )
  );
}

// Two-centimetre blocks in fives, black and red in turn by the half metre.
function gaugeMarks() {
  return times(40, (i) => {
    const colour = Math.floor(i / 10) % 2 ? '#b5322a' : '#20262b';
    const long = i % 5 === 0;
    const x = i % 10 < 5 ? 338 : 400;
    return rect(long ? 338 : x, 104 + i * 19.4, long ? 124 : 62, 9.7, colour);
  });
}

// Draws the photos of the demo content, so that the demo needs no foreign pictures.
//
//   node static/demo/draw.mjs                all photos, into static/demo/photos/
//   node static/demo/draw.mjs lake-issen     only those named
//
// Needs rsvg-convert (librsvg2-bin), convert (imagemagick), cjpeg (libjpeg-turbo-progs) and
// cwebp (webp). Every random number comes from a seeded generator, so that the same tools
// write the same bytes again. No picture holds text, metadata or a person's face.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as built from './draw/built.mjs';
import * as gauges from './draw/gauges.mjs';
import * as landscape from './draw/landscape.mjs';
import * as office from './draw/office.mjs';
import { svgOf } from './draw/pen.mjs';
import * as plan from './draw/plan.mjs';
import * as rooms from './draw/rooms.mjs';

const OUT = join(dirname(fileURLToPath(import.meta.url)), 'photos');
const WIDE = [1200, 800];
const TALL = [800, 1200];
const SQUARE = [1000, 1000];

// File, scene, size. The end of the name decides how the picture is packed.
const PHOTOS = [
  ['dawn-valley.jpg', landscape.dawnValley, WIDE],
  ['keldria-range.jpg', landscape.keldriaRange, WIDE],
  ['lake-issen.jpg', landscape.lakeIssen, WIDE],
  ['flood-meadow.jpg', landscape.floodMeadow, WIDE],
  ['snow-ridge.webp', landscape.snowRidge, WIDE],
  ['karra-dam.jpg', built.karraDam, WIDE],
  ['merrin-bridge.jpg', built.merrinBridge, WIDE],
  ['survey-boat.jpg', built.surveyBoat, WIDE],
  ['gauge-station.jpg', gauges.gaugeStation, WIDE],
  ['staff-gauge.jpg', gauges.staffGauge, TALL],
  ['round-table.jpg', office.roundTable, WIDE],
  ['plenary-hall.jpg', office.plenaryHall, WIDE],
  ['flags.jpg', office.flags, WIDE],
  ['archive.jpg', rooms.archive, WIDE],
  ['data-room.webp', rooms.dataRoom, WIDE],
  ['delta.jpg', plan.delta, TALL],
  ['relief-map.png', plan.reliefMap, WIDE],
  ['signing-table.png', plan.signingTable, SQUARE],
];

const run = (tool, args, input) =>
  execFileSync(tool, args, {
    input,
    maxBuffer: 64 << 20,
    stdio: ['pipe', 'pipe', 'inherit'],
  });

// How a PNG file becomes the bytes of a photo, by the end of the photo's name.
const PACK = {
  jpg: (png) =>
    run(
      'cjpeg',
      ['-quality', '68', '-progressive', '-optimize'],
      run('convert', [png, 'ppm:-']),
    ),
  webp: (png) =>
    run('cwebp', ['-quiet', '-q', '80', '-m', '6', '-metadata', 'none', png, '-o', '-']),
  png: (png) =>
    run('convert', [
      png,
      '-strip',
      '+dither',
      '-colors',
      '64',
      '-define',
      'png:compression-level=9',
      '-define',
      'png:exclude-chunks=all',
      'png8:-',
    ]),
};

function draw(work, [file, scene, size]) {
  const png = join(work, 'scene.png');
  writeFileSync(png, run('rsvg-convert', [], svgOf(scene, size)));
  writeFileSync(join(OUT, file), PACK[file.split('.').pop()](png));
  console.log(`${file} ${size.join('x')} ${statSync(join(OUT, file)).size}`);
}

const wanted = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'draw-'));
try {
  mkdirSync(OUT, { recursive: true });
  PHOTOS.filter(
    ([file]) => !wanted.length || wanted.includes(file.split('.')[0]),
  ).forEach((photo) => draw(work, photo));
} finally {
  rmSync(work, { recursive: true });
}

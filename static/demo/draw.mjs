// Draws the photos of the demo content, so that the demo needs no foreign pictures.
//
//   node static/demo/draw.mjs                all photos, into static/demo/photos/
//   node static/demo/draw.mjs lake-issen     only those named
//   node static/demo/draw.mjs --words        only what is written inside them, anew
//
// Needs rsvg-convert (librsvg2-bin), convert (imagemagick), cjpeg (libjpeg-turbo-progs),
// cwebp (webp) and exiftool (libimage-exiftool-perl). Every random number comes from a
// seeded generator, so that the same tools write the same bytes again. No picture shows
// text or a person's face; inside each stands who made it, as photographers write it.

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

// File, scene, size; then what stands inside: credit, creator, caption. The end of the name
// decides how the picture is packed.
const PHOTOS = [
  ['dawn-valley.jpg', landscape.dawnValley, WIDE, 'Press Service of the Commission', 'Nora Aldis', 'The middle Velmara near Ostrel'],
  ['keldria-range.jpg', landscape.keldriaRange, WIDE, 'Keldria Glacier Survey', 'Marit Oskolt', 'The four summits of the Aldun group'],
  ['lake-issen.jpg', landscape.lakeIssen, WIDE, 'Biological Station Lake Issen', 'Pavel Dremo', 'Lake Issen at half past four in the morning'],
  ['flood-meadow.jpg', landscape.floodMeadow, WIDE, 'Water Service of Orvenia', 'Jana Veit', 'Meadows below Merrin'],
  ['snow-ridge.webp', landscape.snowRidge, WIDE, 'Keldria Glacier Survey', 'Marit Oskolt', 'A rope team above the Aldun Glacier'],
  ['karra-dam.jpg', built.karraDam, WIDE, 'Karra Hydropower Authority', 'Sten Harrow', 'The Karra dam with its middle outlets open'],
  ['merrin-bridge.jpg', built.merrinBridge, WIDE, 'City of Merrin', 'Lida Corvin', 'The Merrin bridge in the evening'],
  ['survey-boat.jpg', built.surveyBoat, WIDE, 'Field Service / Ilian Resh', 'Ilian Resh', 'The survey vessel Kittiwake below Merrin'],
  ['gauge-station.jpg', gauges.gaugeStation, WIDE, 'Press Service of the Commission / Nora Aldis', 'Nora Aldis', 'The station at Old Ferry'],
  ['staff-gauge.jpg', gauges.staffGauge, TALL, 'Field Service / Ilian Resh', 'Ilian Resh', 'A gauge on the pier at Ostrel'],
  ['round-table.jpg', office.roundTable, WIDE, 'Press Service of the Commission', 'Nora Aldis', 'The table in Rasken'],
  ['plenary-hall.jpg', office.plenaryHall, WIDE, 'Press Service of the Commission', 'Nora Aldis', 'The plenary hall in Havnar'],
  ['flags.jpg', office.flags, WIDE, 'City of Sandovar', 'Emil Tarn', 'Flags before the Secretariat'],
  ['archive.jpg', rooms.archive, WIDE, 'Archive of the Commission', 'Hedda Lorn', 'Station books in the basement of the Secretariat'],
  ['data-room.webp', rooms.dataRoom, WIDE, 'Data Centre of the Commission', 'Ruben Falk', 'The forecast room in Sandovar'],
  ['delta.jpg', plan.delta, TALL, 'Delta Nature Reserve', 'Asel Moray', 'The eastern arms of the delta from the air'],
  ['relief-map.png', plan.reliefMap, WIDE, 'Data Centre of the Commission', 'Ruben Falk', 'Sheet 7 of the atlas: the upper basin'],
  ['signing-table.png', plan.signingTable, SQUARE, 'University of Beltara', 'Ida Venn', 'Two copies of the memorandum'],
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

// The words of the IPTC and of XMP's own vocabularies, in one packet without padding.
function inscribe(file, credit, creator, caption) {
  const words = {
    'XMP-photoshop:Credit': credit,
    'XMP-dc:Creator': creator,
    'XMP-dc:Description': caption,
    'XMP-dc:Rights': `© ${credit}`,
    'XMP-xmpRights:UsageTerms': 'Free to use in reports on the river, with the credit.',
    'XMP-xmpRights:WebStatement': 'https://creativecommons.org/licenses/by/4.0/',
    'XMP-iptcExt:DigitalSourceType': 'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation',
  };
  const sets = Object.entries(words).map(([name, value]) => `-${name}=${value}`);
  run('exiftool', ['-q', '-z', '-overwrite_original', '-all=', ...sets, join(OUT, file)]);
}

function draw(work, [file, scene, size]) {
  const png = join(work, 'scene.png');
  writeFileSync(png, run('rsvg-convert', [], svgOf(scene, size)));
  writeFileSync(join(OUT, file), PACK[file.split('.').pop()](png));
}

const wanted = process.argv.slice(2).filter((word) => word !== '--words');
const isDrawn = !process.argv.includes('--words');
const work = mkdtempSync(join(tmpdir(), 'draw-'));
try {
  mkdirSync(OUT, { recursive: true });
  for (const photo of PHOTOS) {
    const [file, , size, ...words] = photo;
    if (wanted.length && !wanted.includes(file.split('.')[0])) continue;
    if (isDrawn) draw(work, photo);
    inscribe(file, ...words);
    console.log(`${file} ${size.join('x')} ${statSync(join(OUT, file)).size}`);
  }
} finally {
  rmSync(work, { recursive: true });
}

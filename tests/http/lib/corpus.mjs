// Photos with every kind of metadata in every format and script, made with libvips'
// programs and exiftool, which also says what they hold. They lie in build/photos and are
// made anew when this file changes.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const FOLDER = path.resolve(process.env.B ?? 'build/release', '../photos'); // made once for all builds

export const FORMATS = ['jpg', 'png', 'webp', 'avif', 'heic'];
const IIM_IN = ['jpg', 'png']; // exiftool writes it into no other of these

// What a text of ours becomes in each script; charset: how IIM and EXIF are encoded, and
// what must be found out about it. Short enough for the 32 bytes that IIM gives a credit.
export const SCRIPTS = {
  latin: { text: (s) => s, charset: 'UTF8', found: undefined },
  'cyrillic utf-8': { text: (s) => `${s} Ёлкин, ТАСС`, charset: 'UTF8', found: 'utf-8' },
  'cyrillic windows-1251': { text: (s) => `${s} Ёлкин, ТАСС`, charset: 'Cyrillic', found: 'windows-1251' },
  'cyrillic marked': { text: (s) => `${s} Ёлкин, ТАСС`, charset: 'UTF8', mark: true, found: 'declared' },
  'latin-1': { text: (s) => `${s} Jürgen Groß`, charset: 'Latin', found: 'latin-1' },
  greek: { text: (s) => `${s} Αθήνα`, charset: 'UTF8', found: 'utf-8' },
  chinese: { text: (s) => `${s} 新华社`, charset: 'UTF8', found: 'utf-8' },
  arabic: { text: (s) => `${s} وكالة`, charset: 'UTF8', mark: true, found: 'declared' },
};

// The members of model/photo.def, and what exiftool calls their places.
const URL_OF = (name) => `https://example.org/${name}?a=1&b=2`;
export const MEMBERS = {
  credit: { xmp: 'XMP-photoshop:Credit', iim: 'IPTC:Credit' },
  creator: { xmp: 'XMP-dc:Creator', iim: 'IPTC:By-line', exif: 'IFD0:Artist' },
  copyright: { xmp: 'XMP-dc:Rights', iim: 'IPTC:CopyrightNotice', exif: 'IFD0:Copyright' },
  licence_url: { xmp: 'XMP-xmpRights:WebStatement', value: URL_OF('licence') },
  acquire_url: { xmp: 'XMP-plus:LicensorURL', value: URL_OF('buy') },
  usage: { xmp: 'XMP-xmpRights:UsageTerms' },
  caption: { xmp: 'XMP-dc:Description', iim: 'IPTC:Caption-Abstract', exif: 'IFD0:ImageDescription' },
  headline: { xmp: 'XMP-photoshop:Headline', iim: 'IPTC:Headline' },
  source: { xmp: 'XMP-photoshop:Source', iim: 'IPTC:Source' },
  taken_at: { xmp: 'XMP-photoshop:DateCreated', iim: 'IPTC:DateCreated', exif: 'ExifIFD:DateTimeOriginal', value: '2026:02:28 07:08:09+03:00' },
  source_type: { xmp: 'XMP-iptcExt:DigitalSourceType', value: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia' },
  alt: { xmp: 'XMP-iptcCore:AltTextAccessibility' },
};
const SOURCES = ['xmp', 'iim', 'exif'];

// Which sources speak, and what each says; all of them say where and by which camera.
export const KINDS = {
  none: { sources: [] },
  xmp: { sources: ['xmp'] },
  iim: { sources: ['iim'] },
  exif: { sources: ['exif'] },
  all: { sources: SOURCES },
  differing: { sources: SOURCES, differs: true },
};

const PRIVATE = [
  '-GPS:GPSLatitude=55.75', '-GPS:GPSLatitudeRef=N', '-GPS:GPSLongitude=37.61', '-GPS:GPSLongitudeRef=E',
  '-XMP-exif:GPSLatitude=55.75', '-XMP-exif:GPSLongitude=37.61',
  '-ExifIFD:SerialNumber=SN123456', '-ExifIFD:LensSerialNumber=SN123457', '-ExifIFD:OwnerName=Private Owner',
  '-XMP-aux:SerialNumber=SN123456',
];

const value = (name, member, script, source, kind) =>
  member.value ?? `${SCRIPTS[script].text(name)}${kind.differs ? ` ${SOURCES.indexOf(source)}` : ''}`;

function textArguments(photo) {
  const kind = KINDS[photo.kind];
  const out = [];
  for (const [name, member] of Object.entries(MEMBERS)) {
    for (const source of kind.sources.filter((s) => member[s])) {
      const text = value(name, member, photo.script, source, kind);
      out.push(`-${member[source]}=${name === 'taken_at' && source === 'exif' ? text.slice(0, 19) : text}`);
      if (name === 'taken_at' && source === 'iim') out.push('-IPTC:TimeCreated=07:08:09+03:00');
      if (name === 'taken_at' && source === 'exif') out.push('-ExifIFD:OffsetTimeOriginal=+03:00');
    }
  }
  return out;
}

const charsets = (script) => ['-charset', `iptc=${SCRIPTS[script].charset}`, '-charset', `exif=${SCRIPTS[script].charset}`];

function writeArguments(photo) {
  const kind = KINDS[photo.kind];
  const thumbnail = photo.format === 'jpg' && kind.sources.includes('exif') ? [`-ThumbnailImage<=${FOLDER}/thumbnail.jpg`] : [];
  const mark = SCRIPTS[photo.script].mark && kind.sources.includes('iim') && IIM_IN.includes(photo.format) ? ['-IPTC:CodedCharacterSet=UTF8'] : [];
  return [
    ...charsets(photo.script), ...mark, ...textArguments(photo),
    ...PRIVATE, ...thumbnail,
    photo.file, '-execute',
  ];
}

// One process for all: each block of arguments is as a call of its own.
function exiftool(args, folder = FOLDER) {
  const file = path.join(folder, `arguments.${process.pid}`);
  fs.writeFileSync(file, args.map((a) => `${a}\n`).join(''));
  try {
    return execFileSync('exiftool', ['-@', file, '-common_args', '-q', '-q', '-overwrite_original'], { encoding: 'utf8', maxBuffer: 64 << 20, stdio: ['ignore', 'pipe', 'inherit'] });
  } finally {
    fs.rmSync(file);
  }
}

// What exiftool reads out of files, by file: every tag by "group:name".
export function tagsOf(files, script = 'latin', folder = FOLDER) {
  const said = exiftool([...charsets(script), '-json', '-G1', '-a', '-struct', ...files, '-execute'], folder);
  return new Map(JSON.parse(said).map((tags) => [tags.SourceFile, tags]));
}

const vips = (...args) => execFileSync('vips', args, { stdio: ['ignore', 'ignore', 'pipe'] });
const at = (name) => path.join(FOLDER, name);

function drawBase(base, width, height) {
  vips('xyz', at('xy.v'), String(width), String(height));
  vips('linear', at('xy.v'), at('ramp.v'), '5', '3', '--uchar');
  vips('bandjoin', `${at('ramp.v')} ${at('ramp.v')}`, at('four.v'));
  vips('extract_band', at('four.v'), at('three.v'), '0', '--n', '3');
  vips('copy', at('three.v'), at('rgb.v'), '--interpretation', 'srgb');
  for (const format of ['jpg', 'png']) vips('copy', at('rgb.v'), `${at(`${base}.${format}`)}[strip]`);
  vips('copy', at('rgb.v'), at(`${base}.webp`)); // exiftool writes into the extended form only
  vips('heifsave', at('rgb.v'), at(`${base}.avif`), '--compression', 'av1', '--effort', '0', '--strip');
  vips('heifsave', at('rgb.v'), at(`${base}.heic`), '--compression', 'hevc', '--effort', '0', '--strip');
}

function drawBases() {
  drawBase('base', 48, 36);
  fs.copyFileSync(at('base.jpg'), at('thumbnail.jpg'));
  drawBase('large', 1800, 1200);
}

// One of each format is large enough for every file there can be.
const baseOf = (photo) => `${photo.kind === 'all' && photo.script === 'cyrillic marked' ? 'large' : 'base'}.${photo.format}`;

function list() {
  const all = [];
  for (const format of FORMATS)
    for (const kind of Object.keys(KINDS))
      for (const script of kind === 'none' ? ['latin'] : Object.keys(SCRIPTS))
        if (kind !== 'iim' || IIM_IN.includes(format))
          all.push({ format, kind, script, file: path.join(FOLDER, `${kind}-${script.replaceAll(' ', '-')}.${format}`) });
  return all;
}

// All photos: [{format, kind, script, file}].
export function corpus() {
  const version = createHash('sha256').update(fs.readFileSync(new URL(import.meta.url))).digest('hex');
  const stamp = path.join(FOLDER, 'made');
  const photos = list();
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === version) return photos;
  fs.rmSync(FOLDER, { recursive: true, force: true });
  fs.mkdirSync(FOLDER, { recursive: true });
  drawBases();
  for (const photo of photos) fs.copyFileSync(at(baseOf(photo)), photo.file);
  exiftool(photos.filter((p) => p.kind !== 'none').flatMap(writeArguments));
  fs.writeFileSync(stamp, version);
  return photos;
}

// ISO 8601, as exiftool writes no date.
const isoDate = (s) => s.replace(/^(\d+):(\d+):(\d+)/, '$1-$2-$3').replace(' ', 'T');

const one = (tag) => (Array.isArray(tag) ? tag.join(', ') : String(tag));

// Of one file's tags what each source says, by member: {credit: {xmp, iim, exif}}.
export function said(tags) {
  const all = {};
  for (const [name, member] of Object.entries(MEMBERS)) {
    for (const source of SOURCES) {
      let text = source === 'xmp' && name === 'acquire_url' ? tags['XMP-plus:Licensor']?.[0]?.LicensorURL : tags[member[source]];
      if (text === undefined) continue;
      text = one(text);
      if (name === 'taken_at' && source === 'iim') text += ` ${tags['IPTC:TimeCreated'] ?? ''}`.trimEnd();
      if (name === 'taken_at' && source === 'exif') text += tags['ExifIFD:OffsetTimeOriginal'] ?? '';
      (all[name] ??= {})[source] = name === 'taken_at' ? isoDate(text) : text;
    }
  }
  return all;
}

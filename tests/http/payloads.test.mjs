// Pictures that are whole and carry something else as well: behind their end, in chunks
// that nobody shows, in profiles and texts. They are taken in, or refused with a reason;
// of what they carry no byte is in a file that is given out.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { Site } from './lib/site.mjs';
import { sqlite } from './lib/sqlite.mjs';
import { Staff } from './lib/staff.mjs';
import { demo, tiny, uploadByScript } from './lib/uploads.mjs';

const password = 'correct horse battery staple';
const MARK = 'pAyL0aD';
const HTML = `<html><script>alert("${MARK}")</script>`;
const ZIP = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(26), Buffer.from(`${MARK}.php<?php system($_GET["c"]); ?>`)]);

// ---- what files are made of ----

const segment = (code, body) => {
  const head = Buffer.from([0xff, code, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
};
const jpegWith = (code, body, picture = tiny(`jpeg ${code} ${Math.random()}`)) => Buffer.concat([picture.subarray(0, 2), segment(code, Buffer.from(body)), picture.subarray(2)]);
const uint32 = (n, write) => {
  const b = Buffer.alloc(4);
  b[write](n);
  return b;
};
// As PNG has it (Third Edition, 5.5); Node 18 has none.
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
const PNG_HEAD = 33; // the signature and IHDR
function pngWith(type, body, picture = demo('relief-map.png')) {
  const named = Buffer.concat([Buffer.from(type), Buffer.from(body)]);
  const chunk = Buffer.concat([uint32(named.length - 4, 'writeUInt32BE'), named, uint32(crc32(named), 'writeUInt32BE')]);
  return Buffer.concat([picture.subarray(0, PNG_HEAD), chunk, picture.subarray(PNG_HEAD)]);
}
function webpWith(type, body, picture = demo('snow-ridge.webp')) {
  const chunk = Buffer.concat([Buffer.from(type), uint32(body.length, 'writeUInt32LE'), Buffer.from(body), Buffer.alloc(body.length % 2)]);
  const whole = Buffer.concat([picture, chunk]);
  whole.writeUInt32LE(whole.length - 8, 4);
  return whole;
}
const box = (type, body) => Buffer.concat([uint32(body.length + 8, 'writeUInt32BE'), Buffer.from(type), Buffer.from(body)]);
const corpus = (name) => fs.readFileSync(`tests/fuzz/corpus/image/${name}`);
const xmp = (inner) => `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" ${inner}/></rdf:RDF></x:xmpmeta>`;
const inXmp = (inner) => jpegWith(0xe1, Buffer.concat([Buffer.from('http://ns.adobe.com/xap/1.0/\0'), Buffer.isBuffer(inner) ? inner : Buffer.from(xmp(inner))]));
const profile = (bytes) => Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01'), bytes]);

// A name, a file, and what is found in it as the credit.
const GOOD = {
  'a comment of PHP': jpegWith(0xfe, `<?php echo "${MARK}"; ?>`),
  'HTML in a segment of a program': jpegWith(0xe5, HTML),
  'a ZIP behind a JPEG': Buffer.concat([tiny('with a ZIP'), ZIP]),
  'another picture behind a JPEG': Buffer.concat([tiny('with a picture'), jpegWith(0xfe, MARK)]),
  'a text of a PNG': pngWith('tEXt', `Comment\0${HTML}`),
  'a packed text of a PNG': pngWith('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(Buffer.from(HTML))])),
  'a chunk of a PNG that nobody knows': pngWith('prVt', HTML),
  'a ZIP behind a PNG': Buffer.concat([demo('relief-map.png'), ZIP]),
  'a chunk of a WebP that nobody knows': webpWith('JUNK', HTML),
  'a box of an AVIF that nobody knows': Buffer.concat([corpus('noise.avif'), box('free', HTML)]),
  'a box of a HEIC that nobody knows': Buffer.concat([corpus('grid.heic'), box('uuid', `0123456789abcdef${HTML}`)]),
  'a profile that is none': jpegWith(0xe2, profile(Buffer.from(`${MARK}${'x'.repeat(600)}`))),
  'a profile cut off': jpegWith(0xe2, profile(Buffer.concat([uint32(3144, 'writeUInt32BE'), Buffer.from(`lcms\x02\x10\0\0mntrRGB XYZ ${MARK}`)]))),
  'XMP with a property that nobody knows': inXmp(`xmlns:e="http://evil.example/" e:x="${MARK}" photoshop:Credit="Known"`),
  'XMP that is broken': inXmp(Buffer.from(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF ${MARK}`)),
  'an EXIF note': jpegWith(0xe1, Buffer.concat([Buffer.from('Exif\0\0II*\0\x08\0\0\0\x01\0\x0e\x01\x02\0\x40\0\0\0\x1a\0\0\0\0\0\0\0'), Buffer.alloc(64), Buffer.from(MARK)])),
};
const TEXTS = {
  'a script as its credit': [inXmp('photoshop:Credit="&lt;script&gt;alert(1)&lt;/script&gt; Agency"'), '<script>alert(1)</script> Agency'],
  'a megabyte of credit': [pngWith('iTXt', `XML:com.adobe.xmp\0\0\0\0\0${xmp(`photoshop:Credit="${'Long '.repeat(200000)}"`)}`), /^(Long ){10}.*Long$/],
  'a credit that is no UTF-8': [inXmp(Buffer.from(xmp('photoshop:Credit="Agen\xffcy"'), 'latin1')), /^Agen.cy$/],
};

// ---- the site ----

let site, anna;
before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']], settings: '[staff]\nupload_max_mb = 45\n' });
  site.addPerson('anna', 'administrator', password);
  await site.serve();
  await site.startNginx();
  anna = new Staff(site);
  await anna.signIn('anna', password);
});
after(async () => {
  const log = site.log();
  await site.end();
  assert.doesNotMatch(log, /worker_died|worker_timeout|level=error/);
});

const sql = (statement) => sqlite(`${site.dir}/data/news.db`, statement, '-json');
const given = () => fs.readdirSync(`${site.dir}/media`, { recursive: true, withFileTypes: true }).filter((f) => f.isFile()).map((f) => path.join(f.parentPath ?? f.path, f.name));

// Sixteen files at a time are the most of a form.
async function send(files) {
  const photos = [];
  for (let i = 0; i < files.length; i += 8) {
    const answer = await uploadByScript(anna, files.slice(i, i + 8));
    assert.deepEqual(answer.failures, []);
    photos.push(...answer.photos);
  }
  return photos;
}

test('a whole picture with a payload is taken, and nothing of the payload is given out', async () => {
  await send(Object.entries(GOOD).map(([name, bytes]) => [`${name}.jpg`, bytes]));
  await site.photosMade();
  const files = given();
  assert.equal(Number(JSON.parse(sql('SELECT COUNT(*) n FROM photo WHERE rendition_id IS NOT NULL'))[0].n), Object.keys(GOOD).length, 'each has its files');
  assert.ok(files.length >= 3 * Object.keys(GOOD).length);
  for (const bad of [MARK, 'alert(', '<?php', 'PK\x03\x04', 'evil.example'])
    for (const file of files) assert.ok(!fs.readFileSync(file).includes(bad), `${bad} in ${file}`);
});

test('texts are what they say, cut and escaped, never markup', async () => {
  const had = new Set(given());
  const photos = await send(Object.entries(TEXTS).map(([name, [bytes]]) => [`${name}.jpg`, bytes]));
  await site.photosMade();
  for (const [i, [name, [, credit]]] of Object.entries(TEXTS).entries()) {
    const said = JSON.parse(sql(`SELECT credit FROM photo WHERE id = ${photos[i].id}`))[0].credit;
    if (credit instanceof RegExp) assert.match(said, credit, name);
    else assert.equal(said, credit, name);
    assert.ok(said.length <= 1000, name);
    const page = await anna.get(`/admin/photos/${photos[i].id}/`);
    assert.ok(page.status === 200 && !page.body.includes('<script>alert'), name);
  }
  const made = given().filter((file) => !had.has(file));
  assert.ok(made.length > 0);
  for (const file of made) assert.ok(!fs.readFileSync(file).includes('<script'), file);
  const [{ XMP }] = JSON.parse(execFileSync('exiftool', ['-j', '-G', '-XMP:Credit', ...made.filter((f) => f.endsWith('.jpg'))], { encoding: 'utf8' }).replaceAll('"XMP:Credit"', '"XMP"'));
  assert.ok(XMP.length > 0, 'the credit is there all the same');
});

// ---- what costs much ----

const scan = Buffer.from([0xff, 0xda]);
function scans(times) {
  const whole = tiny('scans'), at = whole.indexOf(scan);
  return Buffer.concat([whole.subarray(0, at), ...Array(times).fill(whole.subarray(at, -2)), whole.subarray(-2)]);
}
function flood(width, height) {
  const whole = Buffer.from(demo('relief-map.png'));
  whole.writeUInt32BE(width, 16);
  whole.writeUInt32BE(height, 20);
  whole.writeUInt32BE(crc32(whole.subarray(12, 29)), 29);
  return whole;
}
const BOMBS = {
  'a thousand scans': [scans(1000), /too many passes.*: 100$/],
  'a text that unpacks to 100 MB': [pngWith('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(Buffer.alloc(100e6))])), /too large.*: 8$/],
  'a profile that unpacks to 100 MB': [pngWith('iCCP', Buffer.concat([Buffer.from('icc\0\0'), deflateSync(Buffer.alloc(100e6))])), /too large.*: 8$/],
  'a flood of 60,000 by 60,000': [flood(60000, 60000), /too wide or too high.*: 16000$/],
  'a flood of 61 megapixels': [flood(15250, 4000), /too many pixels.*: 60$/],
  'more pixels than it has': [flood(7000, 7000), /damaged or was cut off/],
  'moving PNG': [corpus('animated.png'), /more than one picture/],
  'moving WebP': [corpus('animated.webp'), /more than one picture/],
};

test('a bomb is refused with its reason, by form and by command, and nothing is left of it', async () => {
  const before = [sql('SELECT COUNT(*) n FROM photo'), fs.readdirSync(`${site.dir}/originals`, { recursive: true }).length];
  const { photos, failures } = await uploadByScript(anna, Object.entries(BOMBS).map(([name, [bytes]]) => [`${name}.jpg`, bytes]));
  assert.deepEqual([photos, failures.length], [[], Object.keys(BOMBS).length]);
  for (const { file, reason } of failures) assert.match(reason, BOMBS[file.slice(0, -4)][1], file);
  const file = `${site.dir}/bomb.jpg`;
  fs.writeFileSync(file, scans(1000));
  const command = site.try('photo', 'add', file);
  assert.equal(command.status, 1);
  assert.match(command.stderr, /bomb\.jpg.*100/);
  assert.deepEqual([sql('SELECT COUNT(*) n FROM photo'), fs.readdirSync(`${site.dir}/originals`, { recursive: true }).length], before);
  assert.equal((await send([['good.jpg', tiny('after all of them')]])).length, 1);
});

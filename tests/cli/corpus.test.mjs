// Every format with every kind of metadata in every script: what a file says is found as
// exiftool finds it, and every file that is made says it again, and nothing else.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { KINDS, MEMBERS, SCRIPTS, corpus, said, tagsOf } from '../http/lib/corpus.mjs';
import { Site } from '../http/lib/site.mjs';
import { sqlite } from '../http/lib/sqlite.mjs';

// What libvips says of the picture itself.
const PLAIN_EXIF = /^(IFD0:(Orientation|[XY]Resolution|ResolutionUnit|YCbCrPositioning)|ExifIFD:(ExifVersion|ComponentsConfiguration|FlashpixVersion|ColorSpace|ExifImage(Width|Height)))$/;
let site, photos, rows;
const name = (p) => path.basename(p.file);
const sha256 = (file) => createHash('sha256').update(fs.readFileSync(file)).digest('hex');
const sql = (text) => JSON.parse(sqlite(`${site.dir}/data/news.db`, text, '-json'));

before(async () => {
  // In scripts that differ only in how IIM is encoded, files without it are the same.
  photos = [...new Map(corpus().map((p) => [sha256(p.file), p])).values()];
  site = await Site.make({ sections: [['events', 'Events', 'События']] });
  const added = site.try('photo', 'add', ...photos.map((p) => p.file));
  assert.equal(added.status, 0, added.stderr);
  rows = new Map(sql('SELECT * FROM photo').map((row) => [row.sha256, row]));
  for (const p of photos) p.row = rows.get(sha256(p.file));
});
after(() => site.end());

test('what exiftool finds is found, with who says it, and by its rank', () => {
  assert.equal(new Set(photos.map((p) => p.row.id)).size, photos.length);
  for (const script of Object.keys(SCRIPTS)) {
    const some = photos.filter((p) => p.script === script);
    const tags = tagsOf(some.map((p) => p.file), script);
    for (const p of some) {
      const expected = said(tags.get(p.file)), found = p.row.found === '' ? {} : JSON.parse(p.row.found);
      assert.deepEqual(Object.keys(expected).length, p.kind === 'none' ? 0 : Object.keys(MEMBERS).filter((m) => KINDS[p.kind].sources.some((s) => MEMBERS[m][s])).length, `${name(p)}: the corpus itself`);
      for (const member of Object.keys(MEMBERS)) {
        const { xmp, iim, exif, value, from } = found[member] ?? {};
        const { xmp: x, iim: i, exif: e } = expected[member] ?? {};
        assert.deepEqual({ xmp, iim, exif, value, from }, { xmp: x, iim: i, exif: e, value: x ?? i ?? e, from: x ? 'xmp' : i ? 'iim' : e && 'exif' }, `${name(p)}: ${member}`);
        assert.equal(found[member]?.differs ?? false, new Set([x, i, e].filter(Boolean)).size > 1, `${name(p)}: ${member} differs`);
        assert.equal(p.row[member === 'usage' ? 'usage_terms' : member], value ?? '', `${name(p)}: ${member} is filled in`);
      }
    }
  }
});

test('how old texts were read is said', () => {
  for (const p of photos) {
    const found = p.row.found === '' ? {} : JSON.parse(p.row.found), { found: charset } = SCRIPTS[p.script];
    if (KINDS[p.kind].sources.includes('iim') && found.credit?.iim) assert.equal(found.iim_charset, charset, name(p));
    if (KINDS[p.kind].sources.includes('exif')) assert.equal(found.exif_charset, charset === 'declared' ? 'utf-8' : charset, name(p));
  }
});

test('every file that is made says it all again, and nothing of place, owner or camera', () => {
  const made = site.try('photo', 'rebuild');
  assert.equal(made.status, 0, made.stderr);
  const sets = sql('SELECT p.sha256, r.digest FROM photo p JOIN rendition r ON r.id = p.rendition_id');
  assert.equal(sets.length, photos.length);
  const files = new Map();
  for (const { sha256: of, digest } of sets) {
    const folder = `${site.dir}/media/${digest.slice(0, 2)}/${digest}`;
    for (const f of fs.readdirSync(folder)) files.set(`${folder}/${f}`, rows.get(of));
  }
  assert.ok(files.size >= 3 * photos.length);
  for (const width of ['480.jpg', '960.webp', '1600.jpg', 'card-960.webp', 'share.jpg']) assert.ok([...files.keys()].some((f) => f.endsWith(`/${width}`)), width);
  const tags = tagsOf([...files.keys()]);
  for (const [file, row] of files) {
    const is = said(tags.get(file));
    for (const member of Object.keys(MEMBERS)) {
      const text = row[member === 'usage' ? 'usage_terms' : member];
      assert.equal(is[member]?.xmp ?? '', text, `${file}: ${member}`);
      if (file.endsWith('.jpg') && MEMBERS[member].iim) assert.equal(is[member]?.iim ?? '', text, `${file}: ${member} in IIM`);
    }
    if (file.endsWith('.jpg') && row.credit) assert.equal(tags.get(file)['IPTC:CodedCharacterSet'], 'UTF8', file);
    for (const tag of Object.keys(tags.get(file))) assert.ok(!/GPS|Serial|Owner|Thumb|MakerNote/.test(tag) && (!/^(IFD|ExifIFD|SubIFD|Interop)/.test(tag) || PLAIN_EXIF.test(tag)), `${file}: ${tag}`);
  }
});

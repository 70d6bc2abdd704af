// Photos for tests, and forms with files as a browser sends them (Node's own FormData).
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fieldsOf } from './staff.mjs';

const DEMO = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../../../static/demo/photos');

export const demo = (name) => fs.readFileSync(path.join(DEMO, name));

// A photo like no other: the same picture with a comment (ITU-T T.81, section B.2.4.5).
export function photo(comment, picture = demo('dawn-valley.jpg')) {
  const text = Buffer.from(comment);
  const head = Buffer.from([0xff, 0xfe, 0, 0]);
  head.writeUInt16BE(text.length + 2, 2);
  return Buffer.concat([picture.subarray(0, 2), head, text, picture.subarray(2)]);
}

// fields: [[name, value]], a value is a text or [file name, bytes]. {headers, body}.
export async function multipart(fields) {
  const form = new FormData();
  for (const [name, value] of fields)
    if (Array.isArray(value)) form.append(name, new Blob([value[1]], { type: 'image/jpeg' }), value[0]);
    else form.append(name, value);
  const request = new Request('http://127.0.0.1/', { method: 'POST', body: form });
  return { headers: { 'content-type': request.headers.get('content-type') }, body: Buffer.from(await request.arrayBuffer()) };
}

export const NEW = '/admin/photos/new/';

// A person sends files: [[file name, bytes]].
export async function upload(staff, files, headers = {}) {
  const { csrf } = fieldsOf((await staff.get(NEW)).body, NEW);
  const form = await multipart([['csrf', csrf], ...files.map((f) => ['photo', f])]);
  return staff.send(NEW, form.body, { ...form.headers, ...headers });
}

// The same as the newsroom's script does it: {status, photos, failures}.
export async function uploadByScript(staff, files) {
  const answer = await upload(staff, files, { accept: 'application/json' });
  return { status: answer.status, ...JSON.parse(answer.body) };
}

// 16 x 12 pixels of black: soon looked at, soon made.
const TINY = Buffer.from('/9j/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAAMABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAb/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AJkAH//Z', 'base64');
export const tiny = (comment) => photo(comment, TINY);

// [name, bytes] of a photo with what exiftool is told to write into it; made in dir.
export function written(dir, name, args, bytes = demo('dawn-valley.jpg')) {
  const file = path.join(dir, name);
  fs.writeFileSync(file, photo(name, bytes));
  execFileSync('exiftool', ['-q', '-overwrite_original', '-all=', ...args, file]);
  return [name, fs.readFileSync(file)];
}

// Five as five photographers send them: with a credit in XMP, in IIM, in both, in Cyrillic
// of old, and with nothing.
const PLACE = ['-GPSLatitude=55.75', '-GPSLatitudeRef=N', '-GPSLongitude=37.61', '-GPSLongitudeRef=E', '-SerialNumber=12345'];
export const fivePhotos = (dir) => [
  written(dir, 'xmp.jpg', ['-XMP-photoshop:Credit=Ministry of Defense of the Republic of Belarus', '-XMP-dc:Description=Seen, at dawn', '-XMP-iptcCore:AltTextAccessibility=A valley', '-XMP-dc:Rights=© Ministry', ...PLACE]),
  written(dir, 'iim.jpg', ['-IPTC:Credit=Agency', '-IPTC:Caption-Abstract=From IIM', ...PLACE]),
  written(dir, 'both.jpg', ['-XMP-photoshop:Credit=The newer one', '-IPTC:Credit=The older one']),
  written(dir, 'cyrillic.jpg', ['-charset', 'iptc=cp1251', '-IPTC:Credit=Фото Иванова', '-IPTC:CodedCharacterSet=']),
  written(dir, 'none.jpg', []),
];

// An item that is out with some photos of the demo, each with a credit of its own.
import fs from 'node:fs';
import path from 'node:path';

const names = ['delta.jpg', 'flags.jpg', 'dawn-valley.jpg'];

// ends: when the rights of the first end.
export function photographed(site, ends) {
  for (const name of names) fs.copyFileSync(path.join('static/demo/photos', name), path.join(site.dir, name));
  const photos = names.map((file, i) => ({ file, alt: `What ${file} shows`, caption: `Caption of ${file}`, credit: `Photographer ${i + 1}`, ...(ends && i === 0 ? { expires_at: ends } : {}) }));
  const r = site.import([{ id: 'photographed', lang: 'en', section: 'events', slug: 'photographed', title: 'Photographed', lead: 'Lead.', body: 'Body.', published_at: '2026-03-01', photos }]);
  if (r.status !== 0) throw new Error(r.stderr);
}

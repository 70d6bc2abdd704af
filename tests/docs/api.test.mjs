// docs/API.md: its quick start is done as it stands there, and its tables are the program's.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { V1, Description, makeToken } from '../http/lib/api.mjs';
import { Site } from '../http/lib/site.mjs';
import { Staff } from '../http/lib/staff.mjs';

const text = fs.readFileSync('docs/API.md', 'utf8');
const password = 'correct horse battery staple';
let site, description, token;

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']] });
  site.addPerson('anna', 'editor', password);
  site.run('user', 'sections', 'anna', 'events');
  await site.serve();
  await site.startNginx();
  description = await Description.of(site);
  const anna = new Staff(site);
  await anna.signIn('anna', password);
  token = await makeToken(anna, password);
});
after(() => site.end());

test('the quick start leads to an item that visitors read', async () => {
  const steps = [...text.matchAll(/```sh\n([^]*?)```/g)].map((m) => m[1]);
  assert.equal(steps.length, 6);
  fs.copyFileSync('static/demo/photos/dawn-valley.jpg', `${site.dir}/photo.jpg`);
  fs.copyFileSync('static/demo/photos/data-room.webp', `${site.dir}/other.webp`);
  const out = execFileSync('bash', ['-eu', '-o', 'pipefail', '-c', steps.join('\necho; echo ----\n')], {
    cwd: site.dir, encoding: 'utf8', env: { ...process.env, TOKEN: token, SITE: site.origin },
  });
  const [sections, posted, saved, approved, sent, form] = out.split('----').map((part) => JSON.parse(part));
  assert.equal(sections.sections[0].slug, 'events');
  assert.deepEqual([posted.version, posted.state], [1, 'draft']);
  assert.deepEqual([saved.version, approved.version, approved.state], [2, 3, 'approved']);
  assert.deepEqual(sent.photos.map((p) => [p.creator, p.known]), [['Nora Aldis', false]]);
  assert.deepEqual(form.photos.map((p) => [p.file_name, p.known]), [['photo.jpg', true], ['other.webp', false]].map(([name, known]) => [known ? undefined : name, known]));
  assert.match((await site.get('/news/events/delegation-received/')).body, /It arrived <em>early<\/em>\./);
});

test('every address and every problem has its line', () => {
  const table = (heading) => text.split(`## ${heading}\n`)[1].split('\n## ')[0];
  const addresses = table('Addresses');
  for (const [path, methods] of Object.entries(description.doc.paths))
    for (const method of Object.keys(methods)) {
      const word = path.slice(V1.length).replace('{id}', 'ID').replace('{number}', 'NUMBER').replace('{sha256}', 'SHA256');
      const isTold = addresses.includes(`\`${method.toUpperCase()} ${word}`) || (word.endsWith('/undiscard') && addresses.includes('…/undiscard'));
      assert.ok(isTold, `${method} ${word}`);
    }
  const told = [...table('What is refused').matchAll(/^\| (\d{3}) \| ([a-z-]+) \|/gm)].map((m) => m[2]);
  assert.deepEqual(told.sort(), Object.keys(description.doc.components.responses).sort());
});

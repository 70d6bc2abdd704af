// Posts a second by program, through nginx: one after another, and four at once; every one
// is on the disk before it is acknowledged.
import { Api, Description, item, makeToken } from '../http/lib/api.mjs';
import { Site } from '../http/lib/site.mjs';
import { Staff } from '../http/lib/staff.mjs';

const password = 'correct horse battery staple';
const POSTS = 400;
const site = await Site.make({ sections: [['events', 'Events', 'События']] });
site.addPerson('anna', 'administrator', password);
await site.serve({ args: ['--set', 'staff_workers=4'] });
await site.startNginx();
const anna = new Staff(site);
await anna.signIn('anna', password);
const { token } = new Api(site, await Description.of(site), await makeToken(anna, password));
for (const atOnce of [1, 4]) {
  let next = 0;
  const began = performance.now();
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (next < POSTS) {
      const n = next++;
      const answer = await site.get('/admin/api/v1/items/', {
        method: 'POST', body: JSON.stringify(item({ title: `Post ${atOnce} ${n}` })),
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': `"${atOnce}-${n}"` },
      });
      if (answer.status !== 201) throw new Error(`${answer.status} ${answer.body}`);
    }
  }));
  console.log(`posts by program, ${atOnce} at once: ${Math.round(POSTS * 1000 / (performance.now() - began))} a second`);
}
await site.end();

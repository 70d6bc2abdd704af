// Wherever a photo goes, its credit goes along: every kind of page and output is walked, each
// file it names is fetched, and what is written inside must be what the page says. And a file
// is there exactly as long as some visible item shows it, to the second.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Api, Description, V1, makeToken } from './lib/api.mjs';
import { Site, sleep } from './lib/site.mjs';
import { Staff, fieldsOf } from './lib/staff.mjs';

const password = 'correct horse battery staple';
const demo = (name) => path.resolve(`static/demo/photos/${name}`);
const photo = (name, more) => ({ file: demo(name), alt: `Alt of ${name}`, caption: `Caption of <${name}>`, ...more });
const item = (slug, photos, more) => ({ id: slug, lang: 'en', section: 'events', slug, title: `Title of ${slug}`, lead: 'Lead.', body: 'Body.', published_at: '2026-03-01', photos, ...more });
let site, anna;

// All that is said of whose a photo is and what may be done with it.
const rights = {
  credit_url: 'https://photos.example/lee', creator: 'Ann Lee', organisation: 'Agency of Pictures', copyright: '© 2026 Agency of Pictures', licence: 'CC BY 4.0',
  licence_url: 'https://creativecommons.org/licenses/by/4.0/', acquire_url: 'https://photos.example/buy?a=1&b=2', usage: 'Editorial use "only" & with credit', expires_at: '2099-01-31T12:00:00Z',
};
const items = [
  item('single', [photo('flags.jpg', { credit: 'Ann & Sons', credit_url: 'https://photos.example/?a=1&b=2', creator: 'Ann Lee', licence: 'CC BY 4.0' })]),
  item('own', [photo('flags.jpg', { credit: 'Another “house”', expires_at: new Date(Date.now() + 5 * 86400e3).toISOString() })], { published_at: '2026-03-02' }),
  item('of-the-item', [photo('archive.jpg')], { photo_credit: 'Press service', published_at: '2026-03-03' }),
  item('gallery', ['delta.jpg', 'karra-dam.jpg', 'snow-ridge.webp', 'relief-map.png', 'staff-gauge.jpg'].map((f) => photo(f, { credit: `Credit of ${f}` })), { body: 'Above.\n\n![](photo:2)\n\nBelow.', pinned_until: '2099-01-01' }),
  item('rights', [photo('keldria-range.jpg', { credit: 'Agency/Lee', ...rights })], { published_at: '2026-02-01' }),
  item('russian', [photo('lake-issen.jpg', { credit: 'Биологическая станция «Иссен»', caption: 'Озеро' })], { lang: 'ru', published_at: '2026-03-04' }),
  item('not-yet', [photo('data-room.webp', { credit: 'Of its time' })], { state: 'draft' }),
  item('draft', [photo('plenary-hall.jpg', { credit: 'Of a draft' })], { state: 'draft' }),
  item('embargoed', [photo('merrin-bridge.jpg', { credit: 'Of an embargoed item' })], { embargo_until: '2099-01-01T00:00:00Z' }),
  item('withdrawn', [photo('survey-boat.jpg', { credit: 'Of a withdrawn item' })], { withdrawn: { at: '2026-03-05T00:00:00Z', reason: 'r' } }),
  item('over', [photo('round-table.jpg', { credit: 'Of rights that are over', expires_at: '2026-03-05T00:00:00Z' })]),
];

before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']] });
  const brought = site.import(items);
  assert.equal(brought.status, 0, brought.stderr);
  site.addPerson('anna', 'administrator', password);
  await site.serve();
  await site.startNginx();
  await site.photosMade();
  anna = new Staff(site);
  await anna.signIn('anna', password);
});
after(() => site.end());

const plain = (html) => html.replaceAll(/<[^>]+>/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&').trim();
const attribute = (tag, name) => plain(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
const label = /^(Photo|Фото): /;

// The credit that stands inside a photo's file, in its XMP packet.
function creditIn(bytes) {
  const xmp = bytes.toString('utf8');
  return plain(/<photoshop:Credit>([^<]*)</.exec(xmp)?.[1] ?? /photoshop:Credit=["']([^"']*)["']/.exec(xmp)?.[1] ?? '');
}

const known = new Map(); // address: the credit inside

async function creditAt(address, get) {
  if (!known.has(address)) {
    const file = await get(address);
    assert.equal(file.status, 200, address);
    assert.equal(file.headers['content-type'], { jpg: 'image/jpeg', webp: 'image/webp', avif: 'image/avif' }[address.split('.').pop()], address);
    assert.equal(file.headers['x-content-type-options'], 'nosniff', address);
    known.set(address, creditIn(file.bytes));
  }
  return known.get(address);
}

// Each photo of a page: in a figure with a credit, which is that inside every file of it.
async function walk(name, html, get = (address) => site.get(address)) {
  const figures = html.match(/<figure>.*?<\/figure>/gs) ?? [];
  const outside = html.replaceAll(/<figure>.*?<\/figure>/gs, '');
  assert.doesNotMatch(outside, /<img|<source|background-image/, `${name}: a photo outside a figure`);
  for (const figure of figures) {
    const credit = /<span class="credit">(.*?)<\/span>/s.exec(figure)?.[1] ?? '', said = plain(credit);
    assert.match(said, label, `${name}: ${figure}`);
    assert.match(credit, /<bdi>[^<]+<\/bdi>(?:<\/a>)?$/, `${name}: a credit that turns the text beside it`);
    const addresses = [...figure.matchAll(/<(?:img|source)[^>]*>/g)].flatMap(([tag]) =>
      [attribute(tag, 'src'), ...attribute(tag, 'srcset').split(', ').map((part) => part.split(' ')[0])]).filter(Boolean);
    await Promise.all(addresses.map(async (address) => assert.equal(await creditAt(address, get), said.replace(label, ''), `${name}: ${address}`)));
  }
  await walkData(name, html, get);
  return (html.match(/<img/g) ?? []).length;
}

// What the page says to programs.
async function walkData(name, html, get) {
  for (const [, json] of html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs))
    for (const image of JSON.parse(json).image ?? []) {
      const address = image.contentUrl.replace('http://news.example', '');
      assert.equal(image['@type'], 'ImageObject');
      assert.equal(await creditAt(address, get), image.creditText, `${name}: ${address}`);
      assert.ok(image.width > 0 && image.height > 0 && image.caption, name);
    }
  const share = attribute(/<meta property="og:image" [^>]*>/.exec(html)?.[0] ?? '', 'content');
  if (share) assert.notEqual(await creditAt(share.replace('http://news.example', ''), get), '', `${name}: ${share}`);
}

test('every photo of every kind of page has its credit beside it and inside its files', async () => {
  const pages = { '/': 4, '/ru/': 1, '/news/': 4, '/ru/news/': 1, '/news/events/': 4, '/news/2026/': 4, '/news/2026/03/': 4, '/corrections/': 0, '/nope/': 0, '/news/events/withdrawn/': 0, '/news/events/single/': 1, '/news/events/own/': 1, '/news/events/of-the-item/': 1, '/news/events/gallery/': 5, '/ru/news/events/russian/': 1, '/news/events/over/': 0 };
  for (const [target, least] of Object.entries(pages)) {
    const n = await walk(target, (await site.get(target)).body);
    assert.ok(n >= least, `${target}: ${n} photos`);
  }
});

test('a photo without its credit, or with another than its file, would be found', async () => {
  const { body } = await site.get('/news/events/single/');
  await assert.rejects(walk('bare', body.replace(/<span class="credit">.*?<\/span>/s, '')), /bare: /);
  await assert.rejects(walk('turned', body.replaceAll(/<\/?bdi>/g, '')), /turned: a credit that turns/);
  await assert.rejects(walk('other', body.replaceAll('Ann &amp; Sons', 'Bob')), /other: \/media/);
  await assert.rejects(walk('outside', body.replaceAll(/<\/?figure>/g, '')), /outside: a photo/);
  await assert.rejects(walk('data', body.replace('"creditText":"Ann ', '"creditText":"Bob ')), /data: \/media/);
});

test('an article says to programs what its page says', async () => {
  const { body } = await site.get('/news/events/single/');
  const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(body)[1]);
  assert.equal(data['@type'], 'NewsArticle');
  assert.equal(data.url, 'http://news.example/news/events/single/');
  assert.equal(data.datePublished, '2026-03-01');
  const [image] = data.image;
  assert.deepEqual([image.creditText, image.creator.name, image.caption, image.width, image.height], ['Ann & Sons', 'Ann Lee', 'Caption of <flags.jpg>', 1200, 800]);
  assert.match(body, /<meta property="og:image:width" content="1200">\s*<meta property="og:image:height" content="630">/);
  assert.match((await site.get('/news/events/single/')).headers['content-security-policy'], /script-src 'self';/);
  assert.match(body, /<a href="https:\/\/photos\.example\/\?a=1&amp;b=2"><bdi>Ann &amp; Sons<\/bdi><\/a><\/span> <span><bdi>Ann Lee<\/bdi><\/span> <span>.*CC BY 4\.0/);
});

test('whose a photo is and what may be done with it is said at every door', async () => {
  const { body } = await site.get('/news/events/rights/');
  const figcaption = /<figcaption>.*?<\/figcaption>/s.exec(body)[0];
  assert.equal(plain(figcaption), 'Caption of <keldria-range.jpg> Photo: Agency/Lee Ann Lee © 2026 Agency of Pictures CC BY 4.0 Editorial use "only" & with credit Get a licence');
  assert.deepEqual([...figcaption.matchAll(/ href="([^"]*)"/g)].map(([, url]) => plain(url)), [rights.credit_url, rights.licence_url, rights.acquire_url]);
  const [image] = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(body)[1]).image;
  assert.match(image.contentUrl, /^http:\/\/news\.example\/media\//);
  assert.deepEqual({ ...image, contentUrl: undefined, width: undefined, height: undefined, digitalSourceType: undefined, expires: Date.parse(image.expires) }, {
    '@type': 'ImageObject', creditText: 'Agency/Lee', creator: { '@type': 'Person', name: rights.creator }, sourceOrganization: { '@type': 'Organization', name: rights.organisation }, copyrightNotice: rights.copyright,
    license: rights.licence_url, acquireLicensePage: rights.acquire_url, usageInfo: { '@type': 'CreativeWork', text: rights.usage }, caption: 'Caption of <keldria-range.jpg>', expires: Date.parse(rights.expires_at), contentUrl: undefined, width: undefined, height: undefined, digitalSourceType: undefined,
  });
  const exported = site.run('export').trim().split('\n').map((line) => JSON.parse(line)).find((i) => i.id === 'rights').photos[0];
  const api = new Api(site, await Description.of(site), await makeToken(anna, password, { name: 'rights' }));
  const { json } = await api.get(`${V1}photos/${exported.sha256}`);
  const { number } = /number +(?<number>\d+)/.exec(site.run('photo', 'show', exported.sha256)).groups;
  const told = site.run('photo', 'show', number), form = fieldsOf((await anna.get(`/admin/photos/${number}/`)).body, `/admin/photos/${number}/`);
  for (const [key, value] of Object.entries(rights)) {
    const same = (said) => (key === 'expires_at' ? Date.parse(said) === Date.parse(value) : said === value);
    assert.ok(same(exported[key]), `export: ${key}: ${exported[key]}`);
    assert.ok(same(json[key]), `API: ${key}: ${json[key]}`);
    assert.equal(key === 'expires_at' ? form[key].slice(0, 10) : form[key], key === 'expires_at' ? '2099-01-31' : value, `form: ${key}`);
    const [, said] = new RegExp(`^${key === 'expires_at' ? 'rights_end' : key} +(.*)$`, 'm').exec(told);
    assert.ok(same(said), `byline photo show: ${key}: ${said}`);
  }
});

test('an end that an item gives its photo, earlier than the library’s, is warned of in its form', async () => {
  const list = (await anna.get('/admin/items/')).body;
  const notes = async (slug) => (await anna.get(new RegExp(`href="(/admin/items/\\d+/)"[^>]*>Title of ${slug}<`).exec(list)[1])).body.match(/Rights end soon: \d/g)?.length ?? 0;
  assert.deepEqual(await Promise.all(['own', 'single', 'gallery'].map(notes)), [1, 0, 0]);
});

test('the newsroom sees a draft’s photos with their credit, at addresses of its own', async () => {
  const row = /href="(\/admin\/items\/\d+\/)"[^>]*>Title of draft</.exec((await anna.get('/admin/items/')).body)[1];
  const { body } = await anna.get(`${row}preview/`);
  assert.match(body, /<img src="\/admin\/items\/\d+\/revisions\/1\/media\/[^"]*960\.jpg"/);
  assert.doesNotMatch(body, /ld\+json|og:image|"\/media\//);
  assert.match(body, /<span class="credit">Photo: <bdi>Of a draft<\/bdi><\/span>/);
  for (const [, address] of body.matchAll(/ src="(\/admin[^"]*)"/g)) {
    const file = await anna.get(address);
    assert.deepEqual([file.status, file.headers['content-type'], file.headers['cache-control'], file.headers['x-content-type-options']], [200, 'image/jpeg', 'no-store', 'nosniff']);
    assert.equal((await site.get(address.replace(/.*(?=\/media\/)/, ''))).status, 404, 'for visitors');
  }
});

test('what programs are given of an item names the credit of each photo', async () => {
  const lines = site.run('export').trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(lines.length, items.length);
  const api = new Api(site, await Description.of(site), await makeToken(anna, password));
  for (const { id, photo_credit: shared, photos } of lines) {
    const { json } = await api.get(`${V1}items/${id}`);
    for (const p of [...photos, ...json.photos]) assert.ok(p.credit || shared, id);
  }
  // Saved as it came, it still follows the library: nothing has changed.
  const read = await api.get(`${V1}items/single`);
  assert.equal(read.json.photos[0].credit, 'Ann & Sons');
  const saved = await api.put(`${V1}items/single`, read.json, read.headers.etag);
  assert.deepEqual([saved.status, saved.json.version], [200, read.json.version]);
});

// Every file on disk, by the address it would have.
const onDisk = () => fs.readdirSync(path.join(site.dir, 'media'), { recursive: true }).filter((f) => /\.\w+$/.test(f)).map((f) => `/media/${f}`);

test('no file is open that no visible item shows, and no original at all', async () => {
  const open = new Set();
  for (const target of ['/', '/ru/', '/news/', ...items.map((i) => `${i.lang === 'ru' ? '/ru' : ''}/news/events/${i.slug}/`)])
    for (const [, digest] of (await site.get(target)).body.matchAll(/\/media\/..\/([0-9a-f]{32})\//g)) open.add(digest);
  const closed = new Set();
  for (const address of onDisk()) {
    const digest = address.split('/')[3];
    const { status, headers } = await site.get(address);
    assert.equal(status, open.has(digest) ? 200 : 404, address);
    if (status === 404) assert.match(headers['content-type'], /^text\/html/);
    if (status === 404) closed.add(digest);
  }
  assert.ok(open.size >= 9 && closed.size >= 4, `${open.size} open, ${closed.size} closed`);
  for (const sha256 of fs.readdirSync(path.join(site.dir, 'originals'), { recursive: true }).filter((f) => /^..\/[0-9a-f]{64}\./.test(f)))
    for (const place of ['/media/', '/originals/', '/photo-file/media/']) assert.equal((await site.get(place + sha256)).status, 404, sha256);
});

// Asks for an address again and again until a time.
async function watch(address, until) {
  const seen = [];
  while (Date.now() < until) {
    const asked = Date.now();
    const { status } = await site.get(address);
    assert.ok([200, 404].includes(status), `${address}: ${status}`);
    seen.push({ asked, arrived: Date.now(), isOpen: status === 200 });
    await sleep(20);
  }
  return seen;
}

// Publishes the draft's photo for three seconds, well before they begin; its files are made.
function schedule(slug, lead = 4000) {
  const at = Math.ceil((Date.now() + lead) / 1000) * 1000, end = at + 3000, time = (ms) => new Date(ms).toISOString();
  const brought = site.import([item(slug, [photo('data-room.webp', { credit: 'Of its time', expires_at: time(end) })], { published_at: time(at) })]);
  assert.equal(brought.status, 0, brought.stderr);
  return Date.now() < at - 1500 ? { slug, at, end } : schedule(`${slug}-again`, lead * 2);
}

test('a photo opens with its item and closes with its rights, on the second, through nginx’s cache', async () => {
  const row = /href="(\/admin\/items\/\d+\/)"[^>]*>Title of not-yet</.exec((await anna.get('/admin/items/')).body)[1];
  const address = /src="[^"]*(\/media\/[^"]+)"/.exec((await anna.get(`${row}preview/`)).body)[1];
  const { slug, at, end } = schedule('timed');
  const seen = await watch(address, end + 2500);
  for (const { asked, arrived, isOpen } of seen) {
    assert.ok(!isOpen || arrived >= at, `open ${at - arrived} ms before its time`);
    assert.ok(!isOpen || asked < end + 1500, `open ${asked - end} ms after its end`);
  }
  assert.ok(seen.some((s) => s.isOpen), 'it was open');
  assert.ok(!seen.at(0).isOpen && !seen.at(-1).isOpen);
  const { body } = await site.get(`/news/events/${slug}/`);
  assert.match(body, /<p class="no-photo">[^<]+<\/p>\s*<figcaption><span class="caption"><bdi>Caption of &lt;data-room\.webp&gt;<\/bdi><\/span> <span class="credit">Photo: <bdi>Of its time/);
  assert.doesNotMatch(body, /<img|"ImageObject"/);
  assert.doesNotMatch((await site.get('/news/')).body, /Of its time/);
});

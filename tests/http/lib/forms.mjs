// Every form of the newsroom, once for each thing it does, as hostile.test.mjs fills it in: where it stands and what makes
// it right. A WRITE row of routes.def without a line here fails there, unless it is a door for
// programs. How to add a line: docs/ADDING.md.
//
// at      what stands for the : words of its address, in order: (c) => [...]
// make    prepares what something can be done to, at first and whenever it was done: (c) => ...
// page    the page that it stands on: (c) => address; its own address if there is none
// shown   its page, where that is an answer to another form: async (c) => HTML
// with    what this form holds, and none of its page's others with the same address
// fields  what its page's script sends, which is no form: (c) => ({...})
// right   what makes it right, beside what its page has filled in: (c) => ({...})
// ok      the status of what is done (303)
// most    the most bytes of a field of text: what is longer is refused at the field itself
// as      'stranger': nobody is signed in; 'waiting': somebody waits for the second step;
//         'leaving': the session is over afterwards
// login   who does it, if not anna: afterwards signing in takes a second step
// tries   refusals are themselves written down: tries with a password, a code or a passkey
//
// c.who (a Staff), c.item, c.text() the fields of an item, c.fresh() a word nobody used,
// c.password, c.code(), c.recovery(), c.form(page, address, with) the fields of a form, c.send(page,
// address, fields, with) fills it in, c.post(address, fields).
import { unescape } from './staff.mjs';

const NEW = '/admin/items/new/', ACCOUNT = '/admin/account/';
const item = (c) => [c.item];
const below = (c, word = '') => `/admin/items/${c.item}/${word}`;
const itemMost = {
  title: 1000, lead: 8000, body: 262144, photo_credit: 500, slug: 80, tags: 5100,
  published_at: 40, embargo_until: 40, pinned_until: 40, expires_at: 40,
};

// ---- what something can be done to ----

const send = (c, word, fields, form = word, button = '') => c.send(below(c, word), below(c, form), fields, button);
async function draft(c, more = {}) {
  const { headers } = await c.send(NEW, NEW, { ...c.text(), ...more });
  return /\/items\/(\d+)\//.exec(headers.location)[1];
}
const aDraft = async (c) => { c.item = await draft(c); };
async function approved(c) {
  await aDraft(c);
  await send(c, 'steps/', { do: 'approve' }, 'steps/', 'value="approve"');
}
async function twoVersions(c) {
  await aDraft(c);
  await send(c, '', { body: 'Other.' });
}
async function another(c) {
  await aDraft(c);
  const slug = c.fresh();
  await draft(c, { lang: 'ru', slug });
  c.other = `/ru/news/events/${slug}/`;
}
async function linked(c) {
  await another(c);
  await send(c, 'translations/', { other: c.other }, 'translations/link/');
}
async function source(c) {
  await aDraft(c);
  await send(c, 'translations/', { lang: 'ru' }, 'translations/new/');
  const old = c.item;
  c.item = Number(c.item) + 1;
  await c.send(`/admin/items/${old}/`, `/admin/items/${old}/`, { body: 'Newer.' });
}
const unsaved = (page) => async (c) => {
  if (page !== NEW) await aDraft(c);
  const at = page === NEW ? NEW : below(c);
  await c.post(`${at}working/`, { ...await c.form(at, at), ...c.text() });
};
const said = (word, fields) => async (c) => {
  await aDraft(c);
  await send(c, word, fields);
};
async function number(c, list, pattern) {
  c.number = unescape(pattern.exec((await c.who.get(list)).body)[1]);
}
async function aSection(c) {
  const name = c.fresh();
  await c.send('/admin/sections/new/', '/admin/sections/new/', { slug: name, 'name-en': name });
  await number(c, '/admin/sections/', new RegExp(`/admin/sections/(\\d+)/">${name}<`));
}
async function aPerson(c) {
  const login = c.fresh();
  await c.send('/admin/people/new/', '/admin/people/new/', { login, name: login, role: 'author' });
  await number(c, '/admin/people/', new RegExp(`/admin/people/(\\d+)/">${login}<`));
}
async function aFactor(c) {
  const { body } = await c.send(`${ACCOUNT}factor/`, `${ACCOUNT}factor/`, { current: c.password });
  c.secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(body)[1].replaceAll(' ', '');
  return body;
}
const aPasskey = async (c) => (await c.send(`${ACCOUNT}passkeys/`, `${ACCOUNT}passkeys/`, { name: 'Key', current: c.password })).body;
const aToken = (c) => c.send(`${ACCOUNT}tokens/`, `${ACCOUNT}tokens/`, { name: c.fresh(), scope: 'read', life: '7', current: c.password });

// ---- a photo ----

const PHOTO = '/admin/photos/1/';
const photo = () => [1];
const photoMost = {
  credit: 500, creator: 500, caption: 2000, alt: 2000, copyright: 500, headline: 500, source: 500, organisation: 500,
  credit_url: 2000, taken_at: 40, usage: 2000, licence: 500, licence_url: 2000, acquire_url: 2000, expires_at: 40,
};
const offSite = async (c) => {
  if (!(await c.who.get(PHOTO)).body.includes('/reinstate/')) await c.send(PHOTO, `${PHOTO}withdraw/`, { reason: 'Because.' });
};
const onSite = async (c) => {
  if ((await c.who.get(PHOTO)).body.includes('/reinstate/')) await c.send(PHOTO, `${PHOTO}reinstate/`, {});
};

// ---- the forms ----

const bare = () => ({});
const own = (c) => ({ current: c.password });
const translations = { at: item, page: (c) => below(c, 'translations/') };
const onSections = { page: () => '/admin/sections/' };
const sectionMost = { slug: 80, 'name-en': 120, 'name-ru': 120 };
export const forms = {
  '/admin/sign-in/': { as: 'stranger', tries: true, right: (c) => ({ login: c.login, password: c.password }), most: { login: 100, password: 1024 } },
  '/admin/sign-in/code/': { as: 'waiting', tries: true, right: (c) => ({ code: c.recovery() }), most: { code: 100 } },
  '/admin/sign-in/passkey/': { as: 'stranger', tries: true, page: () => '/admin/sign-in/', right: bare, ok: 422 },
  '/admin/sign-out/': { as: 'leaving', page: () => ACCOUNT, right: bare },
  '/admin/account/sessions/': { page: () => ACCOUNT, make: (c) => c.signInAgain(), right: bare },
  '/admin/account/language/': { page: () => ACCOUNT, right: () => ({ language: 'en' }) },
  '/admin/account/password/': { tries: true, right: (c) => ({ ...own(c), password: c.password, repeated: c.password }), most: { current: 1024, password: 1024, repeated: 1024 } },
  '/admin/account/factor/': { tries: true, right: own, ok: 200, most: { current: 1024 } },
  '/admin/account/factor/code/': { login: 'dora', tries: true, shown: aFactor, right: (c) => ({ code: c.code() }), ok: 200, most: { code: 20 } },
  '/admin/account/passkeys/': { tries: true, right: (c) => ({ ...own(c), name: c.fresh() }), ok: 200, most: { name: 100, current: 1024 } },
  '/admin/account/passkeys/new/': { tries: true, shown: aPasskey, right: bare, ok: 422 },
  '/admin/account/passkeys/:number/': { at: () => [1], fields: bare, right: own, ok: 404 },
  '/admin/account/tokens/': { tries: true, right: (c) => ({ ...own(c), name: c.fresh(), scope: 'read', life: '7' }), ok: 200, most: { name: 100, current: 1024 } },
  '/admin/account/tokens/end/': { page: () => `${ACCOUNT}tokens/`, make: aToken, right: bare },

  '/admin/photos/batch/': { page: () => '/admin/photos/batch/?ids=1,2', right: (c) => ({ 'caption-1': c.fresh() }), most: { creator: 500, copyright: 500, organisation: 500, usage: 2000, 'caption-1': 2000, 'alt-1': 2000, 'credit-1': 500, 'caption-2': 2000 } },
  '/admin/photos/:number/': { at: photo, right: (c) => ({ caption: c.fresh() }), most: photoMost },
  '/admin/photos/:number/withdraw/': { make: onSite, at: photo, page: () => PHOTO, right: (c) => ({ reason: c.fresh() }), most: { reason: 2000 } },
  '/admin/photos/:number/reinstate/': { make: offSite, at: photo, page: () => PHOTO, right: bare },

  '/admin/people/new/': { right: (c) => ({ login: c.fresh(), name: 'N', role: 'author' }), ok: 200, most: { login: 100, name: 200 } },
  '/admin/people/:number/': { make: aPerson, at: (c) => [c.number], right: (c) => ({ name: c.fresh(), role: 'author' }), most: { name: 200 } },
  '/admin/people/:number/reset/': { make: aPerson, at: (c) => [c.number], page: (c) => `/admin/people/${c.number}/`, right: () => ({ do: 'password' }), ok: 200 },

  '/admin/sections/new/': { right: (c) => ({ slug: c.fresh(), 'name-en': 'N', 'name-ru': 'N', parent: '' }), most: sectionMost },
  '/admin/sections/up/': { ...onSections, make: aSection, right: (c) => ({ id: c.number }) },
  '/admin/sections/down/': { ...onSections, make: aSection, right: (c) => ({ id: c.section }) },
  '/admin/sections/:number/': { make: aSection, at: (c) => [c.number], right: (c) => ({ slug: c.fresh(), 'name-en': 'N' }), most: sectionMost },
  '/admin/sections/:number/remove/': { make: aSection, at: (c) => [c.number], page: (c) => `/admin/sections/${c.number}/`, right: bare },
  '/admin/strings/': { page: () => '/admin/strings/?lang=en&key=latest', with: 'name="text"', right: (c) => ({ text: c.fresh(), do: 'save' }), most: { text: 1200 } },

  '/admin/items/': { make: aDraft, with: 'name="csrf"', right: (c) => ({ action: 'tag', bulk_tag: c.fresh(), [`item-${c.item}`]: '1' }), ok: 200, most: { reason: 2000, bulk_tag: 100 } },
  '/admin/items/new/': { right: (c) => c.text(), most: itemMost },
  '/admin/items/:number/': { make: aDraft, at: item, right: (c) => ({ body: c.fresh() }), most: itemMost },
  '/admin/items/:number/steps/ approve': { make: aDraft, at: item, with: 'value="approve"', right: () => ({ do: 'approve' }) },
  '/admin/items/:number/steps/ withdraw': { make: approved, at: item, with: 'value="withdraw"', right: (c) => ({ do: 'withdraw', reason: c.fresh() }), most: { reason: 2000, at: 40 } },
  '/admin/items/:number/copy/': { make: aDraft, at: item, page: (c) => below(c, 'steps/'), right: bare },
  '/admin/items/:number/history/': { make: twoVersions, at: item, page: (c) => below(c, 'diff/?old=2&new=1'), right: () => ({ do: 'restore' }) },
  '/admin/items/:number/translations/new/': { ...translations, make: aDraft, right: () => ({ lang: 'ru' }) },
  '/admin/items/:number/translations/link/': { ...translations, make: another, right: (c) => ({ other: c.other }), most: { other: 2000 } },
  '/admin/items/:number/translations/unlink/': { ...translations, make: linked, right: bare },
  '/admin/items/:number/translations/reflects/': { ...translations, make: source, right: bare },
  '/admin/items/:number/corrections/': { make: approved, at: item, right: (c) => ({ text: c.fresh(), sure: '1' }), most: { text: 4000 } },
  '/admin/items/:number/comments/': { make: aDraft, at: item, right: (c) => ({ text: c.fresh() }), most: { text: 4000 } },
  '/admin/items/:number/comments/resolve/': { make: said('comments/', { text: 'Look.' }), at: item, page: (c) => below(c, 'comments/'), right: bare },
  '/admin/items/:number/preview-links/': { make: aDraft, at: item, right: bare, ok: 200 },
  '/admin/items/:number/preview-links/revoke/': { make: said('preview-links/', {}), at: item, page: (c) => below(c, 'preview-links/'), right: bare },

  '/admin/items/new/working/': { fields: (c) => c.form(NEW, NEW), right: (c) => ({ ...c.text(), age: '1' }), ok: 200 },
  '/admin/items/:number/working/': { make: aDraft, at: item, fields: (c) => c.form(below(c), below(c)), right: (c) => ({ ...c.text(), age: '1' }), ok: 200 },
  '/admin/items/new/working/drop/': { make: unsaved(NEW), page: () => NEW, right: bare },
  '/admin/items/:number/working/drop/': { make: unsaved(), at: item, page: below, right: bare },
  '/admin/working/drop/': { make: unsaved(NEW), page: () => '/admin/', right: bare },
};

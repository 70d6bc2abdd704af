// What every door of the site must be, written down apart from the program's own tables:
// doors.test.mjs walks it against `byline routes`, and a row of routes.def that has no line
// here fails. How to add a line: docs/ADDING.md.
import { fieldsOf } from './staff.mjs';
import { multipart, photo as picture } from './uploads.mjs';

// ---- who may do what ----
// For rights about items, the states in which it may be done: D draft, R review, A approved,
// as [to one's own, to somebody else's]. An editor elsewhere than in the sections given is an
// author.
export const rights = {
  OWN_ACCOUNT: { author: true, editor: true, administrator: true },
  PEOPLE: { administrator: true },
  SECTIONS: { administrator: true },
  SETTINGS: { administrator: true },
  AUDIT: { administrator: true },
  ITEM_VIEW: { author: ['DRA', 'A'], editor: ['DRA', 'DRA'], administrator: ['DRA', 'DRA'] },
  ITEM_EDIT: { author: ['DA', ''], editor: ['DRA', 'DRA'], administrator: ['DRA', 'DRA'] },
  ITEM_CORRECT: { author: ['', ''], editor: ['DRA', 'DRA'], administrator: ['DRA', 'DRA'] },
  ITEM_LINK: { author: ['D', ''], editor: ['DRA', 'DRA'], administrator: ['DRA', 'DRA'] },
  ITEM_SUBMIT: { author: ['D', ''], editor: ['D', 'D'], administrator: ['D', 'D'] },
  ITEM_RECALL: { author: ['R', ''], editor: ['R', ''], administrator: ['R', ''] },
  ITEM_SEND_BACK: { author: ['', ''], editor: ['R', 'R'], administrator: ['R', 'R'] },
  ITEM_APPROVE: { author: ['', ''], editor: ['DR', 'DR'], administrator: ['DR', 'DR'] },
  ITEM_DISCARD: { author: ['D', ''], editor: ['DR', 'DR'], administrator: ['DR', 'DR'] },
  ITEM_WITHDRAW: { author: ['', ''], editor: ['DRA', 'DRA'], administrator: ['DRA', 'DRA'] },
  ITEM_REINSTATE: { author: ['', ''], editor: ['DRA', 'DRA'], administrator: ['DRA', 'DRA'] },
  // not about one item: for which there is some item at least
  ITEM_LIST: { author: true, editor: true, administrator: true },
  ITEM_CREATE: { author: true, editor: true, administrator: true },
  PHOTO_ADD: { author: true, editor: true, administrator: true },
  PHOTO_VIEW: { author: true, editor: true, administrator: true },
  PHOTO_EDIT: { editor: true, administrator: true }, // of a photo that somebody else brought
  PHOTO_WITHDRAW: { editor: true, administrator: true },
};

// ---- the doors ----
// A door that does several things stands here once for each, with a word behind its address.
//
// may     a right above; 'visitor': anybody, at the public door; 'local': the same from this
//         machine alone; 'sign-in': before anybody is known; 'link': whoever has the address
// gate    the right that the route's row asks for, where it is another one
// at      what stands for the : words, in order: (c) => [...]; c is the case, see below
// ask     WRITE: the fields of a form that is right, but for its token: (c) => ({...})
// by      'token': a door for programs; match: the version that If-Match names
// sends   instead of a form or JSON: async (c, fields) => ({headers, body})
// kept    WRITE: a form that comes too late is offered again with all that was typed
// ok      the status of what is done (READ 200, WRITE 303)
// leaves  WRITE: the action in the audit log, or null and why: it is none
// only    the states in which the item can have it done at all; in others it is answered 4xx
// first   what happens before: discard or withdraw the item, another one in Russian is made
//         (c.other), link it to that
// before  what else is done before: async (c) => ...
// as      the one role that does it when it may be done, where doing it is slow or once only
// shown   the test that does it, where it needs a device; it looks into the log too
// page    where its form stands, if not at its own address
// ends    the session is over afterwards
//
// c.who (a Staff), c.role, c.item, c.form (the item's form as it is now), c.public_id,
// c.fresh() a word nobody used, c.section, c.empty() a section that is empty, c.person() a
// person to be changed, c.password, c.admin, c.post(who, path, fields).
const item = (c) => [c.item];
const step = (word) => ({ kept: true, at: item, gate: 'ITEM_VIEW', leaves: word, ask: (c) => ({ do: word, version: c.form.base, reason: 'Because.', at: '', at_which: '' }) });
const bulk = (fields, leaves) => ({ gate: 'ITEM_EDIT', ok: 200, leaves, ask: (c) => ({ reason: '', move_to: '', bulk_tag: '', ...fields, [`item-${c.item}`]: c.form.base }) });
const person = (c) => [c.person()];
// Doors for programs: one's token instead of a session, JSON instead of a form.
const program = { by: 'token', at: (c) => [c.public_id] };
const apiStep = (word, may) => ({ ...program, may, ask: () => ({ reason: 'Because.' }), ok: 200, leaves: word });
const text = (c) => ({ lang: 'en', section: 'events', title: c.fresh(), lead: 'Lead.', body: 'Body.' });
// A text that the person typed and did not save; the first button of an item's page.
const typed = async (c) => {
  const blank = fieldsOf((await c.who.get('/admin/items/new/')).body, '/admin/items/new/');
  await c.post(c.who, '/admin/items/new/working/', { ...blank, title: c.fresh() });
  c.id = blank.draft;
};
const button = (page, fields) => async (c) => {
  const path = `/admin/items/${c.item}/${page}/`;
  const form = fieldsOf((await c.admin.get(path)).body, path);
  await c.post(c.admin, path, { ...form, csrf: form.csrf, ...fields });
  c.id = /name="id" value="(\d+)"/.exec((await c.admin.get(path)).body)[1];
};
const id = (c) => ({ id: c.id ?? '1' });
const photo = { at: () => [1] };
const PHOTO = '/admin/photos/1/', BATCH = '/admin/photos/batch/';
const sha256 = (c) => [/[0-9a-f]{64}/.exec(c.photo)[0]];
const formAt = async (c, page, action) => {
  const { csrf, ...fields } = fieldsOf((await c.admin.get(page)).body, action);
  return fields;
};
export const doors = {
  'GET /': { may: 'visitor' },
  'GET /news/': { may: 'visitor' },
  'GET /news/:year/': { may: 'visitor', at: () => [2026] },
  'GET /news/:year/:month/': { may: 'visitor', at: () => [2026, '03'] },
  'GET /news/:section/': { may: 'visitor', at: () => ['events'] },
  'GET /news/:section/:slug/': { may: 'visitor', at: () => ['events', 'events-0'] },
  'GET /corrections/': { may: 'visitor' },
  'GET /site.webmanifest': { may: 'visitor' },
  'GET /media/:rest': { may: 'visitor', at: () => ['no.jpg'], ok: 403 },
  'GET /healthz': { may: 'local' },
  'GET /metrics': { may: 'local' },

  'GET /admin/sign-in/': { may: 'sign-in' },
  'POST /admin/sign-in/': { may: 'sign-in', ask: () => ({ login: 'nobody', password: 'no password', to: '' }), ok: 422, leaves: 'password refused' },
  'GET /admin/sign-in/code/': { may: 'sign-in' },
  'POST /admin/sign-in/code/': { may: 'sign-in', ask: () => ({ code: '000000', to: '' }), ok: 422, leaves: null, why: 'nobody is known whose code it could be' },

  'POST /admin/sign-in/passkey/': { may: 'sign-in', page: '/admin/sign-in/', ask: () => ({}), ok: 422, leaves: 'passkey refused' },

  'GET /admin/': { may: 'OWN_ACCOUNT', ok: [200, 303] },
  'POST /admin/sign-out/': { may: 'OWN_ACCOUNT', ask: () => ({}), leaves: 'sign out', ends: true },
  'GET /admin/account/': { may: 'OWN_ACCOUNT' },
  'POST /admin/account/sessions/': { may: 'OWN_ACCOUNT', ask: (c) => ({ id: c.another() }), leaves: 'session end', as: 'editor' },
  'POST /admin/account/language/': { may: 'OWN_ACCOUNT', ask: () => ({ language: 'en' }), leaves: null, why: 'a cookie of one’s own browser' },
  'GET /admin/account/password/': { may: 'OWN_ACCOUNT' },
  'POST /admin/account/password/': { may: 'OWN_ACCOUNT', ask: (c) => ({ current: c.password, password: c.password, repeated: c.password }), leaves: 'password', ends: true, as: 'author' },
  'GET /admin/account/factor/': { may: 'OWN_ACCOUNT' },
  'POST /admin/account/factor/': { may: 'OWN_ACCOUNT', ask: (c) => ({ current: c.password }), ok: 200, leaves: 'factor begin', as: 'author' },
  'POST /admin/account/factor/code/': { may: 'OWN_ACCOUNT', ask: (c) => c.code(), ok: 200, leaves: 'factor add', as: 'elsewhere' },
  'GET /admin/account/passkeys/': { may: 'OWN_ACCOUNT' },
  'POST /admin/account/passkeys/': { may: 'OWN_ACCOUNT', ask: (c) => ({ current: c.password, name: 'Key' }), ok: 200, leaves: null, why: 'nothing is there before the device has answered', as: 'editor' },
  'POST /admin/account/passkeys/new/': { may: 'OWN_ACCOUNT', ask: () => ({ name: 'Key' }), leaves: 'passkey add', shown: 'tests/browser/passkey.test.mjs' },
  'GET /admin/account/passkeys/:number/': { may: 'OWN_ACCOUNT', at: () => [1], ok: 404 },
  'POST /admin/account/passkeys/:number/': { may: 'OWN_ACCOUNT', at: () => [1], ask: (c) => ({ current: c.password }), leaves: 'passkey remove', shown: 'tests/browser/passkey.test.mjs' },

  'GET /admin/account/tokens/': { may: 'OWN_ACCOUNT' },
  'POST /admin/account/tokens/': { may: 'OWN_ACCOUNT', ask: (c) => ({ name: 'A program', scope: 'read', life: '30', current: c.password }), ok: 200, leaves: 'token add', as: 'author' },
  'POST /admin/account/tokens/end/': { may: 'OWN_ACCOUNT', ask: (c) => ({ id: c.token ?? '1' }), leaves: 'token end', as: 'author' },

  'GET /admin/api/v1/openapi.json': { may: 'sign-in' },
  'GET /admin/api/v1/sections/': { ...program, may: 'ITEM_LIST' },
  'GET /admin/api/v1/items/': { ...program, may: 'ITEM_LIST' },
  'POST /admin/api/v1/items/': { ...program, may: 'ITEM_CREATE', ask: text, ok: 201, leaves: 'save' },
  'GET /admin/api/v1/items/:id': { ...program, may: 'ITEM_VIEW' },
  'PUT /admin/api/v1/items/:id': { ...program, may: 'ITEM_EDIT', ask: text, match: (c) => c.form.base, ok: 200, leaves: 'save' },
  'GET /admin/api/v1/items/:id/revisions/': { ...program, may: 'ITEM_VIEW' },
  'GET /admin/api/v1/items/:id/revisions/:number': { ...program, may: 'ITEM_VIEW', at: (c) => [c.public_id, 1] },
  'POST /admin/api/v1/items/:id/submit': apiStep('submit', 'ITEM_SUBMIT'),
  'POST /admin/api/v1/items/:id/recall': apiStep('recall', 'ITEM_RECALL'),
  'POST /admin/api/v1/items/:id/send-back': apiStep('send-back', 'ITEM_SEND_BACK'),
  'POST /admin/api/v1/items/:id/approve': apiStep('approve', 'ITEM_APPROVE'),
  'POST /admin/api/v1/items/:id/withdraw': { ...apiStep('withdraw', 'ITEM_WITHDRAW'), only: 'A' },
  'POST /admin/api/v1/items/:id/reinstate': { ...apiStep('reinstate', 'ITEM_REINSTATE'), first: 'withdraw', only: 'A' },
  'POST /admin/api/v1/items/:id/discard': apiStep('discard', 'ITEM_DISCARD'),
  'POST /admin/api/v1/items/:id/undiscard': { ...apiStep('undiscard', 'ITEM_DISCARD'), first: 'discard', only: 'D' },

  'GET /admin/photos/': { may: 'PHOTO_VIEW' },
  'GET /admin/photos/batch/': { may: 'PHOTO_VIEW', query: '?ids=1,2' },
  'POST /admin/photos/batch/': { may: 'PHOTO_EDIT', gate: 'PHOTO_VIEW', kept: true, leaves: 'photo change', ask: async (c) => ({ ...await formAt(c, `${BATCH}?ids=2`, BATCH), 'caption-2': c.fresh() }) },
  'GET /admin/photos/:number/': { ...photo, may: 'PHOTO_VIEW' },
  'POST /admin/photos/:number/': { ...photo, may: 'PHOTO_EDIT', gate: 'PHOTO_VIEW', kept: true, leaves: 'photo change', ask: async (c) => ({ ...await formAt(c, PHOTO, PHOTO), caption: c.fresh() }) },
  'POST /admin/photos/:number/withdraw/': { ...photo, may: 'PHOTO_WITHDRAW', kept: true, leaves: 'photo withdraw', before: (c) => c.post(c.admin, `${PHOTO}reinstate/`, {}), ask: () => ({ reason: 'Because.' }) },
  'POST /admin/photos/:number/reinstate/': { ...photo, may: 'PHOTO_WITHDRAW', leaves: 'photo reinstate', before: (c) => c.post(c.admin, `${PHOTO}withdraw/`, { reason: 'Because.' }), ask: () => ({}) },
  'GET /admin/photos/:number/media/:rest': { may: 'PHOTO_VIEW', at: () => [1, 'card-480.jpg'] },
  'GET /admin/photos/:number/original/': { ...photo, may: 'PHOTO_VIEW' },
  'GET /admin/photos/:number/edited/': { ...photo, may: 'PHOTO_VIEW' },

  'GET /admin/photos/new/': { may: 'PHOTO_ADD' },
  'POST /admin/photos/new/': { may: 'PHOTO_ADD', leaves: 'photo add', ask: () => ({}), sends: (c, fields) => multipart([...Object.entries(fields), ['photo', ['a.jpg', picture(c.fresh())]]]) },
  'GET /admin/api/v1/photos/': { ...program, may: 'PHOTO_VIEW' },
  'POST /admin/api/v1/photos/': { ...program, may: 'PHOTO_ADD', ok: 201, leaves: 'photo add', ask: () => ({}), sends: (c) => ({ headers: { 'content-type': 'image/jpeg' }, body: picture(c.fresh()) }) },
  'GET /admin/api/v1/photos/may-add': { ...program, may: 'PHOTO_ADD' },
  'GET /admin/api/v1/photos/:sha256': { ...program, may: 'PHOTO_VIEW', at: sha256 },
  'PUT /admin/api/v1/photos/:sha256': { ...program, may: 'PHOTO_EDIT', at: sha256, ask: (c) => ({ ...c.texts(), caption: c.fresh() }), match: (c) => c.texts().version, ok: 200, leaves: 'photo change' },
  'GET /admin/api/v1/photos/:sha256/uses/': { ...program, may: 'PHOTO_VIEW', at: sha256 },
  'GET /admin/api/v1/photos/:sha256/original': { ...program, may: 'PHOTO_VIEW', at: sha256 },
  'GET /admin/api/v1/photos/:sha256/edited': { ...program, may: 'PHOTO_VIEW', at: sha256 },
  'POST /admin/api/v1/photos/:sha256/withdraw': { ...program, may: 'PHOTO_WITHDRAW', at: sha256, before: (c) => c.post(c.admin, `${c.texts().page}reinstate/`, {}), ask: () => ({ reason: 'Because.' }), ok: 200, leaves: 'photo withdraw' },
  'POST /admin/api/v1/photos/:sha256/reinstate': { ...program, may: 'PHOTO_WITHDRAW', at: sha256, before: (c) => c.post(c.admin, `${c.texts().page}withdraw/`, { reason: 'Because.' }), ask: () => ({}), ok: 200, leaves: 'photo reinstate' },

  'GET /admin/people/': { may: 'PEOPLE' },
  'GET /admin/people/new/': { may: 'PEOPLE' },
  'POST /admin/people/new/': { may: 'PEOPLE', kept: true, ask: (c) => ({ login: c.fresh(), name: 'N', role: 'author' }), ok: 200, leaves: 'person add' },
  'GET /admin/people/:number/': { may: 'PEOPLE', at: person },
  'POST /admin/people/:number/': { may: 'PEOPLE', kept: true, at: person, ask: (c) => ({ name: c.fresh(), role: 'author' }), leaves: 'person change' },
  'POST /admin/people/:number/reset/': { may: 'PEOPLE', at: person, ask: () => ({ do: 'factor' }), leaves: 'factor reset' },

  'GET /admin/sections/': { may: 'SECTIONS' },
  'GET /admin/sections/new/': { may: 'SECTIONS' },
  'POST /admin/sections/new/': { may: 'SECTIONS', kept: true, ask: (c) => ({ slug: c.fresh(), 'name-en': 'N', 'name-ru': '', parent: '' }), leaves: 'section add' },
  'POST /admin/sections/up/': { may: 'SECTIONS', ask: (c) => ({ id: c.empty() }), leaves: 'section change' },
  'POST /admin/sections/down/': { may: 'SECTIONS', ask: (c) => ({ id: c.section }), leaves: 'section change' },
  'GET /admin/sections/:number/': { may: 'SECTIONS', at: (c) => [c.section] },
  'POST /admin/sections/:number/': { may: 'SECTIONS', kept: true, at: (c) => [c.empty()], ask: (c) => ({ slug: c.fresh(), 'name-en': 'N', 'name-ru': '', parent: '' }), leaves: 'section change' },
  'POST /admin/sections/:number/remove/': { may: 'SECTIONS', at: (c) => [c.empty()], ask: () => ({}), leaves: 'section remove' },
  'GET /admin/strings/': { may: 'SETTINGS' },
  'POST /admin/strings/': { may: 'SETTINGS', kept: true, ask: (c) => ({ lang: 'en', key: 'latest', text: c.fresh(), do: 'save' }), leaves: 'words' },
  'GET /admin/audit/': { may: 'AUDIT' },

  'GET /admin/items/': { may: 'ITEM_LIST' },
  'GET /admin/calendar/': { may: 'ITEM_LIST', ok: 303 },
  'GET /admin/calendar/:year/:month/': { may: 'ITEM_LIST', at: () => [2026, '03'] },
  'POST /admin/items/ approve': { may: 'ITEM_APPROVE', ...bulk({ action: 'approve' }, 'approve') },
  'POST /admin/items/ withdraw': { may: 'ITEM_WITHDRAW', ...bulk({ action: 'withdraw', reason: 'Because.' }, 'withdraw'), only: 'A' },
  'POST /admin/items/ tag': { may: 'ITEM_EDIT', ...bulk({ action: 'tag', bulk_tag: 'a tag' }, 'save') },
  'GET /admin/items/new/': { may: 'ITEM_CREATE' },
  'POST /admin/items/new/': { may: 'ITEM_CREATE', kept: true, ask: (c) => c.draft(), leaves: 'save' },
  'GET /admin/items/:number/': { may: 'ITEM_VIEW', at: item, ok: [200, 303] },
  'POST /admin/items/:number/': { may: 'ITEM_EDIT', kept: true, at: item, ask: (c) => ({ ...c.form, body: c.fresh() }), leaves: 'save' },
  'GET /admin/items/new/photos/': { may: 'ITEM_CREATE' },
  'GET /admin/items/:number/photos/': { may: 'ITEM_EDIT', at: item },
  'GET /admin/items/:number/steps/': { may: 'ITEM_VIEW', at: item },
  'POST /admin/items/:number/steps/ submit': { may: 'ITEM_SUBMIT', ...step('submit') },
  'POST /admin/items/:number/steps/ recall': { may: 'ITEM_RECALL', ...step('recall') },
  'POST /admin/items/:number/steps/ send-back': { may: 'ITEM_SEND_BACK', ...step('send-back') },
  'POST /admin/items/:number/steps/ approve': { may: 'ITEM_APPROVE', ...step('approve') },
  'POST /admin/items/:number/steps/ discard': { may: 'ITEM_DISCARD', ...step('discard') },
  'POST /admin/items/:number/steps/ undiscard': { may: 'ITEM_DISCARD', ...step('undiscard'), first: 'discard', only: 'D' },
  'POST /admin/items/:number/steps/ withdraw': { may: 'ITEM_WITHDRAW', ...step('withdraw'), only: 'A' },
  'POST /admin/items/:number/steps/ reinstate': { may: 'ITEM_REINSTATE', ...step('reinstate'), first: 'withdraw', only: 'A' },
  'POST /admin/items/:number/copy/': { may: 'ITEM_VIEW', gate: 'ITEM_CREATE', at: item, ask: () => ({}), leaves: 'save' },
  'GET /admin/items/:number/history/': { may: 'ITEM_VIEW', at: item },
  'POST /admin/items/:number/history/': { may: 'ITEM_EDIT', at: item, ask: (c) => ({ do: 'restore', number: '1', version: c.form.base }), leaves: 'save' },
  'GET /admin/items/:number/translations/': { may: 'ITEM_VIEW', at: item },
  'POST /admin/items/:number/translations/new/': { may: 'ITEM_VIEW', gate: 'ITEM_CREATE', at: item, ask: () => ({ lang: 'ru' }), leaves: 'translate' },
  'POST /admin/items/:number/translations/link/': { may: 'ITEM_LINK', kept: true, at: item, first: 'another', ask: (c) => ({ other: c.other ?? '/ru/' }), leaves: 'link' },
  'POST /admin/items/:number/translations/unlink/': { may: 'ITEM_LINK', at: item, first: 'link', ask: () => ({}), leaves: 'unlink' },
  'POST /admin/items/:number/translations/reflects/': { may: 'ITEM_EDIT', at: item, first: 'link', ask: () => ({ number: '1' }), leaves: 'reflects' },
  'GET /admin/items/:number/corrections/': { may: 'ITEM_VIEW', at: item },
  'POST /admin/items/:number/corrections/': { may: 'ITEM_CORRECT', kept: true, at: item, only: 'A', ask: (c) => ({ text: c.fresh(), sure: '1' }), leaves: 'correct' },
  'GET /admin/items/new/working/': { may: 'ITEM_CREATE' },
  'POST /admin/items/new/working/': { may: 'ITEM_CREATE', ask: (c) => c.draft(), ok: 200, leaves: null, why: 'kept for its writer alone, every few seconds' },
  'POST /admin/items/new/working/drop/': { may: 'ITEM_CREATE', before: typed, ask: id, leaves: 'throw away' },
  'GET /admin/items/:number/working/': { may: 'ITEM_EDIT', at: item },
  'POST /admin/items/:number/working/': { may: 'ITEM_EDIT', at: item, ask: (c) => c.form, ok: 200, leaves: null, why: 'kept for its writer alone, every few seconds' },
  'POST /admin/items/:number/working/drop/': { may: 'OWN_ACCOUNT', at: () => [1], before: typed, ask: id, leaves: 'throw away', as: 'editor' },
  'POST /admin/working/drop/': { may: 'OWN_ACCOUNT', before: typed, ask: id, leaves: 'throw away', as: 'editor' },
  'GET /admin/items/:number/comments/': { may: 'ITEM_VIEW', at: item },
  'POST /admin/items/:number/comments/': { may: 'ITEM_VIEW', kept: true, at: item, ask: (c) => ({ text: c.fresh() }), leaves: 'comment' },
  'POST /admin/items/:number/comments/resolve/': { may: 'ITEM_EDIT', at: item, before: button('comments', { text: 'Look.' }), ask: id, leaves: 'resolve comment' },
  'GET /admin/items/:number/preview-links/': { may: 'ITEM_EDIT', at: item },
  'POST /admin/items/:number/preview-links/': { may: 'ITEM_EDIT', at: item, ask: () => ({ revision: '0', hours: '24' }), ok: 200, leaves: 'preview link' },
  'POST /admin/items/:number/preview-links/revoke/': { may: 'ITEM_EDIT', at: item, before: button('preview-links', {}), ask: id, leaves: 'revoke preview link' },
  'GET /admin/preview/:slug/': { may: 'link', leaves: 'open preview', shown: 'tests/http/together.test.mjs' },
  'GET /admin/items/:number/diff/': { may: 'ITEM_VIEW', at: item, query: '?old=1&new=1' },
  'GET /admin/preview/:slug/media/:rest': { may: 'link', leaves: 'open preview', shown: 'tests/http/together.test.mjs' },
  'GET /admin/items/:number/revisions/:number/media/:rest': { may: 'ITEM_VIEW', at: (c) => [c.item, 1, 'no.jpg'], ok: 404 },
  'GET /admin/items/:number/preview/': { may: 'ITEM_VIEW', at: item },
  'GET /admin/items/:number/revisions/:number/': { may: 'ITEM_VIEW', at: (c) => [c.item, 1] },
};

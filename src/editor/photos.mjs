// An item's photos in its text: pictures instead of "photo:2", a dialog to choose one,
// and files that are pasted or dropped. static/js/photos.js, which has the photos of the
// form, talks with the editor by events of the text area and by `byline` of its element.
import { TextSelection } from 'prosemirror-state';
import { schema } from './schema.mjs';

const { image, paragraph } = schema.nodes;

const numberOf = (src) => Number(/^photo:(\d+)$/.exec(src)?.[1] ?? 0);

// The photos of the form, or null on a page without.
export const photosOf = (area) =>
  area.form.querySelector('.js-photos')?.byline ?? null;

const element = (name, fields, ...children) => {
  const made = Object.assign(document.createElement(name), fields);
  made.append(...children);
  return made;
};

// How an image looks in the text: the picture with its credit, or what is written where
// there is no such photo.
export class PhotoView {
  constructor(node, area) {
    this.area = area;
    this.dom = element('span', { className: 'prose-photo' });
    this.dom.dataset.image = JSON.stringify(node.attrs);
    this.show(node);
    this.again = () => this.show(this.node);
    area.addEventListener('photos-changed', this.again);
  }

  show(node) {
    this.node = node;
    const { src, alt } = node.attrs;
    const photo = photosOf(this.area)
      ?.photos()
      .find(({ n }) => n === numberOf(src));
    this.dom.classList.toggle('shown', Boolean(photo));
    if (!photo) return this.dom.replaceChildren(`![${alt}](${src})`);
    const picture = element('img', { src: photo.picture, alt: photo.name });
    const credit = element('span', { className: 'credit', textContent: photo.credit });
    return this.dom.replaceChildren(picture, `${photo.n}. `, credit);
  }

  update(node) {
    if (node.type !== image) return false;
    this.dom.dataset.image = JSON.stringify(node.attrs);
    this.show(node);
    return true;
  }

  ignoreMutation() {
    return true;
  }

  destroy() {
    this.area.removeEventListener('photos-changed', this.again);
  }
}

// ---- in the document ----

// Other numbers: to[n] is the new one. Nothing that can be undone: the photos are not.
export function renumber({ state, dispatch }, to) {
  const { tr } = state;
  state.doc.descendants((node, pos) => {
    const n = node.type === image ? to[numberOf(node.attrs.src)] : undefined;
    if (n) tr.setNodeMarkup(pos, null, { ...node.attrs, src: `photo:${n}` }, node.marks);
  });
  if (tr.docChanged) dispatch(tr.setMeta('addToHistory', false));
}

// A photo in a paragraph of its own behind the block of the text at a position, or in its
// place when that is empty.
export function insert({ state, dispatch }, n, at = state.selection.to) {
  const { tr } = state;
  const $at = state.doc.resolve(at);
  const made = paragraph.create(null, image.create({ src: `photo:${n}` }));
  const isEmpty =
    $at.depth === 1 && $at.parent.type === paragraph && $at.parent.childCount === 0;
  const behind = $at.depth > 0 ? $at.after(1) : at;
  if (isEmpty) tr.replaceWith($at.before(1), behind, made);
  else tr.insert(behind, made);
  const end = tr.mapping.map(behind);
  if (end === tr.doc.content.size) tr.insert(end, paragraph.create());
  tr.setSelection(TextSelection.near(tr.doc.resolve(end)));
  dispatch(tr.scrollIntoView());
}

// Where a photo is dropped from the form's list.
export function dropped(view, event, photos) {
  const n = Number(event.dataTransfer?.getData(photos?.kind ?? 'none'));
  if (!n) return false;
  const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
  event.preventDefault();
  if (at && !photos.isNamed(n)) insert(view, n, at.pos);
  return true;
}

// Files: they come to the newsroom first, then each stands where they were dropped or
// pasted, as far as that is still there.
export function takeFiles(view, event, transfer, photos) {
  const files = photos?.picturesOf(transfer) ?? [];
  if (files.length === 0) return false;
  const { clientX: left, clientY: top } = event; // of a drop
  const at = left === undefined ? null : view.posAtCoords({ left, top });
  event.preventDefault();
  if (at)
    view.dispatch(
      view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))),
    );
  photos.uploadInto(files);
  return true;
}

// ---- choosing one ----

export class PhotoDialog {
  // dialog: templates/admin/prose.tpl
  constructor(dialog, area) {
    Object.assign(this, { dialog, area, list: dialog.querySelector('ul') });
    dialog.addEventListener('click', ({ target }) => {
      const button = target.closest('button');
      if (button) this.answer(button);
    });
  }

  ask(done, closed) {
    const photos = photosOf(this.area);
    const free = photos.photos().filter(({ n }) => !photos.isNamed(n));
    this.done = done;
    this.list.replaceChildren(...free.map((photo) => this.choice(photo)));
    this.dialog.querySelector('.empty').hidden = free.length > 0;
    this.dialog.addEventListener('close', closed, { once: true });
    this.dialog.showModal();
  }

  choice({ n, picture, name }) {
    const button = element(
      'button',
      { type: 'button', className: 'second', value: String(n) },
      element('img', { src: picture, alt: '' }),
      `${n}. ${name}`,
    );
    return element('li', {}, button);
  }

  answer({ value }) {
    this.dialog.close();
    if (Number(value)) this.done(Number(value));
  }
}

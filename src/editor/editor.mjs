// The editor around one text area. The text area stays what the form sends; while the
// visual text is open it is hidden and follows it.
import { baseKeymap } from 'prosemirror-commands';
import { gapCursor } from 'prosemirror-gapcursor';
import { history } from 'prosemirror-history';
import {
  inputRules,
  textblockTypeInputRule,
  wrappingInputRule,
} from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { parse, read, write } from './body.mjs';
import { WordCount } from './count.mjs';
import { LinkDialog } from './link_dialog.mjs';
import { clean } from './paste.mjs';
import {
  PhotoDialog,
  PhotoView,
  dropped,
  insert,
  photosOf,
  renumber,
  takeFiles,
} from './photos.mjs';
import { schema } from './schema.mjs';
import { Toolbar } from './toolbar.mjs';
import { keys, linkAt, setLink, tools } from './tools.mjs';

const FOLLOW_MS = 150;
const KEPT_MODE = 'prose-mode';

// The signs of Markdown at the beginning of a line do what they mean.
const rules = inputRules({
  rules: [
    wrappingInputRule(/^\s*>\s$/, schema.nodes.blockquote),
    wrappingInputRule(/^(\d+)\.\s$/, schema.nodes.ordered_list, ([, n]) => ({
      order: Number(n),
    })),
    wrappingInputRule(/^\s*[-*]\s$/, schema.nodes.bullet_list),
    textblockTypeInputRule(/^(#{1,6})\s$/, schema.nodes.heading, ([, signs]) => ({
      level: signs.length,
    })),
  ],
});

// Which way the person chose last; a browser may keep nothing.
const remembered = {
  get isText() {
    try {
      return localStorage.getItem(KEPT_MODE) === 'text';
    } catch {
      return false;
    }
  },
  set isText(is) {
    try {
      localStorage.setItem(KEPT_MODE, is ? 'text' : 'visual');
    } catch {
      /* not kept */
    }
  },
};

const plugins = (editor) => [
  history(),
  rules,
  keymap(
    keys(
      () => editor.askForLink(),
      () => editor.isLeaving,
    ),
  ),
  keymap(baseKeymap),
  gapCursor(),
];

const plainText = (doc) => doc.textBetween(0, doc.content.size, ' ', ' ');

export class Editor {
  // root: what templates/admin/prose.tpl made around the text area.
  constructor(root) {
    const part = (name) => root.querySelector(`[data-part=${name}]`);
    this.area = root.querySelector('textarea');
    this.place = part('place');
    this.note = part('note');
    this.hint = part('keys');
    this.signs = document.getElementById(`${this.area.id}-hint`); // of Markdown
    this.modes = [...root.querySelectorAll('[data-mode]')];
    this.count = new WordCount(part('count'), part('spoken'));
    this.toolbar = new Toolbar(part('tools'), (name) => this.press(name));
    this.dialog = new LinkDialog(part('link'));
    this.photoDialog = new PhotoDialog(part('photo'), this.area);
    this.isLeaving = false;
    part('foot').hidden = false;
    this.listen();
    this.open(!remembered.isText);
  }

  listen() {
    const { area, modes } = this;
    for (const button of modes)
      button.addEventListener('click', () =>
        this.change(button.dataset.mode === 'visual'),
      );
    area.form.addEventListener('submit', () => this.follow(), true);
    area.form.addEventListener('formdata', ({ formData }) => {
      if (this.follow()) formData.set(area.name, area.value);
    });
    for (const label of area.labels)
      label.addEventListener('click', () => this.view?.focus());
    area.addEventListener('input', () => this.areaChanged());
    for (const [kind, run] of [
      ['photos-renumbered', renumber],
      ['photos-insert', insert],
    ])
      area.addEventListener(kind, (event) => {
        if (!this.view) return;
        event.preventDefault();
        run(this.view, event.detail);
      });
    this.toolbar.element.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') this.view.focus();
    });
  }

  // ---- the two ways of editing ----

  change(isVisual) {
    remembered.isText = !isVisual;
    this.open(isVisual);
    (this.view ?? this.area).focus();
  }

  // Shows the text visually where that loses nothing, else as it stands.
  open(isVisual) {
    this.follow();
    const now = isVisual ? this.stateOfArea() : null;
    this.view?.destroy();
    this.view = now && this.makeView(now);
    const isOpen = this.view !== null;
    this.area.hidden = isOpen;
    this.note.hidden = isOpen || !isVisual;
    if (this.signs) this.signs.hidden = isOpen;
    for (const part of [this.toolbar.element, this.place, this.hint])
      part.hidden = !isOpen;
    for (const button of this.modes)
      button.hidden = (button.dataset.mode === 'visual') === isOpen;
    this.show();
  }

  // The state as it was left, with all that can be undone, unless the text is another.
  stateOfArea() {
    if (this.state && this.written === this.area.value) return this.state;
    const found = read(this.area.value);
    if (!found) return null;
    this.sources = found.sources;
    this.written = this.area.value;
    this.writtenDoc = found.doc;
    return EditorState.create({ doc: found.doc, plugins: plugins(this) });
  }

  makeView(state) {
    const { area, hint } = this;
    const [label] = area.labels;
    label.id ||= `${area.id}-label`;
    hint.id ||= `${area.id}-keys`;
    return new EditorView(this.place, {
      state,
      attributes: {
        class: 'prose-text',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-labelledby': label.id,
        'aria-describedby':
          `${area.getAttribute('aria-describedby') ?? ''} ${hint.id}`.trim(),
        'aria-invalid': area.getAttribute('aria-invalid') ?? 'false',
        'aria-required': area.getAttribute('aria-required') ?? 'false',
      },
      transformPastedHTML: clean,
      nodeViews: { image: (node) => new PhotoView(node, area) },
      handlePaste: (view, event) =>
        takeFiles(view, event, event.clipboardData, photosOf(area)),
      handleDrop: (view, event, _, isMoved) =>
        !isMoved &&
        (dropped(view, event, photosOf(area)) ||
          takeFiles(view, event, event.dataTransfer, photosOf(area))),
      handleDOMEvents: {
        keydown: (_, event) => this.keyDown(event),
        blur: () => this.follow(),
      },
      dispatchTransaction: (transaction) => this.apply(transaction),
    });
  }

  // ---- the text area follows ----

  apply(transaction) {
    this.state = this.view.state.apply(transaction);
    this.view.updateState(this.state);
    if (transaction.docChanged) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.follow(), FOLLOW_MS);
    }
    this.show();
  }

  // Writes what has changed into the text area, as if it had been typed there. A text
  // that was only looked at stays as it is, to the byte. Was there anything to write?
  follow() {
    if (!this.view || this.view.state.doc === this.writtenDoc) return false;
    this.writtenDoc = this.view.state.doc;
    this.written = write(this.writtenDoc, this.sources);
    this.area.value = this.written;
    this.area.dispatchEvent(new Event('input', { bubbles: true }));
    return true;
  }

  // By somebody's typing, or by another script.
  areaChanged() {
    if (this.view && this.area.value !== this.written) {
      this.view.destroy();
      this.view = null;
      this.open(true);
    }
    if (!this.view) this.show();
  }

  show() {
    if (!this.view) return this.count.set(plainText(parse(this.area.value)));
    const { state } = this.view;
    this.count.set(plainText(state.doc));
    return this.toolbar.show((name) => ({
      isOn: tools[name].is?.(state),
      isPossible: tools[name].run(state),
    }));
  }

  // ---- buttons and keys ----

  press(name) {
    if (name === 'link') this.askForLink();
    else if (name === 'photo') this.askForPhoto();
    else {
      tools[name].run(this.view.state, this.view.dispatch);
      this.view.focus();
    }
  }

  keyDown(event) {
    if (event.key === 'F10' && event.altKey) {
      this.toolbar.focus();
      event.preventDefault();
      return true;
    }
    if (!['Tab', 'Shift'].includes(event.key)) this.isLeaving = event.key === 'Escape';
    return false;
  }

  askForLink() {
    const { view } = this;
    const found = linkAt(view.state);
    this.dialog.ask(
      found.href,
      (href) => setLink(found, href)(view.state, view.dispatch),
      () => view.focus(),
    );
    return true;
  }

  askForPhoto() {
    const { view } = this;
    this.photoDialog.ask(
      (n) => insert(view, n),
      () => view.focus(),
    );
  }
}

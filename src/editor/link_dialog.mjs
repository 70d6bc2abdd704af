// Asks for a link's address in a <dialog> of the page.
import { completed } from './link.mjs';

export class LinkDialog {
  constructor(dialog) {
    this.dialog = dialog;
    this.input = dialog.querySelector('input');
    this.problem = dialog.querySelector('.problem');
    dialog.addEventListener(
      'click',
      ({ target }) => target.closest('button') && this.answer(target.value),
    );
    // The dialog lies in the form of the item: Enter must not send that.
    dialog.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.target !== this.input) return;
      event.preventDefault();
      this.answer('set');
    });
  }

  // href: the address now, or ''. done(href) is called unless the person cancels, with ''
  // for no link; after it, or after cancelling, closed().
  ask(href, done, closed) {
    this.done = done;
    this.input.value = href;
    this.say(false);
    this.dialog.querySelector('[value=remove]').hidden = href === '';
    this.dialog.addEventListener('close', closed, { once: true });
    this.dialog.showModal();
    this.input.select();
  }

  say(isWrong) {
    this.problem.hidden = !isWrong;
    this.input.setAttribute('aria-invalid', isWrong);
    if (isWrong) this.input.focus();
  }

  answer(what) {
    const href =
      what === 'set' && this.input.value.trim() !== '' ? completed(this.input.value) : '';
    if (what === 'cancel') return this.dialog.close();
    if (href === null) return this.say(true);
    this.dialog.close();
    return this.done(href);
  }
}

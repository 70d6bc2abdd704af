// The row of buttons: one stop for Tab, arrows within (ARIA practices, toolbar).

const steps = { ArrowRight: 1, ArrowLeft: -1 };

export class Toolbar {
  // element: role="toolbar", its buttons with data-do; run(name): a button was pressed.
  constructor(element, run) {
    this.element = element;
    this.buttons = [...element.querySelectorAll('button')];
    this.buttons.forEach((button, i) => {
      button.tabIndex = i === 0 ? 0 : -1;
    });
    element.addEventListener('keydown', (event) => this.move(event));
    element.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (button && button.getAttribute('aria-disabled') !== 'true')
        run(button.dataset.do);
    });
    // The selection in the text stays where it is.
    element.addEventListener('mousedown', (event) => event.preventDefault());
  }

  focus() {
    this.buttons.find((button) => button.tabIndex === 0).focus();
  }

  move(event) {
    const n = this.buttons.length,
      now = this.buttons.indexOf(document.activeElement);
    const isBack = getComputedStyle(this.element).direction === 'rtl' ? -1 : 1;
    const step = (steps[event.key] ?? 0) * isBack;
    const to =
      event.key === 'Home' ? 0 : event.key === 'End' ? n - 1 : (now + step + n) % n;
    if (to === now || now < 0) return;
    event.preventDefault();
    this.buttons[now].tabIndex = -1;
    this.buttons[to].tabIndex = 0;
    this.buttons[to].focus();
  }

  // state(name): {isOn, isPossible}; isOn undefined for what is never on.
  show(state) {
    for (const button of this.buttons) {
      const { isOn, isPossible } = state(button.dataset.do);
      if (isOn !== undefined) button.setAttribute('aria-pressed', isOn);
      button.setAttribute('aria-disabled', !isPossible);
    }
  }
}

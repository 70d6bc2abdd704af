// How many words there are: shown as one types, spoken now and then.

const SPOKEN_STEP = 50,
  SPOKEN_AFTER_MS = 1500;

export const countWords = (text) =>
  text.match(/[\p{L}\p{N}]+([-'’.,][\p{L}\p{N}]+)*/gu)?.length ?? 0;

export class WordCount {
  // shown holds the number; spoken is a live region that says what shown stands in.
  constructor(shown, spoken) {
    Object.assign(this, { shown, spoken, said: null });
  }

  set(text) {
    const n = countWords(text);
    this.shown.textContent = n;
    this.said ??= n;
    clearTimeout(this.timer);
    if (Math.abs(n - this.said) < SPOKEN_STEP) return;
    this.timer = setTimeout(() => {
      this.said = n;
      this.spoken.textContent = this.shown.parentElement.textContent;
    }, SPOKEN_AFTER_MS);
  }
}

/* Choosing photos of the library for an item without leaving its form: the page where
 * that is done, in a dialog (static/js/photos.js has the rest). */
(function () {
  "use strict";
  const root = document.querySelector(".js-photos");
  if (!root) return;
  const open = root.querySelector("[data-part=open]"),
    dialog = root.querySelector("[data-part=choose]"),
    choices = dialog.querySelector("[data-part=choices]"),
    page = () => new URL(root.dataset.choose, location.href);

  open.textContent = root.dataset.library;

  /* Out of the item's form, which knows nothing of the forms in it. */
  document.querySelector("main").append(dialog);

  async function show(url) {
    const answer = await fetch(url, { cache: "no-store" });
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    const parts = [...found.querySelectorAll("main > .part")].filter(
      (part) => part.querySelector("form, .empty") && !part.querySelector(".js-upload"),
    );
    choices.replaceChildren(...parts.map((part) => document.importNode(part, true)));
    choices.querySelector("input:not([type=hidden])")?.focus();
  }
  const go = (url) =>
    show(url).catch(() => {
      choices.textContent = root.dataset.failed;
    });

  open.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
    go(page());
  });

  dialog.addEventListener("click", (event) => {
    const link = event.target.closest("a"),
      pick = event.target.closest("li")?.querySelector("input[type=checkbox]");
    if (event.target.closest("button[value=cancel]")) dialog.close();
    if (!link || !choices.contains(link)) return;
    event.preventDefault();
    if (pick) pick.checked = !pick.checked;
    else go(link.href);
  });

  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target,
      picked = [...form.querySelectorAll("input[name=add]:checked")].map((p) => p.value);
    if (!form.querySelector("input[name=add]")) {
      const url = page();
      url.search = new URLSearchParams(new FormData(form)).toString();
      go(url);
      return;
    }
    dialog.close();
    root.byline.add(picked);
  });
})();

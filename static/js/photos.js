/* The photos of an item's form: another order by buttons or by dragging, removing, adding
 * from the library and by uploading, numbers in the text that follow. What the form sends
 * stays what templates/admin/uses.tpl made; without script its buttons do the same.
 *
 * The editor (src/editor/photos.mjs) and this script talk by events of the text area:
 * "photos-renumbered" and "photos-insert" are the editor's while the text is open in it,
 * else they are done here; "photos-changed" tells that pictures or credits are others. */
(function () {
  "use strict";
  const root = document.querySelector(".js-photos");
  if (!root) return;
  const form = root.closest("form"),
    list = root.querySelector("ol"),
    body = form.elements.body,
    count = root.querySelector("input[name=photos]"),
    part = (name) => root.querySelector("[data-part=" + name + "]"),
    PHOTOS_MAX = 100,
    RETRY_MS = 1500,
    RETRIES = 40;

  const rows = () => [...list.children];
  const numberOf = (row) => rows().indexOf(row) + 1;
  const field = (row, name) => row.querySelector("[name$=-" + name + "]");
  const say = (text) => {
    part("spoken").textContent = text;
  };
  const changed = () => body.dispatchEvent(new Event("photos-changed"));

  /* ---- numbers ---- */

  const name = /\bphoto(-up|-down|-remove)?-\d+\b/g;

  function number(row, n) {
    for (const element of [row, ...row.querySelectorAll("*")]) {
      const names = ["id", "name", "for", "aria-describedby"];
      if (element.localName === "button") names.push("value");
      for (const key of names)
        if (element.hasAttribute(key)) {
          const now = element.getAttribute(key).replace(name, "photo$1-" + n);
          element.setAttribute(key, now);
        }
    }
    row.querySelector(".number").textContent = n;
    for (const unseen of row.querySelectorAll("button .vh"))
      unseen.textContent = unseen.textContent.replace(/\d+$/, n);
    row.dataset.n = n;
  }

  const inText = /(\]\(\s*<?|\]:\s*<?)photo:(\d+)(?=[)>\s]|$)/g;

  /* The form's own answer: the editor writes its text into the area then. */
  const textNow = () => new FormData(form).get("body");
  const names = (text, n) => [...text.matchAll(inText)].some((m) => Number(m[2]) === n);

  function setText(text) {
    if (text === body.value) return;
    body.value = text;
    body.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function renumberText(to) {
    const event = new CustomEvent("photos-renumbered", { detail: to, cancelable: true });
    if (body.dispatchEvent(event))
      setText(
        body.value.replace(inText, (_, before, n) => `${before}photo:${to[n] ?? n}`),
      );
  }

  /* After any change of the list. */
  function settle() {
    const to = {};
    rows().forEach((row, i) => {
      if (row.dataset.n) to[row.dataset.n] = i + 1;
      number(row, i + 1);
    });
    count.value = rows().length;
    renumberText(to);
    markNamed();
    changed();
    count.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* ---- order ---- */

  function move(row, before) {
    list.insertBefore(row, before);
    settle();
    say(`${root.dataset.moved} ${numberOf(row)}`);
  }

  /* That a photo stands in the text, beside what else may be wrong with it. */
  const namedNote = (row) =>
    [...row.querySelectorAll(".of > .problem")].find(
      (note) => note.textContent === root.dataset.named,
    );

  function showNamed(row) {
    const note = namedNote(row) ?? document.createElement("p");
    note.id ||= row.id + "-named";
    Object.assign(note, { className: "problem", textContent: root.dataset.named });
    row.querySelector(".of").append(note);
    row
      .querySelector("fieldset")
      .setAttribute("aria-describedby", `${row.id}-error ${row.id}-named`);
    say(root.dataset.named);
  }

  function remove(row) {
    if (names(textNow(), numberOf(row))) {
      showNamed(row);
      return;
    }
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    settle();
    (next?.querySelector(".remove") ?? part("open")).focus();
    say(`${root.dataset.removed} ${rows().length}`);
  }

  const press = {
    up: (row) => move(row, row.previousElementSibling),
    down: (row) => move(row, row.nextElementSibling?.nextElementSibling ?? null),
    remove,
    insert: (row) => insert(numberOf(row)),
  };

  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const what = Object.keys(press).find((key) => button?.classList.contains(key));
    if (!what) return;
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") return;
    press[what](button.closest("li"));
    if (what === "up" || what === "down") {
      const isSeen = button.checkVisibility();
      const other = what === "up" ? ".down" : ".up";
      (isSeen ? button : button.closest("li").querySelector(other)).focus();
    }
  });

  /* ---- order by dragging ---- */

  const KIND = "application/x-byline-photo";
  let dragged = null;

  list.addEventListener("dragstart", (event) => {
    const picture = event.target.closest(".picture");
    if (!picture) return;
    dragged = picture.closest("li");
    event.dataTransfer.effectAllowed = "copyMove";
    event.dataTransfer.setData(KIND, String(numberOf(dragged)));
    event.dataTransfer.setData("text/plain", `![](photo:${numberOf(dragged)})`);
  });
  list.addEventListener("dragend", () => {
    dragged = null;
    mark(null);
  });

  function mark(row, side) {
    for (const each of rows()) each.classList.remove("before", "behind");
    row?.classList.add(side);
  }
  const sideOf = (row, y) => {
    const { top, height } = row.getBoundingClientRect();
    return y < top + height / 2 ? "before" : "behind";
  };

  list.addEventListener("dragover", (event) => {
    const row = event.target.closest("li");
    if (!dragged || !row) return;
    event.preventDefault();
    mark(row, sideOf(row, event.clientY));
  });
  list.addEventListener("drop", (event) => {
    const row = event.target.closest("li");
    if (!dragged || !row) return;
    event.preventDefault();
    const before =
      sideOf(row, event.clientY) === "before" ? row : row.nextElementSibling;
    if (before !== dragged) move(dragged, before);
  });

  /* ---- into the text ---- */

  function insertHere(n) {
    const { value, selectionStart: at } = body;
    const before = value.slice(0, at).replace(/\n*$/, (gap, i) => (i > 0 ? "\n\n" : ""));
    const behind = value.slice(at).replace(/^\n*/, "\n\n");
    setText(`${before}![](photo:${n})${behind}`.replace(/\n+$/, "\n"));
    body.focus();
    body.selectionStart = body.selectionEnd = `${before}![](photo:${n})`.length;
  }

  /* A photo stands in a text once. */
  function insert(n) {
    if (names(textNow(), n)) return;
    const event = new CustomEvent("photos-insert", { detail: n, cancelable: true });
    if (body.dispatchEvent(event)) insertHere(n);
    markNamed();
  }

  function markNamed() {
    const text = body.value;
    for (const row of rows()) {
      const isNamed = names(text, numberOf(row));
      const button = row.querySelector(".insert");
      button.setAttribute("aria-disabled", isNamed);
      button.firstChild.textContent = root.dataset[isNamed ? "inText" : "insert"];
      if (!isNamed) namedNote(row)?.remove();
    }
  }
  body.addEventListener("input", markNamed);

  /* ---- rows ---- */

  /* Files of a photo are made a moment after it has come. */
  function load(image, left) {
    image.addEventListener(
      "error",
      () => {
        image.classList.add("missing");
        if (left > 0)
          setTimeout(() => {
            load(image, left - 1);
            image.src = image.src.replace(/(\?.*)?$/, "?again=" + left);
          }, RETRY_MS);
      },
      { once: true },
    );
    image.addEventListener(
      "load",
      () => {
        image.classList.remove("missing");
        changed();
      },
      { once: true },
    );
  }

  function equip(row, i) {
    const picture = row.querySelector(".picture"),
      button = row.querySelector(".remove").cloneNode(true);
    picture.draggable = true;
    picture.querySelector("img").draggable = false;
    Object.assign(button, { type: "button", className: "second insert" });
    for (const key of ["name", "value", "formaction"]) button.removeAttribute(key);
    button.firstChild.textContent = root.dataset.insert;
    row.querySelector(".buttons").prepend(button);
    picture.querySelector("img").loading = "eager";
    load(picture.querySelector("img"), RETRIES);
    if (i !== undefined) row.dataset.n = i + 1;
  }
  rows().forEach(equip);

  const idOf = (row) => field(row, "photo").value;
  const rowOf = (id) => rows().find((row) => idOf(row) === String(id));

  async function pageOf(url) {
    const answer = await fetch(url, { cache: "no-store" });
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  /* The newsroom's own rows for photos of the library; answers their numbers. */
  async function add(ids) {
    const asked = ids.map(String);
    const missing = asked
      .filter((id) => !rowOf(id))
      .slice(0, PHOTOS_MAX - rows().length);
    if (missing.length > 0) {
      const page = await pageOf(`${root.dataset.form}?add=${missing.join(",")}`);
      for (const row of page.querySelectorAll(".js-photos > ol > li"))
        if (missing.includes(idOf(row))) {
          list.append(document.importNode(row, true));
          equip(list.lastElementChild);
        }
      settle();
    }
    const isFull = asked.some((id) => !rowOf(id)) && rows().length === PHOTOS_MAX;
    say(isFull ? root.dataset.full : `${root.dataset.added} ${rows().length}`);
    return asked.map((id) => rowOf(id) && numberOf(rowOf(id))).filter(Boolean);
  }

  const addOr = (ids) =>
    add(ids).catch(() => {
      say(root.dataset.failed);
      return [];
    });

  /* ---- files ---- */

  const box = root.querySelector(".uploads"),
    input = part("add").querySelector("input"),
    isPicture = (file) => /^image\/|\.(hei[cf]|avif)$/i.test(file.type || file.name),
    picturesOf = (transfer) => [...(transfer?.files ?? [])].filter(isPicture);

  /* Answers the numbers of those that came. */
  async function upload(files) {
    const numbers = [];
    await window.bylineUpload(box, files, async (photo) =>
      numbers.push(...(await addOr([photo.id]))),
    );
    return numbers;
  }

  part("add").hidden = false;
  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = "";
    upload(files);
  });

  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  form.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    form.classList.add("dropping");
  });
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("dropping");
  });
  form.addEventListener("drop", (event) => {
    form.classList.remove("dropping");
    if (!hasFiles(event) || event.defaultPrevented) return;
    event.preventDefault();
    upload([...event.dataTransfer.files]);
  });

  async function uploadInto(files) {
    for (const n of await upload(files)) insert(n);
  }
  body.addEventListener("paste", (event) => {
    const files = picturesOf(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    uploadInto(files);
  });
  body.addEventListener("drop", (event) => {
    const files = picturesOf(event.dataTransfer);
    if (files.length === 0) return;
    event.preventDefault();
    form.classList.remove("dropping");
    uploadInto(files);
  });

  /* ---- for the other scripts ---- */

  /* photos(): {n, picture, name, credit} of each, for the editor. */
  root.byline = {
    add: addOr,
    uploadInto,
    picturesOf,
    kind: KIND,
    isNamed: (n) => names(textNow(), n),
    photos: () =>
      rows().map((row, i) => ({
        n: i + 1,
        picture: row.querySelector("img").src,
        name: field(row, "caption").value || row.querySelector(".called").textContent,
        credit: creditOf(row),
      })),
  };

  /* What is typed here goes before what the page has said. */
  function creditOf(row) {
    const shown = row.querySelector("figcaption > .credit")?.textContent ?? "";
    return field(row, "credit").value || shown;
  }
  list.addEventListener("change", changed);

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[name=do][value=save]"));
  });

  /* A decorative photo has no alternative text. */
  list.addEventListener("change", ({ target }) => {
    if (!/-decorative$/.test(target.name ?? "") || !target.checked) return;
    const alt = field(target.closest("li"), "alt");
    if (alt.value === alt.defaultValue) alt.value = "";
  });

  settle();
})();

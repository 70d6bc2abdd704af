/* Sends photos one after the other, with a line for each: how far it is, what has become
 * of it, why not. window.bylineUpload does it for other scripts; a form.js-upload has it
 * by itself and goes on as the newsroom says once all files are there. */
(function () {
  "use strict";
  const URL_NEW = "/admin/photos/new/",
    FILE_MAX = 40 * 1000 * 1000,
    NEXT_MAX = 41; /* one more than the next page takes, which says so then */
  let underWay = 0,
    newToken;

  const token = () => newToken ?? document.querySelector("input[name=csrf]").value;

  /* A session that began meanwhile, in another tab, has a token of its own. */
  async function takeToken() {
    const answer = await fetch(URL_NEW).catch(() => null);
    const text = (await answer?.text()) ?? "";
    const page = new DOMParser().parseFromString(text, "text/html");
    newToken = page.querySelector(`form[action="${URL_NEW}"] input[name=csrf]`)?.value;
  }

  /* ---- one file ---- */

  /* What an answer says: {photo}, or {problem}: a text, or one of the box's words. */
  function read(request) {
    const { status, response } = request;
    if (status === 413) return { problem: "limit" };
    if (!response) return { problem: [200, 403].includes(status) ? "ended" : "lost" };
    const [photo] = response.photos ?? [];
    if (photo) return { photo };
    return { problem: response.failures?.[0]?.reason ?? response.detail ?? "refused" };
  }

  function send(file, progress) {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      const data = new FormData();
      data.append("csrf", token());
      data.append("photo", file);
      request.open("POST", URL_NEW);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      request.upload.addEventListener("progress", ({ loaded, total }) =>
        progress(total > 0 ? loaded / total : 0),
      );
      request.upload.addEventListener("load", () => progress(1));
      for (const kind of ["error", "abort", "timeout"])
        request.addEventListener(kind, () => done({ problem: "lost" }));
      request.addEventListener("load", () => done(read(request)));
      request.send(data);
    });
  }

  /* ---- its line ---- */

  const make = (name, fields) => Object.assign(document.createElement(name), fields);

  /* box: templates/admin/progress.tpl */
  function lineOf(box, file) {
    const line = make("li", {}),
      bar = make("progress", { max: 1, value: 0 }),
      what = make("span", { className: "what" });
    bar.setAttribute("aria-label", file.name);
    line.append(make("span", { className: "file", textContent: file.name }), bar, what);
    box.querySelector("ul").append(line);
    const say = (word) => {
      what.textContent = box.dataset[word] ?? word;
    };
    say("waiting");
    return {
      say,
      progress(part) {
        bar.value = part;
        say(part < 1 ? "sending" : "looking");
      },
      done(photo) {
        bar.hidden = true;
        line.classList.add("made");
        say(photo.known ? "known" : "made");
      },
      fail(problem, again) {
        const button = make("button", {
          type: "button",
          className: "second",
          textContent: box.dataset.again,
        });
        bar.hidden = true;
        line.classList.add("failed");
        say(problem);
        button.addEventListener("click", async () => {
          if (problem === "ended") await takeToken();
          line.remove();
          box.focus(); /* where the button was, for whoever pressed it by keyboard */
          again();
        });
        box.tabIndex = -1;
        line.append(button);
      },
    };
  }

  function tell(box, line) {
    box.querySelector("[role=status]").textContent = line;
  }

  async function one(box, file, line, made) {
    const isTooLarge = file.size > FILE_MAX;
    line.say("sending");
    const { photo, problem } = isTooLarge
      ? { problem: "limit" }
      : await send(file, (part) => line.progress(part));
    if (photo) {
      line.done(photo);
      await made?.(photo);
    } else line.fail(problem, () => window.bylineUpload(box, [file], made));
    tell(box, `${file.name}: ${box.dataset[photo ? "made" : problem] ?? problem}`);
    if (--underWay === 0) box.dispatchEvent(new Event("uploaded"));
    return photo;
  }

  /* ---- all of them ---- */

  const queues = new WeakMap();

  /* Uploads files behind those that are under way in the same box. made(photo) is called
   * for each that is there, before the next one begins. Answers the photos. */
  window.bylineUpload = async function (box, files, made) {
    const lines = [...files].map((file) => [file, lineOf(box, file)]);
    box.hidden = false;
    underWay += lines.length;
    const all = lines.map(([file, line]) => {
      const before = queues.get(box) ?? Promise.resolve();
      const next = before.then(() => one(box, file, line, made));
      queues.set(box, next);
      return next;
    });
    return (await Promise.all(all)).filter(Boolean);
  };

  window.addEventListener("beforeunload", (event) => {
    if (underWay > 0) event.preventDefault();
  });

  /* ---- a form of its own ---- */

  for (const form of document.querySelectorAll("form.js-upload")) {
    const box = form.querySelector(".uploads"),
      input = form.querySelector("input[type=file]"),
      goOn = box.querySelector(".go-on"),
      there = [];
    const start = (files) =>
      window.bylineUpload(box, files, (photo) => there.push(photo.id));
    /* By itself if all are there; else whoever sent them has something to read first. */
    box.addEventListener("uploaded", () => {
      const next = form.dataset.next + there.slice(0, NEXT_MAX).join(",");
      if (there.length === 0) return;
      goOn.hidden = false;
      goOn.querySelector("a").href = next;
      if (!box.querySelector(".failed")) location.assign(next);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      start(input.files);
      input.value = "";
    });
    input.addEventListener("change", () => form.requestSubmit());
    form.addEventListener("dragover", (event) => event.preventDefault());
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      start(event.dataTransfer.files);
    });
  }
})();

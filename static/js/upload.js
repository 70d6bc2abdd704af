/* Sends photos one after the other, with a line for each: how far it is, what has become
 * of it, why not. window.bylineUpload does it for other scripts; a form.js-upload has it
 * by itself and goes on as the newsroom says once all files are there. */
(function () {
  "use strict";
  const URL_NEW = "/admin/photos/new/",
    FILE_MAX = 40 * 1000 * 1000;
  let underWay = 0;

  const token = () => document.querySelector("input[name=csrf]").value;

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
        button.addEventListener("click", () => {
          line.remove();
          again();
        });
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
    underWay--;
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
      there = [];
    const start = async (files) => {
      const n = files.length;
      const note = (photo) => there.push(photo.id);
      const photos = await window.bylineUpload(box, files, note);
      if (photos.length === n && n > 0 && form.dataset.next && underWay === 0)
        location.assign(form.dataset.next + there.join(","));
    };
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

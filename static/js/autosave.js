/* Keeps what is typed into an item's form: with the newsroom every few seconds, and in
 * this browser while the newsroom cannot be reached or the session has ended. Tells who
 * else is at the item. On every page it sends what is left in the browser.
 *
 * What is left has the key "byline PERSON DRAFT": DRAFT is the word of the form. */
(function () {
  "use strict";
  const who = document.querySelector("form.who");
  if (!who) return;
  const person = who.dataset.person;
  const prefix = "byline " + person + " ";
  const SEND_MS = 2000,
    ASK_MS = 5000,
    BACK_MS = 10000,
    KEEPALIVE_MAX = 60000;

  /* ---- this browser ---- */

  function keepHere(draft, url, body, trouble) {
    try {
      localStorage.setItem(
        prefix + draft,
        JSON.stringify({ url, body, trouble, at: Date.now() }),
      );
    } catch {
      /* full or forbidden: then only the newsroom keeps it */
    }
  }
  function forget(draft) {
    try {
      localStorage.removeItem(prefix + draft);
    } catch {
      /* nothing was kept */
    }
  }
  function left() {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(prefix))
        .map((key) => ({
          draft: key.slice(prefix.length),
          ...JSON.parse(localStorage.getItem(key)),
        }));
    } catch {
      return [];
    }
  }

  /* ---- the newsroom ---- */

  /* What came of a request: {facts}, or {problem}: "offline"; "ended", the session;
   * "token", it is another one, or may not do this; "refused". */
  async function ask(url, body, isLast) {
    let answer;
    try {
      answer = await fetch(url, {
        method: body === undefined ? "GET" : "POST",
        body: body === undefined ? undefined : new URLSearchParams(body),
        redirect: "manual",
        cache: "no-store",
        keepalive: Boolean(isLast) && body.length < KEEPALIVE_MAX,
      });
      if (answer.type === "opaqueredirect") return { problem: "ended" };
      if (answer.status === 200) return { facts: await answer.json() };
    } catch {
      return { problem: "offline" };
    }
    return {
      problem:
        answer.status >= 500 ? "offline" : answer.status === 403 ? "token" : "refused",
    };
  }
  const withToken = (body) =>
    body + "&csrf=" + encodeURIComponent(who.elements.csrf.value);

  /* ---- texts that are left from another time ---- */

  const together = document.querySelector(".together");
  const form = together && document.querySelector("form textarea[name=body]").form;
  const draft = form && form.elements.draft.value;
  /* Not shown again with what is wrong: the text of this page is nobody's last word. */
  const isFresh = Boolean(together && together.dataset.fresh);

  async function sendLeft() {
    const kept = [];
    for (const text of left()) {
      if (text.draft === draft && !isFresh) continue; /* the page itself goes on */
      const age = Math.max(0, Math.floor((Date.now() - text.at) / 1000));
      const { facts, problem } = await ask(
        text.url,
        withToken(text.body) + "&age=" + age,
      );
      if (problem) continue;
      forget(text.draft);
      if (facts.kept) kept.push(text);
    }
    return kept;
  }

  /* The page was made before they came to the newsroom. */
  const isShown = (text) =>
    document.querySelector('input[name=id][value="' + text.draft + '"]');

  if (!form) {
    sendLeft().then((kept) => {
      const isList = location.pathname === "/admin/";
      if (isList && !kept.every(isShown)) location.reload();
    });
    return;
  }

  /* ---- the form of this page ---- */

  const url = together.dataset.url;
  const part = (name) => together.querySelector("." + name);
  const tell = (name, text) => {
    if (part(name).textContent !== text) part(name).textContent = text;
  };
  const typed = () => {
    const data = new FormData(form);
    data.delete("csrf");
    return new URLSearchParams(data).toString();
  };
  let known = typed(); /* what the newsroom has, or was shown */
  let trouble = ""; /* "", or why the newsroom has not got what is typed */
  let timer = 0,
    isSending = false,
    isLeaving = false,
    hasToken = true;

  function setTrouble(now) {
    if (now === trouble) return;
    tell("state", now ? together.dataset[now] : together.dataset.back);
    part("again").hidden = now !== "ended";
    if (now) tell("kept", "");
    else setTimeout(() => trouble || tell("state", ""), BACK_MS);
    trouble = now;
  }

  async function send(isLast) {
    const body = typed();
    timer = 0;
    if (body === known || (isSending && !isLast)) return;
    isSending = true;
    const { facts, problem } = await ask(
      url,
      withToken(body) + (isLast ? "&left=1" : ""),
      isLast,
    );
    isSending = false;
    if (problem) {
      keepHere(draft, url, typed(), true);
      setTrouble(problem === "token" ? (hasToken ? "refused" : "ended") : problem);
      hasToken = false;
      return;
    }
    known = body;
    forget(draft);
    setTrouble("");
    tell("kept", facts.kept || "");
    if (typed() !== known) later();
  }
  function later() {
    if (trouble) keepHere(draft, url, typed(), true); /* until it is sent, every letter */
    if (!timer && !isSending && !isLeaving) timer = setTimeout(send, SEND_MS);
  }

  /* A new session has a new token; somebody else's would not do. */
  function takeToken(facts) {
    if (facts.person !== person) return false;
    document.querySelectorAll("input[name=csrf]").forEach((input) => {
      input.value = facts.csrf;
    });
    hasToken = true;
    return true;
  }

  async function look() {
    if (isLeaving || (document.hidden && !trouble)) return;
    const { facts, problem } = await ask(
      url + "?base=" + encodeURIComponent(form.elements.base.value),
    );
    if (problem) {
      if (typed() !== known) setTrouble(problem === "token" ? "refused" : problem);
      return;
    }
    if (!takeToken(facts)) {
      setTrouble("other");
      return;
    }
    tell("others", facts.others || "");
    tell("stale", facts.stale || "");
    if (typed() !== known) send();
    else setTrouble("");
  }

  for (const kind of ["input", "change"])
    form.addEventListener(kind, () => {
      isLeaving = false; /* the form was not sent after all */
      later();
    });
  /* Whatever becomes of the request, the text is not lost; the next page sees to it. */
  form.addEventListener("submit", () => {
    if (typed() !== known || trouble) keepHere(draft, url, typed(), false);
    isLeaving = true;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && !isLeaving && typed() !== known) send();
  });
  window.addEventListener("pagehide", () => {
    const body = typed();
    if (!isLeaving && body !== known) {
      keepHere(draft, url, body, Boolean(trouble));
      send(true);
    } else {
      ask(url, withToken("left=1"), true);
    }
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) isLeaving = false;
    later();
  });

  /* What had no way to the newsroom is on the page again at once; what was merely left is
   * offered. */
  function goOnWith(kept) {
    const text = kept.find((one) => one.trouble && one.url === url);
    if (!isFresh || typed() !== known) return false;
    if (text) location.replace(together.dataset.goOn + text.draft);
    else if (!kept.filter((one) => one.url === url).every(isShown)) location.reload();
    else return false;
    return true;
  }

  sendLeft().then((kept) => {
    if (goOnWith(kept)) return;
    /* Shown again with what is wrong, and kept nowhere but here. */
    if (left().some((text) => text.draft === draft)) known = "";
    look();
    later();
    setInterval(look, ASK_MS);
  });
})();

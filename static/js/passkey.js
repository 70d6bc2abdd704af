/* Passkeys (W3C WebAuthn Level 2): a form whose answer the browser's authenticator gives.
 * What the page says about itself stands in data attributes; bytes are base64url. */
(() => {
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) =>
      c.charCodeAt(0),
    );
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");

  const say = (part, what) => {
    for (const p of part.querySelectorAll("[data-when]"))
      p.hidden = p.dataset.when !== what;
  };

  /* A challenge is good for minutes, a page may lie open for hours. */
  async function refresh(part) {
    if (!part.dataset.page) return;
    const page = new DOMParser().parseFromString(
      await (await fetch(part.dataset.page)).text(),
      "text/html",
    );
    const fresh = page.querySelector(".js-passkey");
    part.dataset.challenge = fresh.dataset.challenge;
    part.querySelector("form").ticket.value = fresh.querySelector("form").ticket.value;
  }

  const known = (part) =>
    [...part.querySelectorAll("[data-credential]")].map((k) => ({
      type: "public-key",
      id: bytes(k.dataset.credential),
      transports: k.dataset.transports ? k.dataset.transports.split(",") : [],
    }));

  async function make(part, d) {
    const made = await navigator.credentials.create({
      publicKey: {
        rp: { id: d.party, name: d.site },
        user: {
          id: new TextEncoder().encode(d.user),
          name: d.login,
          displayName: d.person,
        },
        challenge: bytes(d.challenge),
        pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
        excludeCredentials: known(part),
        authenticatorSelection: {
          residentKey: "required",
          requireResidentKey: true,
          userVerification: "required",
        },
        attestation: "none",
      },
    });
    const r = made.response;
    return {
      "client-data": text(r.clientDataJSON),
      "auth-data": text(r.getAuthenticatorData()),
      transports: r.getTransports ? r.getTransports().join(",") : "",
    };
  }

  async function use(part, d) {
    const got = await navigator.credentials.get({
      publicKey: {
        rpId: d.party,
        challenge: bytes(d.challenge),
        allowCredentials: known(part),
        userVerification: d.verify,
      },
    });
    const r = got.response;
    return {
      credential: got.id,
      "client-data": text(r.clientDataJSON),
      "auth-data": text(r.authenticatorData),
      signature: text(r.signature),
      user: r.userHandle ? text(r.userHandle) : "",
    };
  }

  async function answer(part, form) {
    say(part);
    try {
      await refresh(part);
      const fields = await (part.dataset.kind === "create" ? make : use)(
        part,
        part.dataset,
      );
      for (const [name, value] of Object.entries(fields))
        form.elements[name].value = value;
      form.submit();
    } catch (e) {
      say(
        part,
        { InvalidStateError: "known", SecurityError: "elsewhere" }[e.name] || "failed",
      );
    }
  }

  for (const part of document.querySelectorAll(".js-passkey")) {
    const form = part.querySelector("form");
    const here = location.origin === part.dataset.origin;
    const can = window.PublicKeyCredential && navigator.credentials;
    say(part, here ? (can ? "" : "unsupported") : "elsewhere");
    form.hidden = !(here && can);
    form.onsubmit = (e) => {
      e.preventDefault();
      answer(part, form);
    };
  }
})();

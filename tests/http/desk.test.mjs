// The newsroom by command: byline item add|submit|approve|…, history, diff, audit.
import test from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const bin = resolve(process.env.BYLINE ?? "build/release/byline");
const dir = mkdtempSync(join(tmpdir(), "byline-desk-"));
const sets = ["--set", `database=${dir}/news.db`, "--set", `accounts=${dir}/accounts.db`,
    "--set", `media_dir=${dir}/media`, "--set", `originals_dir=${dir}/originals`, "--set", "site_url=https://news.example"];
const byline = (args, input = "") =>
    spawnSync(bin, [...args, ...sets], { input, encoding: "utf8" });
const ok = (args, input) => {
    const r = byline(args, input);
    assert.equal(r.status, 0, `${args.join(" ")}: ${r.stderr}`);
    return r.stdout;
};
const refused = (args, words, input) => {
    const r = byline(args, input);
    assert.equal(r.status, 1, args.join(" "));
    assert.match(r.stderr, words);
};
const item = (more) => JSON.stringify({ lang: "en", section: "events", title: "Opening",
    lead: "The lead.", body: "The body.", ...more });
const state = (id) => JSON.parse(ok(["item", "show", id])).state;

test.before(() => {
    ok(["init"]);
    ok(["section", "add", "events", "--name", "en=Events"]);
});
test.after(() => rmSync(dir, { recursive: true }));

test("an item goes from draft to out and back", () => {
    const id = ok(["item", "add", "-"], item({})).trim();
    assert.equal(state(id), "draft");
    ok(["item", "submit", id]);
    assert.equal(state(id), "review");
    refused(["item", "send-back", id], /needs a reason/);
    ok(["item", "send-back", id, "--reason", "Who says so?"]);
    ok(["item", "approve", id, "--at", "2030-01-01T09:00:00+03:00"]);
    assert.equal(state(id), "approved");
    assert.match(ok(["item", "list"]), /scheduled/);
    ok(["item", "withdraw", id, "--reason", "An error"]);
    ok(["item", "reinstate", id, "--reason", "It was right"]);
    const history = ok(["item", "history", id]).trimEnd().split("\n");
    assert.equal(history.length, 6);
    assert.match(history[0], /^ +6 .* approved +step/);
    assert.match(history[5], /^ +1 .* draft +text/);
    assert.match(ok(["item", "diff", id, "1", "4"]), /^published_at: \{\+2030-01-01/);
    const audit = ok(["audit", "--item", id]);
    for (const word of ["save", "submit", "send-back", "approve", "withdraw", "reinstate"])
        assert.match(audit, new RegExp(`command line +${word} +${id}`));
    assert.equal(ok(["audit", "--until", "2020-01-01"]), "");
    assert.match(ok(["check"]), /desk +ok/);
});

test("the checklist names everything that is missing", () => {
    const bad = item({ lead: "", body: "", state: "approved", published_at: "2026-01-01" });
    refused(["item", "add", "-"], /lead: the lead is missing\n.*body: the text is missing/, bad);
});

test("nobody approves their own text where four eyes are asked for", () => {
    ok(["section", "add", "strict", "--name", "en=Strict"]);
    ok(["section", "four-eyes", "strict", "on"]);
    const id = ok(["item", "add", "-"], item({ section: "strict" })).trim();
    refused(["item", "approve", id], /their own text/);
    refused(["item", "publish", id], /their own text/);
    ok(["section", "four-eyes", "strict", "off"]);
    ok(["item", "approve", id]);
});

test("a discarded draft comes back, and an earlier text", () => {
    const id = ok(["item", "add", "-"], item({ title: "Draft" })).trim();
    ok(["item", "discard", id]);
    refused(["item", "submit", id], /is discarded/);
    ok(["item", "undiscard", id]);
    refused(["item", "restore", id, "9"], /no revision 9/);
    ok(["item", "restore", id, "1"]);
});

test("what cannot be added says why", () => {
    refused(["item", "add", "-"], /section/, item({ section: "nowhere" }));
    refused(["item", "add", "-"], /not valid JSON/, "{");
    ok(["item", "add", "-"], item({ id: "taken" }));
    refused(["item", "add", "-"], /there is an item with the id "taken" already$/m, item({ id: "taken" }));
    refused(["item", "add", "-"], /photos/, item({ photos: [{ file: "a.jpg", credit: "X" }] }));
});

test("a correction is said once and for all, of what is out", () => {
    const id = ok(["item", "add", "-"], item({ title: "Corrected" })).trim();
    refused(["item", "correct", id, "It was 12."], /not to be seen/);
    ok(["item", "approve", id]);
    refused(["item", "correct", id, " "], /what was wrong/);
    assert.equal(byline(["item", "correct", id]).status, 2);
    ok(["item", "correct", id, "It was 12."]);
    const [said] = JSON.parse(ok(["item", "show", id])).corrections;
    assert.equal(said.text, "It was 12.");
    assert.match(ok(["audit", "--item", id]), /correct +\S+ +It was 12\./);
    refused(["item", "add", "-"], /corrections: are added by themselves/,
        item({ corrections: [{ at: "2026-01-01", text: "x" }] }));
});

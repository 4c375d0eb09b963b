import assert from "node:assert/strict";
import { File } from "node:buffer";
import { createHash, webcrypto } from "node:crypto";
import { test } from "node:test";
import { planFor, questionOf } from "../../services/pages/static/js/sending/plan.js";
import { showInEnglish, upload } from "./fixtures.js";

showInEnglish();
globalThis.crypto ??= webcrypto; // which browsers have, and Node.js from 19

const file = (name = "clip.mp4", content = "abcd") => new File([content], name);
const plan = (files, uploads, { quota = null, most = 1 } = {}) => planFor(files, { uploads }, quota, most);

test("a first file is simply sent", async () => {
  const made = await plan([file()], []);
  assert.equal(made.goesOn, false);
  assert.equal(made.question, undefined);
  assert.equal(made.objection, null);
  assert.deepEqual(
    made.entries.map(({ url, sent }) => [url, sent]),
    [[null, 0]],
  );
});

test("the same file goes on with what is unfinished", async () => {
  const made = await plan([file()], [upload({ offset_bytes: 2 })]);
  assert.ok(made.goesOn);
  assert.deepEqual(
    made.entries.map(({ url, sent }) => [url, sent]),
    [["/api/intake/uploads/u1", 2]],
  );
});

test("the same file is known by what is in it, not by its name", async () => {
  const sha256_so_far = createHash("sha256").update("ab").digest("hex");
  assert.ok((await plan([file("renamed.mp4")], [upload({ offset_bytes: 2, sha256_so_far })])).goesOn);
  assert.equal((await plan([file("clip.mp4", "xbcd")], [upload({ offset_bytes: 2, sha256_so_far })])).question, "other");
});

test("another file than the unfinished one is asked about", async () => {
  const made = await plan([file("other.mp4", "abcdef")], [upload({ offset_bytes: 2 })]);
  assert.equal(made.question, "other");
  assert.deepEqual(
    made.unfinished.map(({ id }) => id),
    ["u1"],
  );
  assert.match(questionOf(made)[1], /^1 KB of 1 KB of clip.mp4 .* \(other.mp4\)/);
});

test("a file that has arrived is asked about", async () => {
  const made = await plan([file()], [upload({ state: "passed" })]);
  assert.equal(made.question, "again");
  assert.deepEqual(
    questionOf(made)[2].map(([answer]) => answer),
    ["no", "yes"],
  );
});

test("of several files those that have arrived are left out", async () => {
  const made = await plan([file(), file("b.pdf")], [upload({ state: "received" })], { most: 5 });
  assert.deepEqual(made.skipped, ["clip.mp4"]);
  assert.deepEqual(
    made.entries.map((entry) => entry.file.name),
    ["b.pdf"],
  );
});

test("when all have arrived nothing is sent", async () => {
  const uploads = [upload({ state: "passed" }), upload({ id: "u2", filename: "b.pdf", state: "passed" })];
  assert.match((await plan([file(), file("b.pdf")], uploads, { most: 5 })).objection, /clip.mp4, b.pdf/);
});

test("more files than there is room for are refused", async () => {
  const uploads = [upload({ id: "u2", filename: "a", state: "passed" }), upload({ id: "u3", filename: "b", state: "failed" })];
  assert.match((await plan([file("c"), file("d")], uploads, { most: 2 })).objection, /upload is 1\.$/);
  assert.equal((await plan([file("c"), file("d")], uploads, { most: 3 })).objection, null);
});

test("two files never go on with the same upload", async () => {
  const made = await plan([file(), file()], [upload({ offset_bytes: 1 })], { most: 5 });
  assert.deepEqual(
    made.entries.map(({ url }) => url !== null),
    [true, false],
  );
});

test("bytes beyond the quota are refused, but what is given up makes room", async () => {
  const large = file("other.mp4", "abcdefgh");
  assert.match((await plan([large], [], { quota: { free_bytes: 7 } })).objection, /delete the unfinished files first/);
  assert.equal((await plan([large], [upload({ offset_bytes: 1 })], { quota: { free_bytes: 4 } })).objection, null);
});

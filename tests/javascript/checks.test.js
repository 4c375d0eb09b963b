import assert from "node:assert/strict";
import { test } from "node:test";
import { objections } from "../../services/pages/static/js/sending/checks.js";
import { showInEnglish } from "./fixtures.js";

showInEnglish();

const limits = { types: ["mp4", "mov"], bytes: 52428800, seconds: 300 };
const file = (changes = {}) => ({ name: "clip.mp4", type: "video/mp4", size: 1000, ...changes });

test("a good clip meets no objection", () => assert.deepEqual(objections(file(), limits, 299), []));

test("an empty file is refused for that alone", () => {
  assert.match(
    objections(file({ size: 0, name: "letter.pdf" }), limits, null).join("|"),
    /^The file letter.pdf is empty \(0 bytes\)[^|]*$/,
  );
});

test("a file of another type is refused, one that says nothing of itself is not", () => {
  assert.match(objections(file({ name: "letter.pdf", type: "application/pdf" }), limits, null)[0], /MP4, MOV/);
  assert.deepEqual(objections(file({ name: "clip", type: "" }), limits, null), []);
  assert.deepEqual(objections(file({ name: "clip.bin", type: "video/quicktime" }), limits, null), []);
  assert.deepEqual(objections(file({ name: "CLIP.M4V", type: "" }), limits, null), []);
});

test("workbooks, zips and sounds are known by their endings and by what a phone calls them", () => {
  const takes = (types, changes) => objections(file(changes), { ...limits, types, seconds: null }, null);
  assert.deepEqual(takes(["xlsx"], { name: "budget.XLSX", type: "" }), []);
  assert.deepEqual(takes(["zip"], { name: "pictures", type: "application/x-zip-compressed" }), []);
  assert.deepEqual(takes(["m4a"], { name: "talk", type: "audio/x-m4a" }), []);
  assert.match(takes(["xlsx", "pptx"], { name: "budget.xlsm", type: "" })[0], /XLSX, PPTX/);
});

test("a clip that is surely longer is refused with what to cut; a second more is left to the server", () => {
  assert.match(objections(file(), limits, 340)[0], /5:40.*5:00.*at least 40 seconds/);
  assert.deepEqual(objections(file(), limits, 301), []);
  assert.deepEqual(objections(file(), limits, null), []);
});

test("a file that is too large is refused with its limit", () => {
  assert.match(objections(file({ size: 104857600 }), limits, 10)[0], /100 MB.*50 MB/);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { bare, groupOf, includesWhole, kindOf } from "../../services/pages/static/js/assist/matching.js";

const plan = { kind: "plan", types: ["pdf", "docx", "jpg"], is_clip: false, max_files: 2, is_missing: true };
const clip = { kind: "clip", types: ["mp4", "mov"], is_clip: true, max_files: 1, is_missing: true };
const groups = [
  { id: "one", reference: "OM63-0001", code: "SG-0001", name: "กลุ่มออมทรัพย์เพื่อการผลิตบ้านน้ำใส", takes: [plan, clip] },
  { id: "two", reference: "OM63-0012", code: "SG-0012", name: "กลุ่มออมทรัพย์บ้านน้ำใสเหนือ", takes: [plan, clip] },
  { id: "three", reference: "OM63-0123", code: "SG-0123", name: "กลุ่มออมทรัพย์บ้านดอน", takes: [plan, clip] },
];

test("names are compared in one form", () => {
  assert.equal(bare("น้ำใส"), bare("น้ํา-ใส"));
  assert.equal(bare("OM63-0001 (แผน).PDF"), "om630001แผนpdf");
});

test("a number is not found inside a longer one", () => {
  assert.ok(includesWhole("แผน12ก", "12"));
  assert.ok(!includesWhole("แผน123", "12"));
  assert.ok(!includesWhole("แผน312", "12"));
  assert.ok(includesWhole("123ก12", "12"));
  assert.ok(!includesWhole("แผน", ""));
});

test("a file finds its group by reference, then code, then name", () => {
  assert.equal(groupOf("OM63-0012 คลิป.mp4", groups), "two");
  assert.equal(groupOf("om63_0001.pdf", groups), "one");
  assert.equal(groupOf("แผน SG-0123 ฉบับแก้.pdf", groups), "three");
  assert.equal(groupOf("บ้านดอน.mp4", groups), "three");
});

test("of names inside each other the longest counts", () => {
  assert.equal(groupOf("คลิปบ้านน้ำใสเหนือ.mp4", groups), "two");
  assert.equal(groupOf("คลิปบ้านน้ำใส.mp4", groups), "one");
});

test("nobody's name, or two groups' references, leave the choice to the officer", () => {
  assert.equal(groupOf("IMG_0042.MOV", groups), null);
  assert.equal(groupOf("OM63-0001 OM63-0012.pdf", groups), null);
  assert.equal(groupOf("x.pdf", []), null);
});

test("two groups of one name leave the choice to the officer", () => {
  const twins = groups.slice(2).concat({ ...groups[2], id: "four", reference: "OM63-0200", code: "SG-0200" });
  assert.equal(groupOf("บ้านดอน.mp4", twins), null);
});

test("a file finds its item by its ending, a clip by being a video", () => {
  assert.equal(kindOf({ name: "a.PDF", type: "" }, groups[0], []), "plan");
  assert.equal(kindOf({ name: "a.jpeg", type: "image/jpeg" }, groups[0], []), "plan");
  assert.equal(kindOf({ name: "a.ogv", type: "video/ogg" }, groups[0], []), "clip");
  assert.equal(kindOf({ name: "a.txt", type: "text/plain" }, groups[0], []), null);
});

test("what is missing comes first", () => {
  const group = {
    id: "one",
    takes: [
      { ...plan, is_missing: false },
      { ...plan, kind: "budget" },
    ],
  };
  assert.equal(kindOf({ name: "a.pdf", type: "" }, group, []), "budget");
});

test("an item that other files of the queue fill is left to them", () => {
  const queued = [{ group: "one", kind: "clip" }];
  assert.equal(kindOf({ name: "b.mp4", type: "video/mp4" }, groups[0], queued), null);
  assert.equal(kindOf({ name: "b.mp4", type: "video/mp4" }, groups[1], queued), "clip");
});

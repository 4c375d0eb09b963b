import assert from "node:assert/strict";
import { test } from "node:test";
import { duration, problemText, sentence, WORDS } from "../../services/pages/static/js/sending/words.js";
import { showInEnglish } from "./fixtures.js";

showInEnglish();

const slots = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test("every sentence has the same slots in both languages", () => {
  for (const [key, [th, en]] of Object.entries(WORDS)) assert.deepEqual(slots(th), slots(en), key);
});

test("slots are filled", () => {
  assert.equal(sentence("en", "figures", { percent: 5, sent: "1 MB", total: "20 MB" }), "5% · 1 MB of 20 MB");
  assert.equal(sentence("th", "figures", { percent: 5, sent: "1 MB", total: "20 MB" }), "5% · 1 MB จาก 20 MB");
});

test("a duration is told to the minute", () => {
  assert.equal(duration(59), "less than a minute");
  assert.equal(duration(60), "about 1 min");
  assert.equal(duration(61), "about 2 min");
  assert.equal(duration(3599), "about 1 h 0 min");
  assert.equal(duration(5000, "th"), "ประมาณ 1 ชั่วโมง 24 นาที");
});

test("a refusal is read in the page's language", () => {
  assert.equal(problemText({ detail_en: "Too late.", detail_th: "หมดเวลา" }), "Too late.");
  assert.equal(problemText(null), "");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { length, megabytes, rounded } from "../../services/pages/static/js/figures.js";
import { fixture } from "./fixtures.js";

const cases = fixture("figures.json");

test("a half is rounded to the even number", () => {
  assert.deepEqual([0.5, 1.5, 2.5, 2.4, 2.6].map(rounded), [0, 2, 2, 2, 3]);
});

for (const [bytes, shown] of cases.megabytes) {
  test(`${bytes} bytes are ${shown}`, () => assert.equal(megabytes(bytes), shown));
}

for (const [seconds, shown] of cases.length) {
  test(`${seconds} seconds are ${shown}`, () => assert.equal(length(Number(seconds)), shown));
}

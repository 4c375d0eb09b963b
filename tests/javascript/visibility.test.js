import assert from "node:assert/strict";
import { test } from "node:test";
import { visible } from "../../services/pages/static/js/answers/visibility.js";
import { fixture } from "./fixtures.js";

for (const { what, parts, answers, visible: asked } of fixture("conditions.json")) {
  test(`asked: ${what}`, () => assert.deepEqual([...visible(parts, new Map(Object.entries(answers)))].sort(), asked));
}

test("what hangs on a hidden question is hidden, too", () => {
  const parts = [
    { key: "one", when: null },
    { key: "two", when: { one: ["yes"] } },
    { key: "three", when: { two: ["yes"] } },
  ];
  const answers = (one) =>
    new Map([
      ["one", [one]],
      ["two", ["yes"]],
    ]);
  assert.deepEqual([...visible(parts, answers("no"))], ["one"]);
  assert.deepEqual([...visible(parts, answers("yes"))], ["one", "two", "three"]);
});

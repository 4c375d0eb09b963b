import assert from "node:assert/strict";
import { test } from "node:test";
import { grouped, idOfPath, timeOfDay, typedValue } from "../../services/pages/static/js/answers/values.js";

test("one input is its text, and nothing where there is none", () => {
  assert.equal(typedValue([["answers.title", "ขนมไข่"]]), "ขนมไข่");
  assert.equal(typedValue([]), null);
});

test("rows keep their order and lose their numbers", () => {
  const pairs = [
    ["answers.budget.10.what", "c"],
    ["answers.budget.2.what", "b"],
    ["answers.budget.0.what", "a"],
    ["answers.budget.0.amount", "5"],
  ];
  assert.deepEqual(typedValue(pairs), [{ what: "a", amount: "5" }, { what: "b" }, { what: "c" }]);
});

test("parts that have names stay a mapping", () => {
  const pairs = [
    ["answers.yield.before", "1"],
    ["answers.yield.after", ""],
  ];
  assert.deepEqual(typedValue(pairs), { before: "1", after: "" });
});

test("of several options all that are ticked count, and none is an empty list", () => {
  const pairs = [
    ["answers.tools", ""],
    ["answers.tools", "a"],
    ["answers.tools", "b"],
  ];
  assert.deepEqual(typedValue(pairs, { several: true }), ["a", "b"]);
  assert.deepEqual(typedValue(pairs.slice(0, 1), { several: true }), []);
});

test("of a consent the last counts, so that its box stands behind an input with no", () => {
  assert.equal(
    typedValue([
      ["answers.agree", "no"],
      ["answers.agree", "yes"],
    ]),
    "yes",
  );
});

test("a problem's place leads to its input", () => {
  assert.equal(idOfPath("purchases[1].amount"), "q-purchases-1-amount");
  assert.equal(idOfPath("title"), "q-title");
});

test("thousands are apart, decimal places stay", () => {
  assert.deepEqual(["1250.50", "-1234567", "999", "0.00"].map(grouped), ["1,250.50", "-1,234,567", "999", "0.00"]);
});

test("the time of day is written as pages write it", () => {
  assert.equal(timeOfDay(new Date(2020, 4, 29, 14, 3)), "14.03");
});

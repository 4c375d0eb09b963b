import assert from "node:assert/strict";
import { test } from "node:test";
import { ballotTotal, isDecimal } from "../../services/pages/static/js/ballot/total.js";
import { fixture } from "./fixtures.js";

for (const { what, criteria, total } of fixture("ballots.json")) {
  test(`total: ${what}`, () => assert.deepEqual(ballotTotal(criteria), { total, missing: 0 }));
}

test("a missing mark adds nothing and is counted", () => {
  const criteria = [
    { weight: "60", min: "0", max: "10", mark: "5" },
    { weight: "40", min: "0", max: "10", mark: null },
  ];
  assert.deepEqual(ballotTotal(criteria), { total: "30.00", missing: 1 });
});

test("a ballot without a mark comes to nothing", () => {
  assert.deepEqual(ballotTotal([{ weight: "60", min: "0", max: "10", mark: null }]), { total: "0.00", missing: 1 });
});

test("only what the server reads as a number is one", () => {
  assert.ok(["8", "-0.5", "7.25"].every(isDecimal));
  assert.ok(!["", "1e1", "7,5", ".5", "eight", "1234567890123"].some(isDecimal));
});

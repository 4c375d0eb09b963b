import assert from "node:assert/strict";
import { test } from "node:test";
import { coalesced } from "../../services/pages/static/js/page.js";

test("what is asked for meanwhile is done once more, and then everything is up to date", async () => {
  let runs = 0;
  let release;
  const gate = new Promise((resolve) => {
    release = resolve;
  });
  const update = coalesced(async () => {
    runs += 1;
    await gate;
  });
  const first = update();
  assert.equal(update(), first);
  update();
  assert.equal(runs, 1);
  release();
  await first;
  assert.equal(runs, 2);
  await update();
  assert.equal(runs, 3);
});

test("after an update that failed the next one runs", async () => {
  let runs = 0;
  const update = coalesced(async () => {
    runs += 1;
    if (runs === 1) throw new Error("no connection");
  });
  await assert.rejects(update(), /no connection/);
  await update();
  assert.equal(runs, 2);
});

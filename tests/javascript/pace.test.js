import assert from "node:assert/strict";
import { test } from "node:test";
import * as pace from "../../services/pages/static/js/sending/pace.js";

const KIB = 1024;
const refused = (facts) => pace.afterError({ status: 0, method: "PATCH", code: undefined, hasUpload: true, beginnings: 0, ...facts });

test("a first chunk is small, and smaller where the connection is known to be slow", () => {
  assert.equal(pace.firstChunk(null), 256 * KIB);
  assert.equal(pace.firstChunk(1e9), 256 * KIB);
  assert.equal(pace.firstChunk(20_000), 117 * KIB);
  assert.equal(pace.firstChunk(100), 64 * KIB);
});

test("a chunk takes some seconds, and at most doubles", () => {
  assert.equal(pace.nextChunk(1e9, 256 * KIB), 512 * KIB);
  assert.equal(pace.nextChunk(1e9, 8192 * KIB), 8192 * KIB);
  assert.equal(pace.nextChunk(50_000, 256 * KIB), 292 * KIB);
  assert.equal(pace.smallerChunk(256 * KIB), 128 * KIB);
  assert.equal(pace.smallerChunk(64 * KIB), 64 * KIB);
});

test("slow chunks count more than quick ones, and small ones not at all", () => {
  assert.equal(pace.measuredSpeed(null, 100_000, 2), 50_000);
  assert.equal(pace.measuredSpeed(50_000, 100_000, 1), 1 / ((1 / 50_000 + 1 / 100_000) / 2));
  assert.equal(pace.measuredSpeed(50_000, 1000, 1), 50_000);
});

test("silence is borne for as long as a chunk may take, but not for ever", () => {
  assert.equal(pace.allowedSilence(256 * KIB, null, 0), 20_000);
  assert.equal(pace.allowedSilence(256 * KIB, null, 1), 30_000);
  assert.equal(Math.round(pace.allowedSilence(256 * KIB, 20_000, 0)), 39_322);
  assert.equal(pace.allowedSilence(256 * KIB, 1, 9), 90_000);
});

test("tries come ever more rarely, unless the server says when", () => {
  assert.deepEqual(
    [0, 3, 6, 60].map((failures) => pace.retryDelay(failures, 0, 0.5)),
    [500, 4000, 30_000, 30_000],
  );
  assert.equal(pace.retryDelay(0, 7000, 0.5), 7000);
  assert.equal(pace.retryDelay(0, 3_600_000, 0.5), 300_000);
  assert.ok(pace.retryDelay(0, 0, 0) < pace.retryDelay(0, 0, 1));
});

test("what may pass is tried again", () => {
  for (const status of [0, 408, 423, 425, 429, 460, 500, 503]) assert.equal(refused({ status }), "retry");
  assert.equal(refused({ status: 409, code: "offset_mismatch" }), "retry");
  assert.equal(refused({ status: 409, code: "taken_over" }), "retry");
});

test("what lasts is not tried again", () => {
  for (const status of [400, 403, 413, 415]) assert.equal(refused({ status }), "refused");
  assert.equal(refused({ status: 409, code: "upload_closed" }), "refused");
  assert.equal(refused({ status: 409, method: "POST", code: "offset_mismatch" }), "refused");
});

test("an upload that is gone is begun anew, a few times", () => {
  assert.equal(refused({ status: 404 }), "begin_anew");
  assert.equal(refused({ status: 410, beginnings: 2 }), "begin_anew");
  assert.equal(refused({ status: 410, beginnings: 3 }), "refused");
  assert.equal(refused({ status: 404, hasUpload: false }), "refused");
});

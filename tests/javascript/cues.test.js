import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, indexAt, picturesOf } from "../../services/pages/static/js/player/cues.js";

const cues = (...starts) => starts.map((startTime, index) => ({ startTime, text: `sprite.jpg#xywh=${160 * index},90,160,90` }));

test("a clock shows the second begun", () => {
  assert.deepEqual([0, 65.9, 600].map(clock), ["0:00", "1:05", "10:00"]);
});

test("a cue names its picture", () => {
  assert.deepEqual(picturesOf(cues(0, 5))[1], { startTime: 5, label: "0:05", file: "sprite.jpg", x: 160, y: 90, width: 160, height: 90 });
});

test("pictures closer than a second show tenths", () => {
  assert.deepEqual(
    picturesOf(cues(0, 0.5, 1)).map(({ label }) => label),
    ["0:00.0", "0:00.5", "0:01.0"],
  );
});

test("one picture needs no tenths, and no cue no picture", () => {
  assert.deepEqual(
    picturesOf(cues(0)).map(({ label }) => label),
    ["0:00"],
  );
  assert.deepEqual(picturesOf([]), []);
});

test("the picture of now is the last one begun", () => {
  const pictures = picturesOf(cues(1, 5, 9));
  assert.deepEqual(
    [0, 1, 6, 99].map((seconds) => indexAt(pictures, seconds)),
    [-1, 0, 1, 2],
  );
});

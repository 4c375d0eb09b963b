// The cases that the tests of Python read, too.
import { readFileSync } from "node:fs";

/** Read a file of tests/fixtures. */
export const fixture = (name) => JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8"));

/** The state of an upload as the API gives it. */
export const upload = (changes) => ({ id: "u1", filename: "clip.mp4", size_bytes: 4, offset_bytes: 0, state: "receiving", ...changes });

/** Read modules that write sentences as if a page were shown in English. */
export function showInEnglish() {
  globalThis.document = { documentElement: { lang: "en" } };
}

// What is to be done with the chosen files, compared with what the server has: send, go on, ask first, or not at all.
import { megabytes } from "../figures.js";
import { hasNameAndSize, isTheSame, uploadAddress } from "./server.js";
import { say } from "./words.js";

const ARRIVED = ["received", "passed", "failed"];

// Which unfinished upload each file goes on with, each upload at most once; and which has arrived already.
async function entriesOf(files, uploads) {
  const receiving = uploads.filter(({ state }) => state === "receiving");
  const arrived = uploads.filter(({ state }) => ARRIVED.includes(state));
  const entries = [],
    taken = [];
  for (const file of files) {
    const entry = { file, url: null, sent: 0, twin: null };
    for (const upload of receiving) {
      if (entry.url || taken.includes(upload.id) || !(await isTheSame(file, upload))) continue;
      taken.push(upload.id);
      Object.assign(entry, { url: uploadAddress(upload), sent: upload.offset_bytes });
    }
    if (!entry.url) entry.twin = arrived.find((upload) => hasNameAndSize(file, upload)) || null;
    entries.push(entry);
  }
  return entries;
}

function quotaObjection(quota, fresh, freed) {
  if (!quota) return null;
  const needed = fresh.reduce((sum, { file }) => sum + file.size, 0);
  const free = quota.free_bytes + freed.reduce((sum, upload) => sum + upload.size_bytes, 0);
  return needed > free ? say("no_quota", { free: megabytes(free), size: megabytes(needed) }) : null;
}

/** Plan the upload of files to an item: { entries, before, question?: "again" | "other", unfinished, skipped, objection?, goesOn }. */
export async function planFor(files, { uploads }, quota, mostFiles) {
  const receiving = uploads.filter(({ state }) => state === "receiving");
  const entries = await entriesOf(files, uploads);
  const plan = { entries, before: receiving.map(({ id }) => id), unfinished: [], skipped: [], goesOn: false };
  const [first] = entries;
  if (entries.length > 1) {
    plan.skipped = entries.filter(({ twin }) => twin).map(({ file }) => file.name);
    plan.entries = entries.filter(({ twin }) => !twin);
  } else if (first.url) {
    plan.goesOn = true;
  } else if (first.twin) {
    plan.question = "again";
  } else if (receiving.length && mostFiles === 1) {
    plan.question = "other";
    plan.unfinished = receiving;
  }
  const fresh = plan.entries.filter(({ url }) => !url);
  const left = Math.max(0, mostFiles - uploads.filter(({ state }) => state !== "failed").length);
  if (!plan.entries.length) plan.objection = say("skipped", { names: plan.skipped.join(", ") });
  else if (mostFiles > 1 && fresh.length > left) plan.objection = say("no_room", { left, count: fresh.length });
  else plan.objection = quotaObjection(quota, fresh, plan.unfinished);
  return plan;
}

/** Return a plan's question in words: title, text, and pairs of answer and label. */
export const questionOf = ({ question, unfinished, entries: [{ file, twin }] }) =>
  question === "again"
    ? [
        say("again_title"),
        say("again_text", { name: twin.filename, size: megabytes(twin.size_bytes) }),
        [
          ["no", say("again_no")],
          ["yes", say("again_yes")],
        ],
      ]
    : [
        say("other_title"),
        say("other_text", {
          name: unfinished[0].filename,
          sent: megabytes(unfinished[0].offset_bytes),
          size: megabytes(unfinished[0].size_bytes),
          chosen: file.name,
        }),
        [
          ["no", say("other_go_on")],
          ["yes", say("other_anew")],
        ],
      ];

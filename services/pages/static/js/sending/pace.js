// How much is sent at once, how long silence is borne, and what follows from an error. Pure: no network, no clock.
const KIB = 1024;
const MIB = 1024 * KIB;
const FIRST_CHUNK = 256 * KIB;
const SMALLEST_CHUNK = 64 * KIB;
const LARGEST_CHUNK = 8 * MIB;
const CHUNK_SECONDS = 6;
const MEASURABLE_CHUNK = 32 * KIB; // a smaller one takes as long as its answer, whatever the speed
const SHORTEST_SECONDS = 0.05;
const SILENT_MS = 20000;
const MOST_SILENT_MS = 90000;
const DELAYS_MS = [500, 1000, 2000, 4000, 8000, 15000, 30000];
const LONGEST_ASKED_MS = 5 * 60000;
const RETRIED = [0, 408, 409, 423, 425, 429, 460];
const PASSING_CONFLICTS = ["offset_mismatch", "taken_over", "status_changed"];
const NEW_BEGINNINGS = 3;

/** How long to wait for a signal that is surely gone. */
export const LONGEST_DELAY_MS = DELAYS_MS[DELAYS_MS.length - 1];

const clamp = (bytes) => Math.max(SMALLEST_CHUNK, Math.min(LARGEST_CHUNK, Math.floor(bytes / KIB) * KIB));

/** Return the bytes of a first chunk; `speed` in bytes a second, or null when unknown. */
export const firstChunk = (speed) => (speed ? Math.min(FIRST_CHUNK, clamp(speed * CHUNK_SECONDS)) : FIRST_CHUNK);

/** Return the bytes of the chunk after one of `chunk` bytes: some seconds' worth, at most twice as many. */
export const nextChunk = (speed, chunk) => clamp(Math.min(speed * CHUNK_SECONDS, 2 * chunk));

/** Return the bytes of the chunk after a failure. */
export const smallerChunk = (chunk) => clamp(chunk / 2);

/** Return the mean speed after a chunk of `bytes` took `seconds`; the mean of seconds a byte, so that slowness counts more. */
export function measuredSpeed(before, bytes, seconds) {
  if (bytes < MEASURABLE_CHUNK) return before;
  const now = bytes / Math.max(SHORTEST_SECONDS, seconds);
  return before ? 2 / (1 / before + 1 / now) : now;
}

/** Return for how many milliseconds nothing may move before the connection counts as dead; longer after each silence. */
export function allowedSilence(chunk, speed, silences) {
  const chunkMs = speed ? (3000 * chunk) / speed : 0;
  return Math.min(MOST_SILENT_MS, Math.max(SILENT_MS, chunkMs) * 1.5 ** silences);
}

/** Return the milliseconds until the next try: what the server asked for, else ever longer. `chance` from 0 to 1 spreads the crowd. */
export function retryDelay(failures, askedMs, chance) {
  const own = DELAYS_MS[Math.min(failures, DELAYS_MS.length - 1)];
  return (Math.min(askedMs, LONGEST_ASKED_MS) || own) * (0.8 + 0.4 * chance);
}

/** Return what follows from an answer with an error: "retry", "begin_anew" or "refused". Status 0 is no answer at all. */
export function afterError({ status, method, code, hasUpload, beginnings }) {
  if (hasUpload && (status === 404 || status === 410) && beginnings < NEW_BEGINNINGS) return "begin_anew";
  const isLasting = status === 409 && (method === "POST" || (code && !PASSING_CONFLICTS.includes(code)));
  return (RETRIED.includes(status) || status >= 500) && !isLasting ? "retry" : "refused";
}

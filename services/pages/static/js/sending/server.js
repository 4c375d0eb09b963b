// What the server knows: unfinished and arrived files, room; and how fast the way to it is.
const ANSWER_MS = 15000;
const PROBE_BYTES = 48 * 1024;
const PROBE_MS = 8000;
const COMPARED_BYTES = 64 * 1048576; // of a longer beginning the sum would need too much of a telephone's memory
const SPEED = "omsap.speed";
const SPEED_AGE_MS = 10 * 60000;
const GUESSED = { "slow-2g": 4000, "2g": 12000, "3g": 60000, "4g": 250000 }; // bytes a second, on the careful side

// A request that ends: with an answer, or with an error after some seconds.
async function ask(address, options, milliseconds) {
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(), milliseconds);
  try {
    return await fetch(address, Object.assign({ signal: ended.signal, credentials: "same-origin", cache: "no-store" }, options));
  } finally {
    clearTimeout(timer);
  }
}

/** Return what a stage asks, as the API gives it; null while it cannot be had; { refusal } when this browser may no longer see it. */
export async function readStage(submission, stage) {
  try {
    const answer = await ask(`/api/intake/submissions/${submission}/stages/${stage}`, {}, ANSWER_MS);
    if (answer.status === 429 || answer.status >= 500) return null;
    return answer.ok ? await answer.json() : { refusal: await answer.json() };
  } catch {
    return null;
  }
}

/** The address of an upload. */
export const uploadAddress = (upload) => `/api/intake/uploads/${upload.id}`;

// The server stores a name in composed letters, without control characters and dots around it.
const isControl = (letter) => letter < " " || letter === "\u007f";
const withoutControls = (name) => [...name].filter((letter) => !isControl(letter)).join("");
const storedName = (name) => withoutControls(name.normalize("NFC")).replace(/^[. ]+|[. ]+$/g, "");

/** Whether a file has the name and size of an upload. */
export const hasNameAndSize = (file, upload) => file.size === upload.size_bytes && storedName(file.name) === upload.filename;

// Whether the file begins with the bytes the server has; null where that cannot be said.
async function beginsAlike(file, upload) {
  const has = upload.offset_bytes;
  if (!upload.sha256_so_far || !has || has > COMPARED_BYTES || !globalThis.crypto?.subtle) return null;
  try {
    const sum = await crypto.subtle.digest("SHA-256", await file.slice(0, has).arrayBuffer());
    return Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, "0")).join("") === upload.sha256_so_far;
  } catch {
    return null;
  }
}

/** Whether a file is the one being uploaded: same size, and the same beginning where that can be compared, else the same name. */
export async function isTheSame(file, upload) {
  if (file.size !== upload.size_bytes) return false;
  const alike = await beginsAlike(file, upload);
  return alike === null ? hasNameAndSize(file, upload) : alike;
}

/** Delete an unfinished upload. True when it is gone. */
export async function deleteUpload(address) {
  try {
    const answer = await ask(address, { method: "DELETE", headers: { "Tus-Resumable": "1.0.0" } }, ANSWER_MS);
    return answer.ok || answer.status === 404 || answer.status === 410;
  } catch {
    return false;
  }
}

/** Remember how fast the last file went. */
export function rememberSpeed(bytesPerSecond) {
  try {
    localStorage.setItem(SPEED, JSON.stringify({ speed: bytesPerSecond, at: Date.now() }));
  } catch {
    // a browser that stores nothing measures again
  }
}

/** Return the bytes a second of the last file, if that is not long ago; else null. */
export function lastSpeed() {
  try {
    const last = JSON.parse(localStorage.getItem(SPEED));
    return last && Date.now() - last.at < SPEED_AGE_MS ? last.speed : null;
  } catch {
    return null;
  }
}

async function probedSpeed() {
  const bytes = new Uint8Array(PROBE_BYTES).map(() => Math.floor(Math.random() * 256)); // what a proxy cannot compress
  const began = performance.now();
  try {
    const answer = await ask(
      "/api/intake/speed",
      { method: "POST", body: bytes, headers: { "Content-Type": "application/octet-stream" } },
      PROBE_MS,
    );
    return answer.ok ? PROBE_BYTES / ((performance.now() - began) / 1000) : null;
  } catch {
    return null;
  }
}

/** Return { speed, measured }: bytes a second towards the server, by the last file, by a small one sent now, or guessed. */
export async function linkSpeed() {
  const measured = lastSpeed() || (await probedSpeed());
  if (measured) {
    rememberSpeed(measured);
    return { speed: measured, measured: true };
  }
  const kind = navigator.connection?.effectiveType;
  return { speed: GUESSED[kind] || null, measured: false };
}

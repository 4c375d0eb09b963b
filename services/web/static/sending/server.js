// What the server knows: unfinished and arrived files, room; and how fast the way to it is.
(() => {
  const sending = (window.omsap = window.omsap || {}).sending = window.omsap.sending || {};
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

  // The submission as it stands; null while it cannot be had; { refusal } when it is not for this browser any more.
  sending.submission = async (id) => {
    try {
      const answer = await ask(`/api/intake/submissions/${id}`, {}, ANSWER_MS);
      if (answer.status === 429 || answer.status >= 500) return null;
      return answer.ok ? await answer.json() : { refusal: await answer.json() };
    } catch (error) {
      return null;
    }
  };

  sending.address = (upload) => `/api/intake/uploads/${upload.id}`;

  // The server keeps a name in composed letters, without control characters and dots around it.
  const shownName = (name) => name.normalize("NFC").replace(/[\u0000-\u001f\u007f]/g, "").replace(/^[. ]+|[. ]+$/g, "");
  sending.hasNameAndSize = (file, upload) => file.size === upload.size_bytes && shownName(file.name) === upload.filename;

  // Whether the file begins with the bytes the server has; null where that cannot be said.
  async function beginsAlike(file, upload) {
    const has = upload.offset_bytes;
    if (!upload.sha256_so_far || !has || has > COMPARED_BYTES || !window.crypto || !crypto.subtle) return null;
    try {
      const sum = await crypto.subtle.digest("SHA-256", await file.slice(0, has).arrayBuffer());
      return Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, "0")).join("") === upload.sha256_so_far;
    } catch (error) {
      return null;
    }
  }

  // The same file: same size, and the same beginning where that can be compared, else the same name.
  sending.isTheSame = async (file, upload) => {
    if (file.size !== upload.size_bytes) return false;
    const alike = await beginsAlike(file, upload);
    return alike === null ? sending.hasNameAndSize(file, upload) : alike;
  };

  // Give an unfinished upload up. True when it is gone.
  sending.giveUp = async (address) => {
    try {
      const answer = await ask(address, { method: "DELETE", headers: { "Tus-Resumable": "1.0.0" } }, ANSWER_MS);
      return answer.ok || answer.status === 404 || answer.status === 410;
    } catch (error) {
      return false;
    }
  };

  sending.keepSpeed = (bytesPerSecond) => {
    try {
      localStorage.setItem(SPEED, JSON.stringify({ speed: bytesPerSecond, at: Date.now() }));
    } catch (error) {
      return; // a browser that keeps nothing measures again
    }
  };

  // What the last file was sent with, if that is not long ago.
  sending.lastSpeed = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(SPEED));
      return kept && Date.now() - kept.at < SPEED_AGE_MS ? kept.speed : null;
    } catch (error) {
      return null;
    }
  };

  async function probedSpeed() {
    const bytes = new Uint8Array(PROBE_BYTES).map(() => Math.floor(Math.random() * 256)); // what a proxy cannot compress
    const began = performance.now();
    try {
      const answer = await ask("/api/intake/speed", { method: "POST", body: bytes, headers: { "Content-Type": "application/octet-stream" } }, PROBE_MS);
      return answer.ok ? PROBE_BYTES / ((performance.now() - began) / 1000) : null;
    } catch (error) {
      return null;
    }
  }

  // Bytes a second towards the server, and whether they were measured: by the last file, by a small one now, or guessed.
  sending.linkSpeed = async () => {
    const measured = sending.lastSpeed() || await probedSpeed();
    if (measured) {
      sending.keepSpeed(measured);
      return { speed: measured, measured: true };
    }
    const kind = navigator.connection && navigator.connection.effectiveType;
    return { speed: GUESSED[kind] || null, measured: false };
  };
})();

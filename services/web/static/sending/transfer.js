// One file on its way, over a network that comes and goes. It never gives up by itself: each attempt asks the server how far it is.
//
// tus-js-client moves the bytes; when to try again is decided here, because its own retries end after the last delay, and because with
// an endpoint it would begin anew whenever a HEAD is answered with an error, throwing away what was sent.
(() => {
  const sending = (window.omsap = window.omsap || {}).sending = window.omsap.sending || {};
  const ENDPOINT = "/api/intake/uploads";
  const KIB = 1024, MIB = 1024 * KIB;
  const FIRST_CHUNK = 256 * KIB, SMALLEST_CHUNK = 64 * KIB, LARGEST_CHUNK = 8 * MIB;
  const CHUNK_SECONDS = 6;
  const TELLING_CHUNK = 32 * KIB; // a smaller one takes as long as its answer, and says nothing of the speed
  const SILENT_MS = 20000, MOST_SILENT_MS = 90000, CHANGED_MS = 5000;
  const DELAYS = [500, 1000, 2000, 4000, 8000, 15000, 30000];
  const LONGEST_ASKED_MS = 5 * 60000;
  const TRIED_AGAIN = [0, 408, 409, 423, 425, 429, 460];
  const PASSING_CONFLICTS = ["offset_mismatch", "taken_over", "status_changed"];
  const NEW_BEGINNINGS = 3;
  const STAND_BY_MS = 8000;

  const clamp = (bytes) => Math.max(SMALLEST_CHUNK, Math.min(LARGEST_CHUNK, Math.floor(bytes / KIB) * KIB));

  function problemOf(response) {
    try {
      return JSON.parse(response.getBody());
    } catch (error) {
      return null;
    }
  }

  class Elsewhere extends Error {}

  // States: connecting, sending, offline, waiting, busy, paused, elsewhere; and the ends done, refused, unreadable, cancelled.
  sending.Transfer = class {
    // `url` of an upload to go on with, or null; `lost` finds the upload of a creation whose answer never came; `seen` tells of an upload
    // without touching it; `told` hears of changes.
    constructor(file, { submission, kind, url, sent, speed, lost, seen, told }) {
      Object.assign(this, { file, submission, kind, url: url || null, lost, seen, told, speed });
      this.total = file.size;
      this.sent = this.kept = sent || 0; // on its way and surely there, in bytes
      this.state = "new";
      this.isLeftBehind = false; // cancelled, but still on the server
      this.problem = null;
      this.wait = 0;
      this.anew = false;
      this._chunk = speed ? Math.min(FIRST_CHUNK, clamp(speed * CHUNK_SECONDS)) : FIRST_CHUNK;
      this._attempt = this._failures = this._silences = this._beginnings = 0;
      this._farthest = null; // how far this page itself may have sent
      this._asked = false; // whether a creation was asked for
      this._upload = this._timer = null;
      this.ended = new Promise((resolve) => { this._end = resolve; });
    }

    start() {
      this._ears = [
        [window, "online", () => this._again()],
        [window, "offline", () => { if (this._isAtWork()) this._rest("offline", DELAYS[DELAYS.length - 1]); }],
        [document, "visibilitychange", () => { if (!document.hidden) this._again(); }],
        [navigator.connection, "change", () => { this._allowed = Math.min(this._allowed, Date.now() - this._moved + CHANGED_MS); }],
      ].filter(([where]) => where && where.addEventListener);
      for (const [where, what, ear] of this._ears) where.addEventListener(what, ear);
      this._watch = setInterval(() => this._look(), 1000);
      sending.awake(this, true);
      this._try();
      return this.ended;
    }

    pause() {
      if (this._isOver()) return;
      this._drop();
      this._tell("paused");
    }

    // Go on now: after a pause, instead of waiting, or although another device sends.
    goOn() {
      if (this._isOver() || this._isAtWork()) return;
      this._farthest = null;
      this._failures = 0;
      this._try();
    }

    toggle() {
      if (this._isAtWork()) this.pause(); else this.goOn();
    }

    // Stop for good, and delete what was sent.
    async cancel() {
      this.pause();
      this.isLeftBehind = Boolean(this.url) && !await sending.giveUp(this.url);
      this._finish("cancelled");
    }

    // Whether the last attempts came to nothing: what is said then stays until bytes move again.
    get isRetrying() { return this._failures > 0; }

    _isAtWork() { return this.state === "connecting" || this.state === "sending"; }
    _isWaiting() { return this.state === "offline" || this.state === "waiting" || this.state === "busy"; }
    _isOver() { return ["done", "refused", "unreadable", "cancelled"].includes(this.state); }

    _tell(state) {
      const before = this.state;
      this.state = state;
      this.told(this, before !== state);
    }

    _again() { if (this._isWaiting()) this._try(); else this._look(); }

    // A connection on which nothing moves is dead: sleep, a changed network and some cells end it without a word.
    _look() {
      if (this._isAtWork() && Date.now() - this._moved > this._allowed) {
        this._silences += 1;
        this._failed();
      }
    }

    _moves() {
      this._moved = Date.now();
      const chunkMs = this.speed ? 3000 * this._chunk / this.speed : 0;
      this._allowed = Math.min(MOST_SILENT_MS, Math.max(SILENT_MS, chunkMs) * Math.pow(1.5, this._silences));
    }

    _drop() {
      this._attempt += 1;
      clearTimeout(this._timer);
      if (this._upload) this._upload.abort();
      this._upload = null;
    }

    async _try() {
      this._drop();
      const attempt = this._attempt;
      const current = () => attempt === this._attempt;
      this._moves();
      this._tell("connecting");
      if (!this.url && this._asked) {
        const found = await this.lost();
        if (!current()) return;
        if (found === undefined) return this._failed();
        this.url = found;
      }
      this._upload = new tus.Upload(this.file, {
        endpoint: this.url ? null : ENDPOINT,
        uploadUrl: this.url,
        chunkSize: this._chunk,
        retryDelays: null,
        storeFingerprintForResuming: false, // the server knows what is unfinished, on any device
        metadata: { submission: this.submission, kind: this.kind, filename: this.file.name, filetype: this.file.type },
        onBeforeRequest: (request) => {
          if (request.getMethod() === "POST") this._asked = true;
          if (request.getMethod() === "PATCH") this._goesTo(Number(request.getHeader("Upload-Offset")));
          this._began = Date.now();
        },
        onAfterResponse: (request, response) => { if (current()) this._hear(request, response); },
        onUploadUrlAvailable: () => { if (current()) this.url = this._upload.url; },
        onProgress: (sent) => { if (current()) this._progress(sent); },
        onChunkComplete: (size, kept) => { if (current()) this._chunkArrived(size, kept); },
        onSuccess: () => { if (current()) { this.sent = this.kept = this.total; this._finish("done"); } },
        onError: (error) => { if (current()) this._answer(error); },
      });
      this._upload.start();
    }

    _hear(request, response) {
      this._moves();
      if (request.getMethod() !== "HEAD" || response.getStatus() !== 200) return;
      const has = Number(response.getHeader("Upload-Offset"));
      if (this._farthest !== null && has > this._farthest && has < this.total) throw new Elsewhere();
      this.sent = this.kept = has;
    }

    _progress(sent) {
      this._moves();
      this.sent = sent;
      this._tell("sending");
    }

    // More of a chunk may have arrived than the browser told of, but never more than the chunk.
    _goesTo(offset) {
      this._farthest = Math.max(this._farthest || 0, Math.min(this.total, offset + this._chunk));
    }

    _chunkArrived(size, kept) {
      this.kept = kept;
      this._failures = this._silences = 0;
      if (size < TELLING_CHUNK) return;
      const now = size / Math.max(0.05, (Date.now() - this._began) / 1000);
      this.speed = this.speed ? 2 / (1 / this.speed + 1 / now) : now; // the mean of seconds a byte: slowness counts more
      sending.keepSpeed(this.speed);
      // tus-js-client reads the size anew for each chunk.
      this._chunk = this._upload.options.chunkSize = clamp(Math.min(this.speed * CHUNK_SECONDS, 2 * this._chunk));
    }

    // What an error means: try again, begin anew, leave it to the other device, or end.
    _answer(error) {
      const response = error.originalResponse;
      const status = response ? response.getStatus() : 0;
      const method = error.originalRequest ? error.originalRequest.getMethod() : "";
      if (error.causingError instanceof Elsewhere) return this._standBy();
      this.problem = response ? problemOf(response) : null;
      if (this.url && (status === 404 || status === 410) && this._beginnings < NEW_BEGINNINGS) return this._beginAnew();
      const stands = status === 409 && this.problem && !PASSING_CONFLICTS.includes(this.problem.code);
      const isCreation = method === "POST" && status === 409;
      if ((TRIED_AGAIN.includes(status) || status >= 500) && !stands && !isCreation) {
        const asked = response ? Number(response.getHeader("Retry-After")) * 1000 || 0 : 0;
        return this._failed(status, Math.min(asked, LONGEST_ASKED_MS));
      }
      this._drop();
      this._finish("refused");
    }

    // Another device sends: leave it alone, and go on when it has stopped.
    _standBy() {
      this._drop();
      this._tell("elsewhere");
      const attempt = this._attempt;
      const ask = async (before) => {
        const upload = await this.seen(this.url);
        if (attempt !== this._attempt) return;
        if (upload && upload.state !== "receiving") {
          this.sent = this.kept = this.total;
          this._finish("done");
        } else if (upload && !upload.is_sending && upload.offset_bytes === before) {
          this.goOn();
        } else {
          if (upload) this.sent = this.kept = upload.offset_bytes;
          this._tell("elsewhere");
          this._timer = setTimeout(() => ask(this.kept), STAND_BY_MS);
        }
      };
      this._timer = setTimeout(() => ask(null), STAND_BY_MS);
    }

    _beginAnew() {
      this._beginnings += 1;
      this.url = null;
      this.anew = true;
      this._asked = false;
      this._farthest = null;
      this.sent = this.kept = 0;
      this._try();
    }

    // Try again after a while, always: when the server asked to, else at once at first and then ever more rarely.
    _failed(status = 0, asked = 0) {
      const own = DELAYS[Math.min(this._failures, DELAYS.length - 1)];
      const delay = (asked || own) * (0.8 + 0.4 * Math.random()); // not everybody at once
      this._failures += 1;
      this._chunk = clamp(this._chunk / 2);
      this._rest(navigator.onLine === false ? "offline" : status >= 429 ? "busy" : "waiting", delay);
      this._checkFile();
    }

    _rest(state, delay) {
      this._drop();
      this.wait = delay;
      this._timer = setTimeout(() => this._try(), delay);
      this._tell(state);
    }

    // A request fails the same way when the network is gone and when the telephone no longer hands out the file.
    async _checkFile() {
      try {
        await this.file.slice(this.kept, this.kept + 1).arrayBuffer();
      } catch (error) {
        this._drop();
        this._finish("unreadable");
      }
    }

    _finish(state) {
      if (this._isOver()) return;
      clearTimeout(this._timer);
      clearInterval(this._watch);
      for (const [where, what, ear] of this._ears) where.removeEventListener(what, ear);
      sending.awake(this, false);
      this._tell(state);
      this._end(state);
    }
  };
})();

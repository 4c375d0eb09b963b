// One file on its way, over a network that comes and goes. It never gives up by itself: each attempt asks the server how far it is.
//
// tus-js-client moves the bytes; when to try again is decided here, because its own retries end after the last delay, and because with
// an endpoint it would begin anew whenever a HEAD is answered with an error, throwing away what was sent.
import { stayAwake } from "./awake.js";
import * as pace from "./pace.js";
import { deleteUpload, rememberSpeed } from "./server.js";
import { hearSignals } from "./signals.js";

const ENDPOINT = "/api/intake/uploads";
const CHANGED_MS = 5000;
const STAND_BY_MS = 8000;
const WORKING = ["connecting", "sending"];
const WAITING = ["offline", "waiting", "busy"];
const ENDED = ["done", "refused", "unreadable", "cancelled"];

function problemOf(response) {
  try {
    return JSON.parse(response.getBody());
  } catch {
    return null; // an answer of something on the way, such as a proxy
  }
}

/** Another device has sent more of this file than this page did. */
class SentElsewhere extends Error {}

/** A transfer. States: connecting, sending, offline, waiting, busy, paused, elsewhere; and the ends done, refused, unreadable, cancelled. */
export class Transfer {
  /**
   * `url` of an upload to go on with, or null; `findCreated` finds the upload of a creation whose answer never came: an address, null, or
   * undefined when that cannot be known; `lookUp` returns the upload at an address without touching it; `onChange(transfer, isNewState)`.
   */
  constructor(file, { submission, stage, kind, url, sent, speed, findCreated, lookUp, onChange }) {
    Object.assign(this, { file, submission, stage, kind, url: url || null, findCreated, lookUp, onChange, speed });
    this.total = file.size;
    this.sent = this.stored = sent || 0; // bytes on their way, and bytes surely on the server
    this.state = "new";
    this.isLeftBehind = false; // cancelled, but still on the server
    this.problem = null;
    this.wait = 0;
    this.anew = false;
    this._chunk = pace.firstChunk(speed);
    this._attempt = this._failures = this._silences = this._beginnings = 0;
    this._farthest = null; // how far this page itself may have sent
    this._hasAsked = false; // whether a creation was asked for
    this._upload = this._timer = null;
    this.ended = new Promise((resolve) => {
      this._end = resolve;
    });
  }

  /** Send, until one of the ends; resolves to it. */
  start() {
    this._endSignals = hearSignals({
      onWake: () => this._wake(),
      onOffline: () => {
        if (this._isWorking()) this._waitFor("offline", pace.LONGEST_DELAY_MS);
      },
      onChange: () => {
        this._allowed = Math.min(this._allowed, Date.now() - this._movedAt + CHANGED_MS);
      },
    });
    this._watch = setInterval(() => this._checkSilence(), 1000);
    stayAwake(this, true);
    this._try();
    return this.ended;
  }

  pause() {
    if (this._hasEnded()) return;
    this._drop();
    this._enter("paused");
  }

  /** Go on now: after a pause, instead of waiting, or although another device sends. */
  goOn() {
    if (this._hasEnded() || this._isWorking()) return;
    this._farthest = null;
    this._failures = 0;
    this._try();
  }

  toggle() {
    if (this._isWorking()) this.pause();
    else this.goOn();
  }

  /** Stop for good, and delete what was sent. */
  async cancel() {
    this.pause();
    this.isLeftBehind = Boolean(this.url) && !(await deleteUpload(this.url));
    this._finish("cancelled");
  }

  /** Whether the last attempts came to nothing: the status shown then stays until bytes move again. */
  get isRetrying() {
    return this._failures > 0;
  }

  _isWorking() {
    return WORKING.includes(this.state);
  }
  _hasEnded() {
    return ENDED.includes(this.state);
  }

  _enter(state) {
    const before = this.state;
    this.state = state;
    this.onChange(this, before !== state);
  }

  _wake() {
    if (WAITING.includes(this.state)) this._try();
    else this._checkSilence();
  }

  // A connection on which nothing moves is dead: sleep, a changed network and some cells end it without an error.
  _checkSilence() {
    if (!this._isWorking() || Date.now() - this._movedAt <= this._allowed) return;
    this._silences += 1;
    this._fail();
  }

  _noteMovement() {
    this._movedAt = Date.now();
    this._allowed = pace.allowedSilence(this._chunk, this.speed, this._silences);
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
    const isCurrent = () => attempt === this._attempt;
    const whileCurrent =
      (listener) =>
      (...facts) => {
        if (isCurrent()) listener.apply(this, facts);
      };
    this._noteMovement();
    this._enter("connecting");
    if (!this.url && this._hasAsked) {
      const found = await this.findCreated();
      if (!isCurrent()) return;
      if (found === undefined) return this._fail();
      this.url = found;
    }
    this._upload = new window.tus.Upload(this.file, {
      endpoint: this.url ? null : ENDPOINT,
      uploadUrl: this.url,
      chunkSize: this._chunk,
      retryDelays: null,
      storeFingerprintForResuming: false, // the server knows what is unfinished, on any device
      metadata: { submission: this.submission, stage: this.stage, kind: this.kind, filename: this.file.name, filetype: this.file.type },
      onBeforeRequest: (request) => this._beforeRequest(request),
      onAfterResponse: whileCurrent(this._afterResponse),
      onUploadUrlAvailable: whileCurrent(() => {
        this.url = this._upload.url;
      }),
      onProgress: whileCurrent(this._progress),
      onChunkComplete: whileCurrent(this._chunkArrived),
      onSuccess: whileCurrent(() => this._finish("done")),
      onError: whileCurrent(this._onError),
    });
    this._upload.start();
  }

  _beforeRequest(request) {
    this._beganAt = Date.now();
    if (request.getMethod() === "POST") this._hasAsked = true;
    if (request.getMethod() !== "PATCH") return;
    // More of a chunk may arrive than the browser reports, but never more than the chunk.
    const end = Math.min(this.total, Number(request.getHeader("Upload-Offset")) + this._chunk);
    this._farthest = Math.max(this._farthest || 0, end);
  }

  _afterResponse(request, response) {
    this._noteMovement();
    if (request.getMethod() !== "HEAD" || response.getStatus() !== 200) return;
    const offset = Number(response.getHeader("Upload-Offset"));
    if (this._farthest !== null && offset > this._farthest && offset < this.total) throw new SentElsewhere();
    this.sent = this.stored = offset;
  }

  _progress(sent) {
    this._noteMovement();
    this.sent = sent;
    this._enter("sending");
  }

  _chunkArrived(size, stored) {
    this.stored = stored;
    this._failures = this._silences = 0;
    const speed = pace.measuredSpeed(this.speed, size, (Date.now() - this._beganAt) / 1000);
    if (speed === this.speed) return;
    this.speed = speed;
    rememberSpeed(speed);
    this._chunk = this._upload.options.chunkSize = pace.nextChunk(speed, this._chunk); // tus-js-client reads it before each chunk
  }

  _onError(error) {
    const response = error.originalResponse;
    const status = response ? response.getStatus() : 0;
    if (error.causingError instanceof SentElsewhere) return this._standBy();
    this.problem = response ? problemOf(response) : null;
    const next = pace.afterError({
      status,
      method: error.originalRequest ? error.originalRequest.getMethod() : "",
      code: this.problem?.code,
      hasUpload: Boolean(this.url),
      beginnings: this._beginnings,
    });
    if (next === "begin_anew") this._beginAnew();
    else if (next === "retry") this._fail(status, response ? Number(response.getHeader("Retry-After")) * 1000 || 0 : 0);
    else {
      this._drop();
      this._finish("refused");
    }
  }

  // Another device sends: leave it alone, and go on when it has stopped.
  _standBy() {
    this._drop();
    this._enter("elsewhere");
    const attempt = this._attempt;
    const look = async (before) => {
      const upload = await this.lookUp(this.url);
      if (attempt !== this._attempt) return;
      if (upload && upload.state !== "receiving") {
        this._finish("done");
      } else if (upload && !upload.is_sending && upload.offset_bytes === before) {
        this.goOn();
      } else {
        if (upload) this.sent = this.stored = upload.offset_bytes;
        this._enter("elsewhere");
        this._timer = setTimeout(() => look(this.stored), STAND_BY_MS);
      }
    };
    this._timer = setTimeout(() => look(null), STAND_BY_MS);
  }

  _beginAnew() {
    this._beginnings += 1;
    this.url = null;
    this.anew = true;
    this._hasAsked = false;
    this._farthest = null;
    this.sent = this.stored = 0;
    this._try();
  }

  // Try again after a while, always.
  _fail(status = 0, askedMs = 0) {
    const delay = pace.retryDelay(this._failures, askedMs, Math.random());
    this._failures += 1;
    this._chunk = pace.smallerChunk(this._chunk);
    this._waitFor(navigator.onLine === false ? "offline" : status >= 429 ? "busy" : "waiting", delay);
    this._checkFile();
  }

  _waitFor(state, delay) {
    this._drop();
    this.wait = delay;
    this._timer = setTimeout(() => this._try(), delay);
    this._enter(state);
  }

  // A request fails the same way when the network is gone and when the phone no longer lets the file be read.
  async _checkFile() {
    try {
      await this.file.slice(this.stored, this.stored + 1).arrayBuffer();
    } catch {
      this._drop();
      this._finish("unreadable");
    }
  }

  _finish(state) {
    if (this._hasEnded()) return;
    clearTimeout(this._timer);
    clearInterval(this._watch);
    this._endSignals();
    stayAwake(this, false);
    if (state === "done") this.sent = this.stored = this.total;
    this._enter(state);
    this._end(state);
  }
}

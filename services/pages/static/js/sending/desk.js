// One form for one item: looks at what was chosen, asks where something is not plain, and sends.
import { length, megabytes } from "../figures.js";
import { refresh } from "../page.js";
import { clipSeconds, objections } from "./checks.js";
import { Panel } from "./panel.js";
import { planFor, questionOf } from "./plan.js";
import { deleteUpload, hasNameAndSize, lastSpeed, linkSpeed, readStage, uploadAddress } from "./server.js";
import { Transfer } from "./transfer.js";
import { duration, problemText, say, speedText } from "./words.js";

const VERDICT_MS = [1500, 2000, 3000, 4000, 5000, 8000, 10000, 15000, 20000, 30000];
const RETRY_MS = 4000;
const DELETE_TRIES = 5;

const pause = (milliseconds) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

class Desk {
  constructor(form) {
    const { kind, submission, stage, types, max, seconds, maxFiles } = form.dataset;
    Object.assign(this, { form, kind, submission, stage, panel: new Panel(form), isSending: false });
    this.limits = { types: types.split(" "), bytes: Number(max), seconds: Number(seconds) || null, files: Number(maxFiles) || 1 };
    this._choice = 0; // the newest one counts: answers to an older one are ignored
    this._plan = null;
    this._isPressed = false;
  }

  /** A file was chosen: find out what is to be done with it, and write it. */
  choose() {
    if (!this.isSending) this._plan = this._look(++this._choice);
  }

  /** The button was pressed: do it. A second press finds it being done. */
  async submit() {
    if (this.isSending || this._isPressed) return;
    this._isPressed = true;
    if (!this._plan) this.choose();
    let plan = await this._plan;
    if (plan?.isReady && !plan.isKnown) plan = await this._whenKnown(plan, this._choice);
    this._isPressed = false;
    if (plan?.isReady) this._send(plan);
    else if (plan?.errors) this.panel.errors.focus();
  }

  /** Delete an unfinished upload that nobody wants to go on with. */
  async giveUp(upload) {
    if (this.isSending) return;
    this.panel.clear();
    const answer = await this.panel.ask(say("give_up_title"), say("cancel_text", { sent: megabytes(Number(upload.sent)) }), [
      ["no", say("give_up_no")],
      ["yes", say("give_up_yes")],
    ]);
    if (answer !== "yes") return;
    this.panel.close((await deleteUpload(uploadAddress(upload))) ? say("given_up") : say("not_cancelled"));
    refresh();
  }

  async _look(choice) {
    const { panel, limits } = this;
    const files = Array.from(panel.input.files);
    panel.clear();
    if (!files.length) return null;
    panel.write(say("looking"));
    const asked = readStage(this.submission, this.stage); // while the clip is measured
    const lengths = limits.seconds ? await Promise.all(files.map(clipSeconds)) : files.map(() => null);
    if (choice !== this._choice) return null;
    const found = [].concat(...files.map((file, index) => objections(file, limits, lengths[index])));
    if (found.length) return this._refuse(found, Boolean(limits.seconds) && lengths.some((length) => length > limits.seconds));
    const plan = await this._decide(files, await asked, choice);
    if (plan?.isReady) this._announce(plan, files, lengths, choice);
    return plan;
  }

  _refuse(sentences, trim = false) {
    this.panel.refuse(say("refused_title"), sentences, { trim });
    return { errors: sentences };
  }

  // Plan with what the server knows, and act where nothing is to be pressed. Offline the plan is made when there is a connection.
  async _decide(files, known, choice) {
    if (choice !== this._choice) return null;
    if (!known) return { isReady: true, isKnown: false, entries: files.map((file) => ({ file, sent: 0 })), skipped: [] };
    if (known.refusal) return this._refuse([problemText(known.refusal) || say("failed_text")]);
    const item = known.items.find(({ kind }) => kind === this.kind);
    const plan = await planFor(files, item, known.quota, this.limits.files);
    if (choice !== this._choice) return null;
    plan.isKnown = true;
    if (plan.objection) return this._refuse([plan.objection]);
    if (plan.question) this._ask(plan);
    else if (plan.goesOn) this._send(plan);
    else plan.isReady = true;
    return plan;
  }

  async _whenKnown(plan, choice) {
    const files = plan.entries.map(({ file }) => file);
    this.panel.write(say("offline", { kept: "" }));
    for (;;) {
      const known = await readStage(this.submission, this.stage);
      if (choice !== this._choice) return null;
      if (known) {
        this._plan = this._decide(files, known, choice);
        return this._plan;
      }
      await pause(RETRY_MS);
    }
  }

  async _ask(plan) {
    const { panel } = this;
    panel.write();
    panel.showButton(false); // the question has the buttons now
    const answer = await panel.ask(...questionOf(plan));
    panel.showButton(true);
    if (answer === "yes") return this._send(plan);
    this.form.reset();
    this._plan = null;
    if (plan.question === "other") panel.pick();
    else panel.input.focus();
  }

  async _announce(plan, files, lengths, choice) {
    const total = plan.entries.reduce((sum, { file, sent }) => sum + file.size - sent, 0);
    const facts = { name: files[0].name, count: plan.entries.length, size: megabytes(total) };
    const sentences = [
      facts.count > 1
        ? say("ready_several", facts)
        : lengths[0]
          ? say("ready_clip", Object.assign(facts, { length: length(lengths[0]) }))
          : say("ready_file", facts),
      this.limits.seconds && lengths.includes(null) ? say("not_measured") : "",
      plan.skipped.length ? say("skipped", { names: plan.skipped.join(", ") }) : "",
    ];
    this.panel.write(...sentences, say("measuring"));
    const { speed, measured } = await linkSpeed();
    if (choice !== this._choice || this.isSending) return;
    plan.speed = measured ? speed : null;
    const words = speed ? { time: duration(total / speed), speed: speedText(speed) } : {};
    this.panel.write(...sentences, say(measured ? "estimate" : speed ? "estimate_rough" : "no_estimate", words));
  }

  async _send(plan) {
    if (this.isSending) return;
    this.isSending = true;
    this._plan = null;
    let ended = "cancelled",
      transfer = null;
    try {
      await this._makeRoom(plan.unfinished);
      for (let index = 0; index < plan.entries.length; index += 1) {
        transfer = this._transferOf(plan, index);
        ended = await transfer.start();
        if (ended !== "done") break;
        refresh();
      }
    } finally {
      this.isSending = false;
    }
    this._conclude(ended, transfer);
  }

  // The upload that is not gone on with goes first. Should it not go now, it expires by itself.
  async _makeRoom(unfinished = []) {
    for (const upload of unfinished) {
      this.panel.write(say("connecting"));
      for (let tries = 0; tries < DELETE_TRIES && !(await deleteUpload(uploadAddress(upload))); tries += 1) await pause(RETRY_MS);
    }
  }

  _transferOf(plan, index) {
    const { file, url, sent } = plan.entries[index];
    const count = plan.entries.length;
    const title = count > 1 ? say("of_several", { number: index + 1, count, name: file.name }) : say("progress", { name: file.name });
    const transfer = new Transfer(file, {
      submission: this.submission,
      stage: this.stage,
      kind: this.kind,
      url,
      sent,
      speed: plan.speed || lastSpeed(),
      findCreated: () => this._findCreated(file, plan.before),
      lookUp: (address) => this._lookUp(address),
      onChange: (changed, isNewState) => this.panel.show(changed, isNewState),
    });
    this.panel.open(title, { toggle: () => transfer.toggle(), cancel: () => this._cancel(transfer) });
    return transfer;
  }

  // The upload of a creation whose answer was lost: one of this name and size that was not there before. Undefined: cannot be known.
  async _findCreated(file, before) {
    const known = await readStage(this.submission, this.stage);
    if (!known || known.refusal) return undefined;
    const { uploads } = known.items.find(({ kind }) => kind === this.kind);
    const found = uploads.find((upload) => upload.state === "receiving" && !before.includes(upload.id) && hasNameAndSize(file, upload));
    return found ? uploadAddress(found) : null;
  }

  // The upload at an address; undefined: cannot be known, or it is gone.
  async _lookUp(address) {
    const known = await readStage(this.submission, this.stage);
    const item = known?.items?.find(({ kind }) => kind === this.kind);
    return item ? item.uploads.find((upload) => address.endsWith(uploadAddress(upload))) : undefined;
  }

  async _cancel(transfer) {
    const answer = await this.panel.ask(say("cancel_title"), say("cancel_text", { sent: megabytes(transfer.stored) }), [
      ["no", say("cancel_no")],
      ["yes", say("cancel_yes")],
    ]);
    if (answer === "yes") transfer.cancel();
    else this.panel.box.focus();
  }

  _conclude(ended, transfer) {
    const { panel } = this;
    this.form.reset();
    if (ended === "done") {
      panel.close(say("done"));
      this._verdict(transfer.url, ++this._choice);
    } else if (ended === "cancelled") {
      panel.close(say(transfer.isLeftBehind ? "not_cancelled" : "cancelled"));
    } else {
      panel.close();
      const unreadable = ended === "unreadable" && say("unreadable", { name: transfer.file.name });
      panel.refuse(say("failed_title"), [unreadable || problemText(transfer.problem) || say("failed_text")]);
    }
    refresh();
  }

  // "Being checked" is true only for a while: look until the checks have ended.
  async _verdict(url, choice) {
    for (const wait of VERDICT_MS) {
      await pause(wait);
      const upload = await this._lookUp(url);
      if (choice !== this._choice || this.isSending) return;
      if (upload && upload.state !== "received") {
        this.panel.write(say(upload.state === "passed" ? "passed" : "failed"));
        refresh();
        return;
      }
    }
  }
}

const desks = new WeakMap();
/** Return the desk of a form, always the same one. */
export function deskOf(form) {
  if (!desks.has(form)) desks.set(form, new Desk(form));
  return desks.get(form);
}

// What a form shows while its file is looked at and sent. It knows elements and sentences, and nothing of networks.
import { megabytes } from "../figures.js";
import { duration, problemText, say, speedText } from "./words.js";

const PAINTED_MS = 400;
const SPOKEN_MS = 15000; // how often a screen reader speaks of progress
const WAITING = ["offline", "waiting", "busy"];

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") element.addEventListener("click", value);
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

// Focus an element, and show all of it on the screen.
function leadTo(element) {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "center" });
}

export class Panel {
  constructor(form) {
    this.form = form;
    this.input = form.elements.file;
    this.choosing = form.querySelector("[data-choosing]");
    this.unfinished = form.querySelector("[data-unfinished]");
    this.trim = form.querySelector("[data-trim]");
    this.errors = make("div", {
      class: "finding",
      role: "alert",
      tabindex: "-1",
      "data-errors": "",
      id: `errors-${form.dataset.kind}`,
      hidden: "",
    });
    this.note = make("div", { class: "mt-2", role: "status", tabindex: "-1", "data-note": "" });
    this.question = make("div", { class: "finding finding-advice", role: "group", tabindex: "-1", "data-question": "", hidden: "" });
    this.box = make("div", { class: "mt-2", role: "group", tabindex: "-1", "data-progress": "", hidden: "" });
    form.prepend(this.errors);
    for (const element of [this.note, this.question, this.box]) form.insertBefore(element, this.trim);
  }

  clear() {
    for (const element of [this.errors, this.question, this.box]) {
      element.hidden = true;
      element.textContent = "";
    }
    this.note.textContent = "";
    if (this.trim) this.trim.open = false;
    this.showButton(true);
    this.input.removeAttribute("aria-invalid");
    this.input.removeAttribute("aria-describedby");
  }

  /** Write sentences about the chosen file, to be read aloud when the reader pauses. */
  write(...sentences) {
    this.note.textContent = "";
    for (const sentence of sentences.filter(Boolean)) this.note.append(make("p", { class: "mb-1" }, sentence));
  }

  /** Write why it cannot be sent, and the way out; the focus goes there. */
  refuse(title, sentences, { trim } = {}) {
    this.clear();
    this.errors.append(make("p", { class: "fw-bold mb-1" }, title));
    for (const sentence of sentences) this.errors.append(make("p", { class: "mb-1" }, sentence));
    const ways = make("p", { class: "mb-0 d-flex flex-wrap gap-3" });
    if (trim && this.trim) {
      this.trim.open = true;
      ways.append(make("a", { href: `#${this.trim.id}` }, say("trim")));
    }
    const onclick = (event) => {
      event.preventDefault();
      this.pick();
    };
    ways.append(make("a", { href: `#${this.input.id}`, onclick }, say("choose_other")));
    this.errors.append(ways);
    this.input.setAttribute("aria-invalid", "true");
    this.input.setAttribute("aria-describedby", this.errors.id);
    this.errors.hidden = false;
    leadTo(this.errors);
  }

  pick() {
    this.input.focus();
    this.input.click();
  }

  /** Ask, with a button for each answer; resolves to the key of the one that was pressed. */
  ask(title, text, answers) {
    return new Promise((resolve) => {
      const titleId = `question-${this.form.dataset.kind}`;
      this.question.textContent = "";
      this.question.setAttribute("aria-labelledby", titleId);
      this.question.append(make("p", { class: "fw-bold mb-1", id: titleId }, title), make("p", { class: "mb-2" }, text));
      for (const [index, [key, words]] of answers.entries()) {
        const onclick = () => {
          this.question.hidden = true;
          resolve(key);
        };
        const look = index ? "btn-outline-primary" : "btn-primary";
        this.question.append(make("button", { type: "button", class: `btn w-100 mb-2 ${look}`, onclick }, words));
      }
      this.question.hidden = false;
      leadTo(this.question);
    });
  }

  showButton(is) {
    this.choosing.querySelector("button").hidden = !is;
  }

  showSending(is) {
    for (const element of [this.choosing, this.unfinished, this.trim]) if (element) element.hidden = is;
    this.form.toggleAttribute("data-busy", is);
  }

  /** Lay out the progress of one transfer; `title` says which file, `commands` has what its buttons do. */
  open(title, commands) {
    this.clear();
    this.box.setAttribute("aria-label", title);
    this.bar = make("progress", { max: "1", value: "0", "aria-label": title });
    this.figures = make("p", { class: "mb-0 fw-bold" });
    this.pace = make("p", { class: "mb-1 text-secondary" });
    this.status = make("p", { class: "mb-2", role: "status" });
    this.spoken = make("p", { class: "visually-hidden", role: "status" });
    this.toggle = make("button", { type: "button", class: "btn btn-outline-primary flex-fill", onclick: commands.toggle });
    this.cancel = make("button", { type: "button", class: "btn btn-outline-secondary flex-fill", onclick: commands.cancel }, say("cancel"));
    this.box.append(
      make("p", { class: "mb-1 text-break" }, title),
      this.bar,
      this.figures,
      this.pace,
      this.status,
      this.spoken,
      make("div", { class: "d-flex gap-2 mb-2" }, this.toggle, this.cancel),
      make("p", { class: "mb-0 small text-secondary" }, say("closing")),
    );
    this.box.hidden = false;
    this._paintedAt = 0;
    this._spokenAt = Date.now();
    this.showSending(true);
    leadTo(this.box);
  }

  /** Show how far a transfer is. Figures change at most a few times a second; what is read aloud far more rarely. */
  show(transfer, isNewState) {
    const now = Date.now();
    if (!isNewState && now - this._paintedAt < PAINTED_MS) return;
    this._paintedAt = now;
    const { state, stored, total } = transfer;
    const isDead = state !== "sending" && state !== "connecting";
    const sent = isDead && stored ? stored : transfer.sent; // on a dead line, what is surely there
    const percent = Math.floor((100 * sent) / total);
    this.bar.value = sent / total;
    this.figures.textContent = say("figures", { percent, sent: megabytes(sent), total: megabytes(total) });
    const left = transfer.speed ? duration((total - sent) / transfer.speed) : null;
    this.pace.textContent =
      state !== "sending" ? "" : left ? say("pace", { time: left, speed: speedText(transfer.speed) }) : say("pace_unknown");
    if (state === "sending" && left && now - this._spokenAt > SPOKEN_MS) {
      this._spokenAt = now;
      this.spoken.textContent = say("spoken", { percent, time: left });
    }
    if (!isNewState || (state === "connecting" && transfer.isRetrying)) return;
    this._writeStatus(transfer, stored ? say("bytes_kept", { size: megabytes(stored) }) : transfer.sent ? say("arrived_kept") : "");
    this.toggle.textContent = say(
      WAITING.includes(state) ? "try_now" : state === "elsewhere" ? "go_on_here" : state === "paused" ? "go_on" : "pause",
    );
  }

  _writeStatus(transfer, kept) {
    const { state } = transfer;
    let words = say(state, { kept, seconds: Math.ceil(transfer.wait / 1000), name: transfer.file.name });
    if (state === "sending" && transfer.anew) words = say("anew");
    else if (state === "sending" && transfer.stored) words = say("going_on", { size: megabytes(transfer.stored) });
    if (state === "busy") words = `${words} ${problemText(transfer.problem)}`;
    this.status.textContent = words.replace(/ {2,}/g, " ");
    this.status.classList.toggle("fw-bold", state !== "sending" && state !== "connecting");
  }

  /** End the progress: write how it ended, and leave the reader there. */
  close(...sentences) {
    this.clear();
    this.showSending(false);
    this.write(...sentences);
    leadTo(this.note);
  }
}

// What a form shows while its file is looked at and sent. It knows elements and words, and nothing of networks.
(() => {
  const sending = (window.omsap = window.omsap || {}).sending = window.omsap.sending || {};
  const { say, size, time, speed } = sending;
  const PAINTED_MS = 400;
  const HEARD_MS = 15000; // how often a screen reader is told of progress
  const WAITING = { offline: true, waiting: true, busy: true };

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "onclick") element.addEventListener("click", value); else element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  }

  // Lead the reader there: focus, and the whole of it on the screen.
  function lead(element) {
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "center" });
  }

  sending.Panel = class {
    constructor(form) {
      this.form = form;
      this.input = form.elements.file;
      this.choosing = form.querySelector("[data-choosing]");
      this.unfinished = form.querySelector("[data-unfinished]");
      this.trim = form.querySelector("[data-trim]");
      this.errors = make("div", { class: "finding", role: "alert", tabindex: "-1", "data-errors": "", id: `errors-${form.dataset.kind}`, hidden: "" });
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

    // Sentences about the chosen file, politely.
    tell(...sentences) {
      this.note.textContent = "";
      for (const sentence of sentences.filter(Boolean)) this.note.append(make("p", { class: "mb-1" }, sentence));
    }

    // Why it cannot be sent, and the way out; the focus goes there.
    refuse(title, sentences, { trim } = {}) {
      this.clear();
      this.errors.append(make("p", { class: "fw-bold mb-1" }, title));
      for (const sentence of sentences) this.errors.append(make("p", { class: "mb-1" }, sentence));
      const ways = make("p", { class: "mb-0 d-flex flex-wrap gap-3" });
      if (trim && this.trim) {
        this.trim.open = true;
        ways.append(make("a", { href: `#${this.trim.id}` }, say("trim")));
      }
      ways.append(make("a", { href: `#${this.input.id}`, onclick: (event) => { event.preventDefault(); this.pick(); } }, say("choose_other")));
      this.errors.append(ways);
      this.input.setAttribute("aria-invalid", "true");
      this.input.setAttribute("aria-describedby", this.errors.id);
      this.errors.hidden = false;
      lead(this.errors);
    }

    pick() {
      this.input.focus();
      this.input.click();
    }

    // Ask, with a button for each answer; resolves to the key of the one that was pressed.
    ask(title, text, answers) {
      return new Promise((resolve) => {
        const titleId = `question-${this.form.dataset.kind}`;
        this.question.textContent = "";
        this.question.setAttribute("aria-labelledby", titleId);
        this.question.append(make("p", { class: "fw-bold mb-1", id: titleId }, title), make("p", { class: "mb-2" }, text));
        answers.forEach(([key, words], index) => this.question.append(make("button", {
          type: "button",
          class: `btn w-100 mb-2 ${index ? "btn-outline-primary" : "btn-primary"}`,
          onclick: () => { this.question.hidden = true; resolve(key); },
        }, words)));
        this.question.hidden = false;
        lead(this.question);
      });
    }

    showButton(is) {
      this.choosing.querySelector("button").hidden = !is;
    }

    showSending(is) {
      for (const element of [this.choosing, this.unfinished, this.trim]) if (element) element.hidden = is;
      this.form.toggleAttribute("data-busy", is);
    }

    // Lay out the progress of one transfer; `title` says which file, `commands` holds what its buttons do.
    open(title, commands) {
      this.clear();
      this.box.setAttribute("aria-label", title);
      this.bar = make("progress", { max: "1", value: "0", "aria-label": title });
      this.figures = make("p", { class: "mb-0 fw-bold" });
      this.pace = make("p", { class: "mb-1 text-secondary" });
      this.status = make("p", { class: "mb-2", role: "status" });
      this.heard = make("p", { class: "visually-hidden", role: "status" });
      this.toggle = make("button", { type: "button", class: "btn btn-outline-primary flex-fill", onclick: commands.toggle });
      this.cancel = make("button", { type: "button", class: "btn btn-outline-secondary flex-fill", onclick: commands.cancel }, say("cancel"));
      this.box.append(
        make("p", { class: "mb-1 text-break" }, title), this.bar, this.figures, this.pace, this.status, this.heard,
        make("div", { class: "d-flex gap-2 mb-2" }, this.toggle, this.cancel),
        make("p", { class: "mb-0 small text-secondary" }, say("closing")),
      );
      this.box.hidden = false;
      this._painted = 0;
      this._heard = Date.now();
      this.showSending(true);
      lead(this.box);
    }

    // Show where a transfer is. Figures change at most a few times a second; what is read aloud far more rarely.
    show(transfer, isNews) {
      const now = Date.now();
      if (!isNews && now - this._painted < PAINTED_MS) return;
      this._painted = now;
      const { state, kept, total } = transfer;
      const isDead = state !== "sending" && state !== "connecting";
      const sent = isDead && kept ? kept : transfer.sent; // on a dead line, what is surely there
      const percent = Math.floor(100 * sent / total);
      this.bar.value = sent / total;
      this.figures.textContent = say("figures", { percent, sent: size(sent), total: size(total) });
      const left = transfer.speed ? time((total - sent) / transfer.speed) : null;
      this.pace.textContent = state !== "sending" ? "" : left ? say("pace", { time: left, speed: speed(transfer.speed) }) : say("pace_unknown");
      if (state === "sending" && left && now - this._heard > HEARD_MS) {
        this._heard = now;
        this.heard.textContent = say("heard", { percent, time: left });
      }
      if (!isNews || (state === "connecting" && transfer.isRetrying)) return;
      this._say(transfer, kept ? say("bytes_kept", { size: size(kept) }) : transfer.sent ? say("arrived_kept") : "");
      this.toggle.textContent = say(
        WAITING[state] ? "try_now" : state === "elsewhere" ? "go_on_here" : state === "paused" ? "go_on" : "pause",
      );
    }

    _say(transfer, kept) {
      const { state } = transfer;
      let words = say(state, { kept, seconds: Math.ceil(transfer.wait / 1000), name: transfer.file.name });
      if (state === "sending" && transfer.anew) words = say("anew");
      else if (state === "sending" && transfer.kept) words = say("going_on", { size: size(transfer.kept) });
      if (state === "busy") words = `${words} ${sending.problemText(transfer.problem)}`;
      this.status.textContent = words.replace(/ {2,}/g, " ");
      this.status.classList.toggle("fw-bold", state !== "sending" && state !== "connecting");
    }

    // Nothing is on its way any more: say how it ended, and leave the reader there.
    close(...sentences) {
      this.clear();
      this.showSending(false);
      this.tell(...sentences);
      lead(this.note);
    }
  };
})();

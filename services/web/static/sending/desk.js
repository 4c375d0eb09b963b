// One form for one item: looks at what was chosen, asks where something is not plain, and sends.
(() => {
  const sending = (window.omsap = window.omsap || {}).sending = window.omsap.sending || {};
  const { say, size } = sending;
  const VERDICT_MS = [1500, 2000, 3000, 4000, 5000, 8000, 10000, 15000, 20000, 30000];
  const AGAIN_MS = 4000;
  const DELETE_TRIES = 5;

  const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });
  const refresh = () => { if (window.omsap && window.omsap.refresh) window.omsap.refresh(); };

  class Desk {
    constructor(form) {
      const { kind, submission, types, max, seconds, maxFiles } = form.dataset;
      Object.assign(this, { form, kind, submission, panel: new sending.Panel(form), isSending: false });
      this.limits = { types: types.split(" "), bytes: Number(max), seconds: Number(seconds) || null, files: Number(maxFiles) || 1 };
      this._choice = 0; // the newest one counts: what an older one still waits for is dropped
      this._plan = null;
      this._isPressed = false;
    }

    // A file was chosen: find out what is to be done with it, and say so.
    choose() {
      if (!this.isSending) this._plan = this._look(++this._choice);
    }

    // The button was pressed: do it. A second press finds it being done.
    async submit() {
      if (this.isSending || this._isPressed) return;
      this._isPressed = true;
      if (!this._plan) this.choose();
      let plan = await this._plan;
      if (plan && plan.isReady && !plan.isKnown) plan = await this._whenKnown(plan, this._choice);
      this._isPressed = false;
      if (plan && plan.isReady) this._send(plan);
      else if (plan && plan.errors) this.panel.errors.focus();
    }

    // Delete an unfinished upload that nobody wants to go on with.
    async giveUp(upload) {
      if (this.isSending) return;
      this.panel.clear();
      const answer = await this.panel.ask(say("give_up_title"), say("cancel_text", { sent: size(Number(upload.sent)) }), [
        ["no", say("give_up_no")], ["yes", say("give_up_yes")],
      ]);
      if (answer !== "yes") return;
      this.panel.close(await sending.giveUp(sending.address(upload)) ? say("given_up") : say("not_cancelled"));
      refresh();
    }

    async _look(choice) {
      const { panel, limits } = this;
      const files = Array.from(panel.input.files);
      panel.clear();
      if (!files.length) return null;
      panel.tell(say("looking"));
      const asked = sending.submission(this.submission); // while the clip is measured
      const lengths = limits.seconds ? await Promise.all(files.map(sending.clipSeconds)) : files.map(() => null);
      if (choice !== this._choice) return null;
      const objections = [].concat(...files.map((file, index) => sending.objections(file, limits, lengths[index])));
      if (objections.length) return this._refuse(objections, Boolean(limits.seconds) && lengths.some((length) => length > limits.seconds));
      const plan = await this._decide(files, await asked, choice);
      if (plan && plan.isReady) this._announce(plan, files, lengths, choice);
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
      if (known.refusal) return this._refuse([sending.problemText(known.refusal) || say("failed_text")]);
      const item = known.items.find(({ kind }) => kind === this.kind);
      const plan = await sending.planFor(files, item, known.quota, this.limits.files);
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
      this.panel.tell(say("offline", { kept: "" }));
      for (;;) {
        const known = await sending.submission(this.submission);
        if (choice !== this._choice) return null;
        if (known) {
          this._plan = this._decide(files, known, choice);
          return this._plan;
        }
        await pause(AGAIN_MS);
      }
    }

    async _ask(plan) {
      const { panel } = this;
      panel.tell();
      panel.showButton(false); // the question has the buttons now
      const answer = await panel.ask(...sending.questionOf(plan));
      panel.showButton(true);
      if (answer === "yes") return this._send(plan);
      this.form.reset();
      this._plan = null;
      if (plan.question === "other") panel.pick(); else panel.input.focus();
    }

    async _announce(plan, files, lengths, choice) {
      const total = plan.entries.reduce((sum, { file, sent }) => sum + file.size - sent, 0);
      const facts = { name: files[0].name, count: plan.entries.length, size: size(total) };
      const sentences = [
        facts.count > 1 ? say("ready_several", facts)
          : lengths[0] ? say("ready_clip", Object.assign(facts, { length: sending.length(lengths[0]) })) : say("ready_file", facts),
        this.limits.seconds && lengths.includes(null) ? say("not_measured") : "",
        plan.skipped.length ? say("skipped", { names: plan.skipped.join(", ") }) : "",
      ];
      this.panel.tell(...sentences, say("measuring"));
      const { speed, measured } = await sending.linkSpeed();
      if (choice !== this._choice || this.isSending) return;
      plan.speed = measured ? speed : null;
      const words = speed ? { time: sending.time(total / speed), speed: sending.speed(speed) } : {};
      this.panel.tell(...sentences, say(measured ? "estimate" : speed ? "estimate_rough" : "no_estimate", words));
    }

    async _send(plan) {
      if (this.isSending) return;
      this.isSending = true;
      this._plan = null;
      let ended = "cancelled", transfer = null;
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
        this.panel.tell(say("connecting"));
        for (let tries = 0; tries < DELETE_TRIES && !await sending.giveUp(sending.address(upload)); tries += 1) await pause(AGAIN_MS);
      }
    }

    _transferOf(plan, index) {
      const { file, url, sent } = plan.entries[index];
      const count = plan.entries.length;
      const title = count > 1 ? say("of_several", { number: index + 1, count, name: file.name }) : say("progress", { name: file.name });
      const transfer = new sending.Transfer(file, {
        submission: this.submission,
        kind: this.kind,
        url,
        sent,
        speed: plan.speed || sending.lastSpeed(),
        lost: () => this._lost(file, plan.before),
        seen: (address) => this._seen(address),
        told: (told, isNews) => this.panel.show(told, isNews),
      });
      this.panel.open(title, { toggle: () => transfer.toggle(), cancel: () => this._cancel(transfer) });
      return transfer;
    }

    // The upload of a creation whose answer was lost: one of this name and size that was not there before. Undefined: cannot be said.
    async _lost(file, before) {
      const known = await sending.submission(this.submission);
      if (!known || known.refusal) return undefined;
      const { uploads } = known.items.find(({ kind }) => kind === this.kind);
      const found = uploads.find((upload) => upload.state === "receiving" && !before.includes(upload.id) && sending.hasNameAndSize(file, upload));
      return found ? sending.address(found) : null;
    }

    // The upload at an address; undefined: cannot be said, or it is gone.
    async _seen(address) {
      const known = await sending.submission(this.submission);
      const item = known && known.items && known.items.find(({ kind }) => kind === this.kind);
      return item ? item.uploads.find((upload) => address.endsWith(sending.address(upload))) : undefined;
    }

    async _cancel(transfer) {
      const answer = await this.panel.ask(say("cancel_title"), say("cancel_text", { sent: size(transfer.kept) }), [
        ["no", say("cancel_no")], ["yes", say("cancel_yes")],
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
        panel.refuse(say("failed_title"), [unreadable || sending.problemText(transfer.problem) || say("failed_text")]);
      }
      refresh();
    }

    // "Being checked" is true only for a while: look until the checks have ended.
    async _verdict(url, choice) {
      for (const wait of VERDICT_MS) {
        await pause(wait);
        const upload = await this._seen(url);
        if (choice !== this._choice || this.isSending) return;
        if (upload && upload.state !== "received") {
          this.panel.tell(say(upload.state === "passed" ? "passed" : "failed"));
          refresh();
          return;
        }
      }
    }
  }

  const desks = new WeakMap();
  sending.desk = (form) => {
    if (!desks.has(form)) desks.set(form, new Desk(form));
    return desks.get(form);
  };
})();

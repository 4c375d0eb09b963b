// One question on the page: what its inputs hold, and showing what the server says of it.
import { grouped, idOfPath, typedValue } from "./values.js";

const language = () => (document.documentElement.lang === "en" ? "en" : "th");

function paragraph(text) {
  const made = document.createElement("p");
  made.className = "problem";
  made.textContent = text;
  return made;
}

export class Question {
  constructor(element) {
    this.element = element;
    this.key = element.dataset.question;
    this.look = element.dataset.look;
    this.when = element.dataset.when ? JSON.parse(element.dataset.when) : null;
  }

  get inputs() {
    return [...this.element.querySelectorAll("[name^='answers.']")];
  }

  /** The typed answer; null where nothing is. */
  get value() {
    const pairs = this.inputs
      .filter((input) => !["radio", "checkbox"].includes(input.type) || input.checked)
      .map(({ name, value }) => [name, value]);
    return typedValue(pairs, { several: this.look === "boxes" });
  }

  /** The words by which conditions name the answer. */
  get words() {
    const { value } = this;
    if (Array.isArray(value)) return value.filter((one) => typeof one === "string");
    return typeof value === "string" && value ? [value] : [];
  }

  get began() {
    return this.element.querySelector("[name^='began.']");
  }

  get version() {
    return Number(this.began.value.split(":")[0]);
  }

  /** Note the version that the server has now, so that the next save begins from it. */
  beginFrom({ version, mark }) {
    this.began.value = `${version}:${mark}`;
  }

  show(isAsked) {
    this.element.hidden = !isAsked;
  }

  /** Say how far saving is, beside the question. */
  say(text, isBad = false) {
    const note = this.element.querySelector("[data-saved]");
    note.textContent = text;
    note.classList.toggle("save-failed", isBad);
  }

  /** Show what the server made of the answer: its problems, how it was read, what its columns come to. */
  take(answer, sums) {
    this.beginFrom(answer);
    for (const place of this.element.querySelectorAll("[data-problem], [data-problems]")) place.replaceChildren();
    for (const input of this.inputs) this.mark(input, false);
    for (const problem of answer.problems) {
      const id = idOfPath(problem.path);
      const input = document.getElementById(id);
      const place = document.getElementById(`problem-${id}`) || document.getElementById(`problem-${this.key}`);
      place.append(paragraph(problem[language()]));
      if (input && this.element.contains(input)) this.mark(input, true);
    }
    this.element.classList.toggle("question-bad", answer.problems.length > 0);
    const understood = this.element.querySelector("[data-understood]");
    const isPlain = !["date", "place", "telephone"].includes(answer.type);
    understood.hidden = isPlain || !answer.shown;
    if (answer.shown) understood.querySelector("span").textContent = answer.shown[language()];
    for (const { column, total } of sums) {
      const place = this.element.querySelector(`[data-column="${column}"] strong`);
      if (place) place.textContent = place.textContent.replace(/-?[\d,]+(\.\d+)?/, grouped(total));
    }
  }

  mark(input, isWrong) {
    input.classList.toggle("is-invalid", isWrong);
    if (isWrong) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  /** Ask which text is to stay, where somebody else has saved the same meanwhile. */
  ask({ title, theirs, texts, keepMine, keepTheirs }) {
    this.element.querySelector("[data-clash]")?.remove();
    const panel = document.createElement("div");
    panel.className = "finding";
    panel.dataset.clash = "";
    panel.setAttribute("role", "alert");
    const said = document.createElement("p");
    said.textContent = `${title}:`;
    const quote = document.createElement("blockquote");
    quote.className = "answer";
    quote.textContent = theirs;
    panel.append(said, quote);
    for (const [text, act] of [
      [texts.textMine, keepMine],
      [texts.textTheirs, keepTheirs],
    ]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-outline-primary me-2";
      button.textContent = text;
      button.addEventListener("click", () => {
        panel.remove();
        act();
      });
      panel.append(button);
    }
    this.element.append(panel);
  }

  /** Add an empty row to a table. */
  addRow() {
    const rows = this.element.querySelectorAll("[data-row]");
    const last = rows[rows.length - 1];
    const row = last.cloneNode(true);
    const renumbered = (text) =>
      text.replace(/([.-])(\d+)([.-])(?=[^.-]*$)/, (_, before, number, after) => `${before}${Number(number) + 1}${after}`);
    for (const element of row.querySelectorAll("[id], [name], [aria-describedby], [aria-label]")) {
      for (const attribute of ["id", "name", "aria-describedby"]) {
        if (element.hasAttribute(attribute)) element.setAttribute(attribute, renumbered(element.getAttribute(attribute)));
      }
      const label = element.getAttribute("aria-label");
      if (label) element.setAttribute("aria-label", label.replace(/\d+$/, rows.length + 1));
      if (element.matches("input")) element.value = "";
      if (element.matches("select")) element.selectedIndex = 0;
      if (element.matches("[data-problem]")) element.replaceChildren();
      if (element.matches("input, select")) this.mark(element, false);
    }
    row.querySelector("th").textContent = rows.length + 1;
    last.after(row);
    row.querySelector("input, select").focus();
  }
}

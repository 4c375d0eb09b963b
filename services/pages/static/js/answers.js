// A form being filled in: every answer is saved as it is typed, against the version it was begun from, and only those that were changed in
// this tab; what is hidden follows the answers at once. Without this the form is saved by its button.
import { Question } from "./answers/question.js";
import { timeOfDay } from "./answers/values.js";
import { visible } from "./answers/visibility.js";
import { readPage, refresh } from "./page.js";

const SAVE_MS = 900;
const CHANGED_MS = 50;
const RETRY_MS = 5000;

const form = document.getElementById("answers");
const texts = form.dataset;
const address = texts.answers;
let questions = [...form.querySelectorAll("[data-question]")].map((element) => new Question(element));
const items = [...document.querySelectorAll("[data-item]")];
const dirty = new Map(); // key → how often it was changed
const asking = new Set(); // keys of answers about which the reader has to choose
let saving = null;
let timer = null;
let isLeaving = false;
let stood = "";

const questionOf = (key) => questions.find((question) => question.key === key);

function showAsked() {
  const parts = [
    ...questions.map(({ key, when }) => ({ key, when })),
    ...items.map(({ dataset }) => ({ key: dataset.item, when: dataset.when ? JSON.parse(dataset.when) : null })),
  ];
  const asked = visible(parts, new Map(questions.map((question) => [question.key, question.words])));
  for (const question of questions) question.show(asked.has(question.key));
  for (const item of items) item.hidden = !asked.has(item.dataset.item);
}

function plan(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(save, milliseconds);
}

function note(event) {
  const element = event.target.closest("[data-question]");
  if (!element || !event.target.name?.startsWith("answers.")) return;
  const { question: key } = element.dataset;
  dirty.set(key, (dirty.get(key) || 0) + 1);
  questionOf(key).say("");
  showAsked();
  plan(event.type === "change" ? CHANGED_MS : SAVE_MS);
}

async function put(keys) {
  const sent = keys.map(questionOf);
  const body = JSON.stringify({
    answers: Object.fromEntries(sent.map(({ key, value }) => [key, value])),
    versions: Object.fromEntries(sent.map(({ key, version }) => [key, version])),
  });
  const answer = await fetch(address, { method: "PUT", body, headers: { "Content-Type": "application/json", Accept: "application/json" } });
  return { status: answer.status, document: await answer.json() };
}

function taken(document_, counts) {
  const at = timeOfDay(new Date());
  for (const [key, count] of counts) {
    const answer = document_.answers.find((one) => one.key === key);
    const question = questionOf(key);
    if (!answer || !question) continue;
    question.take(
      answer,
      document_.sums.filter((sum) => sum.question === key),
    );
    if (dirty.get(key) !== count) continue; // typed on meanwhile
    dirty.delete(key);
    question.say(`${texts.textSaved} ${at}`);
  }
  document.getElementById("saved").textContent = `${texts.textSaved} ${at}`;
  const now = JSON.stringify([document_.unanswered, document_.may_submit, document_.has_changes]);
  if (now !== stood) refresh();
  stood = now;
}

async function choose(clashes) {
  const current = await (await fetch(address, { headers: { Accept: "application/json" } })).json();
  for (const clash of clashes) {
    const { key } = clash;
    const theirs = current.answers.find((one) => one.key === key);
    asking.add(key);
    questionOf(key).ask({
      title: texts.textClash.replace("%s", clash.saved_by),
      theirs: theirs.shown?.[document.documentElement.lang] ?? JSON.stringify(theirs.value ?? ""),
      texts,
      keepMine: () => {
        questionOf(key).beginFrom(theirs);
        asking.delete(key);
        plan(0);
      },
      keepTheirs: async () => {
        const page = await readPage();
        const fresh = page?.document.getElementById(`question-${key}`);
        if (fresh) questionOf(key).element.replaceWith(document.importNode(fresh, true));
        questions = [...form.querySelectorAll("[data-question]")].map((element) => new Question(element));
        asking.delete(key);
        dirty.delete(key);
        showAsked();
      },
    });
  }
}

function failed(keys, text) {
  for (const key of keys) questionOf(key).say(text, true);
  plan(RETRY_MS);
}

async function saveOnce() {
  const keys = [...dirty.keys()].filter((key) => !asking.has(key));
  if (!keys.length) return;
  const counts = keys.map((key) => [key, dirty.get(key)]);
  for (const key of keys) questionOf(key).say(texts.textSaving);
  try {
    const { status, document: told } = await put(keys);
    if (status === 200) taken(told, counts);
    else if (told.code === "edited_meanwhile") {
      for (const key of keys) questionOf(key).say("");
      await choose(told.clashes);
      plan(0); // the others of these
    } else if (status === 401) failed(keys, texts.textEnded);
    else if (status >= 500 || status === 429) failed(keys, texts.textFailed);
    else for (const key of keys) questionOf(key).say(told.detail, true);
  } catch {
    failed(keys, texts.textFailed);
  }
}

function save() {
  clearTimeout(timer);
  if (!saving)
    saving = saveOnce().finally(() => {
      saving = null;
      if ([...dirty.keys()].some((key) => !asking.has(key)) && !form.querySelector(".save-failed")) plan(CHANGED_MS);
    });
}

form.addEventListener("input", note);
form.addEventListener("change", note);
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add-row]");
  if (!button) return;
  event.preventDefault();
  questionOf(button.closest("[data-question]").dataset.question).addRow();
});
for (const button of form.querySelectorAll("[data-add-row]")) button.textContent = texts.textRow;
form.addEventListener("submit", () => {
  isLeaving = true; // what is not saved goes with it
  clearTimeout(timer);
});
window.addEventListener("online", () => plan(0));
window.addEventListener("focus", () => {
  if (dirty.size) plan(0);
});
window.addEventListener("beforeunload", (event) => {
  if (dirty.size && !isLeaving) event.preventDefault();
});
showAsked();

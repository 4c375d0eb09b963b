// An officer uploads files for many groups: each file finds its group by its name and its item by its type; two are sent at a time.
import { groupOf, kindOf } from "./assist/matching.js";
import { makeRow, readGroups, showRow } from "./assist/rows.js";
import { send } from "./assist/send.js";
import { coalesced, readPage, takeOver } from "./page.js";
import { deleteUpload, uploadAddress } from "./sending/server.js";

const AT_ONCE = 2;
const POLL_MS = 2000;
const CALM_POLLS = 5; // where only a person is waited for, so many times more rarely
const ARRIVED = ["received", "passed", "failed"];

const box = document.getElementById("sending");
const queue = document.getElementById("queue");
const startButton = document.getElementById("start");
const texts = box.dataset;
const entries = [];

const groupWith = (id) => readGroups().find((group) => group.id === id);
const isReady = ({ state, file, group, kind }) => state === "ready" && file && group && kind;
const inState = (...states) => entries.filter(({ state }) => states.includes(state));

function show(entry) {
  showRow(entry, readGroups(), texts, { chooseGroup, chooseKind, remove });
}

function showCounts() {
  const ready = entries.filter(isReady).length;
  const begun = entries.filter(({ state }) => !["ready", "halted"].includes(state)).length;
  queue.hidden = !entries.length;
  startButton.hidden = !ready;
  startButton.textContent = texts.textStart.replace("%d", ready);
  const done = texts.textDone.replace("%d", inState(...ARRIVED).length).replace("%d", begun);
  document.getElementById("sent").textContent = begun ? done : "";
}

function update(entry, changes) {
  Object.assign(entry, changes);
  show(entry);
  showCounts();
}

function chooseGroup(entry, id) {
  const group = groupWith(id);
  entry.kind = null; // so that it does not count among those queued
  update(entry, { group: id, kind: group ? kindOf(entry.file, group, entries) : null });
}

function chooseKind(entry, kind) {
  update(entry, { kind });
}

function remove(entry) {
  if (entry.id) deleteUpload(uploadAddress(entry)).then(refresh);
  entry.row.remove();
  entries.splice(entries.indexOf(entry), 1);
  showCounts();
}

function add(files) {
  for (const file of files) {
    const known = entries.find(({ name, size }) => name === file.name && size === file.size);
    if (known && !["halted", "error"].includes(known.state)) continue;
    if (known) {
      update(known, { file, state: "ready", reason: "" });
      continue;
    }
    const group = groupWith(groupOf(file.name, readGroups()));
    const kind = group ? kindOf(file, group, entries) : null;
    const entry = { file, name: file.name, size: file.size, group: group?.id || null, kind, state: "ready", percent: 0, row: makeRow() };
    entries.push(entry);
    queue.tBodies[0].append(entry.row);
    show(entry);
  }
  showCounts();
}

function sendNext() {
  showCounts();
  const free = AT_ONCE - inState("sending").length;
  for (const entry of inState("waiting").slice(0, Math.max(0, free))) sendOne(entry);
}

async function sendOne(entry) {
  const item = groupWith(entry.group)?.takes.find(({ kind }) => kind === entry.kind);
  if (item && entry.size > item.max_bytes) {
    update(entry, { state: "error", reason: `${texts.textLarge} (${Math.floor(item.max_bytes / 1048576)} MB)` });
    sendNext();
    return;
  }
  update(entry, { state: "sending", reason: "" });
  update(entry, await send(entry, texts.textOffline, () => show(entry)));
  sendNext();
  refresh();
}

// A group that submitted has left the list of those that did not; it is looked up by its reference until nothing more is expected.
async function addMissingRows(fresh) {
  for (const row of document.querySelectorAll("#groups tr[data-submission]")) {
    if (fresh.getElementById(row.id) || !row.querySelector("[data-waits], [data-awaits]")) continue;
    const found = await readPage(`/s/assist?show=all&q=${encodeURIComponent(row.dataset.reference)}`);
    const again = found?.document.getElementById(row.id);
    if (again) fresh.body.append(document.importNode(again, true));
  }
}

function showResults(fresh) {
  for (const entry of inState("received")) {
    const upload = fresh.querySelector(`[data-upload="${entry.id}"]`);
    if (!upload || !["passed", "failed"].includes(upload.dataset.state)) continue;
    const reason = [...upload.querySelectorAll(".finding")].map(({ textContent }) => textContent).join(" ");
    update(entry, { state: upload.dataset.state, reason });
  }
}

const refresh = coalesced(async () => {
  const answer = await readPage(location.href);
  if (!answer?.ok) return;
  await addMissingRows(answer.document);
  await takeOver(answer.document);
  showResults(answer.document);
});

let polls = 0;
setInterval(() => {
  if (document.hidden) return;
  polls += 1;
  const isSoon = document.querySelector("#groups [data-waits]") || inState("received").length;
  const isLater = document.querySelector("#groups [data-awaits]") && polls % CALM_POLLS === 0;
  if (isSoon || isLater) refresh();
}, POLL_MS);

startButton.addEventListener("click", () => {
  for (const entry of entries.filter(isReady)) update(entry, { state: "waiting" });
  sendNext();
});
document.getElementById("files").addEventListener("change", ({ target }) => {
  add(target.files);
  target.value = "";
});

const carriesFiles = ({ dataTransfer }) => dataTransfer && [...dataTransfer.types].includes("Files");
document.addEventListener("dragover", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  document.body.classList.add("is-over");
});
document.addEventListener("dragleave", ({ relatedTarget }) => {
  if (!relatedTarget) document.body.classList.remove("is-over");
});
document.addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  document.body.classList.remove("is-over");
  add(event.dataTransfer.files);
});

for (const row of queue.querySelectorAll("tr[data-unfinished]")) {
  const { unfinished, submission, stage, kind, filename, size, percent, group: groupName } = row.dataset;
  const group = `${submission} ${stage}`;
  const entry = { id: unfinished, name: filename, size: Number(size), group, groupName, kind, percent: Number(percent) };
  entries.push(Object.assign(entry, { state: "halted", row }));
  show(entry);
}
if (window.tus?.isSupported) box.hidden = false;
showCounts();

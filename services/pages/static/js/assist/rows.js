// What the officer's page shows of its groups and of each file in the queue. Texts come with the page.
import { language } from "../sending/words.js";

const LOOKS = {
  passed: "good",
  failed: "bad",
  error: "bad",
  ready: "",
  halted: "wait",
  waiting: "wait",
  sending: "wait",
  received: "wait",
};
const MAY_BE_REMOVED = ["ready", "error", "halted"];

const title = (group) => `${group.reference} ${group.name}`;
const label = (item) => item.label[language()];

function make(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** Read the groups that take files from the table of groups. */
export function readGroups() {
  return [...document.querySelectorAll("#groups tr[data-submission]")]
    .map(({ dataset: { submission, stage, reference, code, name, takes } }) => ({
      id: `${submission} ${stage}`,
      reference,
      code,
      name,
      takes: JSON.parse(takes),
    }))
    .filter(({ takes }) => takes.length);
}

/** Make an empty row for a file. */
export const makeRow = () => make("tr");

function select(name, empty, options, chosen, onChoose) {
  const made = make("select", { className: "form-select", onchange: ({ target }) => onChoose(target.value || null) });
  made.setAttribute("aria-label", name);
  made.append(make("option", { value: "", textContent: empty }));
  for (const [value, textContent] of options) made.append(make("option", { value, textContent, selected: value === chosen }));
  return made;
}

function status(entry, texts) {
  const { state, percent } = entry;
  if (state === "ready") return entry.id ? `${texts.textResumes} ${percent}%` : texts.textWaiting;
  if (state === "sending") return `${texts.textSending} ${percent}%`;
  return {
    halted: texts.textHalted,
    waiting: texts.textWaiting,
    received: texts.textReceived,
    passed: texts.textPassed,
    failed: texts.textFailed,
    error: texts.textError,
  }[state];
}

function progress(entry, texts, remove) {
  const cell = make("td", {}, make("span", { className: `tag tag-${LOOKS[entry.state]}`, textContent: status(entry, texts) }));
  if (entry.state === "sending") cell.append(make("progress", { max: 100, value: entry.percent }));
  if (entry.reason) cell.append(make("p", { className: "finding small my-1", textContent: entry.reason }));
  if (MAY_BE_REMOVED.includes(entry.state)) {
    const words = entry.id ? texts.textCancel : texts.textRemove;
    cell.append(" ", make("button", { type: "button", className: "btn btn-link p-0", textContent: words, onclick: () => remove(entry) }));
  }
  return cell;
}

/** Show a file of the queue in its row. `actions` are chooseGroup(entry, id), chooseKind(entry, kind) and remove(entry). */
export function showRow(entry, groups, texts, { chooseGroup, chooseKind, remove }) {
  const group = groups.find(({ id }) => id === entry.group);
  const item = group?.takes.find(({ kind }) => kind === entry.kind);
  const isFree = entry.state === "ready" && !entry.id;
  const options = groups.map((one) => [one.id, title(one)]);
  const shownGroup = isFree
    ? select(texts.textGroup, texts.textChooseGroup, options, entry.group, (id) => chooseGroup(entry, id))
    : entry.groupName || (group ? title(group) : "");
  const kinds = group ? group.takes.map((one) => [one.kind, label(one)]) : [];
  const shownKind =
    isFree && group
      ? select(texts.textKind, texts.textChooseKind, kinds, entry.kind, (kind) => chooseKind(entry, kind))
      : item
        ? label(item)
        : entry.kind || "";
  entry.row.replaceChildren(
    make("td", { className: "text-break", textContent: entry.name }),
    make("td", {}, shownGroup),
    make("td", {}, shownKind),
    progress(entry, texts, remove),
  );
}

// A ballot being filled in: its total is shown at each key, what is typed is saved as a draft, and a member who reads renews the claim.
import { readPage, takeOver } from "../page.js";
import { ballotTotal, isDecimal } from "./total.js";

const SAVE_MS = 1000;
const SIGNS_OF_LIFE = ["pointermove", "pointerdown", "keydown", "scroll", "timeupdate"];

const form = document.querySelector("form[data-ballot]");
let isUnsaved = false;
let isActive = true;
let saving = null;

const inputs = () => [...form.querySelectorAll("[data-weight]")];

function showTotal() {
  const criteria = inputs().map(({ dataset: { weight }, min, max, value, validity }) => ({
    weight,
    min,
    max,
    mark: isDecimal(value) && validity.valid ? value : null,
  }));
  const { total, missing } = ballotTotal(criteria);
  form.querySelector("[data-total]").textContent = total;
  form.querySelector("[data-missing]").textContent = missing ? `(${form.dataset.textMissing} ${missing})` : "";
}

function showErrors() {
  for (const input of inputs()) {
    const isWrong = document.getElementById(input.getAttribute("aria-describedby")).textContent.trim() !== "";
    input.classList.toggle("is-invalid", isWrong);
    input.setAttribute("aria-invalid", isWrong);
  }
}

// The answer is the page itself: its live parts are taken over. False when no page of an assignment came.
async function ask(address, body) {
  const answer = await readPage(address, body && { method: "POST", body });
  if (!answer?.document.getElementById("lease")) return false;
  await takeOver(answer.document);
  showErrors();
  if (!answer.document.querySelector("form[data-ballot]")) {
    for (const button of form.querySelectorAll("button")) button.disabled = true;
  }
  return true;
}

async function save() {
  isUnsaved = false;
  if (await ask(form.action, new URLSearchParams(new FormData(form)))) return;
  isUnsaved = true;
  document.getElementById("saved").textContent = form.dataset.textOffline;
}

function beat() {
  if (isUnsaved) save();
  else if (isActive) ask(`${form.dataset.page}/renew`, new URLSearchParams());
  else ask(form.dataset.page);
  isActive = false;
}

if (form) {
  form.addEventListener("input", () => {
    showTotal();
    const problems = document.getElementById("problems");
    if (problems) problems.hidden = true;
  });
  form.addEventListener("change", () => {
    isUnsaved = true;
    clearTimeout(saving);
    saving = setTimeout(save, SAVE_MS);
  });
  for (const sign of SIGNS_OF_LIFE)
    document.addEventListener(
      sign,
      () => {
        isActive = true;
      },
      { capture: true, passive: true },
    );
  setInterval(beat, Number(form.dataset.beat) * 1000);
  showTotal();
}

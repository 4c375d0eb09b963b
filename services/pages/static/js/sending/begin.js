// Sending a group's files so that they arrive. Without it the forms still upload in one go.
//
// Only this much comes with the page: what measures, asks and sends is fetched when a file is first chosen.
import { loadScript } from "../script.js";

const RETRY_MS = 3000;
let loading = null;

// Browsers remember for good that a module could not be fetched: so each is fetched into the cache before it is imported.
async function fetchModule(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  await answer.arrayBuffer();
}

async function loadParts({ tus, modules }) {
  await Promise.all([loadScript(tus), ...modules.split(" ").map(fetchModule)]);
  return import("./desk.js");
}

function load(form) {
  if (!loading) {
    loading = loadParts(form.dataset);
    loading.catch(() => {
      loading = null;
    });
  }
  return loading;
}

/** Return the desk of a form, trying until its parts are here. */
async function desk(form) {
  const note = form.querySelector("[data-loading]");
  for (;;) {
    try {
      const { deskOf } = await load(form);
      note.textContent = "";
      return deskOf(form);
    } catch {
      note.textContent = form.dataset.textUnready;
      await new Promise((resolve) => {
        setTimeout(resolve, RETRY_MS);
      });
    }
  }
}

function prepare() {
  for (const input of document.querySelectorAll("form[data-upload] input[type=file]")) {
    input.multiple = Number(input.form.dataset.maxFiles) > 1;
  }
}

const isUpload = (form) => form?.matches("form[data-upload]");

document.documentElement.classList.add("js");
prepare();
document.addEventListener("omsap:refreshed", prepare);
for (const input of document.querySelectorAll("form[data-upload] input[type=file]")) {
  if (input.files.length) desk(input.form).then((found) => found.choose()); // what the browser remembers of the page before
}
document.addEventListener("change", ({ target }) => {
  if (target.type === "file" && isUpload(target.form)) desk(target.form).then((found) => found.choose());
});
document.addEventListener("submit", (event) => {
  if (!isUpload(event.target)) return;
  event.preventDefault();
  desk(event.target).then((found) => found.submit());
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-give-up]");
  if (button) desk(button.closest("form")).then((found) => found.giveUp({ id: button.dataset.giveUp, sent: button.dataset.sent }));
});

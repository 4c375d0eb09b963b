// Keeping an open page up to date, one way for all pages: the page is asked for again, and htmx morphs the parts of it that differ.
//
// A [data-live] part follows the server unless something is typed in it. A [data-form] part is changed only when its data-version is
// another and nobody uses it. Without this the reader loads the page again.
import { loadScript } from "./script.js";

const isTyped = (input) => input.type !== "hidden" && input.value !== input.defaultValue;
const hasTyping = (part) => [...part.querySelectorAll("input, textarea")].some(isTyped);
const isInUse = (part) =>
  part.contains(document.activeElement) || part.querySelector("[data-busy], button:disabled") !== null || hasTyping(part);

/** Fetch a page: { ok, document }, or null when no answer came. */
export async function readPage(address = location.pathname, options = {}) {
  try {
    const answer = await fetch(address, { cache: "no-store", headers: { Accept: "text/html" }, ...options });
    return { ok: answer.ok, document: new DOMParser().parseFromString(await answer.text(), "text/html") };
  } catch {
    return null; // no connection: who asked decides when to ask again
  }
}

/** Show what a fetched page says, in place: focus, typed text and opened details stay. */
export async function takeOver(fresh) {
  const announced = document.querySelector("[data-says]")?.textContent;
  for (const part of document.querySelectorAll("[data-live], [data-form]")) {
    const next = fresh.getElementById(part.id);
    if (next && part.isConnected && isToChange(part, next)) await morph(part, next);
  }
  const now = document.querySelector("[data-says]")?.textContent;
  if (now !== announced) document.getElementById("told").textContent = now; // for screen readers
  document.dispatchEvent(new Event("omsap:refreshed"));
}

function isToChange(part, next) {
  if (part.hasAttribute("data-form")) return next.dataset.version !== part.dataset.version && !isInUse(part);
  if (hasTyping(part)) return false;
  for (const shown of part.querySelectorAll("details[id]")) {
    const again = [...next.querySelectorAll("details[id]")].find(({ id }) => id === shown.id);
    if (again) again.open = shown.open;
  }
  return !part.isEqualNode(next);
}

async function morph(part, next) {
  const htmx = await loadHtmx();
  if (htmx) await htmx.swap({ text: next.outerHTML, target: part, sourceElement: part, swap: "outerMorph" });
  else if (!part.contains(document.activeElement)) part.replaceWith(document.importNode(next, true));
}

// Pages where every byte counts name its address instead of loading it; null where it is out of reach, or the browser too old for it.
async function loadHtmx() {
  const address = document.querySelector("[data-htmx]")?.dataset.htmx;
  if (!window.htmx && address) {
    await loadScript(address).catch(() => undefined); // out of reach: asked for again at the next change
  }
  return window.htmx || null;
}

/** Return a function that runs `update`, and again when called meanwhile; its promise resolves when everything is up to date. */
export function coalesced(update) {
  let running = null;
  let isWanted = false;
  async function run() {
    while (isWanted) {
      isWanted = false;
      await update();
    }
  }
  return () => {
    isWanted = true;
    if (!running)
      running = run().finally(() => {
        running = null;
      });
    return running;
  };
}

/** Bring this page up to date. */
export const refresh = coalesced(async () => {
  const answer = await readPage();
  if (answer?.ok) await takeOver(answer.document);
});

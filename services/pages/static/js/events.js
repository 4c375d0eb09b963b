// Hearing that something changed: by server-sent events, or by asking now and then where those do not come through.
import { refresh } from "./page.js";

const POLL_MS = 10000;
const SLOW_MS = 60000;
const PATIENCE_MS = 10000;

/** Refresh the page whenever the server says that it changed after the mark in #mark. A page that nobody sees asks nothing. */
export function follow(address) {
  let source = null;
  let polling = null;

  function poll(isOn) {
    clearInterval(polling);
    polling = isOn
      ? setInterval(() => {
          if (!document.hidden) refresh();
        }, POLL_MS)
      : null;
  }

  function listen() {
    if (document.hidden || source) return;
    if (!window.EventSource) {
      poll(true);
      return;
    }
    const { mark } = document.getElementById("mark").dataset;
    const opened = new EventSource(`${address}?since=${mark}`);
    source = opened;
    const patience = setTimeout(() => poll(true), PATIENCE_MS);
    opened.onopen = () => {
      clearTimeout(patience);
      poll(false);
    };
    opened.addEventListener("changed", refresh);
    opened.onerror = () => {
      if (opened.readyState !== EventSource.CLOSED) return; // the browser connects again by itself
      clearTimeout(patience);
      poll(true);
    };
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      if (source) source.close();
      source = null;
    } else {
      if (polling) refresh();
      listen();
    }
  });
  setInterval(() => {
    if (!document.hidden && document.querySelector("[data-waits]")) refresh();
  }, SLOW_MS);
  listen();
}

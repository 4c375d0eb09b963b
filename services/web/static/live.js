// The page moves by itself. The server says that something changed, the page itself says what: its live parts are replaced,
// forms in use are left alone. Without this the page is read anew by hand.
(() => {
  const POLL_MS = 10000, SLOW_MS = 60000, PATIENCE_MS = 10000;
  const page = document.querySelector("[data-page]");
  if (!page) return;

  const isInUse = (part) => part.contains(document.activeElement) || part.querySelector("[data-busy], button:disabled") !== null
    || [...part.querySelectorAll("input[type=file]")].some((input) => input.files.length > 0);

  function swap(part, fresh) {
    for (const shown of part.querySelectorAll("details[id]")) {
      const again = [...fresh.querySelectorAll("details[id]")].find((one) => one.id === shown.id);
      if (again) again.open = shown.open;
    }
    const held = part.contains(document.activeElement) ? document.activeElement : null;
    const place = held ? [...part.querySelectorAll("a, button, input, summary")].indexOf(held) : -1;
    const put = document.importNode(fresh, true);
    part.replaceWith(put);
    const next = place < 0 ? null : put.querySelectorAll("a, button, input, summary")[place];
    if (next) next.focus({ preventScroll: true });
    put.dispatchEvent(new CustomEvent("omsap:replaced", { bubbles: true }));
  }

  async function read() {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" }, cache: "no-store" }).catch(() => null);
    if (!answer || !answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = document.querySelector("[data-says]")?.textContent;
    for (const part of document.querySelectorAll("[data-live]")) {
      const now = fresh.getElementById(part.id);
      if (now && now.outerHTML !== part.outerHTML) swap(part, now);
    }
    for (const part of document.querySelectorAll("[data-form]")) {
      const now = fresh.getElementById(part.id);
      if (now && now.dataset.version !== part.dataset.version && !isInUse(part)) swap(part, now);
    }
    const told = document.querySelector("[data-says]")?.textContent;
    if (told !== said) document.getElementById("told").textContent = told;
  }

  let reading = null, again = false;
  function refresh() {
    if (reading) again = true;
    else reading = read().finally(() => { reading = null; if (again) { again = false; refresh(); } });
    return reading;
  }
  window.omsap = Object.assign(window.omsap || {}, { refresh });

  // One tap leads to a task, also while an upload runs in another.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-opens]");
    const task = link && document.getElementById("task-" + link.dataset.opens);
    if (!task) return;
    event.preventDefault();
    task.open = true;
    const body = document.getElementById("do-" + link.dataset.opens);
    task.scrollIntoView();
    (document.getElementById(link.dataset.focus || "") || body).focus({ preventScroll: !link.dataset.focus });
  });
  if (!("name" in HTMLDetailsElement.prototype)) {
    document.addEventListener("toggle", (event) => {
      if (!event.target.matches?.(".task") || !event.target.open) return;
      for (const other of document.querySelectorAll(".task[open]")) if (other !== event.target) other.open = false;
    }, true);
  }

  let source = null, polling = null;
  const poll = (on) => {
    clearInterval(polling);
    polling = on ? setInterval(() => { if (!document.hidden) refresh(); }, POLL_MS) : null;
  };
  function listen() {
    if (document.hidden || source) return;
    if (!window.EventSource) return poll(true);
    const mark = document.getElementById("mark").dataset.mark;
    const here = source = new EventSource(`${page.dataset.events}?since=${mark}`);
    const patience = setTimeout(() => poll(true), PATIENCE_MS);
    here.onopen = () => { clearTimeout(patience); poll(false); };
    here.addEventListener("changed", refresh);
    here.onerror = () => {
      if (here.readyState !== EventSource.CLOSED) return;
      clearTimeout(patience);
      poll(true);
    };
  }
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) { if (polling) refresh(); return listen(); }
    if (source) source.close();
    source = null;
  });
  setInterval(() => { if (!document.hidden && document.querySelector("[data-waits]")) refresh(); }, SLOW_MS);
  listen();
})();

// What is typed into a ballot is kept as a draft, and a member who reads keeps the submission. Without this the forms still work.
(() => {
  // A second click is not a second wish.
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });

  const form = document.querySelector("form[data-ballot]");
  if (!form) return;
  const text = form.dataset;
  let unsaved = false, active = true, waiting = null;
  const say = (message) => { document.getElementById("saved").textContent = message; };

  function total() {
    let reached = 0, weights = 0, missing = 0;
    for (const input of form.querySelectorAll("[data-weight]")) {
      const weight = Number(input.dataset.weight), low = Number(input.min), high = Number(input.max);
      weights += weight;
      if (input.value === "" || !input.validity.valid) missing += 1;
      else reached += weight * (Number(input.value) - low) / (high - low);
    }
    form.querySelector("[data-total]").textContent = (100 * reached / weights).toFixed(2);
    form.querySelector("[data-missing]").textContent = missing ? `(${text.textMissing} ${missing})` : "";
  }

  // The page itself is the answer: its live parts are taken over, fields in use are left alone.
  async function ask(url, fields) {
    const answer = await fetch(url, fields && { method: "POST", body: fields }).catch(() => null);
    const fresh = answer && new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!fresh || !fresh.getElementById("lease")) return null;
    for (const part of document.querySelectorAll("[data-live]")) {
      const now = fresh.getElementById(part.id);
      if (now && now.outerHTML !== part.outerHTML) part.replaceWith(document.importNode(now, true));
    }
    for (const input of form.querySelectorAll("[data-weight]")) {
      const wrong = document.getElementById(input.getAttribute("aria-describedby")).textContent.trim() !== "";
      input.classList.toggle("is-invalid", wrong);
      input.setAttribute("aria-invalid", wrong);
    }
    if (!fresh.querySelector("form[data-ballot]")) for (const button of form.querySelectorAll("button")) button.disabled = true;
    return answer.ok;
  }

  async function save() {
    unsaved = false;
    const kept = await ask(form.action, new URLSearchParams(new FormData(form)));
    if (kept === null) { unsaved = true; say(text.textOffline); }
  }

  form.addEventListener("input", () => {
    total();
    const problems = document.getElementById("problems");
    if (problems) problems.hidden = true;
  });
  form.addEventListener("change", () => {
    unsaved = true;
    clearTimeout(waiting);
    waiting = setTimeout(save, 1000);
  });
  for (const sign of ["pointermove", "pointerdown", "keydown", "scroll", "timeupdate"]) {
    document.addEventListener(sign, () => { active = true; }, { capture: true, passive: true });
  }
  setInterval(() => {
    if (unsaved) return save();
    const url = active ? `${text.page}/renew` : text.page;
    const fields = active ? new URLSearchParams() : undefined;
    active = false;
    return ask(url, fields);
  }, Number(text.beat) * 1000);
  total();
})();

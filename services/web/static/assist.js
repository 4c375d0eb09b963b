// An officer sends files for many groups: each file finds its group by its name and its item by its type; two are sent at a time.
(() => {
  const box = document.getElementById("sending");
  if (!box || !window.tus || !tus.isSupported) return;
  const text = box.dataset, english = document.documentElement.lang === "en";
  const queue = document.getElementById("queue"), startButton = document.getElementById("start"), sent = document.getElementById("sent");
  const AT_ONCE = 2, POLL = 2000, CALM = 5;
  const files = [], { sending } = window.omsap;
  const label = (item) => english ? item.label.en : item.label.th;
  const rows = () => [...document.querySelectorAll("#groups tr[data-submission]")].map((row) => ({
    id: row.dataset.submission, reference: row.dataset.reference, code: row.dataset.code, name: row.dataset.name, takes: JSON.parse(row.dataset.takes),
  })).filter((row) => row.takes.length);
  const make = (tag, properties = {}, ...children) => { const made = Object.assign(document.createElement(tag), properties); made.append(...children); return made; };

  // Names: one form of the Thai vowels, no case, nothing but letters, digits and the marks of Thai.
  const bare = (words) => words.normalize("NFKC").replace(/ํา/g, "ำ").toLowerCase().replace(/[^\p{L}\p{N}\p{M}]/gu, "");
  const COMMON = /^(กลุ่ม)?(ออมทรัพย์)?(เพื่อการผลิต)?/;
  const holds = (whole, part) => {
    for (let at = whole.indexOf(part); part && at >= 0; at = whole.indexOf(part, at + 1)) {
      const digitBefore = /\d/.test(part[0]) && /\d/.test(whole[at - 1] || ""), digitAfter = /\d/.test(part[part.length - 1]) && /\d/.test(whole[at + part.length] || "");
      if (!digitBefore && !digitAfter) return true;
    }
    return false;
  };

  // The group whose reference, code or (longest) name is in the file's name; null when none is, or several are.
  function groupOf(name) {
    const whole = bare(name.replace(/\.[^.]*$/, ""));
    for (const key of ["reference", "code"]) {
      const found = rows().filter((row) => holds(whole, bare(row[key])));
      if (found.length === 1) return found[0].id;
    }
    const named = rows().map((row) => [row.id, bare(row.name).replace(COMMON, "")]).filter(([, name]) => name.length > 2 && holds(whole, name));
    const longest = Math.max(0, ...named.map(([, name]) => name.length));
    const best = named.filter(([, name]) => name.length === longest);
    return best.length === 1 ? best[0][0] : null;
  }

  // The item a file is for: by its ending, or any video for a clip; the missing ones first; none that another file here fills.
  function kindOf(file, row) {
    const ending = (file.name.match(/\.([^.]+)$/) || ["", ""])[1].toLowerCase(), type = ending === "jpeg" ? "jpg" : ending;
    const fits = row.takes.filter((item) => item.types.includes(type) || (item.is_clip && file.type.startsWith("video/")));
    const free = fits.filter((item) => files.filter((other) => other.group === row.id && other.kind === item.kind).length < item.max_files);
    const found = free.find((item) => item.is_missing) || free[0];
    return found ? found.kind : null;
  }

  function add(chosen) {
    for (const file of chosen) {
      const known = files.find((one) => one.name === file.name && one.size === file.size);
      if (known && !["halted", "error"].includes(known.state)) continue;
      if (known) { Object.assign(known, { file, state: "ready", why: "" }); show(known); continue; }
      const one = { file, name: file.name, size: file.size, group: groupOf(file.name), kind: null, state: "ready", percent: 0, row: make("tr") };
      const row = rows().find((row) => row.id === one.group);
      if (row) one.kind = kindOf(file, row);
      files.push(one);
      queue.tBodies[0].append(one.row);
      show(one);
    }
    tell();
  }

  const select = (words, empty, options, value, change) => {
    const made = make("select", { className: "form-select", onchange: (event) => change(event.target.value || null) }, make("option", { value: "", textContent: empty }));
    made.setAttribute("aria-label", words);
    for (const [key, shown] of options) made.append(make("option", { value: key, textContent: shown, selected: key === value }));
    return made;
  };

  function show(one) {
    const free = one.state === "ready" && !one.id, row = rows().find((row) => row.id === one.group), item = row && row.takes.find((item) => item.kind === one.kind);
    const group = free ? select(text.textGroup, text.textChooseGroup, rows().map((row) => [row.id, `${row.reference} ${row.name}`]), one.group, (value) => {
      one.group = value; one.kind = null;
      const now = rows().find((row) => row.id === value);
      if (now) one.kind = kindOf(one.file, now);
      show(one); tell();
    }) : one.groupName || (row ? `${row.reference} ${row.name}` : "");
    const kind = free && row ? select(text.textKind, text.textChooseKind, row.takes.map((item) => [item.kind, label(item)]), one.kind, (value) => { one.kind = value; show(one); tell(); })
      : item ? label(item) : one.kind || "";
    const looks = { passed: "good", failed: "bad", error: "bad", ready: "", halted: "wait", waiting: "wait", sending: "wait", received: "wait" };
    const words = { ready: one.id ? `${text.textResumes} ${one.percent}%` : text.textWaiting, halted: text.textHalted, waiting: text.textWaiting, sending: `${text.textSending} ${one.percent}%`, received: text.textReceived, passed: text.textPassed, failed: text.textFailed, error: text.textError }[one.state];
    const progress = make("td", {}, make("span", { className: `tag tag-${looks[one.state]}`, textContent: words }));
    if (one.state === "sending") progress.append(make("progress", { max: 100, value: one.percent }));
    if (one.why) progress.append(make("p", { className: "finding small my-1", textContent: one.why }));
    if (["ready", "error", "halted"].includes(one.state)) progress.append(" ", make("button", { type: "button", className: "btn btn-link p-0", textContent: one.id ? text.textCancel : text.textRemove, onclick: () => drop(one) }));
    one.row.replaceChildren(make("td", { className: "text-break", textContent: one.name }), make("td", {}, group), make("td", {}, kind), progress);
  }

  function drop(one) {
    if (one.id) sending.giveUp(sending.address(one)).then(refresh);
    one.row.remove();
    files.splice(files.indexOf(one), 1);
    tell();
  }

  function tell() {
    const ready = files.filter((one) => one.state === "ready" && one.file && one.group && one.kind).length, begun = files.filter((one) => !["ready", "halted"].includes(one.state));
    queue.hidden = !files.length;
    startButton.hidden = !ready;
    startButton.textContent = text.textStart.replace("%d", ready);
    const arrived = begun.filter((one) => ["received", "passed", "failed"].includes(one.state)).length;
    sent.textContent = begun.length ? text.textDone.replace("%d", arrived).replace("%d", begun.length) : "";
  }

  function next() {
    tell();
    const waiting = files.filter((one) => one.state === "waiting"), free = AT_ONCE - files.filter((one) => one.state === "sending").length;
    for (const one of waiting.slice(0, Math.max(0, free))) send(one);
  }

  // What the server has of a file's item; undefined while that cannot be had.
  async function uploadsOf(one) {
    const found = await sending.submission(one.group);
    return found && found.items ? found.items.find((item) => item.kind === one.kind).uploads : undefined;
  }

  async function send(one) {
    const row = rows().find((row) => row.id === one.group), item = row && row.takes.find((item) => item.kind === one.kind);
    const turn = (state, why = "") => { Object.assign(one, { state, why }); show(one); };
    if (item && one.size > item.max_bytes) { turn("error", `${text.textLarge} (${Math.floor(item.max_bytes / 1048576)} MB)`); next(); return; }
    turn("sending");
    const transfer = new sending.Transfer(one.file, {
      submission: one.group, kind: one.kind, url: one.id ? sending.address(one) : null, speed: sending.lastSpeed(),
      lost: async () => {
        const uploads = await uploadsOf(one);
        const begun = uploads && uploads.find((upload) => upload.state === "receiving" && sending.hasNameAndSize(one.file, upload));
        return uploads && (begun ? sending.address(begun) : null);
      },
      seen: async (url) => (await uploadsOf(one) || []).find((upload) => sending.address(upload) === url),
      told: () => {
        if (transfer.url) one.id = transfer.url.split("/").pop();
        one.percent = Math.floor(100 * transfer.sent / transfer.total);
        one.why = transfer.isRetrying ? text.textOffline : "";
        show(one);
      },
    });
    const ended = await transfer.start(), problem = transfer.problem;
    if (ended === "done") turn("received");
    else turn("error", problem ? (english ? problem.detail_en : problem.detail_th) : text.textOffline);
    next();
    refresh();
  }

  // The page itself is the source: its live parts are replaced, but not one in which a code is being typed.
  async function read(address) {
    const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
    return answer && answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  }

  async function refresh() {
    const fresh = await read(location.href);
    if (!fresh) return;
    for (const part of document.querySelectorAll("#groups [data-live]")) {
      const row = part.closest("tr");
      // A group that handed in has left the list of those that did not; it is looked for by its reference until nothing is waited for.
      if (!fresh.getElementById(row.id) && row.querySelector("[data-waits], [data-awaits]")) {
        const found = (await read(`/s/assist?show=all&q=${encodeURIComponent(row.dataset.reference)}`))?.getElementById(row.id);
        if (found) fresh.body.append(document.importNode(found, true));
      }
      const now = fresh.getElementById(part.id), typed = [...part.querySelectorAll("input:not([type=hidden])")].some((input) => input.value);
      if (now && !typed && !part.contains(document.activeElement) && now.outerHTML !== part.outerHTML) part.replaceWith(document.importNode(now, true));
    }
    for (const one of files.filter((one) => one.state === "received")) {
      const found = fresh.querySelector(`[data-upload="${one.id}"]`);
      if (!found || !["passed", "failed"].includes(found.dataset.state)) continue;
      one.state = found.dataset.state;
      one.why = [...found.querySelectorAll(".finding")].map((finding) => finding.textContent).join(" ");
      show(one);
    }
    tell();
  }
  let beats = 0;
  setInterval(() => {
    const soon = document.querySelector("#groups [data-waits]") || files.some((one) => one.state === "received");
    const some = document.querySelector("#groups [data-awaits]") && ++beats % CALM === 0;
    if (!document.hidden && (soon || some)) refresh();
  }, POLL);

  startButton.addEventListener("click", () => {
    for (const one of files.filter((one) => one.state === "ready" && one.file && one.group && one.kind)) { one.state = "waiting"; show(one); }
    next();
  });
  document.getElementById("files").addEventListener("change", (event) => { add(event.target.files); event.target.value = ""; });
  const carries = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  document.addEventListener("dragover", (event) => { if (carries(event)) { event.preventDefault(); document.body.classList.add("is-over"); } });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("is-over"); });
  document.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    document.body.classList.remove("is-over");
    add(event.dataTransfer.files);
  });

  for (const row of queue.querySelectorAll("tr[data-unfinished]")) {
    const { unfinished, submission, kind, filename, size, percent, group } = row.dataset;
    const one = { id: unfinished, name: filename, size: Number(size), group: submission, groupName: group, kind, percent: Number(percent), state: "halted", row };
    files.push(one);
    show(one);
  }
  box.hidden = false;
  tell();
})();

// Resumable sending of a group's files. Without it the forms still send in one go.
(() => {
  const megabytes = (bytes) => (bytes / 1048576).toFixed(1) + " MB";
  const minutes = (seconds) => seconds < 90 ? Math.ceil(seconds) + " s" : Math.ceil(seconds / 60) + " min";

  function clipSeconds(file) {
    return new Promise((resolve) => {
      const video = document.createElement("video");
      const end = (value) => { URL.revokeObjectURL(video.src); resolve(value); };
      video.preload = "metadata";
      video.onloadedmetadata = () => end(Number.isFinite(video.duration) ? video.duration : null);
      video.onerror = () => end(null);
      setTimeout(() => end(null), 5000);
      video.src = URL.createObjectURL(file);
    });
  }

  function problemOf(error) {
    try {
      const problem = JSON.parse(error.originalResponse.getBody());
      return document.documentElement.lang === "en" ? problem.detail_en : problem.detail_th;
    } catch {
      return "";
    }
  }

  // The page itself is the source: its live parts are replaced, forms in use are left alone.
  async function refresh() {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer || !answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const now = fresh.getElementById(part.id);
      if (now && now.outerHTML !== part.outerHTML) part.replaceWith(document.importNode(now, true));
    }
  }
  setInterval(() => { if (document.querySelector("[data-waits]") && !document.hidden) refresh(); }, 2000);

  async function send(form) {
    const file = form.elements.file.files[0];
    const box = form.querySelector("[data-progress]");
    const bar = box.querySelector("progress");
    const words = box.querySelector("p");
    const button = form.querySelector("button");
    const text = form.dataset;
    const say = (message) => { box.hidden = false; words.textContent = message; };
    if (file.size > Number(text.max)) return say(`${text.textLarge}: ${megabytes(file.size)} > ${megabytes(Number(text.max))}`);
    if (text.seconds) {
      const seconds = await clipSeconds(file);
      if (seconds !== null && seconds > Number(text.seconds) + 1) return say(`${text.textLong} (${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")})`);
    }
    button.disabled = true;
    let began = Date.now(), beganAt = null, lock = null;
    if (navigator.wakeLock) lock = await navigator.wakeLock.request("screen").catch(() => null);
    const finish = () => { button.disabled = false; if (lock) lock.release(); };
    const upload = new tus.Upload(file, {
      endpoint: "/api/intake/uploads",
      chunkSize: 2 * 1048576,
      retryDelays: [0, 1000, 3000, 5000, 10000, 30000, 60000, 60000],
      removeFingerprintOnSuccess: true,
      metadata: { submission: text.submission, kind: text.kind, filename: file.name, filetype: file.type },
      fingerprint: async (chosen) => ["omsap", text.submission, text.kind, chosen.name, chosen.size, chosen.lastModified].join("|"),
      onShouldRetry: (error) => {
        const status = error.originalResponse ? error.originalResponse.getStatus() : 0;
        if (!navigator.onLine) say(text.textWaiting);
        return status === 0 || status === 409 || status === 423 || status >= 500;
      },
      onProgress: (sent, total) => {
        if (beganAt === null) { beganAt = sent; began = Date.now(); }
        const speed = (sent - beganAt) / Math.max(0.5, (Date.now() - began) / 1000);
        const left = speed > 0 ? ` · ${text.textLeft} ${minutes((total - sent) / speed)}` : "";
        bar.value = sent / total;
        say(`${text.textSending} ${Math.floor(100 * sent / total)}% · ${megabytes(sent)} / ${megabytes(total)}${left}`);
      },
      onSuccess: () => { bar.value = 1; say(text.textDone); finish(); refresh(); },
      onError: (error) => { say(`${text.textFailed}: ${problemOf(error) || text.textWaiting}`); finish(); },
    });
    const earlier = await upload.findPreviousUploads();
    if (earlier.length) upload.resumeFromPreviousUpload(earlier[0]);
    upload.start();
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-upload]") || !window.tus || !tus.isSupported) return;
    event.preventDefault();
    send(event.target);
  });
})();

// Around a video that also plays without this: lighter sources for weak links, pictures to seek by, speed, and going on after a cut.
(() => {
  const KEPT = "omsap.watched", AGAIN_MS = 10000;
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  const players = new WeakMap();

  // A browser may refuse to keep anything; then the choice holds for this page.
  let chosen = null;
  try { chosen = localStorage.getItem(KEPT); } catch { /* it is asked to keep nothing */ }
  function keep(name) {
    chosen = name;
    try { localStorage.setItem(KEPT, name); } catch { /* as above */ }
  }

  function player(box, video) {
    const unplayable = box.querySelector("[data-unplayable]"), broken = box.querySelector("[data-broken]");
    let resume = null, played = false, mended = -AGAIN_MS;

    // Another source, or the same again, goes on where the last one was.
    function turn(src) {
      resume = resume || { at: video.currentTime, playing: !video.paused && !video.ended };
      video.defaultPlaybackRate = video.playbackRate;
      broken.hidden = unplayable.hidden = true;
      video.src = src;
      video.load();
    }
    function go(at) {
      if (resume) resume.at = at;
      else video.currentTime = at;
    }
    video.addEventListener("loadedmetadata", () => {
      played = true;
      if (!resume) return;
      const { at, playing } = resume;
      resume = null;
      if (at) video.currentTime = Math.min(at, video.duration);
      if (playing) video.play().catch(() => { /* a browser may want a press of its own */ });
    });
    // The link was cut, or the address of a source has run out: tried again once by itself, then when asked.
    function fail() {
      if (!played) { unplayable.hidden = false; return; }
      resume = resume || { at: video.currentTime, playing: !video.paused };
      if (performance.now() - mended < AGAIN_MS) { broken.hidden = false; return; }
      mended = performance.now();
      turn(video.getAttribute("src"));
    }
    video.addEventListener("error", fail);
    if (video.error) fail();
    broken.querySelector("[data-again]").addEventListener("click", () => {
      resume = { at: video.currentTime, ...resume, playing: true };
      turn(video.getAttribute("src"));
    });

    const speed = box.querySelector("[data-speed]");
    speed.hidden = false;
    speed.querySelector("select").addEventListener("change", (event) => {
      video.defaultPlaybackRate = video.playbackRate = Number(event.target.value);
    });
    return { video, turn, go };
  }

  function sources(fieldset, { turn }) {
    const wanted = [...fieldset.querySelectorAll("input")].find((input) => input.value === chosen);
    fieldset.hidden = false;
    fieldset.addEventListener("change", (event) => {
      keep(event.target.value);
      turn(event.target.dataset.src);
    });
    if (!wanted || wanted.checked) return;
    wanted.checked = true;
    turn(wanted.dataset.src);
  }

  // Who listens only is spared the pictures.
  function strip(toolbar, one) {
    if (chosen === "sound" || toolbar.dataset.started) return;
    toolbar.dataset.started = "yes";
    const track = document.createElement("track");
    track.kind = "metadata";
    track.src = toolbar.dataset.cues;
    track.addEventListener("load", () => pictures(toolbar, one, track));
    one.video.append(track);
    track.track.mode = "hidden";
  }

  function pictures(toolbar, { video, go }, track) {
    const cues = Array.from(track.track.cues), isFine = cues.length > 1 && cues[1].startTime < 1;
    const buttons = cues.map((cue) => {
      const [file, place] = cue.text.split("#xywh="), [x, y, width, height] = place.split(",").map(Number);
      const button = document.createElement("button"), time = document.createElement("span");
      button.type = "button";
      button.tabIndex = -1;
      time.textContent = clock(cue.startTime) + (isFine ? `.${Math.round(cue.startTime * 10) % 10}` : "");
      button.setAttribute("aria-label", `${toolbar.dataset.textGo} ${time.textContent}`);
      Object.assign(button.style, { width: `${width}px`, height: `${height}px`, backgroundImage: `url("${new URL(file, track.src)}")`, backgroundPosition: `-${x}px -${y}px` });
      button.append(time);
      button.addEventListener("click", () => go(cue.startTime));
      return button;
    });
    if (!buttons.length) return;
    const reach = (button) => { for (const one of buttons) one.tabIndex = one === button ? 0 : -1; };
    const show = () => {
      const now = cues.filter((cue) => cue.startTime <= video.currentTime).length - 1;
      buttons.forEach((button, at) => at === now ? button.setAttribute("aria-current", "true") : button.removeAttribute("aria-current"));
      if (now < 0 || toolbar.matches(":hover, :focus-within")) return;
      reach(buttons[now]);
      toolbar.scrollLeft = buttons[now].offsetLeft - (toolbar.clientWidth - buttons[now].offsetWidth) / 2;
    };
    toolbar.addEventListener("keydown", (event) => {
      const at = buttons.indexOf(document.activeElement);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
      if (at < 0 || !buttons[to]) return;
      event.preventDefault();
      reach(buttons[to]);
      buttons[to].focus();
    });
    toolbar.replaceChildren(...buttons);
    toolbar.hidden = false;
    reach(buttons[0]);
    show();
    for (const sign of ["timeupdate", "seeking"]) video.addEventListener(sign, show);
  }

  // What comes later, when a copy has been made, is taken up as well.
  function start() {
    for (const box of document.querySelectorAll("[data-player]")) {
      const video = box.querySelector("video");
      if (!video) continue;
      if (!players.has(video)) players.set(video, player(box, video));
      const lighter = box.querySelector("[data-lighter]");
      if (!lighter || lighter.dataset.started) continue;
      lighter.dataset.started = "yes";
      const fieldset = lighter.querySelector("[data-sources]"), toolbar = lighter.querySelector("[data-cues]");
      if (fieldset) sources(fieldset, players.get(video));
      if (toolbar) strip(toolbar, players.get(video));
      if (fieldset && toolbar) fieldset.addEventListener("change", () => strip(toolbar, players.get(video)));
    }
  }
  document.addEventListener("htmx:after:swap", start);
  start();
})();

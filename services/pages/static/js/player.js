// Around a video that also plays without this: lighter sources for weak links, pictures to seek by, speed, and going on after a cut.
import { chooseSource, chosenSource } from "./player/choice.js";
import { loadStrip } from "./player/strip.js";
import { control } from "./player/video.js";

const players = new WeakMap();

function offerSources(fieldset, { turnTo }) {
  const wanted = [...fieldset.querySelectorAll("input")].find((input) => input.value === chosenSource());
  fieldset.hidden = false;
  fieldset.addEventListener("change", ({ target }) => {
    chooseSource(target.value);
    turnTo(target.dataset.src);
  });
  if (!wanted || wanted.checked) return;
  wanted.checked = true;
  turnTo(wanted.dataset.src);
}

function offerLighter(lighter, player) {
  const fieldset = lighter.querySelector("[data-sources]");
  const toolbar = lighter.querySelector("[data-cues]");
  // Who only listens is spared the pictures.
  const offerStrip = () => {
    if (toolbar && chosenSource() !== "sound") loadStrip(toolbar, player);
  };
  if (fieldset) {
    offerSources(fieldset, player);
    fieldset.addEventListener("change", offerStrip);
  }
  offerStrip();
}

// Also when a copy has been made while the page is open.
function start() {
  for (const box of document.querySelectorAll("[data-player]")) {
    const video = box.querySelector("video");
    if (!video) continue;
    if (!players.has(video)) players.set(video, control(box, video));
    const lighter = box.querySelector("[data-lighter]");
    if (!lighter || lighter.dataset.started) continue;
    lighter.dataset.started = "yes";
    offerLighter(lighter, players.get(video));
  }
}

document.addEventListener("htmx:after:swap", start);
start();

// A strip of pictures to seek by: a toolbar in which arrow keys move and the picture of now is marked.
import { indexAt, picturesOf } from "./cues.js";

function buttonOf({ label, file, x, y, width, height }, textGo, base) {
  const button = document.createElement("button");
  const time = document.createElement("span");
  button.type = "button";
  button.tabIndex = -1;
  time.textContent = label;
  button.setAttribute("aria-label", `${textGo} ${label}`);
  Object.assign(button.style, {
    width: `${width}px`,
    height: `${height}px`,
    backgroundImage: `url("${new URL(file, base)}")`,
    backgroundPosition: `-${x}px -${y}px`,
  });
  button.append(time);
  return button;
}

function show(toolbar, { video, seek }, track) {
  const pictures = picturesOf(Array.from(track.track.cues));
  if (!pictures.length) return;
  const buttons = pictures.map((picture) => {
    const button = buttonOf(picture, toolbar.dataset.textGo, track.src);
    button.addEventListener("click", () => seek(picture.startTime));
    return button;
  });

  function makeReachable(button) {
    for (const one of buttons) one.tabIndex = one === button ? 0 : -1;
  }

  function mark() {
    const now = indexAt(pictures, video.currentTime);
    buttons.forEach((button, index) => {
      if (index === now) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    });
    if (now < 0 || toolbar.matches(":hover, :focus-within")) return;
    makeReachable(buttons[now]);
    toolbar.scrollLeft = buttons[now].offsetLeft - (toolbar.clientWidth - buttons[now].offsetWidth) / 2;
  }

  toolbar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at < 0 || !buttons[to]) return;
    event.preventDefault();
    makeReachable(buttons[to]);
    buttons[to].focus();
  });
  toolbar.replaceChildren(...buttons);
  toolbar.hidden = false;
  makeReachable(buttons[0]);
  mark();
  for (const sign of ["timeupdate", "seeking"]) video.addEventListener(sign, mark);
}

/** Load the cues of a toolbar and show them, once. */
export function loadStrip(toolbar, player) {
  if (toolbar.dataset.started) return;
  toolbar.dataset.started = "yes";
  const track = document.createElement("track");
  track.kind = "metadata";
  track.src = toolbar.dataset.cues;
  track.addEventListener("load", () => show(toolbar, player, track));
  player.video.append(track);
  track.track.mode = "hidden";
}

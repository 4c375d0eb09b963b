// What the phone itself can see of a file before a byte is sent. Hints only: the server's measurement decides.
import { length, megabytes } from "../figures.js";
import { say } from "./words.js";

const MEASURE_MS = 5000;
const SURELY_LONGER = 1; // seconds; how much longer is still right is for the server to say
const TYPES = {
  pdf: [["pdf"], ["application/pdf"]],
  docx: [["docx"], ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"]],
  odt: [["odt"], ["application/vnd.oasis.opendocument.text"]],
  xlsx: [["xlsx"], ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]],
  pptx: [["pptx"], ["application/vnd.openxmlformats-officedocument.presentationml.presentation"]],
  ods: [["ods"], ["application/vnd.oasis.opendocument.spreadsheet"]],
  zip: [["zip"], ["application/zip", "application/x-zip-compressed"]],
  jpg: [["jpg", "jpeg", "jfif"], ["image/jpeg"]],
  png: [["png"], ["image/png"]],
  mp4: [
    ["mp4", "m4v"],
    ["video/mp4", "video/x-m4v"],
  ],
  mov: [["mov", "qt"], ["video/quicktime"]],
  webm: [["webm"], ["video/webm"]],
  mkv: [["mkv"], ["video/x-matroska", "video/matroska"]],
  "3gp": [
    ["3gp", "3gpp", "3g2"],
    ["video/3gpp", "video/3gpp2"],
  ],
  mp3: [["mp3"], ["audio/mpeg", "audio/mp3"]],
  m4a: [
    ["m4a", "m4b"],
    ["audio/mp4", "audio/x-m4a"],
  ],
};

/** Measure a clip's or sound's length in seconds; null where this browser cannot read it. */
export const clipSeconds = (file) =>
  new Promise((resolve) => {
    const video = document.createElement("video");
    const address = URL.createObjectURL(file);
    let timer = null;
    const end = (seconds) => {
      clearTimeout(timer);
      video.onloadedmetadata = video.ondurationchange = video.ontimeupdate = video.onerror = null;
      video.removeAttribute("src");
      video.load();
      URL.revokeObjectURL(address);
      resolve(seconds);
    };
    const look = () => {
      if (Number.isFinite(video.duration) && video.duration > 0) end(video.duration);
    };
    timer = setTimeout(() => end(null), MEASURE_MS);
    video.onerror = () => end(null);
    video.onloadedmetadata = () => {
      look();
      // What MediaRecorder writes has no length: only who jumps behind its end learns it.
      if (video.duration === Infinity) {
        video.ondurationchange = video.ontimeupdate = look;
        video.currentTime = Number.MAX_SAFE_INTEGER;
      }
    };
    video.preload = "metadata";
    video.muted = true;
    video.src = address;
  });

// Neither its name nor its MIME type fits. A file that says nothing of itself is let through.
function isOfOtherType(file, types) {
  const ending = file.name.includes(".") ? file.name.split(".").pop().toLowerCase() : "";
  const fits = types.some((type) => TYPES[type] && (TYPES[type][0].includes(ending) || TYPES[type][1].includes(file.type)));
  return !fits && Boolean(ending || file.type);
}

/** Return what speaks against sending a file: sentences, the first of which matters most. `limits` has types, bytes and seconds. */
export function objections(file, limits, seconds) {
  if (file.size === 0) return [say("empty", { name: file.name })];
  const found = [];
  if (isOfOtherType(file, limits.types)) {
    found.push(say("wrong_type", { name: file.name, types: limits.types.join(", ").toUpperCase() }));
  }
  if (limits.seconds && seconds !== null && seconds > limits.seconds + SURELY_LONGER) {
    const facts = { length: length(seconds), limit: length(limits.seconds), over: Math.max(1, Math.round(seconds - limits.seconds)) };
    found.push(say("too_long", facts));
  }
  if (file.size > limits.bytes) {
    found.push(say("too_large", { name: file.name, size: megabytes(file.size), limit: megabytes(limits.bytes) }));
  }
  return found;
}

// The pictures to seek by, as a WebVTT track names them. Pure.

const FINE_SECONDS = 1; // pictures closer than this are labelled with tenths

/** Write seconds as minutes and seconds, the part begun: 65.9 → 1:05. */
export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** Return { startTime, label, file, x, y, width, height } for each cue `sprite.jpg#xywh=x,y,width,height`. */
export function picturesOf(cues) {
  const isFine = cues.length > 1 && cues[1].startTime < FINE_SECONDS;
  return cues.map(({ startTime, text }) => {
    const [file, box] = text.split("#xywh=");
    const [x, y, width, height] = box.split(",").map(Number);
    const label = clock(startTime) + (isFine ? `.${Math.round(startTime * 10) % 10}` : "");
    return { startTime, label, file, x, y, width, height };
  });
}

/** Return the index of the picture shown at a time; -1 before the first. */
export const indexAt = (pictures, seconds) => pictures.filter(({ startTime }) => startTime <= seconds).length - 1;

// One video: another source goes on where the last one was, and so does the same source after a cut.
const RETRY_MS = 10000;

/** Add speed and recovery to the video in a box; returns { video, turnTo(src), seek(seconds) }. */
export function control(box, video) {
  const unplayable = box.querySelector("[data-unplayable]");
  const broken = box.querySelector("[data-broken]");
  let resume = null;
  let hasPlayed = video.readyState >= HTMLMediaElement.HAVE_METADATA; // its metadata may be here before this script
  let retriedAt = -RETRY_MS;

  function turnTo(src) {
    resume = resume || { at: video.currentTime, isPlaying: !video.paused && !video.ended };
    video.defaultPlaybackRate = video.playbackRate;
    broken.hidden = unplayable.hidden = true;
    video.src = src;
    video.load();
  }

  function seek(seconds) {
    if (resume) resume.at = seconds;
    else video.currentTime = seconds;
  }

  // The connection was cut, or the address of a source has expired: tried again once by itself, then when asked.
  function onError() {
    if (!hasPlayed) {
      unplayable.hidden = false;
      return;
    }
    resume = resume || { at: video.currentTime, isPlaying: !video.paused };
    if (performance.now() - retriedAt < RETRY_MS) {
      broken.hidden = false;
      return;
    }
    retriedAt = performance.now();
    turnTo(video.getAttribute("src"));
  }

  video.addEventListener("loadedmetadata", () => {
    hasPlayed = true;
    if (!resume) return;
    const { at, isPlaying } = resume;
    resume = null;
    if (at) video.currentTime = Math.min(at, video.duration);
    if (isPlaying) video.play().catch(() => undefined); // a browser may want a press of its own
  });
  video.addEventListener("error", onError);
  if (video.error) onError();
  broken.querySelector("[data-again]").addEventListener("click", () => {
    resume = { at: video.currentTime, ...resume, isPlaying: true };
    turnTo(video.getAttribute("src"));
  });

  const speed = box.querySelector("[data-speed]");
  speed.hidden = false;
  speed.querySelector("select").addEventListener("change", ({ target }) => {
    video.defaultPlaybackRate = video.playbackRate = Number(target.value);
  });
  return { video, turnTo, seek };
}

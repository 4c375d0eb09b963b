// The screen stays on while something is on its way. The browser drops the lock whenever the page is hidden; it is taken again.
const onTheirWay = new Set();
let lock = null;

async function lockScreen() {
  if (!navigator.wakeLock || lock || document.hidden || !onTheirWay.size) return;
  try {
    lock = await navigator.wakeLock.request("screen");
    lock.addEventListener("release", () => {
      lock = null;
    });
    if (!onTheirWay.size) lock.release();
  } catch {
    lock = null; // a low battery forbids it: sending goes on, only the screen may darken
  }
}

/** Note that a transfer is on its way, or no longer. */
export function stayAwake(transfer, isOnItsWay) {
  if (isOnItsWay) onTheirWay.add(transfer);
  else onTheirWay.delete(transfer);
  if (isOnItsWay) lockScreen();
  else if (!onTheirWay.size && lock) lock.release();
}

document.addEventListener("visibilitychange", lockScreen);

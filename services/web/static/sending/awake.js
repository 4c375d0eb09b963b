// The screen stays on while something is on its way; the lock is lost whenever the page is hidden, and taken again.
(() => {
  const sending = (window.omsap = window.omsap || {}).sending = window.omsap.sending || {};
  const onTheirWay = new Set();
  let lock = null;
  async function hold() {
    if (!navigator.wakeLock || lock || document.hidden || !onTheirWay.size) return;
    try {
      lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", () => { lock = null; });
      if (!onTheirWay.size) lock.release();
    } catch (error) {
      lock = null; // a low battery forbids it: sending goes on, only the screen may darken
    }
  }
  document.addEventListener("visibilitychange", hold);
  sending.awake = (transfer, is) => {
    if (is) onTheirWay.add(transfer); else onTheirWay.delete(transfer);
    if (is) hold(); else if (!onTheirWay.size && lock) lock.release();
  };
})();

// What a phone notices of its connection, and that somebody looks at it again.

/** Call `onWake`, `onOffline` and `onChange` (of the kind of network) when it happens; returns a function that ends this. */
export function hearSignals({ onWake, onOffline, onChange }) {
  const listeners = [
    [window, "online", onWake],
    [window, "offline", onOffline],
    [
      document,
      "visibilitychange",
      () => {
        if (!document.hidden) onWake();
      },
    ],
    [navigator.connection, "change", onChange],
  ].filter(([source]) => source?.addEventListener);
  for (const [source, type, listener] of listeners) source.addEventListener(type, listener);
  return () => {
    for (const [source, type, listener] of listeners) source.removeEventListener(type, listener);
  };
}

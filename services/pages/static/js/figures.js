// Lengths and sizes as people read them: the same as shared/thai/figures.py; tests/fixtures/figures.json tests both.

/** Round to the nearest integer, a half to the even one, as Python does. */
export function rounded(value) {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

/** Write seconds as a length: 319.99 → 5:20, 3661 → 1:01:01. */
export function length(seconds) {
  const total = rounded(seconds);
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60) % 60;
  const rest = String(total % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** Write bytes as a size: 52428800 → 50 MB, 1610612736 → 1.5 GB. */
export function megabytes(bytes) {
  for (const [unit, size] of [
    ["GB", 1073741824],
    ["MB", 1048576],
  ]) {
    if (bytes >= size) return `${rounded((bytes * 10) / size) / 10} ${unit}`;
  }
  return `${bytes ? Math.max(1, rounded(bytes / 1024)) : 0} KB`;
}

// Which questions and files are asked, by the answers so far, exactly as shared/forms/visibility.py: tests/fixtures/conditions.json tests
// both. Pure. It is decided here, too, so that the page follows at each key; what counts is what the server decides on saving.

/**
 * Return the keys that are asked, as a Set. `parts` are [{ key, when }], `when` of the form { other: [words] } or null;
 * `answers` is a Map of key → the words of its answer. Hidden counts as unanswered, down the whole chain.
 */
export function visible(parts, answers) {
  const waiting = new Map(parts.map(({ key, when }) => [key, Object.keys(when || {}).length]));
  const opens = new Map();
  for (const { key, when } of parts) {
    for (const [other, words] of Object.entries(when || {})) {
      if ((answers.get(other) || []).some((word) => words.includes(word))) opens.set(other, [...(opens.get(other) || []), key]);
    }
  }
  const asked = parts.map(({ key }) => key).filter((key) => waiting.get(key) === 0);
  for (let at = 0; at < asked.length; at += 1) {
    for (const opened of opens.get(asked[at]) || []) {
      waiting.set(opened, waiting.get(opened) - 1);
      if (waiting.get(opened) === 0) asked.push(opened);
    }
  }
  return new Set(asked);
}

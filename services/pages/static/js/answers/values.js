// What the inputs of a question hold, as the server reads a sent page (shared/forms/fields.py). Pure.

const isNumber = (step) => /^\d{1,6}$/.test(step);

// Rows by their numbers as a list in that order; a mapping of other names stays one.
function listed(value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const steps = Object.keys(value);
  return steps.every(isNumber) ? steps.sort((one, other) => one - other).map((step) => value[step]) : value;
}

/** Return the typed answer of pairs [name, value]: answers.budget.0.amount = "5" → [{ amount: "5" }]. `several`: all values count. */
export function typedValue(pairs, { several = false } = {}) {
  if (several) return pairs.map(([, value]) => value).filter(Boolean);
  let whole = null;
  const parts = {};
  for (const [name, value] of pairs) {
    const path = name.split(".").slice(2);
    if (!path.length) {
      whole = value;
      continue;
    }
    let inside = parts;
    for (const step of path.slice(0, -1)) {
      inside[step] = inside[step] || {};
      inside = inside[step];
    }
    inside[path.at(-1)] = value;
  }
  return Object.keys(parts).length ? listed(parts) : whole;
}

/** Return the id of the input at a place that a problem names: purchases[1].amount → q-purchases-1-amount. */
export const idOfPath = (path) => `q-${path.replaceAll("[", "-").replaceAll("]", "").replaceAll(".", "-")}`;

/** Return a decimal text with thousands apart: 1250.50 → 1,250.50. */
export const grouped = (text) => text.replace(/^(-?)(\d+)/, (_, sign, whole) => sign + whole.replace(/\B(?=(\d{3})+$)/g, ","));

/** Return the time of day as pages write it: 14.03. */
export const timeOfDay = (date) => `${String(date.getHours()).padStart(2, "0")}.${String(date.getMinutes()).padStart(2, "0")}`;

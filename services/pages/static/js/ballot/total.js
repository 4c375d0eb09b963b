// What a ballot comes to while it is typed, exactly as shared/awards/ranking.py: tests/fixtures/ballots.json tests both. Pure.
//
// It is computed here, too, because a member who weighs one mark against another needs the answer at each key, also without a connection.
// What counts is what the server computes of the ballot submitted.

const PLACES = 12;
const DECIMAL = /^(-?)(\d{1,12})(?:\.(\d{1,12}))?$/; // what the server reads as a number

/** Whether a text is a number that the server reads. */
export const isDecimal = (text) => DECIMAL.test(text);

// A decimal number as a whole number of 10⁻¹².
function units(text) {
  const [, sign, whole, fraction = ""] = text.match(DECIMAL);
  const value = BigInt(whole + fraction.padEnd(PLACES, "0"));
  return sign ? -value : value;
}

// Two decimals; a half goes to the even one, as in Python.
function twoDecimals(value) {
  const isTie = Number.isInteger(value * 8) && !Number.isInteger(value * 4);
  return (isTie ? (2 * Math.round(value * 50)) / 100 : value).toFixed(2);
}

/**
 * Return { total, missing } of criteria, each { weight, min, max, mark }, all decimal texts, mark null while missing:
 * Σ weight × (mark − min) / (max − min), over Σ weight, times 100. A missing mark adds nothing.
 */
export function ballotTotal(criteria) {
  let numerator = 0n;
  let denominator = 1n;
  let weights = 0n;
  for (const { weight, min, max, mark } of criteria) {
    weights += units(weight);
    if (mark === null) continue;
    const range = units(max) - units(min);
    numerator = numerator * range + units(weight) * (units(mark) - units(min)) * denominator;
    denominator *= range;
  }
  const missing = criteria.filter(({ mark }) => mark === null).length;
  return { total: twoDecimals(quotient(100n * numerator, denominator * weights)), missing };
}

// The number nearest to a fraction of two large whole numbers, as near as 17 digits go.
function quotient(numerator, denominator) {
  const scale = 10n ** 17n;
  return Number((numerator * scale) / denominator) / Number(scale);
}

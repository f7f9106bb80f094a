// Round numbers for the ticks of an axis, and words for numbers.

const LARGE = 1e5, SMALL = 1e-3; // from here on, and below, the numbers of an axis are counted in a power of ten
const SUPERSCRIPTS = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

/** The smallest of 1, 2, 5 times a power of ten that is not less. */
function roundStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * [1, 2, 5, 10].find((s) => s * power >= least * (1 - 1e-9));
}

/** At most about `most` multiples of a round number between low and high; two at least. */
export function roundNumbers(low, high, most) {
  const step = roundStep((high - low) / most);
  const numbers = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) numbers.push(k * step);
  return numbers.length > 1 ? numbers : roundNumbers(low, high, 1.5 * most);
}

/** Words for the numbers of an axis, and the power of ten that all are counted in, "" where it is 1. */
export function numberWords(numbers) {
  const largest = Math.max(0, ...numbers.map(Math.abs));
  const exponent = largest >= LARGE || (largest > 0 && largest < SMALL) ? Math.floor(Math.log10(largest) + 1e-9) : 0;
  const words = numbers.map((number) => figures(number / 10 ** exponent, 6));
  if (new Set(words).size < words.length) return { words: numbers.map((number) => figures(number, 15)), power: "" };
  return { words, power: exponent ? powerOfTen(exponent) : "" };
}

/** Round numbers on a logarithmic axis, at most about `most`. */
export function logNumbers(low, high, most) {
  const powers = [];
  for (let p = Math.floor(Math.log10(low)); p <= Math.ceil(Math.log10(high)); p++) powers.push(10 ** p);
  let inside = [];
  for (const steps of [[1, 2, 5], [1, 3], [1]]) {
    inside = powers.flatMap((power) => steps.map((s) => s * power)).filter((x) => x >= low && x <= high);
    if (inside.length <= most) return inside.length > 1 ? inside : roundNumbers(low, high, 3);
  }
  return inside.filter((_, k) => k % Math.ceil(inside.length / most) === 0);
}

/** Words for the numbers of a logarithmic axis. */
export function logWords(numbers) {
  const far = Math.min(...numbers) < 0.01 || Math.max(...numbers) >= 1e4;
  return numbers.map((number) => (far ? powerWords(number) : figures(number, 6)));
}

function powerWords(number) {
  const exponent = Math.floor(Math.log10(number) + 1e-9);
  const digit = Math.round(number / 10 ** exponent);
  return digit === 1 ? powerOfTen(exponent) : `${digit}×${powerOfTen(exponent)}`;
}

/** 10 to a power. */
export function powerOfTen(exponent) {
  return `10${[...String(exponent)].map((digit) => SUPERSCRIPTS[digit]).join("")}`;
}

/** A number in at most so many figures, with a true minus sign: as pipeline/console/figures.py writes it. */
export function figures(number, digits) {
  const shown = Number(number.toPrecision(digits)); // rounded first: 9.9999 is 10
  const exponent = shown === 0 ? 0 : Math.floor(Math.log10(Math.abs(shown)) + 1e-12);
  if (exponent < -4 || exponent >= Math.max(digits, 6)) {
    return `${figures(shown / 10 ** exponent, digits)}×${powerOfTen(exponent)}`;
  }
  return String(shown + 0).replace("-", "−");
}

/** A number rounded to two figures, such as 85 or 8.5×10⁵. */
export function fewFigures(number) {
  const { words, power } = numberWords([Number(number.toPrecision(2))]);
  return power ? `${words[0]}×${power}` : words[0];
}

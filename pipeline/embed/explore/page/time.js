// Axes of training time: where a time stands between 0 and 1, and back; which times are named.

import { figures, powerOfTen, roundNumbers } from "./round.js";

// kind: [place of a time, time at a place], made from where it begins, the first time after that counts, the end, and the
// recorded times.
const SCALES = {
  log: ({ start, first, end }) => {
    const whole = Math.log1p((end - start) / first);
    return [(t) => Math.log1p((t - start) / first) / whole, (p) => start + first * Math.expm1(p * whole)];
  },
  linear: ({ start, end }) => [(t) => (t - start) / (end - start), (p) => start + p * (end - start)],
  // The clip's pace: the recorded moments are those of its frames.
  pace: (span, times) => [
    (t) => between(times, t) / (times.length - 1),
    (p) => {
      const k = Math.min(Math.floor(p * (times.length - 1)), times.length - 2);
      return times[k] + (p * (times.length - 1) - k) * (times[k + 1] - times[k]);
    },
  ],
};

/** An axis of time of a kind of SCALES. */
export function timeAxis(kind, span, times) {
  const { start, end } = span;
  const [position, time] = SCALES[kind](span, times);
  const ticks = (most) => (kind === "linear" ? linearTicks(position, span, most) : logTicks(position, span, most));
  return { kind, position, time: (p) => (p <= 0 ? start : p >= 1 ? end : time(p)), ticks };
}

/** Where a time lies among ascending times: 2.5 is halfway between the third and the fourth. */
export function between(times, t) {
  let low = 0, high = times.length - 1;
  if (t >= times[high]) return high;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle] <= t) low = middle;
    else high = middle;
  }
  return low + Math.max(0, t - times[low]) / (times[high] - times[low]);
}

function logTicks(position, { start, first, end }, most) {
  const powers = [];
  for (let p = Math.floor(Math.log10(first)); p <= Math.floor(Math.log10(end) + 1e-9); p++) powers.push(p);
  const roomy = spaced(powers.filter((p) => 10 ** p > start && position(10 ** p) > 0.7 / most), (p) => position(10 ** p), 0.8 / most);
  const plain = roomy.every((p) => p >= -2 && p <= 3);
  const named = roomy.map((p) => [position(10 ** p), plain ? figures(10 ** p, 6) : powerOfTen(p)]);
  return [[0, figures(start, 6)], ...named];
}

/** Those of ascending things, from the last back, whose places are at least `apart`. */
function spaced(things, place, apart) {
  const kept = [];
  for (const thing of things.toReversed()) {
    if (!kept.length || place(kept[0]) - place(thing) >= apart) kept.unshift(thing);
  }
  return kept;
}

function linearTicks(position, { start, end }, most) {
  return roundNumbers(start, end, most).map((t) => [position(t), figures(t, 6)]);
}

/** A time in figures: two of them where it is small, none after the point where it is large. */
export function clock(t, first) {
  if (t === 0) return "0";
  const finest = Math.max(0, 1 - Math.floor(Math.log10(first)));
  const decimals = Math.min(Math.max(0, 1 - Math.floor(Math.log10(t))), finest);
  return t.toFixed(Math.min(decimals, 100));
}

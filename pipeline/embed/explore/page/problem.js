// What is to be learnt, checked and in the form that the solver takes, as pipeline/simulate/solver/problem.py makes it.

export const SHARES = { all: [1, 1], hidden: [1, 0], output: [0, 1] }; // of the gradients of (w, b) and v

const WIDENED = 0.1; // of the range of x: how far beyond either end f is watched
const RESOLVED = 1e-14; // of the terms of f: what double precision resolves of f in a run of many steps

/** Throws an Error of one sentence where a wish cannot be solved. */
export function check(wish, mostNeurons) {
  for (const name of ["x", "y", "w", "b", "v", "times"]) checkVector(name, wish[name]);
  const { x, y, w, b, v, times, rtol, weight_decay: decay, train } = wish;
  if (x.length !== y.length) fail(`x has ${x.length} values and y has ${y.length}; give one y per x`);
  if (w.length !== b.length || w.length !== v.length) fail("w, b, v differ in length; give one of each per neuron");
  if (w.length > mostNeurons) fail(`width = ${w.length}: this page solves up to ${mostNeurons} neurons`);
  if (times[0] < 0) fail(`times[0] = ${times[0]}: is negative; training starts at 0`);
  times.forEach((t, k) => k && t < times[k - 1] && fail(`times[${k}] = ${t}: comes after ${times[k - 1]}; give times in order`));
  if (!(rtol >= 1e-12 && rtol <= 0.1)) fail(`rtol = ${rtol}: is not between 1e-12 and 0.1`);
  if (!(decay >= 0 && decay < Infinity)) fail(`weight_decay = ${decay}: is not a number from 0 on`);
  if (!(train in SHARES)) fail(`train = ${train}: is not one of ${Object.keys(SHARES).join(", ")}`);
}

function checkVector(name, values) {
  if (!Array.isArray(values) && !ArrayBuffer.isView(values)) fail(`${name}: is no list of numbers`);
  if (!values.length) fail(`${name}: is empty; give at least one number`);
  const bad = Array.from(values).findIndex((value) => typeof value !== "number" || !Number.isFinite(value));
  if (bad >= 0) fail(`${name}[${bad}] = ${values[bad]}: is not a finite number`);
}

export function fail(sentence) {
  throw new Error(sentence);
}

/** Rows in the order of x, as {x, y}. */
export function inOrder(x, y) {
  const order = Array.from(x, (_, n) => n).sort((i, j) => x[i] - x[j] || i - j);
  return { x: order.map((n) => x[n]), y: order.map((n) => y[n]) };
}

/** Rows {x, y} in order as distinct samples: {x, weight, target, firstRow}, rows at each and the mean of their y. */
export function merged({ x, y }) {
  const distinct = { x: [], weight: [], target: [], firstRow: [] };
  x.forEach((each, n) => {
    if (n === 0 || each !== x[n - 1]) {
      distinct.x.push(each);
      distinct.weight.push(0);
      distinct.target.push(0);
      distinct.firstRow.push(n);
    }
    distinct.weight[distinct.x.length - 1]++;
    distinct.target[distinct.x.length - 1] += y[n];
  });
  distinct.target = distinct.target.map((sum, k) => sum / distinct.weight[k]);
  return distinct;
}

/** Sums of weight·(1, x, x²) over the run of every pattern, row after row: 3 (2K + 2) numbers. */
export function moments(x, weight) {
  const size = x.length;
  return [0, 1, 2].flatMap((power) => {
    const row = new Array(2 * size + 2).fill(0);
    let left = 0, right = 0;
    for (let n = 0; n < size; n++) {
      const k = size - 1 - n;
      row[size + 2 + n] = left += weight[n] * raised(x[n], power);
      row[k] = right += weight[k] * raised(x[k], power);
    }
    return row;
  });
}

const raised = (x, power) => (power === 0 ? 1 : power === 1 ? x : x * x);

/** Where f is watched: at the samples, between them, and beyond both ends. */
export function probes(x) {
  const last = x.length - 1;
  const margin = WIDENED * (x[last] - x[0]);
  const probe = [x[0] - margin];
  x.forEach((each, n) => probe.push(each, n < last ? 0.5 * (x[n + 1] + each) : each + margin));
  return probe;
}

/** Fails where f starts as a sum of terms so large that what rtol allows is lost in their rounding. */
export function checkPrecision({ w, b, v, rtol }, x, scale) {
  const terms = w.reduce((sum, each, i) => {
    const highest = Math.max(each * x[0], each * x[x.length - 1]) + b[i];
    return sum + Math.abs(v[i]) * Math.max(highest, 0);
  }, 0);
  if (Number.isFinite(terms) && RESOLVED * terms > rtol * scale) {
    fail(`f starts with terms so large that rtol = ${rtol} of y is lost in rounding; lower the scale, or raise rtol`);
  }
}

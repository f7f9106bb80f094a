// What is to be learnt, checked and in the form that the solver takes, as pipeline/simulate/solver/problem.py makes it.

import { fail } from "./complaint.js";

export const SHARES = { all: [1, 1], hidden: [1, 0], output: [0, 1] }; // of the gradients of (w, b) and v

const WIDENED = 0.1; // of the range of x: how far beyond either end f is watched
const RESOLVED = 1e-14; // of the terms of f: what double precision resolves of f in a run of many steps

/** Throws a Complaint where a wish cannot be solved. */
export function check(wish, mostNeurons) {
  for (const name of ["x", "y", "w", "b", "v", "times"]) checkVector(name, wish[name]);
  const { x, y, w, b, v, times, rtol, weight_decay: decay, train } = wish;
  if (x.length !== y.length) fail("unequal_rows", { x: x.length, y: y.length });
  if (w.length !== b.length || w.length !== v.length) fail("unequal_neurons");
  if (w.length > mostNeurons) fail("too_wide", { width: w.length, most: mostNeurons });
  if (times[0] < 0) fail("before_start", { time: times[0] });
  times.forEach((t, k) => k && t < times[k - 1] && fail("not_in_order", { k, time: t, before: times[k - 1] }));
  if (!(rtol >= 1e-12 && rtol <= 0.1)) fail("bad_rtol", { rtol });
  if (!(decay >= 0 && decay < Infinity)) fail("bad_decay", { decay });
  if (!(train in SHARES)) fail("bad_train", { train, allowed: Object.keys(SHARES).join(", ") });
}

function checkVector(name, values) {
  if (!Array.isArray(values) && !ArrayBuffer.isView(values)) fail("no_list", { name });
  if (!values.length) fail("empty_list", { name });
  const bad = Array.from(values).findIndex((value) => typeof value !== "number" || !Number.isFinite(value));
  if (bad >= 0) fail("not_finite", { name, place: bad, value: String(values[bad]) });
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
    fail("too_large", { rtol });
  }
}

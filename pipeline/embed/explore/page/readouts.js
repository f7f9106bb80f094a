// What a run comes to at a moment, in the papers' quantities.

import { merged } from "./problem.js";
import { figures } from "./round.js";
import { currentStop } from "./stops.js";
import { inHtml } from "./words.js";

const NAMES = ["loss", "path_norm", "roughness", "held_count", "linear_spline_distance", "natural_cubic_spline_distance", "kernel_drift"];
const REST = 120; // milliseconds between two that are shown
const GRID = 512; // places among the samples where f is compared with a cubic

/** Show them in a list, some times a second; words: by name, what each is called. */
export function connectReadouts(list, words, view, laboratory) {
  const event = document.querySelector(".event");
  list.innerHTML = NAMES.map((name) => `<div title="${inHtml(words[`${name}_is`])}"><dt>${words[name]}</dt><dd></dd></div>`).join("");
  const places = [...list.querySelectorAll("dd")];
  let timer = 0;
  view.listeners.push(() => {
    timer ||= setTimeout(() => {
      timer = 0;
      if (view.renewed) return; // the moment is another run's until it is drawn, after which they are asked for again
      event.textContent = currentStop(view)?.words ?? "";
      const found = readouts(view.run, view.moment, laboratory.lab);
      NAMES.forEach((name, k) => (places[k].textContent = figures(found[name], 3)));
    }, REST);
  });
}

/** By name, the quantities of pipeline/projection/quantity_table.py at the recorded moment that is nearest. */
export function readouts(run, moment, lab) {
  const { nearest: k } = moment, m = run.neurons;
  const mu = run.mu.subarray(k * m, (k + 1) * m);
  const held = run.held.subarray(k * m, (k + 1) * m);
  const samples = merged(run.samplesAt(run.t[k]));
  return {
    loss: run.loss[k],
    path_norm: mu.reduce((sum, each) => sum + Math.abs(each), 0),
    roughness: mu.reduce((sum, each) => sum + each * each, 0),
    held_count: held.reduce((count, each) => count + (each >= 0), 0),
    linear_spline_distance: distance(run, k, samples, linearSpline(samples)),
    natural_cubic_spline_distance: distance(run, k, samples, cubicSpline(samples)),
    kernel_drift: kernelDrift(run, k, samples, lab),
  };
}

/** f at ascending places at a recorded moment. */
function valuesAt({ w, b, v, c, neurons, axes }, k, places) {
  return places.map((x) => {
    const inside = (x - axes.x.shift) / axes.x.scale;
    let f = c[k];
    for (let at = k * neurons; at < (k + 1) * neurons; at++) f += v[at] * Math.max(w[at] * inside + b[at], 0);
    return axes.y.shift + axes.y.scale * f;
  });
}

/** The largest |f − spline| between the first and the last sample. */
function distance(run, k, { x }, spline) {
  const [low, high] = [x[0], x.at(-1)];
  const even = Array.from({ length: GRID }, (_, n) => low + (n / (GRID - 1)) * (high - low));
  const places = [...even, ...x];
  const values = valuesAt(run, k, places);
  return places.reduce((most, place, n) => Math.max(most, Math.abs(values[n] - spline(place))), 0);
}

const pieceOf = (x, place) => Math.min(Math.max(x.findLastIndex((each) => each <= place), 0), x.length - 2);

/** The polygon through samples. */
function linearSpline({ x, target: y }) {
  return (place) => {
    const n = pieceOf(x, place);
    return y[n] + ((place - x[n]) / (x[n + 1] - x[n])) * (y[n + 1] - y[n]);
  };
}

/** The natural cubic spline through samples, by its second derivatives there. */
function cubicSpline({ x, target: y }) {
  const last = x.length - 1, bends = new Float64Array(x.length), ahead = new Float64Array(x.length);
  const gap = (n) => x[n + 1] - x[n], slope = (n) => (y[n + 1] - y[n]) / gap(n);
  for (let n = 1; n < last; n++) {
    const pivot = 2 * (gap(n - 1) + gap(n)) - gap(n - 1) * ahead[n - 1];
    ahead[n] = gap(n) / pivot;
    bends[n] = (6 * (slope(n) - slope(n - 1)) - gap(n - 1) * bends[n - 1]) / pivot;
  }
  for (let n = last - 1; n > 0; n--) bends[n] -= ahead[n] * bends[n + 1];
  return (place) => {
    const n = pieceOf(x, place), h = gap(n), left = x[n + 1] - place, right = place - x[n];
    const cubic = (bends[n] * left ** 3 + bends[n + 1] * right ** 3) / (6 * h);
    return cubic + (y[n] / h - (bends[n] * h) / 6) * left + (y[n + 1] / h - (bends[n + 1] * h) / 6) * right;
  };
}

/** ‖K − K₀‖ / ‖K₀‖ of the tangent kernel at the samples, as pipeline/projection/tangent_kernel.py has it. */
function kernelDrift(run, k, { x, weight }, { output_bias }) {
  const { axes } = run;
  const inside = x.map((each) => (each - axes.x.shift) / axes.x.scale);
  const train = run.trainAt(run.t[k]);
  const learns = { hidden: train !== "output", output: train !== "hidden", bias: output_bias && train !== "hidden" };
  const [now, start] = [k, 0].map((at) => kernel(run, at, inside, learns));
  let change = 0, size = 0;
  inside.forEach((_, i) => inside.forEach((__, j) => {
    const rows = weight[i] * weight[j], at = i * inside.length + j;
    change += rows * (now[at] - start[at]) ** 2;
    size += rows * start[at] ** 2;
  }));
  return size ? Math.sqrt(change / size) : 0;
}

function kernel({ w, b, v, neurons }, k, x, { hidden, output, bias }) {
  const size = x.length, sums = new Float64Array(size * size).fill(bias ? 1 : 0), z = new Float64Array(size);
  for (let at = k * neurons; at < (k + 1) * neurons; at++) {
    for (let n = 0; n < size; n++) z[n] = Math.max(w[at] * x[n] + b[at], 0);
    const vv = hidden ? v[at] * v[at] : 0;
    for (let i = 0; i < size; i++) {
      if (z[i] <= 0) continue;
      for (let j = 0; j <= i; j++) {
        if (z[j] > 0) sums[i * size + j] += vv * (1 + x[i] * x[j]) + (output ? z[i] * z[j] : 0);
      }
    }
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) sums[j * size + i] = sums[i * size + j];
  return sums;
}

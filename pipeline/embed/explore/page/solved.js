// A run as panels show it, from what the solver found: in the units of the user, as pipeline/projection/spline.py has it.

import { holding } from "./run.js";

const BEYOND = 1; // how far outside the limits a breakpoint is still told from one at infinity, in their width
const MARGIN = 0.08; // around what is shown, as a share of it
const FINEST = 1e-9; // of δ: what is told from 0
const DECADES = 8; // of the loss, at most

/** Facts of a page with the numbers of a solution; axes: {x, y} of {shift, scale}; samples: in the user's units. */
export function solvedRun(facts, solution, axes, samples) {
  const { t, w, b, v, c, held, loss } = solution;
  const neurons = w[0].length, moments = t.length;
  const series = { t, loss, lowEnd: new Float64Array(moments), highEnd: new Float64Array(moments) };
  const planes = ["beta", "mu", "orientation", "held", "delta"].map((name) => [name, new Float64Array(moments * neurons)]);
  const run = { ...facts, ...series, ...Object.fromEntries(planes), neurons, moments, samples, curves: [], grid: [], steps: { delta: FINEST } };
  run.x = { ...facts.x, limits: limitsOfInputs(facts.x.limits, samples.x) };
  const [low, high] = run.x.limits;
  const steepness = axes.y.scale / axes.x.scale;
  for (let k = 0; k < moments; k++) {
    for (let i = 0; i < neurons; i++) {
      const at = k * neurons + i;
      const knot = axes.x.shift + axes.x.scale * (-b[k][i] / w[k][i]);
      run.beta[at] = w[k][i] ? Math.min(Math.max(knot, low - BEYOND * (high - low)), high + BEYOND * (high - low)) : 2 * high - low;
      run.mu[at] = w[k][i] * v[k][i] * steepness;
      run.orientation[at] = Math.sign(w[k][i]);
      run.held[at] = held[k][i];
      run.delta[at] = v[k][i] ** 2 - w[k][i] ** 2 - b[k][i] ** 2;
    }
    [run.lowEnd[k], run.highEnd[k]] = [low, high].map((x) => {
      const inside = (x - axes.x.shift) / axes.x.scale;
      const f = w[k].reduce((sum, each, i) => sum + v[k][i] * Math.max(each * inside + b[k][i], 0), c[k]);
      return axes.y.shift + axes.y.scale * f;
    });
  }
  run.loss = loss.map((each) => each * axes.y.scale ** 2);
  run.time = { ...facts.time, end: t[moments - 1] };
  run.holding = (k) => holding(run, k);
  return Object.assign(run, limits(facts, run));
}

/** The limits of inputs, wider where samples lie beyond. */
function limitsOfInputs([low, high], x) {
  const margin = MARGIN * (high - low);
  return [Math.min(low, Math.min(...x) - margin), Math.max(high, Math.max(...x) + margin)];
}

/** What else follows from the numbers: scales of the panels. */
function limits(facts, { beta, mu, loss, samples, x: { limits: [low, high] } }) {
  let largest = 0;
  beta.forEach((each, at) => {
    if (each >= low && each <= high) largest = Math.max(largest, Math.abs(mu[at]));
  });
  const top = Math.max(...loss), [bottom, ceiling] = facts.y.limits;
  const margin = MARGIN * (ceiling - bottom);
  const y = [Math.min(bottom, Math.min(...samples.y) - margin), Math.max(ceiling, Math.max(...samples.y) + margin)];
  return {
    y: { ...facts.y, limits: y },
    largestJump: largest || 1,
    reach: 1.1 * largest || 1,
    lossLimits: [Math.max(0.8 * Math.min(...loss), top * 10 ** -DECADES) || 1e-12, 1.25 * top || 1],
  };
}

// The state of a laboratory: samples, the network's start and how it learns; what is asked of the solver for it.

import { drawn, isDrawn } from "./draw.js";
import { fail } from "./problem.js";

const MOMENTS = 160; // of a run

/** What one can set beside the samples. low, high: allowed; ends: of its slider; log, whole: how it counts. */
export const SETTINGS = [
  { name: "width", low: 1, high: 1000, ends: [1, 300], log: true, whole: true, ofDraw: true },
  { name: "scale", low: 1e-6, high: 1e6, ends: [0.01, 10], log: true },
  { name: "layer_ratio", low: 1e-6, high: 1e6, ends: [0.1, 10], log: true },
  { name: "seed", low: 0, high: 2 ** 32 - 1, ends: [0, 50], whole: true, ofDraw: true },
  { name: "weight_decay", low: 0, high: 1e6, ends: [0, 0.5] },
  { name: "end_time", low: 1e-9, high: 1e12, ends: [1, 1e5], log: true },
];

/** The number that a text says for a setting; fails with one sentence. */
export function numberOf({ name, low, high, whole }, text) {
  const kind = whole ? "a whole number" : "a number";
  if (!text.trim()) fail(`${name}: is empty; give ${kind} from ${low} to ${high}`);
  const number = Number(text);
  if (!Number.isFinite(number) || (whole && !Number.isInteger(number))) fail(`${name} = ${text}: is not ${kind}`);
  if (number < low || number > high) fail(`${name} = ${text}: is not ${kind} from ${low} to ${high}`);
  return number;
}

/** Two columns of numbers as {x, y}; fails with one sentence. */
export function samplesOf(text) {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  const rows = lines.map((line) => line.split(/[\s,;]+/));
  if (rows.length > 1 && rows[0].every((cell) => Number.isNaN(Number(cell)))) rows.shift(); // names of the columns
  if (!rows.length) fail("paste: there is no row; give two columns of numbers, x and y");
  rows.forEach((row, n) => {
    if (row.length !== 2) fail(`paste, row ${n + 1}: has ${row.length} cells; give two columns of numbers, x and y`);
    const bad = row.find((cell) => !Number.isFinite(Number(cell)));
    if (bad !== undefined) fail(`paste, row ${n + 1}: ${bad.slice(0, 30)} is not a finite number`);
  });
  return { x: rows.map(([x]) => Number(x)), y: rows.map(([, y]) => Number(y)) };
}

/** What the solver is asked; lab: the page's facts of its laboratory; state: {x, y, …SETTINGS}. */
export function wishOf(lab, state) {
  const { axes, ziggurat, train, output_bias, rtol } = lab;
  if (Math.min(...state.x) === Math.max(...state.x)) fail("samples: all have one x; give samples at two or more different x");
  const inside = (values, { shift, scale }) => values.map((value) => (value - shift) / scale);
  const samples = { x: inside(state.x, axes.x), y: inside(state.y, axes.y) };
  const { weight_decay, end_time } = state;
  return { ...samples, ...network(lab, state, ziggurat), times: momentsOf(lab.time, end_time), weight_decay, train, output_bias, rtol };
}

/** The network at the start: drawn, or the one that is given in another scale. */
function network({ init, given }, { width, seed, scale, layer_ratio }, ziggurat) {
  if (isDrawn(init)) {
    if (init.antisymmetric && width % 2) fail(`width = ${width}: an antisymmetric network needs an even width`);
    return { ...drawn({ ...init, width, seed, scale, layer_ratio }, ziggurat), c: 0 };
  }
  const hidden = (scale * layer_ratio) / (init.scale * init.layer_ratio), output = ((scale / layer_ratio) * init.layer_ratio) / init.scale;
  const times = (values, factor) => values.map((each) => factor * each);
  return { w: times(given.w, hidden), b: times(given.b, hidden), v: times(given.v, output), c: given.c };
}

/** Times of a run, even on its axis. */
function momentsOf({ kind, first }, end) {
  const shares = Array.from({ length: MOMENTS }, (_, k) => k / (MOMENTS - 1));
  const start = Math.min(first, end / 10);
  const times = shares.map((share) => (kind === "linear" ? share * end : start * Math.expm1(share * Math.log1p(end / start))));
  times[MOMENTS - 1] = end;
  return times;
}

/** The command that makes the video of a state, in the units that the network sees. */
export function commandOf(lab, state) {
  const { init, axes, train, output_bias, rtol } = lab;
  const inside = (values, { shift, scale }) => `[${values.map((value) => (value - shift) / scale).join(",")}]`;
  const samples = `data=points 'data.x=${inside(state.x, axes.x)}' 'data.y=${inside(state.y, axes.y)}' data.standardize=false`;
  const settings = { ...init, width: state.width, seed: state.seed, scale: state.scale, layer_ratio: state.layer_ratio };
  const keys = ["width", "seed", "scaling", "distribution", "scale", "layer_ratio", "bias_ratio", "balanced", "antisymmetric"];
  const start = keys.map((key) => `init.${key}=${settings[key]}`);
  const learning = { weight_decay: state.weight_decay, end_time: state.end_time, train, output_bias, rtol };
  const rest = Object.entries(learning).map(([key, value]) => `dynamics.${key}=${value}`);
  return ["python -m pipeline", samples, ...start, ...rest].join(" ");
}

/** The state as parts of an address, and back; what is said wrongly stays as it is. */
export function addressOf(state) {
  return Object.entries(state).map(([name, value]) => `${name}=${[value].flat().map((each) => Number(each.toPrecision(12))).join(",")}`);
}

export function stateFrom(said, state) {
  const next = { ...state };
  for (const setting of SETTINGS) {
    try {
      if (said.has(setting.name)) next[setting.name] = numberOf(setting, said.get(setting.name));
    } catch {
      // a link written by hand
    }
  }
  const [x, y] = ["x", "y"].map((name) => (said.get(name) ?? "").split(",").filter(Boolean).map(Number));
  const known = x.length > 1 && x.length === y.length && [...x, ...y].every(Number.isFinite);
  return known ? { ...next, x, y } : next;
}

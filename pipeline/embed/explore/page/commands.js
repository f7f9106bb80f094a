// The experiment of a state, as a command and as YAML: both make its video.

import { isDrawn } from "./draw.js";
import { initOf } from "./network.js";

const DRAWN = ["width", "seed", "scaling", "distribution", "scale", "layer_ratio", "bias_ratio", "balanced", "antisymmetric"];
const LABELS = ["title", "x_label", "x_unit", "y_label", "y_unit"];

/**
 * The groups of config.yaml that a state chooses, and the keys that it sets in each.
 *
 * network: {w, b, v, c} with which its last leg begins, in the units that it sees; axes: from these to the user's.
 */
function experimentOf(lab, state, network, axes) {
  const chosen = {}, keys = {};
  const branched = state.past.length > 0, set = lab.sets[state.data];
  if (set.group && !branched && same(state, set)) chosen.data = state.data;
  else {
    chosen.data = "points";
    const inside = (values, { shift, scale }) => values.map((value) => (value - shift) / scale);
    const samples = branched ? { x: inside(state.x, axes.x), y: inside(state.y, axes.y) } : { x: state.x, y: state.y };
    const labels = Object.fromEntries(LABELS.filter((name) => set.words[name]).map((name) => [name, set.words[name]]));
    keys.data = { ...samples, ...(branched ? { title: labels.title } : labels), standardize: set.standardize && !branched };
  }
  if (isDrawn(lab.init) && !branched && !state.moved.length) {
    const init = initOf(lab, state);
    keys.init = Object.fromEntries(DRAWN.map((name) => [name, init[name]]));
  } else {
    chosen.init = "weights";
    keys.init = { w: [...network.w], b: [...network.b], v: [...network.v], c: network.c };
  }
  const { weight_decay, train } = state;
  const end_time = state.end_time - (state.past.at(-1)?.until ?? 0);
  keys.dynamics = { end_time, weight_decay, train, output_bias: lab.output_bias, rtol: lab.rtol };
  if (lab.time.kind === "linear") chosen.timing = "linear";
  return { chosen, keys };
}

const same = (state, set) => ["x", "y"].every((axis) => state[axis].length === set[axis].length && state[axis].every((each, n) => each === set[axis][n]));

/** The command that makes the video of a state; arguments as of experimentOf. */
export function commandOf(...experiment) {
  const { chosen, keys } = experimentOf(...experiment);
  const groups = Object.entries(chosen).map(([group, name]) => `${group}=${name}`);
  const values = Object.entries(keys).flatMap(([group, all]) => Object.entries(all).map(([key, value]) => `${group}.${key}=${inHydra(value)}`));
  return ["python -m pipeline", ...[...groups, ...values].map(inShell)].join(" ");
}

/** A value as Hydra's grammar reads it. */
function inHydra(value) {
  if (Array.isArray(value)) return `[${value.map(inHydra).join(",")}]`;
  if (typeof value !== "string" || /^[a-z_]+$/.test(value)) return String(value);
  return `"${value.replace(/\\(?=\\*("|$))/g, "\\\\").replace(/"/g, '\\"')}"`;
}

const inShell = (word) => (/^[\w.=,:/+-]+$/.test(word) ? word : `'${word.replace(/'/g, `'"'"'`)}'`);

/** The file of the same experiment, for a folder of configs: YAML, of which JSON is a part. */
export function yamlOf(...experiment) {
  const { chosen, keys } = experimentOf(...experiment);
  const head = ["# @package _global_", "# configs/experiment/lab.yaml: python -m pipeline --config-dir configs experiment=lab"];
  const defaults = Object.entries(chosen).map(([group, name]) => `  - override /${group}: ${name}`);
  const groups = Object.entries(keys).flatMap(([group, all]) => {
    return [`${group}:`, ...Object.entries(all).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`)];
  });
  return [...head, ...(defaults.length ? ["defaults:", ...defaults, ""] : []), ...groups, ""].join("\n");
}

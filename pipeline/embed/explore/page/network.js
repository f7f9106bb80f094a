// The network with which a laboratory begins: drawn or given, and neurons of it that were moved by hand.

import { fail } from "./complaint.js";
import { drawn, isDrawn } from "./draw.js";

/** The config group `init` of a state. */
export function initOf({ init }, { width, seed, scale, layer_ratio, scaling, start }) {
  if (!isDrawn(init)) return { ...init, scale, layer_ratio };
  const made = { antisymmetric: start.endsWith("antisymmetric"), balanced: start.startsWith("balanced") };
  return { ...init, width, seed, scale, layer_ratio, scaling, distribution: distributionOf(init, scaling), ...made };
}

/** As conf/init has it: a scaling comes with the law of its weights, that of the config with the config's. */
const distributionOf = (init, scaling) =>
  scaling === init.scaling ? init.distribution : scaling === "pytorch" ? "uniform" : "normal";

/** {w, b, v, c}; axes: from the network's units to the user's, in which `state.moved` are [neuron, β, slope jump]. */
export function networkOf(lab, state, axes) {
  const init = initOf(lab, state);
  const begun = isDrawn(init) ? { ...remembered(init, lab.ziggurat), c: 0 } : scaled(lab, init);
  return state.moved.length ? moved(begun, state.moved, axes) : begun;
}

/** The same network while nothing about it changes: to draw many takes longer than to solve. */
function remembered(init, ziggurat) {
  const asked = JSON.stringify(init);
  if (remembered.asked !== asked) {
    if (init.antisymmetric && init.width % 2) fail("odd_width", { width: init.width });
    if (init.balanced && init.layer_ratio !== 1) fail("ratio_fixed", { ratio: init.layer_ratio });
    remembered.drawn = drawn(init, ziggurat);
    remembered.asked = asked;
  }
  return remembered.drawn;
}

/** The given network in another scale. */
function scaled({ given, init: before }, { scale, layer_ratio }) {
  const all = scale / before.scale, ratio = layer_ratio / before.layer_ratio;
  const times = (values, factor) => values.map((each) => factor * each);
  return { w: times(given.w, all * ratio), b: times(given.b, all * ratio), v: times(given.v, all / ratio), c: given.c };
}

/** With neurons of other breakpoints and slope jumps: each keeps the side on which it is active, and |w| : |v|. */
function moved({ w, b, v, c }, places, axes) {
  const next = { w: [...w], b: [...b], v: [...v], c };
  for (const [i, beta, jump] of places) {
    if (i >= w.length) continue;
    const bend = (jump * axes.x.scale) / axes.y.scale, before = Math.abs(w[i] * v[i]);
    const factor = before && bend ? Math.sqrt(Math.abs(bend) / before) : 1;
    next.w[i] = (w[i] || 1) * factor;
    next.b[i] = (-next.w[i] * (beta - axes.x.shift)) / axes.x.scale;
    next.v[i] = bend / Math.abs(next.w[i]);
  }
  return next;
}

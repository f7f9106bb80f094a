// What is asked of the solver for a state of the laboratory.

import { fail } from "./complaint.js";
import { networkOf } from "./network.js";

/** The state {data, x, y, moved, past, NUMBERS, CHOICES} as a wish of legs.js, of so many moments. */
export function wishOf(lab, state, moments, limits) {
  const legs = [...state.past, { ...state, from: state.past.at(-1)?.until ?? 0 }].map((leg, k) => {
    const { x, y, weight_decay, train } = leg;
    if (Math.min(...x) === Math.max(...x)) fail("one_x");
    return { from: k ? state.past[k - 1].until : 0, x, y, weight_decay, train };
  });
  const axes = axesOf(lab, state);
  const inside = (values, { shift, scale }) => values.map((value) => (value - shift) / scale);
  for (const leg of legs) Object.assign(leg, { x: inside(leg.x, axes.x), y: inside(leg.y, axes.y) });
  const times = timesOf(lab.time, state, moments);
  const { output_bias, rtol } = lab;
  return { legs, ...networkOf(lab, state, axes), times, rtol, output_bias, axes, limits };
}

/** {x, y} of {shift, scale} from the network's units to the user's: of the samples with which a run begins. */
export function axesOf(lab, state) {
  const { x, y } = state.past[0] ?? state;
  if (!lab.sets[state.data].standardize) return { x: { shift: 0, scale: 1 }, y: { shift: 0, scale: 1 } };
  return { x: standard(x), y: standard(y) };
}

/** As pipeline/model/sources.py standardises: mean and standard deviation. */
function standard(values) {
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  const variance = values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / values.length;
  return { shift: mean, scale: Math.sqrt(variance) || 1 };
}

/** The time after which an axis of times begins to count. */
export const firstTime = ({ first }, end) => Math.min(first, end / 10);

/** Times of a run, even on its axis, and those at which it was branched. */
function timesOf(time, { end_time: end, past }, moments) {
  const first = firstTime(time, end);
  const shares = Array.from({ length: moments }, (_, k) => k / (moments - 1));
  const times = shares.map((share) => (time.kind === "linear" ? share * end : first * Math.expm1(share * Math.log1p(end / first))));
  times[moments - 1] = end;
  const branched = past.map(({ until }) => until).filter((t) => t < end);
  return branched.length ? [...new Set([...times, ...branched])].sort((s, t) => s - t) : times;
}

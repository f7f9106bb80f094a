// The run: what payload.py packed, unpacked.

import { between } from "./time.js";

const FOLDED = 4; // bytes of a folded integer, each in a plane of its own

/**
 * The facts with their numbers.
 *
 * t, loss, lowEnd, highEnd: one a moment, f at both limits of the input among them; beta, mu, orientation, held,
 * delta: Float64Arrays of moments × neurons, a moment's neurons on end.
 */
export async function unpack(facts, base64) {
  const buffer = await inflate(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
  const { moments, neurons } = facts;
  const series = [0, 1, 2, 3].map((k) => new Float64Array(buffer, 8 * k * moments, moments));
  const [t, loss, lowEnd, highEnd] = series;
  const size = moments * neurons;
  const run = { ...facts, t, loss, lowEnd, highEnd, steps: {} };
  facts.planes.forEach(({ name, origin, step }, k) => {
    const bytes = new Uint8Array(buffer, 32 * moments + k * FOLDED * size, FOLDED * size);
    run[name] = unfold(bytes, moments, neurons, origin, step);
    run.steps[name] = step;
  });
  run.holding = (k) => holding(run, k);
  return run;
}

/** What samples hold at a recorded moment: by their place the sum of the slope jumps there, and how many knots. */
function holding({ held, mu, orientation, neurons, samples }, k) {
  const places = new Map();
  for (let at = k * neurons; at < (k + 1) * neurons; at++) {
    if (held[at] < 0) continue;
    const x = samples.x[held[at]];
    const { jump, count } = places.get(x) ?? { jump: 0, count: 0 };
    places.set(x, { jump: jump + orientation[at] * mu[at], count: count + 1 });
  }
  return places;
}

async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}

/** A plane's numbers from the changes of its integers, neuron by neuron; even ones stand for what is not negative. */
function unfold(bytes, moments, neurons, origin, step) {
  const size = moments * neurons;
  const values = new Float64Array(size);
  for (let i = 0, from = 0; i < neurons; i++) {
    let integer = 0;
    for (let k = 0; k < moments; k++, from++) {
      const low = bytes[from] | (bytes[from + size] << 8);
      const folded = low | (bytes[from + 2 * size] << 16) | (bytes[from + 3 * size] << 24);
      integer += (folded >>> 1) ^ -(folded & 1);
      values[k * neurons + i] = origin + step * integer;
    }
  }
  return values;
}

/** The recorded moment before a time, and how far on to the next, 0 to 1. */
export function locate(run, t) {
  const place = between(run.t, t);
  const frame = Math.min(Math.floor(place), run.moments - 1);
  return { frame, share: place - frame };
}

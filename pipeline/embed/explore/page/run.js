// The run: what payload.py packed, unpacked.

import { between } from "./time.js";

const FOLDED = 4; // bytes of a folded integer, each in a plane of its own

/**
 * The facts with their numbers.
 *
 * t, loss, lowEnd, highEnd: one a moment, f at both limits of the input among them; beta, mu, orientation, held,
 * delta: Float64Arrays of moments × neurons, a moment's neurons on end. curves: beside the function, each with `values`
 * likewise, over `grid` instead of neurons, and `moves`, whether there is more than one row of them.
 */
export async function unpack(facts, base64) {
  const buffer = await inflate(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
  const { moments } = facts;
  const series = [0, 1, 2, 3].map((k) => new Float64Array(buffer, 8 * k * moments, moments));
  const [t, loss, lowEnd, highEnd] = series;
  const run = { ...facts, t, loss, lowEnd, highEnd, steps: {} };
  let start = 8 * series.length * moments;
  for (const { name, origin, step, shape: [rows, columns] } of facts.planes) {
    const size = FOLDED * rows * columns;
    run[name] = unfold(new Uint8Array(buffer, start, size), rows, columns, origin, step);
    run.steps[name] = step;
    start += size;
  }
  run.curves = facts.curves.map((curve) => {
    return { ...curve, values: run[curve.plane], moves: run[curve.plane].length > facts.grid.length };
  });
  run.samplesAt = () => run.samples;
  run.holding = (k) => holding(run, k);
  return run;
}

/** (samplesAt: the samples {x, y} that are learnt at a time.) What samples hold at a recorded moment: by their place the sum of the slope jumps there, and how many knots. */
export function holding({ t, held, mu, orientation, neurons, samplesAt }, k) {
  const places = new Map(), samples = samplesAt(t[k]);
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

/** A plane's numbers from the changes of its integers, column by column; even ones stand for what is not negative. */
function unfold(bytes, rows, columns, origin, step) {
  const size = rows * columns;
  const values = new Float64Array(size);
  for (let i = 0, from = 0; i < columns; i++) {
    let integer = 0;
    for (let k = 0; k < rows; k++, from++) {
      const low = bytes[from] | (bytes[from + size] << 8);
      const folded = low | (bytes[from + 2 * size] << 16) | (bytes[from + 3 * size] << 24);
      integer += (folded >>> 1) ^ -(folded & 1);
      values[k * columns + i] = origin + step * integer;
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

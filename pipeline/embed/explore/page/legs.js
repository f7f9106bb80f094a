// A run of one leg or several, each of which begins with the network that the one before ended with; as panels show it.

const BEYOND = 1; // how far outside the limits a breakpoint is still told from one at infinity, in their width

/**
 * The solution of a wish {legs, w, b, v, c, times, rtol, output_bias, axes, limits} as panels show it.
 *
 * legs: [{from, x, y, weight_decay, train}] by the time they begin, the first at 0, which `times` have among them. axes:
 * {x, y} of {shift, scale}, from the network's units to the user's; limits: of the inputs that are shown.
 */
export function shownLegs(solve, { legs, axes, limits, times, ...wish }) {
  const parts = [];
  let network = { w: wish.w, b: wish.b, v: wish.v, c: wish.c };
  legs.forEach(({ from, ...leg }, k) => {
    const until = legs[k + 1]?.from ?? Infinity;
    const own = times.filter((t) => t >= from && (t < until || until === Infinity));
    const asked = until === Infinity ? own : [...own, until];
    const part = solve({ ...wish, ...network, ...leg, times: asked.map((t) => t - from) });
    network = networkAt(part, asked.length - 1);
    parts.push(cut(part, own, network.w.length));
  });
  const { outcome, ...whole } = joined(parts);
  return { ...whole, outcome, neurons: network.w.length, ...shown(whole, network.w.length, axes, limits) };
}

const networkAt = ({ w, b, v, c }, k) => {
  const m = w.length / c.length;
  return { ...Object.fromEntries(Object.entries({ w, b, v }).map(([name, all]) => [name, all.slice(k * m, (k + 1) * m)])), c: c[k] };
};

/** A part at its own times only, told by the time of the whole. */
function cut({ w, b, v, c, held, loss, outcome }, own, m) {
  const size = own.length;
  const all = Object.fromEntries(Object.entries({ w, b, v, held }).map(([name, values]) => [name, values.subarray(0, size * m)]));
  return { t: Float64Array.from(own), ...all, c: c.subarray(0, size), loss: loss.subarray(0, size), outcome };
}

function joined(parts) {
  const whole = { outcome: parts.at(-1).outcome };
  for (const name of ["t", "w", "b", "v", "c", "held", "loss"]) {
    const all = parts.map((part) => part[name]);
    whole[name] = new all[0].constructor(all.reduce((sum, { length }) => sum + length, 0));
    all.reduce((at, values) => (whole[name].set(values, at), at + values.length), 0);
  }
  return whole;
}

/** What panels show, in the user's units, as pipeline/projection/spline.py has it. */
function shown({ w, b, v, c, loss }, m, axes, [low, high]) {
  const size = w.length, moments = c.length;
  const [beta, mu, orientation, delta] = Array.from({ length: 4 }, () => new Float64Array(size));
  const steepness = axes.y.scale / axes.x.scale, far = BEYOND * (high - low);
  for (let at = 0; at < size; at++) {
    const knot = axes.x.shift - (axes.x.scale * b[at]) / w[at];
    beta[at] = w[at] ? Math.min(Math.max(knot, low - far), high + far) : high + far;
    mu[at] = w[at] * v[at] * steepness;
    orientation[at] = Math.sign(w[at]);
    delta[at] = v[at] ** 2 - w[at] ** 2 - b[at] ** 2;
  }
  const [lowEnd, highEnd] = [low, high].map((x) => {
    const inside = (x - axes.x.shift) / axes.x.scale;
    return Float64Array.from(c, (bias, k) => {
      let f = bias;
      for (let at = k * m; at < (k + 1) * m; at++) f += v[at] * Math.max(w[at] * inside + b[at], 0);
      return axes.y.shift + axes.y.scale * f;
    });
  });
  return { beta, mu, orientation, delta, lowEnd, highEnd, moments, loss: loss.map((each) => each * axes.y.scale ** 2) };
}

// Initial weights: the same draws as NumPy's `default_rng(seed)` makes, so that a seed here is that seed there.

const MASK = (1n << 128n) - 1n, LOW = (1n << 64n) - 1n;
const STEP = 0x2360ed051fc65da44385df649fccf645n; // of PCG64 (O'Neill 2014)
const EDGE = 3.6541528853610088; // where the ziggurat's tail begins (Marsaglia & Tsang 2000)

/** How NumPy spreads a seed over eight words (its SeedSequence). */
function spread(seed) {
  const hash = (value, state, factor) => {
    value ^= state.now;
    state.now = Math.imul(state.now, factor);
    value = Math.imul(value, state.now);
    return value ^ (value >>> 16);
  };
  const entropy = [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0, 0, 0];
  const first = { now: 0x43b0d7e5 };
  const pool = entropy.map((word) => hash(word, first, 0x931e8875));
  for (let from = 0; from < 4; from++) {
    for (let to = 0; to < 4; to++) {
      if (from === to) continue;
      const mixed = Math.imul(0xca01f9dd, pool[to]) - Math.imul(0x4973f715, hash(pool[from], first, 0x931e8875));
      pool[to] = mixed ^ (mixed >>> 16);
    }
  }
  const second = { now: 0x8b51f9dd };
  return Array.from({ length: 8 }, (_, k) => BigInt(hash(pool[k % 4], second, 0x58f38ded) >>> 0));
}

/** The generator of a seed: what `next` gives is 64 bits. */
class Bits {
  constructor(seed) {
    const words = spread(seed);
    const [stateHigh, stateLow, otherHigh, otherLow] = [0, 2, 4, 6].map((k) => words[k] | (words[k + 1] << 32n));
    this.add = ((((otherHigh << 64n) | otherLow) << 1n) | 1n) & MASK;
    this.state = (this.add + ((stateHigh << 64n) | stateLow)) & MASK;
    this.advance();
  }

  advance() {
    this.state = (this.state * STEP + this.add) & MASK;
  }

  next() {
    this.advance();
    const mixed = (this.state >> 64n) ^ (this.state & LOW), turn = this.state >> 122n;
    return ((mixed >> turn) | (mixed << (64n - turn))) & LOW;
  }

  /** Uniform from 0 up to 1. */
  uniform() {
    return Number(this.next() >> 11n) * 2 ** -53;
  }
}

/** A standard normal number. ziggurat: NumPy's tables {ki, wi, fi}. */
function normal(bits, { ki, wi, fi }) {
  for (;;) {
    const drawn = bits.next();
    const strip = Number(drawn & 0xffn), size = Number((drawn >> 9n) & 0xfffffffffffffn);
    const x = (drawn >> 8n) & 1n ? -size * wi[strip] : size * wi[strip];
    if (size < ki[strip]) return x;
    if (strip === 0) return tail(bits, size);
    if ((fi[strip - 1] - fi[strip]) * bits.uniform() + fi[strip] < Math.exp(-0.5 * x * x)) return x;
  }
}

function tail(bits, size) {
  for (;;) {
    const far = -Math.log1p(-bits.uniform()) / EDGE, high = -Math.log1p(-bits.uniform());
    if (2 * high > far * far) return Math.floor(size / 256) % 2 ? -(EDGE + far) : EDGE + far;
  }
}

const DISTRIBUTIONS = {
  normal,
  uniform: (bits) => Math.sqrt(3) * (2 * bits.uniform() - 1),
};

// By scaling: m → standard deviations of w and of v, as pipeline/model/initialization.py has them.
const SCALINGS = {
  he: (m) => [Math.sqrt(2), Math.sqrt(2 / m)],
  glorot: (m) => [Math.sqrt(2 / (m + 1)), Math.sqrt(2 / (m + 1))],
  lecun: (m) => [1, Math.sqrt(1 / m)],
  pytorch: (m) => [Math.sqrt(1 / 3), Math.sqrt(1 / (3 * m))],
  ntk: (m) => [m ** -0.25, m ** -0.25],
  mean_field: (m) => [m ** -0.5, m ** -0.5],
};

/** Whether a network of these settings can be drawn here. */
export const isDrawn = ({ scaling, distribution }) => scaling in SCALINGS && distribution in DISTRIBUTIONS;

/** The network {w, b, v} of the config group `init`. */
export function drawn(init, ziggurat) {
  const { width, seed, scaling, distribution, balanced, antisymmetric } = init;
  const count = antisymmetric ? width / 2 : width;
  const bits = new Bits(seed);
  const row = () => Array.from({ length: count }, () => DISTRIBUTIONS[distribution](bits, ziggurat));
  const [forW, forV] = SCALINGS[scaling](width);
  const hidden = init.scale * init.layer_ratio * forW, output = (init.scale / init.layer_ratio) * forV;
  const [w, b, drawnV] = [hidden, hidden * init.bias_ratio, output].map((deviation) => row().map((z) => deviation * z));
  const v = balanced ? drawnV.map((each, i) => Math.sign(each) * Math.sqrt(w[i] * w[i] + b[i] * b[i])) : drawnV;
  return antisymmetric ? { w: [...w, ...w], b: [...b, ...b], v: [...v, ...v.map((each) => -each)] } : { w, b, v };
}

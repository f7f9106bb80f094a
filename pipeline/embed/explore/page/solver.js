// Gradient flow, solved by the compiled loops of pipeline/simulate/solver: as pipeline/simulate/gradient_flow.py does it.

import { fail } from "./complaint.js";
import { lay, Room } from "./memory.js";
import { check, checkPrecision, inOrder, merged, moments, probes, SHARES } from "./problem.js";

const CHUNK = 3e6; // neuron updates between two returns from the compiled loop
const TRIED = 0.01, HOPELESS = 10; // see gradient_flow.py
const TIME = 0, NEXT_FRAME = 2, STEPS = 3, FORKS = 10; // entries of a flow's clock
const USUAL = { rtol: 1e-5, weight_decay: 0, train: "all", output_bias: false, max_steps: 2e6, c: 0 };
const MATHS = ["pow", "exp", "log", "sinh", "cosh", "hypot", "sin", "cos", "tan", "log1p", "expm1"];

/** The solver of a module's bytes; layout: what the module's table consists of (solver.json). */
export async function newSolver(bytes, layout) {
  const module = await WebAssembly.compile(bytes);
  const wanted = WebAssembly.Module.imports(module).filter(({ kind }) => kind === "function");
  const env = Object.fromEntries(wanted.map(({ name }) => [name, MATHS.includes(name) ? Math[name] : unexpected(name)]));
  const { exports } = await WebAssembly.instantiate(module, { env });
  return (wish) => new Solution(exports, layout, { ...USUAL, ...wish }).found();
}

/** For what the module only calls where Python would raise. */
function unexpected(name) {
  return () => fail("stopped", { name });
}

class Solution {
  constructor(module, layout, wish) {
    check(wish, layout.most_neurons);
    this.module = module;
    this.layout = layout;
    this.wish = wish;
    this.rows = inOrder(wish.x, wish.y);
    this.samples = merged(this.rows);
    this.room = new Room(module.memory, module.__heap_base.value);
    this.fillFlow();
  }

  /** Lay out the flow and its frames. */
  fillFlow() {
    const { wish, samples, layout } = this;
    const { w, b, v, c, times } = wish;
    const [hidden, output] = SHARES[wish.train];
    const bias = wish.output_bias && output ? 1 : 0;
    const numbers = { hidden, output, bias, decay: wish.weight_decay };
    const named = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [`flow.problem.${name}`, value]));
    const sizes = [w.length, samples.x.length, times.length];
    Object.assign(this, lay(this.room, layout.table, sizes, named));
    const filled = {
      "flow.theta": [...w, ...b, ...v, c],
      "flow.conserved": Array.from(v, (each, i) => each ** 2 - w[i] ** 2 - b[i] ** 2),
      "flow.problem.x": samples.x,
      "flow.problem.weight": samples.weight,
      "flow.problem.target": samples.target,
      "flow.problem.original": samples.x.map((_, n) => n),
      "flow.problem.moment": moments(samples.x, samples.weight),
      "flow.problem.probe": probes(samples.x),
      "frames.t": times,
    };
    for (const [name, values] of Object.entries(filled)) this.array(name).set(values);
  }

  array(name) {
    return this.room.view(this.places[name]);
  }

  get clock() {
    return this.array("flow.clock");
  }

  /** {t, w, b, v, c, held, loss, outcome, forks}; w, b, v, held: a time's neurons on end. */
  found() {
    const { wish, module, table } = this;
    module.begin(table);
    const scale = this.scale();
    checkPrecision(wish, this.rows.x, scale);
    const end = wish.times[wish.times.length - 1];
    this.fillFrames(0);
    const [outcome, forks] = end === 0 ? ["no time passes: times[-1] is 0", []] : this.run(scale, end);
    this.fillFrames(end);
    return { ...this.states(), outcome, forks };
  }

  /** What errors of f are relative to: the largest |y|, or |f| of the start where all y are 0. */
  scale() {
    const largest = Math.max(...this.rows.y.map(Math.abs));
    const { weight, target } = this.samples;
    const force = this.array("flow.before.force");
    return largest || Math.max(...target.map((each, n) => Math.abs(force[n] / weight[n] + each))) || 1;
  }

  run(scale, end) {
    const { wish, module, table, layout } = this;
    const { RUNNING } = layout.states;
    const forks = [];
    let state = RUNNING;
    while (state === RUNNING) {
      state = module.go_on(table, wish.rtol, scale, end, wish.max_steps, CHUNK);
      forks.push(...this.takenForks());
      this.checkStiffness(end);
    }
    return [this.ending(state), forks];
  }

  takenForks() {
    const { clock } = this;
    const forks = Array.from(clock.subarray(FORKS + 1, FORKS + 1 + clock[FORKS]));
    clock[FORKS] = 0;
    return forks.sort((one, other) => one - other);
  }

  checkStiffness(end) {
    const { clock, wish } = this;
    if (clock[STEPS] <= TRIED * wish.max_steps) return;
    if (this.module.stable_steps(this.table, wish.rtol, end) > HOPELESS * wish.max_steps) {
      fail("too_stiff", { time: general(clock[TIME], 6) });
    }
  }

  /** How a run came to its end; fails for one that cannot go on. */
  ending(state) {
    const { states } = this.layout;
    const time = this.clock[TIME];
    if (state === states.FINISHED) return `not converged at t = ${general(time, 6)}: raise \`times[-1]\` to see more`;
    if (state === states.CONVERGED) return `converged at t = ${general(time, 4)}`;
    if (state === states.OUT_OF_STEPS) {
      return fail("out_of_steps", { time: general(time, 6), steps: this.wish.max_steps });
    }
    if (state === states.NOT_FINITE) {
      return fail("diverged", { time: general(time, 6) });
    }
    return fail("no_step", { time: general(time, 6) });
  }

  /** Write the present state into the frames that are due, up to a time. */
  fillFrames(upTo) {
    const { clock, wish } = this;
    const m = wish.w.length, theta = this.array("flow.theta");
    let k = clock[NEXT_FRAME];
    for (; k < wish.times.length && wish.times[k] <= upTo; k++) {
      ["w", "b", "v"].forEach((name, part) => this.array(`frames.${name}`).set(theta.subarray(part * m, (part + 1) * m), k * m));
      this.array("frames.c")[k] = theta[3 * m];
      this.array("frames.held").set(this.array("flow.held"), k * m);
    }
    clock[NEXT_FRAME] = k;
  }

  /** The sampled states with their losses. */
  states() {
    const { wish, samples } = this;
    const loss = this.losses();
    const held = this.array("frames.held").map((n) => (n < 0 ? -1 : samples.firstRow[n]));
    const [w, b, v, c] = ["w", "b", "v", "c"].map((name) => this.array(`frames.${name}`).slice());
    return { t: Float64Array.from(wish.times), w, b, v, c, held, loss };
  }

  losses() {
    const { rows, room, wish, table } = this;
    const N = rows.x.length, F = wish.times.length;
    const places = [N, N, 4 * N + 4, N, F].map((length) => room.place("float64", length));
    places.forEach((place) => room.view(place).fill(0));
    room.view(places[0]).set(rows.x);
    room.view(places[1]).set(rows.y);
    this.module.losses(table, ...places.map(({ address }) => address), N, F);
    return room.view(places[4]).slice();
  }
}

/** A number as Python's %g writes it, in so many figures. */
function general(number, figures) {
  if (number === 0) return "0";
  const [digits, power] = number.toExponential(figures - 1).split("e");
  const exponent = Number(power);
  if (exponent >= -4 && exponent < figures) return String(Number(number.toPrecision(figures)));
  const sign = exponent < 0 ? "-" : "+";
  return `${Number(digits)}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

// The laboratory: a state, which is solved anew with every change, and the run that it comes to.

import { addressOf, stateFrom } from "./address.js";
import { commandOf, yamlOf } from "./commands.js";
import { newestFirst } from "./desk.js";
import { inputLimits, solvedRun } from "./solved.js";
import { View } from "./view.js";
import { axesOf, wishOf } from "./wish.js";
import { filled } from "./words.js";

const COARSE = 64, FINE = 160; // moments of a run, while something is dragged and at rest
const REMEMBERED = 100; // states that can be gone back to
const LEARNING = ["x", "y", "weight_decay", "train", "data"]; // what a branch may have of its own

export class Laboratory {
  /** told: the page's facts; lab: those of the laboratory; tell: called with a Complaint, or nothing once all is well. */
  constructor(desk, told, lab, tell) {
    Object.assign(this, { told, lab, tell, busy: false, sketching: false, ghosted: true, picked: -1, steering: false, solves: 0, past: [], awaited: [] });
    this.state = stateFrom(new URLSearchParams(location.hash.slice(1)), lab.sets, lab.state);
    this.listeners = []; // called with the laboratory after every change of its state
    this.shown = []; // called once, with the view, when the first run is there
    this.wanted = newestFirst(desk, (wish, solution) => this.show(wish, solution), (complaint) => this.complain(complaint));
  }

  /** Change the state, and solve anew. Whether this can be asked for. */
  change(changes) {
    const next = this.after(changes);
    const before = next.data === this.shownSet ? this.run : undefined;
    try {
      const limits = inputLimits(next.x, (before ?? this.lab.limits[next.data])?.x.limits);
      this.wanted({ state: next, ...wishOf(this.lab, next, this.busy ? COARSE : FINE, limits) });
    } catch (error) {
      this.tell(error);
      return false;
    }
    this.state = next;
    this.view?.change({}); // samples follow the finger, whenever the network does
    for (const listener of this.listeners) listener(this);
    return true;
  }

  /** The state after changes: what a branch learns from the time shown on belongs to it, and later branches go. */
  after(changes) {
    const next = { ...this.state, ...changes };
    next.past = next.past.filter(({ until }) => until < next.end_time);
    const learns = LEARNING.some((name) => name in changes) && !("past" in changes);
    if (!this.view || !learns) return next;
    const gone = next.past.findIndex(({ until }) => this.view.state.t < until);
    if (gone >= 0) next.past = next.past.slice(0, gone);
    return next;
  }

  /** What follows is one change, as a drag is: the run before it stays as a ghost, and can be gone back to. */
  begin() {
    if (this.busy) return;
    this.busy = true;
    this.remember();
  }

  end() {
    if (!this.busy) return;
    this.busy = false;
    this.change({});
  }

  /** Change the state at once. */
  step(changes) {
    this.remember();
    return this.change(changes);
  }

  /** Come to a state that an address says, which can be gone back from; resolves once it is shown, or cannot be. */
  async follow(state) {
    const here = addressOf(this.state).join("&");
    if (addressOf(state).join("&") === here || !this.step(state)) return;
    this.pick(-1);
    this.ghost = this.view.ghost = undefined; // of another experiment, as are the chosen neurons
    this.view.change({ chosen: new Set(), pinned: false });
    await new Promise((resolve) => this.awaited.push(resolve));
  }

  remember() {
    this.past = [...this.past, this.state].slice(-REMEMBERED);
    this.ghost = this.run;
    if (this.view) this.view.ghost = this.ghosted ? this.ghost : undefined;
  }

  undo() {
    const before = this.past.at(-1);
    if (!before) return;
    this.past = this.past.slice(0, -1);
    this.change({ ...before });
  }

  toggleGhost() {
    this.ghosted = !this.ghosted;
    this.view.ghost = this.ghosted ? this.ghost : undefined;
    this.view.change({});
    for (const listener of this.listeners) listener(this);
  }

  /** From the time that is shown on, changes of samples and of how it learns go on from the network as it is. */
  branch() {
    const { x, y, weight_decay, train, past } = this.state;
    const t = this.view.state.t, last = past.at(-1)?.until ?? 0;
    if (!(t > last && t < this.state.end_time)) return false;
    return this.step({ past: [...past, { until: t, x, y, weight_decay, train }] });
  }

  /** The samples of the state without its last branch. */
  unbranch() {
    const last = this.state.past.at(-1);
    if (!last) return;
    const { x, y, weight_decay, train } = last;
    this.step({ x, y, weight_decay, train, past: this.state.past.slice(0, -1) });
  }

  /** Whether a curve is drawn in the function's panel. */
  sketch(sketching) {
    this.sketching = sketching;
    for (const listener of this.listeners) listener(this);
  }

  /** The samples {x, y} that are learnt at the time shown, as they are given. */
  get samples() {
    return this.state.past.find(({ until }) => this.view.state.t < until) ?? this.state;
  }

  /** Choose a sample for the keyboard; −1 for none. */
  pick(n) {
    this.picked = Math.min(n, this.samples.x.length - 1);
    this.steering = false; // arrows move one thing
    this.view.panels.function.picked = this.picked;
    this.view.change({});
    for (const listener of this.listeners) listener(this);
  }

  /** Show a solution in place of the one before. */
  show({ state, limits }, solution) {
    this.tell();
    this.solves++;
    const set = this.lab.sets[state.data], { told, run: before } = this;
    const other = state.data !== this.shownSet;
    const facts = { ...told, x: { ...told.x, ...set.x_axis }, y: { ...told.y, ...set.y_axis }, slope: { ...told.slope, unit: set.slope_unit } };
    const legs = [...state.past, state].map(inOrder);
    this.run = solvedRun(facts, solution, limits, legs, state.past.map(({ until }) => until), other ? this.lab.limits[state.data] : before);
    this.run.axes = axesOf(this.lab, state);
    this.solved = state;
    if (other) this.entitle(set.title);
    this.shownSet = state.data;
    if (!this.view) this.open();
    else {
      const { t } = this.view.state;
      this.view.show(this.run, t >= before.time.end || t > this.run.time.end ? this.run.time.end : t);
      if (other) this.view.change({}, true);
    }
    this.settle();
  }

  complain(complaint) {
    this.tell(complaint);
    this.settle();
  }

  /** What waits for the newest solution goes on. */
  settle() {
    for (const resolve of this.awaited.splice(0)) resolve();
  }

  entitle(data) {
    document.title = document.querySelector("h1").textContent = filled(this.lab.words.title, { data });
  }

  /** The command that makes the video of the state, and the YAML of its experiment. */
  get command() {
    return commandOf(...this.experiment);
  }

  get yaml() {
    return yamlOf(...this.experiment);
  }

  get experiment() {
    const { lab, solved: state, run } = this;
    const first = run.t.indexOf(state.past.at(-1)?.until ?? 0), m = run.neurons;
    const [w, b, v] = ["w", "b", "v"].map((name) => run[name].subarray(first * m, (first + 1) * m));
    return [lab, state, { w, b, v, c: run.c[first] }, run.axes];
  }

  open() {
    const view = (this.view = new View(this.run, document.getElementById("stage")));
    view.state.t = this.run.time.end;
    view.panels.function.given = () => this.samples;
    for (const listener of this.shown) listener(view);
  }
}

/** A leg's samples by x, as the solver counts them. */
function inOrder({ x, y, train }) {
  const order = Array.from(x.keys()).sort((i, j) => x[i] - x[j] || i - j);
  return { x: order.map((n) => x[n]), y: order.map((n) => y[n]), train };
}

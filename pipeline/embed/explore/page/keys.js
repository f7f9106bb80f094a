// What the keyboard does in a laboratory, beside what it does in every page.

import { ACTIONS, chooseNone, nextNeuron, seek } from "./actions.js";
import { addSample, moved, movesNeurons, removeSample, withNeuron } from "./handles.js";

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }; // to the right, up
const ARROWS = Object.keys(DIRECTIONS);
const STEP = 0.01, LEAP = 0.1; // of an axis, by an arrow
const REST = 400; // milliseconds after which a row of arrows is one change

/** The keys of a laboratory: its own before those of every page. */
export function keysOf(laboratory) {
  const picked = () => laboratory.picked >= 0;
  const steered = (view) => neuronSteered(laboratory, view) >= 0;
  return [
    { keys: ["s", "S"], shown: "S", does: "sample", act: (view, { shiftKey }) => pickNext(laboratory, shiftKey ? -1 : 1) },
    { keys: ARROWS, shown: "", does: "", when: picked, act: (view, event) => nudge(laboratory, event) },
    { keys: ["Escape"], shown: "", does: "", when: picked, act: () => laboratory.pick(-1) },
    { keys: ["w", "W"], shown: "W", does: "steer", act: (view, { shiftKey }) => steerNext(laboratory, view, shiftKey ? -1 : 1) },
    { keys: ARROWS, shown: "", does: "", when: steered, act: (view, event) => nudgeNeuron(laboratory, view, event) },
    { keys: ["Escape"], shown: "", does: "", when: steered, act: (view) => stopSteering(laboratory, view) },
    { keys: ["n", "N", "Insert"], shown: "N", does: "add", act: (view) => addBeside(laboratory, view) },
    { keys: ["Delete", "Backspace"], shown: "Del", does: "remove", when: picked, act: () => remove(laboratory) },
    { keys: ["c", "C"], shown: "C", does: "curve", act: () => laboratory.sketch(!laboratory.sketching) },
    { keys: ["b", "B"], shown: "B", does: "branch", act: () => laboratory.branch() },
    { keys: ["g", "G"], shown: "G", does: "ghost", act: () => laboratory.toggleGhost() },
    { keys: ["z", "Z"], shown: "Z", does: "undo", act: () => laboratory.undo() },
    ...ACTIONS,
  ];
}

/** The next sample to the right, or to the left. */
function pickNext(laboratory, by) {
  const { x } = laboratory.samples;
  const order = Array.from(x.keys()).sort((i, j) => x[i] - x[j]);
  const at = order.indexOf(laboratory.picked);
  laboratory.pick(order[(at < 0 && by < 0 ? order.length - 1 : at + by + order.length) % order.length]);
}

/** Move the picked sample by a part of the axes. */
function nudge(laboratory, event) {
  const { samples, picked, run } = laboratory;
  const [across, up] = stepOf(event, run.x.limits, run.y.limits);
  changeInRow(laboratory, moved(samples, picked, [samples.x[picked] + across, samples.y[picked] + up]));
}

/** The step that an arrow means along axes of these limits. */
function stepOf({ key, shiftKey }, ...limits) {
  const far = shiftKey ? LEAP : STEP;
  return limits.map(([low, high], axis) => DIRECTIONS[key][axis] * far * (high - low));
}

/** Change the state; a row of such changes is one. */
function changeInRow(laboratory, changes) {
  laboratory.begin();
  laboratory.change(changes);
  clearTimeout(changeInRow.timer);
  changeInRow.timer = setTimeout(() => laboratory.end(), REST);
}

/** Choose the next neuron at the start, to the right or to the left, for arrows to move. */
function steerNext(laboratory, view, by) {
  if (laboratory.state.past.length) return;
  seek(view, view.run.time.start);
  laboratory.pick(-1);
  laboratory.steering = true;
  nextNeuron(view, by);
}

function stopSteering(laboratory, view) {
  laboratory.steering = false;
  chooseNone(view);
}

/** The neuron that arrows move; −1 for none. */
function neuronSteered(laboratory, view) {
  const { chosen, pinned } = view.state;
  return laboratory.steering && pinned && chosen.size === 1 && movesNeurons(laboratory, view) ? [...chosen][0] : -1;
}

/** Move that neuron by a part of the plane's axes, from where it was last asked to be. */
function nudgeNeuron(laboratory, view, event) {
  const i = neuronSteered(laboratory, view), { run, moment } = view;
  const [, beta, jump] = laboratory.state.moved.find(([n]) => n === i) ?? [i, moment.beta[i], moment.jump[i]];
  const [across, up] = stepOf(event, run.x.limits, [-run.reach, run.reach]);
  changeInRow(laboratory, withNeuron(laboratory.state, [i, beta + across, jump + up]));
}

/** A sample on the curve: between the picked one and the next to the right, or in the middle of the axis. */
function addBeside(laboratory, { moment, run }) {
  const { samples, picked } = laboratory;
  const [low, high] = run.x.limits;
  const from = picked < 0 ? low : samples.x[picked];
  const next = picked < 0 ? high : Math.min(high, ...samples.x.filter((x) => x > from));
  const x = 0.5 * (from + next);
  addSample(laboratory, [x, curveAt(moment, run, x)]);
  laboratory.pick(laboratory.samples.x.length - 1);
}

/** f at an input, from the knots of a moment. */
function curveAt({ inside, beta, value, lowEnd, highEnd }, { x: { limits: [low, high] } }, x) {
  const corners = [[low, lowEnd], ...inside.map((i) => [beta[i], value[i]]), [high, highEnd]];
  const k = Math.max(corners.findIndex(([place]) => place >= x), 1);
  const [[x0, y0], [x1, y1]] = [corners[k - 1], corners[k]];
  return x1 > x0 ? y0 + ((x - x0) / (x1 - x0)) * (y1 - y0) : y0;
}

function remove(laboratory) {
  const { picked } = laboratory;
  laboratory.pick(-1);
  removeSample(laboratory, picked);
}

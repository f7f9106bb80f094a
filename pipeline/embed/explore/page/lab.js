// Begin: the solver to its worker, the page's controls, and a first solution.

import { connect } from "./controls.js";
import { Desk, newestFirst } from "./desk.js";
import { drawn } from "./draw.js";
import { connectHandles } from "./handles.js";
import { connectLink } from "./link.js";
import { connectPointer } from "./pointer.js";
import { makeSliders } from "./sliders.js";
import { readout } from "./readout.js";
import { solvedRun } from "./solved.js";
import { connectTooltip } from "./tooltip.js";
import { View } from "./view.js";
import { addressOf, commandOf, samplesOf, stateFrom, wishOf } from "./wish.js";

const text = (id) => document.getElementById(id).textContent;
const one = (selector) => document.querySelector(selector);
const facts = JSON.parse(text("facts")), lab = JSON.parse(text("lab"));
const bytes = Uint8Array.from(atob(text("solver")), (letter) => letter.charCodeAt(0));
const desk = new Desk(text("worker"), { bytes, layout: JSON.parse(text("layout")) });

let state = stateFrom(new URLSearchParams(location.hash.slice(1)), lab.state);
let view, solves = 0;
const wanted = newestFirst(desk, show, complain);
const shown = makeSliders(one(".settings"), lab, lab.words, change, complain);

/** A sentence about what cannot be done; the last picture stays. */
function complain(sentence) {
  one(".complaint").textContent = sentence;
  one(".complaint").hidden = !sentence;
}

/** Change the state, and solve anew. */
function change(changes) {
  const next = { ...state, ...changes };
  try {
    wanted({ state: next, ...wishOf(lab, next) });
  } catch (error) {
    complain(error.message);
    return;
  }
  state = next;
  if (view) view.samples = { x: state.x, y: state.y };
  shown(state);
}

/** Show a solution in place of the one before. */
function show(wish, solution) {
  complain("");
  solves++;
  const order = Array.from(wish.state.x.keys()).sort((i, j) => wish.state.x[i] - wish.state.x[j] || i - j);
  const samples = { x: order.map((n) => wish.state.x[n]), y: order.map((n) => wish.state.y[n]) };
  const run = solvedRun(facts, solution, lab.axes, samples);
  run.asGiven = { x: wish.state.x, y: wish.state.y };
  if (view) view.show(run);
  else begin(run);
}

function begin(run) {
  view = new View(run, document.getElementById("stage"));
  view.samples = { x: state.x, y: state.y };
  view.address = { write: () => addressOf(state), read: (said) => change(stateFrom(said, state)) };
  view.state.t = run.time.end;
  connect(view);
  connectHandles(view, change);
  connectPointer(view);
  connectTooltip(view);
  connectLink(view);
  view.listeners.push(() => (one(".subtitle").textContent = readout(lab.words, state, view)));
  view.change({}, true);
}

one(".copy").onclick = () => navigator.clipboard.writeText(commandOf(lab, state)).catch(() => complain(commandOf(lab, state)));
one(".reset").onclick = () => change(lab.state);
document.addEventListener("paste", (event) => {
  if (event.target.matches?.("input, textarea")) return;
  try {
    change(samplesOf(event.clipboardData.getData("text")));
  } catch (error) {
    complain(error.message);
  }
});
change({});

/** For those who script the page. */
window.lab = Object.freeze({
  /** {t, w, b, v, c, held, loss, outcome} of {x, y, w, b, v, times, rtol, weight_decay}; what is shown stays. */
  solve: async (wish) => plain(await desk.solve(wish)),
  /** The network {w, b, v} that the settings of a config's group `init` draw. */
  drawn: (init) => drawn(init, lab.ziggurat),
  get state() {
    return structuredClone(state);
  },
  set: (changes) => change(changes),
  get solves() {
    return solves;
  },
  get drawings() {
    return view?.drawings ?? 0;
  },
  get command() {
    return commandOf(lab, state);
  },
  /** Places of the samples on the screen, as the state counts them. */
  get samples() {
    const { panels, run } = view;
    const corner = panels.function.plot.getBoundingClientRect();
    return run.asGiven.x.map((x, n) => [corner.left + panels.function.xPixel(x), corner.top + panels.function.yPixel(run.asGiven.y[n])]);
  },
});

/** A solution as arrays of arrays. */
function plain(solution) {
  const rows = (value) => (ArrayBuffer.isView(value) ? [...value] : Array.isArray(value) ? value.map(rows) : value);
  return Object.fromEntries(Object.entries(solution).map(([name, value]) => [name, rows(value)]));
}

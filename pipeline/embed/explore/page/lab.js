// Begin: the solver to its worker, the page's controls, and a first solution.

import { addressOf, stateFrom } from "./address.js";
import { connectButtons } from "./buttons.js";
import { Complaint } from "./complaint.js";
import { connect } from "./controls.js";
import { Desk } from "./desk.js";
import { drawn } from "./draw.js";
import { connectForm, sentence } from "./form.js";
import { connectNeurons, connectSamples, connectSketch } from "./handles.js";
import { keysOf } from "./keys.js";
import { Laboratory } from "./laboratory.js";
import { connectLink } from "./link.js";
import { connectPointer } from "./pointer.js";
import { connectReadouts, readouts } from "./readouts.js";
import { connectTooltip } from "./tooltip.js";
import { connectWorksheet } from "./worksheet.js";

const POINTER = ["point", "drag", "move_sample", "double", "move_neuron"]; // what the pointer does, among the page's words
const text = (id) => document.getElementById(id).textContent;
const one = (selector) => document.querySelector(selector);
const lab = JSON.parse(text("lab"));
const bytes = Uint8Array.from(atob(text("solver")), (letter) => letter.charCodeAt(0));
const desk = new Desk(text("worker"), { bytes, layout: JSON.parse(text("layout")) });
const laboratory = new Laboratory(desk, JSON.parse(text("facts")), lab, tell);

/** A sentence about what cannot be done, while the last picture stays; none once all is well. */
function tell(complaint) {
  one(".complaint").textContent = complaint ? sentence(lab.sentences, complaint) : "";
  one(".complaint").hidden = !complaint;
}

laboratory.shown.push((view) => {
  view.address = {
    write: () => addressOf(laboratory.state, lab.state),
    read: (said) => laboratory.follow(stateFrom(said, lab.sets, lab.state)),
  };
  connect(view, keysOf(laboratory), POINTER);
  connectSketch(view, laboratory);
  connectSamples(view, laboratory);
  connectNeurons(view, laboratory);
  connectPointer(view);
  connectTooltip(view);
  connectReadouts(one(".readouts"), lab.words, view, laboratory);
  connectLink(view);
  view.change({}, true);
});
connectForm(one(".settings"), laboratory);
connectButtons(laboratory);
connectWorksheet(one(".worksheet"), lab);
laboratory.change({});

/** For those who script the page. */
window.lab = Object.freeze({
  /** {t, w, b, v, c, held, loss, outcome, forks} of {x, y, w, b, v, times, rtol, weight_decay}; what is shown stays. */
  solve: async (wish) => {
    try {
      return rowsOf(await desk.solve(wish));
    } catch (error) {
      throw error instanceof Complaint ? new Error(sentence(lab.sentences, error)) : error;
    }
  },
  /** The network {w, b, v} that the settings of a config's group `init` draw. */
  drawn: (init) => drawn(init, lab.ziggurat),
  get state() {
    return structuredClone(laboratory.state);
  },
  /** By name, the data sets that can be chosen. */
  get sets() {
    return structuredClone(lab.sets);
  },
  get time() {
    return laboratory.view.state.t;
  },
  set: (changes) => laboratory.step(changes),
  seek: (t) => laboratory.view.change({ t, playing: false }),
  branch: () => laboratory.branch(),
  get solves() {
    return laboratory.solves;
  },
  get drawings() {
    return laboratory.view?.drawings ?? 0;
  },
  get command() {
    return laboratory.command;
  },
  get yaml() {
    return laboratory.yaml;
  },
  /** {w, b, v, c} at the recorded moment shown. */
  get network() {
    const { run, moment: { nearest: k } } = laboratory.view, m = run.neurons;
    const rows = ["w", "b", "v"].map((name) => [name, [...run[name].subarray(k * m, (k + 1) * m)]]);
    return { ...Object.fromEntries(rows), c: run.c[k] };
  },
  /** When samples catch knots and let go: stops {t, words}. */
  get events() {
    return laboratory.run.stops;
  },
  /** By name, what is read off at the moment shown. */
  get readouts() {
    return readouts(laboratory.view.run, laboratory.view.moment, lab);
  },
  get chosen() {
    return [...laboratory.view.state.chosen];
  },
  /** Places of the samples on the screen, as the state counts them. */
  get samples() {
    const { x, y } = laboratory.samples;
    return x.map((each, n) => onScreen(laboratory.view.panels.function, each, y[n]));
  },
  /** Places of the neurons in the plane on the screen. */
  get neurons() {
    const { panels, moment, run } = laboratory.view;
    return Array.from({ length: run.neurons }, (_, i) => onScreen(panels.plane, moment.beta[i], moment.jump[i]));
  },
});

function onScreen(panel, x, y) {
  const corner = panel.plot.getBoundingClientRect();
  return [corner.left + panel.xPixel(x), corner.top + panel.yPixel(y)];
}

/** A solution as arrays of arrays. */
function rowsOf({ w, b, v, held, ...rest }) {
  const count = rest.t.length, m = w.length / count;
  const rows = (values) => Array.from({ length: count }, (_, k) => [...values.subarray(k * m, (k + 1) * m)]);
  const plain = Object.entries(rest).map(([name, value]) => [name, ArrayBuffer.isView(value) ? [...value] : value]);
  return { ...Object.fromEntries(plain), w: rows(w), b: rows(b), v: rows(v), held: rows(held) };
}

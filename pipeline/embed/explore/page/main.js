// Begin: unpack the run, connect everything, and let others read what is shown.

import { connect } from "./controls.js";
import { connectLink } from "./link.js";
import { connectPointer } from "./pointer.js";
import { unpack } from "./run.js";
import { connectTooltip } from "./tooltip.js";
import { View } from "./view.js";

const text = (id) => document.getElementById(id).textContent;
const view = new View(await unpack(JSON.parse(text("facts")), text("numbers")), document.getElementById("stage"));
connect(view);
connectPointer(view);
connectTooltip(view);
connectLink(view);
view.change({}, true);

/** What is drawn now, for those who script the page; nothing here changes it. */
window.explore = Object.freeze({
  get time() {
    return view.state.t;
  },
  get times() {
    return [...view.run.t];
  },
  get drawings() {
    return view.drawings;
  },
  get chosen() {
    return [...view.state.chosen];
  },
  /** Of the neurons whose knot is on the drawn curve, by β: number, β, μ, s, f(β), and its place on the screen. */
  get knots() {
    const { moment, run } = view;
    const { plot } = view.panels.function;
    const corner = plot.getBoundingClientRect();
    return moment.inside.map((i) => {
      const [x, y] = view.panels.function.place(moment, i);
      const seen = { neuron: i, beta: moment.beta[i], mu: moment.mu[i], orientation: moment.orientation[i], value: moment.value[i] };
      return { ...seen, held: moment.held[i], delta: run.delta[moment.nearest * run.neurons + i], x: corner.left + x, y: corner.top + y };
    });
  },
});

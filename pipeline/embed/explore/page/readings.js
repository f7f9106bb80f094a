// What is drawn now, for those who script a page; nothing here changes it.

import { beyond } from "./beyond.js";
import { references } from "./references.js";

/** Reads the view, whichever run it shows. */
export function readings(view) {
  return {
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
    /** Where chosen neurons are in the panels that are shown: panel, neuron, and place on the screen, where in sight. */
    get marks() {
      return view.shown.flatMap((panel) => [...view.state.chosen].flatMap((neuron) => marked(view, panel, neuron)));
    },
    /** What is drawn beside the function: words, and values y over the inputs of `grid`. */
    get references() {
      return references(view.run, view.moment);
    },
    /** Where the function is beyond the panel: edge, value and input. */
    get beyond() {
      return beyond(view.panels.function, view.moment);
    },
    /** Places of the samples on the screen. */
    get samples() {
      const { run, panels } = view;
      const corner = panels.function.plot.getBoundingClientRect();
      const place = (x, n) => [corner.left + panels.function.xPixel(x), corner.top + panels.function.yPixel(run.samples.y[n])];
      return run.samples.x.map(place);
    },
    /** Of the neurons whose knot is on the drawn curve, by β: number, β, μ, s, f(β), sample, and place on the screen. */
    get knots() {
      const { moment, panels } = view;
      const corner = panels.function.plot.getBoundingClientRect();
      return moment.inside.map((i) => {
        const [x, y] = panels.function.place(moment, i);
        const numbers = ["beta", "mu", "orientation", "value", "held"].map((name) => [name, moment[name][i]]);
        return { neuron: i, ...Object.fromEntries(numbers), x: corner.left + x, y: corner.top + y };
      });
    },
  };
}

function marked(view, panel, neuron) {
  const [x, y] = panel.place?.(view.moment, neuron) ?? [NaN, NaN];
  const { left, top, width, height } = panel.box;
  const corner = panel.plot.getBoundingClientRect();
  const inSight = x >= left && x <= left + width && y >= top && y <= top + height;
  return inSight ? [{ panel: panel.kind, neuron, x: corner.left + x, y: corner.top + y }] : [];
}

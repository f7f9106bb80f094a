// Mouse, pen and touch: what is pointed at lights up, a click keeps it so; time is scrubbed on the panels of time.

import { chooseNone, seek } from "./actions.js";

const REACH = { mouse: 22, pen: 26, touch: 40 }; // pixels within which a neuron is meant

/** Connect the panels of a view. */
export function connectPointer(view) {
  for (const panel of Object.values(view.panels)) {
    const { plot } = panel;
    plot.addEventListener("pointerdown", (event) => press(view, panel, event));
    plot.addEventListener("pointermove", (event) => move(view, panel, event));
    plot.addEventListener("pointerleave", () => leave(view));
  }
}

function press(view, panel, event) {
  if (event.button !== 0) return;
  if (panel.timeAt(0, 0) !== undefined) {
    panel.plot.setPointerCapture(event.pointerId);
    scrub(view, panel, event);
    return;
  }
  const neurons = meant(view, panel, event);
  if (neurons.length) view.change({ chosen: new Set(neurons), pinned: true, source: panel.kind });
  else chooseNone(view);
}

function move(view, panel, event) {
  if (panel.timeAt(0, 0) !== undefined && event.buttons & 1) scrub(view, panel, event);
  else if (event.buttons & 1) press(view, panel, event); // touch: the finger looks for a neuron
  else if (!view.state.pinned) view.change({ chosen: new Set(meant(view, panel, event)), source: panel.kind });
}

function leave(view) {
  if (!view.state.pinned && view.state.chosen.size) chooseNone(view);
}

function scrub(view, panel, event) {
  seek(view, panel.timeAt(...inside(panel, event)));
}

function inside(panel, event) {
  const corner = panel.plot.getBoundingClientRect();
  return [event.clientX - corner.left, event.clientY - corner.top];
}

/** The neurons that a pointer means. */
function meant(view, panel, event) {
  const [x, y] = inside(panel, event);
  const { distance, neurons } = panel.nearest(x, y, view.moment);
  return distance <= (REACH[event.pointerType] ?? REACH.mouse) ? neurons : [];
}

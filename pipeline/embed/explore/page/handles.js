// Samples under the pointer: dragged, added by a double click where there is none, taken away by one on them.

const REACH = { mouse: 14, pen: 18, touch: 30 }; // pixels within which a sample is meant
const FEWEST = 2;

/** Let the samples of a view's function be moved; change: called with {x, y}, all of them. */
export function connectHandles(view, change) {
  const panel = view.panels.function;
  const { plot } = panel;
  let held = -1;
  const stop = (event) => {
    event.stopImmediatePropagation();
    event.preventDefault();
  };
  plot.addEventListener("pointerdown", (event) => {
    held = event.button === 0 ? sampleAt(panel, event) : -1;
    if (held < 0) return;
    plot.setPointerCapture(event.pointerId);
    stop(event);
  }, true);
  plot.addEventListener("pointermove", (event) => {
    plot.style.cursor = held >= 0 ? "grabbing" : sampleAt(panel, event) >= 0 ? "grab" : "";
    if (held < 0) return;
    stop(event);
    change(moved(view.samples, held, valueAt(panel, event)));
  }, true);
  for (const end of ["pointerup", "pointercancel"]) plot.addEventListener(end, () => (held = -1), true);
  plot.addEventListener("dblclick", (event) => {
    const n = sampleAt(panel, event);
    const { x, y } = view.samples;
    if (n < 0) {
      const [newX, newY] = valueAt(panel, event);
      change({ x: [...x, newX], y: [...y, newY] });
    } else if (x.length > FEWEST) change({ x: x.toSpliced(n, 1), y: y.toSpliced(n, 1) });
  });
}

function inside({ plot }, event) {
  const corner = plot.getBoundingClientRect();
  return [event.clientX - corner.left, event.clientY - corner.top];
}

function valueAt(panel, event) {
  const [px, py] = inside(panel, event);
  const { box, yLimits: [low, high] } = panel;
  return [panel.xAt(px), high - ((py - box.top) / box.height) * (high - low)];
}

/** The sample that an event means, as the laboratory counts them; −1 for none. */
function sampleAt(panel, event) {
  const [px, py] = inside(panel, event);
  const { x, y } = panel.run.asGiven;
  const distances = x.map((_, n) => Math.hypot(panel.xPixel(x[n]) - px, panel.yPixel(y[n]) - py));
  const least = Math.min(...distances);
  return least <= (REACH[event.pointerType] ?? REACH.mouse) ? distances.indexOf(least) : -1;
}

const moved = ({ x, y }, n, [newX, newY]) => ({ x: x.with(n, newX), y: y.with(n, newY) });

// What the pointer moves in a laboratory: samples, neurons before they learn, and a curve that is drawn to be sampled.

const REACH = { mouse: 14, pen: 18, touch: 30 }; // pixels within which something is meant
const FEWEST = 2; // samples
const reach = ({ pointerType }) => REACH[pointerType] ?? REACH.mouse;

/** Let samples be dragged; a double click adds one where there is none, and takes one away where there is. */
export function connectSamples(view, laboratory) {
  const panel = view.panels.function;
  let held = -1;
  dragged(panel, {
    begin: (place, event) => {
      held = laboratory.sketching ? -1 : sampleAt(panel, laboratory.samples, place, reach(event));
      if (held >= 0) laboratory.begin();
      return held >= 0;
    },
    move: (place) => laboratory.change(moved(laboratory.samples, held, valueAt(panel, place))),
    end: () => laboratory.end(),
    hovered: (place, event) => (!laboratory.sketching && sampleAt(panel, laboratory.samples, place, reach(event)) >= 0 ? "grab" : ""),
  });
  panel.plot.addEventListener("dblclick", (event) => {
    const place = inside(panel.plot, event), n = sampleAt(panel, laboratory.samples, place, reach(event));
    if (n < 0) addSample(laboratory, valueAt(panel, place));
    else removeSample(laboratory, n);
  });
}

export function addSample(laboratory, [newX, newY]) {
  const { x, y } = laboratory.samples;
  laboratory.step({ x: [...x, newX], y: [...y, newY] });
}

export function removeSample(laboratory, n) {
  const { x, y } = laboratory.samples;
  if (x.length > FEWEST) laboratory.step({ x: x.toSpliced(n, 1), y: y.toSpliced(n, 1) });
}

/** Samples {x, y} with the n-th at another place. */
export const moved = ({ x, y }, n, [newX, newY]) => ({ x: x.with(n, newX), y: y.with(n, newY) });

/** Whether neurons can be moved: where they begin, which is one run's alone. */
export const movesNeurons = ({ state }, view) => view.state.t <= view.run.time.start && !state.past.length;

/** Moved neurons of a state with one of them at a place, [neuron, β, slope jump]. */
export const withNeuron = ({ moved: before }, place) => ({ moved: [...before.filter(([i]) => i !== place[0]), place] });

/** Let neurons be dragged in the plane while the start is shown. */
export function connectNeurons(view, laboratory) {
  const panel = view.panels.plane;
  let held = -1;
  const neuronAt = ([px, py], event) => {
    if (!movesNeurons(laboratory, view)) return -1;
    const { distance, neurons } = panel.nearest(px, py, view.moment);
    return distance <= reach(event) ? neurons[0] : -1;
  };
  dragged(panel, {
    begin: (place, event) => {
      held = neuronAt(place, event);
      if (held >= 0) laboratory.begin();
      return held >= 0;
    },
    move: ([px, py]) => laboratory.change(withNeuron(laboratory.state, [held, panel.xAt(px), panel.yAt(py)])),
    end: () => laboratory.end(),
    hovered: (place, event) => (neuronAt(place, event) >= 0 ? "grab" : ""),
  });
}

/** Let a curve be drawn while the laboratory is sketching; it is sampled at as many places as there are samples. */
export function connectSketch(view, laboratory) {
  const panel = view.panels.function;
  dragged(panel, {
    begin: (place) => {
      if (laboratory.sketching) panel.sketch = [place];
      return laboratory.sketching;
    },
    move: (place) => {
      panel.sketch.push(place);
      view.change({});
    },
    end: () => {
      const samples = sampled(panel.sketch, laboratory.samples.x.length, panel);
      panel.sketch = undefined;
      laboratory.sketch(false);
      if (samples) laboratory.step(samples);
      else view.change({});
    },
    hovered: () => undefined,
  });
}

/** Samples at even places of a drawn line of pixels, where it was drawn last; nothing of one that goes nowhere. */
function sampled(line, count, panel) {
  const across = line.map(([px]) => px);
  const left = Math.min(...across), right = Math.max(...across);
  if (right - left < 2) return undefined;
  const places = Array.from({ length: count }, (_, k) => left + (k / (count - 1)) * (right - left));
  const values = places.map((px) => valueAt(panel, [px, heightAt(line, px)]));
  return { x: values.map(([x]) => x), y: values.map(([, y]) => y) };
}

function heightAt(line, px) {
  for (let k = line.length - 1; k > 0; k--) {
    const [[x0, y0], [x1, y1]] = [line[k - 1], line[k]];
    if ((x0 - px) * (x1 - px) <= 0 && x0 !== x1) return y0 + ((px - x0) / (x1 - x0)) * (y1 - y0);
  }
  return line.at(-1)[1];
}

/**
 * Call `begin` where the pointer goes down, `move` while it drags, `end` when it lets go; `hovered` names the cursor,
 * or nothing where that is another's to say.
 *
 * `begin` says whether there is something to drag: then nobody else hears of it. Places are pixels of the panel's plot.
 */
function dragged({ plot }, { begin, move, end, hovered }) {
  let dragging, corner;
  const own = (event) => {
    event.stopImmediatePropagation();
    event.preventDefault();
  };
  plot.addEventListener("pointerdown", (event) => {
    if (dragging !== undefined || event.button !== 0 || !begin(inside(plot, event), event)) return;
    own(event);
    dragging = event.pointerId;
    corner = plot.getBoundingClientRect(); // once: to ask for it makes the page lay itself out
    plot.setPointerCapture(event.pointerId);
    plot.style.cursor = "grabbing";
  }, true);
  plot.addEventListener("pointermove", (event) => {
    if (dragging !== undefined) own(event);
    if (dragging === event.pointerId) move([event.clientX - corner.left, event.clientY - corner.top]);
    else if (dragging === undefined && event.pointerType === "mouse") {
      const cursor = hovered(inside(plot, event), event);
      if (cursor !== undefined) plot.style.cursor = cursor;
    }
  }, true);
  for (const done of ["pointerup", "pointercancel"]) {
    plot.addEventListener(done, (event) => {
      if (dragging !== event.pointerId) return;
      own(event);
      dragging = undefined;
      plot.style.cursor = "";
      end();
    }, true);
  }
}

function inside(plot, event) {
  const corner = plot.getBoundingClientRect();
  return [event.clientX - corner.left, event.clientY - corner.top];
}

const valueAt = (panel, [px, py]) => [panel.xAt(px), panel.yAt(py)];

/** The sample that a place means, as the laboratory counts them; −1 for none. */
function sampleAt(panel, { x, y }, [px, py], within) {
  const distances = x.map((_, n) => Math.hypot(panel.xPixel(x[n]) - px, panel.yPixel(y[n]) - py));
  const least = Math.min(...distances);
  return least <= within ? distances.indexOf(least) : -1;
}

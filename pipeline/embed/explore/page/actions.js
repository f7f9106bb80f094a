// What one can do, each by a key: the keyboard, the buttons and the help all read this table.

import { PANELS } from "./layout.js";
import { locate } from "./run.js";
import { nextStop } from "./stops.js";
import { SPEEDS } from "./view.js";

/** Play on, from the start where the end is reached; or pause. */
export function togglePlay(view) {
  const { t, playing } = view.state;
  view.change({ playing: !playing, t: !playing && t >= view.run.time.end ? view.run.time.start : t });
}

/** Stop at a time. */
export function seek(view, t) {
  view.change({ t: Math.min(Math.max(t, view.run.time.start), view.run.time.end), playing: false });
}

/** Stop at the recorded moment so many after the present one. */
function step(view, count) {
  const { run, state } = view;
  const { frame, share } = locate(run, state.t);
  const from = count < 0 && share > 0 ? frame + 1 : frame; // between two, one step back is to the one before
  seek(view, run.t[Math.min(Math.max(from + count, 0), run.moments - 1)]);
}

/** Stop at the next of the stops, or the one before. */
export function goToStop(view, by) {
  seek(view, nextStop(view, by));
}

export function changeSpeed(view, by) {
  const k = SPEEDS.indexOf(view.state.speed) + by;
  if (SPEEDS[k]) view.change({ speed: SPEEDS[k] });
}

/** The kinds of axes of time that a run has, the clip's own first. */
export function axisKinds(run) {
  return [run.time.kind, ...["log", "linear"].filter((kind) => kind !== run.time.kind)];
}

export function nextAxis(view) {
  const kinds = axisKinds(view.run);
  view.change({ kind: kinds[(kinds.indexOf(view.state.kind) + 1) % kinds.length] });
}

export function togglePanel(view, kind) {
  const kinds = new Set(view.state.kinds);
  if (!kinds.delete(kind)) kinds.add(kind);
  if (kinds.size) view.change({ kinds });
}

export function toggleTheme(view) {
  const dark = getComputedStyle(document.documentElement).colorScheme === "dark";
  view.change({ theme: dark ? "light" : "dark" });
}

/** Choose the neuron whose breakpoint is the next to the right, or to the left. */
export function nextNeuron(view, by) {
  const { order, inside } = view.moment;
  const among = inside.length ? inside : order;
  const at = among.findIndex((i) => view.state.chosen.has(i));
  const k = at < 0 ? (by > 0 ? 0 : among.length - 1) : (at + by + among.length) % among.length;
  view.change({ chosen: new Set([among[k]]), pinned: true, source: "" });
}

export function chooseNone(view) {
  view.change({ chosen: new Set(), pinned: false, source: "" });
}

/** keys: as KeyboardEvent.key has them; shown: their caps, of the first that of the space bar; does: the name of what it
 * does among the page's words; act: with the view and the event. */
export const ACTIONS = [
  { keys: [" ", "k"], shown: "", does: "play", act: togglePlay },
  { keys: ["ArrowLeft", "ArrowRight"], shown: "← →", does: "stop", act: stopByKey },
  { keys: [",", "."], shown: ", .", does: "step", act: stepByKey },
  { keys: ["Home", "End"], shown: "Home End", does: "jump", act: jumpByKey },
  { keys: ["ArrowUp", "ArrowDown"], shown: "↑ ↓", does: "neuron", act: neuronByKey },
  { keys: ["Escape"], shown: "Esc", does: "none", act: chooseNone },
  { keys: ["+", "=", "-"], shown: "+ −", does: "speed", act: speedByKey },
  { keys: ["l", "L"], shown: "L", does: "pace", act: nextAxis },
  { keys: ["d", "D"], shown: "D", does: "theme", act: toggleTheme },
  { keys: ["1", "2", "3", "4", "5"], shown: "1 … 5", does: "panel", act: panelByKey },
  { keys: ["f", "F"], shown: "F", does: "screen", act: toggleFullScreen },
  { keys: ["?", "h"], shown: "?", does: "help", act: () => document.querySelector(".about").showModal() },
];

function stopByKey(view, { key, shiftKey }) {
  const by = key === "ArrowLeft" ? -1 : 1;
  if (view.run.stops.length && !shiftKey) goToStop(view, by);
  else step(view, by * (shiftKey ? 10 : 1));
}

function stepByKey(view, { key }) {
  step(view, key === "," ? -1 : 1);
}

function jumpByKey(view, { key }) {
  seek(view, key === "Home" ? -Infinity : Infinity);
}

function neuronByKey(view, { key }) {
  nextNeuron(view, key === "ArrowUp" ? 1 : -1);
}

function speedByKey(view, { key }) {
  changeSpeed(view, key === "-" ? -1 : 1);
}

function panelByKey(view, { key }) {
  togglePanel(view, PANELS[key - 1].kind);
}

function toggleFullScreen() {
  const asked = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
  asked?.catch(() => {}); // a frame may not be allowed to
}

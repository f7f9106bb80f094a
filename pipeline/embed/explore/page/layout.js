// Which panels stand where: the function over the threads, on one axis of inputs; beside them, smaller, the others.

import { FunctionPanel } from "./function.js";
import { LossPanel } from "./loss.js";
import { PlanePanel } from "./plane.js";
import { SlopesPanel } from "./slopes.js";
import { ThreadsPanel } from "./threads.js";
import { numberWords, roundNumbers } from "./round.js";

// In the order in which they stand and are numbered; column: which they stand in.
export const PANELS = [
  { kind: "function", make: FunctionPanel, column: "hero" },
  { kind: "threads", make: ThreadsPanel, column: "hero" },
  { kind: "plane", make: PlanePanel, column: "side" },
  { kind: "slopes", make: SlopesPanel, column: "side" },
  { kind: "loss", make: LossPanel, column: "side" },
];

/** The panels that a page of this shape begins with. */
export function firstPanels() {
  const kinds = ["function", "threads", "plane", "loss"];
  return innerHeight > innerWidth || innerHeight < 420 ? kinds.slice(0, 2) : kinds;
}

/** All panels of a run, by kind, none of them on the stage. */
export function makePanels(run) {
  return Object.fromEntries(PANELS.map(({ kind, make }) => [kind, new make(run)]));
}

/** Put the panels of `kinds` on the stage; the list of them. */
export function place(stage, panels, kinds) {
  for (const panel of Object.values(panels)) panel.element.remove();
  const shown = PANELS.filter(({ kind }) => kinds.has(kind));
  for (const { kind, column } of shown) stage.querySelector(`.${column}`).append(panels[kind].element);
  return shown.map(({ kind }) => panels[kind]);
}

/** Bring shown panels to the size they have now: in a column all axes begin at one place. */
export function settle(shown, style, axis) {
  for (const own of columns(shown)) {
    own.forEach((panel, k) => nameAxis(panel, isLabelled(own, k), axis));
    for (const panel of own) panel.measure();
    const gutter = gutterOf(own, style, axis);
    draw(own, style, axis, gutter);
    for (const panel of own) panel.axisName.style.paddingLeft = `${gutter}px`;
  }
}

/** Draw shown panels anew where only their run is another; false where its words take more room than they have. */
export function renew(shown, style, axis) {
  const all = columns(shown);
  if (all.some((own) => gutterOf(own, style, axis) > own[0].box.left)) return false;
  for (const own of all) draw(own, style, axis, own[0].box.left);
  return true;
}

const columns = (shown) => ["hero", "side"].map((name) => shown.filter((panel) => columnOf(panel) === name)).filter((own) => own.length);

const columnOf = ({ kind }) => PANELS.find((panel) => panel.kind === kind).column;

const gutterOf = (own, style, axis) => Math.max(...own.map((panel) => panel.gutter(style, axis)));

/** Of panels on one axis the last is labelled. */
const isLabelled = (own, k) => own[k].across !== own[k + 1]?.across;

const draw = (own, style, axis, gutter) => own.forEach((panel, k) => panel.settle(style, axis, gutter, isLabelled(own, k)));

/** The label under a panel's horizontal axis, as long as it has room; none where the axis goes on below. */
function nameAxis({ across, axisName, run }, labelled, axis) {
  axisName.hidden = !labelled;
  if (!labelled) return;
  const { input, time } = run.words;
  const names = across === "time" ? [time[axis.kind], time.plain, time.short] : inputNames(run, input);
  for (const name of names) {
    axisName.innerHTML = name;
    if (axisName.scrollWidth <= axisName.clientWidth) return;
  }
}

/** Names of the axis of inputs, the longest first, each with the unit. */
function inputNames({ x: { label, unit, limits } }, { long, breakpoint, short }) {
  const { power } = numberWords(roundNumbers(...limits, 6));
  const measure = `${power} ${unit}`.trim();
  const names = [`${label || long}, ${breakpoint}`, label || long, short];
  return names.map((name) => (measure ? `${name} (${measure})` : name));
}

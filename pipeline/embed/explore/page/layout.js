// Which panels stand where: those over the input in one column, those over time in the other.

import { FunctionPanel } from "./function.js";
import { LossPanel } from "./loss.js";
import { PathsPanel } from "./paths.js";
import { PlanePanel } from "./plane.js";
import { SlopesPanel } from "./slopes.js";
import { numberWords, roundNumbers } from "./round.js";

// In the order in which they stand and are numbered; short: their word on the button.
export const PANELS = [
  { kind: "function", make: FunctionPanel, short: "<i>f</i>", words: "Function" },
  { kind: "plane", make: PlanePanel, short: "<i>μ</i>", words: "Delta-slopes" },
  { kind: "slopes", make: SlopesPanel, short: "<i>f</i>′", words: "Slope" },
  { kind: "paths", make: PathsPanel, short: "<i>β</i>", words: "Breakpoints over time" },
  { kind: "loss", make: LossPanel, short: "<i>L</i>", words: "Loss over time" },
];
const WEIGHTS = { function: 1.3, plane: 1, slopes: 0.8, paths: 1.3, loss: 1 }; // heights, as in the style sheet

/** The panels that a page of this shape begins with. */
export function firstPanels() {
  const kinds = ["function", "plane", "paths", "loss"];
  return innerHeight > innerWidth || innerHeight < 420 ? kinds.filter((kind) => kind !== "loss") : kinds;
}

/** All panels of a run, by kind, none of them on the stage. */
export function makePanels(run) {
  return Object.fromEntries(PANELS.map(({ kind, make }) => [kind, new make(run)]));
}

/** Put the panels of `kinds` on the stage; the list of them. */
export function place(stage, panels, kinds) {
  const shown = PANELS.filter(({ kind }) => kinds.has(kind)).map(({ kind }) => panels[kind]);
  for (const across of ["input", "time"]) {
    const column = stage.querySelector(`.column.${across}`);
    const own = shown.filter((panel) => panel.across === across);
    for (const panel of Object.values(panels)) if (panel.across === across) panel.element.remove();
    column.prepend(...own.map((panel) => panel.element));
    const weight = own.reduce((sum, panel) => sum + WEIGHTS[panel.kind], 0);
    stage.style.setProperty(`--weight-${across}`, weight);
  }
  return shown;
}

/** Bring shown panels to the size they have now: in a column all axes begin at one place. */
export function settle(stage, shown, style, axis) {
  nameInput(stage, shown);
  for (const across of ["input", "time"]) {
    const own = shown.filter((panel) => panel.across === across);
    const gutter = Math.max(0, ...own.map((panel) => panel.gutter(style)));
    own.forEach((panel, k) => panel.settle(style, axis, gutter, k === own.length - 1));
    stage.querySelector(`.${across} .axis`).style.paddingLeft = `${gutter}px`;
  }
}

/** The label under the axis of inputs, as long as it has room. */
function nameInput(stage, shown) {
  const panel = shown.find(({ across }) => across === "input");
  if (!panel) return;
  const { label, unit, limits } = panel.run.x;
  const { power } = numberWords(roundNumbers(...limits, 6));
  const measure = `${power} ${unit}`.trim();
  const element = stage.querySelector(".input .axis");
  const beta = "breakpoint <i>β</i>";
  for (const name of [`${label || "input"} <i>x</i>, ${beta}`, `<i>x</i>, ${beta}`, "<i>x</i>, <i>β</i>"]) {
    element.innerHTML = measure ? `${name} (${measure})` : name;
    if (element.scrollWidth <= element.clientWidth) return;
  }
}

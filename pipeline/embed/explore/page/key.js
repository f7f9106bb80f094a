// The key: what the marks say, in a line.

import { BOTH, DOWN, LEFT, outline, RIGHT, UP } from "./marks.js";

const WIDTH = 12.8; // of a mark, in the units of its picture

// Marks of an entry as [shape, colour, rim, share of the width], and its words.
const ENTRIES = [
  [[[LEFT, "muted"], [RIGHT, "muted"], [DOWN, "muted"], [UP, "muted"]], "active side"],
  [[[RIGHT, "rising"]], "bends up"],
  [[[RIGHT, "falling"]], "bends down"],
  [[[RIGHT, "muted", "", 0.5], [RIGHT, "muted", "", 1.15]], "how much"],
  [[[RIGHT, "muted", "foreground"]], "held by a sample"],
  [[[BOTH, "muted", "foreground"]], "×5 merged"],
];

/** The entries as items of a list. */
export function keyEntries() {
  return ENTRIES.map(([marks, words]) => `<li>${picture(marks)}${words}</li>`).join("");
}

function picture(marks) {
  const shapes = marks.map(([shape, colour, rim = "", share = 1], k) => {
    const stroke = rim ? ` stroke="var(--${rim})" stroke-width="2" paint-order="stroke"` : "";
    const place = `transform="translate(${(k + 0.5) * 20} 10)"`;
    return `<path ${place} fill="var(--${colour})"${stroke} d="${outline(shape, share * WIDTH)}"/>`;
  });
  return `<svg viewBox="0 0 ${20 * marks.length} 20" aria-hidden="true">${shapes.join("")}</svg>`;
}

// What is drawn of labels: + and − in the samples, the level between them, and where f crosses it, the boundary.

import { line } from "./canvas.js";

const SIGN = 0.55; // of a sample's radius: half of a sign's width
const LABEL = 1.35; // times as wide as other samples are those that hold a sign

/** How many times as wide as others the samples of a run are. */
export function widened({ look }) {
  return look.level === null ? 1 : LABEL;
}

/** The sign of a label at a value y in a sample at px, py. */
export function drawSign(ctx, { look }, y, [px, py], radius, ink, width) {
  if (look.level === null) return;
  const half = SIGN * radius;
  line(ctx, [[px - half, py], [px + half, py]], ink, width);
  if (y > look.level) line(ctx, [[px, py - half], [px, py + half]], ink, width);
}

/** The level, and an upright wherever the function of a moment crosses it. */
export function drawBoundary(ctx, panel, moment) {
  const { level } = panel.run.look;
  if (level === null) return;
  const { style } = panel, [low, high] = panel.xLimits;
  const y = panel.yPixel(level);
  line(ctx, [[panel.xPixel(low), y], [panel.xPixel(high), y]], style.rule, style.stroke);
  for (const x of crossings(corners(moment, low, high), level).map((at) => panel.xPixel(at))) {
    line(ctx, [[x, 0], [x, panel.height]], style.reference, 1.2 * style.stroke);
  }
}

/** The function as a polygon from one limit to the other, [x, f] each. */
function corners({ inside, beta, value, lowEnd, highEnd }, low, high) {
  return [[low, lowEnd], ...[...inside].map((i) => [beta[i], value[i]]), [high, highEnd]];
}

/** Where a polygon changes its side of a level; what touches it decides nothing. */
export function crossings(polygon, level) {
  const sided = polygon.filter(([, f]) => f !== level), found = [];
  for (let k = 1; k < sided.length; k++) {
    const [[x, f], [next, then]] = [sided[k - 1], sided[k]];
    if (f > level !== then > level) found.push(x + ((next - x) * (level - f)) / (then - f));
  }
  return found;
}

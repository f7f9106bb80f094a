// How many knots a sample holds, in words at the mark: for a few samples, the same ones for the whole clip.

import { hue } from "./marks.js";

const MOST = 5; // samples that are spoken of
const FEWEST = 2; // knots that are told
const GAP = 0.7; // between a mark's middle and its words, in text sizes, beside the mark's own size

/** The places of the samples that hold most at once, over the whole clip. */
export function spokenOf(run) {
  const most = new Map();
  for (let k = 0; k < run.moments; k++) {
    for (const [x, { count }] of run.holding(k)) most.set(x, Math.max(count, most.get(x) ?? 0));
  }
  const told = [...most].filter(([, count]) => count >= FEWEST).sort((one, other) => other[1] - one[1]);
  return new Set(told.slice(0, MOST).map(([x]) => x));
}

/** Write at knots {x, y, area, jump, at, count}, those that fit into a box and over none before, the largest first. */
export function writeCounts(ctx, style, words, knots, box) {
  const taken = [];
  Object.assign(ctx, { textAlign: "center", textBaseline: "middle", lineJoin: "round" });
  for (const knot of knots.toSorted((one, other) => other.count - one.count)) {
    const text = words.replace("{}", knot.count);
    const off = GAP * style.text + 0.7 * Math.sqrt(knot.area);
    const y = knot.y + (knot.jump >= 0 ? off : -off); // outside of the bend
    const half = ctx.measureText(text).width / 2;
    const x = Math.min(Math.max(knot.x, box.left + half), box.left + box.width - half);
    const fits = y > box.top + 0.6 * style.text && y < box.top + box.height - 0.6 * style.text;
    const free = taken.every((one) => Math.abs(one.x - x) > one.half + half || Math.abs(one.y - y) > 1.2 * style.text);
    if (!fits || !free) continue;
    taken.push({ x, y, half });
    Object.assign(ctx, { strokeStyle: style.background, lineWidth: 0.25 * style.text, fillStyle: style[hue(knot.jump)] });
    ctx.strokeText(text, x, y);
    ctx.fillText(text, x, y);
  }
  ctx.lineJoin = "bevel";
}

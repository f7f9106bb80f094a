// How many knots a sample holds, in words at the mark: for a few samples, the same ones for the whole clip.

import { filled } from "./words.js";

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

/**
 * Write at knots {x, y, area, jump, count}, the largest first, where there is room in a box.
 *
 * Words keep off each other and what is `taken`, and where they can off `kept`, points [x, y]. Returns where they stand,
 * as `taken` says it: the middle `place` and half the size `half` of each.
 */
export function writeCounts(ctx, style, words, knots, kept, box, taken) {
  const written = [];
  Object.assign(ctx, { textAlign: "center", textBaseline: "middle", lineJoin: "round" });
  for (const knot of knots.toSorted((one, other) => other.count - one.count)) {
    const text = filled(words, { count: knot.count });
    const half = { x: ctx.measureText(text).width / 2, y: 0.6 * style.text };
    const free = places(knot, half, style).filter((place) => fits(place, half, box) && !touches(place, half, [...taken, ...written]));
    const place = free.find((one) => !kept.some((point) => covers(one, half, point))) ?? free[0];
    if (!place) continue;
    written.push({ place, half });
    Object.assign(ctx, { strokeStyle: style.background, lineWidth: 0.25 * style.text, fillStyle: style.foreground });
    ctx.strokeText(text, ...place);
    ctx.fillText(text, ...place);
  }
  ctx.lineJoin = "bevel";
  return written;
}

/** Where words may stand: outside of the bend on either side, below or above, and inside of it. */
function places({ x, y, area, jump }, half, style) {
  const radius = GAP * style.text + 0.7 * Math.sqrt(area);
  const out = jump >= 0 ? radius : -radius;
  const aside = half.x + 0.5 * radius;
  return [[x + aside, y + out], [x - aside, y + out], [x, y + out], [x + aside + radius, y], [x - aside - radius, y], [x, y - 2 * out]];
}

function fits([x, y], half, { left, top, width, height }) {
  return x > left + half.x && x < left + width - half.x && y > top + half.y && y < top + height - half.y;
}

function touches([x, y], half, taken) {
  return taken.some(({ place, half: other }) => {
    return Math.abs(place[0] - x) < other.x + half.x && Math.abs(place[1] - y) < other.y + half.y;
  });
}

function covers([x, y], half, point) {
  return Math.abs(point[0] - x) < half.x + GAP * half.y && Math.abs(point[1] - y) < half.y + GAP * half.y;
}

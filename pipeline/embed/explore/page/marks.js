// Marks of neurons and knots: shape for the active side, hue for the sign of the slope jump, area for its size.

export const DIAMOND = 0; // a knot of the function, whatever its neurons' sides
const RIGHT = 1;
const LEFT = 2;
const FULL = 2 * Math.PI;
const FINEST = 0.4; // pixels: a rim no wider only takes time

/** A regular polygon of area 1 about 0, a corner in the direction `turn`, y downwards; with its inner radius. */
function polygon(corners, turn) {
  const radius = Math.sqrt(2 / (corners * Math.sin(FULL / corners)));
  const angles = Array.from({ length: corners }, (_, k) => turn + (FULL * k) / corners);
  const points = angles.map((angle) => [radius * Math.cos(angle), -radius * Math.sin(angle)]);
  return { points, inner: radius * Math.cos(Math.PI / corners) };
}

const SHAPES = [polygon(4, 0), polygon(3, 0), polygon(3, FULL / 2)];

/** The shape for an orientation on a horizontal axis of β: a triangle points to the active side. */
export const acrossShape = (orientation) => (orientation > 0 ? RIGHT : orientation < 0 ? LEFT : DIAMOND);

/** Name of the hue for a slope jump. */
export const hue = (jump) => (jump >= 0 ? "rising" : "falling");

/** Areas, px², of slope jumps: `smallest` for none, `largest` for `full`; marks shrink as neurons grow in number. */
export function areaScale(run, style, least = 1) {
  const shrink = Math.min(Math.max((60 / run.neurons) ** 0.25, 0.4), 1.2);
  const largest = 0.45 * (style.mark * shrink) ** 2;
  const smallest = least * Math.max(0.14 * largest, 0.02 * style.mark ** 2);
  const area = (jump) => smallest + (largest - smallest) * Math.min(Math.abs(jump) / run.largestJump, 1.6);
  return { area, largest };
}

/** Add a shape of a width (the root of its area) at x, y to the path of a context. */
function trace(ctx, shape, x, y, width) {
  const { points } = SHAPES[shape];
  ctx.moveTo(x + width * points[0][0], y + width * points[0][1]);
  for (let k = 1; k < points.length; k++) ctx.lineTo(x + width * points[k][0], y + width * points[k][1]);
  ctx.closePath();
}

/** One mark: its rim of the ground, which takes nothing of the hue's area; where it is held, in a halo of ink. */
function drawMark(ctx, look, style, { x, y, area, shape, jump, held }) {
  const width = Math.sqrt(area);
  const stroke = Math.min(style.stroke, 0.2 * width);
  const rim = (held ? look.heldRim : look.rim) * stroke;
  const around = (distance) => width + distance / SHAPES[shape].inner;
  if (held) fillShape(ctx, style.foreground, shape, x, y, around(rim + look.halo * stroke));
  if (rim > FINEST) fillShape(ctx, style.background, shape, x, y, around(rim));
  fillShape(ctx, style[hue(jump)], shape, x, y, width);
}

function fillShape(ctx, colour, shape, x, y, width) {
  ctx.fillStyle = colour;
  ctx.beginPath();
  trace(ctx, shape, x, y, width);
  ctx.fill();
}

/** Marks, the largest first, so that none hides a smaller one. */
export function drawMarks(ctx, look, style, marks) {
  marks.sort((one, other) => other.area - one.area);
  for (const mark of marks) drawMark(ctx, look, style, mark);
}

/** A ring of light around marks that are chosen. */
export function drawHalo(ctx, style, { x, y, area }) {
  ctx.beginPath();
  ctx.arc(x, y, Math.sqrt(area) * 0.75 + 2.5 * style.stroke, 0, FULL);
  ctx.lineWidth = 1.3 * style.stroke;
  ctx.strokeStyle = style.foreground;
  ctx.stroke();
}

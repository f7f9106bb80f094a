// How many neurons stand at one place: figures at the foot of a panel.

const MOST = 24; // figures: the largest come first
const GAP = 0.5; // between figures, in text sizes

/** Write how many neurons knots {x, neurons} have under their places; of two that would touch, the larger number. */
export function drawTally(ctx, style, knots, foot) {
  const shown = [];
  for (const { x, neurons } of knots.toSorted((one, other) => other.neurons.length - one.neurons.length)) {
    const words = `×${neurons.length}`;
    const half = 0.5 * (ctx.measureText(words).width + GAP * style.text);
    const free = shown.every((other) => Math.abs(other.x - x) >= other.half + half);
    if (free && shown.length < MOST) shown.push({ x, half, words });
  }
  ctx.fillStyle = style.muted;
  ctx.textAlign = "center";
  ctx.textBaseline = "bottom";
  for (const { x, words } of shown) ctx.fillText(words, x, foot);
}

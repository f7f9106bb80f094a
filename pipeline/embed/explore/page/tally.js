// How many neurons stand at one place: figures at the foot of a panel.

const MOST = 24; // figures: the largest come first
const GAP = 0.5; // between figures, in text sizes

/** Write the numbers of neurons of knots {x, neurons} under their places; where two would touch, the smaller is left out. */
export function drawTally(ctx, style, knots, foot) {
  const shown = [];
  for (const { x, neurons } of knots.toSorted((one, other) => other.neurons.length - one.neurons.length)) {
    const words = `×${neurons.length}`;
    const half = 0.5 * (ctx.measureText(words).width + GAP * style.text);
    if (shown.length < MOST && shown.every((other) => Math.abs(other.x - x) >= other.half + half)) shown.push({ x, half, words });
  }
  ctx.fillStyle = style.muted;
  ctx.textAlign = "center";
  ctx.textBaseline = "bottom";
  for (const { x, words } of shown) ctx.fillText(words, x, foot);
}

// What theory predicts, beside the function: broken lines in inks of their own, each named at its right end.

import { line } from "./canvas.js";

const WIDTH = 1.4; // of a line, in strokes
const LINE_HEIGHT = 1.25; // least distance of names, in text sizes

/** The curves of a moment: what each is called and its values over the grid. */
export function references(run, moment) {
  return run.curves.map((curve) => ({ words: curve.words, y: run.grid.map((_, k) => valueAt(run, curve, moment, k)) }));
}

/** Draw the curves of a moment in a panel that has the function's axes; the names are `writeNames`. */
export function drawReferences(ctx, panel, moment) {
  const { run, style } = panel;
  for (const curve of run.curves) {
    const width = WIDTH * style.stroke;
    ctx.setLineDash(curve.dashes.map((length) => length * width));
    ctx.lineCap = "round";
    const points = run.grid.map((x, k) => [panel.xPixel(x), panel.yPixel(valueAt(run, curve, moment, k))]);
    line(ctx, points, style[curve.ink], width);
  }
  ctx.setLineDash([]);
  ctx.lineCap = "butt";
}

/** Name each at its end, over each other as their ends are and apart; returns middles and half sizes. */
export function writeNames(ctx, panel, moment) {
  const { run, style, box } = panel;
  const last = run.grid.length - 1;
  const size = LINE_HEIGHT * style.text;
  const names = run.curves.map((curve) => {
    const half = { x: ctx.measureText(curve.words).width / 2, y: size / 2 };
    return { curve, half, y: panel.yPixel(valueAt(run, curve, moment, last)) - 0.8 * size };
  });
  names.sort((one, other) => one.y - other.y);
  let least = box.top + size / 2;
  for (const name of names) least = (name.y = Math.max(name.y, least)) + size;
  let most = box.top + box.height - size / 2;
  for (const name of names.toReversed()) most = (name.y = Math.min(name.y, most)) - size;
  Object.assign(ctx, { textAlign: "right", textBaseline: "middle", lineJoin: "round" });
  for (const { curve, y } of names) {
    const right = box.left + box.width;
    Object.assign(ctx, { strokeStyle: style.background, lineWidth: 0.25 * style.text, fillStyle: style[curve.ink] });
    ctx.strokeText(curve.words, right, y);
    ctx.fillText(curve.words, right, y);
  }
  ctx.lineJoin = "bevel";
  return names.map(({ half, y }) => ({ place: [box.left + box.width - half.x, y], half }));
}

/** A curve at a place of the grid: even between moments, as the clip has it. */
function valueAt({ grid }, { values, moves }, { frame, share }, k) {
  if (!moves) return values[k];
  const here = values[frame * grid.length + k];
  return share === 0 ? here : here + share * (values[(frame + 1) * grid.length + k] - here);
}

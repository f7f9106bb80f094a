// Samples as rulings across a panel.

import { line } from "./canvas.js";
import { hue } from "./marks.js";

/** Samples as rulings from a height to another; many are a rug at the lower end, where the panels meet. */
export function drawRulings(panel, ctx, top, foot) {
  const { run, box, style } = panel;
  const places = [...new Set(run.samples.x)];
  const { few } = run.look;
  const width = Math.min((run.look.filled * box.width) / places.length, style.stroke); // where samples crowd, no slab
  for (const x of places) {
    const from = few ? top : foot - run.look.rugTick * style.text;
    line(ctx, [[panel.xPixel(x), from], [panel.xPixel(x), foot]], few ? style.rule : style.data, width);
  }
}

/** The rulings of samples that hold, in the hue of what they bend; topOf: of a place, where its ruling begins. */
export function lightUp(panel, ctx, moment, topOf, foot) {
  const { run, style } = panel;
  const { look, largestJump, holding } = run;
  for (const [x, { jump }] of holding(moment.nearest)) {
    if (Math.abs(jump) < look.visible * largestJump) continue; // a bend that nobody sees
    line(ctx, [[panel.xPixel(x), topOf(x)], [panel.xPixel(x), foot]], style[hue(jump)], look.lit * style.stroke);
  }
}

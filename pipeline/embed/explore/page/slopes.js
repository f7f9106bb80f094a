// The slope of the function: a staircase, whose steps are its pieces and whose risers are its knots.

import { line } from "./canvas.js";
import { hue } from "./marks.js";
import { Panel } from "./panel.js";

export class SlopesPanel extends Panel {
  constructor(run) {
    super(run, { kind: "slopes", across: "input" });
  }

  read(run) {
    super.read(run);
    this.unit = run.slope.unit;
  }

  limitsOf(run) {
    return run.slope.limits;
  }

  drawStill(ctx) {
    const { box, style } = this;
    const zero = this.yPixel(0);
    const ends = [[box.left + style.stroke, zero], [box.left + box.width, zero]];
    this.clipped(ctx, () => line(ctx, ends, style.rule, style.stroke));
  }

  drawMoving(ctx, moment, chosen) {
    const { style } = this;
    const { inside, slopes, beta, jump } = moment;
    this.clipped(ctx, () => {
      ctx.globalAlpha = chosen.size ? 0.45 : 1;
      this.drawStairs(ctx, moment);
      ctx.globalAlpha = 1;
      inside.forEach((i, k) => {
        if (!chosen.has(i)) return;
        const x = this.xPixel(beta[i]);
        const riser = [[x, this.yPixel(slopes[k])], [x, this.yPixel(slopes[k + 1])]];
        line(ctx, riser, style[hue(jump[i])], 4 * style.stroke);
      });
    });
  }

  drawStairs(ctx, { inside, slopes, beta }) {
    const [low, high] = this.xLimits;
    ctx.beginPath();
    ctx.moveTo(this.xPixel(low), this.yPixel(slopes[0]));
    inside.forEach((i, k) => {
      const x = this.xPixel(beta[i]);
      ctx.lineTo(x, this.yPixel(slopes[k]));
      ctx.lineTo(x, this.yPixel(slopes[k + 1]));
    });
    ctx.lineTo(this.xPixel(high), this.yPixel(slopes.at(-1)));
    ctx.lineJoin = "miter";
    ctx.strokeStyle = this.style.foreground;
    ctx.lineWidth = 1.6 * this.style.stroke;
    ctx.stroke();
  }

  nearest(px, py, moment) {
    let best = { distance: Infinity, neurons: [] };
    moment.inside.forEach((i, k) => {
      const ends = [this.yPixel(moment.slopes[k]), this.yPixel(moment.slopes[k + 1])];
      const off = Math.max(Math.min(...ends) - py, py - Math.max(...ends), 0);
      const distance = Math.hypot(this.xPixel(moment.beta[i]) - px, off);
      if (distance < best.distance) best = { distance, neurons: [i] };
    });
    return best;
  }

  place(moment, i) {
    const k = moment.inside.indexOf(i);
    return [this.xPixel(moment.beta[i]), this.yPixel(k < 0 ? 0 : moment.slopes[k + 1])];
  }
}

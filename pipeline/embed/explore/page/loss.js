// The loss over training time, logarithmic, as far as it has gone.

import { dot, line } from "./canvas.js";
import { Panel } from "./panel.js";

export class LossPanel extends Panel {
  constructor(run) {
    super(run, { kind: "loss", across: "time" });
  }

  limitsOf(run) {
    return run.lossLimits;
  }

  get logarithmic() {
    return true;
  }

  drawHistory(ctx) {
    const { run, style } = this;
    const points = Array.from(run.t, (t, k) => [this.xPixel(this.axis.position(t)), this.yPixel(run.loss[k])]);
    this.clipped(ctx, () => line(ctx, points, style.foreground, 1.8 * style.stroke));
  }

  drawStill(ctx) {
    const { box, style, axis, run } = this;
    for (const t of run.branches ?? []) {
      const x = this.xPixel(axis.position(t));
      line(ctx, [[x, box.top], [x, box.top + box.height]], style.data, style.stroke);
    }
  }

  copyPast(moment) {
    super.copyPast(moment, false);
  }

  drawMoving(ctx, moment) {
    const { box, style } = this;
    if (this.ghost) this.drawGhost(ctx);
    const x = this.xPixel(this.axis.position(moment.t));
    line(ctx, [[x, box.top], [x, box.top + box.height]], style.muted, style.stroke);
    const y = Math.min(Math.max(this.yPixel(moment.loss), box.top), box.top + box.height);
    dot(ctx, x, y, 2.75 * style.stroke, style.foreground);
  }

  /** The loss of another run, for comparison. */
  drawGhost(ctx) {
    const { style, ghost } = this;
    const points = Array.from(ghost.run.t, (t, k) => [this.xPixel(this.axis.position(t)), this.yPixel(ghost.run.loss[k])]);
    ctx.setLineDash([2.5 * style.stroke, 2.5 * style.stroke]);
    this.clipped(ctx, () => line(ctx, points, style.muted, style.stroke));
    ctx.setLineDash([]);
  }

  nearest() {
    return { distance: Infinity, neurons: [] };
  }
}

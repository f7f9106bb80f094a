// The loss over training time, logarithmic, as far as it has gone.

import { dot, line, Panel } from "./panel.js";

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

  copyPast(moment) {
    super.copyPast(moment, false);
  }

  drawMoving(ctx, moment) {
    const { box, style } = this;
    const x = this.xPixel(this.axis.position(moment.t));
    line(ctx, [[x, box.top], [x, box.top + box.height]], style.muted, style.stroke);
    const y = Math.min(Math.max(this.yPixel(moment.loss), box.top), box.top + box.height);
    dot(ctx, x, y, 2.75 * style.stroke, style.foreground);
  }

  nearest() {
    return { distance: Infinity, neurons: [] };
  }
}

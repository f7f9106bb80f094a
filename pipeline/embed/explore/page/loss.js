// The loss over training time, logarithmic, as far as it has gone.

import { dot, line, Panel } from "./panel.js";

export class LossPanel extends Panel {
  constructor(run) {
    super(run, {
      kind: "loss",
      across: "time",
      yLimits: run.lossLimits,
    });
  }

  get logarithmic() {
    return true;
  }

  points() {
    const { t, loss } = this.run;
    return Array.from(t, (time, k) => [this.xPixel(this.axis.position(time)), this.yPixel(loss[k])]);
  }

  drawHistory(ctx) {
    this.clipped(ctx, () => line(ctx, this.points(), this.style.foreground, 1.8 * this.style.stroke));
  }

  copyPast(moment) {
    super.copyPast(moment, false);
  }

  drawMoving(ctx, moment) {
    const x = this.drawCursor(ctx, moment);
    const { box, style } = this;
    const y = Math.min(Math.max(this.yPixel(moment.loss), box.top), box.top + box.height);
    dot(ctx, x, y, 2.75 * style.stroke, style.foreground);
  }

  nearest() {
    return { distance: Infinity, neurons: [] };
  }
}

// Breakpoints over training time, the samples as faint rulings: one sees the breakpoints being caught.

import { areaScale, drawMarks, hue, uprightShape } from "./marks.js";
import { beyondWords, Panel, strokeDotted } from "./panel.js";
import { straightPen } from "./pen.js";
import { between } from "./time.js";

const STRAIGHT = 0.3; // pixels that a path may be off the line it is drawn as

export class PathsPanel extends Panel {
  constructor(run) {
    super(run, {
      kind: "paths",
      across: "time",
      heading: "breakpoints <i>β</i>",
      unit: run.x.unit,
      spoken: "The breakpoint of every neuron over training time, drawn thick while a sample holds it.",
      yLimits: run.x.limits,
    });
  }

  drawStill(ctx) {
    const { run, box, style } = this;
    const rows = [...new Set(run.samples.x)];
    const width = Math.min((0.45 * box.height) / rows.length, style.stroke); // where samples crowd, no slab
    ctx.beginPath();
    for (const x of rows) {
      ctx.moveTo(box.left + style.stroke, this.yPixel(x));
      ctx.lineTo(box.left + box.width, this.yPixel(x));
    }
    ctx.strokeStyle = style.rule;
    ctx.lineWidth = width;
    ctx.stroke();
    this.area = 0.12 * areaScale(run, style).largest;
  }

  /** Every path, once: free stretches first, held ones over them. */
  drawHistory(ctx) {
    const { run, style } = this;
    const fade = Math.min(Math.max((60 / run.neurons) ** 0.5, 0.25), 1);
    this.columns = Array.from(run.t, (t) => this.xPixel(this.axis.position(t)));
    this.clipped(ctx, () => {
      for (const held of [false, true]) {
        for (const name of ["falling", "rising"]) {
          ctx.globalAlpha = held ? 1 : 0.75 * fade;
          ctx.strokeStyle = style[name];
          ctx.lineWidth = (held ? 2 : 1) * Math.sqrt(fade) * style.stroke;
          this.strokeAll(ctx, (k, i) => this.nameAt(k, i) === name && this.heldAt(k, i) === held);
        }
      }
    });
    ctx.globalAlpha = 1;
  }

  nameAt(k, i) {
    const at = k * this.run.neurons + i;
    return hue(this.run.orientation[at] * this.run.mu[at]);
  }

  heldAt(k, i) {
    return this.run.held[k * this.run.neurons + i] >= 0;
  }

  /** Stroke all stretches that begin at wanted moments. */
  strokeAll(ctx, wanted) {
    for (let i = 0; i < this.run.neurons; i++) {
      ctx.beginPath();
      this.trace(ctx, i, 0, this.run.moments - 1, wanted);
      ctx.stroke();
    }
  }

  /** Add the way of a neuron from moment to moment to the path, as straight as it looks. */
  trace(ctx, i, first, last, wanted = () => true) {
    const { beta, orientation, neurons } = this.run;
    const [bottom, top] = this.yLimits;
    const pen = straightPen(ctx, STRAIGHT);
    for (let k = first; k < last; k++) {
      const here = k * neurons + i, next = here + neurons;
      const far = (beta[here] > top && beta[next] > top) || (beta[here] < bottom && beta[next] < bottom);
      if (far || orientation[here] !== orientation[next] || !wanted(k, i)) pen.lift();
      else pen.line(this.columns[k], this.yPixel(beta[here]), this.columns[k + 1], this.yPixel(beta[next]));
    }
    pen.lift();
  }

  drawMoving(ctx, moment, chosen) {
    const { run, style } = this;
    const x = this.drawCursor(ctx, moment);
    const [low, high] = this.yLimits;
    const marks = new Map(); // by row: those in one hide each other
    const beyond = { "▴": 0, "▾": 0 };
    this.clipped(ctx, () => chosen.forEach((i) => this.drawWay(ctx, moment, i)));
    for (let i = 0; i < run.neurons; i++) {
      const lit = chosen.has(i);
      if (moment.beta[i] > high) beyond["▴"]++;
      else if (moment.beta[i] < low) beyond["▾"]++;
      else if (!chosen.size || lit) marks.set(Math.round(this.yPixel(moment.beta[i])), this.mark(moment, i, x, lit));
    }
    drawMarks(ctx, style, [...marks.values()]);
    this.showCounts(beyondWords(beyond));
  }

  mark(moment, i, x, lit) {
    const y = this.yPixel(moment.beta[i]);
    const area = (lit ? 4 : 1) * this.area;
    const shape = uprightShape(moment.orientation[i]);
    return { x, y, area, shape, jump: moment.jump[i], held: lit && moment.held[i] >= 0 };
  }

  /** The line of a chosen neuron over all time, thick where it is held, what is to come in dots. */
  drawWay(ctx, moment, i) {
    const { run, style } = this;
    const { frame } = moment;
    ctx.strokeStyle = style[hue(moment.jump[i])];
    for (const [held, width] of [[false, 1.5], [true, 3.2]]) {
      ctx.lineWidth = width * style.stroke;
      ctx.beginPath();
      this.trace(ctx, i, 0, frame, (k) => this.heldAt(k, i) === held);
      ctx.stroke();
    }
    ctx.beginPath();
    this.trace(ctx, i, frame, run.moments - 1);
    strokeDotted(ctx, 1.5 * style.stroke);
  }

  /** The neuron whose path is nearest above or below a point of time that has passed. */
  nearest(px, py, moment) {
    const { run } = this;
    const t = Math.min(this.axis.time(Math.min(Math.max(this.xAt(px), 0), 1)), moment.t);
    const from = Math.round(between(run.t, t)) * run.neurons;
    let best = { distance: Infinity, neurons: [] };
    for (let i = 0; i < run.neurons; i++) {
      const distance = Math.abs(this.yPixel(run.beta[from + i]) - py);
      if (distance < best.distance) best = { distance, neurons: [i] };
    }
    return best;
  }

  place(moment, i) {
    return [this.xPixel(this.axis.position(moment.t)), this.yPixel(moment.beta[i])];
  }
}

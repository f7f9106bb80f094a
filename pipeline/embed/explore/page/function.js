// The data, the function, and its knots where they are: on the curve.

import { knotsOf } from "./knots.js";
import { acrossShape, areaScale, drawHalo, drawMarks } from "./marks.js";
import { beyondWords, dot, Panel } from "./panel.js";
import { straightPen } from "./pen.js";
import { drawTally } from "./tally.js";

const CURVE = 1.9; // width of the function, in strokes
const FOOT = 1.5; // room for figures, in text sizes
const CROWD = 200; // neurons: more are told by place
const EXACT = 0.03; // pixels that the curve may be off the spline
const NEAR = 0.35; // of the width of a full mark: how near those are whose marks would hide each other

export class FunctionPanel extends Panel {
  constructor(run) {
    super(run, {
      kind: "function",
      across: "input",
      heading: run.y.label || "output <i>f</i>(<i>x</i>)",
      unit: run.y.unit,
      spoken: "The function that the network computes, the samples, and a knot at every breakpoint.",
      yLimits: run.y.limits,
    });
  }

  /** Below the outputs there is room for figures. */
  gutter(style) {
    const [low, high] = this.run.y.limits;
    const foot = Math.min((FOOT * style.text) / this.plot.clientHeight, 0.3);
    this.yLimits = [low - (foot / (1 - foot)) * (high - low), high];
    return super.gutter(style);
  }

  drawStill(ctx) {
    const { run, style } = this;
    const { x, y } = run.samples;
    const radius = 0.5 * Math.max(1.6, 3.4 - 0.3 * Math.log2(Math.max(x.length / 30, 1))) * style.stroke;
    this.clipped(ctx, () => x.forEach((_, n) => dot(ctx, this.xPixel(x[n]), this.yPixel(y[n]), radius, style.data)));
    this.marks = areaScale(run, style, Math.min(1, 60 / run.neurons));
    this.near = Math.max(NEAR * Math.sqrt(this.marks.largest), 1);
    this.hidden = (1.15 * CURVE * style.stroke) ** 2; // a bead no wider than the stroke would only break it
  }

  drawMoving(ctx, moment, chosen) {
    const { style } = this;
    this.shown = this.knots(moment);
    const lit = this.shown.filter((knot) => knot.neurons.some((i) => chosen.has(i)));
    this.clipped(ctx, () => {
      this.shadeActive(ctx, moment, chosen);
      this.drawCurve(ctx, moment);
    });
    ctx.globalAlpha = chosen.size ? 0.3 : 1;
    drawMarks(ctx, style, this.shown.filter((knot) => knot.area > this.hidden && !lit.includes(knot)));
    ctx.globalAlpha = 1;
    for (const knot of lit) drawHalo(ctx, style, knot);
    drawMarks(ctx, style, lit.map((knot) => ({ ...knot, area: Math.max(knot.area, 2 * this.hidden) })));
    this.countTogether(ctx);
    this.showCounts(this.outside(moment));
  }

  /** How many neurons are in a knot: held ones, and others unless there is a crowd anyway. */
  countTogether(ctx) {
    const { box, style, run } = this;
    const least = (held) => (held ? 2 : run.neurons <= CROWD ? 3 : Infinity);
    const told = this.shown.filter(({ neurons, held }) => neurons.length >= least(held));
    drawTally(ctx, style, told, box.top + box.height - 0.1 * style.text);
  }

  /** The spline itself: straight from knot to knot. */
  drawCurve(ctx, { inside, beta, value, lowEnd, highEnd }) {
    const [low, high] = this.xLimits;
    const pen = straightPen(ctx, EXACT);
    ctx.beginPath();
    let x = this.xPixel(low), y = this.yPixel(lowEnd);
    const to = (nextX, nextY) => {
      pen.line(x, y, nextX, nextY);
      [x, y] = [nextX, nextY];
    };
    for (const i of inside) to(this.xPixel(beta[i]), this.yPixel(value[i]));
    to(this.xPixel(high), this.yPixel(highEnd));
    pen.lift();
    ctx.lineJoin = "miter";
    ctx.strokeStyle = this.style.foreground;
    ctx.lineWidth = CURVE * this.style.stroke;
    ctx.stroke();
  }

  /** The knots of a moment that are in sight, as marks. */
  knots(moment) {
    const [bottom, top] = this.yLimits;
    const near = (this.near * (this.xLimits[1] - this.xLimits[0])) / this.box.width;
    const inSight = knotsOf(this.run, moment, near).filter(({ value }) => value >= bottom && value <= top);
    return inSight.map(({ beta, value, jump, orientation, held, neurons }) => {
      const place = { x: this.xPixel(beta), y: this.yPixel(value) };
      return { ...place, jump, area: this.marks.area(jump), shape: acrossShape(orientation), held, neurons };
    });
  }

  /** Where one neuron is chosen: the side of its breakpoint on which it is active. */
  shadeActive(ctx, moment, chosen) {
    const { box, style } = this;
    for (const i of chosen.size === 1 ? chosen : []) {
      const x = this.xPixel(moment.beta[i]);
      ctx.fillStyle = style[moment.jump[i] >= 0 ? "rising" : "falling"];
      ctx.globalAlpha = 0.1;
      if (moment.orientation[i] > 0) ctx.fillRect(x, box.top, box.left + box.width - x, box.height);
      else if (moment.orientation[i] < 0) ctx.fillRect(box.left, box.top, x - box.left, box.height);
      ctx.globalAlpha = 1;
    }
  }

  outside({ beta, inside, order }) {
    const [low] = this.xLimits;
    const first = inside.length ? order.indexOf(inside[0]) : order.filter((i) => beta[i] <= low).length;
    return beyondWords({ "◂": first, "▸": order.length - first - inside.length });
  }

  /** The neurons whose knot is nearest to a point, and how far it is. */
  nearest(px, py) {
    let best = { distance: Infinity, neurons: [] };
    for (const { x, y, neurons } of this.shown) {
      const distance = Math.hypot(x - px, y - py);
      if (distance < best.distance) best = { distance, neurons };
    }
    return best;
  }

  /** Where a neuron is in this panel. */
  place(moment, i) {
    return [this.xPixel(moment.beta[i]), this.yPixel(moment.value[i])];
  }
}

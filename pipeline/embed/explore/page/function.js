// The data, the function, and its knots where they are: on the curve.

import { pointBeyond } from "./beyond.js";
import { line, ring } from "./canvas.js";
import { drawBoundary, drawSign, widened } from "./decision.js";
import { knotsOf } from "./knots.js";
import { spokenOf, writeCounts } from "./labels.js";
import { areaScale, DIAMOND, drawHalo, drawMarks } from "./marks.js";
import { Panel } from "./panel.js";
import { straightPen } from "./pen.js";
import { drawReferences, writeNames } from "./references.js";
import { drawRulings, lightUp } from "./rulings.js";

const CURVE = 1.9; // width of the function, in strokes
const EXACT = 0.03; // pixels that the curve may be off the spline
const NEAR = 0.35; // of the width of a full mark: how near those are whose marks would hide each other

export class FunctionPanel extends Panel {
  constructor(run) {
    super(run, { kind: "function", across: "input" });
    this.given = undefined; // a function that tells samples of another order, or newer, than the run's
    this.picked = -1; // of those, one that the keyboard moves
  }

  limitsOf(run) {
    return run.y.limits;
  }

  read(run) {
    super.read(run);
    this.heading = run.y.label || run.words.function.heading;
    this.unit = run.y.unit;
    this.spoken = run.spoken ??= spokenOf(run);
  }

  drawStill(ctx) {
    const { run, style } = this;
    drawRulings(this, ctx, this.box.top, this.height);
    this.marks = areaScale(run, style, Math.min(1, 60 / run.neurons));
    this.near = Math.max(NEAR * Math.sqrt(this.marks.largest), 1);
    this.hidden = (1.15 * CURVE * style.stroke) ** 2; // a bead no wider than the stroke would only break it
  }

  drawMoving(ctx, moment, chosen) {
    const { style, run } = this;
    this.shown = this.knots(moment);
    lightUp(this, ctx, moment, (x) => this.held(x)?.y ?? this.height, this.height);
    const lit = this.shown.filter((knot) => knot.neurons.some((i) => chosen.has(i)));
    const crowded = this.shown.reduce((sum, { area }) => sum + (area > this.hidden && Math.sqrt(area)), 0) > this.box.width;
    const curve = () => this.clipped(ctx, () => this.drawCurve(ctx, moment, this.xLimits));
    this.clipped(ctx, () => {
      this.shadeActive(ctx, moment, chosen);
      drawReferences(ctx, this, moment);
      drawBoundary(ctx, this, moment);
      if (this.ghost) this.drawGhost(ctx);
    });
    if (!crowded) curve();
    ctx.globalAlpha = chosen.size ? 0.3 : 1;
    drawMarks(ctx, run.look, style, this.shown.filter((knot) => (knot.held || knot.area > this.hidden) && !lit.includes(knot)));
    ctx.globalAlpha = 1;
    if (crowded) curve(); // marks would cover it
    for (const knot of lit) drawHalo(ctx, style, knot);
    drawMarks(ctx, run.look, style, lit.map((knot) => ({ ...knot, area: Math.max(knot.area, 2 * this.hidden) })));
    this.drawSamples(ctx, this.given?.() ?? run.samplesAt(moment.t));
    if (this.sketch) line(ctx, this.sketch, style.data, CURVE * style.stroke);
    pointBeyond(ctx, this, moment);
    const named = writeNames(ctx, this, moment);
    this.written = [...named, ...writeCounts(ctx, style, run.words.knots, this.told(moment), this.kept(), this.box, named)];
  }

  /** The knots whose number is told. */
  told(moment) {
    const held = [...this.run.holding(moment.nearest)].filter(([x, { count }]) => count > 1 && this.spoken.has(x));
    return held.map(([x, { count }]) => ({ ...this.held(x), count })).filter(({ neurons }) => neurons);
  }

  /** What words keep off. */
  kept() {
    const { x, y } = this.run.samples;
    return [...this.shown.map((knot) => [knot.x, knot.y]), ...x.map((_, n) => [this.xPixel(x[n]), this.yPixel(y[n])])];
  }

  /** What words about a neuron do not cover either, where they can: the curve, the samples, the numbers of knots. */
  aside({ inside, beta, value }) {
    const { x, y } = this.run.samples;
    const ends = this.written.flatMap(({ place: [across, down], half }) => [-1, 0, 1].map((k) => [across + k * half.x, down]));
    const knots = Array.from(inside, (i) => [this.xPixel(beta[i]), this.yPixel(value[i])]);
    return [...ends, ...knots, ...x.map((_, n) => [this.xPixel(x[n]), this.yPixel(y[n])])];
  }

  /** The knot that the sample at an input holds, where it is in sight. */
  held(x) {
    const place = this.xPixel(x);
    const near = this.shown.filter((knot) => knot.held && Math.abs(knot.x - place) < Math.max(this.near, 2));
    return near.sort((one, other) => Math.abs(one.x - place) - Math.abs(other.x - place))[0];
  }

  /** The samples as open circles over all else; many are small, in the ink of data. */
  drawSamples(ctx, { x, y }) {
    const { run, style } = this;
    const { few } = run.look;
    const radius = (few ? 2.6 : Math.max(0.8, 1.7 - 0.15 * Math.log2(x.length / 30))) * widened(run) * style.stroke;
    const [ink, width] = few ? [style.foreground, 1.1 * style.stroke] : [style.data, 0.6 * style.stroke];
    x.forEach((_, n) => {
      const place = [this.xPixel(x[n]), this.yPixel(y[n])];
      ring(ctx, ...place, radius, ink, width);
      drawSign(ctx, run, y[n], place, radius, ink, width);
    });
    if (!(this.picked in x)) return;
    const [px, py] = [this.xPixel(x[this.picked]), this.yPixel(y[this.picked])];
    ring(ctx, px, py, 2.5 * radius, style.foreground, 1.6 * style.stroke);
  }

  /** Another run's function, for comparison: faint and broken. */
  drawGhost(ctx) {
    const { style } = this;
    ctx.save();
    ctx.globalAlpha = 0.55;
    ctx.setLineDash([2.5 * style.stroke, 2.5 * style.stroke]);
    this.drawCurve(ctx, this.ghost.moment, this.ghost.run.x.limits);
    ctx.restore();
  }

  /** The spline itself: straight from knot to knot, and on to both limits. */
  drawCurve(ctx, { inside, beta, value, lowEnd, highEnd }, [low, high]) {
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
    return inSight.map(({ beta, value, jump, held, neurons }) => {
      const place = { x: this.xPixel(beta), y: this.yPixel(value) };
      const area = held ? Math.max(this.marks.area(jump), 2 * this.hidden) : this.marks.area(jump); // held ones are seen
      return { ...place, jump, area, shape: DIAMOND, held, neurons };
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

// Breakpoints fall through training time along their threads, into the samples that catch them.

import { areaScale, drawMarks, hue } from "./marks.js";
import { line, Panel, strokeDotted } from "./panel.js";
import { straightPen } from "./pen.js";
import { between } from "./time.js";

const STRAIGHT = 0.3; // pixels that a thread may be off the line it is drawn as
const TURNED = 1.5; // room for the turned name of the axis, in text sizes
const POINTS = 40; // of a thread that the tooltip keeps off

export class ThreadsPanel extends Panel {
  constructor(run) {
    super(run, { kind: "threads", across: "input", heading: "" });
  }

  limitsOf() {
    return [1, 0];
  }

  read(run) {
    super.read(run);
    this.strongest = new Float64Array(run.neurons);
    for (let at = 0; at < run.moments * run.neurons; at++) {
      const i = at % run.neurons;
      const inside = run.beta[at] >= run.x.limits[0] && run.beta[at] <= run.x.limits[1];
      if (inside) this.strongest[i] = Math.max(this.strongest[i], Math.abs(run.mu[at]));
    }
    const order = Array.from(this.strongest.keys()).sort((i, j) => this.strongest[j] - this.strongest[i]);
    const { crowd, followed } = run.look.threads;
    this.followed = run.neurons < crowd ? order : order.slice(0, followed);
    this.others = order.slice(this.followed.length);
  }

  yTicks() {
    return this.axis.ticks(Math.min(Math.max(Math.floor(this.height / (1.5 * this.style.text)), 2), 6));
  }

  gutter(style, axis) {
    Object.assign(this, { style, axis });
    return super.gutter(style) + TURNED * style.text;
  }

  /** The past reaches down to the present. */
  pastBox(moment) {
    return [this.width, this.yPixel(this.axis.position(moment.t))];
  }

  timeAt(x, y) {
    return this.axis.time(Math.min(Math.max((y - this.box.top) / this.box.height, 0), 1));
  }

  drawStill(ctx) {
    this.rows = Array.from(this.run.t, (t) => this.yPixel(this.axis.position(t)));
    this.nameTime(ctx);
    this.drawRulings(ctx, 0, this.box.top + this.box.height);
    const { box, style, axis, run } = this;
    for (const t of run.branches ?? []) {
      const y = this.yPixel(axis.position(t));
      line(ctx, [[box.left, y], [box.left + box.width, y]], style.data, style.stroke);
    }
    this.area = this.run.look.threads.head * areaScale(this.run, this.style).largest;
  }

  nameTime(ctx) {
    const { style, run, axis } = this;
    ctx.save();
    ctx.translate(0.1 * style.text, this.height / 2);
    ctx.rotate(Math.PI / 2);
    Object.assign(ctx, { fillStyle: style.foreground, textAlign: "center", textBaseline: "bottom" });
    const { plain, short, [axis.kind]: long } = run.words.time;
    const names = [long, plain, short].map((name) => `${name.replace(/<[^>]*>/g, "")} →`);
    ctx.fillText(names.find((name) => ctx.measureText(name).width < this.height) ?? "", 0, 0);
    ctx.restore();
  }

  /** Every thread, once: the many as a haze, then the strong ones, then what is held. */
  drawHistory(ctx) {
    const { run, style } = this;
    const { classes, widths, opacities } = run.look.threads;
    this.clipped(ctx, () => {
      ctx.lineWidth = widths[0] * style.stroke;
      ctx.globalAlpha = Math.max(opacities[0] / Math.sqrt(1 + this.others.length / 10), 0.02);
      for (const i of this.others) for (const { ink, path } of this.pieces(i, () => 0)) this.stroke(ctx, ink, path);
      const pieces = this.followed.flatMap((i) => this.pieces(i, (at) => (run.held[at] < 0 ? this.strength(at) : -1)));
      classes.forEach((_, k) => {
        [ctx.lineWidth, ctx.globalAlpha] = [widths[k] * style.stroke, opacities[k]];
        for (const { kind, ink, path } of pieces) if (kind === k) this.stroke(ctx, ink, path);
      });
      ctx.globalAlpha = 1;
      this.strokeHeld(ctx);
    });
  }

  /** The class of strength of a neuron at a moment. */
  strength(at) {
    const share = Math.abs(this.run.mu[at]) / this.run.reach;
    return this.run.look.threads.classes.findLastIndex((least) => share >= least);
  }

  stroke(ctx, ink, path) {
    ctx.strokeStyle = this.style[ink];
    ctx.stroke(path);
  }

  /** A neuron's way as paths {kind, ink, path}; kindAt: the kind at a place in run, −1 for none. */
  pieces(i, kindAt) {
    const { run } = this;
    const found = new Map();
    let now;
    this.walk(i, 0, run.moments - 1, (at, ...ends) => {
      const kind = kindAt(at), ink = hue(run.orientation[at] * run.mu[at]);
      const key = `${kind} ${ink}`;
      if (now?.key !== key) now?.pen.lift();
      if (kind < 0) return (now = undefined);
      if (!found.has(key)) {
        const path = new Path2D();
        found.set(key, { key, kind, ink, path, pen: this.fallingPen(path) });
      }
      return (now = found.get(key)).pen.line(...ends);
    }, () => now?.pen.lift());
    return [...found.values()];
  }

  /** A thick line at each sample while it holds, in the hue of what is bent there. */
  strokeHeld(ctx) {
    const { run, style, rows } = this;
    const width = run.look.threads.held * style.stroke;
    const begun = new Map(); // by place of a sample that holds: since when, and in which hue
    for (let k = 0; k < run.moments; k++) {
      const now = k < run.moments - 1 ? run.holding(k) : new Map();
      for (const [x, { from, ink }] of begun) {
        if (now.has(x) && hue(now.get(x).jump) === ink) continue;
        line(ctx, [[this.xPixel(x), rows[from]], [this.xPixel(x), rows[k]]], style[ink], width);
        begun.delete(x);
      }
      for (const [x, { jump }] of now) if (!begun.has(x)) begun.set(x, { from: k, ink: hue(jump) });
    }
  }

  /** A pen for lines that go down, as straight as they look. */
  fallingPen(path) {
    return straightPen({ moveTo: (y, x) => path.moveTo(x, y), lineTo: (y, x) => path.lineTo(x, y) }, STRAIGHT);
  }

  /** Add the way of a neuron from moment to moment to the path; wanted: by places in run. */
  trace(ctx, i, first, last, wanted = () => true) {
    const pen = this.fallingPen(ctx);
    this.walk(i, first, last, (at, ...ends) => (wanted(at) ? pen.line(...ends) : pen.lift()), () => pen.lift());
  }

  /** Call `step` with places in run and both ends of a neuron's way to the next moment, `stop` where it is out of sight. */
  walk(i, first, last, step, stop) {
    const { beta, orientation, neurons } = this.run;
    const { rows, xLimits: [low, high] } = this;
    for (let k = first; k < last; k++) {
      const here = k * neurons + i, next = here + neurons;
      const far = (beta[here] > high && beta[next] > high) || (beta[here] < low && beta[next] < low);
      if (far || orientation[here] !== orientation[next]) stop();
      else step(here, rows[k], this.xPixel(beta[here]), rows[k + 1], this.xPixel(beta[next]));
    }
    stop();
  }

  drawMoving(ctx, moment, chosen) {
    const { box, style } = this;
    const y = this.yPixel(this.axis.position(moment.t));
    this.lightUp(ctx, moment, 0, y);
    line(ctx, [[box.left, y], [box.left + box.width, y]], style.muted, style.stroke);
    this.clipped(ctx, () => chosen.forEach((i) => this.drawWay(ctx, moment, i)));
    const heads = chosen.size ? [...chosen] : this.followed;
    const marks = heads.filter((i) => moment.beta[i] >= this.xLimits[0] && moment.beta[i] <= this.xLimits[1]);
    drawMarks(ctx, this.run.look, style, marks.map((i) => this.head(moment, i, y, chosen.has(i))));
  }

  head(moment, i, y, lit) {
    const area = (lit ? 4 : 1) * this.area;
    return { x: this.xPixel(moment.beta[i]), y, area, shape: 0, jump: moment.jump[i], held: lit && moment.held[i] >= 0 };
  }

  /** The thread of a chosen neuron, thick where it is held, what is to come in dots. */
  drawWay(ctx, moment, i) {
    const { run, style } = this;
    const { frame } = moment;
    ctx.strokeStyle = style[hue(moment.jump[i])];
    for (const [held, width] of [[false, 1.5], [true, 3.2]]) {
      ctx.lineWidth = width * style.stroke;
      ctx.beginPath();
      this.trace(ctx, i, 0, frame, (at) => run.held[at] >= 0 === held);
      ctx.stroke();
    }
    ctx.beginPath();
    this.trace(ctx, i, frame, run.moments - 1);
    strokeDotted(ctx, 1.5 * style.stroke);
  }

  /** The neuron whose thread is nearest to the left or right of a point of time that has passed. */
  nearest(px, py, moment) {
    const { run } = this;
    const from = Math.round(between(run.t, Math.min(this.timeAt(px, py), moment.t))) * run.neurons;
    let best = { distance: Infinity, neurons: [] };
    for (let i = 0; i < run.neurons; i++) {
      const distance = Math.abs(this.xPixel(run.beta[from + i]) - px);
      if (distance < best.distance) best = { distance, neurons: [i] };
    }
    return best;
  }

  place(moment, i) {
    return [this.xPixel(moment.beta[i]), this.yPixel(this.axis.position(moment.t))];
  }

  /** Points of the thread so far. */
  spots(moment, i) {
    const { run } = this;
    const stride = Math.max(1, Math.ceil(moment.frame / POINTS));
    const way = [];
    for (let k = 0; k <= moment.frame; k += stride) way.push([this.xPixel(run.beta[k * run.neurons + i]), this.rows[k]]);
    return [...way, this.place(moment, i)];
  }
}

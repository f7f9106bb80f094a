// Every neuron in spline coordinates: slope jump sμ over breakpoint β, each with a trail of its recent past.

import { line, strokeDotted } from "./canvas.js";
import { acrossShape, areaScale, drawHalo, drawMarks, hue } from "./marks.js";
import { Panel } from "./panel.js";

const CORNERS = 6000; // of all trails together, at most: among many neurons each has fewer

export class PlanePanel extends Panel {
  constructor(run) {
    super(run, { kind: "plane", across: "input" });
  }

  read(run) {
    super.read(run);
    this.unit = run.slope.unit;
  }

  limitsOf(run) {
    return [-run.reach, run.reach];
  }

  drawStill(ctx) {
    const { box, style } = this;
    const zero = this.yPixel(0);
    line(ctx, [[box.left + style.stroke, zero], [box.left + box.width, zero]], style.rule, style.stroke);
    this.marks = areaScale(this.run, style);
  }

  drawMoving(ctx, moment, chosen) {
    const marks = [], lit = [];
    const beyond = { "◂": 0, "▸": 0, "▴": 0, "▾": 0 };
    for (let i = 0; i < this.run.neurons; i++) {
      const edge = this.edge(moment.beta[i], moment.jump[i]);
      if (edge) beyond[edge]++;
      else (chosen.has(i) ? lit : marks).push(this.mark(moment, i));
    }
    this.clipped(ctx, () => {
      ctx.globalAlpha = (chosen.size ? 0.3 : 1) * this.style.trail;
      this.drawTrails(ctx, moment);
      ctx.globalAlpha = 1;
      if (chosen.size <= 40) for (const i of chosen) this.drawWay(ctx, moment, i);
    });
    ctx.globalAlpha = chosen.size ? 0.3 : 1;
    drawMarks(ctx, this.run.look, this.style, marks);
    ctx.globalAlpha = 1;
    for (const mark of lit) drawHalo(ctx, this.style, mark);
    drawMarks(ctx, this.run.look, this.style, lit);
    this.showCounts(beyondWords(beyond));
  }

  /** The edge beyond which a neuron lies, if any. */
  edge(beta, jump) {
    const [low, high] = this.run.x.limits;
    if (beta < low) return "◂";
    if (beta > high) return "▸";
    return jump > this.run.reach ? "▴" : jump < -this.run.reach ? "▾" : "";
  }

  mark(moment, i) {
    const [x, y] = this.place(moment, i);
    const jump = moment.jump[i];
    const shape = acrossShape(moment.orientation[i]);
    return { x, y, jump, area: this.marks.area(jump), shape, held: moment.held[i] >= 0 };
  }

  place(moment, i) {
    return [this.xPixel(moment.beta[i]), this.yPixel(moment.jump[i])];
  }

  /** One path for all trails of a hue: crossings do not add up. */
  drawTrails(ctx, moment) {
    const { run, style } = this;
    const first = Math.max(0, moment.frame - run.trail);
    const stride = Math.max(1, Math.ceil((run.neurons * run.trail) / CORNERS));
    ctx.lineWidth = style.stroke;
    for (const name of ["falling", "rising"]) {
      ctx.beginPath();
      for (let i = 0; i < run.neurons; i++) {
        if (hue(moment.jump[i]) !== name || !this.moved(moment, i, first)) continue;
        this.trace(ctx, i, first, moment.frame, stride, moment);
      }
      ctx.strokeStyle = style[name];
      ctx.stroke();
    }
  }

  /** Whether a trail from moment `first` reaches out from under its mark. */
  moved(moment, i, first) {
    const { beta, mu, orientation, neurons } = this.run;
    const from = first * neurons + i, middle = ((first + moment.frame) >> 1) * neurons + i;
    const [x, y] = this.place(moment, i);
    const far = (k) => Math.abs(this.xPixel(beta[k]) - x) + Math.abs(this.yPixel(orientation[k] * mu[k]) - y) > 1;
    return far(from) || far(middle);
  }

  /** Add the way of a neuron from moment to moment to the path; a break where it leaves through infinity. */
  trace(ctx, i, first, last, stride, moment) {
    const { beta, mu, orientation, neurons } = this.run;
    let side = null;
    for (let k = first; k <= last; k += stride) {
      const at = k * neurons + i;
      const x = this.xPixel(beta[at]), y = this.yPixel(orientation[at] * mu[at]);
      if (orientation[at] === side) ctx.lineTo(x, y);
      else ctx.moveTo(x, y);
      side = orientation[at];
    }
    if (moment && side === moment.orientation[i]) ctx.lineTo(...this.place(moment, i));
  }

  /** The whole way of a chosen neuron, what is to come in dashes. */
  drawWay(ctx, moment, i) {
    const { run, style } = this;
    ctx.strokeStyle = style[hue(moment.jump[i])];
    ctx.lineWidth = 1.5 * style.stroke;
    ctx.beginPath();
    this.trace(ctx, i, 0, moment.frame, 1, moment);
    ctx.stroke();
    ctx.beginPath();
    ctx.moveTo(...this.place(moment, i));
    this.trace(ctx, i, Math.min(moment.frame + 1, run.moments - 1), run.moments - 1, 1);
    strokeDotted(ctx, style.stroke);
  }

  nearest(px, py, moment) {
    let best = { distance: Infinity, neurons: [] };
    for (let i = 0; i < this.run.neurons; i++) {
      const [x, y] = this.place(moment, i);
      const distance = Math.hypot(x - px, y - py);
      if (distance < best.distance) best = { distance, neurons: [i] };
    }
    return best;
  }
}

/** Words for numbers of things beyond edges: {"◂": 13, "▸": 0} is "◂ 13". */
function beyondWords(numbers) {
  return Object.entries(numbers)
    .filter(([, number]) => number > 0)
    .map(([edge, number]) => (edge === "▸" ? `${number}\u2009▸` : `${edge}\u2009${number}`))
    .join("\u2003");
}

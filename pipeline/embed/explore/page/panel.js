// What every panel is: a heading, axes with ticks, and three layers. `still` is drawn again only when size, colours or
// axis change; `history` likewise, and a moment shows it up to its time; `moving` is drawn for every moment.

import { hue } from "./marks.js";
import { logNumbers, logWords, numberWords, roundNumbers } from "./round.js";
import { inHtml } from "./words.js";

const TICK = 0.3, PAD = 0.25; // in text sizes

export class Panel {
  /**
   * kind: its name in the layout, in the run's words and its class in the style sheet; across: what its horizontal axis
   * is, "input" or "time"; heading, unit: of what the vertical axis measures, in HTML.
   * A subclass says in `limitsOf` from where to where the vertical axis goes in a run; it draws in `drawStill`, `drawHistory` (both optional) and `drawMoving`; `nearest` tells which neurons are at
   * a point and how far from it, `place` where a neuron is, `spots` what more of it is drawn, `aside` what else words
   * about it rather leave in sight, and `timeAt`, where there is time, the time at a point.
   */
  constructor(run, { kind, across, heading = run.words[kind].heading, unit = "" }) {
    Object.assign(this, { kind, across, heading, unit });
    this.read(run);
    this.element = document.createElement("section");
    this.element.className = `panel ${this.kind}`;
    this.element.innerHTML = `<header><h2>${this.heading}</h2><output aria-hidden="true"></output></header>
      <div class="plot" role="img" aria-label="${inHtml(run.words[kind].spoken)}"><canvas></canvas><canvas></canvas></div>
      <p class="axis" aria-hidden="true"></p>`;
    this.axisName = this.element.querySelector(".axis");
    this.counts = this.element.querySelector("output");
    this.plot = this.element.querySelector(".plot");
    [this.still, this.moving] = [...this.plot.children].map((canvas) => canvas.getContext("2d"));
    this.past = newPast();
  }

  /** Show this run from now on; a subclass may prepare more for it. */
  read(run) {
    this.run = run;
    this.yLimits = this.limitsOf(run);
  }

  get logarithmic() {
    return false;
  }

  /** Place of an input, of a time's share, and of what the vertical axis measures, in pixels. */
  xPixel(x) {
    const [low, high] = this.xLimits;
    return this.box.left + ((x - low) / (high - low)) * this.box.width;
  }

  yPixel(y) {
    const [low, high] = this.yLimits;
    const share = this.logarithmic
      ? Math.log(Math.max(y, 1e-300) / low) / Math.log(high / low)
      : (y - low) / (high - low);
    return this.box.top + (1 - share) * this.box.height;
  }

  /** The input or the share of time at a pixel. */
  xAt(pixel) {
    const [low, high] = this.xLimits;
    return low + ((pixel - this.box.left) / this.box.width) * (high - low);
  }

  /** What a vertical axis measures at a pixel, where it is not logarithmic. */
  yAt(pixel) {
    const [low, high] = this.yLimits;
    return high - ((pixel - this.box.top) / this.box.height) * (high - low);
  }

  get xLimits() {
    return this.across === "time" ? [0, 1] : this.run.x.limits;
  }

  /** Ticks of the vertical axis as [number, words]; also sets the power of ten in the heading. */
  yTicks(style) {
    const most = Math.min(Math.max(Math.floor(this.height / (1.5 * style.text)), 3), 6);
    const [low, high] = this.yLimits;
    if (this.logarithmic) {
      const numbers = logNumbers(low, high, Math.min(most, 4));
      return numbers.map((number, k) => [number, logWords(numbers)[k]]);
    }
    const numbers = roundNumbers(low, high, most);
    const { words, power } = numberWords(numbers);
    this.showUnit(power);
    return numbers.map((number, k) => [number, words[k]]);
  }

  showUnit(power) {
    const unit = `${power} ${this.unit}`.trim();
    const heading = unit ? `${this.heading} (${unit})` : this.heading;
    if (this.headed === heading) return;
    this.headed = heading;
    this.element.querySelector("h2").innerHTML = heading;
  }

  timeAt(x) {
    return this.across === "time" ? this.axis.time(Math.min(Math.max(this.xAt(x), 0), 1)) : undefined;
  }

  spots(moment, i) {
    return this.place ? [this.place(moment, i)] : [];
  }

  aside() {
    return [];
  }

  /** Take the size that the page has given the plot: asked for once, since to ask makes the page lay itself out. */
  measure() {
    [this.width, this.height] = [this.plot.clientWidth, this.plot.clientHeight];
  }

  /** Width of the words beside the vertical axis. */
  gutter(style) {
    this.style = style;
    const ctx = this.still;
    ctx.font = `${style.text}px ${style.font}`;
    const widths = this.yTicks(style).map(([, words]) => ctx.measureText(words).width);
    return Math.ceil(Math.max(0, ...widths) + (TICK + 2 * PAD) * style.text);
  }

  /** Fit layers to the element and draw what stands still; labelled: whether the ticks below are named. */
  settle(style, axis, gutter, labelled) {
    this.style = style;
    this.axis = axis;
    const { width, height } = this;
    const top = 0.55 * style.text, right = 0.9 * style.text;
    const bottom = (labelled ? TICK + PAD + 1.1 : 0.55) * style.text;
    const room = { width: Math.max(width - gutter - right, 1), height: Math.max(height - top - bottom, 1) };
    this.labelled = labelled;
    this.box = { left: gutter, top, ...room };
    for (const ctx of [this.still, this.moving]) fit(ctx, width, height);
    this.drawGround();
    this.drawStill?.(this.still);
    if (this.drawHistory) this.renewHistory();
  }

  /** Draw the run's history; of a run that stays, as those of a sweep do, once for a size and style, and keep it. */
  renewHistory() {
    const { run, kind, width, height, style, axis, box, labelled } = this;
    const made = [style, axis.kind, width, height, box.left, labelled];
    const kept = run.drawn?.[kind];
    if (kept) this.past = kept.past;
    if (kept && made.every((each, k) => each === kept.made[k])) return;
    if (run.drawn && !kept) this.past = newPast();
    if (run.drawn) run.drawn[kind] = { past: this.past, made };
    fit(this.past, width, height);
    this.drawHistory(this.past);
  }

  drawGround() {
    const { still: ctx, style, box } = this;
    ctx.lineWidth = style.stroke;
    ctx.strokeStyle = ctx.fillStyle = style.muted;
    const base = box.top + box.height;
    ctx.beginPath();
    ctx.moveTo(box.left, box.top);
    ctx.lineTo(box.left, base);
    if (this.labelled) ctx.lineTo(box.left + box.width, base);
    ctx.textAlign = "right";
    ctx.textBaseline = "middle";
    for (const [number, words] of this.yTicks(style)) this.tickBeside(ctx, this.yPixel(number), words);
    ctx.textAlign = "center";
    ctx.textBaseline = "top";
    if (this.labelled) for (const [x, words] of this.xTicks()) this.tickBelow(ctx, this.xPixel(x), words);
    ctx.stroke();
  }

  tickBeside(ctx, y, words) {
    const { box, style } = this;
    ctx.moveTo(box.left - TICK * style.text, y);
    ctx.lineTo(box.left, y);
    ctx.fillText(words, box.left - (TICK + PAD) * style.text, y + 0.06 * style.text);
  }

  tickBelow(ctx, x, words) {
    const { box, style } = this;
    const base = box.top + box.height;
    ctx.moveTo(x, base);
    ctx.lineTo(x, base + TICK * style.text);
    const half = 0.5 * ctx.measureText(words).width;
    ctx.fillText(words, Math.min(x, this.width - half), base + (TICK + PAD) * style.text);
  }

  xTicks() {
    const most = Math.max(2, Math.floor(this.box.width / (3.6 * this.style.text)));
    if (this.across === "time") return this.axis.ticks(most);
    const numbers = roundNumbers(...this.run.x.limits, Math.min(most, 6));
    const { words } = numberWords(numbers);
    return numbers.map((number, k) => [number, words[k]]);
  }

  /** Draw a moment; chosen: a Set of neurons that light up; ghost: {run, moment} of another run beside it. */
  show(moment, chosen, ghost) {
    const { moving: ctx } = this;
    this.ghost = ghost;
    ctx.clearRect(0, 0, this.width, this.height);
    if (this.drawHistory) this.copyPast(moment, chosen.size > 0);
    this.drawMoving(ctx, moment, chosen);
  }

  /** The history up to a moment; faint where something else lights up. */
  copyPast(moment, faint) {
    const { moving: ctx, past } = this;
    const ratio = past.ratio;
    const [width, height] = this.pastBox(moment).map((length) => length * ratio);
    if (width < 1 || height < 1) return;
    ctx.globalAlpha = faint ? 0.3 : 1;
    ctx.drawImage(past.canvas, 0, 0, width, height, 0, 0, width / ratio, height / ratio);
    ctx.globalAlpha = 1;
  }

  /** How far to the right and down the past reaches. */
  pastBox(moment) {
    return [this.xPixel(this.axis.position(moment.t)), this.height];
  }

  /** Samples as rulings from a height to another; many are a rug at the lower end, where the panels meet. */
  drawRulings(ctx, top, foot) {
    const { run, box, style } = this;
    const places = [...new Set(run.samples.x)];
    const { few } = run.look;
    const width = Math.min((run.look.filled * box.width) / places.length, style.stroke); // where samples crowd, no slab
    for (const x of places) {
      const from = few ? top : foot - run.look.rugTick * style.text;
      line(ctx, [[this.xPixel(x), from], [this.xPixel(x), foot]], few ? style.rule : style.data, width);
    }
  }

  /** The rulings of samples that hold, in the hue of what they bend. */
  lightUp(ctx, moment, top, foot) {
    const { look, largestJump, holding } = this.run;
    for (const [x, { jump }] of holding(moment.nearest)) {
      if (Math.abs(jump) < look.visible * largestJump) continue; // a bend that nobody sees
      const from = typeof top === "function" ? top(x) : top;
      line(ctx, [[this.xPixel(x), from], [this.xPixel(x), foot]], this.style[hue(jump)], look.lit * this.style.stroke);
    }
  }

  /** Draw with what lies outside the axes cut off. */
  clipped(ctx, draw) {
    const { left, top, width, height } = this.box;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top - 1, width, height + 2);
    ctx.clip();
    draw();
    ctx.restore();
  }

  /** How many breakpoints lie beyond edges, as words like "◂ 13". */
  showCounts(words) {
    if (this.counts.textContent !== words) this.counts.textContent = words;
  }
}

const newPast = () => document.createElement("canvas").getContext("2d");

/** A canvas of a size in CSS pixels, empty, as sharp as the screen. */
function fit(ctx, width, height) {
  const ratio = devicePixelRatio || 1;
  const sides = [width, height].map((side) => Math.round(side * ratio));
  if (ctx.fitted === [...sides, ratio].join()) {
    ctx.clearRect(0, 0, width, height);
    return;
  }
  [ctx.canvas.width, ctx.canvas.height] = sides;
  ctx.fitted = [...sides, ratio].join();
  ctx.ratio = ratio;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.lineJoin = "bevel"; // among many short pieces round corners only take time
  const root = getComputedStyle(document.documentElement);
  ctx.font = `${root.fontSize} ${root.fontFamily}`;
}

/** A line through points. */
export function line(ctx, points, colour, width) {
  ctx.beginPath();
  for (const [x, y] of points) ctx.lineTo(x, y);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke();
}

/** Stroke the path in dots of a width, as what is still to come is. */
export function strokeDotted(ctx, width) {
  ctx.lineWidth = width;
  ctx.lineCap = "round";
  ctx.setLineDash([0, 2.6 * width]);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.lineCap = "butt";
}

/** An open circle. */
export function ring(ctx, x, y, radius, colour, width) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke();
}

/** A filled dot. */
export function dot(ctx, x, y, radius, colour) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fillStyle = colour;
  ctx.fill();
}

/** Words for numbers of things beyond edges: {"◂": 13, "▸": 0} is "◂ 13". */
export function beyondWords(numbers) {
  return Object.entries(numbers)
    .filter(([, number]) => number > 0)
    .map(([edge, number]) => (edge === "▸" ? `${number}\u2009▸` : `${edge}\u2009${number}`))
    .join("\u2003");
}

// What is shown: the state of the page, and the loop that draws it when something has changed.

import { firstPanels, makePanels, place, renew, settle } from "./layout.js";
import { newMoment, setMoment } from "./moment.js";
import { currentStyle } from "./style.js";
import { timeAxis } from "./time.js";

export const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 4];

export class View {
  /** listeners: functions called with the view after every drawing. */
  constructor(run, stage) {
    this.run = run;
    this.stage = stage;
    this.panels = makePanels(run);
    this.moment = newMoment(run);
    this.listeners = [];
    this.drawings = 0;
    this.state = {
      t: run.time.start, // training time
      playing: false,
      speed: 1, // 1 is the video's
      kind: run.time.kind, // of the axis of time
      kinds: new Set(firstPanels()), // of panels
      theme: document.documentElement.dataset.theme ?? "", // light, dark, or what the system prefers
      chosen: new Set(), // neurons that light up
      pinned: false, // whether they stay so when the pointer leaves
      source: "", // kind of the panel they were chosen in
    };
    this.laidOut = false;
    new ResizeObserver(() => this.change({}, true)).observe(stage);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.change({}, true));
  }

  /** Show another run of the same kind, at time t; the state stays, but for neurons that are no longer there. */
  show(run, t = this.state.t) {
    if (run.neurons !== this.run.neurons) this.moment = newMoment(run);
    this.run = run;
    this.timeAxis = undefined;
    this.renewed = true;
    const chosen = this.state.chosen.size ? new Set([...this.state.chosen].filter((i) => i < run.neurons)) : this.state.chosen;
    this.change({ t: Math.min(Math.max(t, run.time.start), run.time.end), chosen });
  }

  /** Change the state, and draw it with the next frame; layout: whether what stands still changes, too. */
  change(changes, layout = "kind" in changes || "kinds" in changes || "theme" in changes) {
    Object.assign(this.state, changes);
    if (layout) this.laidOut = false;
    if (!this.waiting) this.waiting = requestAnimationFrame((now) => this.frame(now));
  }

  frame(now) {
    this.waiting = 0;
    if (this.state.playing) this.advance(now);
    else this.last = undefined;
    if (this.renewed) this.renew();
    if (!this.laidOut) this.layOut();
    this.draw();
    if (this.state.playing) this.change({});
  }

  advance(now) {
    const { state, run } = this;
    const passed = this.last === undefined ? 0 : Math.min(now - this.last, 250) / 1000;
    this.last = now;
    const place = this.axis.position(state.t) + (passed * state.speed) / run.seconds;
    state.t = this.axis.time(place);
    if (place >= 1) state.playing = false;
  }

  get axis() {
    const { kind } = this.state;
    if (this.timeAxis?.kind !== kind) this.timeAxis = timeAxis(kind, this.run.time, this.run.t);
    return this.timeAxis;
  }

  /** Show the present run in the panels. */
  renew() {
    this.renewed = false;
    for (const panel of Object.values(this.panels)) panel.read(this.run);
    if (this.laidOut) this.laidOut = renew(this.shown, this.style, this.axis);
  }

  layOut() {
    const { theme, kinds } = this.state;
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    this.style = currentStyle();
    this.shown = place(this.stage, this.panels, kinds);
    settle(this.shown, this.style, this.axis);
    this.laidOut = true;
  }

  /** The run that stays for comparison, and its moment at the present time. */
  ghostMoment() {
    const { ghost: run } = this;
    if (!run) return undefined;
    if (this.ghostly?.run !== run) this.ghostly = { run, moment: newMoment(run) };
    setMoment(run, this.ghostly.moment, Math.min(this.state.t, run.time.end));
    return this.ghostly;
  }

  draw() {
    setMoment(this.run, this.moment, this.state.t);
    const ghost = this.ghostMoment();
    for (const panel of this.shown) panel.show(this.moment, this.state.chosen, ghost);
    this.drawings++;
    for (const listener of this.listeners) listener(this);
  }
}

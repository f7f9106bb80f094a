// What a chosen neuron is, in numbers, beside its mark.

import { figures } from "./round.js";

const GAP = 14; // pixels between a mark and its words
const EDGE = 6; // and between these and the edge of the page

/** Show the words of what is chosen with every drawing. */
export function connectTooltip(view) {
  const element = document.querySelector(".tooltip");
  view.listeners.push(() => show(view, element));
}

function show(view, element) {
  const { chosen, source } = view.state;
  element.hidden = chosen.size === 0;
  if (!chosen.size) return;
  element.innerHTML = chosen.size === 1 ? words(view, [...chosen][0]) : severalWords(view, [...chosen]);
  const first = (wanted) => view.shown.find(wanted);
  const panel = first(({ kind }) => kind === source) ?? first(({ across }) => across === "input") ?? view.shown[0];
  put(element, panel, panel.place?.(view.moment, [...chosen][0]));
}

function put(element, panel, place) {
  const corner = panel.plot.getBoundingClientRect();
  const { left, top, width, height } = panel.box;
  const [px, py] = place ?? [left + width, top];
  const x = corner.left + Math.min(Math.max(px, left), left + width);
  const y = corner.top + Math.min(Math.max(py, top), top + height);
  const across = beside(x, element.offsetWidth, innerWidth), down = beside(y, element.offsetHeight, innerHeight);
  element.style.transform = `translate(${across}px, ${down}px)`;
}

/** Where something of a length begins that stands after a place, or before it where there is no room. */
function beside(place, length, room) {
  return place + GAP + length < room - EDGE ? place + GAP : Math.max(place - GAP - length, EDGE);
}

function words(view, i) {
  const { moment, run } = view;
  const s = moment.orientation[i];
  const side = s > 0 ? "+1, active to the right" : s < 0 ? "−1, active to the left" : "0";
  const rows = [
    ["β", breakpointWords(run, moment.beta[i])],
    ["μ", withUnit(figures(moment.mu[i], 4), run.slope.unit)],
    ["s", side],
    ["δ", invariantWords(view, i)],
  ];
  return `<b>neuron ${i + 1}</b>${table(rows)}${heldWords(view, i)}`;
}

function severalWords(view, neurons) {
  const { moment, run } = view;
  const bend = neurons.reduce((sum, i) => sum + moment.jump[i], 0);
  const rows = [
    ["β", breakpointWords(run, moment.beta[neurons[0]])],
    ["Σ<i>sμ</i>", withUnit(figures(bend, 4), run.slope.unit)],
  ];
  return `<b>${neurons.length} neurons at one place</b>${table(rows)}${heldWords(view, neurons[0])}`;
}

function table(rows) {
  return `<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join("")}</dl>`;
}

function breakpointWords(run, beta) {
  const [low, high] = run.x.limits;
  const width = high - low;
  if (beta < low - 0.999 * width || beta > high + 0.999 * width) return "far outside";
  const decimals = Math.max(0, 3 - Math.floor(Math.log10(width)));
  return withUnit(beta.toFixed(Math.min(decimals, 20)).replace("-", "−"), run.x.unit);
}

/** δ = v² − w² − b², which gradient flow conserves; as fine as it is known. */
function invariantWords({ run, moment }, i) {
  const delta = run.delta[moment.nearest * run.neurons + i];
  return Math.abs(delta) < run.steps.delta ? "0" : figures(delta, 3);
}

function heldWords({ run, moment }, i) {
  const sample = moment.held[i];
  if (sample < 0) return "";
  return `<p>held by sample ${sample + 1}, <i>x</i> = ${withUnit(figures(run.samples.x[sample], 4), run.x.unit)}</p>`;
}

function withUnit(words, unit) {
  return unit ? `${words}\u2009${unit}` : words;
}

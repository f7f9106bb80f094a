// What a chosen neuron is, in numbers, beside its mark.

import { figures } from "./round.js";
import { inHtml, said } from "./words.js";

const GAP = 18; // pixels between a mark and its words
const EDGE = 6; // and between these and the edge of the page
const MOST = 12; // chosen neurons that are minded
const MARK = 100; // what a mark counts, in points of a thread
const LIGHT = 0.01; // what else that is better not covered counts
const FAR = 1e4; // pixels that words would rather go than cover a point
const GRID = Array.from({ length: 13 }, (_, k) => k / 12); // places on the page, as shares of its room

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
  const panel = view.shown.find(({ kind }) => kind === source) ?? view.shown[0];
  put(element, anchor(view, panel), view.shown.flatMap((each) => spots(view, each)));
}

/** Where the words belong: at the first chosen neuron's mark, as near as the panel shows it. */
function anchor({ moment, state }, panel) {
  const { box } = panel;
  const [x, y] = panel.place?.(moment, [...state.chosen][0]) ?? [box.left, box.top];
  const inside = [clamped(x, box.left, box.left + box.width), clamped(y, box.top, box.top + box.height)];
  return onPage(panel, inside);
}

/** What is drawn in a panel, as {x, y, weight} on the page: marks of chosen neurons count most, then their threads. */
function spots({ moment, state }, panel) {
  const { left, top, width, height } = panel.box;
  const inSight = ([x, y]) => x >= left && x <= left + width && y >= top && y <= top + height;
  const found = [...state.chosen].slice(0, MOST).flatMap((i) => {
    const all = panel.spots(moment, i);
    return all.map((spot, k) => ({ spot, weight: k === all.length - 1 ? MARK : 1 }));
  });
  found.push(...panel.aside(moment).map((spot) => ({ spot, weight: LIGHT })));
  return found.filter(({ spot }) => inSight(spot)).map(({ spot, weight }) => {
    const [x, y] = onPage(panel, spot);
    return { x, y, weight };
  });
}

function onPage(panel, [x, y]) {
  const corner = panel.plot.getBoundingClientRect();
  return [corner.left + x, corner.top + y];
}

const clamped = (number, low, high) => Math.max(low, Math.min(number, high));

/** Set the words down where they cover least of what they speak of, and of such places at the nearest. */
function put(element, [x, y], kept) {
  const { offsetWidth: width, offsetHeight: height } = element;
  const room = [innerWidth - width - EDGE, innerHeight - height - EDGE];
  const cost = ([left, top]) => {
    const covers = (spot) =>
      spot.x > left - GAP && spot.x < left + width + GAP && spot.y > top - GAP && spot.y < top + height + GAP;
    const away = Math.hypot(left + width / 2 - x, top + height / 2 - y);
    return kept.reduce((sum, spot) => sum + (covers(spot) ? spot.weight : 0), 0) * FAR + away;
  };
  const beside = [GAP, -GAP - width, -width / 2].flatMap((dx) => [GAP, -GAP - height, -height / 2].map((dy) => [x + dx, y + dy]));
  const anywhere = GRID.flatMap((across) => GRID.map((down) => [across * room[0], down * room[1]]));
  const places = [...beside, ...anywhere].map((place) => place.map((at, k) => clamped(at, EDGE, room[k])));
  const best = places.map((place) => ({ place, cost: cost(place) })).reduce((one, other) => (other.cost < one.cost ? other : one));
  element.style.transform = `translate(${best.place.map((at) => `${at}px`).join()})`;
}

function words(view, i) {
  const { moment, run } = view;
  const s = moment.orientation[i];
  const side = s > 0 ? `+1, ${said(run, "right")}` : s < 0 ? `−1, ${said(run, "left")}` : "0";
  const rows = [
    ["β", breakpointWords(run, moment.beta[i])],
    ["μ", withUnit(figures(moment.mu[i], 4), run.slope.unit)],
    ["s", inHtml(side)],
    ["δ", invariantWords(view, i)],
  ];
  return `<b>${inHtml(said(run, "neuron", { neuron: i + 1 }))}</b>${table(rows)}${heldWords(view, i)}`;
}

function severalWords(view, neurons) {
  const { moment, run } = view;
  const bend = neurons.reduce((sum, i) => sum + moment.jump[i], 0);
  const rows = [
    ["β", breakpointWords(run, moment.beta[neurons[0]])],
    ["Σ<i>sμ</i>", withUnit(figures(bend, 4), run.slope.unit)],
  ];
  return `<b>${inHtml(said(run, "neurons", { count: neurons.length }))}</b>${table(rows)}${heldWords(view, neurons[0])}`;
}

function table(rows) {
  return `<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join("")}</dl>`;
}

function breakpointWords(run, beta) {
  const [low, high] = run.x.limits;
  const width = high - low;
  if (beta < low - 0.999 * width || beta > high + 0.999 * width) return inHtml(said(run, "outside"));
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
  return `<p>${inHtml(said(run, "held", { sample: sample + 1 }))}, <i>x</i> = ${withUnit(figures(run.samplesAt(run.t[moment.nearest]).x[sample], 4), run.x.unit)}</p>`;
}

function withUnit(words, unit) {
  return unit ? `${words}\u2009${unit}` : words;
}

// The state of a laboratory as parts of an address, and back; what is said wrongly stays as it is.

import { CHOICES, NUMBERS, numberOf } from "./settings.js";

const FIGURES = 12; // of a number in an address
const short = (number) => String(Number(number.toPrecision(FIGURES)));
const listed = (values) => values.map(short).join(",");

/** Parts of an address, such as "scale=0.5"; start: the state of which nothing has to be said. */
export function addressOf(state, start) {
  const parts = {};
  for (const { name } of NUMBERS) parts[name] = short(state[name]);
  for (const { name } of CHOICES) parts[name] = state[name];
  Object.assign(parts, { data: state.data, x: listed(state.x), y: listed(state.y) });
  parts.moved = state.moved.map(listed).join(";");
  parts.past = state.past.map(({ until, weight_decay, train, x, y }) => [listed([until, weight_decay]), train, listed(x), listed(y)].join(":")).join(";");
  const usual = start && Object.fromEntries(addressOf(start).map((part) => part.split(/=(.*)/, 2)));
  const said = Object.entries(parts).filter(([name, value]) => !usual || value !== usual[name]);
  return said.map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%2C/g, ",").replace(/%3A/g, ":").replace(/%3B/g, ";")}`);
}

/** The state that an address says; sets: by name the data sets of the page; start: what holds where nothing is said. */
export function stateFrom(said, sets, start) {
  const next = { ...start };
  for (const setting of NUMBERS) {
    try {
      if (said.has(setting.name)) next[setting.name] = numberOf(setting, said.get(setting.name));
    } catch {
      // a link written by hand
    }
  }
  for (const { name, values } of CHOICES) if (values.includes(said.get(name))) next[name] = said.get(name);
  if (said.has("data") && said.get("data") in sets) {
    const { x, y } = sets[said.get("data")];
    Object.assign(next, { data: said.get("data"), x, y });
  }
  const [x, y] = ["x", "y"].map((name) => (said.has(name) ? numbersIn(said.get(name)) : next[name]));
  if (areSamples(x, y)) Object.assign(next, { x, y });
  if (said.has("moved")) next.moved = places(said.get("moved"));
  if (said.has("past")) next.past = legs(said.get("past"));
  return next;
}

const numbersIn = (text) => (text ?? "").split(",").filter(Boolean).map(Number);

const areSamples = (x, y) => x.length > 1 && x.length === y.length && [...x, ...y].every(Number.isFinite);

function places(text) {
  const all = text.split(";").filter(Boolean).map(numbersIn);
  return all.filter((place) => place.length === 3 && place.every(Number.isFinite) && Number.isInteger(place[0]) && place[0] >= 0);
}

function legs(text) {
  const all = text.split(";").filter(Boolean).map((part) => {
    const [numbers, train, x, y] = part.split(":");
    const [until, weight_decay] = numbersIn(numbers);
    return { until, weight_decay, train, x: numbersIn(x), y: numbersIn(y) };
  });
  const { values } = CHOICES.find(({ name }) => name === "train");
  return all.filter(({ until, weight_decay, train, x, y }, k) => {
    return until > (all[k - 1]?.until ?? 0) && weight_decay >= 0 && values.includes(train) && areSamples(x, y);
  });
}

// Begin: the first run of a sweep, sliders over all of them, and the others unpacked meanwhile.

import { ACTIONS } from "./actions.js";
import { Runs } from "./chosen.js";
import { connect } from "./controls.js";
import { makeKeys } from "./swept.js";
import { connectLink } from "./link.js";
import { connectPointer } from "./pointer.js";
import { readings } from "./readings.js";
import { connectTooltip } from "./tooltip.js";
import { View } from "./view.js";

const one = (selector) => document.querySelector(selector);
const stage = one("#stage");
if (!("DecompressionStream" in window)) stage.textContent = stage.dataset.old;
const json = (id) => JSON.parse(document.getElementById(id).textContent);
const facts = json("facts"), { sliders, places, own, words, note } = json("runs");
const texts = [...document.querySelectorAll(".numbers")].map((element) => () => element.textContent);
const runs = new Runs(facts, own, texts);

const sizes = sliders.map(({ values }) => values.length);
const indexOf = (place) => place.reduce((index, number, k) => index * sizes[k] + number, 0);
const placeOf = (index) => sizes.map((size, k) => Math.floor(index / sizes.slice(k + 1).reduce((a, b) => a * b, 1)) % size);
const first = placeOf(places.findIndex((found) => typeof found === "number"));
let place = first, view;

const keys = makeKeys(one(".settings"), sliders, choose);

/** Show the run at a place, as soon as it is unpacked; where there is none say why, over the run before, faint. */
async function choose(next) {
  place = next;
  keys.show(place);
  const found = places[indexOf(place)];
  const run = typeof found === "number" && (runs.kept[found] ?? (await runs.run(found)));
  if (place !== next) return; // a newer wish
  tell(run ? "" : `${spoken(place)}: ${found}`);
  if (!run) return;
  if (!view) begin(run);
  else if (view.run !== run) view.show(run);
}

/** Values of all keys in words. */
function spoken(at) {
  return sliders.map(({ name, values }, k) => `${name} ${values[at[k]]}`).join(" · ");
}

function tell(sentence) {
  one(".complaint").textContent = sentence;
  one(".complaint").hidden = !sentence;
  stage.classList.toggle("absent", Boolean(sentence));
}

const KEYS = [
  { keys: ["n", "N", "p", "P"], shown: "N P", does: "value", act: (_, { key }) => keys.step(key.toLowerCase() === "n" ? 1 : -1) },
  { keys: ["s", "S"], shown: "S", does: "key", act: () => keys.focusNext() },
  ...ACTIONS,
];

function begin(run) {
  view = new View(run, stage);
  view.address = { write, read };
  view.state.t = run.time.end;
  connect(view, KEYS);
  connectPointer(view);
  connectTooltip(view);
  connectLink(view);
  view.listeners.push(() => (one(".subtitle").textContent = view.run.subtitle));
  view.change({}, true);
  const near = (number) => Math.abs(number - own.indexOf(own[places[indexOf(place)]]));
  runs.all(own.map((_, number) => number).sort((a, b) => near(a) - near(b)));
}

/** The place as parts of an address, a key and its value each; none where nothing was chosen. */
function write() {
  return place === first ? [] : sliders.map(({ key, values }, k) => `${encodeURIComponent(key)}=${encodeURIComponent(values[place[k]])}`);
}

/** Go where an address says, a promise; a key that it does not name, or with a value that is not there, stays. */
function read(said) {
  const next = sliders.map(({ key, values }, k) => (values.includes(said.get(key)) ? values.indexOf(said.get(key)) : place[k]));
  return next.some((number, k) => number !== place[k]) ? choose(next) : undefined;
}

if (note) one(".settings").insertAdjacentHTML("beforeend", "<p class=\"note\"></p>");
if (note) one(".note").textContent = note;
await choose(first);

/** For those who script the page: beside what is drawn, the place, by value of every key, and what goes there. */
window.explore = Object.freeze(readings(view));
window.sweep = Object.freeze({
  get place() {
    return Object.fromEntries(sliders.map(({ key, values }, k) => [key, values[place[k]]]));
  },
  get run() {
    return places[indexOf(place)];
  },
  get kept() {
    return runs.kept.filter(Boolean).length;
  },
  choose: (values) => choose(sliders.map((slider, k) => Math.max(0, slider.values.indexOf(String(values[slider.key] ?? slider.values[place[k]]))))),
});

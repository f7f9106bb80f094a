// The settings of a laboratory: numbers, each a slider and a field; choices; and buttons.

import { isDrawn } from "./draw.js";
import { CHOICES, NUMBERS, numberOf } from "./settings.js";
import { filled, inHtml } from "./words.js";

const STEPS = 400; // of a slider that does not count every number

/** Put settings into a form, numbers and choices each into their place, and keep them at the laboratory's state. */
export function connectForm(form, laboratory) {
  const { lab } = laboratory;
  const wanted = ({ ofDraw }) => !ofDraw || isDrawn(lab.init);
  const sets = Object.entries(lab.sets).map(([name, { title }]) => [name, title]);
  const choices = CHOICES.filter(wanted).map(({ name, values }) => choice(laboratory, name, values.map((value) => [value, lab.words[value]])));
  const numbers = NUMBERS.filter(wanted).map((setting) => number(laboratory, setting));
  const rows = [...numbers, data(laboratory, sets), ...choices];
  for (const row of rows) form.querySelector(numbers.includes(row) ? ".numbers" : ".choices").append(row.element);
  const show = ({ state }) => rows.forEach((row) => row.show(state));
  laboratory.listeners.push(show);
  show(laboratory);
}

function row(laboratory, name, html) {
  const element = document.createElement("label");
  element.innerHTML = `<span>${inHtml(laboratory.lab.words[name])}</span>${html}`;
  return element;
}

function number(laboratory, setting) {
  const { name } = setting;
  const element = row(laboratory, name, `<input class="field" inputmode="decimal" autocomplete="off"><input type="range" min="0" max="1" step="${stepOf(setting)}">`);
  const [field, slider] = element.querySelectorAll("input");
  field.setAttribute("aria-label", laboratory.lab.words[name]);
  slider.oninput = () => {
    laboratory.begin();
    laboratory.change({ [name]: numberAt(setting, Number(slider.value)) });
  };
  slider.onchange = () => laboratory.end();
  field.onchange = () => {
    try {
      laboratory.step({ [name]: numberOf(setting, field.value) });
    } catch (error) {
      laboratory.tell(error);
    }
  };
  const show = (state) => {
    if (element.shown === state[name]) return;
    element.shown = state[name];
    if (document.activeElement !== slider) slider.value = placeOf(setting, state[name]);
    slider.setAttribute("aria-valuetext", state[name]);
    if (document.activeElement !== field) field.value = state[name];
  };
  field.onblur = () => (field.value = laboratory.state[name]);
  return { element, show };
}

function choice(laboratory, name, options) {
  const all = options.map(([value, words]) => `<option value="${inHtml(value)}">${inHtml(words)}</option>`);
  const element = row(laboratory, name, `<select>${all.join("")}</select>`);
  const select = element.querySelector("select");
  select.onchange = () => laboratory.step({ [name]: select.value });
  return { element, show: (state) => (select.value = state[name]) };
}

/** The choice of data sets: with one come its samples. */
function data(laboratory, sets) {
  const made = choice(laboratory, "data", sets);
  const select = made.element.querySelector("select");
  select.onchange = () => {
    const name = select.value, { x, y } = laboratory.lab.sets[name];
    laboratory.pick(-1);
    laboratory.step({ data: name, x, y, moved: [], past: [] });
  };
  return made;
}

/** A step of the slider, in its length. */
const stepOf = ({ ends: [low, high], log, whole }) => 1 / (whole && !log ? high - low : STEPS);

function numberAt({ ends: [low, high], log, whole }, place) {
  const value = log ? low * (high / low) ** place : low + place * (high - low);
  return whole ? Math.round(value) : Number(value.toPrecision(3));
}

function placeOf({ ends: [low, high], log }, value) {
  const place = log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.min(Math.max(place, 0), 1);
}

/** The sentence of a Complaint in the page's words. */
export function sentence(words, { sentence: name, values, message }) {
  return name in words ? filled(words[name], values) : message;
}

// The settings of a laboratory, each a slider and a field.

import { isDrawn } from "./draw.js";
import { numberOf, SETTINGS } from "./wish.js";
import { inHtml } from "./words.js";

const STEPS = 400; // of a slider that does not count whole numbers

/** Put them into a form; change: called with {name: number}; complain: with a sentence. Returns what shows a state. */
export function makeSliders(form, lab, words, change, complain) {
  const settings = SETTINGS.filter(({ ofDraw }) => !ofDraw || isDrawn(lab.init));
  const rows = settings.map((setting) => {
    const row = document.createElement("label");
    row.innerHTML = `<span>${inHtml(words[setting.name])}</span><input type="range" min="0" max="1" step="${1 / STEPS}"><input class="field" inputmode="decimal" autocomplete="off">`;
    const [slider, field] = row.querySelectorAll("input");
    field.setAttribute("aria-label", words[setting.name]);
    slider.oninput = () => change({ [setting.name]: numberAt(setting, Number(slider.value)) });
    field.onchange = () => {
      try {
        change({ [setting.name]: numberOf(setting, field.value) });
      } catch (error) {
        complain(error.message);
      }
    };
    form.append(row);
    return { setting, slider, field };
  });
  return (state) => {
    for (const { setting, slider, field } of rows) {
      const number = state[setting.name];
      if (document.activeElement !== slider) slider.value = placeOf(setting, number);
      slider.setAttribute("aria-valuetext", number);
      if (document.activeElement !== field) field.value = number;
    }
  };
}

function numberAt({ ends: [low, high], log, whole }, place) {
  const number = log ? low * (high / low) ** place : low + place * (high - low);
  return whole ? Math.round(number) : Number(number.toPrecision(3));
}

function placeOf({ ends: [low, high], log }, number) {
  const place = log ? Math.log(number / low) / Math.log(high / low) : (number - low) / (high - low);
  return Math.min(Math.max(place, 0), 1);
}

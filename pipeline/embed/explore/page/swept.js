// The swept keys: a slider for one of numbers, buttons for choices.

import { inHtml } from "./words.js";

const FEW = 6; // choices that have a button each

/**
 * Put sliders, each {key, name, values, counts}, into a form; choose: called with the number of a value for every key.
 *
 * Returns {show, step}: the first brings the form to a place, the other goes so many values on in the key used last.
 */
export function makeKeys(form, sliders, choose) {
  let place = sliders.map(() => 0), last = 0;
  const set = (k, number) => {
    last = k;
    choose(place.with(k, Math.min(Math.max(number, 0), sliders[k].values.length - 1)));
  };
  const rows = sliders.map((slider, k) => (slider.counts ? range(slider, (n) => set(k, n)) : choices(slider, `key-${k}`, (n) => set(k, n))));
  rows.forEach(({ element }) => form.append(element));
  return {
    show(next) {
      place = next;
      rows.forEach((row, k) => row.show(place[k]));
    },
    step: (by) => set(last, place[last] + by),
    /** Put the focus on the key after the one that has it. */
    focusNext() {
      const at = rows.findIndex(({ element }) => element.contains(document.activeElement));
      last = (at + 1) % rows.length;
      rows[last].focus();
    },
  };
}

/** A slider whose places are values, one as far from the next as any. */
function range({ name, values }, set) {
  const element = document.createElement("label");
  const ticks = values.map(() => "<i></i>").join("");
  element.innerHTML = `<span>${inHtml(name)}</span><span class="track"><span class="ticks" aria-hidden="true">${ticks}</span>
    <input type="range" min="0" max="${values.length - 1}" step="1"></span><output aria-hidden="true"></output>`;
  const input = element.querySelector("input"), output = element.querySelector("output");
  output.style.minWidth = `${Math.max(...values.map((words) => words.length)) + 1}ch`;
  input.oninput = () => set(Number(input.value));
  return {
    element,
    focus: () => input.focus(),
    show(number) {
      input.value = number;
      input.style.setProperty("--share", values.length > 1 ? number / (values.length - 1) : 0);
      input.setAttribute("aria-valuetext", values[number]);
      output.textContent = values[number];
    },
  };
}

/** Buttons of which one is pressed, or where they are many a list. */
function choices({ name, values }, group, set) {
  return values.length <= FEW ? buttons(name, values, group, set) : list(name, values, set);
}

function buttons(name, values, group, set) {
  const element = document.createElement("fieldset");
  const each = values.map((words, n) => `<label><input type="radio" name="${group}" value="${n}">${inHtml(words)}</label>`);
  element.innerHTML = `<legend>${inHtml(name)}</legend>${each.join("")}`;
  const inputs = [...element.querySelectorAll("input")];
  element.onchange = ({ target }) => set(Number(target.value));
  return { element, focus: () => inputs.find(({ checked }) => checked).focus(), show: (number) => (inputs[number].checked = true) };
}

function list(name, values, set) {
  const element = document.createElement("label");
  const options = values.map((words, n) => `<option value="${n}">${inHtml(words)}</option>`);
  element.innerHTML = `<span>${inHtml(name)}</span><select>${options.join("")}</select>`;
  const select = element.querySelector("select");
  select.onchange = () => set(Number(select.value));
  return { element, focus: () => select.focus(), show: (number) => (select.value = number) };
}

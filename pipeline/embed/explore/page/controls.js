// The bar, the clock, the keyboard and the help.

import { ACTIONS, axisKinds, changeSpeed, goToStop, nextAxis, seek, togglePanel, togglePlay, toggleTheme } from "./actions.js";
import { PANELS } from "./layout.js";
import { figures } from "./round.js";
import { currentStop, wordsIn } from "./stops.js";
import { clock } from "./time.js";
import { SPEEDS } from "./view.js";
import { inHtml, said } from "./words.js";

const POINTER = ["point", "drag"]; // names of what a pointer does among the page's words
const MOVING = /^(Arrow|Home|End|Page)/; // names of keys that move a slider
const one = (selector) => document.querySelector(selector);

/** Connect everything that has a key or a button; actions: the page's keys, as of ACTIONS; pointer: as of POINTER. */
export function connect(view, actions = ACTIONS, pointer = POINTER) {
  document.addEventListener("keydown", (event) => obey(view, actions, event));
  one(".play").onclick = () => togglePlay(view);
  one(".speed").onclick = () => nextSpeed(view);
  one(".axis-kind").onclick = () => nextAxis(view);
  one(".theme").onclick = () => toggleTheme(view);
  one(".help").onclick = () => one(".about").showModal();
  one(".scrub").oninput = ({ target }) => seek(view, view.axis.time(Number(target.value)));
  connectStops(view);
  connectPanels(view);
  explain(view.run, actions, pointer);
  reserveClock(view);
  view.listeners.push(showState);
}

/** A faster one, and after the fastest the slowest. */
function nextSpeed(view) {
  if (view.state.speed === SPEEDS.at(-1)) view.change({ speed: SPEEDS[0] });
  else changeSpeed(view, 1);
}

function obey(view, actions, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]")) return;
  if (isOwnKey(event)) return;
  const action = actions.find(({ keys, when }) => keys.includes(event.key) && (!when || when(view)));
  if (!action || (event.key === " " && event.target.tagName === "BUTTON")) return; // a button has its own space
  event.preventDefault();
  action.act(view, event);
}

/** Whether what has the focus among the settings takes a key itself: a field all, a slider those that move it. */
function isOwnKey({ target, key }) {
  if (!target.closest?.(".settings label")) return false;
  return !["range", "radio"].includes(target.type) || MOVING.test(key);
}

function connectStops(view) {
  one(".next").onclick = () => goToStop(view, 1);
  one(".next").hidden = !view.run.stops.length && !view.run.events;
  one(".words").hidden = !view.run.stops.length || view.run.events;
  if (view.run.events) return; // too short-lived to keep room for
  const show = wordsIn(one(".words"), view.run);
  view.listeners.push(() => show(currentStop(view)));
}

function connectPanels(view) {
  PANELS.forEach(({ kind }, k) => {
    const { short, name: words } = view.run.words[kind];
    const button = document.createElement("button");
    Object.assign(button, { innerHTML: short, title: `${words} (${k + 1})`, onclick: () => togglePanel(view, kind) });
    button.setAttribute("aria-label", words);
    button.dataset.kind = kind;
    one(".panels").append(button);
  });
}

function explain(run, actions, pointer) {
  const pointed = pointer.map((name) => [said(run, name), `${name}_does`]);
  const pressed = actions.filter(({ does }) => does).map(({ shown, does }) => [shown || said(run, "space"), `${does}_does`]);
  const rows = [...pointed, ...pressed].map(([shown, name]) => `<dt>${inHtml(shown)}</dt><dd>${inHtml(said(run, name))}</dd>`);
  one(".keys").innerHTML = rows.join("");
  for (const list of document.querySelectorAll(".key")) list.innerHTML = run.key;
}

/** Room for the longest time, so that nothing moves when it grows. */
function reserveClock({ run }) {
  const longest = Math.max(...[run.time.first, run.time.end].map((t) => clock(t, run.time.first).length));
  one(".clock").style.minWidth = `${longest + 3}ch`;
}

/** Bring bar and clock to the view's state. */
function showState(view) {
  const { state, run, moment } = view;
  showTime(view);
  const time = clock(state.t, run.time.first);
  if (!state.playing) say([currentStop(view)?.words, said(run, "now", { time, loss: figures(moment.loss, 3) })]);
  if (view.shownState === key(state)) return;
  view.shownState = key(state);
  document.body.classList.toggle("playing", state.playing);
  one(".play").setAttribute("aria-label", said(run, state.playing ? "pause" : "play"));
  one(".speed").textContent = `${state.speed}×`;
  one(".axis-kind").innerHTML = run.words.axes[state.kind];
  one(".axis-kind").setAttribute("aria-label", paceWords(run, state.kind));
  for (const button of one(".panels").children) {
    button.setAttribute("aria-pressed", state.kinds.has(button.dataset.kind));
  }
}

/** Bring the clock and the slider to the present time. */
function showTime({ state, run, axis }) {
  const share = axis.position(state.t), time = clock(state.t, run.time.first);
  const scrub = one(".scrub");
  if (showTime.shown === `${time} ${share}`) return; // to write what stands there would make the page lay itself out
  showTime.shown = `${time} ${share}`;
  one(".clock span").textContent = time;
  scrub.value = share;
  scrub.style.setProperty("--share", share);
}

/** How the axis of time runs, and how it may. */
function paceWords(run, kind) {
  const { axes } = run.words;
  return said(run, "pace_of", { pace: axes[kind], paces: axisKinds(run).map((each) => axes[each]).join(", ") });
}

/** Tell those who hear the page, once it rests, parts of which some may be missing. */
function say(parts) {
  const words = parts.filter(Boolean).join("; ");
  one(".scrub").setAttribute("aria-valuetext", words);
  clearTimeout(say.timer);
  say.timer = setTimeout(() => {
    const tooltip = one(".tooltip");
    one("#said").textContent = tooltip.hidden ? words : `${words}; ${tooltip.innerText}`;
  }, 500);
}

/** All that the bar shows and that does not change with every frame. */
function key({ playing, speed, kind, kinds }) {
  return [playing, speed, kind, ...kinds].join();
}

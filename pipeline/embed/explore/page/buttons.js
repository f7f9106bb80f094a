// The buttons of a laboratory, and the sheet of paper on which columns and commands stand.

import { columnsOf } from "./settings.js";

const one = (selector) => document.querySelector(selector);

export function connectButtons(laboratory) {
  const does = {
    samples: () => showSheet(laboratory),
    curve: () => laboratory.sketch(!laboratory.sketching),
    branch: () => laboratory.branch() || laboratory.tell({ sentence: "no_branch", values: {} }),
    unbranch: () => laboratory.unbranch(),
    ghost: () => laboratory.toggleGhost(),
    undo: () => laboratory.undo(),
    reset: () => laboratory.step({ ...laboratory.lab.state }),
    command: () => copyExperiment(laboratory, laboratory.command),
    yaml: () => copyExperiment(laboratory, laboratory.yaml),
  };
  for (const [name, act] of Object.entries(does)) one(`.commands .${name}`).onclick = act;
  laboratory.listeners.push(showButtons);
  showButtons(laboratory);
  one(".sheet .use").onclick = () => useSheet(laboratory);
  document.addEventListener("paste", (event) => {
    if (event.target.matches?.("input, textarea")) return;
    take(laboratory, event.clipboardData.getData("text"));
  });
}

function showButtons({ sketching, ghosted, state, past }) {
  one(".commands .curve").setAttribute("aria-pressed", sketching);
  one(".commands .ghost").setAttribute("aria-pressed", ghosted);
  one(".commands .unbranch").hidden = !state.past.length;
  one(".commands .undo").disabled = !past.length;
}

/** Copied samples of a branch are standardised as the run's first were, which no config says: in the network's units. */
function copyExperiment(laboratory, text) {
  const { state, lab } = laboratory;
  if (state.past.length && lab.sets[state.data].standardize) laboratory.tell({ sentence: "own_units", values: {} });
  return copy(laboratory, text);
}

/** To the clipboard, or where there is none onto the sheet, to be copied by hand. */
async function copy(laboratory, text) {
  try {
    await navigator.clipboard.writeText(text);
    one("#said").textContent = laboratory.lab.words.copied;
    one(".copied").hidden = false;
    setTimeout(() => (one(".copied").hidden = true), 1500);
  } catch {
    open(text, false);
  }
}

/** The samples as two columns, to be changed or replaced. */
function showSheet({ samples: { x, y } }) {
  open(x.map((each, n) => `${each}\t${y[n]}`).join("\n"), true);
}

function open(text, usable) {
  one(".sheet textarea").value = text;
  one(".sheet .use").hidden = !usable;
  one(".sheet").showModal();
  one(".sheet textarea").select();
}

function useSheet(laboratory) {
  if (take(laboratory, one(".sheet textarea").value)) one(".sheet").close();
}

/** Samples of a text of two columns. Whether they are any. */
function take(laboratory, text) {
  try {
    return laboratory.step({ ...columnsOf(text), past: [] });
  } catch (error) {
    laboratory.tell(error);
    one(".sheet .problem").textContent = one(".complaint").textContent;
    return false;
  }
}

// The page: what stands over the runs, the tools that choose among them, and the keyboard.

let runs = []; // as they are shown
let asTable = !drawn;

function introduce() {
  const count = (state) => DATA.runs.filter((run) => run.state === state).length;
  const few = ["failed", "missing"].filter(count).map((state) => `${count(state)} ${say(state)}`);
  $("counts").append([say("counted", { count: DATA.runs.length }), ...few].join(", "));
  if (DATA.about) $("counts").append(". ", DATA.about);
  if (DATA.command) $("counts").append(" · ", element("code", { textContent: DATA.command }));
  if (DATA.montage) {
    Object.assign($("montage").firstElementChild, { src: DATA.montage.video, poster: DATA.montage.poster });
    $("montage").hidden = false;
  }
  const [light, dark] = $("plots").querySelectorAll("img");
  if (DATA.plots) Object.assign(light, { src: DATA.plots.light }), Object.assign(dark, { src: DATA.plots.dark });
  else light.remove(), dark.remove();
  for (const [name, href] of Object.entries(DATA.files)) $("files").append(element("a", { href, textContent: name }));
  $("plots").hidden = !DATA.plots && !$("files").childElementCount;
  const shape = DATA.runs.find((run) => run.shape)?.shape;
  if (shape) document.documentElement.style.setProperty("--shape", shape);
  $("poster").hidden = !drawn;
}

// A row of buttons where values are few, else the least and the most of numbers.
function filterOf(column) {
  const values = distinct(column);
  if (values.length < 2) return null;
  const name = element("span", { textContent: column.title });
  if (values.length <= FEW) return element("div", { className: "filter" }, name, chips(column, values));
  if (!values.every(isNumber)) return null; // the search finds words
  return element("div", { className: "filter" }, name, bound(column, 0, say("from")), bound(column, 1, say("to")));
}

function chips(column, values) {
  const chosen = new Set();
  asked.chosen.set(column, chosen);
  const all = values.map((value) => {
    const run = DATA.runs.find((one) => column.of(one) === value);
    const chip = element("button", { type: "button", textContent: told(column, run) });
    chip.setAttribute("aria-pressed", "false");
    chip.addEventListener("click", () => {
      if (!chosen.delete(value)) chosen.add(value);
      chip.setAttribute("aria-pressed", String(chosen.has(value)));
      show();
    });
    return chip;
  });
  const group = element("div", { className: "chips" }, ...all);
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", column.title);
  return group;
}

function bound(column, side, word) {
  if (!asked.range.has(column)) asked.range.set(column, [null, null]);
  const input = element("input", { type: "number", step: "any" });
  input.addEventListener("input", () => {
    asked.range.get(column)[side] = input.value === "" ? null : Number(input.value);
    show();
  });
  return element("label", {}, `${word} `, input);
}

function show() {
  runs = selected();
  $("shown").textContent = runs.length === DATA.runs.length ? "" : say("shown", { shown: runs.length, all: DATA.runs.length });
  $("sort").value = asked.sort;
  $("direction").textContent = say(asked.descending ? "descending" : "ascending");
  $("direction").setAttribute("aria-pressed", String(asked.descending));
  $("view").textContent = say(asTable ? "cards" : "table");
  $("cards").hidden = asTable;
  $("table").hidden = !asTable;
  (asTable ? layTable : layCards)(runs);
}

function sortBy(name, descending) {
  Object.assign(asked, { sort: name, descending });
  show();
}

function reset() {
  for (const values of asked.chosen.values()) values.clear();
  for (const range of asked.range.values()) range.fill(null);
  asked.words = "";
  $("tools").reset();
  for (const chip of document.querySelectorAll(".chips button")) chip.setAttribute("aria-pressed", "false");
  show();
}

function move(run) {
  const shown = asTable ? run.row : run.card;
  for (const other of runs) (asTable ? other.row : other.card).tabIndex = other === run ? 0 : -1;
  shown.focus();
  shown.scrollIntoView({ block: "nearest" });
}

// How many cards stand in a row.
function across() {
  return asTable ? 1 : getComputedStyle($("cards")).gridTemplateColumns.split(" ").length;
}

const STEPS = { ArrowRight: () => 1, ArrowLeft: () => -1, ArrowDown: () => across(), ArrowUp: () => -across() };

function onRun(event, run) {
  if (event.key in STEPS) {
    const next = runs[runs.indexOf(run) + STEPS[event.key]()];
    if (next) move(next);
  } else if (event.key === "Home") move(runs[0]);
  else if (event.key === "End") move(runs[runs.length - 1]);
  else if (event.key === "Enter") open(run);
  else if (event.key === " " && run.card && !asTable) {
    if (run.card.querySelector("video, .moving")) stop(run.card);
    else play(run.card);
  } else return false;
  return true;
}

const SHORTCUTS = {
  "/": () => $("search").focus(),
  v: () => $("view").click(),
  r: () => $("direction").click(),
  p: () => $("poster").click(),
  t: () => $("theme").click(),
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if ($("large").open) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || event.target.tagName === "VIDEO") return;
    go(step);
  } else if (event.target.closest("input, select, textarea, video")) {
    if (event.key !== "Escape") return;
    event.target.blur();
  } else {
    const run = event.target.run;
    if (!(run && onRun(event, run))) {
      if (!SHORTCUTS[event.key]) return;
      SHORTCUTS[event.key]();
    }
  }
  event.preventDefault();
}

// The system's choice, until the user makes another.
function light(theme) {
  document.documentElement.dataset.theme = theme;
  $("theme").textContent = say(theme === "dark" ? "light" : "dark");
}

function remembered(theme) {
  try {
    if (theme) localStorage.setItem("theme", theme);
    return localStorage.getItem("theme");
  } catch {
    return null; // a browser may keep nothing for pages from files
  }
}

const systemDark = matchMedia("(prefers-color-scheme: dark)");
const system = () => (systemDark.matches ? "dark" : "light");
light(remembered() || system());
systemDark.addEventListener("change", () => remembered() || light(system()));
$("theme").addEventListener("click", () => {
  light(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
  remembered(document.documentElement.dataset.theme);
});

introduce();
for (const column of COLUMNS) {
  $("sort").append(element("option", { value: column.name, textContent: column.title }));
  const chosen = DATA.claims ? column.name === "verdict" : column.key !== undefined || column.name === "state";
  const filter = chosen ? filterOf(column) : null;
  if (filter) $("filters").append(filter);
}
$("tools").addEventListener("submit", (event) => event.preventDefault());
$("search").addEventListener("input", () => {
  asked.words = plain($("search").value.trim());
  show();
});
$("sort").addEventListener("change", () => sortBy($("sort").value, asked.descending));
$("direction").addEventListener("click", () => sortBy(asked.sort, !asked.descending));
$("view").addEventListener("click", () => {
  asTable = !asTable;
  show();
});
$("poster").addEventListener("click", () => {
  turnPosters();
  $("poster").textContent = say(showsLast ? "first_frames" : "last_frames");
});
$("everything").addEventListener("click", reset);
followLarge();
document.addEventListener("keydown", onKey);
show();

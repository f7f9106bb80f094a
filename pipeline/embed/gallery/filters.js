// Which runs are shown, and in what order: no element of the page is touched here.

const FEW = 12; // values of a key that get a button each

const say = (name, values) => module_words.filled(DATA.say[name], values ?? {});

const COLUMNS = [
  { name: "order", title: say("order"), of: (run) => run.order, hidden: true },
  ...DATA.keys.map((key, k) => ({ name: key.key, title: key.name, of: (run) => run.values[k], key: k })),
  { name: "state", title: say("state"), of: (run) => run.state, hidden: DATA.claims },
  { name: "seconds", title: say("seconds"), of: (run) => run.seconds, hidden: DATA.claims },
  ...DATA.measures.map((one, k) => ({ name: one.name, title: one.title, of: (run) => run.numbers[k] })),
];

// What a column says of a run.
function told(column, run) {
  if (column.key !== undefined) return run.words[column.key];
  return column.name === "state" ? say(run.state) : figures(column.of(run));
}

// Words as they are looked for: `scale = 3` and `scale=3` are one.
const plain = (words) => words.toLowerCase().replace(/\s*=\s*/g, "=");

DATA.runs.forEach((run, order) => {
  run.order = order;
  const values = DATA.keys.map(({ key }, k) => `${key}=${run.words[k]} ${key.split(".").pop()}=${run.words[k]}`);
  run.text = plain(` ${run.label} ${values.join(" ")} ${say(run.state)} ${run.message} ${run.folder || ""} ${run.also || ""}`);
});

const isPicture = (file) => /\.(gif|webp|png)$/.test(file); // it moves, but a browser plays it as no video
const isNumber = (value) => typeof value === "number";

// Values in order: numbers before words, nothing at the end whatever the direction.
function compare(a, b, sign) {
  if (a === null || a === undefined || a === "") return b === null || b === undefined || b === "" ? 0 : 1;
  if (b === null || b === undefined || b === "") return -1;
  if (isNumber(a) && isNumber(b)) return sign * (a - b);
  return sign * String(a).localeCompare(String(b), "en", { numeric: true });
}

// The distinct values of a column, in order.
function distinct(column) {
  return [...new Set(DATA.runs.map(column.of))].sort((a, b) => compare(a, b, 1));
}

// What the user asked for: values chosen a column (a Set), least and most a column, words, order.
const asked = { chosen: new Map(), range: new Map(), words: "", sort: "order", descending: false };

function admits(run) {
  for (const [column, values] of asked.chosen) if (values.size && !values.has(column.of(run))) return false;
  for (const [column, [least, most]] of asked.range) {
    const value = column.of(run);
    if ((least !== null || most !== null) && !isNumber(value)) return false;
    if ((least !== null && value < least) || (most !== null && value > most)) return false;
  }
  return asked.words.split(/\s+/).every((word) => run.text.includes(` ${word}`)); // the start of one of its words
}

function selected() {
  const column = COLUMNS.find((one) => one.name === asked.sort);
  const sign = asked.descending ? -1 : 1;
  return DATA.runs.filter(admits).sort((a, b) => compare(column.of(a), column.of(b), sign) || a.order - b.order);
}

// A number in as few figures as tell it.
function figures(value) {
  if (value === null || value === undefined) return "";
  if (!isNumber(value)) return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  return module_round.figures(value, 4);
}

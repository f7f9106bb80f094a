// What one can set in a laboratory beside its samples, and how a text says it.

import { fail } from "./complaint.js";

/** Numbers. low, high: allowed; ends: of the slider; log, whole: how it counts; ofDraw: only where weights are drawn. */
export const NUMBERS = [
  { name: "width", low: 1, high: 1000, ends: [1, 300], log: true, whole: true, ofDraw: true },
  { name: "scale", low: 1e-6, high: 1e6, ends: [0.01, 10], log: true },
  { name: "layer_ratio", low: 1e-6, high: 1e6, ends: [0.1, 10], log: true },
  { name: "seed", low: 0, high: 2 ** 32 - 1, ends: [0, 50], whole: true, ofDraw: true },
  { name: "weight_decay", low: 0, high: 1e6, ends: [0, 0.5] },
  { name: "end_time", low: 1e-9, high: 1e12, ends: [1, 1e5], log: true },
];

/** Choices: what there is, beside the data sets that a page has. */
export const CHOICES = [
  { name: "scaling", values: ["he", "glorot", "lecun", "pytorch", "ntk", "mean_field"], ofDraw: true },
  { name: "train", values: ["all", "hidden", "output"] },
  { name: "start", values: ["random", "antisymmetric", "balanced", "balanced_antisymmetric"], ofDraw: true },
];

/** The number that a text says for a setting; throws a Complaint. */
export function numberOf({ name, low, high, whole }, text) {
  const kind = whole ? "whole" : "number";
  if (!text.trim()) fail(`empty_${kind}`, { name, low, high });
  const number = Number(text);
  if (!Number.isFinite(number) || (whole && !Number.isInteger(number))) fail(`no_${kind}`, { name, text: text.slice(0, 30) });
  if (number < low || number > high) fail(`beyond_${kind}`, { name, text, low, high });
  return number;
}

/** Two columns of numbers as {x, y}; throws a Complaint. */
export function columnsOf(text) {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  const rows = lines.map((line) => line.split(/[\s,;]+/));
  if (rows.length > 1 && rows[0].every((cell) => Number.isNaN(Number(cell)))) rows.shift(); // names of the columns
  if (!rows.length) fail("no_rows");
  rows.forEach((row, n) => {
    if (row.length !== 2) fail("cells", { row: n + 1, cells: row.length });
    const bad = row.find((cell) => !cell || !Number.isFinite(Number(cell)));
    if (bad !== undefined) fail("bad_cell", { row: n + 1, cell: bad.slice(0, 30) });
  });
  return { x: rows.map(([x]) => Number(x)), y: rows.map(([, y]) => Number(y)) };
}

// The worker of a page: solves one wish after another, and answers each by its number.

import { newSolver } from "./solver.js";

let solver;

onmessage = async ({ data: { number, wish, bytes, layout } }) => {
  if (bytes) solver = newSolver(bytes, layout);
  if (number === undefined) return;
  try {
    postMessage({ number, solution: (await solver)(wish) });
  } catch (error) {
    postMessage({ number, complaint: error.message });
  }
};

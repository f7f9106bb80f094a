// The worker of a page: solves one wish after another, and answers each by its number.

import { shownLegs } from "./legs.js";
import { newSolver } from "./solver.js";

let solver;

onmessage = async ({ data: { number, wish, module } }) => {
  if (module) solver = newSolver(module.bytes, module.layout);
  if (number === undefined) return;
  try {
    const solve = await solver;
    const solution = wish.legs ? shownLegs(solve, wish) : solve(wish);
    const buffers = Object.values(solution).filter(ArrayBuffer.isView).map(({ buffer }) => buffer);
    postMessage({ number, solution }, buffers);
  } catch (error) {
    const { sentence = "fault", values = { fault: error.message } } = error;
    postMessage({ number, complaint: { name: sentence, values } });
  }
};

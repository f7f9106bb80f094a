// What a solution comes to, in numbers: settings, loss, Σ|μ| and how many knots samples hold.

import { figures } from "./round.js";
import { filled } from "./words.js";

/** A line about a run at a moment; words: of the laboratory; state: its settings. */
export function readout(words, state, { run, moment }) {
  const { mu, samples } = run;
  const total = moment.mu.reduce((sum, each) => sum + Math.abs(each), 0);
  const held = moment.held.reduce((count, each) => count + (each >= 0), 0);
  const numbers = { neurons: mu.length / run.moments, samples: samples.x.length, seed: state.seed, held };
  const shown = { scale: figures(state.scale, 3), loss: figures(moment.loss, 3), bend: figures(total, 3) };
  return filled(words.readout, { ...numbers, ...shown });
}

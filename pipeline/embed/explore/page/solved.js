// A run as panels show it, from what the solver found; its axes stay as long as they serve, so that nothing jumps.

import { figures } from "./round.js";
import { holding } from "./run.js";
import { firstTime } from "./wish.js";
import { said } from "./words.js";

const ROOM = { x: 0.085, y: 0.15 }; // beyond the samples, as shares of their range
const SPARE = 0.45; // of an axis: less than this in use, and it is made anew
const HEAD = 1.15; // over the largest jump, on an axis that is made anew
const FINEST = 1e-9; // of δ: what is told from 0
const EVENTS = 24; // of a run that are stops
const DECADES = 8; // of the loss, at most

/** The limits of inputs for samples; before: those that are shown. */
export function inputLimits(x, before) {
  return kept(before, widened(x, ROOM.x));
}

/**
 * Facts of a page with the numbers of a solution.
 *
 * legs: {x, y, train} of each, samples in the user's units, by x; branches: when all but the first leg begin; before: limits of the run
 * that is shown.
 */
export function solvedRun(facts, solution, limits, legs, branches, before) {
  const { moments, t } = solution;
  const samples = legs.at(-1);
  const run = { ...facts, ...solution, samples, branches, events: true, curves: [], grid: [], steps: { delta: FINEST } };
  const end = t[moments - 1];
  run.x = { ...facts.x, limits };
  run.time = { ...facts.time, start: 0, first: firstTime(facts.time, end), end };
  run.y = { ...facts.y, limits: kept(before?.y?.limits, widened(legs.flatMap(({ y }) => y), ROOM.y)) };
  run.fps = moments / facts.seconds;
  run.trail = Math.round((facts.trail * moments) / facts.moments);
  const legAt = (time) => legs[branches.filter((begun) => begun <= time).length];
  run.samplesAt = legAt;
  run.trainAt = (time) => legAt(time).train;
  const held = new Map();
  run.holding = (k) => held.get(k) ?? held.set(k, holding(run, k)).get(k);
  run.stops = eventsOf(run);
  const largest = largestInside(run) || 1;
  run.reach = height(before?.reach, largest);
  run.largestJump = height(before?.largestJump, largest);
  run.lossLimits = lossLimits(before?.lossLimits, solution.loss);
  run.slope = { ...facts.slope, limits: slopeLimits(before?.slope?.limits, run) };
  return run;
}

/** When samples catch knots and let go of the last, as stops {t, words}: those that bend most, in order. */
function eventsOf(run) {
  const found = [];
  let before = run.holding(0);
  for (let k = 1; k < run.moments; k++) {
    const now = run.holding(k);
    for (const [places, others, words] of [[now, before, "catches"], [before, now, "lets_go"]]) {
      for (const [x, { jump }] of places) if (!others.has(x)) found.push({ t: run.t[k], x, words, weight: Math.abs(jump) });
    }
    before = now;
  }
  found.sort((one, other) => other.weight - one.weight);
  const told = found.slice(0, EVENTS).sort((one, other) => one.t - other.t);
  return told.map(({ t, x, words }) => ({ t, words: said(run, words, { x: figures(x, 3) }) }));
}

/** From the least to the largest number, and a share of that on either side. */
function widened(values, share) {
  const low = Math.min(...values), high = Math.max(...values);
  const room = share * (high - low) || 0.5;
  return [low - room, high + room];
}

/** Limits as they were, where what is wanted fits in and is not lost there. */
function kept(before, [low, high]) {
  if (!before) return [low, high];
  const serves = high - low >= SPARE * (before[1] - before[0]);
  return serves ? [Math.min(before[0], low), Math.max(before[1], high)] : [low, high];
}

function height(before, largest) {
  return before && largest <= before && largest >= SPARE * before ? before : HEAD * largest;
}

function largestInside({ beta, mu, x: { limits: [low, high] } }) {
  let largest = 0;
  for (let at = 0; at < beta.length; at++) {
    if (beta[at] >= low && beta[at] <= high && Math.abs(mu[at]) > largest) largest = Math.abs(mu[at]);
  }
  return largest;
}

/** Whole decades below; above as much room as it takes. */
function lossLimits(before, loss) {
  const top = Math.max(...loss) || 1, least = Math.max(Math.min(...loss), top * 10 ** -DECADES);
  const wanted = [10 ** Math.floor(Math.log10(0.8 * least)), 1.25 * top];
  const serves = before && wanted[0] >= before[0] && wanted[1] <= before[1] && Math.log(wanted[1] / wanted[0]) > SPARE * Math.log(before[1] / before[0]);
  return serves ? before : wanted;
}

/** Of the slopes at the end: those between the limits of inputs. */
function slopeLimits(before, { beta, mu, orientation, lowEnd, highEnd, neurons, moments, x: { limits: [low, high] } }) {
  const from = (moments - 1) * neurons;
  const inside = Array.from({ length: neurons }, (_, i) => from + i).filter((at) => beta[at] > low && beta[at] < high);
  inside.sort((one, other) => beta[one] - beta[other]);
  const bend = inside.reduce((sum, at) => sum + orientation[at] * mu[at] * (high - beta[at]), 0);
  let slope = (highEnd[moments - 1] - lowEnd[moments - 1] - bend) / (high - low);
  const slopes = [slope, ...inside.map((at) => (slope += orientation[at] * mu[at]))];
  const largest = Math.max(...slopes.map(Math.abs)) || 1;
  const most = height(before?.[1], largest);
  return [-most, most];
}

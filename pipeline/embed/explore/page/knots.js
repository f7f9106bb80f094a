// Knots as they are drawn: neurons that stay together are one, those that only pass each other are not.

const STAY = 0.35; // seconds of video before and after, in which neurons are near each other as well
const SAME_PLACE = 0.05; // of what is near: who is there is one with the others at once

/**
 * The knots of a moment by β: {beta, value, jump, held, neurons}.
 *
 * near: how far apart breakpoints of one knot may be. Its place is the mean of theirs, weighted by their jumps.
 */
export function knotsOf(run, moment, near) {
  const groups = [];
  for (const i of moment.inside) {
    const last = groups.at(-1);
    if (last && together(run, moment, near, last[0], i)) last.push(i);
    else groups.push([i]);
  }
  return groups.map((neurons) => knot(moment, neurons));
}

function together({ beta, neurons, moments, fps }, moment, near, i, j) {
  const apart = Math.abs(moment.beta[i] - moment.beta[j]);
  if (apart > near || apart < SAME_PLACE * near) return apart <= near;
  const half = Math.round(STAY * fps);
  return [-half, half].every((off) => {
    const at = Math.min(Math.max(moment.nearest + off, 0), moments - 1) * neurons;
    return Math.abs(beta[at + i] - beta[at + j]) <= near;
  });
}

function knot(moment, neurons) {
  const { jump, held } = moment;
  const beta = weightedMean(neurons.map((i) => moment.beta[i]), neurons.map((i) => Math.abs(jump[i])));
  return {
    beta,
    value: onCurve(moment, neurons, beta),
    jump: neurons.reduce((sum, i) => sum + jump[i], 0),
    held: neurons.some((i) => held[i] >= 0),
    neurons,
  };
}

/** An offset mean: that of equal numbers is one of them. */
function weightedMean(numbers, weights) {
  const first = numbers[0];
  let sum = 0, total = 0;
  numbers.forEach((number, k) => {
    sum += weights[k] * (number - first);
    total += weights[k];
  });
  return total > 0 ? first + sum / total : first;
}

/** f at a place between the first and the last of neurons that follow each other on the curve. */
function onCurve({ beta, value }, neurons, x) {
  const after = neurons.findIndex((i) => beta[i] >= x);
  if (after <= 0) return value[neurons[0]];
  const [i, j] = [neurons[after - 1], neurons[after]];
  return value[i] + ((x - beta[i]) / (beta[j] - beta[i])) * (value[j] - value[i]);
}

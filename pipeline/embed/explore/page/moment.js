// The spline at one time: as recorded, and between two recorded moments on the straight way from one to the other.

import { locate } from "./run.js";

/** A moment to be set by `setMoment`; all arrays have an entry a neuron. */
export function newMoment(run) {
  const floats = () => new Float64Array(run.neurons);
  return {
    t: 0, frame: 0, nearest: 0, share: 0, loss: 0, lowEnd: 0, highEnd: 0,
    beta: floats(), mu: floats(), jump: floats(), value: floats(),
    orientation: floats(), held: floats(),
    order: Array.from({ length: run.neurons }, (_, i) => i), // by β
    inside: [], // neurons with a breakpoint between the limits of the input, by β
    slopes: [], // of the pieces between those
  };
}

/** Bring a moment to time t. */
export function setMoment(run, moment, t) {
  const { frame, share } = locate(run, t);
  const nearest = share < 0.5 ? frame : frame + 1;
  Object.assign(moment, { t, frame, share, nearest });
  for (const name of ["lowEnd", "highEnd"]) moment[name] = mix(run[name], frame, share);
  moment.loss = mixLoss(run.loss, frame, share);
  setNeurons(run, moment);
  setCurve(run, moment);
}

function mix(series, frame, share) {
  return share === 0 ? series[frame] : (1 - share) * series[frame] + share * series[frame + 1];
}

/** The loss is drawn on a logarithmic axis, with straight lines between moments. */
function mixLoss(loss, frame, share) {
  if (share === 0 || loss[frame] <= 0 || loss[frame + 1] <= 0) return mix(loss, frame, share);
  return loss[frame] ** (1 - share) * loss[frame + 1] ** share;
}

function setNeurons(run, moment) {
  const { neurons, beta, mu, orientation, held } = run;
  const { share, nearest } = moment;
  const before = moment.frame * neurons, at = nearest * neurons;
  const after = share === 0 ? before : before + neurons;
  for (let i = 0; i < neurons; i++) {
    // A breakpoint that left for one infinity comes back from the other: there is no way between the two.
    const turned = orientation[before + i] !== orientation[after + i];
    moment.beta[i] = turned ? beta[at + i] : beta[before + i] + share * (beta[after + i] - beta[before + i]);
    moment.mu[i] = turned ? mu[at + i] : mu[before + i] + share * (mu[after + i] - mu[before + i]);
    moment.orientation[i] = orientation[at + i];
    moment.held[i] = held[at + i];
    moment.jump[i] = moment.orientation[i] * moment.mu[i];
  }
}

/** Knots and slopes between the limits: f has its values at both and bends by the jumps inside. */
function setCurve(run, moment) {
  const [low, high] = run.x.limits;
  const { beta, jump, order, value } = moment;
  order.sort((i, j) => beta[i] - beta[j]); // nearly in order from the moment before
  const inside = (moment.inside = order.filter((i) => beta[i] > low && beta[i] < high));
  let bend = 0;
  for (const i of inside) bend += jump[i] * (high - beta[i]);
  let slope = (moment.highEnd - moment.lowEnd - bend) / (high - low);
  let x = low, y = moment.lowEnd;
  moment.slopes = [slope];
  for (const i of inside) {
    y += slope * (beta[i] - x);
    x = beta[i];
    slope += jump[i];
    value[i] = y;
    moment.slopes.push(slope);
  }
}

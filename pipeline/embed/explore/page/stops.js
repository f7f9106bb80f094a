// What the clip says, at the training times at which it stands: stops to go to, words that stand for a while.

const STAYS = 0.08; // of the axis of time: how far it goes on until the words of a stop are gone

const CLOSE = 1 + 1e-7; // times that the address, which rounds them, does not tell apart

/** The stop whose words stand at the present time, if one does. */
export function currentStop({ run, state, axis }) {
  const last = run.stops.findLast(({ t }) => t <= state.t * CLOSE);
  return last && axis.position(state.t) - axis.position(last.t) <= STAYS ? last : undefined;
}

/** The next of the stops, of the start and of the end, or the one before; the present time where there is none. */
export function nextStop({ run, state }, by) {
  const times = [run.time.start, ...run.stops.map(({ t }) => t), run.time.end];
  return (by > 0 ? times.find((t) => t > state.t * CLOSE) : times.findLast((t) => t * CLOSE < state.t)) ?? state.t;
}

/** A paragraph for each stop in `place`, all in one cell of a grid; what shows those of the present one. */
export function wordsIn(place, run) {
  const paragraphs = run.stops.map(({ words }) => Object.assign(document.createElement("p"), { textContent: words }));
  place.replaceChildren(...paragraphs);
  return (stop) => paragraphs.forEach((one, k) => one.classList.toggle("stands", run.stops[k] === stop));
}

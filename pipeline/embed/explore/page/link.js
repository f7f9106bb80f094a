// The address: #t=12.5 opens the page at that time; what else is chosen stands there as well.

import { axisKinds, seek } from "./actions.js";
import { PANELS } from "./layout.js";
import { SPEEDS } from "./view.js";

/** Follow the address now and when it changes, and keep it up to date while the page rests. */
export function connectLink(view) {
  const first = { ...view.state };
  follow(view, location.hash);
  addEventListener("hashchange", ({ newURL }) => follow(view, new URL(newURL).hash)); // the address may be written over by now
  let timer = 0;
  view.listeners.push(() => {
    clearTimeout(timer);
    if (!view.state.playing) timer = setTimeout(() => write(view, first), 300);
  });
}

/** Bring a view to what an address says; what it does not say, or says wrongly, stays. */
async function follow(view, hash) {
  const said = new URLSearchParams(hash.slice(1));
  if (view.address) await view.address.read(said); // first of all the run, which the rest is about
  const choice = (name, allowed) => (allowed.includes(said.get(name)) ? said.get(name) : undefined);
  const kinds = (said.get("panels") ?? "").split(",").filter((kind) => PANELS.some((panel) => panel.kind === kind));
  const neuron = Number(said.get("neuron"));
  const known = Number.isInteger(neuron) && neuron >= 1 && neuron <= view.run.neurons;
  const changes = {
    kind: choice("time", axisKinds(view.run)),
    theme: choice("theme", ["light", "dark"]),
    speed: SPEEDS.find((speed) => String(speed) === said.get("speed")),
    kinds: kinds.length ? new Set(kinds) : undefined,
    ...(known ? { chosen: new Set([neuron - 1]), pinned: true } : {}),
  };
  view.change(Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)));
  const t = parseFloat(said.get("t"));
  if (Number.isFinite(t)) seek(view, t);
  if (said.has("play")) view.change({ playing: true });
}

/** Write what differs from the first state into the address. */
function write({ state, address }, first) {
  const parts = [`t=${Number(state.t.toPrecision(8))}`];
  if (state.kinds !== first.kinds) parts.push(`panels=${[...state.kinds].join(",")}`);
  if (state.kind !== first.kind) parts.push(`time=${state.kind}`);
  if (state.theme) parts.push(`theme=${state.theme}`);
  if (state.speed !== first.speed) parts.push(`speed=${state.speed}`);
  if (state.pinned && state.chosen.size === 1) parts.push(`neuron=${[...state.chosen][0] + 1}`);
  parts.push(...(address?.write() ?? []));
  const hash = `#${parts.join("&")}`;
  if (hash === location.hash || (state.t === first.t && parts.length === 1 && !location.hash)) return;
  try {
    history.replaceState(null, "", hash);
  } catch {
    // A sandboxed frame may not; the page works without.
  }
}

// Begin: unpack the run, connect everything, and let others read what is shown.

import { connect } from "./controls.js";
import { connectLink } from "./link.js";
import { connectPointer } from "./pointer.js";
import { readings } from "./readings.js";
import { unpack } from "./run.js";
import { connectTooltip } from "./tooltip.js";
import { View } from "./view.js";

if (!("DecompressionStream" in window)) {
  const stage = document.getElementById("stage");
  stage.textContent = stage.dataset.old;
}
const text = (id) => document.getElementById(id).textContent;
const view = new View(await unpack(JSON.parse(text("facts")), text("numbers")), document.getElementById("stage"));
connect(view);
connectPointer(view);
connectTooltip(view);
connectLink(view);
view.change({}, true);

window.explore = Object.freeze(readings(view));

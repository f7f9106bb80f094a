// Where the function is while it leaves its panel: an arrow at the edge, with how far it goes.

import { fewFigures } from "./round.js";
import { filled } from "./words.js";

const PAD = 0.3; // of ground around words, in text sizes

/** Edges that f is beyond: as a whole, or between the samples by a good part of the height. [edge, value, input]. */
export function beyond(panel, moment) {
  const { run, xLimits: [low, high], yLimits: [bottom, top] } = panel;
  const inside = Array.from(moment.inside, (i) => [moment.beta[i], moment.value[i]]);
  const corners = [[low, moment.lowEnd], ...inside, [high, moment.highEnd]];
  const [first, last] = [Math.min(...run.samples.x), Math.max(...run.samples.x)];
  const far = run.look.far * (top - bottom);
  return [["top", 1, top], ["bottom", -1, -bottom]].flatMap(([edge, sign, limit]) => {
    const whole = corners.every(([, y]) => sign * y > limit);
    const within = corners.filter(([x]) => x >= first && x <= last);
    const strays = within.some(([, y]) => sign * y > limit + far);
    if (!whole && !strays) return [];
    const [x, y] = corners.reduce((one, other) => (sign * other[1] > sign * one[1] ? other : one));
    return [[edge, y, x]];
  });
}

/** Say how far f goes where it is out of sight. */
export function pointBeyond(ctx, panel, moment) {
  const { run, style, box } = panel;
  Object.assign(ctx, { textAlign: "left", textBaseline: "middle" });
  for (const [edge, value, x] of beyond(panel, moment)) {
    const words = `${edge === "top" ? "▲" : "▼"} ${filled(run.words.beyond[edge], { value: fewFigures(value) })}`;
    const width = ctx.measureText(words).width;
    const most = box.left + box.width - width - PAD * style.text;
    const left = Math.max(Math.min(panel.xPixel(x), most), box.left + PAD * style.text);
    const y = edge === "top" ? box.top + 0.7 * style.text : box.top + box.height - 0.7 * style.text;
    ctx.fillStyle = style.background;
    ctx.fillRect(left - PAD * style.text, y - 0.7 * style.text, width + 2 * PAD * style.text, 1.4 * style.text);
    ctx.fillStyle = style.foreground;
    ctx.fillText(words, left, y);
  }
}

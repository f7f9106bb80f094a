// Colours and sizes as the style sheet has them now; lengths in CSS pixels.

const COLOURS = ["background", "foreground", "muted", "data", "rule", "rising", "falling", "reference", "reference_2"];

/** The style of the page at its present size and theme: see pipeline/render/drawing/theme.py. */
export function currentStyle() {
  const root = getComputedStyle(document.documentElement);
  const colours = COLOURS.map((name) => [name, root.getPropertyValue(`--${name}`).trim()]);
  const side = Math.min(innerWidth, innerHeight);
  return {
    ...Object.fromEntries(colours),
    text: parseFloat(root.fontSize),
    font: root.fontFamily,
    stroke: Math.max(0.0028 * side, 1.4),
    mark: Math.max(0.036 * side, 17),
    trail: Number(root.getPropertyValue("--trail")),
  };
}

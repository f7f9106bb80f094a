// Canvases as sharp as the screen, and the strokes and dots that panels draw on them.

/** A canvas that is on no page, by its context. */
export const unseen = () => document.createElement("canvas").getContext("2d");

/** A canvas of a size in CSS pixels, empty, as sharp as the screen. */
export function fit(ctx, width, height) {
  const ratio = devicePixelRatio || 1;
  const sides = [width, height].map((side) => Math.round(side * ratio));
  if (ctx.fitted === [...sides, ratio].join()) {
    ctx.clearRect(0, 0, width, height);
    return;
  }
  [ctx.canvas.width, ctx.canvas.height] = sides;
  ctx.fitted = [...sides, ratio].join();
  ctx.ratio = ratio;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.lineJoin = "bevel"; // among many short pieces round corners only take time
  const root = getComputedStyle(document.documentElement);
  ctx.font = `${root.fontSize} ${root.fontFamily}`;
}

/** A line through points. */
export function line(ctx, points, colour, width) {
  ctx.beginPath();
  for (const [x, y] of points) ctx.lineTo(x, y);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke();
}

/** Stroke the path in dots of a width, as what is still to come is. */
export function strokeDotted(ctx, width) {
  ctx.lineWidth = width;
  ctx.lineCap = "round";
  ctx.setLineDash([0, 2.6 * width]);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.lineCap = "butt";
}

/** An open circle. */
export function ring(ctx, x, y, radius, colour, width) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke();
}

/** A filled dot. */
export function dot(ctx, x, y, radius, colour) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fillStyle = colour;
  ctx.fill();
}

// Lines as straight as they look: corners that no eye can tell are left out, which among many neurons are most.

/** A pen on the path of a context, that leaves out corners less than `off` pixels from the line without them. */
export function straightPen(ctx, off) {
  let fromX = NaN, fromY = 0, endX = 0, endY = 0, low = 0, high = 0;
  const start = (x, y) => {
    [fromX, fromY, low, high] = [x, y, -Infinity, Infinity];
  };
  return {
    /** Go on from one point to the next, to the right of it; where the pen was lifted, begin there. */
    line(x0, y0, x1, y1) {
      if (Number.isNaN(fromX)) {
        ctx.moveTo(x0, y0);
        start(x0, y0);
      } else if (!(low <= (y1 - fromY) / (x1 - fromX) && (y1 - fromY) / (x1 - fromX) <= high)) {
        ctx.lineTo(endX, endY);
        start(endX, endY);
      }
      const reach = x1 - fromX;
      if (reach > 0) {
        low = Math.max(low, (y1 - off - fromY) / reach);
        high = Math.min(high, (y1 + off - fromY) / reach);
      }
      [endX, endY] = [x1, y1];
    },
    lift() {
      if (!Number.isNaN(fromX)) ctx.lineTo(endX, endY);
      fromX = NaN;
    },
  };
}

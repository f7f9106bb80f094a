"""The tangent kernel on the distinct samples, as shades."""

import numpy as np
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from pipeline.render.heatmap import Heatmap, shades
from pipeline.render.panels.base import Panel
from pipeline.render.round_numbers import number_words

STRIP = 4.0, 0.7  # width and height of the scale, in text sizes


class KernelPanel(Panel):
    """K(xᵢ, xⱼ), samples in order along both axes; its shades mean the same through the whole clip."""

    across = "own"

    def draw_still(self) -> None:
        film = self.film
        self.heading("tangent kernel $K(x_i, x_j)$", "kernel")
        self.kernel = film.quantity("kernel")
        frames = [peer.quantity("kernel").reshape(len(peer.t), -1) for peer in film.peers]
        top = max(float(np.quantile(kernel.max(axis=1), 0.9)) for kernel in frames) or 1.0
        low = min(min(float(np.quantile(kernel.min(axis=1), 0.1)) for kernel in frames), 0.0)
        self.heat = Heatmap(self.axes, self.style, (low, top))
        self.axes.set_ylim(0, self.kernel.shape[1])
        words, power = number_words([float(f"{value:.2g}") for value in (low, top)])
        self.ends = [self._text(word, ha="right") for word in (words[0], f"{words[1]} {power}".strip())]
        self.moving = [self.heat]

    def _text(self, words: str, **look) -> Text:
        text = Text(0, 0, words, fontsize=self.style.text, color=self.style.theme.muted, va="baseline", **look)
        text.set_in_layout(False)
        self.axes.figure.add_artist(text)
        text.set_transform(None)
        return text

    def lay_up(self) -> None:
        self.axes.set_yticks([])

    def lay_own(self) -> None:
        count = self.kernel.shape[2]
        x = np.unique(self.film.x)
        axis = self.film.data.x_axis
        self.axes.set_xlim(0, count)
        chosen = np.unique(np.round(np.linspace(0, count - 1, min(count, 4))).astype(int))
        self.axes.set_xticks(chosen + 0.5, [f"{x[k]:.3g}".replace("-", "\N{MINUS SIGN}") for k in chosen])
        unit = f" ({axis.unit})" if axis.unit else ""
        self.axes.set_xlabel(f"samples in order, $x_i${unit}")

    def settle(self) -> None:
        """Lay the scale at the right of the heading: number, shades, number."""
        size, box = self.style.text, self.axes.bbox
        renderer = self.axes.figure.canvas.get_renderer()
        low, high = (text.get_window_extent(renderer).width for text in self.ends)
        base, right = box.y1 + 0.45 * size, box.x1
        self.ends[1].set_position((right, base))
        x1 = round(right - high - 0.4 * size)
        x0 = round(x1 - STRIP[0] * size)
        self.ends[0].set_position((x0 - 0.4 * size, base))
        strip = Bbox.from_extents(x0, round(base), x1, round(base + STRIP[1] * size))
        self.axes.figure.figimage(
            np.tile(scaled(shades(self.style), x1 - x0), (round(strip.height), 1, 1)), x0, strip.y0
        )
        self.beside = low + high + (STRIP[0] + 1.6) * size
        super().settle()

    def show(self, frame: int) -> None:
        self.heat.show(self.kernel[frame])


def scaled(colours: np.ndarray, width: int) -> np.ndarray:
    """(1, width, 4) colours (C, 4) stretched to a row."""
    return colours[np.linspace(0, len(colours) - 1, width).round().astype(int)][None]

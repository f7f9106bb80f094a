"""The vertical axis of planes of neurons: the slope jump sμ, where up is bending up, or the paper's delta-slope μ."""

import numpy as np

from pipeline.config.language import Language
from pipeline.render.film.film import Film

NAMES = {"jump": ("slope_jump", "$s\\mu$"), "delta_slope": ("delta_slope", "$\\mu$")}  # words, and the symbol


class PlaneAxis:
    """A coordinate, a key of NAMES, of a film's neurons; heights: (F, m)."""

    def __init__(self, film: Film, coordinate: str):
        self.film, self.is_jump = film, coordinate == "jump"
        self.coordinate = coordinate
        self.heights = film.jump if self.is_jump else film.mu

    def names(self, say: Language) -> tuple[str, str]:
        """For a heading, the longer first."""
        words, symbol = NAMES[self.coordinate]
        return say(f"axes.{words}"), symbol

    def sign(self, frame: int) -> int:
        """By what the chosen neuron's μ is multiplied: the side on which it is active, or 1."""
        return -1 if self.is_jump and self.film.orientation[frame, self.film.chosen] < 0 else 1

    def turned(self, frame: int, mu: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Heights (M,), ascending, and values (M, P) there, of what is known over μ (M,) for the chosen neuron."""
        return (mu, values) if self.sign(frame) > 0 else (-mu[::-1], values[::-1])

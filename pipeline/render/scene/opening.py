"""How a clip opens: the data, the function, one neuron that it is made of, then all the rest."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.lines import Line2D

from pipeline.render.film.story import Beat, Stretch
from pipeline.render.panels.function import FunctionPanel
from pipeline.render.panels.parts.hinge import Hinge

STEPS = 0.0, 0.25, 0.5, 0.8  # of the opening: when each comes


class Opening:
    """The steps of an opening over some frames, which a clip without one does not have."""

    def __init__(self, stretch: Stretch, functions: Sequence[FunctionPanel]):
        self.start, self.stop = stretch
        self.functions = functions if self.stop > self.start else ()
        self.hinges = [Hinge(panel.axes, panel.film, panel.limits, panel.style) for panel in self.functions]

    @property
    def artists(self) -> list[Artist]:
        """The moving artists of its own."""
        return [*(hinge.line for hinge in self.hinges), *self._references()]

    def _references(self) -> list[Line2D]:
        """References that stand still in a clip, but for its opening."""
        return [line for panel in self.functions for line in panel.predictions.lines if line not in panel.moving]

    def beats(self) -> list[Beat]:
        """What is said of the first run, step by step."""
        if not self.functions:
            return []
        bounds = [self._frame(share) for share in STEPS]
        say, middle = self.functions[0].style.say, (len(self.functions[0].film.x) + 1) // 2
        said: list[tuple[str, Mapping[str, Any]]] = [
            (say("story.data"), {"sample": middle}),
            (say("story.network"), {"curve": "network"}),
        ]
        if self.hinges[0].there:
            said.append((self.hinges[0].words, {"hinge": self.hinges[0]}))
        spans = zip(bounds, bounds[1:], said, strict=False)
        return [Beat(start, stop, 0.0, words, target) for start, stop, (words, target) in spans if stop > start]

    def step(self, frame: int) -> int:
        """Which step a frame is in; the last one where all is shown."""
        if not (self.functions and self.start <= frame < self.stop):
            return len(STEPS) - 1
        return sum(frame >= self._frame(share) for share in STEPS) - 1

    def left_out(self, step: int, artists: Iterable[Artist]) -> set[Artist]:
        """Those of the artists of panels that have not come yet at a step; at the last only hinges are gone."""
        hinges: set[Artist] = {hinge.line for hinge in self.hinges}
        if step == len(STEPS) - 1:
            return hinges
        data: set[Artist] = {panel.samples for panel in self.functions}
        curves: set[Artist] = {panel.curve for panel in self.functions}
        shown = data | (curves if step > 0 else set()) | (hinges if step > 1 else set())
        return set(artists) - shown

    def _frame(self, share: float) -> int:
        return self.start + round(share * (self.stop - self.start))

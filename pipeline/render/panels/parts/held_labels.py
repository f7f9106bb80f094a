"""How many neurons the samples hold, in words at the knots: at most five, decided once for the whole clip."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from pipeline.render.drawing.outlined_text import OutlinedText, text_width
from pipeline.render.drawing.steady import steady, stretches
from pipeline.render.drawing.theme import Style
from pipeline.render.film.evenly import evenly
from pipeline.render.panels.parts.holds import Holds
from pipeline.render.panels.parts.placing import best_corner, box_at, under
from pipeline.render.panels.parts.window import Window

MOST = 5  # labels
APART, STAY = 1.0, 1.0  # seconds between two labels that come, and for which one stands at least
SMALLEST = 20.0, 7.0  # width and height of axes below which words would stand in each other's way, in text sizes
BRIDGED = 0.5  # seconds for which a sample may hold fewer while its label stands
HEIGHT = 0.75  # of a line of figures, in text sizes
LOOKED = 6  # moments of a label's time at which its place is tried
POINTS = 24  # of the curve, around a label


@dataclass(frozen=True)
class Label:
    """One stretch of time in which a label stands: the frames [start, stop), which sample, and its corner."""

    start: int
    stop: int
    sample: int
    corner: tuple[int, int]


class HeldLabels:
    """The labels on axes. Each belongs to a sample, so that it stays what it is while neurons come and go."""

    def __init__(self, axes: Axes, style: Style, holds: Holds):
        self.axes, self.film, self.style, self.holds = axes, holds.film, style, holds
        self.text = OutlinedText(axes, style, "foreground", style.text)
        self.labels: list[Label] = []
        self.barred: list[Bbox] = []  # where other words stand at present: they have the right of way

    @property
    def artists(self) -> list[Artist]:
        """The moving artists."""
        return [self.text]

    def settle(self, window: Window, gap: float) -> None:
        """Choose samples, times and places, once the axes' size in pixels is final.

        gap: of words from the middle of a knot, px.
        """
        film, holds = self.film, self.holds
        self.gap, self.size = gap, (text_width(self._words(film.neurons), self.style, self.style.text), self._height)
        held = np.ix_(film.moment_of_each, np.flatnonzero(holds.held.any(axis=0)))
        self.places = holds.places[held[1][0]]
        count, jump, strong = (part[held].T for part in (holds.count, holds.jump, holds.strong))
        if (self.axes.bbox.size < np.array(SMALLEST) * self.style.text).any():
            return
        several = count >= 2
        wish = several & strong & self._in_sight(window)
        chosen = self._apart(np.where(wish, np.abs(jump), 0.0).sum(axis=1))
        bridge = round(BRIDGED * film.fps)
        calm = zip(chosen, steady(wish[chosen].T, film.fps).T, strict=True)
        found = [(start, stop, k) for k, on in calm for start, stop in runs(on, several[k], bridge)]
        self.told = last_where(count, several)
        self.labels = []
        for start, stop, k in one_after_another(found, round(APART * film.fps), round(STAY * film.fps)):
            self.labels.append(Label(start, stop, k, self._corner(k, start, stop)))

    @property
    def _height(self) -> float:
        return HEIGHT * self.style.text

    def _words(self, count: int) -> str:
        return self.style.say("marks.knots", count=count)

    def _in_sight(self, window: Window) -> np.ndarray:
        """(K, F) whether the curve at each sample that holds is shown."""
        x = self.places
        y = self.film.evaluate_all(x)
        return window.holds(np.broadcast_to(x, y.shape), y).T

    def _apart(self, weight: np.ndarray) -> list[int]:
        """The weightiest samples, by index of `places`, whose labels leave each other room."""
        x = self._transformed(self.places, np.zeros(len(self.places)))[:, 0]
        chosen: list[int] = []
        apart = self.size[0] + 2 * self.gap
        for k in np.argsort(-weight, kind="stable"):
            if weight[k] > 0 and len(chosen) < MOST and all(abs(x[k] - x[j]) > apart for j in chosen):
                chosen.append(int(k))
        return chosen

    def _corner(self, k: int, start: int, stop: int) -> tuple[int, int]:
        """Where words at the k-th sample cover least of curve, samples and earlier labels from frame to frame."""
        frames = evenly(stop, LOOKED, start).tolist()
        places = [self._pixels([k], frame)[0] for frame in frames]
        drawn = [self._drawn(frame, place) for frame, place in zip(frames, places, strict=True)]
        others = [[_wider(box, self.gap) for _, box in self._boxes(frame)] for frame in frames]

        def covered(box: Bbox, points: np.ndarray, labels: list[Bbox]) -> float:
            return under(points, _wider(box, 0.5 * self.gap)) + POINTS * sum(box.overlaps(other) for other in labels)

        looks = [partial(covered, points=points, labels=labels) for points, labels in zip(drawn, others, strict=True)]
        return best_corner(places, self.size, self.gap, self.axes.bbox, looks)

    def _drawn(self, frame: int, place: tuple[float, float]) -> np.ndarray:
        """(P, 2) points in px of the curve around a place, and of all samples."""
        reach = self.size[0] + self.gap
        pixels = place[0] + np.linspace(-reach, reach, POINTS)
        x = self.axes.transData.inverted().transform(np.column_stack([pixels, np.zeros(POINTS)]))[:, 0]
        curve, samples = (x, self.film.evaluate(frame, x)), (self.film.x[self.film.drawn], self.film.y[self.film.drawn])
        return np.concatenate([self._transformed(*points) for points in (curve, samples)])

    def _pixels(self, chosen: list[int], frame: int) -> list[tuple[float, float]]:
        """Where the knots at some samples stand in a frame, px."""
        x = self.places[chosen]
        return [(across, along) for across, along in self._transformed(x, self.film.evaluate(frame, x)).tolist()]

    def _transformed(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """(P, 2) points of the axes in px."""
        pixels: np.ndarray = self.axes.transData.transform(np.column_stack([x, y]))
        return pixels

    def _boxes(self, frame: int) -> list[tuple[Label, Bbox]]:
        """The labels of a frame, each with the box of its words."""
        now = [label for label in self.labels if label.start <= frame < label.stop]
        if not now:
            return []
        places = self._pixels([label.sample for label in now], frame)
        return [(one, box_at(at, self.size, self.gap, one.corner)) for one, at in zip(now, places, strict=True)]

    def show(self, frame: int) -> None:
        """Set the labels of a frame."""
        placed = [one for one in self._boxes(frame) if not any(one[1].overlaps(other) for other in self.barred)]
        words = [self._words(int(self.told[label.sample, frame])) for label, _ in placed]
        middles, feet = ([f(box) for _, box in placed] for f in (_middle, _foot))
        self.text.show(words, middles, feet, "center")


def runs(on: np.ndarray, there: np.ndarray, bridge: int) -> list[tuple[int, int]]:
    """Stretches [start, stop) of frames in which it is on (F,), and there (F,) but for `bridge` on end at most."""
    found = []
    for start, stop in stretches(on):
        frames = start + np.flatnonzero(there[start:stop])
        parts = np.split(frames, np.flatnonzero(np.diff(frames) > bridge + 1) + 1)
        found += [(int(part[0]), int(part[-1]) + 1) for part in parts if len(part)]
    return found


def last_where(values: np.ndarray, good: np.ndarray) -> np.ndarray:
    """(K, F) of values (K, F), in the place of each that is not good (K, F) the last one before it that is."""
    index = np.maximum.accumulate(np.where(good, np.arange(values.shape[1]), 0), axis=1)
    return np.take_along_axis(values, index, axis=1)


def one_after_another(stretches: list[tuple[int, int, int]], apart: int, stay: int) -> list[tuple[int, int, int]]:
    """Stretches (start, stop, which), each beginning at least `apart` frames after the one before.

    What then lasts fewer than `stay` frames is left out.
    """
    kept: list[tuple[int, int, int]] = []
    earliest = 0
    for start, stop, which in sorted(stretches):
        late = max(start, earliest)
        if stop - late >= stay:
            kept.append((late, stop, which))
            earliest = late + apart
    return kept


def _middle(box: Bbox) -> float:
    return 0.5 * float(box.x0 + box.x1)


def _foot(box: Bbox) -> float:
    return float(box.y0)


def _wider(box: Bbox, by: float) -> Bbox:
    return Bbox.from_extents(box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by)

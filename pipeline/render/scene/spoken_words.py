"""The words of beats in their panels, each with an arrow to what it is about, while all else steps back."""

from collections.abc import Callable, Collection, Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox, IdentityTransform

from pipeline.render.drawing.areas import Areas
from pipeline.render.drawing.outlined_text import OutlinedText, sentence_width
from pipeline.render.drawing.theme import Style
from pipeline.render.film.evenly import evenly
from pipeline.render.film.film import Film
from pipeline.render.film.story import Beat
from pipeline.render.film.words import balanced
from pipeline.render.panels.function import FunctionPanel
from pipeline.render.panels.parts.arrow import arrow
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.free_places import Drawn, free_place
from pipeline.render.panels.parts.target import Target, target_of
from pipeline.render.scene.placed import Placed, panel_for
from pipeline.render.scene.veil import LAYERS, SOFT, THIN, veiled_region

SIZE, LINE_HEIGHT = 1.3, 1.25  # of the words in text sizes, and distance of lines in sizes of theirs
PAD = 0.35  # of ground around words, in text sizes
MOST_LINES = 3
NARROW = 32.0  # width of a panel below which words stand over all panels, in text sizes
SHORTEST = 6.0  # of a line among several, in sizes of its words: a shorter text stays on one
LOOKED = 8  # pictures of a beat's time that are looked at for a free place
SPOT = 2.2  # least radius of what does not, in text sizes
AROUND = 3.5, 3.2, 1.0, 1.8  # left of a panel, below, right and above: what its labels take, in text sizes
SHORT = 3.0  # length of an arrow whose words are beyond other panels, in text sizes
CORNERS = 64  # of a round hole in the veil
INKS = "foreground", "rising", "falling", "reference", "reference_2"
CELL = 0.2  # of a text size: how finely pictures are looked at


Spot = tuple[tuple[float, float], float]  # where something is, and how far from there it is drawn, px


class SpokenWords:
    """What beats say. Nothing has its place before `settle`; each keeps it as long as it stands."""

    def __init__(self, figure: Figure, style: Style, film: Film, beats: Sequence[Beat], veiled: bool):
        self.figure, self.style, self.film = figure, style, film
        self.beats = [beat for beat in beats if not beat.aside]
        self.size = SIZE * style.text
        self.placed: dict[int, Placed] = {}
        self.tip: tuple[float, float] | None = None
        self._said: Placed | None = None
        self._pointed: tuple[Placed, Spot | None] | None = None
        self.veil = Areas(figure, style.rgba("background", THIN if veiled else 0.0), 7)
        self.plate = Areas(figure, style.rgba("background"), 7.2)
        self.arrow = Areas(figure, style.words("foreground"), 7.4)
        self.border = PolyCollection([], facecolors="none", lw=style.stroke, zorder=7.3)
        self.border.set_in_layout(False)
        figure.add_artist(self.border)
        self.border.set_transform(IdentityTransform())
        self.texts = {ink: OutlinedText(figure, style, ink, self.size) for ink in INKS}
        for text in self.texts.values():
            text.set_zorder(7.6)

    @property
    def artists(self) -> list[Artist]:
        """The moving artists."""
        return [self.veil, self.plate, self.border, self.arrow, *self.texts.values()] if self.beats else []

    def band_height(self, panels: Sequence[tuple[int, str, Panel]], width: float) -> float:
        """Height of a band over all panels, px wide, that words need whose own panel is too narrow; 0 for none.

        panels: run, name and panel of each.
        """
        narrow = [beat for beat in self.beats if not self.fit_in(panel_for(beat, panels))]
        return max((self._height(len(self._in_band(beat.say, width))) for beat in narrow), default=0.0)

    def fit_in(self, panel: Panel) -> bool:
        """Whether a panel is wide enough for words."""
        return bool(panel.axes.bbox.width >= NARROW * self.style.text)

    def settle(
        self,
        panels: Sequence[tuple[int, str, Panel]],
        picture: Callable[[Panel, int], np.ndarray],
        region: Bbox,
        band: Bbox | None = None,
        drawn: Collection[int] | None = None,
    ) -> None:
        """Choose lines and places for the frames that will be drawn, by default any, once panels have theirs.

        panels: run, name and panel of each; picture: what else is drawn in a panel, by frame; region: all panels, px,
        which a veil covers; band: over them, where words go whose panel is too narrow, if there is one. To be called
        under the style's settings, which set formulas.
        """
        self.region, self.band = region, band
        for beat in self.beats:
            if drawn is not None and not any(beat.start <= frame < beat.stop for frame in drawn):
                continue
            self.placed[beat.start] = self._place(beat, panel_for(beat, panels), picture)
        for ink, text in self.texts.items():
            text.prepare(line for placed in self.placed.values() if placed.ink == ink for line in placed.lines)

    def _place(self, beat: Beat, panel: Panel, picture: Callable[[Panel, int], np.ndarray]) -> Placed:
        target = None
        moment = self.film.shown(beat.start)
        if isinstance(panel, FunctionPanel):
            target = target_of(panel, beat.target, moment)
        if self.band and not self.fit_in(panel):
            lines = self._in_band(beat.say, self.band.width)
            return Placed(beat, panel, target, lines, self._box_in_band(self.band, self._size(lines), target, moment))
        frames = _some([self.film.shown(k) for k in range(beat.start, beat.stop)])
        cell = max(round(CELL * self.style.text), 1)
        texts = self._breakings(beat.say, panel.axes.bbox.width - 2 * PAD * self.style.text)
        sizes = [self._size(lines) for lines in texts]
        tips = [target.tip(frame) for frame in frames] if target else []
        reach = max((target.radius(frame) for frame in frames), default=0.0) if target else 0.0
        region = Bbox.union([panel.axes.bbox, *(Bbox.from_bounds(*tip, 0, 0) for tip in tips)])
        drawn = Drawn.of((picture(panel, frame) for frame in frames), self.style, cell, region)
        k, box = free_place(drawn, sizes, panel.axes.bbox, self.style.text, tips, reach)
        return Placed(beat, panel, target, texts[k], box)

    def _breakings(self, text: str, room: float) -> list[list[str]]:
        """The words on one line, on two and on three, as far as they fit, each as even as can be."""
        whole = self._width(text)
        found: list[list[str]] = []
        most = max(1, min(MOST_LINES, round(whole / (SHORTEST * self.size))))
        for count in range(1, most + 1):
            lines = balanced(text, min(1.12 * whole / count + 0.01, room) if count > 1 else room, self._width)
            if len(lines) <= MOST_LINES and lines not in found:
                found.append(lines)
        return found or [balanced(text, room, self._width)[:MOST_LINES]]

    def _in_band(self, text: str, width: float) -> list[str]:
        return balanced(text, width - 2 * PAD * self.style.text, self._width)[:MOST_LINES]

    def _box_in_band(self, band: Bbox, size: tuple[float, float], target: Target | None, frame: int) -> Bbox:
        """At the foot of a band, as far over the target as there is room."""
        middle = target.tip(frame)[0] if target else 0.5 * (band.x0 + band.x1)
        left = min(max(middle - 0.5 * size[0], band.x0), max(band.x1 - size[0], band.x0))
        return Bbox.from_bounds(left, band.y0, *size)

    def _width(self, words: str) -> float:
        return sentence_width(words, self.style, self.size)

    def _size(self, lines: list[str]) -> tuple[float, float]:
        return max(map(self._width, lines)) + 2 * PAD * self.style.text, self._height(len(lines))

    def _height(self, lines: int) -> float:
        return (LINE_HEIGHT * (lines - 1) + 1.0) * self.size + 2 * PAD * self.style.text

    def boxes(self, frame: int) -> list[Bbox]:
        """Where words stand in a frame, px."""
        placed = self._placed_in(frame)
        return [placed.box] if placed else []

    def beat(self, frame: int) -> Beat | None:
        """The beat whose words stand in a frame."""
        return next((beat for beat in self.beats if beat.start <= frame < beat.stop), None)

    def _placed_in(self, frame: int) -> Placed | None:
        beat = self.beat(frame)
        return self.placed[beat.start] if beat else None

    def show(self, frame: int) -> None:
        """Bring words, arrow and veil to a frame of the clip."""
        placed = self._placed_in(frame)
        if placed is not self._said:
            self._said = placed
            self._clear()
            if placed:
                self._say(placed)
        if placed:
            self._point(placed, self.film.shown(frame))

    def _clear(self) -> None:
        self.tip = self._pointed = None
        for areas in (self.veil, self.plate, self.arrow):
            areas.show([])
        self.border.set_verts([])
        for text in self.texts.values():
            text.show([], [], [])

    def _say(self, placed: Placed) -> None:
        box, size = placed.box, self.size
        x0, x1, y0, y1 = box.x0, box.x1, box.y0, box.y1
        self.plate.show([np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])])
        pad = PAD * self.style.text
        top = y1 - pad - 0.82 * size
        feet = [top - LINE_HEIGHT * size * k for k in range(len(placed.lines))]
        left = np.full(len(feet), x0 + pad)
        self.texts[placed.ink].show(placed.lines, left, feet)
        self.arrow.colour = self.style.words(placed.ink)
        if placed.beat.target and self._is_over(placed):
            self.border.set_verts([placed.panel.axes.bbox.corners()[[0, 1, 3, 2]]])
            self.border.set_edgecolor([self.arrow.colour])

    def _point(self, placed: Placed, frame: int) -> None:
        target, style = placed.target, self.style
        spot = (target.tip(frame), target.radius(frame)) if target else None
        if (placed, spot) == self._pointed:
            return
        self._pointed = placed, spot
        if spot:
            outlines, self.tip = arrow(self._start(placed, *spot), *spot, style.text, style.stroke)
            self.arrow.show(outlines)
        if placed.beat.dim:
            holes = [self._hole(placed, spot, SOFT**k) for k in range(LAYERS)]
            self.veil.show([veiled_region(self.region, hole) for hole in holes])

    def _is_over(self, placed: Placed) -> bool:
        """Whether words stand in the band over all panels."""
        return self.band is not None and placed.box.y0 >= self.band.y0

    def _start(self, placed: Placed, tip: tuple[float, float], radius: float) -> Bbox:
        """Where an arrow comes from: its words, or if these stand over all panels a place near its tip.

        From there it would cross headings; the frame about the panel says what the words are about.
        """
        if not self._is_over(placed):
            return placed.box
        reach = radius + SHORT * self.style.text
        high = tip[1] + reach
        return Bbox.from_bounds(tip[0], high if high <= placed.panel.axes.bbox.y1 else tip[1] - reach, 0, 0)

    def _with_labels(self, box: Bbox) -> Bbox:
        """What panels draw about their axes, as far as there is room in the region."""
        left, low, right, high = (side * self.style.text for side in AROUND)
        wider = Bbox.from_extents(box.x0 - left, box.y0 - low, box.x1 + right, box.y1 + high)
        return Bbox.intersection(wider, self.region) or box

    def _hole(self, placed: Placed, spot: Spot | None, wider: float) -> np.ndarray:
        """(V, 2) what a layer of the veil leaves: about the target, or the panel that is spoken of."""
        if spot is None:
            box = self._with_labels(placed.panel.axes.bbox)
            return np.array([(box.x0, box.y0), (box.x0, box.y1), (box.x1, box.y1), (box.x1, box.y0)])
        angle = -np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
        tip, radius = spot
        reach = wider * max(radius + 0.5 * self.style.text, SPOT * self.style.text)
        return np.array(tip) + reach * np.column_stack([np.cos(angle), np.sin(angle)])


def _some(frames: Sequence[int]) -> list[int]:
    """Some of the different ones among frames, from the first to the last."""
    different = np.unique(frames)
    chosen: list[int] = different[evenly(len(different), LOOKED)].tolist()
    return chosen

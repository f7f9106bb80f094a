"""A scene: panels in a mosaic, a header over them, a key under them, and the frames of the clip."""

from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from pipeline.config.language import Language
from pipeline.config.schema.scene import SceneConfig
from pipeline.config.schema.story import EvidenceConfig
from pipeline.config.schema.theme import ThemeConfig
from pipeline.render.check import check_scene
from pipeline.render.drawing.canvas import Canvas
from pipeline.render.drawing.key import Key
from pipeline.render.drawing.measured_text import MeasuredCanvas
from pipeline.render.drawing.styled_figure import StyledFigure
from pipeline.render.drawing.theme import style_for
from pipeline.render.film.clip_limits import shared_limits
from pipeline.render.film.film import Film
from pipeline.render.film.occurring import occurring
from pipeline.render.film.story import Beat, Story
from pipeline.render.film.words import common_facts, fill_in, fill_in_known
from pipeline.render.panels.parts.base import Panel
from pipeline.render.scene.header import Header
from pipeline.render.scene.mosaic import RunTable
from pipeline.render.scene.panel_grid import PanelGrid
from pipeline.render.scene.panel_spec import drawn_curves
from pipeline.render.scene.printed import metadata
from pipeline.render.scene.storytelling import NO_FRAME, Pose, Storytelling

if TYPE_CHECKING:
    from matplotlib.backends.backend_pdf import PdfPages  # slow to import


class Scene:
    """The clip of one run, or of several side by side: `frames` streams it, `still` draws one frame the plain way.

    films: of the same F training times; width, height: px; clock: whether the header tells the time, as it must where
    frames follow each other; table: rows and columns in which the runs stand, by default one after another under their
    labels; transparent: whether the ground is left out, while what is drawn in its colour stays, such as the rims that
    keep marks apart; subtitles: whether words of beats are drawn; language: of the words, by default English; drawn:
    the frames that will be shown, by default any: only words that stand in one of them are given a place, for which
    pictures are drawn. Where none will, the scene but tells that it has room.
    Raises InputError for a scene that breaks a rule, NoRoom for one that has no room in the frame.
    """

    def __init__(
        self,
        films: Sequence[Film],
        scene: SceneConfig,
        theme: ThemeConfig,
        width: int,
        height: int,
        clock: bool = True,
        table: RunTable | None = None,
        transparent: bool = False,
        subtitles: bool = True,
        language: Language | None = None,
        drawn: Collection[int] | None = None,
    ):
        check_scene(scene)
        self.has_clock, self.table, self.transparent = clock, table, transparent
        self.config, self.films = scene, list(films)
        self.style = style_for(theme, width, height, language)
        self.limits = shared_limits(self.films, drawn_curves(scene))
        self.story = self.film.story if subtitles else replace(self.film.story, beats=())
        with self.style.settings():
            band = self._build()
            if drawn is None or drawn:
                self._settle(band, drawn)

    @property
    def film(self) -> Film:
        """The first run, whose clock is that of all."""
        return self.films[0]

    @property
    def title(self) -> str:
        """Its title, with the facts that all runs agree on."""
        return fill_in(self.config.title, self._facts)

    @property
    def _facts(self) -> dict[str, object]:
        return common_facts(film.facts for film in self.films)

    @property
    def panels(self) -> list[Panel]:
        """All panels, run after run."""
        return self.grid.panels

    def __len__(self) -> int:
        """Number of video frames F."""
        return len(self.film.t)

    def frames(self, numbers: Iterable[int] | None = None) -> Iterator[np.ndarray]:
        """Video frames, all or those of some numbers, (height, width, 4) uint8: one array, overwritten by the next."""
        before: tuple[int, Beat | None, Pose] | None = None
        frame: np.ndarray | None = None
        for k in range(len(self)) if numbers is None else numbers:
            shown = self._pose(k)
            if frame is None or shown != before:
                frame = self.frame(k)
            before = shown
            yield frame

    def frame(self, k: int) -> np.ndarray:
        """Frame k, drawn fast into the canvas's own buffer."""
        self._show(k)
        if not self.canvas.ready:
            with self.style.settings():
                self.canvas.prepare()
        return self.canvas.draw()

    def still(self, k: int) -> np.ndarray:
        """Frame k, drawn by Matplotlib from nothing: a new (height, width, 4) array."""
        with self.style.settings():
            self._show(k)
            return self.canvas.draw_plain()

    def figure(self, k: int) -> Figure:
        """Frame k as the figure that the scene is drawn on."""
        with self.style.settings():
            self._show(k)
        return self.canvas.agg.figure

    def strip(
        self, numbers: Sequence[int], paths: Iterable[Path], comment: str = "", book: "PdfPages | None" = None
    ) -> None:
        """Write one picture, in the formats of the paths' suffixes, that shows of each run one frame of its own.

        numbers: a frame for every run, (K,); the clock, if there is one, tells the first's. comment: text for the
        files' metadata; book: takes it as a page.
        """
        with self.style.settings():
            self.telling.hide()
            for cell, panel in zip(self.grid.cells, self.panels, strict=True):
                panel.show(panel.film.shown(numbers[cell.run]))
            self.canvas.moving.left_out = self.telling.left_out(NO_FRAME)
            if self.has_clock:
                self.header.show(self.film.shown(numbers[0]), "")
            for path in paths:
                self.canvas.agg.figure.savefig(path, metadata=metadata(path.suffix, comment))
            if book is not None:
                book.savefig(self.canvas.agg.figure)

    def _pose(self, k: int) -> tuple[int, Beat | None, Pose]:
        """What tells one picture from another: the frame that is shown, which rests in holds, and what is told."""
        return self.film.shown(k), self.story.beat(k, aside=True), self.telling.pose(k)

    def _show(self, k: int) -> None:
        shown, aside = self.film.shown(k), self.story.beat(k, aside=True)
        self.telling.show(k)
        for panel in self.panels:
            panel.show(shown)
        self.header.show(shown, aside.say if aside else "")
        self.canvas.moving.left_out = self.telling.left_out(k)

    def _untold(self, shown: Panel, k: int, left_out: Set[Artist] = frozenset()) -> np.ndarray:
        """A panel in a frame with nothing told but the evidence, by the number of one that shows its time first."""
        others = (artist for panel in self.panels if panel is not shown for artist in panel.moving)
        self.canvas.moving.left_out = self.telling.left_out(NO_FRAME).union(left_out, others, self.header.moving)
        self.telling.show_evidence(k)
        shown.show(k)
        if not self.canvas.ready:
            self.canvas.prepare()
        return self.canvas.draw()

    def _build(self) -> Bbox | None:
        """Give all its place but what is told; the band over the panels that is kept for words, if they need one."""
        style = self.style
        figure = StyledFigure(style)
        figure.patch.set_visible(not self.transparent)
        MeasuredCanvas(figure)
        margin = 0.9 * style.text
        span = (margin, style.width - margin)
        self.grid = PanelGrid(figure, self.films, self.limits, self.config, style, self.table)
        self.telling = self._telling(figure)
        foot = self._key(figure, span, margin)
        self.header = self._header(figure, span)
        self.grid.lay_out(foot, self.header.top)  # settles the columns, and so where words go
        top = self.header.top - self.telling.band_height(span[1] - span[0])
        if top < self.header.top:
            self.grid.lay_out(foot, top)
        self.grid.label()  # again: how many ticks have room is known only now
        self.grid.lay_out(foot, top)
        self.grid.settle(top)
        self.telling.arrange(Bbox.from_extents(0, foot, style.width, top))
        moving = [*(artist for panel in self.panels for artist in panel.moving), *self.telling.artists]
        histories = [history for panel in self.panels for history in panel.histories]
        self.canvas = Canvas(figure, [*moving, *self.header.moving], histories)
        return Bbox.from_extents(span[0], top, span[1], self.header.top) if top < self.header.top else None

    def _settle(self, band: Bbox | None, drawn: Collection[int] | None) -> None:
        """Give what is told in frames that are drawn its place, where pictures of the clip are free, or in the band."""
        self.telling.settle(self._untold, band, drawn)
        if self.telling.beside_headings:  # which gave way
            self.canvas.forget()

    def _telling(self, figure: Figure) -> Storytelling:
        """What is told over the panels; nothing where no frames follow each other."""
        evidence = EvidenceConfig(**self.config.evidence) if self.config.evidence and self.has_clock else None
        panels = [(cell.run, cell.name, panel) for cell, panel in zip(self.grid.cells, self.panels, strict=True)]
        story = self.story if self.has_clock else Story()
        signs = self._signs if self.has_clock and self.config.key and len(self.films) == 1 else frozenset()
        return Storytelling(figure, self.film, self.style, story, evidence, panels, self.transparent, signs)

    def _key(self, figure: Figure, span: tuple[float, float], margin: float) -> float:
        """Draw the key of what the panels draw and the films hold; the height it takes, px."""
        if not (self.config.key and self._signs):
            return 0.0
        return Key(figure, self.style, self._signs, span, margin).height + 0.7 * self.style.text

    @cached_property
    def _signs(self) -> frozenset[str]:
        """Entries of the key for what panels draw and films hold."""
        found = (occurring(panel.film, panel.limits).intersection(panel.explains) for panel in self.panels)
        return frozenset().union(*found)

    def _header(self, figure: Figure, span: tuple[float, float]) -> Header:
        subtitle = fill_in_known(self.config.subtitle, self._facts)
        asides = {beat.say for beat in self.story.beats if beat.aside}
        return Header(figure, self.film, self.style, self.title, subtitle, asides, span, self.has_clock)

"""A scene: panels in a mosaic, a header over them, a key under them, and the frames of the clip."""

import logging
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from kiwisolver import UnsatisfiableConstraint
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from pipeline.config.schema.scene import LayoutConfig, SceneConfig
from pipeline.config.schema.theme import ThemeConfig
from pipeline.errors import InputError
from pipeline.render.check import check_scene
from pipeline.render.drawing.canvas import Canvas
from pipeline.render.drawing.key import Key
from pipeline.render.drawing.theme import DPI, style_for
from pipeline.render.film.clip_limits import shared_limits
from pipeline.render.film.film import Film
from pipeline.render.film.words import fill, fill_parts
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.table import panel_class
from pipeline.render.scene.captions import Captions
from pipeline.render.scene.header import Header, clock_width
from pipeline.render.scene.heads import Heads
from pipeline.render.scene.mosaic import Cell, RunTable, grid
from pipeline.render.scene.panel_spec import EMPTY, panel_spec

if TYPE_CHECKING:
    from matplotlib.backends.backend_pdf import PdfPages  # slow to import

SMALLEST_PANEL = 6.0, 2.0  # width and height, in text sizes: below, headings meet and curves are flat

logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells every glyph that a PDF takes
# The same picture gives the same bytes.
UNDATED = {".pdf": {"CreationDate": None}, ".svg": {"Date": None}}
COMMENT_KEYS = {".pdf": "Keywords", ".svg": "Description", ".png": "Comment"}  # where a picture's metadata has room


class NoRoom(InputError):
    """A frame that is too small for its scene."""


class Scene:
    """The clip of one run, or of several side by side: `frames` streams it, `still` draws one frame the plain way.

    films: of the same F training times; width, height: px; fps: frames/s, for how long captions stand;
    clock: whether the header tells the time, as it must where frames follow each other; table: rows and columns in
    which the runs stand, by default one after another under their labels.
    Raises InputError for a scene that breaks a rule, NoRoom for one that has no room in the frame.
    """

    def __init__(
        self,
        films: Sequence[Film],
        scene: SceneConfig,
        theme: ThemeConfig,
        width: int,
        height: int,
        fps: int = 30,
        clock: bool = True,
        table: RunTable | None = None,
    ):
        check_scene(scene)
        self.has_clock, self.table = clock, table
        self.config, self.films = scene, list(films)
        self.style = style_for(theme, width, height)
        self.limits = shared_limits(self.films)
        self.captions = Captions(self.film, self.limits[0], scene.captions, scene.narrate, fps)
        with self.style.settings():
            self._build()

    @property
    def film(self) -> Film:
        """The first run, whose clock is that of all."""
        return self.films[0]

    def __len__(self) -> int:
        """Number of video frames F."""
        return len(self.film.t)

    def frames(self, numbers: Iterable[int] | None = None) -> Iterator[np.ndarray]:
        """Video frames, all or those of some numbers, (height, width, 4) uint8: one array, overwritten by the next."""
        before = frame = None
        for k in range(len(self)) if numbers is None else numbers:
            shown = self._pose(k)
            if shown != before:
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

    def strip(
        self, numbers: Sequence[int], paths: Iterable[Path], comment: str = "", book: "PdfPages | None" = None
    ) -> None:
        """Write one picture, in the formats of the paths' suffixes, that shows of each run one frame of its own.

        numbers: a frame for every run, (K,); the clock, if there is one, tells the first's. comment: text for the
        files' metadata; book: takes it as a page.
        """
        with self.style.settings():
            for cell, panel in zip(self.grid.cells(), self.panels, strict=True):
                panel.show(panel.film.shown(numbers[cell.run]))
            if self.has_clock:
                self.header.show(self.film.shown(numbers[0]), "")
            for path in paths:
                metadata = UNDATED.get(path.suffix, {}) | {COMMENT_KEYS[path.suffix]: comment or None}
                self.canvas.agg.figure.savefig(path, metadata=metadata)
            if book is not None:
                book.savefig(self.canvas.agg.figure)

    def _pose(self, k: int) -> tuple[int, str]:
        """What tells one picture from another: the frame that is shown, which rests in holds, and the caption."""
        return self.film.shown(k), self.captions[k]

    def _show(self, k: int) -> None:
        for panel in self.panels:
            panel.show(self.film.shown(k))
        self.header.show(self.film.shown(k), self.captions[k])

    def _build(self) -> None:
        style = self.style
        figure = Figure(figsize=(style.width / DPI, style.height / DPI), dpi=DPI)
        FigureCanvasAgg(figure)
        margin = 0.9 * style.text
        span = (margin, style.width - margin)
        aspect = style.width / style.height
        self.grid = grid(layout_for(self.config, aspect), len(self.films), aspect, self.table)
        self.heads = Heads(figure, style, self.table)
        self.panels = self._panels(figure)
        self._label()
        foot = self._key(figure, span, margin)
        self._lay_out(figure, foot, style.height)  # settles the columns, and so where the words above go
        self.header = self._header(figure, span)
        self._lay_out(figure, foot, self.header.top)
        self._label()  # again: how many ticks have room is known only now
        self._lay_out(figure, foot, self.header.top)
        self._to_pixels()
        self.heads.place(*self._bands(), self.header.top)
        for panel in self.panels:
            panel.settle()
        moving = [artist for part in (*self.panels, self.header) for artist in part.moving]
        self.canvas = Canvas(figure, moving, [history for panel in self.panels for history in panel.histories])

    def _key(self, figure: Figure, span: tuple[float, float], margin: float) -> float:
        """Draw the key that the panels call for; the height it takes, px."""
        names = {name for panel in self.panels for name in panel.explains}
        if not (self.config.key and names):
            return 0.0
        return Key(figure, self.style, names, span, margin).height + 0.7 * self.style.text

    def _panels(self, figure: Figure) -> list[Panel]:
        figure.set_layout_engine("constrained")
        axes = figure.subplot_mosaic(
            self.grid.rows, width_ratios=self.grid.widths, height_ratios=self.grid.heights, empty_sentinel=EMPTY
        )
        panels = [self._panel(cell, axes[cell]) for cell in self.grid.cells()]
        for panel in panels:
            panel.draw_still()
            for artist in panel.moving:
                artist.set_in_layout(False)  # an empty line would count as standing at the figure's corner
        self._name_runs(panels)
        return panels

    def _panel(self, cell: Cell, axes: Axes) -> Panel:
        spec = panel_spec(self.config, cell.name)
        return panel_class(spec.kind)(axes, self.films[cell.run], self.limits[cell.run], self.style, spec.options)

    def _name_runs(self, panels: list[Panel]) -> None:
        """Over several runs, each one's label stands over its first panel."""
        if len(self.films) == 1 or self.table:
            return
        named = set()
        for cell, panel in zip(self.grid.cells(), panels, strict=True):
            if cell.run not in named:
                panel.caption(self.films[cell.run].label)
            named.add(cell.run)

    def _label(self) -> None:
        cells = self.grid.cells()
        across = {cell: panel.across for cell, panel in zip(cells, self.panels, strict=True)}
        for cell, panel in zip(cells, self.panels, strict=True):
            below, beside = self.grid.below(cell), self.grid.left_of(cell)
            shared = across.get(below) == panel.across != "own" and self._are_peers(cell, below)
            panel.lay_across(labelled=not shared)
            panel.lay_up()
            if beside is not None and beside.name == cell.name and self._are_peers(cell, beside):
                panel.bare()

    def _are_peers(self, one: Cell, other: Cell) -> bool:
        """Whether the runs of two panels are shown on the same limits."""
        return self.limits[other.run] is self.limits[one.run]

    def _lay_out(self, figure: Figure, bottom: float, top: float) -> None:
        """Place the axes between two heights in px, once: nothing moves afterwards."""
        style = self.style
        pad = 0.45 * style.text / DPI
        margin = 0.45 * style.text
        rect = (
            (margin + self.heads.left) / style.width,
            (bottom + margin) / style.height,
            1 - (2 * margin + self.heads.left) / style.width,
            (top - self.heads.top - bottom - margin) / style.height,
        )
        figure.set_layout_engine("constrained", w_pad=pad, h_pad=pad, wspace=0.02, hspace=0.02, rect=rect)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                figure.get_layout_engine().execute(figure)
            except (UserWarning, UnsatisfiableConstraint):
                raise self._no_room() from None
        figure.set_layout_engine("none")

    def _bands(self) -> tuple[list[Bbox], list[Bbox]]:
        """The boxes in px that the panels of each row of runs, and of each column of them, fill."""
        if self.table is None:
            return [], []
        places = [self.table.places[cell.run] for cell in self.grid.cells()]
        boxes = list(zip(places, (panel.axes.bbox for panel in self.panels), strict=True))
        rows, columns = (
            [Bbox.union([box for place, box in boxes if place[side] == k]) for k in sorted({p[side] for p in places})]
            for side in (0, 1)
        )
        return rows, columns

    def _no_room(self) -> NoRoom:
        size = f"{self.style.width}x{self.style.height}"
        return NoRoom(f"video: a frame of {size} is too small for this scene; enlarge it")

    def _to_pixels(self) -> None:
        """Axes on whole pixels: the layout's last digits differ from run to run, and would tip marks to another.

        After this the axes are out of the layout for good.
        """
        style = self.style
        frame = np.array([style.width, style.height])
        for panel in self.panels:
            corners = np.round(panel.axes.get_position().get_points() * frame + 0.1) / frame
            if (np.ptp(corners, axis=0) * frame < np.array(SMALLEST_PANEL) * style.text).any():
                raise self._no_room()
            panel.axes.set_position(Bbox(corners))

    def _header(self, figure: Figure, span: tuple[float, float]) -> Header:
        boxes = [panel.axes.get_window_extent() for panel in self.panels]
        left = min(box.x0 for box in boxes)
        right = max(box.x1 for box in boxes)
        column = max(box.x0 for box in boxes if box.y1 > max(b.y1 for b in boxes) - 2)
        last = right - clock_width(figure, self.film, self.style)
        clocks = [place for place in (column, last) if left + 1 < place <= last] if self.has_clock else None
        facts = common(film.facts for film in self.films)
        title, subtitle = fill(self.config.title, facts), fill_parts(self.config.subtitle, facts)
        return Header(figure, self.film, self.style, title, subtitle, self.captions.sentences, span, clocks)


def common(facts: Iterable[Mapping[str, object]]) -> dict[str, object]:
    """The facts that all runs agree on."""
    first, *others = facts
    return {key: value for key, value in first.items() if all(other.get(key) == value for other in others)}


def layout_for(scene: SceneConfig, aspect: float) -> LayoutConfig:
    """The mosaic for a frame whose width is `aspect` times its height."""
    return scene.narrow if aspect < scene.narrow_below else scene.wide

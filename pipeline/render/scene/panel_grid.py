"""The panels of a scene: a mosaic of them for every run, placed in a figure."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

import numpy as np
from kiwisolver import UnsatisfiableConstraint
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.transforms import Bbox

from pipeline.config.schema.scene import LayoutConfig, SceneConfig
from pipeline.errors import InputError
from pipeline.render.drawing.theme import DPI, Style
from pipeline.render.film.clip_limits import Limits, close_up
from pipeline.render.film.film import Film
from pipeline.render.film.limits import Span, hull
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.table import UNCUT, WINDOW, panel_class
from pipeline.render.scene.mosaic import Cell, RunTable, grid
from pipeline.render.scene.panel_spec import EMPTY, PanelSpec, panel_spec
from pipeline.render.scene.table_headings import TableHeadings

SMALLEST_PANEL = 6.0, 2.0  # width and height, in text sizes: below, headings meet and curves are flat
NOT_LAID_OUT = "constrained_layout not applied"  # how Matplotlib's warning of axes without room begins


class NoRoom(InputError):
    """A frame that is too small for its scene."""


class PanelGrid:
    """The panels, each labelled where no neighbour shares its axis, and the headings of a table of runs.

    films: runs, and limits what each is shown on; table: where they stand, by default one after another under their
    labels. Nothing has its place before `lay_out`, and all is final after `settle`.
    """

    def __init__(
        self,
        figure: Figure,
        films: Sequence[Film],
        limits: Sequence[Limits],
        scene: SceneConfig,
        style: Style,
        table: RunTable | None,
    ):
        self.figure, self.films, self.limits, self.style, self.table = figure, films, limits, style, table
        aspect = style.width / style.height
        self.places = grid(layout_for(scene, aspect), len(films), aspect, table)
        self.cells = self.places.cells()
        self.headings = TableHeadings(figure, style, table)
        self._spans: dict[tuple[str, int], Mapping[str, Span]] = {}
        self._close_ups: dict[tuple[int, Span, bool], Limits] = {}
        self._shown: dict[Cell, Limits] = {}
        self.panels = self._panels(scene)
        self.label()

    def _panels(self, scene: SceneConfig) -> list[Panel]:
        self.figure.set_layout_engine("constrained")
        places, rows = self.places, cast(list[Any], self.places.rows)
        axes: dict[Any, Axes] = self.figure.subplot_mosaic(
            rows, width_ratios=places.widths, height_ratios=places.heights, empty_sentinel=EMPTY
        )
        panels = [self._panel(scene, cell, axes[cell]) for cell in self.cells]
        for panel in panels:
            panel.draw_still()
            for artist in panel.moving:
                artist.set_in_layout(False)  # an empty line would count as standing at the figure's corner
        self._name_runs(panels)
        self._name_once(panels)
        return panels

    def _panel(self, scene: SceneConfig, cell: Cell, axes: Axes) -> Panel:
        spec = panel_spec(scene, cell.name)
        self._shown[cell] = self._shown_on(cell, spec)
        limits = replace(self._shown[cell], spans=self._spans_of(cell, spec))
        return panel_class(spec.kind)(axes, self.films[cell.run], limits, self.style, spec.options)

    def _shown_on(self, cell: Cell, spec: PanelSpec) -> Limits:
        """A run's limits, those of the panel's close-up where it is one: the same object for all that share them."""
        limits, window, cut = self.limits[cell.run], spec.options.get(WINDOW), not spec.options.get(UNCUT)
        if window is None and cut:
            return limits
        key = id(limits), tuple(window or limits.x), cut
        if key not in self._close_ups:
            found = close_up(limits, self._films_on(limits), key[1])
            self._close_ups[key] = found if cut else replace(found, y=hull([found.y, limits.y]))
        return self._close_ups[key]

    def _films_on(self, limits: Limits) -> list[Film]:
        """The different runs that are shown on the same limits."""
        pairs = zip(self.films, self.limits, strict=True)
        return list(dict.fromkeys(film for film, shown_on in pairs if shown_on is limits))

    def _spans_of(self, cell: Cell, spec: PanelSpec) -> Mapping[str, Span]:
        """What a panel asks of all runs on the limits of its own, found once for all of them."""
        limits = self.limits[cell.run]
        if (cell.name, id(limits)) not in self._spans:
            kind = panel_class(spec.kind)
            asked = [kind.spans(film, spec.options, limits.x) for film in self._films_on(limits)]
            names = dict.fromkeys(name for each in asked for name in each)
            joined = {name: kind.joined([each[name] for each in asked if name in each]) for name in names}
            self._spans[cell.name, id(limits)] = joined
        return self._spans[cell.name, id(limits)]

    def _name_runs(self, panels: list[Panel]) -> None:
        """Over several runs, each one's label stands over its first panel."""
        if len(self.films) == 1 or self.table:
            return
        named = set()
        for cell, panel in zip(self.cells, panels, strict=True):
            if cell.run not in named:
                panel.caption(self.films[cell.run].label)
            named.add(cell.run)

    def _name_once(self, panels: list[Panel]) -> None:
        """Of the panels of one name on the same limits, the last in the first row names what looks the same in all."""
        for cell, panel in zip(self.cells, panels, strict=True):
            peers = [other for other in self.cells if other.name == cell.name and self._are_peers(cell, other)]
            row = self.places.places(peers[0])[0]
            if cell != [other for other in peers if self.places.places(other)[0] == row][-1]:
                panel.leave_out_names()

    def label(self) -> None:
        """Limits and ticks of all axes, as many as have room at their present size, and the labels they need."""
        across = {cell: panel.across for cell, panel in zip(self.cells, self.panels, strict=True)}
        for cell, panel in zip(self.cells, self.panels, strict=True):
            below, beside, above = (look(cell) for look in (self.places.below, self.places.left_of, self.places.above))
            shared = below is not None and across[below] == panel.across != "own" and self._are_peers(cell, below)
            panel.lay_across(labelled=not shared)
            panel.lay_up()
            if self.table and above is not None and above.name == cell.name and self._are_peers(cell, above):
                panel.heading("")  # the one above has it
            if beside is not None and beside.name == cell.name and self._are_peers(cell, beside):
                panel.bare()

    def _are_peers(self, one: Cell, other: Cell) -> bool:
        """Whether two panels show their runs on the same limits, between the same inputs."""
        return self._shown[other] is self._shown[one]

    def lay_out(self, bottom: float, top: float) -> None:
        """Place the axes between two heights in px, once: nothing moves afterwards. Raises NoRoom where there is none.

        Warnings of others than Matplotlib's layout say nothing of the room.
        """
        style = self.style
        pad = 0.45 * style.text / DPI
        margin = 0.45 * style.text
        rect = (
            (margin + self.headings.left) / style.width,
            (bottom + margin) / style.height,
            1 - (2 * margin + self.headings.left) / style.width,
            (top - self.headings.top - bottom - margin) / style.height,
        )
        engine = ConstrainedLayoutEngine(w_pad=pad, h_pad=pad, wspace=0.02, hspace=0.02, rect=rect)
        self.figure.set_layout_engine(engine)
        with warnings.catch_warnings():
            warnings.filterwarnings("error", NOT_LAID_OUT, UserWarning)
            try:
                engine.execute(self.figure)
            except UnsatisfiableConstraint:
                raise self._no_room() from None
            except UserWarning as warning:
                if not str(warning).startswith(NOT_LAID_OUT):
                    raise
                raise self._no_room() from None
        self.figure.set_layout_engine("none")

    def settle(self, top: float) -> None:
        """Make the places final: axes on whole pixels, headings of a table under `top` (px), what panels measure."""
        self._to_pixels()
        self.headings.place(*self._bands(), top)
        for panel in self.panels:
            panel.settle()

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

    def _bands(self) -> tuple[list[Bbox], list[Bbox]]:
        """The boxes in px that the panels of each row of runs, and of each column of them, fill."""
        if self.table is None:
            return [], []
        places = [self.table.places[cell.run] for cell in self.cells]
        boxes = list(zip(places, (panel.axes.bbox for panel in self.panels), strict=True))
        rows, columns = (
            [Bbox.union([box for place, box in boxes if place[side] == k]) for k in sorted({p[side] for p in places})]
            for side in (0, 1)
        )
        return rows, columns

    def _no_room(self) -> NoRoom:
        size = f"{self.style.width}x{self.style.height}"
        return NoRoom(f"video: a frame of {size} is too small for this scene; enlarge it")


def layout_for(scene: SceneConfig, aspect: float) -> LayoutConfig:
    """The mosaic for a frame whose width is `aspect` times its height."""
    return scene.narrow if aspect < scene.narrow_below else scene.wide

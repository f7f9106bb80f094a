"""A scene: panels in a mosaic, a header over them, a key under them, and the frames of the clip."""

import warnings
from collections.abc import Iterator, Mapping

import numpy as np
from kiwisolver import UnsatisfiableConstraint
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from pipeline.config import LayoutConfig, SceneConfig, ThemeConfig
from pipeline.errors import InputError
from pipeline.model.data import Data
from pipeline.projection.spline import SplineTrajectory
from pipeline.render.canvas import Canvas
from pipeline.render.cast import panel_names, role
from pipeline.render.check import check_scene
from pipeline.render.film import Film
from pipeline.render.header import Header, clock_width
from pipeline.render.key import Key
from pipeline.render.panels import panel_class
from pipeline.render.panels.base import Panel
from pipeline.render.theme import DPI, style_for
from pipeline.render.time_axis import TimeAxis
from pipeline.render.words import fill, fill_parts
from pipeline.simulate.trajectory import Trajectory

SMALLEST_PANEL = 6.0, 2.0  # width and height, in text sizes: below, headings meet and curves are flat


class Scene:
    """The clip of one run: `frames` streams it, `still` draws one frame the plain way.

    width, height: px; timing, first_time: as given to `frame_times`; facts: words and numbers for the title (see
    words.FACTS; neurons, samples, data and end_time are known without); quantities: what cast.needed_quantities
    names, as projection.quantities.compute makes it.
    """

    def __init__(
        self,
        data: Data,
        trajectory: Trajectory,
        spline: SplineTrajectory,
        scene: SceneConfig,
        theme: ThemeConfig,
        *,
        width: int,
        height: int,
        fps: int,
        timing: str = "log",
        first_time: float = 1e-3,
        facts: Mapping[str, object] | None = None,
        quantities: Mapping[str, np.ndarray] | None = None,
    ):
        check_scene(scene)
        self.config = scene
        self.style = style_for(theme, width, height)
        axis = TimeAxis(timing, float(trajectory.t[-1]), first_time)
        self.film = Film(data, trajectory, spline, scene, axis, fps, quantities or {})
        self.facts = {
            "neurons": self.film.neurons,
            "samples": len(data),
            "data": data.name,
            "end_time": axis.end_time,
            **(facts or {}),
        }
        with self.style.settings():
            self._build()

    def __len__(self) -> int:
        """Number of video frames F."""
        return len(self.film.t)

    def frames(self) -> Iterator[np.ndarray]:
        """Every video frame, (height, width, 4) uint8: one array, overwritten by the next frame."""
        before = frame = None
        for k in range(len(self)):
            shown = self.film.shown(k)
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

    def _show(self, k: int) -> None:
        for part in (*self.panels, self.header):
            part.show(self.film.shown(k))

    def _build(self) -> None:
        style = self.style
        figure = Figure(figsize=(style.width / DPI, style.height / DPI), dpi=DPI)
        FigureCanvasAgg(figure)
        margin = 0.9 * style.text
        span = (margin, style.width - margin)
        layout = layout_for(self.config, style.width / style.height)
        self.panels = self._panels(figure, layout)
        self._lay_out(figure, 0.0, style.height)  # settles the columns, and so where the words above and below go
        self._label(layout)
        foot = self._key(figure, span, margin)
        self._lay_out(figure, foot, style.height)
        self.header = self._header(figure, span)
        self._lay_out(figure, foot, self.header.top)
        self._label(layout)  # again: how many ticks have room is known only now
        self._lay_out(figure, foot, self.header.top)
        self._to_pixels()
        for panel in self.panels:
            panel.settle()
        moving = [artist for part in (*self.panels, self.header) for artist in part.moving]
        self.canvas = Canvas(figure, moving, [reveal for panel in self.panels for reveal in panel.reveals])

    def _key(self, figure: Figure, span: tuple[float, float], margin: float) -> float:
        """Draw the key that the panels call for; the height it takes, px."""
        names = {name for panel in self.panels for name in panel.explains}
        if not (self.config.key and names):
            return 0.0
        return Key(figure, self.style, names, span, margin).height + 0.7 * self.style.text

    def _panels(self, figure: Figure, layout: LayoutConfig) -> list[Panel]:
        figure.set_layout_engine("constrained")
        axes = figure.subplot_mosaic(
            [list(row) for row in layout.mosaic],
            width_ratios=list(layout.width_ratios) or None,
            height_ratios=list(layout.height_ratios) or None,
        )
        panels = [self._panel(name, ax) for name, ax in axes.items()]
        for panel in panels:
            panel.draw_still()
            for artist in panel.moving:
                artist.set_in_layout(False)  # an empty line would count as standing at the figure's corner
        return panels

    def _panel(self, name: str, axes: Axes) -> Panel:
        chosen = role(self.config, name)
        return panel_class(chosen.kind)(axes, self.film, self.style, chosen.options)

    def _label(self, layout: LayoutConfig) -> None:
        names = panel_names(layout)
        across = {name: panel.across for name, panel in zip(names, self.panels, strict=True)}
        for panel, name in zip(self.panels, names, strict=True):
            panel.lay_across(labelled=not shares_below(layout.mosaic, name, across))
            panel.lay_up()

    def _lay_out(self, figure: Figure, bottom: float, top: float) -> None:
        """Place the axes between two heights in px, once: nothing moves afterwards."""
        style = self.style
        pad = 0.45 * style.text / DPI
        margin = 0.45 * style.text
        rect = (
            margin / style.width,
            (bottom + margin) / style.height,
            1 - 2 * margin / style.width,
            (top - bottom - margin) / style.height,
        )
        figure.set_layout_engine("constrained", w_pad=pad, h_pad=pad, wspace=0.02, hspace=0.02, rect=rect)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                figure.get_layout_engine().execute(figure)
            except (UserWarning, UnsatisfiableConstraint):
                raise self._no_room() from None
        figure.set_layout_engine("none")

    def _no_room(self) -> InputError:
        size = f"{self.style.width}x{self.style.height}"
        return InputError(f"video: a frame of {size} is too small for this scene; enlarge it")

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
        clock = column if column > left + 1 else right - clock_width(self.style, self.film)
        title, subtitle = fill(self.config.title, self.facts), fill_parts(self.config.subtitle, self.facts)
        return Header(figure, self.film, self.style, title, subtitle, span, clock)


def layout_for(scene: SceneConfig, aspect: float) -> LayoutConfig:
    """The mosaic for a frame whose width is `aspect` times its height."""
    return scene.narrow if aspect < scene.narrow_below else scene.wide


def shares_below(mosaic: list[list[str]], name: str, across: dict[str, str]) -> bool:
    """Whether right under a panel stands one on the same columns with the same horizontal axis."""
    rows = [i for i, row in enumerate(mosaic) if name in row]
    if rows[-1] + 1 == len(mosaic):
        return False
    columns = [j for j, cell in enumerate(mosaic[rows[-1]]) if cell == name]
    below = mosaic[rows[-1] + 1][columns[0]]
    under = [j for j, cell in enumerate(mosaic[rows[-1] + 1]) if cell == below]
    return under == columns and across.get(below) == across[name] != "own"

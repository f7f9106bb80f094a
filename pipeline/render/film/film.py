"""What a clip shows of a run, ready to draw: every quantity in the user's units."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from pipeline.model.data import Axis, Data
from pipeline.projection.spline import SplineTrajectory
from pipeline.render.film.evenly import evenly
from pipeline.render.film.over_margin import over_margin
from pipeline.render.film.story import Story
from pipeline.render.film.time_axis import TimeAxis
from pipeline.render.film.units import in_user_units
from pipeline.simulate.loss import LOSSES
from pipeline.simulate.trajectory import Trajectory

MOST_DRAWN = 2000  # samples
SURVEY = 48  # frames looked at where to look at all would take long


class Film:
    """A run of F frames of m neurons on N samples, in the user's units.

    t: (F,) training time; beta: (F, m) breakpoints; mu: (F, m) delta-slopes; jump: (F, m) slope jumps sμ;
    orientation: (F, m); caught: (F, m) row of the sample that holds a breakpoint, −1 where none does; held: (F, m)
    bool; loss: (F,); trail: frames of a trail; x, y: (N,) samples.
    fps: frames/s; label: what tells this run from those beside it; facts: see words.FACTS; story: of the clip, on its
    frames; by_margin: whether f is shown over its margin (over_margin.py).
    """

    def __init__(
        self,
        data: Data,
        trajectory: Trajectory,
        spline: SplineTrajectory,
        axis: TimeAxis,
        trail: int = 0,
        quantities: Mapping[str, np.ndarray] | None = None,
        label: str = "",
        facts: Mapping[str, object] | None = None,
        fps: int = 30,
        story: Story | None = None,
        by_margin: bool = False,
    ):
        if by_margin:
            spline, quantities = over_margin(spline, quantities or {}, data)
        self.data, self.spline, self.time, self.trail, self.label, self.fps = data, spline, axis, trail, label, fps
        self._trajectory, self.by_margin = trajectory, by_margin
        slope_scale = data.y_axis.scale / data.x_axis.scale
        self.t = trajectory.t
        self.beta = data.x_axis.to_user(spline.breakpoint)
        self.mu = slope_scale * spline.delta_slope
        self.jump = slope_scale * spline.slope_jump
        self.orientation = spline.orientation
        self.caught = trajectory.held
        self.held = trajectory.held >= 0
        self.loss = trajectory.loss
        self._quantities, self.story = quantities or {}, story or Story()
        self._ranges: dict[tuple[float, float], tuple[np.ndarray, np.ndarray]] = {}
        self.x, self.y = data.x_axis.to_user(data.x), data.y_axis.to_user(data.y)
        known = {"neurons": trajectory.neurons, "samples": len(data), "data": data.name, "end_time": axis.end_time}
        self.facts = {**known, **(facts or {})}

    def with_spline(self, spline: SplineTrajectory) -> "Film":
        """The same film of another spline with the same frames and neurons."""
        more = self.trail, self._quantities, self.label, self.facts, self.fps, self.story
        film = Film(self.data, self._trajectory, spline, self.time, *more)
        film.by_margin = self.by_margin
        return film

    @property
    def of_labels(self) -> bool:
        """Whether the samples are labels, ±1, between which f decides by its sign."""
        return LOSSES[self._trajectory.loss_name].labels

    @property
    def of_relus(self) -> bool:
        """Whether its neurons are ReLUs."""
        return self._trajectory.inactive == 0

    @property
    def neurons(self) -> int:
        """m: those that it shows; the run may have more, see Trajectory.rest."""
        return int(self.beta.shape[1])

    def quantity(self, name: str) -> np.ndarray:
        """A quantity of projection/quantities.py, (F, …), in the user's units."""
        from pipeline.projection.quantities import QUANTITIES

        return in_user_units(self._quantities[name], QUANTITIES[name].unit, self.data.x_axis, self.data.y_axis)

    def has(self, name: str) -> bool:
        """Whether a quantity is known."""
        return name in self._quantities

    def losses(self, name: str) -> np.ndarray:
        """A quantity that is a loss, (F, …), in the unit of `loss`: that of the data as the network sees them."""
        return self.quantity(name) / self.data.y_axis.scale**2

    @property
    def has_chosen(self) -> bool:
        """Whether it is known which neuron quantities of one neuron are about."""
        return {"neuron_breakpoint", "neuron_delta_slope"} <= self._quantities.keys()

    @cached_property
    def chosen(self) -> int:
        """Index of the neuron that quantities of one neuron are about; in words it is the one after, see `ordinal`."""
        same = (self.beta == self.quantity("neuron_breakpoint")[:, None]) | ~np.isfinite(self.beta)
        return int(np.argmax(np.sum(same & (self.mu == self.quantity("neuron_delta_slope")[:, None]), axis=0)))

    @property
    def ordinal(self) -> int:
        """The chosen neuron as headings name it, counted from 1."""
        return self.chosen + 1

    def shown(self, frame: int) -> int:
        """The frame whose picture `frame` shows: the first of those at its training time, so that holds rest."""
        return int(self._shown[frame])

    @cached_property
    def _shown(self) -> np.ndarray:
        return np.searchsorted(self.t, self.t)

    def evaluate(self, frame: int, x: np.ndarray) -> np.ndarray:
        """f at user x (P,) in one frame: (P,)."""
        axis = self.data.x_axis
        return self.data.y_axis.to_user(self.spline.evaluate_frame(frame, (x - axis.shift) / axis.scale))

    def evaluate_all(self, x: np.ndarray) -> np.ndarray:
        """f at user x (P,) in all frames: (F, P)."""
        axis = self.data.x_axis
        return self.data.y_axis.to_user(self.spline.evaluate((x - axis.shift) / axis.scale))

    def ranges(self, x: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
        """(F,) each: the least and the greatest value of f between two inputs in every frame."""
        if x not in self._ranges:
            values = [self.evaluate(k, self._corners(k, x)) for k in self.moments]
            ends = np.array([(each.min(), each.max()) for each in values])
            self._ranges[x] = tuple(ends[self.moment_of_each].T)
        return self._ranges[x]

    def _corners(self, frame: int, x: tuple[float, float]) -> np.ndarray:
        """Where f may have its extremes between two inputs: there and at the breakpoints between them."""
        beta = self.beta[frame]
        return np.concatenate([x, beta[(beta > x[0]) & (beta < x[1])]])

    @cached_property
    def drawn(self) -> np.ndarray:
        """Rows of the samples that are drawn: all, or of very many, which would hide all else, evenly some."""
        return np.arange(0, len(self.x), -(-len(self.x) // MOST_DRAWN))

    @cached_property
    def path(self) -> np.ndarray:
        """(F, m) breakpoints to draw lines through: NaN where there is none and right after w went through 0.

        A breakpoint that leaves for one infinity comes back from the other; a line across the panel would be a lie.
        """
        turned = np.diff(self.orientation, axis=0, prepend=self.orientation[:1]) != 0
        return np.asarray(np.where(np.isfinite(self.beta) & ~turned, self.beta, np.nan))

    @cached_property
    def moments(self) -> np.ndarray:
        """The first frame of each training time, ascending."""
        return np.flatnonzero(np.diff(self.t, prepend=-1.0) > 0)

    @cached_property
    def moment_of_each(self) -> np.ndarray:
        """(F,) by frame, the index of its training time among `moments`."""
        return np.searchsorted(self.moments, np.arange(len(self.t)), side="right") - 1

    @property
    def survey(self) -> np.ndarray:
        """Some frames from all over the clip, ascending."""
        return np.asarray(self.moments[evenly(len(self.moments), SURVEY)])


def with_unit(label: str, unit: str) -> str:
    """A label and its unit in brackets, where there is one."""
    return f"{label} ({unit})" if unit else label


def slope_unit(x: Axis, y: Axis) -> str:
    """The unit of a slope, empty where neither axis has one."""
    if x.unit and y.unit:
        return f"{y.unit}/{x.unit}"
    return y.unit or (f"1/{x.unit}" if x.unit else "")

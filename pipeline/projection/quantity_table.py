"""Every quantity of a run but the predicted curves, by name: a table of name → shape, unit, meaning, function.

Shapes: F frames, m neurons, N rows of samples, K distinct samples, P grid points in x, M in μ, T samples of a test
set, J knots of a teacher. The first axis is always F; what does not change in time is a broadcast view. Units: see
projection/units.py.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pipeline.config.tables import Table
from pipeline.errors import InputError
from pipeline.projection import (
    curvature,
    loss_surface,
    pieces,
    polar,
    predictions,
    spline_flow,
    statistics,
    tangent_kernel,
)
from pipeline.projection.quantity_inputs import QuantityInputs
from pipeline.projection.scope import ANY, OF_RELU, OF_SQUARES, SQUARES_OF_RELU, Scope
from pipeline.projection.spline import SHAPES
from pipeline.projection.units import DELTA_X, DELTA_Y, LOSS, NUMBER, RATE, SLOPE, Unit, Units, X, Y
from pipeline.simulate.rest import SHAPES as REST

NEAR_SAMPLE = 0.005  # of the range of x: so near a sample a breakpoint counts as at it


@dataclass(frozen=True)
class Quantity:
    """A row of the table: the shape and unit of what `compute` makes of QuantityInputs, and what it is.

    spoken: what panels call it where conf/language/ has no words for its name, as for a plugin's; by default its name;
    scope: for which runs it is known.
    """

    shape: str
    unit: Units
    meaning: str
    compute: Callable[[QuantityInputs], np.ndarray]
    spoken: str = ""
    scope: Scope = ANY

    def __post_init__(self) -> None:
        """Raise InputError for a unit in words, which nothing could be computed from."""
        if not all(isinstance(part, Unit) for part in (self.unit if isinstance(self.unit, tuple) else (self.unit,))):
            raise InputError(f"quantity: its unit is {self.unit!r}; give powers, such as Unit(x=-1, y=1) for y/x")


def unfit(name: str) -> str:
    """What is wrong with a quantity's name, under which spline.npz has it beside the spline."""
    if name in (*SHAPES, *REST, "file"):  # which NumPy takes for the file's own name
        return "spline.npz has something else of that name"
    return "" if name.isidentifier() else "names an array in spline.npz; use letters, digits and '_'"


QUANTITIES: Table[Quantity] = Table("quantity", unfit=unfit, rows={
    # The grids that others stand on.
    "grid": Quantity("F P", X, "points in x of all that is on the grid", lambda a: a.still(a.grid)),
    "delta_slope_grid": Quantity("F M", SLOPE, "points in μ of planes and fields", lambda a: a.still(a.delta_slopes)),
    "network_function": Quantity("F P", Y, "f on the grid", lambda a: a.spline.evaluate(a.grid)),
    # The spline.
    "roughness": Quantity("F", Unit(x=-2, y=2), "Σμ²", lambda a: statistics.roughness(a.spline)),
    "path_norm": Quantity("F", SLOPE, "Σ|μ|", lambda a: statistics.path_norm(a.spline)),
    "total_variation": Quantity(
        "F", SLOPE, "total variation of f'", lambda a: statistics.total_variation(a.knots),
    ),
    "knot": Quantity("F m", X, "merged knots in order, +∞ past the last", lambda a: a.knots.x),
    "knot_jump": Quantity("F m", SLOPE, "slope jumps at merged knots", lambda a: a.knots.jump),
    "knot_count": Quantity("F m", NUMBER, "neurons at merged knots", lambda a: a.knots.count),
    "effective_knots": Quantity(
        "F", NUMBER, "participation ratio of the jumps among the samples",
        lambda a: statistics.effective_knots(a.knots, *a.widened_ends),
    ),
    "share_inside": Quantity(
        "F", NUMBER, "share of breakpoints among the samples",
        lambda a: statistics.share_inside(a.spline, *a.widened_ends),
    ),
    "breakpoint_shift": Quantity(
        "F", DELTA_X, "median way from their start of breakpoints that begin among the samples",
        lambda a: statistics.breakpoint_shift(a.spline, *a.widened_ends),
    ),
    "share_at_samples": Quantity(
        "F", NUMBER, "share of Σ|μ| whose breakpoint is at a sample, up to half a percent of the range of x",
        lambda a: statistics.share_at(a.spline, a.samples.x, NEAR_SAMPLE * a.samples.span),
    ),
    "breakpoint_reach": Quantity(  # from biases that start at 0 (Holzmüller & Steinwart, arXiv:2002.04861)
        "F", NUMBER, "largest |β|, as a share of the least |x| of a sample", statistics.breakpoint_reach,
    ),
    "knot_spread": Quantity(
        "F", DELTA_X, "mean distance of breakpoints from the middle of the samples, by |μ|",
        lambda a: statistics.knot_spread(a.trajectory, 0.5 * (a.ends[0] + a.ends[1])),
    ),
    "largest_kink": Quantity(
        "F", SLOPE, "largest |slope jump| of the merged knots", lambda a: statistics.largest_kink(a.knots),
    ),
    "overshoot": Quantity(
        "F", DELTA_Y, "how far f rises above the highest sample, or 0, between the first and the last",
        lambda a: statistics.overshoot(a.spline, a.among, a.trajectory.y.max()),
    ),
    "detour": Quantity(
        "F", DELTA_Y, "largest |f − the polygon through its own values at the samples|: what no sample sees",
        lambda a: statistics.detour(a.spline, a.samples.x),
    ),
    "steepest_place": Quantity(
        "F", X, "where f changes most over the window",
        lambda a: statistics.steepest_place(a.spline, *a.ends, a.window),
    ),
    "bend_time": Quantity(
        "F", Unit(t=1), "when the loss is half of what the least-squares line leaves, +∞ where it never is",
        lambda a: a.still(statistics.bend_time(a)), scope=OF_SQUARES,
    ),
    "held_count": Quantity(
        "F", NUMBER, "breakpoints held by samples", lambda a: np.count_nonzero(a.trajectory.held >= 0, axis=1),
    ),
    "held_share": Quantity(
        "F", NUMBER, "share of Σ|μ| whose breakpoint a sample holds",
        lambda a: statistics.share_of(np.abs(a.spline.delta_slope), a.trajectory.held >= 0),
    ),
    "dead_count": Quantity(
        "F", NUMBER, "neurons that no sample moves", statistics.dead_count,
    ),
    "sorted_breakpoint": Quantity(
        "F m", X, "breakpoints in order, infinite ones last", lambda a: statistics.sorted_knots(a.spline)[0],
    ),
    "piece_slope": Quantity(
        "F m+1", SLOPE, "slopes before, between and after them", lambda a: statistics.piece_slopes(a.spline),
    ),
    "smoothed_curvature": Quantity(
        "F P", Unit(x=-2, y=1), "f'' averaged over the window, on the grid",
        lambda a: curvature.smoothed_curvature(a.spline, a.grid, a.window),
    ),
    "bending_energy": Quantity(
        "F", Unit(x=-3, y=2), "∫ of its square from the first to the last sample",
        lambda a: curvature.bending_energy(a.spline, *a.ends, a.window),
    ),
    # What neurons see, and how they move.
    "residual": Quantity(
        "F N", DELTA_Y, "f(xₙ) − yₙ at every row", lambda a: a.spline.evaluate(a.trajectory.x) - a.trajectory.y,
    ),
    "residual_sum": Quantity("F m", DELTA_Y, "R0, residuals summed over a neuron's rows", lambda a: a.residual_sum),
    "residual_moment": Quantity("F m", Unit(x=1, y=1), "R1, residuals times x summed", lambda a: a.residual_moment),
    "imbalance": Quantity("F m", Unit(theta=2), "δ = v² − w² − b², conserved", lambda a: a.imbalance),
    "breakpoint_velocity": Quantity("F m", Unit(x=1, t=-1), "β' by the closed flow", lambda a: a.velocities[0]),
    "delta_slope_velocity": Quantity("F m", Unit(x=-1, y=1, t=-1), "μ' by the closed flow", lambda a: a.velocities[1]),
    "polar_radius": Quantity("F m", Unit(theta=2), "r = v‖(w, b)‖", lambda a: polar.polar_coordinates(a)[0]),
    "polar_angle": Quantity("F m", Unit(rad=1), "θ, the angle of (w, b)", lambda a: polar.polar_coordinates(a)[1]),
    "alignment": Quantity(
        "F", NUMBER, "length of Σ|v|(w, b) over the sum of the lengths: 1 where all point one way",
        lambda a: polar.alignment(*polar.polar_coordinates(a)),
    ),
    "polar_radius_velocity": Quantity("F m", Unit(theta=2, t=-1), "r'", lambda a: a.polar_velocities[0]),
    "polar_angle_velocity": Quantity("F m", Unit(rad=1, t=-1), "θ'", lambda a: a.polar_velocities[1]),
    "vector_field": Quantity(
        "F 2 M P", (Unit(x=1, t=-1), Unit(x=-1, y=1, t=-1)),
        "(β', μ') over the plane at the frame's residuals, for the neuron's δ",
        QuantityInputs.vector_fields, scope=SQUARES_OF_RELU,
    ),
    # The loss.
    "neuron_breakpoint": Quantity("F", X, "β of the neuron", lambda a: a.spline.breakpoint[:, a.neuron]),
    "neuron_delta_slope": Quantity("F", SLOPE, "μ of the neuron", lambda a: a.spline.delta_slope[:, a.neuron]),
    "loss_along_breakpoint": Quantity(
        "F P", LOSS, "L as the neuron's β moves over the grid, all else fixed",
        lambda a: loss_surface.losses_along(a, a.neuron, a.grid), scope=SQUARES_OF_RELU,
    ),
    "cubic_part": Quantity(
        "F", NUMBER, "largest third difference of that between neighbouring samples, of its largest: 0 up to rounding",
        lambda a: loss_surface.cubic_part(a, a.neuron), scope=SQUARES_OF_RELU,
    ),
    "loss_plane": Quantity(
        "F M P", LOSS, "L over the neuron's (β, μ) plane, all else fixed",
        lambda a: loss_surface.loss_planes(a, a.neuron, a.grid, a.delta_slopes), scope=SQUARES_OF_RELU,
    ),
    "gradient_norm": Quantity(
        "F", Unit(y=2, theta=-1), "‖∇L‖ over what learns", lambda a: spline_flow.gradient_norm(a, **a.learns),
    ),
    "piece_index": Quantity("F K", NUMBER, "number of the piece of each distinct sample", lambda a: a.piece_index),
    "piece_residual": Quantity(
        "F K", DELTA_Y, "residuals summed over each piece, of other losses forces; 0 past the last",
        lambda a: pieces.piece_sums(a.piece_index, a.force),
    ),
    "piecewise_fit": Quantity(
        "F K", Y, "least-squares line of each piece at the distinct samples",
        lambda a: pieces.piecewise_fit(a.piece_index, a.samples), scope=OF_SQUARES,
    ),
    "fit_distance": Quantity(
        "F", DELTA_Y, "root mean square of f less the piecewise least-squares fit",
        lambda a: pieces.fit_distance(a.piece_index, a.samples, a.residual), scope=OF_SQUARES,
    ),
    "fit_loss": Quantity(
        "F", LOSS, "loss of the piecewise least-squares fit",
        lambda a: pieces.fit_loss(a.piece_index, a.samples), scope=OF_SQUARES,
    ),
    "line_loss": Quantity(
        "F", LOSS, "loss of the least-squares line", lambda a: a.still(predictions.line_loss(a.samples)),
    ),
    "line_loss_share": Quantity(
        "F", NUMBER, "loss, as a share of that: 1 where the line alone is learnt, ∞ where it is 0",
        lambda a: statistics.share_of_whole(a.trajectory.loss, predictions.line_loss(a.samples)), scope=OF_SQUARES,
    ),
    # The tangent kernel.
    "kernel": Quantity(
        "F K K", RATE, "tangent kernel, weighted by rows at a sample", lambda a: a.kernels, scope=OF_RELU,
    ),
    "kernel_eigenvalues": Quantity(
        "F K", RATE, "its eigenvalues", lambda a: tangent_kernel.kernel_eigenvalues(a.kernels), scope=OF_RELU,
    ),
    "kernel_trace": Quantity(
        "F", RATE, "its trace Σ‖∇f(xₙ)‖²", lambda a: np.trace(a.kernels, axis1=1, axis2=2), scope=OF_RELU,
    ),
    "kernel_drift": Quantity(
        "F", NUMBER, "‖K − K₀‖ / ‖K₀‖", lambda a: tangent_kernel.kernel_drift(a.kernels), scope=OF_RELU,
    ),
    "parameter_distance": Quantity(
        "F", NUMBER, "‖θ − θ₀‖ / ‖θ₀‖", tangent_kernel.parameter_distance,
    ),
    # What is known of the samples beside themselves.
    "test_x": Quantity("F T", X, "samples that are not learnt", lambda a: a.still(a.test.x)),
    "test_y": Quantity("F T", Y, "their values", lambda a: a.still(a.test.y)),
    "test_loss": Quantity(
        "F", LOSS, "the loss over them, times the samples learnt by one of them, to compare with the loss",
        lambda a: statistics.loss_elsewhere(a.spline, a.test.x, a.test.y, len(a.trajectory.x), a.trajectory.loss_name),
    ),
    "mean_error": Quantity(
        "F", DELTA_Y, "mean |f − target| from the first to the last sample", lambda a: a.target_errors[0],
    ),
    "mean_square_error": Quantity("F", LOSS, "mean (f − target)² there", lambda a: a.target_errors[1]),
    "teacher_x": Quantity("F J", X, "knots of the network that made the samples", lambda a: a.still(a.teacher)),
    "teacher_y": Quantity("F J", Y, "its outputs there", lambda a: a.still(a.target(a.teacher))),
    # What theory predicts.
    "smoothing_strength": Quantity(
        "F", Unit(x=3), "λ of the smoothing splines, ∞ at t = 0", lambda a: a.strengths, scope=SQUARES_OF_RELU,
    ),
})  # fmt: skip

"""Which quantities hold for any loss, activation and width, and which for squares of ReLU networks only."""

from collections.abc import Iterable

from pipeline.errors import InputError
from pipeline.simulate.rest import CROWD

# Formulas that have the second derivative of the loss in them, or its least-squares solutions.
OF_SQUARES = {
    "vector_field", "loss_along_breakpoint", "cubic_part", "loss_plane", "piecewise_fit", "fit_distance", "fit_loss",
    "spline_hessian_eigenvalues", "spline_hessian_rank", "spline_hessian_negative", "hessian_eigenvalues",
    "hessian_leading", "hessian_least", "hessian_rank", "hessian_negative", "sharpness", "smoothing_strength",
    "smoothing_spline", "kernel_limit", "kernel_path", "linearized_flow", "linearized_limit", "output_layer_flow",
    "piece_lines", "bend_time", "line_loss_share", "global_optimum", "optimum_cost", "optimum_excess", "optimum_gap",
    "optimum_knot", "optimum_knot_side", "optimum_knot_jump", "optimum_certificate", "weighted_variation",
    "sharpness_floor", "residual_curvature", "interpolation_floor", "unlearnt_predicted", "half_time_predicted",
    "kernel_exponent",
}  # fmt: skip
# Those of them that do not ask what the neurons are.
OF_ANY_NEURONS = {"piecewise_fit", "fit_distance", "fit_loss", "piece_lines", "bend_time", "line_loss_share"}
# Formulas of which the ReLU is part.
OF_RELU = (OF_SQUARES - OF_ANY_NEURONS) | {
    "kernel", "kernel_eigenvalues", "kernel_trace", "kernel_drift",
    "delta_slope_density", "joint_density",
    "certificate", "neuron_certificate", "largest_certificate", "margin_share", "largest_margin",
}  # fmt: skip


def check_scope(key: str, names: Iterable[str], loss: str, inactive: float) -> None:
    """Raise InputError, that starts with `key`, at the first quantity that does not hold for a run's loss and slope ρ
    of inactive neurons.
    """
    for name in names:
        own = name.removesuffix("_distance") if name != "fit_distance" else name
        if loss != "squared" and own in OF_SQUARES:
            raise InputError(f"{key}: {name} is known of loss=squared only, and this run has loss={loss}; leave it out")
        if inactive != 0 and own in OF_RELU:
            raise InputError(f"{key}: {name} is known of activation=relu only, and this run has another; leave it out")


def check_told(key: str, names: Iterable[str], told: int, width: int) -> None:
    """Raise InputError, that starts with `key`, where quantities are asked of a run that tells of some neurons only."""
    first = next(iter(names), None)
    if first is not None and told < width:
        remedy = f"leave {first} out, or take fewer than {CROWD} neurons"
        raise InputError(f"{key}: a run of {width} neurons tells of {told}, and quantities need all; {remedy}")

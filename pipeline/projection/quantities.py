"""Quantities of a run by name, predicted curves among them: what there are, and their numbers.

A further one is a row: `QUANTITIES.add("mine", Quantity(…))`, a prediction `PREDICTIONS.add("mine", Prediction(…))`.
"""

import difflib
from collections.abc import Callable, Iterable

import numpy as np

from pipeline.errors import InputError
from pipeline.projection import (  # which add their rows
    margin_table as margin_table,
    optimum_table as optimum_table,
    plateau_table as plateau_table,
    prior_table as prior_table,
    stability_table as stability_table,
    wave_table as wave_table,
)
from pipeline.projection.prediction_table import PREDICTIONS as PREDICTIONS, Prediction as Prediction
from pipeline.projection.quantity_inputs import QuantityInputs
from pipeline.projection.quantity_table import QUANTITIES as QUANTITIES, Quantity as Quantity
from pipeline.projection.scope import check_told
from pipeline.projection.settings import Settings
from pipeline.projection.spline import SplineTrajectory
from pipeline.simulate.trajectory import Trajectory


def check_name(key: str, name: str) -> None:
    """Raise InputError, that starts with `key`, for a name that is not in the table."""
    if name not in QUANTITIES:
        close = difflib.get_close_matches(name, QUANTITIES, n=3) or sorted(QUANTITIES)
        raise InputError(f"{key}: there is no quantity {name}; there are {', '.join(close)}")


def compute(
    names: Iterable[str],
    trajectory: Trajectory,
    spline: SplineTrajectory,
    settings: Settings | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> dict[str, np.ndarray]:
    """The asked quantities, name → array with first axis F; what they share is computed once.

    progress: called with the number of quantities that are done.

    Raises InputError for a name that is not in the table, one that needs a setting that is not given, that does not
    hold for the loss or the activation of the run, or any of a run that tells of some of its neurons only.
    """
    names = list(names)
    for name in names:
        check_name("quantities", name)
        QUANTITIES[name].scope.check("quantities", name, trajectory.loss_name, trajectory.inactive)
    check_told("quantities", names, trajectory.w.shape[1], trajectory.neurons)
    inputs = QuantityInputs(trajectory, spline, settings or Settings())
    made = {}
    for name in names:
        made[name] = QUANTITIES[name].compute(inputs)
        progress(len(made))
    return made

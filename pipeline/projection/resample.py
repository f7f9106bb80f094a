"""Quantities of a run at other times than its moments."""

from collections.abc import Mapping

import numpy as np

from pipeline.simulate.resample import Between


def quantities_between(quantities: Mapping[str, np.ndarray], between: Between) -> dict[str, np.ndarray]:
    """Quantities (F, …) of moments, by name, at K times between them: (K, …)."""
    return {name: values_between(values, between) for name, values in quantities.items()}


def values_between(values: np.ndarray, between: Between) -> np.ndarray:
    """Numbers change evenly from moment to moment; counts, and what is finite at one of two moments only, at the later.

    What is the same at every moment, a broadcast view, stays one.
    """
    if values.strides[0] == 0:
        return np.broadcast_to(values[0], (len(between.times), *values.shape[1:]))
    if values.dtype.kind != "f":
        return np.asarray(values[between.before])
    finite = np.isfinite(values)
    if finite.all():
        return between.evenly(values)
    # Rows of values in order, such as merged knots, are told by which of them there are.
    same = (finite[between.before] == finite[between.after]).reshape(len(between.times), -1).all(axis=1)
    with np.errstate(invalid="ignore"):
        even = between.evenly(values)
    keep = ~same.reshape(-1, *[1] * (values.ndim - 1)) | ~finite[between.before]
    return np.where(keep, values[between.before], even)

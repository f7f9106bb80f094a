"""From the `data` config group to Data: formula, points by hand or CSV, with titles and units."""

from dataclasses import replace

import numpy as np

from pipeline.config import DataConfig
from pipeline.errors import InputError
from pipeline.model.data import Axis, Data
from pipeline.model.functions import TARGETS, sample
from pipeline.model.table import read_columns

LARGEST = 1e50  # of |x| and |y|: the solver needs fourth powers


def load_data(config: DataConfig) -> Data:
    """The samples a data config describes, standardised if it says so; at least two distinct x.

    Raises InputError where a file, a column, a cell or a list cannot be used.
    """
    data = _read(config)
    if data.x[0] == data.x[-1]:
        rows = "there is one sample only" if len(data) == 1 else f"all {len(data)} samples have x = {data.x[0]:g}"
        raise InputError(f"{_origin(config)}: {rows}; give samples at two or more different x")
    _check_size(config, data)
    x_axis, y_axis = Axis(config.x_label, config.x_unit), Axis(config.y_label, config.y_unit)
    data = replace(data, x_axis=x_axis, y_axis=y_axis, name=config.title)
    return standardize(data) if config.standardize else data


def standardize(data: Data) -> Data:
    """Data with x and y at mean 0 and standard deviation 1; the axes keep the way back to the user's units.

    A constant y is only shifted.
    """
    x, x_axis = _standardize(data.x, data.x_axis)
    y, y_axis = _standardize(data.y, data.y_axis)
    return replace(data, x=x, y=y, x_axis=x_axis, y_axis=y_axis)


def _standardize(values: np.ndarray, axis: Axis) -> tuple[np.ndarray, Axis]:
    shift, scale = values.mean(), values.std() or 1.0
    return (values - shift) / scale, replace(axis, shift=axis.to_user(shift), scale=axis.scale * scale)


def _read(config: DataConfig) -> Data:
    if config.kind == "csv":
        return Data(*read_columns(config.path, config.x, config.y, config.header))
    if config.kind == "points":
        return Data(config.x, config.y)
    keys = "count", "low", "high", "amplitude", "frequency", "noise", "seed"
    assert config.kind in TARGETS
    return sample(config.kind, **{key: getattr(config, key) for key in keys})


def _check_size(config: DataConfig, data: Data) -> None:
    for name in "xy":
        largest = float(np.abs(getattr(data, name)).max())
        if largest > LARGEST:
            raise InputError(
                f"{_origin(config)}: {name} = {largest:g} is too large; choose a unit with values up to {LARGEST:g}"
            )


def _origin(config: DataConfig) -> str:
    return config.path if config.kind == "csv" else "data.x"

"""From the `data` config group to Data: formula, points by hand or CSV, with titles and units."""

from dataclasses import replace

import numpy as np

from pipeline.config.schema.data import DataConfig
from pipeline.errors import InputError
from pipeline.model.data import Axis, Data
from pipeline.model.functions import TARGETS, sample
from pipeline.model.table import read_columns

LARGEST, SMALLEST = 1e50, 1e-50  # of the largest |x| and |y|: the solver needs fourth powers
# Range of x, relative to 1 and to |x|: the network's weights are near 1, so closer breakpoints are rounding only.
CLOSEST = 1e-12


def load_data(config: DataConfig) -> Data:
    """The samples a data config describes, standardised if it says so; at least two distinct x.

    Raises InputError where a file, a column, a cell or a list cannot be used.
    """
    data = _read(config)
    if data.x[0] == data.x[-1]:
        rows = "there is one sample only" if len(data) == 1 else f"all {len(data)} samples have x = {data.x[0]:g}"
        raise InputError(f"{_origin(config)}: {rows}; give samples at two or more different x")
    _check_size(config, data)
    x_axis = Axis(config.x_label or _column_name(config, config.x), config.x_unit)
    y_axis = Axis(config.y_label or _column_name(config, config.y), config.y_unit)
    data = replace(data, x_axis=x_axis, y_axis=y_axis, name=config.title)
    _check_range(config, data)
    return standardize(data) if config.standardize else data


def standardize(data: Data) -> Data:
    """Data with x and y at mean 0 and standard deviation 1; the axes keep the way back to the user's units.

    A constant y is only shifted. No step under- or overflows for values that `load_data` lets pass.
    """
    x, x_axis = _standardize(data.x, data.x_axis)
    y, y_axis = _standardize(data.y, data.y_axis)
    return replace(data, x=x, y=y, x_axis=x_axis, y_axis=y_axis)


def _standardize(values: np.ndarray, axis: Axis) -> tuple[np.ndarray, Axis]:
    shift, scale = values.mean(), values.std() or 1.0
    return (values - shift) / scale, replace(axis, shift=axis.to_user(shift), scale=axis.scale * scale)


def _read(config: DataConfig) -> Data:
    if config.kind == "csv":
        return Data(*read_columns(config.path, config.x, config.y, config.header, config.decimal_comma))
    if config.kind == "points":
        return Data(config.x, config.y)
    keys = "count", "low", "high", "amplitude", "frequency", "noise", "seed"
    assert config.kind in TARGETS
    return sample(config.kind, **{key: getattr(config, key) for key in keys})


def _check_size(config: DataConfig, data: Data) -> None:
    for name in "xy":
        largest = float(np.abs(getattr(data, name)).max())
        if largest > LARGEST or 0 < largest < SMALLEST:
            size = (
                "large; choose a unit with values up to"
                if largest > LARGEST
                else "small; choose a unit with values from"
            )
            bound = LARGEST if largest > LARGEST else SMALLEST
            raise InputError(f"{_origin(config, name)}: {name} = {largest:g} is too {size} {bound:g}")


def _check_range(config: DataConfig, data: Data) -> None:
    width, largest = float(data.x[-1] - data.x[0]), float(np.abs(data.x).max())
    if width < CLOSEST * largest:
        remedy = "subtract what they have in common"
    elif width < CLOSEST and not config.standardize:
        remedy = "set data.standardize=true, or choose a smaller unit"
    else:
        return
    raise InputError(f"{_origin(config)}: all x within {width:.3g} of each other, too close to tell apart; {remedy}")


def _column_name(config: DataConfig, column: str | int | list) -> str:
    """The name of a CSV column that is given by name, as a label: a dollar sign in it starts no formula."""
    return column.replace("$", r"\$") if config.kind == "csv" and isinstance(column, str) else ""


def _origin(config: DataConfig, axis: str = "x") -> str:
    return {"csv": config.path, "points": f"data.{axis}"}.get(config.kind, "data.low, data.high")

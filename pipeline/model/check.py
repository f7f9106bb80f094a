"""Rules between the keys of `data`, and between those of `init`, told before any work."""

import math
from typing import Any

from pipeline.config.check import shown
from pipeline.config.schema.data import DataConfig
from pipeline.config.schema.init import InitConfig
from pipeline.errors import InputError
from pipeline.model import initialization  # noqa: F401, the choices of init.scaling and init.distribution
from pipeline.model.sources import LARGEST, SOURCES


def check_data(data: DataConfig) -> None:
    """Raise InputError at the first rule that the group breaks."""
    if data.kind == "csv":
        _check_file(data)
    elif data.kind == "npz" and data.path is None:
        raise InputError("data.path = null: give the path of an .npz file with x and y, data.path=FILE")
    elif data.kind == "points":
        _check_points(data)
    elif "low" in SOURCES[data.kind].keys and data.low >= data.high:
        raise InputError(f"data.low = {data.low:g}: must be less than data.high = {data.high:g}")


def check_init(init: InitConfig) -> None:
    """Raise InputError at the first rule that the group breaks."""
    if init.antisymmetric and init.width % 2:
        raise InputError(f"init.width = {init.width}: init.antisymmetric=true pairs neurons; give an even width")
    if init.balanced and init.layer_ratio != 1:
        raise InputError(f"init.layer_ratio = {init.layer_ratio:g}: init.balanced=true fixes the ratio; leave it at 1")


def _check_file(data: DataConfig) -> None:
    if data.path is None:
        raise InputError("data.path = null: give the path of a CSV file, data.path=FILE")
    for key in "xy":
        column = getattr(data, key)
        if isinstance(column, bool) or not isinstance(column, int | str):
            raise InputError(f"data.{key} = {shown(column)}: give a column's name or its number from 0")


def _check_points(data: DataConfig) -> None:
    for key in "xy":
        values = getattr(data, key)
        if not isinstance(values, list) or not all(_is_number(value) for value in values):
            raise InputError(f"data.{key} = {shown(values)}: give a list of finite numbers, 'data.{key}=[-1,0,1]'")
    count_x, count_y = len(data.x), len(data.y)
    if count_x != count_y:
        raise InputError(f"data.y = {shown(data.y)}: has {count_y} values and data.x has {count_x}; give one per x")
    if count_x < 2:
        raise InputError(f"data.x = {shown(data.x)}: give samples at two or more different x")


def _is_number(value: Any) -> bool:
    """Whether a value is a number that can be computed with; comparing is safe for whole numbers of any size."""
    known = isinstance(value, int | float) and not isinstance(value, bool)
    return known and not math.isnan(value if isinstance(value, float) else 0) and abs(value) <= LARGEST

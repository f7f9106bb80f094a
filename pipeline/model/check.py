"""Rules between the keys of `data`, and between those of `init`, told before any work."""

import math
from typing import Any

from pipeline.config.check import shown
from pipeline.config.schema.data import DataConfig
from pipeline.config.schema.init import InitConfig
from pipeline.errors import InputError
from pipeline.model.initialization import SCALINGS  # and the choices of init.distribution
from pipeline.model.sources import LARGEST, SOURCES


def check_data(data: DataConfig) -> None:
    """Raise InputError at the first rule that the group breaks."""
    _check_test(data)
    if data.kind == "teacher":
        _check_teacher(data)
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
    _check_own_keys(init)
    if init.antisymmetric and init.width % 2:
        raise InputError(f"init.width = {init.width}: init.antisymmetric=true pairs neurons; give an even width")
    if init.balanced and init.layer_ratio != 1:
        raise InputError(f"init.layer_ratio = {init.layer_ratio:g}: init.balanced=true fixes the ratio; leave it at 1")


def _check_own_keys(init: InitConfig) -> None:
    """A key that some rows have is for these alone, and one that a row cannot obey not for it."""
    row, blank = SCALINGS[init.scaling], InitConfig()
    some_have = {key for each in SCALINGS.values() for key in each.keys}
    for name in [*sorted(some_have - set(row.keys)), *row.unused]:
        value = getattr(init, name)
        if value != getattr(blank, name):
            raise InputError(f"init.{name} = {shown(value)}: not used by init.scaling = {init.scaling}; leave it out")
    if "path" in row.keys and init.path is None:
        raise InputError("init.path = null: give the path of a file of weights, init.path=FILE.npz")
    if "breakpoints" in row.keys:
        _check_knots(init)
    if "w" in row.keys:
        _check_weights(init)
    if init.interval:
        _check_interval(init.interval)
    if "spikes" in row.keys:
        _check_spikes(init)


def _check_weights(init: InitConfig) -> None:
    count = len(init.w)
    if count == 0:
        raise InputError("init.w = []: give at least one, 'init.w=[1,-1]' 'init.b=[0,0.5]' 'init.v=[1,1]'")
    for name, values in (("b", init.b), ("v", init.v)):
        if len(values) != count:
            words = f"has {len(values)} values and init.w has {count}; give one per neuron"
            raise InputError(f"init.{name} = {shown(values)}: {words}")


def _check_interval(interval: list[float]) -> None:
    if len(interval) != 2 or interval[0] >= interval[1]:
        raise InputError(f"init.interval = {shown(interval)}: give two numbers that ascend, 'init.interval=[-1,1]'")


def _check_spikes(init: InitConfig) -> None:
    neurons = 3 * len(init.spikes)
    if neurons == 0:
        raise InputError("init.spikes = []: give at least one place, 'init.spikes=[-0.5,0.5]'")
    if neurons > init.width:
        words = f"takes {neurons} neurons, and init.width = {init.width}; give a width of {neurons} or more"
        raise InputError(f"init.spikes = {shown(init.spikes)}: {words}")


def _check_test(data: DataConfig) -> None:
    given = {name: getattr(data, name) for name in ("test_fraction", "test_path", "test_count")}
    names = [name for name, value in given.items() if value]
    if len(names) > 1:
        raise InputError(f"data.{names[1]} = {shown(given[names[1]])}: data.{names[0]} makes the test set; give one")


def _check_teacher(data: DataConfig) -> None:
    bends, jumps = data.breakpoints, data.jumps
    if bool(bends) == bool(data.path):
        raise InputError("data.breakpoints, data.path: a teacher has knots or a file of weights; give one of them")
    if len(bends) != len(jumps):
        words = f"has {len(jumps)} values and data.breakpoints has {len(bends)}; give one per breakpoint"
        raise InputError(f"data.jumps = {shown(jumps)}: {words}")


def _check_knots(init: InitConfig) -> None:
    count = len(init.breakpoints)
    if count == 0:
        raise InputError("init.breakpoints = []: give at least one, 'init.breakpoints=[-0.5,0.5]'")
    for name, least in (("jumps", count), ("orientations", 0)):
        values = getattr(init, name)
        if len(values) not in (least, count):
            words = f"has {len(values)} values and init.breakpoints has {count}; give one per breakpoint"
            raise InputError(f"init.{name} = {shown(values)}: {words}")
    if 0 in init.orientations:
        raise InputError(f"init.orientations = {shown(init.orientations)}: give 1 or -1 for each")


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

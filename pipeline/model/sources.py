"""From the `data` config group to Data, with titles and units; the kinds of data sets are rows of a table."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from pipeline.config.schema.data import DataConfig
from pipeline.config.tables import Table
from pipeline.console.texts import one_line
from pipeline.errors import InputError, known_as
from pipeline.model.data import Axis, Data
from pipeline.model.functions import Function, cubic, sample, sawtooth, step
from pipeline.model.given import file_digest, network_in, network_with_knots
from pipeline.model.table import find_columns, read_file
from pipeline.model.weights_file import place_of, read_arrays

FORMULA_KEYS = "count", "low", "high", "amplitude", "frequency", "noise", "seed", "sampling", "test_count"
TEACHER_KEYS = "count", "low", "high", "noise", "seed", "sampling", "test_count", "breakpoints", "jumps", "path"
CSV_KEYS = "path", "x", "y", "header", "decimal_comma"

LARGEST, SMALLEST = 1e50, 1e-50  # of the largest |x| and |y|: the solver needs fourth powers
# Range of x, relative to 1 and to |x|: the network's weights are near 1, so closer breakpoints are rounding only.
CLOSEST = 1e-12


def _anywhere(config: DataConfig, axis: str) -> str:
    return "data"


@dataclass(frozen=True)
class Source:
    """A row: one kind of data sets.

    keys: of the config group `data` that it uses beyond those that all use; load: the samples, whose axes may have
    labels of their own; place: (config, "x" or "y") → the keys or file that values come from, for messages.
    """

    keys: tuple[str, ...]
    load: Callable[[DataConfig], Data]
    place: Callable[[DataConfig, str], str] = _anywhere


def _load_csv(config: DataConfig) -> Data:
    with known_as({key: f"data.{key}" for key in CSV_KEYS}):
        content = read_file(config.path or "")
        x, y = find_columns(content, config.path or "", config.x, config.y, config.header, config.decimal_comma)
    x_axis, y_axis = (Axis(_column_label(column)) for column in (config.x, config.y))
    return Data(x, y, x_axis, y_axis, digest=hashlib.sha256(content).hexdigest())


def _load_npz(config: DataConfig) -> Data:
    """Arrays x and y of an .npz file, or those of the names data.x and data.y."""
    path = place_of(config.path or "")
    arrays, digest = read_arrays(path)
    names = [str(getattr(config, axis) or axis) for axis in "xy"]
    for name in names:
        if name not in arrays:
            raise InputError(f"{path}: has no array {name}, only {', '.join(arrays)}; choose another kind of `data`")
    x, y = (np.ravel(arrays[name]) for name in names)
    return Data(x, y, digest=digest)


def _load_teacher(config: DataConfig) -> Data:
    """Samples of a network: of the one in `data.path`, or of that with a neuron for each of `data.breakpoints`."""
    network = network_in(config.path) if config.path else network_with_knots(config.breakpoints, config.jumps)
    drawn = {key: getattr(config, key) for key in ("count", "low", "high", "noise", "seed", "sampling")}
    bends = np.divide(-network.b, network.w, out=np.full(len(network), np.inf), where=network.w != 0)
    digest = file_digest(config.path) if config.path else ""
    return replace(sample(network.evaluate, **drawn), knots=np.unique(bends[np.isfinite(bends)]), digest=digest)


def _column_label(column: str | int) -> str:
    """The name of a column that is given by name, as a label: a dollar sign in it starts no formula."""
    return one_line(column).replace("$", r"\$") if isinstance(column, str) else ""


SOURCES: Table[Source] = Table(
    "data set kind",
    {
        "csv": Source((*CSV_KEYS, "seed"), _load_csv, place=lambda config, axis: str(config.path)),
        "points": Source(
            ("x", "y", "seed"), lambda config: Data(config.x, config.y), place=lambda config, axis: f"data.{axis}"
        ),
        "teacher": Source(TEACHER_KEYS, _load_teacher, place=lambda config, axis: "data.low, data.high"),
        "npz": Source(("path", "x", "y", "seed"), _load_npz, place=lambda config, axis: str(config.path)),
    },
    key="data.kind",
)


def formula(name: str, function: Function | None = None) -> Callable[[Function], Function]:
    """Add y = amplitude · function(frequency · x) to the kinds of data sets; decorates where no function is given.

    Raises InputError where there is a kind of that name already.
    """

    def add(function: Function) -> Function:
        def load(config: DataConfig) -> Data:
            return sample(function, **{key: getattr(config, key) for key in FORMULA_KEYS if key != "test_count"})

        SOURCES.add(name, Source(FORMULA_KEYS, load, place=lambda config, axis: "data.low, data.high"))
        return function

    if function is not None:
        add(function)
    return add


formula("sine", np.sin)
formula("step", step)
formula("sawtooth", sawtooth)
formula("cubic", cubic)


def load_data(config: DataConfig) -> Data:
    """The samples a data config describes, standardised if it says so; at least two distinct x.

    Raises InputError where a file, a column, a cell or a list cannot be used.
    """
    source = SOURCES[config.kind]
    data = with_test(config, source.load(config))
    if data.x[0] == data.x[-1]:
        rows = "there is one sample only" if len(data) == 1 else f"all {len(data)} samples have x = {data.x[0]:g}"
        raise InputError(f"{source.place(config, 'x')}: {rows}; give samples at two or more different x")
    _check_size(config, data)
    x_axis = Axis(config.x_label or data.x_axis.label, config.x_unit)
    y_axis = Axis(config.y_label or data.y_axis.label, config.y_unit)
    data = replace(data, x_axis=x_axis, y_axis=y_axis, name=config.title)
    _check_range(config, data)
    return standardize(data) if config.standardize else data


def with_test(config: DataConfig, data: Data) -> Data:
    """The data with the test set that the config asks for: a share held out, a file, or points of its target.

    Raises InputError for a file that cannot be read.
    """
    if config.test_fraction:
        held_out = np.zeros(len(data), dtype=bool)
        count = min(max(round(config.test_fraction * len(data)), 1), len(data) - 1)
        held_out[np.random.default_rng([config.seed, 2]).permutation(len(data))[:count]] = True
        test = Data(data.x[held_out], data.y[held_out])
        return replace(data, x=data.x[~held_out], y=data.y[~held_out], test=test)
    if config.test_path is not None:
        return replace(data, test=_test_of_file(config))
    if config.test_count and data.target is not None:
        x = np.linspace(config.low, config.high, config.test_count)
        return replace(data, test=Data(x, data.target(x)))
    return data


def _test_of_file(config: DataConfig) -> Data:
    path, columns = str(config.test_path), {"npz": (None, None), "csv": (0, 1)}
    kind = "npz" if path.endswith(".npz") else "csv"
    x, y = (config.x, config.y) if config.kind in columns else columns[kind]
    try:
        return SOURCES[kind].load(replace(config, kind=kind, path=path, x=x, y=y))
    except InputError as error:
        raise InputError(f"data.test_path: {error}") from None


def standardize(data: Data) -> Data:
    """Data with x and y at mean 0 and standard deviation 1; the axes keep the way back to the user's units.

    A constant y is only shifted. No step under- or overflows for values that `load_data` lets pass.
    """
    across, up = _Standard.of(data.x), _Standard.of(data.y)
    given, test, knots = data.target, data.test, data.knots
    return replace(
        data,
        x=across.seen(data.x),
        y=up.seen(data.y),
        x_axis=across.axis(data.x_axis),
        y_axis=up.axis(data.y_axis),
        target=given and (lambda x: up.seen(given(x * across.scale + across.shift))),
        knots=None if knots is None else across.seen(knots),
        test=test and Data(across.seen(test.x), up.seen(test.y)),
    )


class _Standard(NamedTuple):
    """The unit in which values that are learnt have mean 0 and standard deviation 1."""

    shift: float
    scale: float

    @staticmethod
    def of(learnt: np.ndarray) -> "_Standard":
        return _Standard(float(learnt.mean()), float(learnt.std()) or 1.0)

    def seen(self, values: np.ndarray) -> np.ndarray:
        return np.asarray((values - self.shift) / self.scale)

    def axis(self, axis: Axis) -> Axis:
        return replace(axis, shift=float(axis.to_user(self.shift)), scale=axis.scale * self.scale)


def _check_size(config: DataConfig, data: Data) -> None:
    for name in "xy":
        largest = float(np.abs(getattr(data, name)).max())
        if largest > LARGEST or 0 < largest < SMALLEST:
            fault = f"large; choose a unit with values up to {LARGEST:g}"
            if largest < SMALLEST:
                fault = f"small; choose a unit with values from {SMALLEST:g}"
            raise InputError(f"{SOURCES[config.kind].place(config, name)}: {name} = {largest:g} is too {fault}")


def _check_range(config: DataConfig, data: Data) -> None:
    width, largest = float(data.x[-1] - data.x[0]), float(np.abs(data.x).max())
    if width < CLOSEST * largest:
        remedy = "subtract what they have in common"
    elif width < CLOSEST and not config.standardize:
        remedy = "set data.standardize=true, or choose a smaller unit"
    else:
        return
    place = SOURCES[config.kind].place(config, "x")
    raise InputError(f"{place}: all x within {width:.3g} of each other, too close to tell apart; {remedy}")

"""Every rule a config must keep beyond its types, checked before any work.

Each message is one line: key = value, what is wrong, what to write instead.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from pipeline.config.schema.config import Config
from pipeline.config.schema.data import DataConfig
from pipeline.config.schema.dynamics import DynamicsConfig
from pipeline.errors import InputError
from pipeline.render.check import check_quantities, check_scene
from pipeline.render.encoding.check import check_video
from pipeline.render.film.timing import frame_count, parts
from pipeline.run.asked import FINAL_LOSS

FORMULAS = "sine", "step", "sawtooth", "cubic"

# key: the values it may take
CHOICES: dict[str, tuple[str, ...]] = {
    "data.kind": ("csv", "points", *FORMULAS),
    "init.scaling": ("he", "glorot", "lecun", "pytorch", "ntk", "mean_field"),
    "init.distribution": ("normal", "uniform"),
    "dynamics.kind": ("gradient_flow", "gradient_descent", "adam"),
    "dynamics.train": ("all", "hidden", "output"),
    "timing.kind": ("log", "linear", "arclength"),
    "theme.math_font": ("dejavusans", "dejavuserif", "cm", "stix", "stixsans"),
}

# key: (least, most); an open end is None, and a least value marked ">" is itself not allowed
LIMITS: dict[str, tuple[float | str | None, float | None]] = {
    "data.count": (2, 1_000_000),
    "data.noise": (0, None),
    "data.seed": (0, None),
    "init.width": (1, 10_000_000),
    "init.scale": (">0", None),
    "init.layer_ratio": (">0", None),
    "init.bias_ratio": (0, None),
    "init.seed": (0, None),
    "dynamics.end_time": (">0", None),
    "dynamics.weight_decay": (0, None),
    "dynamics.rtol": (1e-12, 0.1),
    "dynamics.max_steps": (1, None),
    "dynamics.learning_rate": (">0", None),
    "dynamics.batch_size": (1, None),
    "dynamics.label_noise": (0, None),
    "dynamics.momentum": (0, 1),
    "dynamics.seed": (0, None),
    "projection.points": (2, 100_000),
    "projection.window": (">0", None),
    "timing.seconds": (">0", 3600),
    "timing.hold_start": (0, None),
    "timing.hold_end": (0, None),
    "timing.first_time": (">0", None),
    "scene.trail_seconds": (0, None),
    "scene.narrow_below": (">0", None),
    "embed.most_sections": (2, 99),
    "embed.shortest": (">0", None),
    "theme.text_size": (">0", 0.1),
    "theme.smallest_text": (0, 100),
    "theme.stroke": (">0", 0.05),
    "theme.smallest_stroke": (0, 50),
    "theme.mark_size": (">0", 0.5),
    "theme.trail_opacity": (0, 1),
    "sweep.bunch": (1, None),
    "sweep.width": (320, 7680),
    "sweep.height": (240, 4320),
}

MOST_STATES = 100_000_000  # frames times neurons: some 60 bytes of memory each

# group and kind: the keys that only some kinds use
OWN_KEYS = {
    "data": {
        "csv": {"path", "header", "decimal_comma", "x", "y"},
        "points": {"x", "y"},
        **{kind: {"count", "low", "high", "amplitude", "frequency", "noise", "seed"} for kind in FORMULAS},
    },
    "dynamics": {
        "gradient_flow": {"rtol", "max_steps"},
        "gradient_descent": {"learning_rate", "batch_size", "label_noise", "momentum", "seed"},
        "adam": {"learning_rate", "batch_size", "label_noise", "seed"},
    },
}


def check(config: Config) -> None:
    """Raise InputError for the first value out of range and the first broken rule between keys."""
    values = dict(_flatten(config))
    for key, value in values.items():
        _check_finite(key, value)
    for key, allowed in CHOICES.items():
        if values[key] not in allowed:
            raise InputError(f"{key} = {values[key]}: unknown; choose one of {', '.join(allowed)}")
    for key, (least, most) in LIMITS.items():
        if values[key] is not None:
            _check_limit(key, values[key], least, most)
    check_video(config.video)
    check_scene(config.scene)
    check_quantities("projection.quantities", config.projection.quantities)
    for group in OWN_KEYS:
        _check_own_keys(group, getattr(config, group))
    for rule in (
        _check_name,
        _check_data,
        _check_init,
        _check_dynamics,
        _check_projection,
        _check_objective,
        _check_timing,
        _check_frames,
        _check_times,
        _check_theme,
    ):
        rule(config)


def _flatten(config: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """(dotted key, value) of every leaf; InputError for a key that the schema does not have."""
    for name in vars(config).keys() - {entry.name for entry in fields(config)}:
        raise InputError(f"{prefix}{name}: no such key; `python -m pipeline --cfg job` shows all keys")
    for entry in fields(config):
        value = getattr(config, entry.name)
        if is_dataclass(value):
            yield from _flatten(value, f"{prefix}{entry.name}.")
        else:
            yield prefix + entry.name, value


def _check_finite(key: str, value: Any) -> None:
    if isinstance(value, float) and not math.isfinite(value):
        raise InputError(f"{key} = {value}: must be a finite number")


def _check_limit(key: str, value: float, least: float | str | None, most: float | None) -> None:
    strict = isinstance(least, str)
    bound = float(least[1:]) if strict else least
    if bound is not None and (value < bound or (strict and value == bound)):
        raise InputError(f"{key} = {value}: must be {'greater than' if strict else 'at least'} {bound:g}")
    if most is not None and value > most:
        raise InputError(f"{key} = {value}: must be at most {most:g}")


def _check_name(config: Config) -> None:
    name = config.name
    if name is not None and (not re.fullmatch(r"[\w.\- ]+", name) or set(name) <= {".", " "}):
        raise InputError(f"name = {config.name!r}: names a folder; use letters, digits, '_', '-' and '.'")


def _check_own_keys(group: str, chosen: DataConfig | DynamicsConfig) -> None:
    """A key that the chosen kind does not use must not be set: it would do nothing."""
    kinds = OWN_KEYS[group]
    for key in sorted(set().union(*kinds.values()) - kinds[chosen.kind]):
        value = getattr(chosen, key)
        if value != getattr(type(chosen)(), key):
            raise InputError(f"{group}.{key} = {value}: not used by {group} of kind {chosen.kind}; leave it out")


def _check_data(config: Config) -> None:
    data = config.data
    if data.kind == "csv":
        if data.path is None:
            raise InputError("data.path = null: give the path of a CSV file, data.path=FILE")
        for key in "xy":
            if isinstance(getattr(data, key), bool) or not isinstance(getattr(data, key), (int, str)):
                raise InputError(f"data.{key} = {getattr(data, key)}: give a column's name or its number from 0")
    if data.kind == "points":
        _check_points(data)
    if data.kind in FORMULAS and data.low >= data.high:
        raise InputError(f"data.low = {data.low:g}: must be less than data.high = {data.high:g}")


def _check_points(data: DataConfig) -> None:
    for key in "xy":
        values = getattr(data, key)
        if not isinstance(values, list) or not all(_is_number(value) for value in values):
            raise InputError(f"data.{key} = {values}: give a list of finite numbers, 'data.{key}=[-1,0,1]'")
    if len(data.x) != len(data.y):
        raise InputError(f"data.y = {data.y}: has {len(data.y)} values and data.x has {len(data.x)}; give one per x")
    if len(data.x) < 2:
        raise InputError(f"data.x = {data.x}: give samples at two or more different x")


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _check_init(config: Config) -> None:
    init = config.init
    if init.antisymmetric and init.width % 2:
        raise InputError(f"init.width = {init.width}: init.antisymmetric=true pairs neurons; give an even width")
    if init.balanced and init.layer_ratio != 1:
        raise InputError(f"init.layer_ratio = {init.layer_ratio:g}: init.balanced=true fixes the ratio; leave it at 1")


def _check_dynamics(config: Config) -> None:
    rate, end = config.dynamics.learning_rate, config.dynamics.end_time
    if rate is not None and rate > end:
        raise InputError(f"dynamics.learning_rate = {rate:g}: one step goes beyond dynamics.end_time = {end:g}")


def _check_projection(config: Config) -> None:
    neuron, width = config.projection.neuron, config.init.width
    if neuron is not None and not -width <= neuron < width:
        raise InputError(f"projection.neuron = {neuron}: there are {width} neurons; give 0 to {width - 1}")


def _check_objective(config: Config) -> None:
    name = config.objective
    if name == FINAL_LOSS:
        return
    check_quantities("objective", [name])
    from pipeline.projection.quantities import QUANTITIES

    if QUANTITIES[name].shape != "F":
        raise InputError(f"objective = {name}: is no single number a frame; give {FINAL_LOSS}, roughness, …")
    if config.compare:
        raise InputError(f"objective = {name}: several runs side by side have none; give {FINAL_LOSS}")


def _check_timing(config: Config) -> None:
    timing, width = config.timing, config.init.width
    parts(timing.seconds, config.video.fps, timing.hold_start, timing.hold_end)
    count = frame_count(timing.seconds, config.video.fps)
    if count * width > MOST_STATES:
        raise InputError(
            f"timing.seconds = {timing.seconds:g}: {count} frames of {width} neurons do not fit in memory; "
            f"give at most {MOST_STATES // width} frames, or fewer neurons"
        )


def _check_frames(config: Config) -> None:
    chosen, count = config.frames.range, frame_count(config.timing.seconds, config.video.fps)
    if chosen is not None and not (len(chosen) == 2 and 0 <= chosen[0] < chosen[1] <= count):
        remedy = f"give the first and the end of some of its {count} frames, such as frames.range=[0,{count // 2}]"
        raise InputError(f"frames.range = {chosen}: {remedy}")
    if config.preview and not config.render:
        raise InputError("preview = true: draws frames, and render = false forbids it; leave one out")


def _check_times(config: Config) -> None:
    times, end = config.scene.times, config.dynamics.end_time
    if times is None:
        return
    if not (2 <= len(times) <= 9 and all(0 <= time <= end for time in times)):
        raise InputError(f"scene.times = {times}: give 2 to 9 training times from 0 to dynamics.end_time = {end:g}")
    if config.compare or config.preview or config.frames.range:
        raise InputError("scene.times: makes a strip of one run; leave out compare, preview and frames.range")


def _check_theme(config: Config) -> None:
    for entry in fields(config.theme):
        value = getattr(config.theme, entry.name)
        is_colour = str(entry.default).startswith("#")
        if is_colour and not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            raise InputError(f"theme.{entry.name} = {value}: not a colour; give one as '#rrggbb'")

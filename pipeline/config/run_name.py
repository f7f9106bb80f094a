"""The name of a run that was given none: what differs from the defaults, as jobs of a sweep are named."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from pipeline.config.schema.config import Config
from pipeline.store.names import name_of

NONE_DIFFER = "default"
# Keys that change nothing of the video, and what lies in folders inside the run's own.
ASIDE = "name", "force", "preview", "render", "frames", "embed", "hydra", "sweep", "plugins", "objective"


def run_name(name: str | None, overrides: Sequence[str]) -> str:
    """The given name, else one of the overrides that tell this run from the default one, by key.

    Of a sweep's overrides those that all jobs share count. Raises HydraException for what is no override.
    """
    return named_by(telling(overrides)) if name is None else name


def telling(overrides: Sequence[str]) -> dict[str, str]:
    """By key, the values in overrides that tell a run from the default one. Raises HydraException as run_name does."""
    from pipeline.config.hydra_private import parse  # slow to import

    values = {}
    for override in map(parse, overrides):
        key = override.get_key_element().lstrip("+~")
        if not override.is_sweep_override() and key.partition(".")[0].partition("/")[0] not in ASIDE:
            values[key] = override.get_value_element_as_str()
    return values


def named_by(values: Mapping[str, str]) -> str:
    """The name of a run that these values tell from the default one, by key."""
    return name_of(dict(sorted(values.items())), among=_keys()) if values else NONE_DIFFER


@cache
def _keys() -> tuple[str, ...]:
    """All keys of a config, dotted: a last part that two of them share names neither."""
    return tuple(_flat(asdict(Config())))


def _flat(values: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for name, value in values.items():
        yield from _flat(value, f"{prefix}{name}.") if isinstance(value, dict) and value else [prefix + name]

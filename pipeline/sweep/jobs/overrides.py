"""What a job's overrides say that those of the others do not."""

from collections.abc import Mapping, Sequence

from pipeline.config.hydra_private import parse


def swept_values(overrides: Sequence[str], common: Mapping[str, str]) -> dict[str, str]:
    """By key, the values in which a job's overrides differ from those that all jobs have in `common`."""
    return {key: value for key, value in _values(overrides).items() if common.get(key) != value}


def common_values(overrides: Sequence[str]) -> dict[str, str]:
    """By key, the values of the overrides in a sweep's command that are the same for all its jobs."""
    return _values([text for text in overrides if not parse(text).is_sweep_override()])


def _values(overrides: Sequence[str]) -> dict[str, str]:
    parsed = [parse(text) for text in overrides]
    return {one.get_key_element(): one.get_value_element_as_str() for one in parsed}

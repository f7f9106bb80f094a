"""Names of a sweep's jobs: what differs between them, in a form that is safe as a folder's name."""

import re
from collections.abc import Mapping

from pipeline.store.names import safe_name

DIGITS = 6  # of a number that an optimiser chose: more make no name easier to tell from others


def job_name(values: Mapping[str, str], unlike: bool = False) -> str:
    """The folder's name of the job with these swept values, by config key.

    `{"init.scale": "0.1", "init.seed": "0"}` is `scale=0.1+seed=0`. A key is cut to its last part where that is
    unique. A name that had to be shortened or changed, or must be `unlike` another one that differs from it only in
    capitals, carries a hash of the whole, and so stays unique.
    """
    last = [key.rpartition(".")[2] for key in values]
    keys = [short if last.count(short) == 1 else key for short, key in zip(last, values, strict=True)]
    whole = ",".join(f"{key}={value}" for key, value in values.items())
    shown = ",".join(f"{key}={_short(value)}" for key, value in zip(keys, values.values(), strict=True))
    cut = unlike or any(_short(value) != value for value in values.values())
    return safe_name(shown, whole, always=cut)


def _short(value: str) -> str:
    """A number of many digits with a few, anything else as it is."""
    if re.fullmatch(r"-?\d+\.\d{7,}(e-?\d+)?", value):
        return f"{float(value):.{DIGITS}g}"
    return value

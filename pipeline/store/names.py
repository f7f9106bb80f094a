"""Names of folders, as a user would write them."""

import hashlib
import re
from collections.abc import Iterable, Mapping

DIGITS = 6  # of a number that an optimiser chose: more make no name easier to tell from others
LONGEST = 100


def safe_name(overrides: str, whole: str | None = None, always: bool = False) -> str:
    """A short folder name for an override string: no slash, comma, bracket or space, unique, at most 100 long.

    `init.scale=0.1,video=draft` becomes `init.scale=0.1+video=draft`. Where something had to be replaced or cut, or
    `always`, a hash of the whole (of `overrides` by default) keeps the name unique.
    """
    name = re.sub(r"[^\w.=+\-]", "_", overrides.replace(",", "+"), flags=re.ASCII).strip(".") or "default"
    if name.replace("+", ",") == overrides and len(name) <= LONGEST and not always:
        return name
    digest = hashlib.sha256((whole or overrides).encode()).hexdigest()[:8]
    return f"{name[: LONGEST - 9]}-{digest}"


def name_of(values: Mapping[str, str], unlike: bool = False, among: Iterable[str] = ()) -> str:
    """A folder's name for what has these values, by config key.

    `{"init.scale": "0.1", "init.seed": "0"}` is `scale=0.1+seed=0`. A key is cut to its last part where that is
    unique, also `among` other keys. A name that had to be shortened or changed, or must be `unlike` another one that
    differs from it only in capitals, carries a hash of the whole, and so stays unique.
    """
    names = short_names({*values, *among})
    whole = ",".join(f"{key}={value}" for key, value in values.items())
    shown = ",".join(f"{names[key]}={_short(value)}" for key, value in values.items())
    cut = unlike or any(_short(value) != value for value in values.values())
    return safe_name(shown, whole, always=cut)


def short_names(keys: Iterable[str]) -> dict[str, str]:
    """By config key its last part where that tells it from the others, else the whole key."""
    keys = list(keys)
    last = [last_part(key) for key in keys]
    return {key: word if last.count(word) == 1 else key for key, word in zip(keys, last, strict=True)}


def last_part(key: str) -> str:
    """`scale` of `init.scale`."""
    return key.rpartition(".")[2]


def _short(value: str) -> str:
    """A number of many digits with a few, anything else as it is."""
    if re.fullmatch(r"-?\d+\.\d{7,}(e-?\d+)?", value):
        return f"{float(value):.{DIGITS}g}"
    return value

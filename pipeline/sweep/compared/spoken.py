"""Swept keys and their values as one says them: `initial scale 0.3`, `60 neurons`."""

from collections.abc import Iterable, Mapping

from pipeline.render.film.words import SEPARATOR
from pipeline.store.names import short_names
from pipeline.sweep.compared.values import Value, value_words

# By key: a value and its name, in the order in which they are said. Other keys are said by their last parts.
SPOKEN = {
    "run": "{}",
    "data": "{}",
    "data.title": "{}",
    "data.noise": "noise of the data {}",
    "init": "{} initialisation",
    "init.scaling": "{} scaling",
    "init.scale": "initial scale {}",
    "init.width": "{} neurons",
    "init.seed": "seed {}",
    "init.bias_ratio": "spread of the breakpoints {}",
    "dynamics": "{}",
    "dynamics.kind": "{}",
    "dynamics.train": "trained: {}",
    "dynamics.end_time": "end of training {}",
    "dynamics.rtol": "relative tolerance {}",
    "dynamics.seed": "seed of the batches {}",
}


def spoken_names(keys: Iterable[str]) -> dict[str, str]:
    """What each key is called, without a value; no two of them alike."""
    keys = list(keys)
    return {key: said.replace("{}", "").strip(" :") or key for key, said in _sentences(keys).items()}


def spoken(values: Mapping[str, Value]) -> list[str]:
    """Each key's value in words."""
    said = _sentences(values)
    return [said[key].replace("{}", value_words(value)) for key, value in values.items()]


def label_of(values: Mapping[str, Value]) -> str:
    """`initial scale 0.1 · seed 0`."""
    return SEPARATOR.join(spoken(values))


def _sentences(keys: Iterable[str]) -> dict[str, str]:
    """How each of the keys is said with its value: `{}`."""
    short = short_names(keys)
    return {key: SPOKEN.get(key, short[key].replace("_", " ").replace(".", " ") + " {}") for key in short}

"""Swept keys and their values as one says them: `initial scale 0.3`, `60 neurons`."""

from collections.abc import Iterable, Mapping

from pipeline.config.language import Language
from pipeline.render.film.words import SEPARATOR
from pipeline.store.names import short_names
from pipeline.sweep.compared.values import Value, value_words

VALUE = "{value}"  # its place in the table of words


def spoken_names(keys: Iterable[str], say: Language) -> dict[str, str]:
    """What each key is called, without a value; no two of them alike."""
    return {key: _own_name(key, say) or said.replace(VALUE, "").strip(" :") for key, said in _said(keys, say).items()}


def spoken(values: Mapping[str, Value], say: Language) -> list[str]:
    """Each key's value in words."""
    said = _said(values, say)
    return [said[key].replace(VALUE, value_words(value)) for key, value in values.items()]


def label_of(values: Mapping[str, Value], say: Language) -> str:
    """`initial scale 0.1 · seed 0`."""
    return SEPARATOR.join(spoken(values, say))


def _said(keys: Iterable[str], say: Language) -> dict[str, str]:
    """How each of the keys is said with its value; one that the table does not have by its last part."""
    short = short_names(keys)
    return {
        key: say.words.get(f"swept.{_row(key)}", f"{short[key].replace('_', ' ').replace('.', ' ')} {VALUE}")
        for key in short
    }


def _own_name(key: str, say: Language) -> str:
    """What a key is called that is said by its value alone."""
    return say.words.get(f"swept_names.{_row(key)}", "")


def _row(key: str) -> str:
    return key.replace(".", "_")

"""What is swept, in words and types: override strings to values, and both as labels."""

import ast
from collections.abc import Iterable
from typing import TypeGuard

from pipeline.console.figures import figures

Value = float | int | str | bool | None

CONSTANTS = {"true": True, "false": False, "null": None, "none": None}
VALUE_LETTERS = 28  # of a value in a label, at most


def parse_override(override: str) -> tuple[str, Value]:
    """(key, value) of an override as Hydra takes it: `+init.scale=1e-2` is ("init.scale", 0.01)."""
    key, _, value = override.partition("=")
    return key.lstrip("+~"), parse_value(value)


def parse_value(text: str) -> Value:
    """A number, a truth value or None where the text is one, else the text without its quotes."""
    if text.lower() in CONSTANTS:
        return CONSTANTS[text.lower()]
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        try:
            return str(ast.literal_eval(text))
        except (SyntaxError, ValueError):
            return text[1:-1]
    return text


def value_words(value: Value) -> str:
    """A value as a person would write it, cut where it is long."""
    if value is None or isinstance(value, bool):
        return str(value).lower() if value is not None else "null"
    words = figures(value, 6) if isinstance(value, float) else str(value)
    return clipped(words, VALUE_LETTERS)


def clipped(words: str, longest: int) -> str:
    """Words of at most so many letters, with an ellipsis where some are left out."""
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def is_number(value: Value) -> TypeGuard[float]:
    """Whether a value stands on an axis of numbers."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def in_order(values: Iterable[Value]) -> list[Value]:
    """Distinct values: numbers ascending, others as they come."""
    distinct: list[Value] = list({(type(value) is bool, value): value for value in values}.values())
    numbers = sorted(value for value in distinct if is_number(value))
    return [*numbers] if len(numbers) == len(distinct) else distinct

"""Sentences from facts: the title and subtitle of a scene."""

import math
import re
from collections.abc import Callable, Iterable, Mapping

from pipeline.console.figures import figures

FACTS = ("neurons", "samples", "data", "init", "scale", "seed", "dynamics", "end_time")
SEPARATOR = " · "


def common_facts(facts: Iterable[Mapping[str, object]]) -> dict[str, object]:
    """The facts that all runs agree on."""
    first, *others = facts
    return {key: value for key, value in first.items() if all(other.get(key) == value for other in others)}


def fill_in(template: str, facts: Mapping[str, object]) -> str:
    """The template with the names of known facts in braces replaced; other braces, as in formulas, stay.

    What a fact counts, as in `{neurons} neurons`, loses its s where there is one of it.
    """
    return re.sub(r"\{(\w+)\}( \1\b)?", lambda match: _said(facts, *match.group(0, 1, 2)), template)


def fill_in_known(template: str, facts: Mapping[str, object]) -> str:
    """The same, without the parts between separators that name a fact which is not known."""
    parts = [fill_in(part, facts) for part in template.split(SEPARATOR)]
    missing = {f"{{{name}}}" for name in FACTS}
    return SEPARATOR.join(part for part in parts if not any(name in part for name in missing))


# A name in braces, of a run's number perhaps, and the format of its number.
NAMED = re.compile(r"\{(\w+)(?:@([^{}:]+))?(?::([^{}]*))?\}")


def formats(template: str) -> list[tuple[str, str, str]]:
    """The names in braces, each with the label of a run and the format of its number, empty where there is none."""
    return [(match[1], match[2] or "", match[3] or "") for match in NAMED.finditer(template)]


def fill_in_numbers(template: str, facts: Mapping[str, object], number: Callable[[str, str], object]) -> str:
    """The template with facts filled in, and numbers by name in the formats that it gives, as in `{loss:.2g}`.

    number: the number of a name in the run of a label, empty for the one that is spoken of; None where there is none:
    braces as in formulas stay.
    """

    def said(match: re.Match[str]) -> str:
        name, run, form = match[1], match[2] or "", match[3] or ""
        value = facts[name] if isinstance(facts.get(name), int | float) and not run else number(name, run)
        return match[0] if value is None else formatted(value, form)

    return NAMED.sub(said, fill_in(template, facts))


def formatted(value: object, form: str = "") -> str:
    """A number in a format as in Python; without one in three digits, whole numbers in all of theirs."""
    if isinstance(value, float) and math.isinf(value):
        return "∞" if value > 0 else "\N{MINUS SIGN}∞"
    if not form:
        return _word(value) if isinstance(value, int) else f"{value:.3g}"
    return format(round(value) if form.endswith("d") else value, form)  # type: ignore[call-overload]  # numbers


Measure = Callable[[str], float]  # how wide words are


def wrap(text: str, width: float, measure: Measure) -> list[str]:
    """Lines of whole parts, or of whole words where a part is too long, each at most `width` by `measure(line)`."""
    lines: list[str] = []
    for part in text.split(SEPARATOR):
        if lines and measure(f"{lines[-1]}{SEPARATOR}{part}") <= width:
            lines[-1] += f"{SEPARATOR}{part}"
        else:
            lines += wrap_words(part, width, measure)
    return lines


def balanced(text: str, width: float, measure: Measure) -> list[str]:
    """As few lines as `wrap` makes, but of even length: no word is left over on the last."""
    lines = wrap(text, width, measure)
    low, high = 0.0, width
    for _ in range(8):
        middle = 0.5 * (low + high)
        tried = wrap(text, middle, measure)
        fits = len(tried) <= len(lines) and all(measure(line) <= middle for line in tried)
        low, high, lines = (low, middle, tried) if fits else (middle, high, lines)
    return lines


def wrap_words(text: str, width: float, measure: Measure) -> list[str]:
    """Lines of whole words, each at most `width` by `measure(line)` unless one word alone is wider."""
    lines: list[str] = []
    for word in re.findall(r"(?:\$[^$]*\$|\S)+", text):  # a formula is one word
        if lines and measure(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def _said(facts: Mapping[str, object], template: str, name: str, counted: str | None) -> str:
    """The fact of a name, and what it counts; the template as it is where there is no such fact."""
    if name not in facts:
        return template
    return _word(facts[name]) + ((counted or "").removesuffix("s") if facts[name] == 1 else counted or "")


def _word(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}".replace(",", "\u2009")
    return figures(value, 6) if isinstance(value, float) else str(value)

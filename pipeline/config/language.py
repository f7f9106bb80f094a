"""The words that pictures and pages show: every text by its name, in a table a language.

conf/language/en.yaml is the table that the others follow. Drawing is handed a Language and knows no words by itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pipeline.config.schema.language import LanguageConfig
from pipeline.config.shipped import shipped_keys
from pipeline.errors import InputError

FORMS = " | "  # between the form for a count of 1 and that for any other
IN_BRACES = re.compile(r"\{([a-z_]+)\}")
NAMED = 3  # names that a message lists


@dataclass(frozen=True)
class Language:
    """code: its tag; words: every text by its dotted name, PART.NAME."""

    code: str
    words: Mapping[str, str]

    def __call__(self, name: str, **values: object) -> str:
        """The text of a name with values in the place of their names in braces.

        Of two forms the first stands for a `count` of 1. Raises KeyError for a name that the table does not have.
        """
        text = self.words[name]
        one, _, many = text.partition(FORMS)
        text = (one if values.get("count") == 1 else many) if many else one
        return IN_BRACES.sub(lambda found: str(values.get(found[1], found[0])), text)

    def row(self, part: str, name: str, otherwise: str = "") -> str:
        """What the row of a table is called: ours by its name here, a plugin's as the row says, or else by its name."""
        return self.words.get(f"{part}.{name}") or otherwise or name.replace("_", " ")

    def part(self, part: str) -> dict[str, str]:
        """The texts of a part, by name."""
        start = f"{part}."
        return {name.removeprefix(start): text for name, text in self.words.items() if name.startswith(start)}


@cache
def english() -> Language:
    """The table that the others follow."""
    table = shipped_keys("language", "en")
    return Language(table["code"], flat(table["words"]))


def language_of(config: LanguageConfig) -> Language:
    """The language of a config: what it gives, over English."""
    return Language(config.code, {**english().words, **flat(config.words)}) if config.words else english()


def counting(config: LanguageConfig, label: str) -> LanguageConfig:
    """The language in which times are called `label`, such as step or epoch, where they are no training time t."""
    words = {part: dict(texts) for part, texts in config.words.items()}
    known = language_of(config).words
    time = re.escape(known["axes.time"].replace("$t$", "").strip())
    before_a_number = re.compile(rf"(?:\$t\$|\bt) = |\b{time} (?=[\d{{])")
    for name, text in known.items():
        if before_a_number.search(text):
            part, _, last = name.partition(".")
            words.setdefault(part, {})[last] = before_a_number.sub(f"{label} ", text)
    axes = {"time": label, "time_short": label, "time_paced": f"{label} ({{pace}})"}
    return replace(config, words=words | {"axes": words.get("axes", {}) | axes})


def flat(words: Mapping[str, Any]) -> dict[str, str]:
    """Texts by their dotted names."""
    return {f"{part}.{name}": text for part, texts in words.items() for name, text in texts.items()}


def check_language(config: LanguageConfig) -> None:
    """Raise InputError for a language that does not have the texts of the English one, each with the same names in
    braces; English itself may give some.
    """
    key = f"language {config.code}"
    if not re.fullmatch(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*", config.code):
        raise InputError(f"language.code = {config.code}: is no tag of a language; give one such as en, de, pt-BR")
    for part, texts in config.words.items():
        if not isinstance(texts, Mapping) or not all(isinstance(text, str) for text in texts.values()):
            raise InputError(f"{key}: words.{part}: is a group of texts; give {{name: text}}")
    given, ours = flat(config.words), english().words
    if missing := [name for name in ours if name not in given and config.code != english().code]:
        raise InputError(f"{key}: words lack {_some(missing)}; give every text that conf/language/en.yaml has")
    if unknown := [name for name in given if name not in ours]:
        raise InputError(f"{key}: words have {_some(unknown)}, which conf/language/en.yaml has not; leave them out")
    for name, text in given.items():
        wanted, found = (set(IN_BRACES.findall(each)) for each in (ours[name], text))
        if wanted != found:
            braces = " ".join(f"{{{each}}}" for each in sorted(wanted)) or "none"
            raise InputError(f"{key}: words.{name} = {text}: its names in braces must be {braces}")


def _some(names: list[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{', '.join(names[:NAMED])}{more}"

"""Hydra's and OmegaConf's complaints in one line: the key, the value, what is allowed."""

import re
from collections.abc import Iterator

import yaml

from pipeline.config.extras import missing_extra

BOOLEAN = "true or false"
TYPES = {"Integer": "a whole number", "Float": "a number", "Boolean": BOOLEAN, "bool": BOOLEAN, "String": "a text"}


def one_line(error: BaseException) -> str:
    """The most telling message of a chain of exceptions, as one line."""
    texts = [str(link) for link in _chain(error)]
    texts += [f"override: {link.override}" for link in _chain(error) if hasattr(link, "override")]
    whole = "\n".join(texts)
    for pattern, wording in WORDINGS:
        found = re.search(pattern, whole)
        if found:
            return wording(found, whole)
    return _plain(texts[0])


def yaml_line(error: yaml.YAMLError) -> str:
    """What is wrong in a YAML file, and where."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return " ".join(str(error).split())
    return f"{mark.name}, line {mark.line + 1}, column {mark.column + 1}: {error.problem}; mend the YAML"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _plain(text: str) -> str:
    """A message without a wording of its own: the key, where it names one, and its first line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    key = re.search(r"full_key: (\S+)", text)
    return f"{key[1]}: {lines[0]}" if key else "; ".join(lines)


def _unknown_choice(found: re.Match, whole: str) -> str:
    if told := missing_extra(found[1]):
        return told
    group, _, value = found[1].rpartition("/")
    listed = re.search(r"Available options in '[^']*':\n((?:\t.*\n?)+)", whole)
    names = ", ".join(listed[1].split()) if listed else "none"
    return f"{group or 'config'} = {value}: unknown; choose one of {names}"


def _wrong_type(found: re.Match, whole: str) -> str:
    key = re.search(r"full_key: (\S+)", whole)
    wanted = TYPES.get(found[2], found[2])
    return f"{key[1] if key else 'config'} = {found[1]}: must be {wanted}"


def _unknown_key(found: re.Match, whole: str) -> str:
    full = re.search(r"full_key: (\S+)", whole)
    return f"{full[1] if full else found[1]}: no such key; `python -m pipeline --cfg job` shows all keys"


def _unquoted(found: re.Match, whole: str) -> str:
    return f"override {found[1]}: has a character that needs quotes; write KEY='\"value\"'"


def _null_group(found: re.Match, whole: str) -> str:
    return "a config group is null; choose one of its options, data=nile"


def _missing(found: re.Match, whole: str) -> str:
    return f"{found[1]}: must be given, {found[1]}=VALUE"


def _ambiguous(found: re.Match, whole: str) -> str:
    key, _, value = found[1].partition("=")
    return f"{key} = {value}: several values make a video each with -m; as one text: '{key}=\"{value}\"'"


def _unremovable(found: re.Match, whole: str) -> str:
    return f"override {found[1]}: no key can be removed; give it a value"


def _unresolved(found: re.Match, whole: str) -> str:
    full = re.search(r"full_key: (\S+)", whole)
    return f"{full[1] if full else 'config'} = ${{{found[1]}}}: there is no key {found[1]}"


def _unparsed(found: re.Match, whole: str) -> str:
    override = re.search(r"^override: (.*)", whole, re.MULTILINE)
    words = override[1] if override else found[1]
    return f"override {words}: cannot be read; close brackets, and quote lists for the shell: 'data.x=[-1,0,1]'"


PARSER = r"(?:no viable alternative|mismatched input|extraneous input|missing \S+) (?:at input )?"
WORDINGS = (
    (r"Ambiguous value for argument '(.*)'\n", _ambiguous),
    (r"Error merging override (~.*)", _unremovable),
    (r"Interpolation key '([^']+)' not found", _unresolved),
    (r"Could not (?:find|load) '([^']+)'", _unknown_choice),
    (r"Could not override '([^']+)'", _unknown_key),
    (r"Value '(.*)' of type '\w+' could not be converted to (\w+)", _wrong_type),
    (r"Value '(.*)' is not a valid (bool) \(type \w+\)", _wrong_type),
    (r"Value '(.*)' \(\w+\) is incompatible with type hint '(.*)'", _wrong_type),
    (r"Key '([^']+)' (?:is )?not in '\w+'", _unknown_key),
    (PARSER + r"'?(.*?)'?(?: expecting|\n|$)", _unparsed),
    (r"LexerNoViableAltException: (.*)", _unquoted),
    (r"Config group override must be a string", _null_group),
    (r"Missing mandatory value: (\S+)", _missing),
)

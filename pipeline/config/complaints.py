"""Hydra's and OmegaConf's complaints in one line: the key, the value, what is allowed."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import yaml
from hydra.errors import HydraException
from omegaconf.errors import OmegaConfBaseException

from pipeline.config.check import leaves
from pipeline.config.extras import missing_extra
from pipeline.config.nearest import did_you_mean
from pipeline.config.own_files import PRIMARY, SEARCHED, choices, misplaced, missing_default, unknown_choice
from pipeline.config.schema.config import Config
from pipeline.errors import InputError

# What Hydra raises where it composes: its own errors, and those of files, of texts, and of numbers that it meets there.
COMPOSING = HydraException, OmegaConfBaseException, yaml.YAMLError, OSError, ValueError, ArithmeticError, RecursionError

BOOLEAN = "true or false"
TYPES = {
    "Integer": "a whole number",
    "Float": "a number",
    "Boolean": BOOLEAN,
    "bool": BOOLEAN,
    "String": "a text",
    "typing.List[str]": "a list of words, [one,two]",
}


def complaint(error: BaseException) -> str:
    """The most telling message of a chain of exceptions, as one line."""
    texts = [str(link) for link in _chain(error)]
    texts += [f"override: {link.override}" for link in _chain(error) if hasattr(link, "override")]
    whole = "\n".join(texts)
    for pattern, wording in WORDINGS:
        found = re.search(pattern, whole)
        if found:
            return wording(found, whole)
    return _plain(texts[0])


def worded(error: Exception, folders: Sequence[Path]) -> InputError:
    """What kept a config from being composed; folders: where configs lie."""
    if isinstance(error, InputError):
        return error
    if isinstance(error, HydraException | OmegaConfBaseException):
        return InputError(complaint(error))
    if isinstance(error, yaml.YAMLError):
        return InputError(yaml_line(error))
    if isinstance(error, RecursionError):
        return InputError("config: defaults, anchors or ${…} of a YAML file refer to themselves in a circle; cut it")
    if isinstance(error, ArithmeticError):
        return InputError("config: has a number that is too large to compute with; give a smaller one")
    if isinstance(error, UnicodeDecodeError):
        return InputError(f"{_not_utf8(folders)}: not UTF-8 text (byte {error.start}); save it as UTF-8")
    if isinstance(error, OSError) and str(error.filename).endswith(".yaml"):
        return InputError(f"{error.filename}: {error.strerror}; make it readable")
    if isinstance(error, OSError):
        return InputError(f"hydra.run.dir = {error.filename}: {error.strerror}; give a folder that can be written")
    return InputError(complaint(error))


def _not_utf8(folders: Sequence[Path]) -> str:
    """The config that is no text: Hydra does not say which it was."""
    for path in (path for folder in folders for path in sorted(folder.rglob("*.yaml"))):
        try:
            path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            return str(path)
    return "a config file"


def no_such_key(name: str) -> str:
    """What is said of a key that there is not."""
    return f"{name}: no such key{did_you_mean(name, _key_names())}; `python -m pipeline --explain` shows all keys"


@cache
def _key_names() -> tuple[str, ...]:
    return tuple(name for name, _, _ in leaves(Config()))


def yaml_line(error: yaml.YAMLError) -> str:
    """What is wrong in a YAML file, and where."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return " ".join(str(error).split())
    problem = getattr(error, "problem", error)
    return f"{mark.name}, line {mark.line + 1}, column {mark.column + 1}: {problem}; mend the YAML"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _plain(text: str) -> str:
    """A message without a wording of its own: the key, where it names one, and its first line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    key = re.search(r"full_key: (\S+)", text)
    return f"{key[1]}: {lines[0]}" if key else "; ".join(lines)


def _file(whole: str) -> str:
    """The config file, GROUP/NAME, that Hydra complains of; nothing where it is the command line's choice."""
    found = re.search(r"In '([^']+)': ", whole)
    return found[1] if found and found[1] != PRIMARY else ""


def _unknown_choice(found: re.Match[str], whole: str) -> str:
    if told := missing_extra(found[1]):
        return told
    file = _file(whole)
    listed = re.search(r"Available options in '[^']*':\n((?:\t.*\n?)+)", whole)
    if file and not listed:
        return missing_default(file, found[1], whole)
    group, _, value = found[1].rpartition("/")
    names = listed[1].split() if listed else choices(group, map(Path, SEARCHED.findall(whole)))
    words = unknown_choice(group, value, names)
    return f"{file}.yaml: {words}" if file else words


def _wrong_type(found: re.Match[str], whole: str) -> str:
    key = re.search(r"full_key: (\S+)", whole)
    wanted = TYPES.get(found[2], found[2])
    return f"{key[1] if key else 'config'} = {found[1]}: must be {wanted}"


def _unknown_key(found: re.Match[str], whole: str) -> str:
    file, full = _file(whole), re.search(r"full_key: (\S+)", whole)
    name = full[1] if full else found[1].rpartition("@")[2] if file else found[1]
    if told := misplaced(file, name):
        return told
    return f"{file}.yaml: {no_such_key(name)}" if file else no_such_key(name)


def _unquoted(found: re.Match[str], whole: str) -> str:
    return f"override {found[1]}: has a character that needs quotes; write KEY='\"value\"'"


def _no_name(found: re.Match[str], whole: str) -> str:
    return "a config group is no text; give the name of one of its configs, data=nile, or single keys, data.seed=1"


def _circular(found: re.Match[str], whole: str) -> str:
    return "config: a value is made of itself, by ${…}; cut the circle"


def _missing(found: re.Match[str], whole: str) -> str:
    return f"{found[1]}: must be given, {found[1]}=VALUE"


def _ambiguous(found: re.Match[str], whole: str) -> str:
    key, _, value = found[1].partition("=")
    return f"{key} = {value}: several values make a video each with -m; as one text: '{key}=\"{value}\"'"


def _unremovable(found: re.Match[str], whole: str) -> str:
    return f"override {found[1]}: no key can be removed; give it a value"


def _unmerged(found: re.Match[str], whole: str) -> str:
    key, _, value = found[1].partition("=")
    return f"{key} = {value}: does not fit; `python -m pipeline --explain {key.lstrip('+')}` shows what it may be"


def _unresolved(found: re.Match[str], whole: str) -> str:
    full = re.search(r"full_key: (\S+)", whole)
    return f"{full[1] if full else 'config'} = ${{{found[1]}}}: there is no key {found[1]}"


def _unparsed(found: re.Match[str], whole: str) -> str:
    override = re.search(r"^override: (.*)", whole, re.MULTILINE)
    words = override[1] if override else found[1]
    if re.fullmatch(
        r"[^=]+=[^\[{('\"]*=[^\[{('\"]*", words
    ):  # an equals sign, where no bracket or quote can be at fault
        return f"override {words}: a value with = needs quotes; write {words.partition('=')[0]}='\"value\"'"
    return f"override {words}: cannot be read; close brackets, and quote lists for the shell: 'data.x=[-1,0,1]'"


def _no_keys(found: re.Match[str], whole: str) -> str:
    return f"{found[1]}.yaml: has {found[2]} where keys belong; give lines of KEY: VALUE"


def _no_folder(found: re.Match[str], whole: str) -> str:
    return f"--config-dir {found[1]}: no such folder; give the one that your configs lie in"


def _no_config(found: re.Match[str], whole: str) -> str:
    return f"--config-name {found[1]}: no such config; leave it out, or give its folder by --config-dir"


def _twice(found: re.Match[str], whole: str) -> str:
    return f"{found[1]}: is chosen twice; choose it once, in the defaults of a file as override /{found[1]}: NAME"


PARSER = r"(?:no viable alternative|mismatched input|extraneous input|missing \S+) (?:at input )?"
WORDINGS = (
    (r"Ambiguous value for argument '(.*)'\n", _ambiguous),
    (r"Error merging override (~.*)", _unremovable),
    (r"Multiple values for (\S+)\.", _twice),
    (r"Interpolation key '([^']+)' not found", _unresolved),
    (r"Could not (?:find|load) '([^']+)'", _unknown_choice),
    (r"Recursive interpolation detected", _circular),
    (r"Could not override '([^']+)'", _unknown_key),
    (r"Value '(.*)' of type '\w+' could not be converted to (\w+)", _wrong_type),
    (r"Value '(.*)' is not a valid (bool) \(type \w+\)", _wrong_type),
    (r"Value '(.*)' \(\w+\) is incompatible with type hint '(.*)'", _wrong_type),
    (r"Key '([^']+)' (?:is )?not in '\w+'", _unknown_key),
    (PARSER + r"'?(.*?)'?(?: expecting|\n|$)", _unparsed),
    (r"LexerNoViableAltException: (.*)", _unquoted),
    (r"Config group override must be a string", _no_name),
    (r"In '([^']+)': ValidationError[^\n]*\s*Merge error: .* is not a subclass of \w+\. value: (.*)", _no_keys),
    (r"Additional config directory '([^']+)' not found", _no_folder),
    (r"Cannot find primary config '([^']+)'", _no_config),
    (r"Missing mandatory value: (\S+)", _missing),
    (r"Error merging override (\S*=.*)", _unmerged),
)

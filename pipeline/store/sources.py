"""Which files a module's results depend on: those that it reaches by imports, read off the sources."""

import os
import re
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT.name
# `from pipeline.a import b`, `import pipeline.a`, or a name in quotes that is imported later, as "pipeline.a:Class".
# Each begins with a character that is looked for as such: that is five times as fast as at the beginning of any line.
IMPORTS = re.compile(rf"\n[ \t]*(?:from ({PACKAGE}(?:\.\w+)*) import (\([^)]*\)|[^\n#]*)|import ({PACKAGE}(?:\.\w+)+))")
QUOTED = re.compile(rf"\"({PACKAGE}(?:\.\w+)+)[\":]")
LIBRARY = re.compile(r"\n[ \t]*(?:from (\w+)[\w.]* import |import (\w+)[\w.]*(?: as \w+)?$)", re.MULTILINE)
# Distributions that are not called as what is imported from them.
DISTRIBUTIONS = {"PIL": "pillow", "yaml": "PyYAML", "hydra": "hydra-core", "pptx": "python-pptx"}
STUB = re.compile(r"^from ((?:\.\w+)+) import (\([^)]*\)|[^\n#]*)", re.MULTILINE)  # how a room names what is public
COMMENT = re.compile(r"#[^\n]*")
NAMED = re.compile(r"\"([\w.-]+)\"")


@cache
def reached(*modules: str) -> tuple[Path, ...]:
    """The files that modules, by dotted name, depend on, themselves among them, in order.

    Imports are followed wherever they stand, also inside functions; what a room's `__init__` only names is reached
    by importing that name. A file that is no module counts where a module beside it names it, or the folder it is in,
    in quotes: templates, pages.
    Raises ModuleNotFoundError for a module that there is not.
    """
    todo, found = list(modules), set[Path]()
    while todo:
        name = todo.pop()
        path = _path(name)
        if path is None:
            raise ModuleNotFoundError(f"{name}: no module of {PACKAGE}")
        if path not in found:
            found.add(path)
            found.update(_beside(path))
            todo += _imported(path)
            todo += [name.rpartition(".")[0]] if "." in name else []
    return tuple(sorted(found))


@cache
def libraries(*modules: str) -> tuple[str, ...]:
    """Names of the distributions that modules depend on, in order."""
    files = [file for file in reached(*modules) if file.suffix == ".py"]
    names = {name for file in files for found in LIBRARY.findall(_text(file)) for name in found if name}
    others = names - sys.stdlib_module_names - {PACKAGE, "lazy_loader"}  # which only looks names up
    return tuple(sorted(DISTRIBUTIONS.get(name, name) for name in others))


def _path(name: str) -> Path | None:
    return _modules().get(name)


@cache
def _modules() -> dict[str, Path]:
    """The files of all modules, by dotted name."""
    files = [Path(folder, name) for folder, _, names in os.walk(ROOT) for name in names if name.endswith(".py")]
    return {
        ".".join(file.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__"): file for file in files
    }


@cache
def _text(path: Path) -> str:
    return "\n" + path.read_text(encoding="utf-8")  # so that its first line begins as others do


@cache
def _imported(path: Path) -> tuple[str, ...]:
    """Dotted names of the modules that a file imports."""
    names: list[str] = []
    for source, words, plain in IMPORTS.findall(_text(path)):
        names += [_home(source, word) for word in _words(words)] if source else [plain]
    names += QUOTED.findall(_text(path))
    return tuple(name for name in dict.fromkeys(names) if _path(name))


def _home(source: str, name: str) -> str:
    """The module that `from source import name` reads: a module in the package, where the package names it, or it."""
    if _path(f"{source}.{name}"):
        return f"{source}.{name}"
    return _public(source).get(name, source)


@cache
def _public(package: str) -> dict[str, str]:
    """By name, the modules of what a package's stub names as public."""
    path = _path(package)
    stub = path.with_suffix(".pyi") if path else None
    if stub is None or not stub.is_file():
        return {}
    return {word: package + module for module, words in STUB.findall(_text(stub)) for word in _words(words)}


def _words(listed: str) -> list[str]:
    listed = COMMENT.sub("", listed) if "#" in listed else listed
    return [word.split(" as ")[0].strip() for word in listed.strip("() \n").split(",") if word.strip()]


def _beside(path: Path) -> list[Path]:
    """Files that are no modules and that a module names, or whose folder it names."""
    others = _others(path.parent)
    if not others:
        return []
    named = others.keys() & set(NAMED.findall(_text(path)))
    return [file for name in named for file in others[name]]


@cache
def _others(folder: Path) -> dict[str, list[Path]]:
    """By name, what lies beside modules: a file alone, a folder that is no package with all that is in it."""
    found = {}
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__" and not (entry / "__init__.py").exists():
            found[entry.name] = sorted(file for file in entry.rglob("*") if file.is_file())
        elif entry.is_file() and entry.suffix not in (".py", ".pyi", ".pyc"):
            found[entry.name] = [entry]
    return found

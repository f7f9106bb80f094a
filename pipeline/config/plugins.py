"""Plugins: files and modules of users that add rows to our tables, by the declarations that ours use.

They are named in the config key `plugins`; a package names its own in the entry-point group `relu_spline_videos`.
"""

import os
import sys
import traceback
from collections.abc import Collection, Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

from pipeline.config.check import fits, shown, type_words
from pipeline.config.tables import adding, origins_of
from pipeline.console.texts import one_line
from pipeline.errors import InputError, PipelineError
from pipeline.store.keys import content_key, file_hash

GROUP = "relu_spline_videos"

_loaded: dict[str, str] = {}  # place of each plugin: hash of what was loaded


def load(plugins: Sequence[str]) -> None:
    """Load plugins, paths of files (FILE.py) or dotted names of modules, and those of installed packages.

    What is loaded already stays, unless its file changed. Raises InputError, with file and line, where one cannot be
    loaded.
    """
    if not fits(plugins, list[str]):
        raise InputError(f"plugins = {shown(plugins)}: must be {type_words(list[str])}")
    for name in [*installed(), *plugins]:
        place = place_of(name)
        version = file_hash(place)
        if _loaded.get(str(place)) != version:
            with adding(str(place)):
                _run(name, place)
            _loaded[str(place)] = version


def version(plugins: Sequence[str], groups: Collection[str] | None = None) -> str:
    """A key of the sources of plugins and of those of installed packages. Raises InputError as load does.

    groups: of the config; where given, only plugins count that add choices to one of them, and are loaded.
    """
    places = [place_of(name) for name in [*installed(), *plugins]]
    if groups is not None:
        places = [place for place in places if str(place) in origins_of(groups)]
    return content_key(*map(file_hash, places))


@cache
def installed() -> tuple[str, ...]:
    """Dotted names of the modules that installed packages offer."""
    return tuple(sorted(entry.module for entry in entry_points(group=GROUP)))


def place_of(name: str) -> Path:
    """The file of a plugin, the folder of one that is a package. Raises InputError where there is none."""
    if name.endswith(".py"):
        place = Path(os.path.expanduser(name)).absolute()
        if not place.is_file():
            raise InputError(f"plugins: {name}: no such file; give a path, seen from {Path.cwd()}, or a module's name")
        return place
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        spec = None
    if spec is None or spec.origin is None:
        raise InputError(f"plugins: {name}: no such module; install it, or give the path of a file, FILE.py")
    origin = Path(spec.origin)
    if not origin.is_file():
        raise InputError(f"plugins: {name}: is a part of Python itself; give a module of your own, or a file, FILE.py")
    return origin.parent if spec.submodule_search_locations else origin


def blamed(error: Exception) -> Exception:
    """An error that ended in a plugin's code, as one that names its file and line; any other as it is."""
    places = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
    inside = [place for place in map(Path, _loaded) if any(Path(file).is_relative_to(place) for file in places)]
    return InputError(_told(error, inside[-1])) if inside else error


def _run(name: str, place: Path) -> None:
    try:
        if name.endswith(".py"):
            _run_file(place)
        else:
            for known in [known for known in sys.modules if known == name or known.startswith(f"{name}.")]:
                del sys.modules[known]
            import_module(name)
    except PipelineError as error:
        raise InputError(f"plugins: {_where(error, place)}: {error}") from None
    except (Exception, SystemExit) as error:  # also what would end the command without a word
        raise InputError(_told(error, place)) from error


def _run_file(place: Path) -> None:
    spec = spec_from_file_location(f"plugin_{place.stem}", place)
    if spec is None or spec.loader is None:
        raise ImportError("is no Python module")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # for pickle, Numba and dataclasses, which look it up
    spec.loader.exec_module(module)


def _told(error: BaseException, place: Path) -> str:
    said = one_line(str(error))
    return f"plugins: {_where(error, place)}: {type(error).__name__}{said and f': {said}'}"


def _where(error: BaseException, place: Path) -> str:
    """File and line of the plugin at which it failed."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}, line {error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if Path(frame.filename).is_relative_to(place)]
    return f"{inside[-1].filename}, line {inside[-1].lineno}" if inside else str(place)

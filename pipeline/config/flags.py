"""The flags of the command: Hydra's, and ours, which are answered at once."""

import argparse
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from pipeline import __version__
from pipeline.config.hydra_private import flag_parser, parse
from pipeline.errors import InputError

HELP = """\
python -m pipeline [KEY=VALUE …] makes a video of a shallow ReLU network that learns, drawn as the spline it is.

  python -m pipeline data=nile theme=dark                    a shipped data set, for a dark hall
  python -m pipeline data=csv data.path=my.csv data.x=0 data.y=1 name=mine
                                                             a table of your own, into renders/mine
  python -m pipeline -m init.scale=0.1,1,10 init.seed=range(3)
                                                             a sweep: nine videos and a comparison of them

GROUP=NAME chooses a config: data, init, dynamics, timing, scene, theme, video, embed, experiment.
--explain [KEY]   what a key, a group or every key means and may be; --markdown gives it as tables
-m, --multirun    a sweep over values with commas between them
--cfg job         the whole config, without a run
--config-dir DIR  configs of your own beside the shipped ones
--hydra-help      all other flags
--version         the version

python -m pipeline.sweep  looks at, and compares, runs that are finished
python -m pipeline.embed  makes talks, decks and pages of them, and says which command made a file"""


def answer(words: Sequence[str], fill_tables: Callable[[], None]) -> str | None:
    """What `--help`, `--version` or `--explain` among the words asks for; None where none of them does.

    fill_tables: imports the tables whose names are choices. Raises InputError for a key that there is not.
    """
    words = [part for word in words for part in _parts(word)]
    if "--explain" in words:
        from pipeline.config.explain import explain, reference
        from pipeline.config.plugins import load

        fill_tables()
        rest = [word for word in words if word not in ("--explain", "--markdown")]
        load([str(name) for word in rest if word.startswith("plugins=") for name in _listed(word)])
        asked = [word for word in rest if not word.startswith("plugins=")]
        return reference() if "--markdown" in words else "\n".join(map(explain, asked or [""]))
    if {"--help", "-h"} & set(words):
        return HELP
    return f"relu-spline-videos {__version__}" if "--version" in words else None


def _parts(word: str) -> list[str]:
    """`--explain=KEY` as two words, as argparse would take it; any other word alone."""
    flag, _, value = word.partition("=")
    return [part for part in (flag, value) if part] if flag == "--explain" else [word]


def _listed(override: str) -> list[Any]:
    value = parse(override).value()
    return value if isinstance(value, list) else [value]


def flags_first(words: list[str], shipped: Path) -> list[str]:
    """The same words with Hydra's flags before the overrides, among which its parser does not find them.

    shipped: the folder of the shipped configs. Raises InputError for a flag that there is not or that lacks its value,
    for a config of the user's that a shipped one would hide, and for what is no override either.
    """
    overrides = _parsed(words).overrides
    for folder in own_folder(words):
        _refuse_hidden(folder, shipped)
    flags = list(words)
    for override in overrides:
        if re.match(r"name=.*[/\\]", override):  # Hydra would make the folders on the way before the job can refuse
            message = "names a folder; use letters, digits, '_', '-' and '.'"
            raise InputError(f"name = {override.partition('=')[2]!r}: {message}, or set hydra.run.dir")
        flags.remove(override)
        if not re.match(r"~.|[^=]+=", override):
            raise InputError(f"override {override!r}: give it as KEY=VALUE, such as init.width=100")
    return [*flags, *overrides]


def own_folder(words: Sequence[str]) -> list[Path]:
    """The folder of configs that `--config-dir` names, if it does."""
    folder = _parsed(words).config_dir
    return [Path(folder)] if folder else []


def _parsed(words: Sequence[str]) -> argparse.Namespace:
    def refuse(message: str) -> NoReturn:
        raise InputError(f"{message}; `python -m pipeline --help` and --hydra-help list the flags")

    parser = flag_parser()
    parser.error = refuse  # type: ignore[method-assign]  # Hydra makes its parser itself
    return parser.parse_intermixed_args(words)


def _refuse_hidden(folder: Path, shipped: Path) -> None:
    for path in sorted(folder.rglob("*.yaml")):
        if (shipped / path.relative_to(folder)).is_file():
            raise InputError(f"{path}: a config of this name is shipped, and would be taken instead; rename yours")

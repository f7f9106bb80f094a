"""`python -m pipeline.embed.lab`: the laboratory of a finished run, or of a config."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.console.arguments import Parser
from pipeline.console.say import say
from pipeline.errors import InputError

PROGRAM = "python -m pipeline.embed.lab"
DESCRIPTION = "The laboratory of a finished run, or of a config: a page in which the network learns anew."


def command(words: Sequence[str], started: float | None = None) -> int:
    """Do what the words say; the exit code, 0. Raises PipelineError where the page cannot be made."""
    asked = parser().parse_intermixed_args(words)
    target = write(asked.words, asked.out)
    print(f"{target}: {target.stat().st_size / 1e6:.2f} MB; open it in any browser")
    return 0


def parser() -> Parser:
    """What the command takes."""
    made = Parser(prog=PROGRAM, description=DESCRIPTION, allow_abbrev=False)
    told = "the folder of a finished run, or overrides of a config, as data=sine init.width=60"
    made.add_argument("words", nargs="*", metavar="FOLDER | KEY=VALUE", help=told)
    made.add_argument("--out", metavar="FILE", help="where the page goes, instead of FOLDER/lab.html, or lab.html")
    return made


def write(asked: Sequence[str], out: str | None) -> Path:
    """Write the page of the run, or of the config, that is asked for; where it is."""
    from pipeline.embed.lab.assemble import write_lab
    from pipeline.embed.lab.scope import FLOW

    folders = [word for word in asked if _is_folder(word)]
    if folders and len(asked) > 1:
        raise InputError(f"{shlex.join(asked)}: give one folder of a finished run, or overrides, KEY=VALUE")
    if folders:
        target, opened = Path(out or Path(folders[0]) / "lab.html"), _finished(Path(folders[0]))
    else:
        target, opened = Path(out or "lab.html"), _begun(asked)
    write_lab(*opened, target)
    kind = opened[0].dynamics.kind
    if kind != FLOW:
        say(f"dynamics = {kind}: the laboratory shows the {FLOW} of the same network on the same samples")
    return target


def _is_folder(word: str) -> bool:
    """Whether a word names a run rather than what its config has: of a sweep's jobs the names look like overrides."""
    return Path(word).is_dir() or not ("=" in word or word.startswith("~"))


def _finished(folder: Path) -> tuple[Any, Any, Any]:
    """The config of a finished run, what its scene shows, and how to make it again."""
    from pipeline.run.finished import read_finished

    run = read_finished(folder)
    if len(run.takes) > 1:
        raise InputError(f"{folder}: shows several runs side by side; give one of them")
    return run.config, run.takes[0], run.provenance


def _begun(overrides: Sequence[str]) -> tuple[Any, Any, Any]:
    """The config of overrides, its network before it learns, which the page has it do, and how to make it again."""
    from pipeline.config import plugins
    from pipeline.config.complaints import COMPOSING, worded
    from pipeline.config.compose import configs
    from pipeline.config.home import CONF, composing
    from pipeline.run.provenance import provenance
    from pipeline.run.rehearsal import resting_take
    from pipeline.run.subject import subject_of

    try:
        with composing():
            config, compared = configs(overrides)
    except COMPOSING as error:
        raise worded(error, [CONF]) from error
    if compared:
        raise InputError("compare: a laboratory shows one run; leave the comparison out")
    plugins.load(config.plugins)
    subject = subject_of(config)
    if subject.record is not None:
        raise InputError("dynamics = recorded: make the run first, and give its folder")
    take = resting_take("", subject.config, subject.data)
    return subject.config, take, provenance(shlex.join(["python", "-m", "pipeline", *overrides]), subject.config)

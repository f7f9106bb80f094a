"""`python -m pipeline.embed.lab`: the laboratory of a finished run, or of a config."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.console.say import say
from pipeline.errors import InputError

USAGE = "python -m pipeline.embed.lab FOLDER | OVERRIDES… [--out lab.html]"
OUT = "--out"
HELP = "-h", "--help"


def command(words: Sequence[str], started: float | None = None) -> int:
    """Do what the words say; the exit code, 0. Raises PipelineError where the page cannot be made."""
    if not set(HELP).isdisjoint(words):
        print(f"{USAGE}\n\nThe laboratory of a finished run, or of a config: a page in which the network learns anew.")
        return 0
    asked, out = _without_out(list(words))
    target = write(asked, out)
    print(f"{target}: {target.stat().st_size / 1e6:.2f} MB; open it in any browser")
    return 0


def _without_out(words: list[str]) -> tuple[list[str], str | None]:
    """The words without --out and its file, and that file."""
    if OUT not in words:
        return words, None
    place = words.index(OUT)
    if place + 1 == len(words):
        raise InputError(f"{OUT}: names no file; {USAGE}")
    return words[:place] + words[place + 2 :], words[place + 1]


def write(asked: Sequence[str], out: str | None) -> Path:
    """Write the page of the run, or of the config, that is asked for; where it is."""
    from pipeline.embed.lab.assemble import FLOW, write_lab

    if len(asked) == 1 and "=" not in asked[0]:
        from pipeline.run.finished import read_finished

        run = read_finished(Path(asked[0]))
        if len(run.takes) > 1:
            raise InputError(f"{asked[0]}: shows several runs side by side; give one of them")
        target = Path(out or Path(asked[0]) / "lab.html")
        opened = run.config, run.takes[0], run.provenance
    else:
        target, opened = Path(out or "lab.html"), _begun(asked)
    write_lab(*opened, target)
    kind = opened[0].dynamics.kind
    if kind != FLOW:
        say(f"dynamics = {kind}: the laboratory shows the {FLOW} of the same network on the same samples")
    return target


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

"""Words carried out: as they were composed before, which takes no Hydra, or else as Hydra composes them."""

import logging
import sys
from collections.abc import Sequence

from pipeline.config import plugins
from pipeline.config.remembered import Composed, recall
from pipeline.console.command_line import command_line
from pipeline.console.progress import LineHandler
from pipeline.console.say import say
from pipeline.errors import InputError, PipelineError


def command(words: Sequence[str], started: float | None = None) -> int:
    """Do what the command line's words say; the exit code, 0 when all is made, 1 or 2 when one line says why not.

    started: time.perf_counter() at which the process began. Bugs keep their traceback.
    """
    known = recall(words)
    if known is None:
        from pipeline.command.by_hydra import carried_out

        return carried_out(list(words), started)
    sys.argv = [sys.argv[0], *words]
    try:
        _make(known, started)
    except PipelineError as error:
        say(f"error: {error}")
        return 2 if isinstance(error, InputError) else 1
    return 0


def _make(known: Composed, started: float | None) -> None:
    """Make what is described, and say it as conf/hydra/job_logging/plain.yaml has Hydra say it."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", handlers=[LineHandler(sys.stderr)], force=True)
    logging.getLogger("matplotlib").setLevel(logging.WARNING)
    from pipeline.make import make

    try:
        make(known.config, known.folder, command_line(), started, known.runs)
    except PipelineError:
        raise
    except Exception as error:
        raise plugins.blamed(error) from error

"""The command of sweeps that are there already: `python -m pipeline.sweep compare FOLDER…`."""

import argparse
import logging
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.config.schema.sweep import SweepConfig
from pipeline.console.arguments import Parser, numbers
from pipeline.console.progress import LineHandler

OUT = "renders/comparison"  # for runs from several folders


def command(words: Sequence[str], started: float | None = None) -> int:
    """Do what the command line's words say; the exit code, 0. Raises PipelineError where that cannot be done."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", handlers=[LineHandler(sys.stderr)])
    asked = parser().parse_args(words)
    asked.do(asked)
    return 0


def parser() -> Parser:
    """What may be asked for; each command has its function as `do`."""
    top = Parser(prog="python -m pipeline.sweep", description="Look at runs that are finished.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _add_status(commands)
    _add_compare(commands)
    return top


def _add_status(commands: Any) -> None:
    about = "show how the jobs of a sweep ended, without doing anything"
    command = commands.add_parser("status", help=about, description=about[0].upper() + about[1:] + ".")
    command.add_argument("folder", type=Path, metavar="FOLDER", help="the sweep's folder")
    command.set_defaults(do=_status)


def _status(asked: argparse.Namespace) -> None:
    from pipeline.run.asked import FINAL_LOSS
    from pipeline.sweep.jobs.record import jobs_of, read_index, read_record
    from pipeline.sweep.jobs.table import table, tally

    index = read_index(asked.folder)
    rows = [(job.folder, read_record(asked.folder / job.folder)) for job in jobs_of(index)]
    print(table(rows, objective=str(index.get("objective", FINAL_LOSS))))
    print(f"{asked.folder}: {tally(rows)}; to do what is missing or failed: {index.get('command', '')}")


def _add_compare(commands: Any) -> None:
    about = "make a montage, small multiples, plots, summary.csv and the pages index.html and sweep.html of runs"
    command = commands.add_parser("compare", help=about, description=about[0].upper() + about[1:] + ".")
    command.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="a sweep's folder, or those of runs")
    command.add_argument("--out", type=Path, help=f"where to (default: the sweep's folder, or {OUT})")
    command.add_argument("--rows", metavar="KEY", help="swept key of the montage's rows")
    command.add_argument("--columns", metavar="KEY", help="swept key of its columns")
    command.add_argument("--times", metavar="T,T…", type=numbers, help="training times of the small multiples")
    command.add_argument("--no-montage", dest="montage", action="store_false", help="leave out the video")
    command.add_argument("--no-sliders", dest="sliders", action="store_false", help="leave out sweep.html")
    command.set_defaults(do=_compare)


def _compare(asked: argparse.Namespace) -> None:
    from pipeline.sweep.check import check_sweep
    from pipeline.sweep.compared.entries import command_of, read
    from pipeline.sweep.comparison import compare
    from pipeline.sweep.jobs.record import INDEX

    entries = read(asked.folders)
    single = len(asked.folders) == 1 and (asked.folders[0] / INDEX).exists()
    out = asked.out or (asked.folders[0] if single else Path(OUT))
    done = next((entry for entry in entries if entry.done), None)
    options = done.config.sweep if done else SweepConfig()  # as the sweep was told, unless it is told otherwise here
    given = {name: getattr(asked, name) for name in ("rows", "columns", "times") if getattr(asked, name) is not None}
    wanted = {name: getattr(asked, name) and getattr(options, name) for name in ("montage", "sliders")}
    options = replace(options, **given, **wanted)
    check_sweep(options)
    compare(entries, out, options, command_of(asked.folders[0]) if single else "")

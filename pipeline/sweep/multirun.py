"""A sweep from Hydra's config of a multirun to its table and comparison."""

import copy
import logging
import time
from functools import partial
from pathlib import Path

from omegaconf import DictConfig, open_dict

from pipeline import __version__
from pipeline.config import plugins
from pipeline.config.compose import configs
from pipeline.config.convert import to_config
from pipeline.config.hydra_private import parse
from pipeline.console.command_line import command_line, short_path
from pipeline.errors import EncodingError
from pipeline.sweep.check import check_sweep
from pipeline.sweep.jobs.lifetime import end_with
from pipeline.sweep.jobs.loader import items_of
from pipeline.sweep.jobs.overrides import common_values, swept_values
from pipeline.sweep.jobs.place import check_start
from pipeline.sweep.jobs.receipt import signature
from pipeline.sweep.jobs.record import jobs_of, read_index
from pipeline.sweep.jobs.session import Session
from pipeline.sweep.jobs.table import table, tally
from pipeline.sweep.jobs.work import do
from pipeline.sweep.key_names import full_key

log = logging.getLogger(__name__)


def work(loaded: DictConfig) -> str | None:
    """What a launcher calls, in whichever process: jobs of a sweep, one after another; what ends the sweep, if it does.

    As a text, since launchers differ in what they make of an exception.
    """
    for item in items_of(loaded):
        end_with(*item.sweep)
        try:
            do(item, configs)
        except EncodingError as error:
            return str(error)
    return None


def session(composed: DictConfig) -> Session:
    """The sweep that Hydra's config of a multirun describes.

    Raises InputError where its jobs could not be compared, or its folder has what is not ours.
    """
    node, words = composed.hydra, list(composed.hydra.overrides.task)
    bare = copy.deepcopy(composed)
    with open_dict(bare):
        del bare["hydra"]
    config = to_config(bare)
    plugins.load(config.plugins)
    check_sweep(config.sweep)
    folder = short_path(Path(node.sweep.dir).absolute())
    check_start(folder)
    keys = [parse(word).get_key_element() for word in words if parse(word).is_sweep_override()]
    keys += list(node.sweeper.get("params") or {})
    for name in ("rows", "columns"):
        full_key(getattr(config.sweep, name), f"sweep.{name}", keys)
    sources = [Path(source.path) for source in node.runtime.config_sources if source.schema == "file"]
    shared = [word for word in words if not parse(word).is_sweep_override()]
    return Session(
        folder,
        {"command": command_line(), "version": __version__, "objective": config.objective},
        signature(sources, [*shared, node.job.config_name], config.plugins),
        partial(swept_values, common=common_values(words)),
        config.force,
        config.sweep,
    )


def conclude(sweep: Session) -> int:
    """Say what became of a sweep's jobs, and compare them; the exit code. Raises PipelineError as compare does."""
    rows = [(name, sweep.record(job)) for name, job in sweep.jobs.items()]
    print(table(rows, sweep.skipped, sweep.facts["objective"]))
    seconds = time.perf_counter() - sweep.started
    log.info("%s: %s in %.1f s", sweep.folder, tally(rows, sweep.skipped), seconds)
    every = jobs_of(read_index(sweep.folder))
    if len(every) > len(rows):
        log.info("%s: compared with %d earlier jobs there", sweep.folder, len(every) - len(rows))
    if sweep.options.compare and len(every) > 1:
        from pipeline.sweep.compared.entries import read_sweep
        from pipeline.sweep.comparison import compare  # with Matplotlib, which takes a second

        compare(read_sweep(sweep.folder), sweep.folder, sweep.options, sweep.facts["command"])
    return 0 if all(record and record.state == "done" for _, record in rows) else 1

"""What a run is of, before it is made: of a recorded one, what its record says, its config then says too."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from pipeline.config.check import check_values, shown
from pipeline.config.language import counting
from pipeline.config.schema.config import Config
from pipeline.config.schema.dynamics import DynamicsConfig
from pipeline.config.schema.init import InitConfig
from pipeline.errors import InputError
from pipeline.model.check import check_init
from pipeline.model.data import Data
from pipeline.model.given import file_digest
from pipeline.model.initialization import given_width
from pipeline.model.sources import load_data
from pipeline.simulate.optimisers.table import OPTIMISERS
from pipeline.simulate.recorded.record import Record

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Subject:
    """A config whose width and end time are those of its record, and the record, where there is one."""

    config: Config
    record: Record | None = None

    @property
    def files(self) -> dict[str, str]:
        """SHA-256 of the files that its weights come from, by path. Raises InputError where one cannot be read."""
        if self.record is not None:
            return dict(self.record.files)
        path = self.config.init.path
        return {path: file_digest(path)} if path else {}

    @cached_property
    def data(self) -> Data:
        """The samples: those of the record, or else those that the config describes.

        Raises InputError where there are none, or they cannot be read.
        """
        config, record = self.config, self.record
        if record is None:
            return load_data(config.data)
        from pipeline.simulate.recorded.replay import samples_of

        own = config.data.kind == "npz" and config.data.path == config.dynamics.path
        if own and record.x is None:
            remedy = "choose those that the network learnt, such as data=csv data.path=FILE"
            raise InputError(f"{record.name}: has no samples x and y; {remedy}")
        data, same = samples_of(record, load_data(config.data))
        if not same:
            log.info("%s: its own %d samples are shown, for those of `data` are others", record.name, len(data))
        return data

    def counting(self, label: str) -> "Subject":
        """The same in words that call its times by a label."""
        return replace(self, config=replace(self.config, language=counting(self.config.language, label)))


def subject_of(config: Config) -> Subject:
    """The subject of a config; reads its record, if it has one.

    Raises InputError where it cannot be read, and for keys of the config that a record leaves nothing to do.
    """
    check_values(config)
    read = OPTIMISERS[config.dynamics.kind].read
    if read is None:
        return Subject(replace(config, init=_of_own_width(config.init)))
    if config.dynamics.path is None:
        raise InputError("dynamics.path = null: give the recorded run, dynamics.path=FILE.npz")
    if config.data.test_fraction:
        given = f"data.test_fraction = {config.data.test_fraction:g}"
        raise InputError(f"{given}: a recorded run has learnt what it has learnt; give data.test_path")
    record = read(config.dynamics.path)
    told = {"init.width": record.neurons, "dynamics.end_time": float(record.t[-1])}
    _check_unused("init", config.init, InitConfig(), told)
    _check_unused("dynamics", config.dynamics, DynamicsConfig(), told, ("end_time", "learning_rate"))
    init = replace(config.init, width=record.neurons)
    dynamics = replace(config.dynamics, end_time=float(record.t[-1]))
    return Subject(replace(config, init=init, dynamics=dynamics), record)


def subjects_of(config: Config, runs: Mapping[str, Config]) -> tuple[Subject, dict[str, Subject]]:
    """The subject of a config, and those of the `runs`, by label, that its video shows side by side instead.

    Where one of these is recorded, the video ends with the last one, and times are called as there.
    """
    shown = {label: subject_of(run) for label, run in runs.items()}
    whole = subject_of(config)
    if any(run.record for run in shown.values()):
        end = max(run.config.dynamics.end_time for run in shown.values())
        whole = Subject(replace(config, dynamics=replace(config.dynamics, end_time=end)))
    labels = {run.config.dynamics.time_label for run in (whole, *shown.values())} - {""}
    if len(labels) > 1:
        raise InputError(f"compare: times count {' and '.join(sorted(labels))}; give all runs one dynamics.time_label")
    for label in labels:
        whole = whole.counting(label)
        shown = {name: run.counting(label) for name, run in shown.items()}
    return whole, shown


def _of_own_width(init: InitConfig) -> InitConfig:
    """The group whose width is that of the network that it gives, if it gives one."""
    check_init(init)
    width = given_width(init)
    if width is None:
        return init
    if init.width not in (InitConfig().width, width):
        raise InputError(f"init.width = {init.width}: the given network has {width} neurons; leave it out")
    return replace(init, width=width)


def _check_unused(
    group: str, given: Any, blank: Any, told: dict[str, float], names: tuple[str, ...] | None = None
) -> None:
    """InputError for a key of a group that is neither at its default nor what the record says."""
    for name in names or vars(blank):
        value, key = getattr(given, name), f"{group}.{name}"
        if value not in (getattr(blank, name), told.get(key, value if name == "kind" else None)):
            raise InputError(f"{key} = {shown(value)}: a recorded run brings its own; leave it out")

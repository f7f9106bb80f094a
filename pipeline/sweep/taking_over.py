"""Hydra's sweeps made ours, whichever sweeper and launcher they have; what a single run needs not stays unimported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pipeline.config.hydra_private import makers_wrapped

if TYPE_CHECKING:
    from hydra.plugins.launcher import Launcher
    from hydra.plugins.sweeper import Sweeper

    from pipeline.sweep.jobs.session import Session


@contextmanager
def sweeps_taken_over() -> Iterator[list[Session]]:
    """While the block runs, Hydra's sweepers compose no job's config, and get launchers that resume.

    Yields a list that the sweep, if there is one, is put into.
    """
    sweeps: list[Session] = []

    def sweepers(make: Callable[..., Sweeper]) -> Callable[..., Sweeper]:
        def sweeper(**given: Any) -> Sweeper:
            from pipeline.sweep.jobs.launcher import uncomposing
            from pipeline.sweep.multirun import work

            return make(**uncomposing(**given | {"task_function": work}))

        return sweeper

    def launchers(make: Callable[..., Launcher]) -> Callable[..., Launcher]:
        def launcher(*, config: Any, **others: Any) -> Launcher:
            from pipeline.sweep.jobs.launcher import ResumingLauncher
            from pipeline.sweep.jobs.loader import of_hydra
            from pipeline.sweep.multirun import session

            sweeps.append(session(config))
            return ResumingLauncher(make(config=of_hydra(config), **others), sweeps[-1])

        return launcher

    with makers_wrapped(sweepers, launchers):
        yield sweeps

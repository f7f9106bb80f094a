"""What a run says: a bar a stage on a terminal, plain lines elsewhere. Stages get a function to call, no more."""

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm

log = logging.getLogger("pipeline")


class LineHandler(logging.StreamHandler):
    """Log lines on standard error that do not break a bar that stands there."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record above any bar."""
        with tqdm.external_write_mode(file=sys.stderr):
            print(self.format(record), file=sys.stderr, flush=True)


@contextmanager
def stage(name: str, total: float, unit: str) -> Iterator[Callable[[float], None]]:
    """Show a stage's progress; yields a function that takes how much of `total` is done."""
    started = time.perf_counter()
    if not sys.stderr.isatty():
        yield lambda done: None
        log.info("%s: %.1f s", name, time.perf_counter() - started)
        return
    with tqdm(total=total, desc=name, unit=unit, leave=False, dynamic_ncols=True, unit_scale=total > 1e4) as bar:
        yield lambda done: bar.update(done - bar.n)

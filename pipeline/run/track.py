"""How stages show their progress: by a function they are given."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

# Takes the name of some work, its total and the unit of that; what it yields takes how much is done.
Track = Callable[[str, float, str], AbstractContextManager[Callable[[float], None]]]


@contextmanager
def silent(name: str, total: float, unit: str) -> Iterator[Callable[[float], None]]:
    """Shows nothing."""
    yield lambda done: None

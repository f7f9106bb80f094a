"""Tables of rows by name: what a config may choose from, ours and what plugins add.

A new panel, formula, initialisation, optimiser, format, quantity or snippet is one row of such a table, wherever it is
added from: `PANELS.add("mine", PanelKind(…))` in a plugin does what the same row in our own file does.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import is_dataclass
from typing import Any, Generic, TypeVar

from pipeline.errors import InputError

Row = TypeVar("Row")

OURS = ""  # the origin of shipped rows
_origin = [OURS]  # the last one is at work
TABLES: dict[str, "Table[Any]"] = {}  # by config key, those whose names are its choices


class Table(Mapping[str, Row], Generic[Row]):
    """Rows by name, in the order in which they were added.

    what: one of them in words, for messages; key: the config key whose choices the names are; kinds: of rows, by
    default that of the first one, if it is a dataclass; unfit: what is wrong with a name, nothing where it can be used.
    """

    def __init__(
        self,
        what: str,
        rows: Mapping[str, Row] | None = None,
        key: str | None = None,
        kinds: tuple[type, ...] = (),
        unfit: Callable[[str], str] = lambda name: "",
    ):
        self.what, self._kinds, self._unfit = what, kinds, unfit
        self._rows: dict[str, Row] = dict(rows or {})
        self._origins: dict[str, str] = {}
        if key is not None:
            TABLES[key] = self
        _all.append(self)

    def add(self, name: str, row: Row) -> Row:
        """Add a row; returns it. Raises InputError where there is one of that name already, and for no name or row."""
        if not isinstance(name, str) or not name.strip():
            raise InputError(f"{self.what} {name!r}: is no name; give a text")
        if fault := self._unfit(name):
            raise InputError(f"{self.what} {name!r}: {fault}; choose another name")
        if name in self._rows:
            origin = self._origins.get(name, OURS)
            place = origin or "this package"
            raise InputError(f"{self.what} {name!r}: {place} has one of that name; choose another name")
        first = next(iter(self._rows.values()), None)
        kinds = self._kinds or ((type(first),) if is_dataclass(first) else ())
        if kinds and not isinstance(row, kinds):
            wanted = " or ".join(f"{kind.__name__}(…)" for kind in kinds)
            raise InputError(f"{self.what} {name!r}: its row is {row!r}; give a {wanted}")
        self._rows[name] = row
        self._origins[name] = _origin[-1]
        return row

    def forget(self, origin: str) -> None:
        """Take out the rows that were added under an origin."""
        for name in [name for name, other in self._origins.items() if other == origin]:
            del self._rows[name], self._origins[name]

    def __getitem__(self, name: str) -> Row:
        return self._rows[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


_all: list[Table[Any]] = []


def origins_of(groups: Collection[str]) -> set[str]:
    """Origins of added rows that are choices of a key in one of these groups of the config."""
    tables = [table for key, table in TABLES.items() if key.partition(".")[0] in groups]
    return {origin for table in tables for origin in table._origins.values()}


@contextmanager
def adding(origin: str) -> Iterator[None]:
    """Rows that are added in the block are of this origin; those that it had before, or a failing block's, go."""
    for table in _all:
        table.forget(origin)
    _origin.append(origin)
    try:
        yield
    except BaseException:
        for table in _all:
            table.forget(origin)
        raise
    finally:
        _origin.pop()

"""A sweep in a table: every job, how it ended, how long it took, its final loss and what was looked for."""

from collections.abc import Iterable, Sequence, Set

from pipeline.run.asked import FINAL_LOSS
from pipeline.sweep.jobs.record import Record

Rows = Iterable[tuple[str, Record | None]]  # jobs by name with their records


def table(rows: Rows, skipped: Set[str] = frozenset(), objective: str = FINAL_LOSS) -> str:
    """The jobs as lines of text; `skipped` were up to date. An objective of its own has a column."""
    extra = [] if objective == FINAL_LOSS else [objective]
    head = ["job", "outcome", "seconds", "final loss", *extra, ""]
    cells = [head, *(_cells(name, record, name in skipped, bool(extra)) for name, record in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    return "\n".join(_line(row, widths) for row in cells)


def tally(rows: Rows, skipped: Set[str] = frozenset()) -> str:
    """How many jobs ended in which way: `3 done, 1 failed`."""
    outcomes = [_outcome(record, name in skipped) for name, record in rows]
    kinds = dict.fromkeys(("done", "skipped", "failed", "missing"))
    return ", ".join(f"{outcomes.count(kind)} {kind}" for kind in kinds if kind in outcomes)


def _outcome(record: Record | None, skipped: bool) -> str:
    return "missing" if record is None else "skipped" if skipped else record.state


def _cells(name: str, record: Record | None, skipped: bool, with_objective: bool) -> list[str]:
    outcome = _outcome(record, skipped)
    seconds = f"{record.seconds:.1f}" if record and not skipped else ""
    loss = _number(record.final_loss if record else None)
    value = [_number(record.value if record else None)] if with_objective else []
    return [name, outcome, seconds, loss, *value, record.message if record else ""]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    (name, outcome, *numbers, message), (first, second, *others, _) = row, widths
    right = "  ".join(f"{number:>{width}}" for number, width in zip(numbers, others, strict=True))
    return f"{name:{first}}  {outcome:{second}}  {right}  {message}".rstrip()

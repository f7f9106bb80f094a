"""A sweep in a table: every job, how it ended, how long it took, its final loss."""

from collections.abc import Iterable, Set

from pipeline.sweep.jobs.record import Record

HEAD = "job", "outcome", "seconds", "final loss", ""


def table(rows: Iterable[tuple[str, Record | None]], skipped: Set[str] = frozenset()) -> str:
    """The jobs by name with their records, as lines of text; `skipped` were up to date."""
    cells = [HEAD, *(_cells(name, record, name in skipped) for name, record in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEAD))]
    return "\n".join(_line(row, widths) for row in cells)


def tally(rows: Iterable[tuple[str, Record | None]], skipped: Set[str] = frozenset()) -> str:
    """How many jobs ended in which way: `3 done, 1 failed`."""
    outcomes = [_outcome(record, name in skipped) for name, record in rows]
    kinds = dict.fromkeys(("done", "skipped", "failed", "missing"))
    return ", ".join(f"{outcomes.count(kind)} {kind}" for kind in kinds if kind in outcomes)


def _outcome(record: Record | None, skipped: bool) -> str:
    return "missing" if record is None else "skipped" if skipped else record.state


def _cells(name: str, record: Record | None, skipped: bool) -> tuple[str, ...]:
    outcome = _outcome(record, skipped)
    seconds = f"{record.seconds:.1f}" if outcome in {"done", "failed"} else ""
    loss = f"{record.final_loss:.4g}" if record and record.final_loss is not None else ""
    return name, outcome, seconds, loss, record.message if record else ""


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    name, outcome, seconds, loss, message = row
    left = f"{name:{widths[0]}}  {outcome:{widths[1]}}  {seconds:>{widths[2]}}  {loss:>{widths[3]}}"
    return f"{left}  {message}".rstrip()

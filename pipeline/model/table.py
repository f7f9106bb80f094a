"""Two columns of a CSV file; every complaint names the file, the row and the cell."""

import csv
import math
from importlib.resources import files
from pathlib import Path

import numpy as np

from pipeline.errors import InputError

SHIPPED = "shipped:"


def locate(path: str) -> Path:
    """The file a path means: `shipped:NAME` is a data set that comes with the package."""
    if not path.startswith(SHIPPED):
        return Path(path).expanduser()
    folder = files("pipeline.model") / "datasets"
    name = path.removeprefix(SHIPPED)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".csv"))
    if name not in names:
        raise InputError(f"data.path = {path}: no such data set is shipped; there are {', '.join(names)}")
    return Path(str(folder / name))


def read_columns(path: str, x: str | int, y: str | int, header: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """Columns x and y, each (N,), of a comma-, semicolon- or tab-separated file in UTF-8.

    A column is a name of the header or a number, counted from 0. Blank lines are skipped.
    Raises InputError for a file that cannot be read, a column that is not there, a cell that is no finite number.
    """
    rows = _read_rows(locate(path), path)
    names = rows.pop(0)[1] if header and rows else None
    if not rows:
        raise InputError(f"{path}: no row of data; give at least two samples")
    width = len(names) if names else len(rows[0][1])
    columns = [_column_index(path, key, value, names, width) for key, value in (("data.x", x), ("data.y", y))]
    cells = np.array([[_number(path, line, row, column, names) for column in columns] for line, row in rows])
    return cells[:, 0], cells[:, 1]


def _read_rows(file: Path, path: str) -> list[tuple[int, list[str]]]:
    """(line number, cells) of every line that is not blank."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"data.path = {path}: {error.strerror or error}; give the path of a CSV file") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text (byte {error.start}); save it as a UTF-8 CSV file") from None
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    delimiter = next((mark for mark in "\t;," if mark in first), ",")
    try:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise InputError(f"{path}, row {reader.line_num}: {error}; mend the quoting") from None


def _column_index(path: str, key: str, column: str | int, names: list[str] | None, width: int) -> int:
    if isinstance(column, int) and not isinstance(column, bool):
        if 0 <= column < width:
            return column
        raise InputError(f"{key} = {column}: {path} has columns 0 to {width - 1}")
    if names is None:
        raise InputError(f"{key} = {column}: without a header give the column's number, 0 to {width - 1}")
    stripped = [name.strip() for name in names]
    if str(column).strip() not in stripped:
        raise InputError(f"{key} = {column}: no such column in {path}; its columns are {', '.join(stripped)}")
    return stripped.index(str(column).strip())


def _number(path: str, line: int, row: list[str], column: int, names: list[str] | None) -> float:
    where = f"{path}, row {line}, column {names[column].strip() if names and column < len(names) else column}"
    if column >= len(row):
        raise InputError(f"{where}: the cell is missing; give a number or delete the row")
    cell = row[column].strip()
    try:
        value = float(cell)
    except ValueError:
        raise InputError(f"{where}: {cell!r:.40} is not a number; mend the cell or delete the row") from None
    if not math.isfinite(value):
        raise InputError(f"{where}: {cell!r} is not finite; mend the cell or delete the row")
    return value

"""Two columns of a CSV file; every complaint names the file, the row and the cell."""

import csv
import io
import math
import os
import re
from importlib.resources import files
from pathlib import Path

import numpy as np

from pipeline.console.texts import one_line
from pipeline.errors import InputError

SHIPPED = "shipped:"
DELIMITERS = "\t;,"  # in this order: a comma may also stand inside a number or a name
COMMA_NUMBER = r"[+-]?\d*,\d+([eE][+-]?\d+)?"

Row = tuple[int, list[str]]  # number of the line on which it ends, cells


def locate(path: str) -> Path:
    """The file a path means: `shipped:NAME` is a data set that comes with the package."""
    if not path.startswith(SHIPPED):
        return Path(os.path.expanduser(path))
    folder = files("pipeline.model") / "datasets"
    name = path.removeprefix(SHIPPED)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".csv"))
    if name not in names:
        raise InputError(f"`path` = {path}: no such data set is shipped; there are {', '.join(names)}")
    return Path(str(folder / name))


def read_file(path: str) -> bytes:
    """What a file holds. Raises InputError where there is none that can be read whole."""
    file = locate(path)
    try:
        if file.exists() and not file.is_file() and not file.is_dir():
            raise InputError(
                f"`path` = {path}: is no plain file, so that it may have no end; give the path of a CSV file"
            )
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"`path` = {path}: {error.strerror or error}; give the path of a CSV file") from None


def read_columns(
    path: str, x: str | int, y: str | int, header: bool = True, decimal_comma: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """Columns x and y, each (N,), of a file; arguments and errors: as of find_columns and read_file."""
    return find_columns(read_file(path), path, x, y, header, decimal_comma)


def find_columns(
    content: bytes, path: str, x: str | int, y: str | int, header: bool = True, decimal_comma: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """Columns x and y, each (N,), of a comma-, semicolon- or tab-separated file in UTF-8, read from `path`.

    A column is a name of the header or a number, counted from 0. Blank lines are skipped. decimal_comma: numbers
    are written 1,5. Nothing is guessed: what can be read in two ways is refused.
    Raises InputError for a file that is no such table, a column that is not there, a cell that is no finite number.
    """
    rows = _rows(content, path, DELIMITERS[:-1] if decimal_comma else DELIMITERS)
    names = [one_line(cell) for cell in rows.pop(0)[1]] if header and rows else None
    if names and isinstance(x, int) and isinstance(y, int) and all(_is_number(cell, decimal_comma) for cell in names):
        raise InputError(f"{path}: every cell of its header is a number; set `header`=false to read that row as data")
    if not rows:
        raise InputError(f"{path}: no row of data; give at least two samples")
    width = len(names or rows[0][1])
    columns = [_column_index(path, key, value, names, width) for key, value in (("`x`", x), ("`y`", y))]
    _check_widths(path, rows, width)
    labels = names or list(map(str, range(width)))
    cells = [[_number(path, row, column, labels[column], decimal_comma) for column in columns] for row in rows]
    x_cells, y_cells = np.array(cells).T.copy()
    return x_cells, y_cells


def _rows(content: bytes, path: str, delimiters: str) -> list[Row]:
    """Every row that is not blank."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text (byte {error.start}); save it as a UTF-8 CSV file") from None
    return _parse(text, _delimiter(text, delimiters), path)


def _parse(text: str, delimiter: str, path: str, most: int | None = None) -> list[Row]:
    """The rows of a text that are not blank, at most so many; quoted cells may hold delimiters and line ends."""
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((reader.line_num, row))
            if len(rows) == most:
                break
    except csv.Error as error:
        raise InputError(f"{path}, row {reader.line_num}: {error}; mend the quoting") from None
    return rows


def _delimiter(text: str, delimiters: str) -> str:
    """The first delimiter that divides the first two rows, read by the rules of quoting; the last one if none does."""
    for delimiter in delimiters:
        try:
            rows = _parse(text, delimiter, "", most=2)
        except InputError:
            continue  # a quoted cell ends before something else: not this one
        if rows and all(len(cells) > 1 for _, cells in rows):
            return delimiter
    return delimiters[-1]


def _column_index(path: str, key: str, column: str | int, names: list[str] | None, width: int) -> int:
    if isinstance(column, int) and not isinstance(column, bool):
        if 0 <= column < width:
            return column
        raise InputError(f"{key} = {column}: {path} has columns 0 to {width - 1}")
    if names is None:
        raise InputError(f"{key} = {column}: without a header give the column's number, 0 to {width - 1}")
    places = [place for place, name in enumerate(names) if name == one_line(str(column))]
    if not places:
        raise InputError(
            f"{key} = {one_line(str(column))}: no such column in {path}; its columns are {', '.join(names)}"
        )
    if len(places) > 1:
        numbers = " or ".join(map(str, places))
        raise InputError(f"{key} = {column}: {path} has {len(places)} columns of this name; give a number, {numbers}")
    return places[0]


def _check_widths(path: str, rows: list[Row], width: int) -> None:
    """A row longer than the first one, as by commas inside its numbers, would be read from the wrong cells."""
    for line, row in rows:
        if any(cell.strip() for cell in row[width:]):
            raise InputError(
                f"{path}, row {line}: {len(row)} cells, but the first row has {width}; mend it, or where numbers hold "
                "commas, separate columns by semicolons and set `decimal_comma`=true"
            )


def _number(path: str, row: Row, column: int, label: str, decimal_comma: bool) -> float:
    line, cells = row
    where = f"{path}, row {line}, column {label}"
    if column >= len(cells):
        raise InputError(f"{where}: the cell is missing; give a number or delete the row")
    cell = cells[column].strip()
    try:
        value = _parse_number(cell, decimal_comma)
    except ValueError:
        raise InputError(f"{where}: {cell!r:.40} is not a number; {_remedy(cell, decimal_comma)}") from None
    if not math.isfinite(value):
        raise InputError(f"{where}: {cell!r} is not finite; mend the cell or delete the row")
    return value


def _is_number(cell: str, decimal_comma: bool) -> bool:
    try:
        _parse_number(cell, decimal_comma)
    except ValueError:
        return False
    return True


def _parse_number(cell: str, decimal_comma: bool) -> float:
    """ValueError for what is no number, and for Python's own 1_000."""
    if "_" in cell:
        raise ValueError
    return float(cell.translate({ord(","): ".", ord("."): ","}) if decimal_comma else cell)


def _remedy(cell: str, decimal_comma: bool) -> str:
    if not decimal_comma and re.fullmatch(COMMA_NUMBER, cell):
        return "where commas are decimal points, set `decimal_comma`=true"
    if decimal_comma and "." in cell:
        return "`decimal_comma`=true is for numbers without points"
    return "mend the cell or delete the row"

"""Several runs side by side: the mosaic of one run, repeated in a grid. No Matplotlib here."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.config.schema.scene import LayoutConfig
from pipeline.render.scene.panel_spec import EMPTY

SHAPE = 1.5  # width by height that suits the panels of one run best
EMPTY_COST = 0.8  # of an empty place: as much as tiles 2.2 times too narrow or too wide


@dataclass(frozen=True)
class Cell:
    """A panel: the name that a scene's mosaic gives it, and the number of the run it shows."""

    name: str
    run: int


@dataclass(frozen=True)
class RunTable:
    """Runs crossed by two things that tell them apart.

    rows: the lines beside each row, the last one its value; columns: what may stand over each column, the longest
    first; places: row and column of every run; blanks: words for places without one.
    """

    rows: Sequence[tuple[str, ...]]
    columns: Sequence[tuple[str, ...]]
    places: Sequence[tuple[int, int]]
    blanks: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Grid:
    """Rows of cells, EMPTY where there is none, with the relative widths and heights of columns and rows."""

    rows: list[list[Cell | str]]
    widths: list[float]
    heights: list[float]

    def cells(self) -> list[Cell]:
        """Every panel once, in reading order."""
        return list(dict.fromkeys(cell for row in self.rows for cell in row if isinstance(cell, Cell)))

    def places(self, cell: Cell) -> tuple[range, range]:
        """Rows and columns of a panel."""
        found = [(i, j) for i, row in enumerate(self.rows) for j, other in enumerate(row) if other == cell]
        rows, columns = zip(*found, strict=True)
        return range(min(rows), max(rows) + 1), range(min(columns), max(columns) + 1)

    def below(self, cell: Cell) -> Cell | None:
        """The panel right under one, on the same columns."""
        rows, columns = self.places(cell)
        return self._neighbour(rows.stop, columns.start, lambda other: self.places(other)[1] == columns)

    def above(self, cell: Cell) -> Cell | None:
        """The panel right over one, on the same columns."""
        rows, columns = self.places(cell)
        return self._neighbour(rows.start - 1, columns.start, lambda other: self.places(other)[1] == columns)

    def left_of(self, cell: Cell) -> Cell | None:
        """The panel right beside one, on the same rows."""
        rows, columns = self.places(cell)
        return self._neighbour(rows.start, columns.start - 1, lambda other: self.places(other)[0] == rows)

    def _neighbour(self, row: int, column: int, fits: Callable[[Cell], bool]) -> Cell | None:
        if not (0 <= row < len(self.rows) and 0 <= column < len(self.rows[0])):
            return None
        other = self.rows[row][column]
        return other if isinstance(other, Cell) and fits(other) else None


def grid(layout: LayoutConfig, runs: int, aspect: float, table: RunTable | None = None) -> Grid:
    """The layout's mosaic once for each of `runs`, in a frame whose width is `aspect` times its height.

    table: where each run stands; by default they follow each other in rows.
    """
    across = len(table.columns) if table else columns_for(runs, aspect)
    down = len(table.rows) if table else math.ceil(runs / across)
    places = table.places if table else [divmod(run, across) for run in range(runs)]
    at = {place: run for run, place in enumerate(places)}
    tile = [list(row) for row in layout.mosaic]
    rows = [
        [EMPTY if cell == EMPTY or (i, j) not in at else Cell(cell, at[i, j]) for j in range(across) for cell in row]
        for i in range(down)
        for row in tile
    ]
    widths = list(layout.width_ratios) or [1.0] * len(tile[0])
    heights = list(layout.height_ratios) or [1.0] * len(tile)
    return Grid(rows, widths * across, heights * down)


def columns_for(runs: int, aspect: float) -> int:
    """How many runs stand side by side: few empty places, and tiles near the shape that suits a run."""

    def misfit(columns: int) -> float:
        rows = math.ceil(runs / columns)
        return abs(math.log(aspect * rows / columns / SHAPE)) + EMPTY_COST * (rows * columns - runs)

    return min(range(1, runs + 1), key=misfit)

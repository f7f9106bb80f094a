"""What names the rows and columns of a table of runs, and its empty places."""

from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from pipeline.render.drawing.lettering import drawn_width, pixel_text
from pipeline.render.drawing.theme import Style
from pipeline.render.scene.mosaic import RunTable

LINE_HEIGHT = 1.35  # distance of lines, in text sizes


class TableHeadings:
    """Words over the columns and left of the rows of `table`; left, top: the room in px that they take there."""

    def __init__(self, figure: Figure, style: Style, table: RunTable | None):
        self.figure, self.style, self.table = figure, style, table
        self.left = self.top = 0.0
        if table is None:
            return
        self.top = LINE_HEIGHT * style.text if any(map(any, table.columns)) else 0.0
        words = [word for row in table.rows for word in row]
        self.left = max(map(self._room, words), default=0.0) + (0.9 * style.text if any(words) else 0.0)

    def place(self, rows: list[Bbox], columns: list[Bbox], top: float) -> None:
        """Set the words, given the boxes in px that the panels of each row and column fill, and the top of the room."""
        if self.table is None:
            return
        for names, box in zip(self.table.columns, columns, strict=True):
            self._over(names, box, top)
        for names, box in zip(self.table.rows, rows, strict=True):
            self._beside(names, 0.5 * (box.y0 + box.y1))
        for (i, j), words in self.table.blanks.items():
            x, y = 0.5 * (columns[j].x0 + columns[j].x1), 0.5 * (rows[i].y0 + rows[i].y1)
            text = self._text(words, colour=self.style.theme.muted, ha="center", va="center")
            text.set_position((x, y))

    def _over(self, names: tuple[str, ...], box: Bbox, top: float) -> None:
        """The first of the names that fits over a column, else the last."""
        text = self._text("", fontweight="bold")
        for name in names:
            if drawn_width(text, name) <= box.width:
                break
        text.set_position((box.x0, top - 1.2 * self.style.text))

    def _beside(self, lines: tuple[str, ...], middle: float) -> None:
        """Lines left of a row, around its middle; the last one is the value."""
        step = LINE_HEIGHT * self.style.text
        for k, line in enumerate(lines):
            last = k == len(lines) - 1
            look = {"fontweight": "bold"} if last else {"colour": self.style.theme.muted}
            text = self._text(line, va="center", **look)
            text.set_position((0.9 * self.style.text, middle + (0.5 * (len(lines) - 1) - k) * step))

    def _text(self, words: str, colour: str = "", **look: str) -> Text:
        return pixel_text(self.figure, 0, 0, words, self.style.text, colour or self.style.theme.foreground, **look)

    def _room(self, words: str) -> float:
        """The width of bold words, px."""
        text = self._text(words, fontweight="bold")
        width = drawn_width(text)
        text.remove()
        return width

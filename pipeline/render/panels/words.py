"""Words and formulas of the user's in a panel."""

from functools import partial

from matplotlib.text import Text

from pipeline.render.drawing.lettering import drawn_width, pixel_text
from pipeline.render.film.words import wrap_words
from pipeline.render.panels.parts.base import Panel

LINE_HEIGHT = 1.45  # distance of lines, in text sizes


class WordsPanel(Panel):
    """A text, wrapped to the panel's width; lines of the option `text` stay lines, and $…$ is a formula."""

    across = "own"

    def draw_still(self) -> None:
        self.axes.set_axis_off()
        self.lines: list[Text] = []

    def lay_up(self) -> None:
        """No axis."""

    def lay_own(self) -> None:
        """No axis."""

    def settle(self) -> None:
        super().settle()
        size, box = self.style.text, self.axes.bbox
        probe = self._line("", 0)
        width = partial(drawn_width, probe)
        paragraphs = self.options["text"].replace("\\n", "\n").split("\n")
        lines = [line for paragraph in paragraphs for line in wrap_words(paragraph, box.width, width)]
        probe.remove()
        room = max(int(box.height / (LINE_HEIGHT * size)), 1)
        self.lines = [self._line(words, k) for k, words in enumerate(lines[:room])]

    def _line(self, words: str, k: int) -> Text:
        size, box = self.style.text, self.axes.bbox
        ink = self.style.theme.foreground
        return pixel_text(self.axes.figure, box.x0, box.y1 - size * (1.0 + LINE_HEIGHT * k), words, size, ink)

    def show(self, frame: int) -> None:
        """Nothing moves."""

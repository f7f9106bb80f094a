"""The card at the end of a clip: what it says, the measured number beside the predicted one, and where it is from."""

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from pipeline.render.drawing.areas import Areas
from pipeline.render.drawing.outlined_text import OutlinedText, sentence_width
from pipeline.render.drawing.theme import Style
from pipeline.render.film.story import Card
from pipeline.render.film.words import balanced

COVER = 0.88  # how much of the last frame the ground covers
SAY, NUMBER, SMALL = 1 / 15, 1 / 8, 1 / 25  # sizes: of the claim, of numbers, and the least, of the frame's height
LINE = 1.3  # distance of lines, in sizes of theirs
FULL = 0.86  # of the width that words fill at most
FIT = 0.8  # of the region's height that the card fills at most


class EndingCard:
    """Nothing has its place before `settle`."""

    def __init__(self, figure: Figure, style: Style, card: Card | None):
        self.style, self.card, self.shown = style, card, False
        self.figure, self.cover = figure, Areas(figure, style.rgba("background", COVER), 8)
        self.texts: list[tuple[OutlinedText, list[str], list[float], list[float]]] = []

    @property
    def artists(self) -> list[Artist]:
        """The moving artists."""
        return [self.cover, *(text for text, _, _, _ in self.texts)] if self.card else []

    def settle(self, region: Bbox) -> None:
        """Choose sizes and places in a region, px, once; to be called under the style's settings."""
        if self.card is None:
            return
        self.region = region
        scale = 1.0
        while self._height(blocks := self._blocks(scale)) > FIT * region.height and scale > 0.3:
            scale *= 0.92
        top = 0.5 * (region.y0 + region.y1 + self._height(blocks))
        for rows, size in blocks:
            self._set(rows, size, top)
            top -= size * LINE

    def _blocks(self, scale: float) -> list[tuple[list[tuple[str, str]], float]]:
        """Rows from the top, each of words and their inks, and the size of its letters, px."""
        card, height, width = self.card, self.style.height, FULL * self.region.width
        assert card is not None
        least = SMALL * height

        def measured(size: float, words: str) -> float:
            return sentence_width(words, self.style, size)

        say = max(scale * SAY * height, least)
        blocks = [([(line, "foreground")], say) for line in balanced(card.say, width, lambda w: measured(say, w))]
        measured_is, predicted_is = card.names
        pairs = [(card.measured, measured_is, "foreground"), (card.predicted, predicted_is, "reference")]
        pairs = [pair for pair in pairs if pair[0]]
        if pairs:
            number = max(scale * NUMBER * height, least)
            widest = sum(measured(1.0, words) for words, _, _ in pairs) + 2.0 * (len(pairs) - 1)
            number = min(number, width / widest)
            blocks.append(([("", "foreground")], 0.3 * number))
            blocks.append(([(words, ink) for words, _, ink in pairs], number))
            blocks.append(([(name, ink) for _, name, ink in pairs], least))
        if card.source:
            blocks.append(([("", "foreground")], 0.6 * least))
            blocks += [
                ([(line, "muted")], least) for line in balanced(card.source, width, lambda w: measured(least, w))
            ]
        return blocks

    def _height(self, blocks: list[tuple[list[tuple[str, str]], float]]) -> float:
        return sum(LINE * size for _, size in blocks)

    def _set(self, row: list[tuple[str, str]], size: float, top: float) -> None:
        """Words of a row: one in the middle, two in the middles of the left and the right of it."""
        middle, apart = 0.5 * (self.region.x0 + self.region.x1), 0.22 * self.region.width
        places = [middle] if len(row) == 1 else [middle - apart, middle + apart]
        for (words, ink), x in zip(row, places, strict=True):
            if words:
                text = OutlinedText(self.figure, self.style, ink, size)
                text.set_zorder(8.5)
                text.prepare([words])
                left = x - 0.5 * sentence_width(words, self.style, size)
                self.texts.append((text, [words], [left], [top - 0.95 * size]))

    def show(self, on: bool) -> None:
        """Show the card, or take it away."""
        if on == self.shown:
            return
        self.shown = on
        box = self.region if self.card else Bbox.null()
        self.cover.show([box.corners()[[0, 1, 3, 2]]] if on else [])
        for text, words, left, base in self.texts:
            text.show(words if on else [], left if on else [], base if on else [])

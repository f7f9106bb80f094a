"""Text that stands still at a place in pixels, outside the layout."""

from matplotlib.text import Text


def pixel_text(parent, x: float, y: float, words: str, size: float, colour: str, **look) -> Text:
    """Words of a size (px) on a figure or axes; x, y: px from the bottom left, y that of the baseline.

    look: Matplotlib's, such as ha and weight.
    """
    text = Text(x, y, words, fontsize=size, color=colour, va="baseline", **look)
    text.set_in_layout(False)
    parent.add_artist(text)
    text.set_transform(None)  # only now: the parent would set its own
    return text

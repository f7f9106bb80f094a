"""What every frame must satisfy for the last row of a hall: words inside, apart and large enough."""

import itertools

import numpy as np
from matplotlib.text import Text

from pipeline.render.drawing.outlined_text import OutlinedText
from pipeline.render.drawing.theme import least_text

FAINT = 40  # of 255: rulings may pass behind words


def shown_texts(scene) -> list[Text]:
    """Every text that a scene draws."""
    return [
        text
        for text in scene.canvas.agg.figure.findobj(Text)
        if text.get_visible() and text.get_text() and np.isfinite(text.get_window_extent().bounds).all() and drawn(text)
    ]


def drawn(text: Text) -> bool:
    """Tick labels exist for ticks beyond the limits too, which Matplotlib does not draw."""
    axes = text.axes
    if axes is None or (text not in axes.xaxis.get_ticklabels() and text not in axes.yaxis.get_ticklabels()):
        return True
    low, high = sorted(axes.get_xlim() if text in axes.xaxis.get_ticklabels() else axes.get_ylim())
    place = text.get_position()[0 if text in axes.xaxis.get_ticklabels() else 1]
    return low - 1e-9 <= place <= high + 1e-9


def check_words(scene) -> None:
    """Words of the frame that a scene shows are inside it, apart from each other and large enough."""
    width, height = scene.style.width, scene.style.height
    texts = shown_texts(scene)
    boxes = [text.get_window_extent(scene.canvas.agg.get_renderer()) for text in texts]
    sizes = [figures.size for figures in scene.canvas.agg.figure.findobj(OutlinedText)]
    least = least_text(width, height) - 1e-9
    assert min(sizes) >= least
    for text, box in zip(texts, boxes, strict=True):
        assert text.get_fontsize() >= least, text
        assert box.x0 >= 0, text
        assert box.y0 >= 0, text
        assert box.x1 <= width, text
        assert box.y1 <= height, text
    for (one, a), (other, b) in itertools.combinations(zip(texts, boxes, strict=True), 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        along = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert across <= 1 or along <= 0.25 * one.get_fontsize(), f"{one.get_text()!r} touches {other.get_text()!r}"


def check_paper_behind_words(scene, frame: int) -> None:
    """No curve, mark or dot runs under words: where a frame has them is, without them, the bare background."""
    figure = scene.canvas.agg.figure
    scene.still(frame)
    texts = shown_texts(scene)
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    figures = figure.findobj(OutlinedText)
    boxes += [pair for each in figures for pair in zip(each.words, each.boxes(), strict=True)]
    for artist in (*texts, *figures):
        artist.set_visible(False)
    bare = scene.canvas.draw_plain()[..., :3].astype(int)
    for artist in (*texts, *figures):
        artist.set_visible(True)
    paper = np.round(255 * np.array(scene.style.rgba("background")[:3]))
    for words, box in boxes:
        part = bare[int(len(bare) - box.y1) + 2 : int(len(bare) - box.y0) - 2, int(box.x0) + 2 : int(box.x1) - 2]
        assert (abs(part - paper) <= FAINT).all(), f"something stands behind {words!r} in frame {frame}"

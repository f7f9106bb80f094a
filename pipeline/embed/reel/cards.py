"""What leads over from one clip of a reel to the next: cards with words, and fades from picture to picture."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from pipeline.config.schema.config import Config
from pipeline.config.schema.theme import ThemeConfig
from pipeline.config.schema.video import VideoConfig
from pipeline.console import progress
from pipeline.render.drawing.canvas import Canvas
from pipeline.render.drawing.theme import DPI, style_for
from pipeline.render.encoding.sink import VideoSink
from pipeline.render.film.story import Card
from pipeline.render.film.timing import frame_count
from pipeline.render.scene.ending_card import EndingCard
from pipeline.render.scene.feasibility import check_font, check_words

FADE, GONE = 0.6, 0.6  # seconds from one picture to the next, and the share of them after which the first is gone
LEAST, WORD = 1.0, 0.25  # seconds for which a card stands, and for each of its words besides


@dataclass(frozen=True)
class TitleCard:
    """A sentence, and where it is from, which may be empty."""

    say: str
    source: str = ""

    def stands(self, fps: int) -> int:
        """For how many frames: so that it can be read."""
        return frame_count(LEAST + WORD * len(self.say.split()), fps)


@dataclass(frozen=True)
class Lead:
    """What leads to a clip: from the last picture of the one before, if there is one, over cards to its first picture.

    The clips' own pictures are not shown again: a fade begins with the frame after the one and ends before the other.
    """

    before: Path | None
    cards: tuple[TitleCard, ...]
    after: Path

    def stands(self, fps: int) -> list[tuple[int, int]]:
        """The frames [first, stop) in which each card stands."""
        fade = frame_count(FADE, fps)
        lengths = [card.stands(fps) for card in self.cards]
        stops = accumulate(length + fade for length in lengths)
        led = fade * (self.before is not None)
        return [(led + stop - fade - length, led + stop - fade) for stop, length in zip(stops, lengths, strict=True)]

    def frames(self, fps: int) -> int:
        """How many it has."""
        return self.stands(fps)[-1][1] + frame_count(FADE, fps)


def check_cards(config: Config, words: Mapping[str, str]) -> None:
    """Raise InputError for words, by key, that cannot be set in the theme of a config."""
    check_font(config.theme)
    with style_for(config.theme, config.video.width, config.video.height).settings():
        check_words(config.theme, words)


def draw_lead(lead: Lead, theme: ThemeConfig, video: VideoConfig, path: Path, comment: str, name: str) -> None:
    """Encode it into `path`; name: what progress calls it."""
    with (
        progress.track(name, lead.frames(video.fps), "frame") as update,
        VideoSink(path, video, comment=comment) as sink,
    ):
        for frame in shown(lead, theme, video):
            sink.write(frame)
            update(sink.frames)


def shown(lead: Lead, theme: ThemeConfig, video: VideoConfig) -> Iterator[np.ndarray]:
    """Its frames (height, width, 4) uint8."""
    pictures = [card_picture(card, theme, video.width, video.height) for card in lead.cards]
    standing = [card.stands(video.fps) for card in lead.cards]
    if lead.before is not None:
        pictures, standing = [picture(lead.before), *pictures], [0, *standing]
    ground = np.round(255 * np.array(to_rgba(theme.background))).astype(np.uint16)
    for (before, after), stands in zip(pairwise([*pictures, picture(lead.after)]), standing, strict=True):
        yield from [before] * stands
        yield from fade(before, after, ground, frame_count(FADE, video.fps))


def fade(before: np.ndarray, after: np.ndarray, ground: np.ndarray, count: int) -> Iterator[np.ndarray]:
    """So many pictures between two, (height, width, 4) uint8, on the ground (4,) that both have.

    The one goes before the other comes, so that their words hardly cross.
    """
    one, other = before.astype(np.uint16), after.astype(np.uint16)
    shares = np.arange(1, count + 1) / (count + 1)
    left, come = (np.round(256 * eased(1 - share / GONE)).astype(np.uint16) for share in (shares, 1 - shares))
    for old, new in zip(left, come, strict=True):
        yield np.asarray((one * old + other * new + ground * (256 - old - new) + 128) >> 8, np.uint8)


def eased(shares: np.ndarray) -> np.ndarray:
    """Shares of a way, slow at both ends, at shares (K,) of the time for it; at rest before and after."""
    within = np.clip(shares, 0, 1)
    return np.asarray(within**2 * (3 - 2 * within))


def picture(path: Path) -> np.ndarray:
    """A picture in a file (height, width, 4) uint8."""
    import imageio.v3 as imageio

    return np.ascontiguousarray(imageio.imread(path, plugin="pillow", mode="RGBA"))


def card_picture(card: TitleCard, theme: ThemeConfig, width: int, height: int) -> np.ndarray:
    """A card on the theme's ground, a frame (height, width, 4) uint8."""
    style = style_for(theme, width, height)
    with style.settings():
        figure = Figure((width / DPI, height / DPI), dpi=DPI)
        words = EndingCard(figure, style, Card(card.say, source=card.source))
        words.settle(Bbox.from_bounds(0, 0, width, height))
        words.show(True)
        return Canvas(figure, [], []).draw_plain()

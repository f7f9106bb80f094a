"""Breakpoints fall through training time along their threads, into the samples that catch them.

Time runs down and the horizontal axis is that of the function above, so that a thread ends where its knot is.
"""

from functools import cached_property

import numpy as np

from pipeline.render.drawing.density import Density
from pipeline.render.drawing.history import History
from pipeline.render.drawing.marks import DIAMOND, Marks, area_scale
from pipeline.render.drawing.polyline import Polyline
from pipeline.render.film.calm import trembles
from pipeline.render.film.limits import within
from pipeline.render.film.running_mean import SECONDS, running_mean
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.holds import Holds
from pipeline.render.panels.parts.knot_scale import least_seen
from pipeline.render.panels.parts.place_marks import PlaceMarks
from pipeline.render.panels.parts.rulings import Rulings
from pipeline.render.panels.parts.thread_lines import FAR, Threads, bands, free_lines, held_lines

CROWD_FROM = 100  # threads from which on only the strongest are lines
FOLLOWED = 60  # of a crowd
HEAD = 0.16  # area of a head, of the largest mark's
CELL = 2.0  # side of a density's cell, px at full HD
SHADE = 0.45  # opacity of its fullest cells: the lines over them come first
ONWARDS = " \N{RIGHTWARDS ARROW}"


class ThreadsPanel(Panel):
    """Breakpoints over time, which falls."""

    explains = "thread_up", "thread_down", "thick", "log", "linear", "even"

    def draw_still(self) -> None:
        axes, film, style = self.axes, self.film, self.style
        axes.set_ylim(1, 0)
        axes.set_xlim(*self.limits.x)
        self.places = PlaceMarks(axes, style, self.options["marks"])
        self.place = film.time.position(film.t)
        self.moments = self.place[film.moments]
        self.holds = Holds(film, least_seen(self.limits, film.neurons, style))
        self.rulings = Rulings(axes, style, self.holds)
        threads = self.threads
        cell = CELL / 1080 * min(style.width, style.height)
        self.density = Density(axes, style, cell, SHADE) if self.crowded else None
        past = [
            *([self.density] if self.density else []),
            *(bands(axes, style, threads) if self.trembles else []),
            *free_lines(axes, style, threads, self.limits.mu_reach),
            *held_lines(axes, style, self.holds, self.moments),
        ]
        self.history = History(axes, past, [], falling=True)
        self.front = Polyline(axes, style.theme.muted, style.stroke)
        self.front.set_clip_on(False)
        self.front.set_zorder(2)
        self.heads = Marks(axes, style)
        self.heads.set_zorder(5)
        self.area = HEAD * area_scale(1.0, min(film.neurons, FOLLOWED), style).largest
        self.histories = [self.history]
        self.moving = [*self.rulings.artists, self.front, self.heads]

    @property
    def crowded(self) -> bool:
        """Whether there are too many threads for a line each."""
        return self.film.neurons >= CROWD_FROM

    @cached_property
    def followed(self) -> np.ndarray:
        """(K,) the neurons that are drawn as lines: all, or of a crowd the strongest that are ever in sight."""
        film = self.film
        if not self.crowded:
            return np.arange(film.neurons)
        seen = np.where(within(film.beta, self.limits.x), np.abs(film.jump), 0.0).max(axis=0)
        return np.sort(np.argsort(-seen, kind="stable")[:FOLLOWED])

    @cached_property
    def paths(self) -> np.ndarray:
        """(M, K) breakpoints of the followed at each moment, NaN where a path is broken, no farther than is drawn."""
        low, high = self.limits.x
        far = FAR * (high - low)
        whole = self.film.path[np.ix_(self.film.moments, self.followed)]
        return np.asarray(np.clip(whole, low - far, high + far))

    @cached_property
    def means(self) -> tuple[np.ndarray, np.ndarray]:
        """(M, K) running means of the paths and how far these jump about them."""
        return running_mean(self.paths, round(SECONDS * self.film.fps))

    @cached_property
    def trembles(self) -> bool:
        """Whether the paths are drawn as means with bands, as the function is."""
        return trembles(self.film)

    @cached_property
    def threads(self) -> Threads:
        """What is drawn as lines."""
        film, chosen = self.film, np.ix_(self.film.moments, self.followed)
        x, spread = self.means if self.trembles else (self.paths, np.zeros_like(self.paths))
        return Threads(self.moments, x, spread, film.jump[chosen], film.held[chosen])

    def lay_up(self) -> None:
        places, names = self.film.time.ticks(self.room_up())
        self.axes.set_yticks(places, names)
        self._say_time()

    def _say_time(self) -> None:
        """The longest words that fit beside the axis, turned so that they read as time falls."""
        label = self.axes.set_ylabel("", rotation=-90, va="top")
        say = self.style.say
        for words in (say("axes.time"), say("axes.time_short"), "$t$"):
            label.set_text(words + ONWARDS)
            if label.get_window_extent().height <= self.axes.bbox.height:
                return

    def bare(self) -> None:
        super().bare()
        self.axes.set_ylabel("")

    def settle(self) -> None:
        super().settle()
        self.rulings.settle()
        self.places.settle()
        if self.density:
            counts = self.crowd_counts()
            self.density.scale_for([counts])
            self.density.show(counts)

    def crowd_counts(self) -> np.ndarray:
        """(2, R, C) how many of those that are not followed fall and rise in each cell of the density."""
        film, density = self.film, self.density
        assert density is not None
        edges = np.linspace(0, 1, density.shape()[0] + 1)
        nearest = film.moments[np.abs(self.moments[:, None] - edges).argmin(axis=0)]
        chosen = np.ix_(nearest, np.setdiff1d(np.arange(film.neurons), self.followed))
        return density.count_paths(film.path[chosen], film.jump[chosen] >= 0)

    def show(self, frame: int) -> None:
        place, moment = self.place[frame], self.holds.moment(frame)
        self.history.position = place
        self.front.show(np.array(self.limits.x), np.full(2, place))
        self.rulings.show(frame, self.moments)
        x, jump = self.threads.x[moment], self.threads.jump[moment]
        x = np.where(np.isfinite(x), x, self.film.beta[frame, self.followed])
        seen = within(x, self.limits.x)
        count = int(np.count_nonzero(seen))
        looks = np.full(count, place), np.full(count, self.area), np.full(count, DIAMOND)
        self.heads.show(x[seen], *looks, jump[seen], np.zeros(count, dtype=bool))

"""All that a clip tells beside its panels: opening, words, evidence and ending, drawn over them."""

from collections.abc import Callable, Collection, Sequence, Set
from functools import partial
from itertools import chain

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from pipeline.config.schema.story import EvidenceConfig
from pipeline.render.drawing.theme import Style
from pipeline.render.film.film import Film
from pipeline.render.film.story import Beat, Story
from pipeline.render.panels.evidence import EvidencePanel
from pipeline.render.panels.function import FunctionPanel
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.live_number import LiveNumber
from pipeline.render.panels.table import WINDOW
from pipeline.render.scene.ending_card import EndingCard
from pipeline.render.scene.evidence_inset import EvidenceInset
from pipeline.render.scene.opening import Opening
from pipeline.render.scene.sign_names import sign_names
from pipeline.render.scene.spoken_words import SpokenWords

Pose = tuple[Beat | None, int, bool]  # what is said, the step of the opening, whether the card stands
NO_FRAME = -1  # in which nothing is told


class Storytelling:
    """What is told of films, whose clock is the first's, over panels: (run, name, panel) each.

    story: of the clip; evidence: of the scene, if it tells one; transparent: whether there is no ground to veil with;
    signs: those of the key that are named in place, where the story says nothing.
    Nothing has its place before `settle`.
    """

    def __init__(
        self,
        figure: Figure,
        film: Film,
        style: Style,
        story: Story,
        evidence: EvidenceConfig | None,
        panels: Sequence[tuple[int, str, Panel]],
        transparent: bool,
        signs: Set[str] = frozenset(),
    ):
        self.figure, self.film, self.style, self.story, self.panels = figure, film, style, story, panels
        self.signs = signs
        bare = [panel for _, _, panel in panels]
        self.functions = [panel for panel in bare if isinstance(panel, FunctionPanel)]
        self.opening = Opening(story.opening, self.functions)
        self.words = SpokenWords(figure, style, film, [*self.opening.beats(), *story.beats], veiled=not transparent)
        self.card = EndingCard(figure, style, story.card)
        has_panel = any(isinstance(panel, EvidencePanel) for panel in bare)
        self.evidence = None if has_panel else evidence
        self.insets: list[EvidenceInset] = []

    def band_height(self, width: float) -> float:
        """Height of a band over all panels, `width` px wide, that words need; 0 where they have room in the panels."""
        return self.words.band_height(self.panels, width)

    def arrange(self, region: Bbox) -> None:
        """Set up what needs the panels' final places in a region, px; to be called under the style's settings."""
        self.region = region
        self.card.settle(region)
        if not self.words.beats:
            self.words.beats = [beat for panel in self.functions for beat in self._names(panel)]
        if self.evidence:
            whole = [panel for panel in self.functions if not panel.options[WINDOW]]
            self.insets = [EvidenceInset(panel, self._maker(self.evidence, panel)) for panel in whole]

    def _names(self, panel: FunctionPanel) -> list[Beat]:
        return sign_names(panel, self.signs & set(panel.explains)) if self.words.fit_in(panel) else []

    def _maker(self, evidence: EvidenceConfig, panel: Panel) -> Callable[[bool], LiveNumber]:
        style = self.style
        return lambda flat: LiveNumber(self.figure, panel.film, style, evidence, style.text, flat=flat)

    @property
    def artists(self) -> list[Artist]:
        """The moving artists, once all is arranged."""
        return [*self._beside_words(), *self.words.artists]

    def _beside_words(self) -> list[Artist]:
        insets = [artist for inset in self.insets for artist in inset.artists]
        return [*self.opening.artists, *self.card.artists, *insets]

    def settle(
        self, picture: Callable[..., np.ndarray], band: Bbox | None, drawn: Collection[int] | None = None
    ) -> None:
        """Choose all places by pictures of the clip; to be called under the style's settings.

        picture: a panel in a frame with nothing told but the evidence, without some artists; band: over all panels,
        where words go if there is one; drawn: the frames that will be shown, by default any.
        """
        lines = {artist for panel in self.functions for artist in panel.drops.artists}  # which may well end at a plate
        frames = self.film.survey.tolist()
        corners = [inset.corner(partial(picture, inset.panel, left_out=lines), frames) for inset in self.insets]
        for inset, corner in zip(self.insets, corners, strict=True):  # numbers that are compared look alike
            inset.settle(corner if all(corners) else None)
        self.words.settle(self.panels, picture, self.region, band, drawn)

    @property
    def beside_headings(self) -> bool:
        """Whether numbers stand on the lines of headings, once all has its place."""
        return any(inset.figures is inset.flat for inset in self.insets)

    def show(self, frame: int) -> None:
        """Bring all to a frame of the clip, before its panels: their labels give way to what is told."""
        self.words.show(frame)
        self.card.show(self._ended(frame))
        for inset in self.insets:
            inset.show(self.film.shown(frame))
        boxes = [*self.words.boxes(frame), *(inset.box for inset in self.insets if inset.box.width > 0)]
        for panel in self.functions:
            if panel.labels:
                panel.labels.barred = boxes

    def show_evidence(self, frame: int) -> None:
        """Tell nothing but the evidence of a frame."""
        self.show(NO_FRAME)
        for inset in self.insets:
            inset.show(frame)

    def hide(self) -> None:
        """Tell nothing."""
        self.show(NO_FRAME)
        for inset in self.insets:
            inset.hide()

    def pose(self, frame: int) -> Pose:
        """What tells one picture from another that shows the same training time."""
        return self.words.beat(frame), self.opening.step(frame), self._ended(frame)

    def left_out(self, frame: int) -> set[Artist]:
        """Those of the moving artists that are not drawn in a frame, for they have not come yet; see Opening."""
        of_panels = (artist for _, _, panel in self.panels for artist in panel.moving)
        return self.opening.left_out(self.opening.step(frame), chain(of_panels, self._beside_words()))

    def _ended(self, frame: int) -> bool:
        return self.story.ending[0] <= frame < self.story.ending[1]

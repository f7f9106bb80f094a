"""A storyboard as a scene's keys give it: checked, and not yet of any run."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.config.check import shown
from pipeline.config.inner_groups import inner_group
from pipeline.config.nearest import did_you_mean
from pipeline.config.schema.scene import SceneConfig
from pipeline.config.schema.story import BeatConfig, EndingConfig, EvidenceConfig
from pipeline.errors import InputError
from pipeline.projection.check import check_scalar
from pipeline.render.film.claim import Claim, read_claim
from pipeline.render.film.timing import frame_count
from pipeline.render.film.verdict import kind_of
from pipeline.render.film.when import LOSS, When, finite, read_when
from pipeline.render.film.words import FACTS, formats

OPENING = 3.0  # seconds of the opening
TIME = "t"  # what words may name beside quantities and the loss
RANKS, CAUGHT = ("largest", "second", "third"), "caught"  # the last: the one that a sample has just caught
NEAR = re.compile(r"near\s+(\S+)")
POINTS = "knot", "sample", "x", "curve"  # of which one is pointed at


@dataclass(frozen=True)
class Storyboard:
    """beats: (key, what it says, when) of each, as they are given; ending: None where there is none."""

    beats: tuple[tuple[str, BeatConfig, When], ...]
    opening: bool
    ending: EndingConfig | None
    evidence: EvidenceConfig | None

    def added(self, fps: int) -> tuple[int, int, int]:
        """Frames that come to a clip: before it, within, and after it."""
        stands = sum(frame_count(beat.hold, fps) for _, beat, _ in self.beats)
        return (
            frame_count(OPENING * self.opening, fps),
            stands,
            frame_count(self.ending.hold if self.ending else 0, fps),
        )

    def templates(self) -> dict[str, str]:
        """Every text of it, by key."""
        texts = {f"{key}.say": beat.say for key, beat, _ in self.beats}
        if self.ending:
            names = "say", "measured", "predicted", "source"
            texts |= {f"scene.ending.{name}": getattr(self.ending, name) for name in names}
        if self.evidence:
            texts |= {f"scene.evidence.{name}": getattr(self.evidence, name) for name in ("say", "target_say")}
        return {key: text for key, text in texts.items() if text}

    def quantities(self) -> list[str]:
        """Names of the quantities that it needs, once each."""
        named = [name for text in self.templates().values() for name, _, _ in formats(text) if name not in FACTS]
        asked = [when.name for _, _, when in self.beats if when.kind == "condition"]
        claimed = [claim.name for claim in self.claims()]
        every = [*named, *asked, *self._evidence(), *claimed]
        return list(dict.fromkeys(name for name in every if name not in (LOSS, TIME)))

    def claims(self) -> list[Claim]:
        """What the ending rests on."""
        given = self.ending.holds if self.ending else []
        return [read_claim(f"scene.ending.holds[{k}]", words) for k, words in enumerate(given)]

    def _evidence(self) -> list[str]:
        if self.evidence is None:
            return []
        return [name for name in (self.evidence.quantity, self.evidence.target) if isinstance(name, str)]


def storyboard_of(scene: SceneConfig) -> Storyboard:
    """What a scene tells. Raises InputError, by key, for what is none."""
    beats = [_beat(f"scene.beats[{k}]", given) for k, given in enumerate(scene.beats)]
    ending = inner_group("scene.ending", scene.ending, EndingConfig, ("say",)) if scene.ending else None
    evidence = None
    if scene.evidence:
        evidence = inner_group("scene.evidence", scene.evidence, EvidenceConfig, ("quantity",))
    return Storyboard(tuple(beats), scene.opening, ending, evidence)


def tells(scene: SceneConfig) -> bool:
    """Whether a scene has anything that is told at a time."""
    return bool(scene.beats or scene.captions or scene.narrate or scene.opening or scene.ending)


def clip_frames(seconds: float, scene: SceneConfig, fps: int) -> int:
    """Number of frames F of a clip whose motion and holds take so many seconds, with all that its scene tells."""
    return frame_count(seconds, fps) + sum(storyboard_of(scene).added(fps))


def check_storyboard(
    scene: SceneConfig, panels: Mapping[str, str], curves: Iterable[str], end_time: float | None
) -> None:
    """Raise InputError for a storyboard that breaks a rule.

    panels: kinds of what the scene shows, by name; curves: names of those in function panels; end_time: of the runs,
    where it is known.
    """
    board = storyboard_of(scene)
    for key, text in board.templates().items():
        _check_words(key, text)
    for k, claim in enumerate(board.claims()):
        if claim.name != LOSS:
            check_scalar(f"scene.ending.holds[{k}]", claim.name)
    for key, beat, when in board.beats:
        if when.kind == "condition" and when.name != LOSS:
            check_scalar(f"{key}.at", when.name)
        late = when.kind == "time" and end_time is not None and when.value > end_time
        if late and scene.missed == "refuse":
            raise InputError(
                f"{key}.at = {when.value:g}: never comes; the run ends at dynamics.end_time = {end_time:g}"
            )
        _check_panel(key, beat.point_at, panels, [*curves, "network"])
    if board.ending:
        kind_of(board.ending.verdict)
    if board.evidence:
        check_evidence("scene.evidence", board.evidence)


def _beat(key: str, given: Any) -> tuple[str, BeatConfig, When]:
    beat = inner_group(key, given, BeatConfig, ("at", "say"))
    _check_point(f"{key}.point_at", beat.point_at)
    return key, beat, read_when(f"{key}.at", beat.at)


def _check_point(key: str, point: Mapping[str, Any]) -> None:
    """InputError for a target that is none, as far as can be told without a run."""
    allowed = (*POINTS, "y", "panel")
    for name, value in point.items():
        if name not in allowed:
            raise InputError(
                f"{key}.{name}: no such target{did_you_mean(str(name), allowed)}; choose of {', '.join(allowed)}"
            )
        if not _points(name, value):
            raise InputError(f"{key}.{name} = {shown(value)}: give {EXAMPLES[name]}")
    chosen = [name for name in POINTS if name in point]
    if len(chosen) > 1 or ("y" in point and chosen != ["x"]):
        raise InputError(f"{key}: points at {' and '.join(point)}; give one, or x and y")


EXAMPLES = {
    "knot": f"{', '.join(RANKS)}, {CAUGHT}, a neuron's number, or near X",
    "sample": "a sample's number, from 1 on",
    "x": "a number",
    "y": "a number",
    "curve": "the name of a prediction that is drawn, or network",
    "panel": "the name of a panel",
}


def _points(name: str, value: Any) -> bool:
    whole = isinstance(value, int) and not isinstance(value, bool) and value >= 1
    if name == "sample":
        return whole
    if name in ("x", "y"):
        return isinstance(value, int | float) and not isinstance(value, bool)
    if name == "knot":
        return whole or (isinstance(value, str) and (value in (*RANKS, CAUGHT) or near(value) is not None))
    return isinstance(value, str)


def near(words: str) -> float | None:
    """The input that `near X` names; None where it names none."""
    found = NEAR.fullmatch(words)
    return finite(found[1]) if found else None


def _check_panel(key: str, point: Mapping[str, Any], panels: Mapping[str, str], curves: list[str]) -> None:
    for name, there in (("panel", panels), ("curve", curves)):
        if name in point and point[name] not in there:
            words = f"is not in this scene{did_you_mean(point[name], there)}; there are {', '.join(there)}"
            raise InputError(f"{key}.point_at.{name} = {point[name]}: {words}")
    shown_in = [panels[point["panel"]]] if "panel" in point else list(panels.values())
    if any(name in point for name in POINTS) and "function" not in shown_in:
        named = next(name for name in POINTS if name in point)
        raise InputError(f"{key}.point_at: {named} is in no function panel; give {{panel: NAME}} alone")


def _check_words(key: str, text: str) -> None:
    """InputError for a name in braces that nothing is known of, or a format that is none."""
    outside = re.sub(r"\$[^$]*\$", "", text)  # formulas have braces of their own
    for name, _, form in formats(outside):
        if name not in (*FACTS, LOSS, TIME):
            check_scalar(key, name)
        check_format(key, form)


def check_format(key: str, form: str) -> None:
    """InputError for a format that Python has not for numbers, or one of more than 99 places."""
    try:
        if re.search(r"\d{3}", form):
            raise ValueError
        format(1 if form.endswith("d") else 1.0, form)
    except ValueError:
        raise InputError(f"{key}: {form!r} is no format of a number; give one such as .2f or .0%") from None


def check_evidence(key: str, evidence: EvidenceConfig) -> None:
    """InputError for evidence, or the target of it, that is no number of a run."""
    target = evidence.target
    for name, asked in (("quantity", evidence.quantity), ("target", target)):
        if isinstance(asked, str) and asked != LOSS:
            check_scalar(f"{key}.{name}", asked)
    if target is not None and (isinstance(target, bool) or not isinstance(target, int | float | str)):
        raise InputError(f"{key}.target = {shown(target)}: give a number or the name of a quantity")
    check_format(f"{key}.format", evidence.format)

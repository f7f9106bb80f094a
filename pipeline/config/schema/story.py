"""Keys of what `scene.beats`, `scene.ending` and `scene.evidence` hold."""

from dataclasses import dataclass
from typing import Any

from pipeline.config.fields import config_key

LONGEST = 60  # seconds of one stand


@dataclass
class BeatConfig:
    """An entry of `scene.beats`: a moment at which the clip stands, and what is said of it."""

    at: Any = config_key("", "a training time, an event, a condition such as loss < 0.01, or a share such as 40 %")
    say: str = config_key("", "the words; facts and quantities of the moment in braces are filled in: {loss:.2g}")
    point_at: dict[str, Any] = config_key(
        {}, "what they are about: {knot: largest}, {sample: 2}, {x: 0.3}, {curve: NAME}"
    )
    dim: bool = config_key(False, "whether all else steps back")
    hold: float = config_key(1.5, "how long the clip stands", unit="s", at_least=0, at_most=LONGEST)
    run: str | None = config_key(None, "of several runs, the label of the one that is spoken of")


@dataclass
class EndingConfig:
    """`scene.ending`: a card with the claim as a result."""

    say: str = config_key("", "the claim; facts and quantities of the end in braces are filled in")
    measured: str = config_key("", "what was measured, likewise: {path_norm:.2f}")
    predicted: str = config_key("", "what theory says, likewise")
    source: str = config_key("", "where it is from")
    holds: list[str] = config_key(
        [], "what it rests on, as in [loss < 0.01, held_count@LABEL > 3]; a run that breaks one is not said to keep it"
    )
    verdict: str = config_key("holds", "what came out, in words that begin with: holds, holds only if, fails")
    seeds: list[int] = config_key(
        [0], "those of init.seed over which tests assert what it rests on", at_least=0, at_most=2**63 - 1
    )
    run: str | None = config_key(None, "of several runs, the label of the one whose numbers are meant")
    hold: float = config_key(4.0, "how long the card stands", unit="s", above=0, at_most=LONGEST)


@dataclass
class EvidenceConfig:
    """`scene.evidence`, and the options of a panel `evidence`: the claim's own number, large and live."""

    quantity: str = config_key("", "loss, or the name of a scalar quantity")
    say: str = config_key("", "what it is called; by default the quantity's name in words")
    format: str = config_key(".3g", "as in Python, such as .2f or .0%")
    target: Any = config_key(None, "what it is to come to: a number, or the name of another scalar quantity")
    target_say: str = config_key("", "what that is called")

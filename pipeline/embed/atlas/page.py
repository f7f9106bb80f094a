"""What the page of the atlas says of a claim."""

from collections.abc import Sequence
from typing import Any

from pipeline.config.language import Language
from pipeline.embed.atlas.claims import Claim
from pipeline.embed.describe import title_of
from pipeline.embed.gallery.cards import cards_page
from pipeline.embed.told import as_address, spoken
from pipeline.render.film.plain import plain
from pipeline.render.film.story import Card
from pipeline.render.film.storyboard import storyboard_of
from pipeline.render.film.verdict import VERDICTS, kind_of
from pipeline.run.finished import Finished

KEYS = "verdict", "paper", "quantity", "seeds", "experiment"  # what claims are filtered and looked for by


def atlas_page(
    shown: Sequence[tuple[Claim, Finished]], links: Sequence[dict[str, str]], command: str, say: Language
) -> str:
    """The page's HTML; links: of each claim the addresses of its media by name."""
    words = say.part("gallery") | say.part("atlas")
    runs = [_told(*each, media, say) for each, media in zip(shown, links, strict=True)]
    kinds = [run["claim"]["kind"] for run in runs]
    counts = ", ".join(say(f"atlas.{kind}", count=kinds.count(kind)) for kind in VERDICTS.values() if kind in kinds)
    data = {
        "claims": True,
        "keys": [{"key": key, "name": words[key]} for key in KEYS],
        "measures": [],
        "runs": runs,
        "about": counts,
        "command": command,
        "files": {},
    }
    return cards_page(words["title"], data, words, say)


def _told(claim: Claim, run: Finished, media: dict[str, str], say: Language) -> dict[str, Any]:
    """A claim as the page's script has it: a card, and what is found by search."""
    ending = storyboard_of(claim.config.scene).ending
    assert ending is not None
    card = Card(**{key: text for key, text in (run.story.get("card") or {}).items() if key != "names"})
    kind, seeds = kind_of(ending.verdict), ", ".join(map(str, ending.seeds))
    values = [say(f"atlas.{kind}_word"), card.papers, card.what, seeds, claim.name]
    named = zip((say("story.measured"), say("story.predicted")), (card.measured, card.predicted), strict=True)
    title = title_of(run.config, run.films)
    return {
        "label": plain(card.say or ending.say),
        "values": values,
        "words": values,
        "state": "done" if card.say else "failed",
        "seconds": None,
        "message": "" if card.say else say("atlas.broken"),
        "numbers": [],
        "claim": {
            "kind": kind,
            "verdict": plain(ending.verdict) if kind != ending.verdict else say(f"atlas.{kind}_word"),
            "numbers": [[name, plain(value)] for name, value in named if value],
        },
        "also": " ".join([title, *(cue.words for cue in run.cues)]),
        "command": claim.command,
        "track": as_address(run.cues),
        "spoken": spoken(run.cues, say),
        "lang": say.code,
        **media,
    }

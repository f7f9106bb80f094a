"""What an experiment's last frame says, asked of its run; README's table of claims says the same numbers.

`python -m tests.claims.endings` writes them into the table, each in bold before what else stands in its cell.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from pipeline.config.home import CONF
from pipeline.config.schema.story import EndingConfig
from pipeline.render.film.story import Card
from pipeline.render.film.storyboard import Storyboard, storyboard_of
from pipeline.render.film.telling import broken_claims, card_of
from pipeline.render.film.time_axis import TimeAxis
from pipeline.run.timeline import film_of
from tests.claims.played import taken
from tests.conftest import composed

README = Path(__file__).parents[2] / "README.md"
ROW = re.compile(r"^\|.*\| `(\w+)`<br>.*\|$", re.MULTILINE)
BOLD = re.compile(r"\*\*.*?\*\*(?:; |$)")


def ending_of(experiment: str) -> tuple[Card, list[str]]:
    """(the card of an experiment's last frame, which of the conditions that it rests on its runs break).

    Fails where README's table says other numbers.
    """
    card, broken = _ending(experiment)
    told = README.read_text(encoding="utf-8")
    assert with_numbers(told, {experiment: card}) == told, "`python -m tests.claims.endings` mends README's table"
    return card, broken


def _ending(experiment: str) -> tuple[Card, list[str]]:
    config = composed(f"experiment={experiment}")
    board: Storyboard = storyboard_of(config.scene)
    axis = TimeAxis("linear", 1.0, 0.1, None)
    runs = config.compare.items() or [("", ())]
    films = [film_of(replace(taken(experiment, *more), label=label), axis) for label, more in runs]
    assert board.claims()
    return card_of(board, films), broken_claims(board, films)


def with_numbers(text: str, cards: Mapping[str, Card]) -> str:
    """README with the numbers of cards, by experiment, in its table of claims."""

    def row(found: re.Match[str]) -> str:
        card = cards.get(found[1])
        if card is None:
            return found[0]
        *cells, measured, predicted = re.split(r" (?<!\\)\| ?", found[0].removesuffix("|"))[:4]
        told = led(measured, measured_by(card)), led(predicted, card.predicted), verdict_of(found[1])
        return f"{' | '.join([*cells, *told])} |"

    return ROW.sub(row, text)


def verdict_of(experiment: str) -> str:
    """What came out, as its config says; nothing for one that is none of ours."""
    path = CONF / "experiment" / f"{experiment}.yaml"
    given = yaml.safe_load(path.read_text(encoding="utf-8"))["scene"]["ending"] if path.is_file() else {}
    return str(EndingConfig(**given).verdict).replace("|", r"\|")


def measured_by(card: Card) -> str:
    """What was measured, as the card's source begins with it, and the number."""
    return f"{card.what}: {card.measured}" if card.what else card.measured


def led(cell: str, words: str) -> str:
    """A cell that says words in bold before all else that it said."""
    rest = BOLD.sub("", cell.strip(), count=1)
    return "; ".join(part for part in (f"**{words}**".replace("|", r"\|"), rest) if part)


if __name__ == "__main__":
    told = README.read_text(encoding="utf-8")
    for name in ROW.findall(told):
        told = with_numbers(told, {name: _ending(name)[0]})
    README.write_text(told, encoding="utf-8")

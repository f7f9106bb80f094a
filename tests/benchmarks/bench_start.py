"""What a command takes to say "up to date", and to draw the three frames of a preview, side by side in one run.

    python -m tests.benchmarks.bench_start [--against CHECKOUT] [--rounds 5]

Prints the least of all rounds, whose commands follow each other in turn: seconds by the clock and of processors. Each
preview is of other weights than the one before, as when one looks for a setting; loops are compiled before.
"""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.checkouts import Checkout, Spent, checkouts, parser

RUN = "name=start", "video=draft", "timing.seconds=2"


def up_to_date(checkout: Checkout, count: int) -> Iterator[Spent]:
    """Times of a command that has nothing to do."""
    checkout.spent(*RUN)
    for _ in range(count):
        yield checkout.spent(*RUN)


def preview(checkout: Checkout, count: int) -> Iterator[Spent]:
    """Times of previews of the default video, each of another network."""
    for k in range(count):
        yield checkout.spent("name=preview", "preview=true", f"init.seed={k}")


def least(rounds: Sequence[Spent]) -> Spent:
    """The least of each."""
    return Spent(min(each.wall for each in rounds), min(each.cpu for each in rounds))


def speeds() -> list[tuple[str, str]]:
    """Rows of the README's table."""
    with tempfile.TemporaryDirectory() as place:
        (here,) = checkouts([], Path(place))
        here.spent(*RUN)  # compiles
        video = here.spent("name=speed")
        again, looks = (least(list(task(here, 3))) for task in (up_to_date, preview))
    return [
        ("from command to finished default video", f"{video.wall:.1f} s"),
        ("to three frames of a preview, of a new network", f"{looks.wall:.1f} s"),
        ('to "up to date"', f"{again.wall:.2f} s"),
    ]


def main() -> None:
    asked = parser(__doc__.splitlines()[0]).parse_args()
    with tempfile.TemporaryDirectory() as place:
        others = checkouts(asked.against, Path(place))
        for task in (up_to_date, preview):
            turns = zip(*(task(each, asked.rounds) for each in others), strict=True)
            found = [least(rounds) for rounds in zip(*turns, strict=True)]
            for each, spent in zip(others, found, strict=True):
                ratios = f"{spent.wall / found[0].wall:5.2f} {spent.cpu / found[0].cpu:5.2f}"
                print(f"{task.__name__:12} {each.name:20} {spent.wall:6.2f} s, CPU {spent.cpu:6.2f} s; ratios {ratios}")


if __name__ == "__main__":
    main()

"""What an experiment's ending rests on holds over all seeds that its config names."""

import pytest
import yaml

from pipeline.config.home import CONF
from pipeline.render.film.storyboard import storyboard_of
from pipeline.render.film.telling import broken_claims
from pipeline.render.film.time_axis import TimeAxis
from pipeline.run.timeline import film_of
from tests.claims.played import taken


def named_seeds() -> list[tuple[str, int]]:
    """(experiment, seed) of all that name more than the one that their clip shows, which their own tests assert."""
    found = []
    for path in sorted((CONF / "experiment").glob("*.yaml")):
        ending = yaml.safe_load(path.read_text(encoding="utf-8")).get("scene", {}).get("ending", {})
        found += [(path.stem, seed) for seed in ending.get("seeds", [0])[1:]]
    return found


@pytest.mark.parametrize(("experiment", "seed"), named_seeds())
def test_the_claim_holds_with_every_seed_that_is_named(experiment, seed):
    take = taken(experiment, f"init.seed={seed}")
    films = [film_of(take, TimeAxis("linear", 1.0, 0.1, None))]
    assert broken_claims(storyboard_of(take.config.scene), films) == []

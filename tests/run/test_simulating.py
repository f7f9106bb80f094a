"""At the edge of the stages, what functions call their arguments is said in the config's words."""

import pytest

from pipeline.errors import InputError, SimulationError, known_as, worded
from pipeline.model.sources import load_data
from pipeline.run.simulating import simulate
from pipeline.run.track import silent
from tests.conftest import composed

SAYS = {
    ("dynamics.max_steps=1",): "lower dynamics.end_time, or raise dynamics.rtol or dynamics.max_steps",
    ("init.scale=1e12",): "does not resolve dynamics.rtol = 1e-05",
    ("dynamics=gradient_descent", "dynamics.learning_rate=10", "dynamics.end_time=999"): "lower dynamics.learning_rate",
}


@pytest.mark.parametrize("overrides", SAYS, ids=" ".join)
def test_refusals_name_keys(overrides):
    config = composed("data=sine", "init.width=12", *overrides)
    with pytest.raises((InputError, SimulationError)) as refused:
        simulate(config, load_data(config.data), silent)
    assert SAYS[overrides] in str(refused.value)
    assert "`" not in str(refused.value)


def test_what_has_no_other_name_keeps_its_own():
    assert worded("`a` = 1: `b` is less", {"a": "x.a"}) == "x.a = 1: `b` is less"
    with pytest.raises(InputError, match=r"^x\.a = 1$"), known_as({"a": "x.a"}):
        raise InputError("`a` = 1")

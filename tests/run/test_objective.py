"""The keys of the loss and of the activation: what does not go with them is one line, before any work."""

import pytest

from pipeline.config.schema.config import Config
from pipeline.errors import InputError
from pipeline.run.check import check
from tests.conftest import composed


def of(**dynamics: object) -> Config:
    """A default config with other dynamics."""
    return composed(*(f"dynamics.{name}={value}" for name, value in dynamics.items()))


def test_losses_and_activations_go_with_flows_and_descents():
    check(of(loss="logistic", activation="abs"))
    check(of(kind="adam", loss="huber", activation="leaky_relu", leak=-0.5))


@pytest.mark.parametrize(
    ("dynamics", "told"),
    [
        (
            {"kind": "recorded", "path": "run.npz", "loss": "huber"},
            "dynamics.loss = huber: not used by dynamics of kind recorded",
        ),
        ({"leak": 0.3}, "dynamics.leak = 0.3: is of dynamics.activation=leaky_relu"),
    ],
)
def test_what_they_do_not_go_with_is_told(dynamics, told):
    with pytest.raises(InputError, match=told):
        check(of(**dynamics))


def test_a_scene_that_draws_what_is_known_of_squares_only_is_told():
    check(composed("scene=spectrum"))
    with pytest.raises(InputError, match=r"is known of loss=squared only, and this run has loss=huber"):
        check(composed("scene=spectrum", "dynamics.loss=huber"))
    with pytest.raises(InputError, match=r"is known of activation=relu only"):
        check(composed("scene=spectrum", "dynamics.activation=abs"))


def test_jumps_that_are_given_are_those_of_relus():
    knots = "init=knots", "init.breakpoints=[0]", "init.jumps=[1]"
    check(composed(*knots, "dynamics.loss=huber"))
    with pytest.raises(InputError, match=r"dynamics.activation = abs: init.jumps are those of ReLUs"):
        check(composed(*knots, "dynamics.activation=abs"))


def test_titles_do_not_call_other_neurons_relus():
    assert "ReLU" in composed().scene.title
    assert "ReLU" not in composed("dynamics.activation=abs").scene.title
    assert "ReLU" not in composed("dynamics.activation=abs", "language=de").scene.title

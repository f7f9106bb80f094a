"""Quantities of weight decay: what an output bias costs, and what not."""

import numpy as np
import pytest

from pipeline import Data, Network, gradient_flow, project
from pipeline.model.initialization import initialize
from pipeline.projection.prediction_table import PREDICTIONS
from pipeline.projection.quantities import compute
from pipeline.projection.quantity_inputs import QuantityInputs
from pipeline.projection.settings import Settings
from tests.projection.courses import frozen

X, Y, FIXED = np.array([-1.0, 0.0, 1.0, 2.0]), np.array([0.3, 1.0, -0.5, 0.2]), 0.75
NAMES = "squared_weights", "penalised_loss", "optimum_cost", "optimum_excess", "optimum_knot", "optimum_knot_jump"
DECAY = Settings(weight_decay=0.1)


def biased(*biases):
    plain = initialize(5, seed=1)
    return [Network(plain.w, plain.b, plain.v, bias) for bias in biases]


def found(run, settings=DECAY):
    return compute(NAMES, run, project(run), settings)


def curve(run):
    return PREDICTIONS["global_optimum"].evaluate(QuantityInputs(run, project(run), DECAY), X)[0]


def test_a_bias_that_does_not_learn_shifts_the_samples_and_costs_nothing():
    run, shifted = frozen(biased(FIXED, FIXED), Data(X, Y)), frozen(biased(0.0, 0.0), Data(X, Y - FIXED))
    for name, values in found(run).items():
        np.testing.assert_allclose(values, found(shifted)[name], rtol=1e-9, err_msg=name)
    np.testing.assert_allclose(curve(run), curve(shifted) + FIXED, rtol=1e-12)


def test_a_run_with_such_a_bias_comes_to_its_optimum():
    run = gradient_flow(biased(FIXED)[0], Data(X, Y), [0, 2000], weight_decay=0.1, rtol=1e-5)
    assert run.c[-1] == FIXED
    assert found(run)["optimum_excess"][-1] == pytest.approx(0, abs=1e-4)


def test_of_a_recorded_run_it_is_seen_whether_the_bias_learns():
    run, said = frozen(biased(0.5, 0.6), Data(X, Y)), Settings(weight_decay=0.1, output_bias=True)
    for name, values in found(run).items():
        np.testing.assert_array_equal(values, found(run, said)[name], err_msg=name)
    plain = frozen(biased(0.0, 0.0), Data(X, Y))
    np.testing.assert_allclose(found(run)["squared_weights"] - found(plain)["squared_weights"], [0.25, 0.36])

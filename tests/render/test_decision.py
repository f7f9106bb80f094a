"""Labels are drawn as such: their signs, and the boundary where f crosses the level between them."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline import Data, InputError, Network, gradient_flow, project
from pipeline.model.initialization import initialize
from pipeline.render.film.over_margin import over_margin
from pipeline.render.panels.parts.decision import crossings
from pipeline.simulate.rest import Rest


def test_boundaries_are_where_the_polygon_changes_sign():
    """At any number of places; a corner that only touches the level is none, one that passes through is one."""
    x = np.array([-2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0])
    np.testing.assert_allclose(crossings(x, np.array([-1.0, 3.0, 1.0, -1.0, -1.0, 0.0, -2.0])), [-1.75, 0.5])
    np.testing.assert_allclose(crossings(x[:3], np.array([-1.0, 0.0, 1.0])), [-1.0])
    assert len(crossings(x[:3], np.zeros(3))) == 0


def shape_of(y, loss):
    """(a run's spline, its margins; the spline over them, and quantities)."""
    data = Data([-1.0, -0.25, 0.25, 1.0], y)
    run = gradient_flow(initialize(30, seed=0), data, [0.0, 0.1, 10.0, 1000.0], loss=loss)
    spline = project(run)
    curve = spline.evaluate(data.x)
    return (
        spline,
        np.min(data.y * curve, axis=1),
        *over_margin(spline, {"largest_margin": curve, "margin": run.t}, data),
    )


def test_over_its_margin_f_keeps_its_shape_and_has_margin_one():
    """While a label is wrong, or the margin below 1, it is f itself; predictions are divided too, nothing else is."""
    spline, margin, shape, found = shape_of([-1.0, 1.0, -1.0, 1.0], "logistic")
    grown = np.maximum(margin, 1.0)
    assert margin[0] < 1.0 < margin[-1]
    x = np.linspace(-2, 2, 21)
    np.testing.assert_allclose(shape.evaluate(x) * grown[:, None], spline.evaluate(x), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(
        found["largest_margin"], shape.evaluate([-1.0, -0.25, 0.25, 1.0]), rtol=1e-12, atol=1e-12
    )
    np.testing.assert_array_equal(found["margin"], [0.0, 0.1, 10.0, 1000.0])


def test_what_neurons_not_told_of_add_is_divided_as_well():
    data = Data([-1.0, 1.0], [-1.0, 1.0])
    run = gradient_flow(Network([1.0], [0.5], [1.0]), data, [0.0, 1.0])
    rest = Rest(3, np.array([-1.0, 1.0]), np.array([[-9.0, 9.0], [-90.0, 90.0]]))
    spline = replace(project(run), rest=rest)
    margin = np.min(data.y * spline.evaluate(data.x), axis=1)
    shape, _ = over_margin(spline, {}, data)
    x = np.linspace(-2, 2, 21)
    assert margin.min() > 1
    np.testing.assert_allclose(shape.evaluate(x) * margin[:, None], spline.evaluate(x), rtol=1e-12, atol=1e-12)


def test_what_is_no_classification_has_no_margin():
    with pytest.raises(InputError, match=r"scene\.over_margin = true: is of labels"):
        shape_of([0.0, 1.0, -1.0, 1.0], "squared")

"""Networks that are given by their weights or by their knots."""

from dataclasses import asdict

import numpy as np
import pytest

from pipeline.config.schema.init import InitConfig
from pipeline.errors import InputError
from pipeline.make import make
from pipeline.model.check import check_init
from pipeline.model.initialization import given_width, initialize
from tests.conftest import DRAFT, composed

SMALL = tuple(one for one in DRAFT if not one.startswith("init"))
STATE = {"0.weight": np.ones((3, 1)), "0.bias": np.arange(3.0), "2.weight": np.ones((1, 3)), "2.bias": np.array([0.5])}


def network(**keys):
    return initialize(**asdict(InitConfig(**keys)))


def test_knots_are_where_they_are_asked_for_and_bend_as_much():
    given = network(scaling="knots", breakpoints=[-1, 0, 2], jumps=[1, -4, 0], orientations=[1, -1, 1])
    np.testing.assert_allclose(-given.b / given.w, [-1, 0, 2])
    np.testing.assert_allclose(np.abs(given.w) * given.v, [1, -4, 0])
    x = np.array([-3.0, -0.5, 1.0, 3.0])
    np.testing.assert_allclose(given.evaluate(x), np.maximum(x + 1, 0) - 4 * np.maximum(-x, 0))


def test_the_ratio_of_layers_leaves_the_function_and_scale_multiplies_all_weights():
    keys = {"scaling": "knots", "breakpoints": [-1.0, 0.5], "jumps": [1.0, -2.0]}
    x = np.linspace(-2, 2, 9)
    plain = network(**keys).evaluate(x)
    np.testing.assert_allclose(network(**keys, layer_ratio=3.0).evaluate(x), plain, atol=1e-14)
    np.testing.assert_allclose(network(**keys, scale=0.1).evaluate(x), 0.01 * plain, atol=1e-14)
    pair = network(**keys, antisymmetric=True, width=4)
    assert (len(pair), np.abs(pair.evaluate(x)).max()) == (4, 0)


def test_weights_are_those_that_are_given():
    given = network(scaling="weights", w=[1, -1], b=[0.5, 0.25], v=[1, -2], c=3)
    x = np.linspace(-2, 2, 9)
    np.testing.assert_allclose(given.evaluate(x), 3 + np.maximum(x + 0.5, 0) - 2 * np.maximum(0.25 - x, 0))


@pytest.mark.parametrize("keys", [{"w": [], "b": [], "v": []}, {"w": [1, 2], "b": [0], "v": [1, 1]}])
def test_weights_have_one_of_each_kind_per_neuron(keys):
    with pytest.raises(InputError, match=r"init\.[wb] = .*; give|init\.w = \[\]: give"):
        check_init(InitConfig("weights", **keys))


def test_a_file_of_weights_is_the_start(tmp_path):
    path = tmp_path / "weights.npz"
    np.savez(path, **STATE)
    config = composed("data=sine", "init=file", f"init.path={path}", "render=false", *SMALL)
    result = make(config, tmp_path / "run")
    assert result.manifest["config"]["init"]["width"] == 3
    with np.load(tmp_path / "run" / "trajectory.npz") as run:
        np.testing.assert_array_equal(run["b"][0], [0, 1, 2])
        assert run["c"][0] == 0.5
    assert result.inputs[str(path)]
    assert make(config, tmp_path / "run").done == ()
    np.savez(path, **STATE | {"0.bias": np.ones(3)})
    assert make(config, tmp_path / "run").done == ("simulate", "project")


def test_what_is_wrong_with_a_file_is_told_with_it(tmp_path):
    np.savez(tmp_path / "deep.npz", **{f"{k}.weight": np.ones((3, 3)) for k in range(3)})
    with pytest.raises(InputError, match=r"deep\.npz: the network has 3 linear layers \(0, 1, 2\); supported are"):
        given_width(InitConfig("file", path=str(tmp_path / "deep.npz")))


SAYS = {
    "missing": ({"scaling": "file"}, r"^init\.path = null: give the path"),
    "elsewhere": ({"path": "a.npz"}, r"^init\.path = a\.npz: not used by init\.scaling = he; leave it out$"),
    "seed": ({"scaling": "file", "path": "a.npz", "seed": 3}, r"^init\.seed = 3: not used by init\.scaling = file"),
    "none": ({"scaling": "knots"}, r"^init\.breakpoints = \[\]: give at least one"),
    "lengths": ({"scaling": "knots", "breakpoints": [0, 1], "jumps": [1]}, r"^init\.jumps = \[1\]: has 1 values and"),
    "side": (
        {"scaling": "knots", "breakpoints": [0], "jumps": [1], "orientations": [0]},
        r"orientations = \[0\]: give 1",
    ),
}


@pytest.mark.parametrize("case", SAYS)
def test_keys_that_do_not_go_together_are_told(case):
    keys, says = SAYS[case]
    with pytest.raises(InputError, match=says):
        check_init(InitConfig(**keys))


def test_a_width_that_is_not_the_networks_is_told(tmp_path):
    np.savez(tmp_path / "weights.npz", **STATE)
    config = composed("data=sine", "init=file", f"init.path={tmp_path}/weights.npz", "init.width=7", *SMALL)
    with pytest.raises(InputError, match=r"^init\.width = 7: the given network has 3 neurons; leave it out$"):
        make(config, tmp_path / "run")

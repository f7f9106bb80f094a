"""What functions get that users call from Python: another kind of value is one line that names the argument."""

import re

import numpy as np
import pytest

from pipeline import Data, InputError, Network, Trajectory, gradient_flow, project
from pipeline.config.schema.config import Config
from pipeline.config.schema.data import DataConfig
from pipeline.make import make
from pipeline.projection.spline import SplineTrajectory, load_quantities
from pipeline.simulate.optimisers.adam import adam
from pipeline.simulate.optimisers.gradient_descent import gradient_descent

NETWORK, DATA = Network([1.0], [0.5], [1.0]), Data([0, 1], [1, 2])
JUNK = "a", [1], {}, None, object(), 1j, NETWORK, DATA, True, b"1", np.zeros(2), lambda: 1
NUMBERS = {
    gradient_flow: ("rtol", "max_steps", "weight_decay", "leak", "told"),
    gradient_descent: ("learning_rate", "batch_size", "label_noise", "weight_decay", "momentum"),
    adam: ("learning_rate", "batch_size", "label_noise", "weight_decay"),
}
MAY_BE_NONE = "learning_rate", "batch_size", "told"


def refused(name, call):
    """Whether a call is refused in one line that names the argument."""
    with pytest.raises(InputError, match=f"^`{name}") as fault:
        call()
    assert "\n" not in str(fault.value)
    assert len(str(fault.value)) < 250


@pytest.mark.parametrize("run", NUMBERS)
def test_a_network_and_data_in_each_others_place_are_told(run):
    refused("network", lambda: run(DATA, NETWORK, [0, 1]))
    for junk in JUNK:
        if junk is not NETWORK:
            refused("network", lambda junk=junk: run(junk, DATA, [0, 1]))
        if junk is not DATA:
            refused("data", lambda junk=junk: run(NETWORK, junk, [0, 1]))


@pytest.mark.parametrize(("run", "name"), [(run, name) for run, names in NUMBERS.items() for name in names])
def test_what_is_no_number_is_refused_by_its_name(run, name):
    for junk in JUNK:
        if junk is not None or name not in MAY_BE_NONE:
            refused(name, lambda junk=junk: run(NETWORK, DATA, [0, 1], **{name: junk}))
    if name in ("max_steps", "batch_size", "told"):
        refused(name, lambda: run(NETWORK, DATA, [0, 1], **{name: 1.5}))


@pytest.mark.parametrize("run", NUMBERS)
@pytest.mark.parametrize("name", ["train", "output_bias", "progress", "times"])
def test_other_arguments_are_refused_by_their_name(run, name):
    for junk in (5 if name != "times" else -5, [[1]], {}, object()):  # a number of times is the end time
        options = {"times": [0, 1]} | {name: junk}
        refused(name, lambda options=options: run(NETWORK, DATA, **options))


def test_only_a_trajectory_is_projected():
    for junk in JUNK:
        refused("trajectory", lambda junk=junk: project(junk))


MASKED, DATES = np.ma.masked_array([0, 1], [False, True]), np.array(["2020-01-01", "2020-01-02"], "datetime64[D]")


@pytest.mark.parametrize("junk", ["a", {1: 2}, object(), [1j, 2], [[1, 2], [3]], [10**400, 1], MASKED, DATES])
def test_what_are_no_numbers_is_refused_wherever_numbers_go(junk):
    spline = project(gradient_flow(NETWORK, DATA, [0, 0.1]))
    refused("x", lambda: Data(junk, [1, 2]))
    refused("y", lambda: Data([1, 2], junk))
    refused("network v", lambda: Network([1, 2], [1, 2], junk))
    refused("times", lambda: gradient_flow(NETWORK, DATA, junk))
    refused("x", lambda: NETWORK.evaluate(junk))
    refused("x", lambda: spline.evaluate(junk))


@pytest.mark.parametrize("junk", JUNK)
def test_what_is_no_axis_and_no_config_is_refused(tmp_path, junk):
    refused("y_axis", lambda: Data([0, 1], [0, 1], y_axis=junk))
    refused("config", lambda: make(junk, tmp_path))
    sine = Config(data=DataConfig(kind="sine"))
    refused("a", lambda: make(sine, tmp_path, runs={"a": junk}))
    with pytest.raises(InputError, match=r"^plugins = .*: must be a list of words"):
        make(Config(plugins=junk), tmp_path)


LOADERS = Trajectory.load, SplineTrajectory.load, load_quantities


@pytest.mark.parametrize("load", LOADERS)
def test_what_is_no_path_is_refused(load):
    for junk in (5, None, [1], NETWORK):
        refused("path", lambda junk=junk: load(junk))


def saved(folder):
    """Both files of a run of two frames, with a quantity."""
    w = np.ones((2, 3))
    held = np.zeros((2, 3), dtype=np.int32)
    run = Trajectory(np.arange(2.0), w, w, w, np.zeros(2), np.zeros(2), held, np.zeros(4), np.zeros(4), "ended")
    run.save(folder / "trajectory.npz")
    project(run).save(folder / "spline.npz", {"roughness": np.zeros(2)})
    return [folder / "trajectory.npz", folder / "spline.npz", folder / "spline.npz"]


def test_a_file_is_read_by_its_name_as_a_text_too(tmp_path):
    for load, path in zip(LOADERS, saved(tmp_path), strict=True):
        assert type(load(str(path))) is type(load(path))


@pytest.mark.parametrize("number", range(len(LOADERS)))
def test_any_file_that_is_not_what_was_saved_is_one_line_with_its_name(tmp_path, number):
    load, path = LOADERS[number], saved(tmp_path)[number]
    whole = path.read_bytes()
    with np.load(path) as arrays:
        kept = dict(arrays)
    others = [b"", b"junk", whole[:100], whole[: len(whole) // 2], whole[:-30], b"PK" + whole[2:60]]
    for content in others:
        path.write_bytes(content)
        refused_file(load, path)
    with path.open("wb") as file:
        np.save(file, np.zeros(3))
    refused_file(load, path)
    np.savez(path, other=np.zeros(2))
    refused_file(load, path)
    path.unlink()
    refused_file(load, path)
    path.mkdir()
    refused_file(load, path)
    path.rmdir()
    words = "outcome", "loss_name", "roughness"
    shaped = [] if load is load_quantities else [name for name in kept if name not in words]
    for name in shaped:
        array = kept[name]
        number = np.zeros(() if array.ndim else 1)
        for wrong in (np.zeros((2, 3, 4)), np.array(["a"]), number, np.zeros(array.shape, complex)):
            np.savez(path, **kept | {name: wrong})
            refused_file(load, path)
        if array.ndim == 2:
            np.savez(path, **kept | {name: array[:, :2]})
            refused_file(load, path)
    if "loss_name" in kept:
        np.savez(path, **kept | {"loss_name": "hinge"})
        refused_file(load, path)


def refused_file(load, path):
    with pytest.raises(InputError, match=f"^{re.escape(str(path))}: ") as fault:
        load(path)
    assert "\n" not in str(fault.value)

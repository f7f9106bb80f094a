"""What may be known of samples beside themselves: a test set, the function they are of, the knots of a teacher."""

import numpy as np
import pytest

from pipeline.config.schema.data import DataConfig
from pipeline.errors import InputError
from pipeline.make import make
from pipeline.model.check import check_data
from pipeline.model.functions import SAMPLINGS
from pipeline.model.sources import load_data
from pipeline.projection.spline import SplineTrajectory, load_quantities
from pipeline.run.finished import read_take
from tests.conftest import DRAFT, composed

HAT = {"kind": "teacher", "breakpoints": [-0.5, 0, 0.5], "jumps": [2, -4, 2]}


def hat(x):
    return np.interp(x, [-0.5, 0, 0.5], [0, 1, 0])


def test_a_teacher_makes_samples_and_its_knots_are_known():
    data = load_data(DataConfig(**HAT, count=9))
    np.testing.assert_allclose(data.y, hat(data.x), atol=1e-15)
    assert data.knots.tolist() == [-0.5, 0, 0.5]


def test_a_file_of_weights_is_a_teacher(tmp_path):
    np.savez(tmp_path / "weights.npz", w=[1.0, -1.0], b=[0.5, 0.0], v=[1.0, 2.0])
    data = load_data(DataConfig(kind="teacher", path=str(tmp_path / "weights.npz"), count=5))
    np.testing.assert_allclose(data.y, np.maximum(data.x + 0.5, 0) + 2 * np.maximum(-data.x, 0))
    assert (data.knots.tolist(), len(data.digest)) == ([-0.5, 0], 64)


@pytest.mark.parametrize("law", SAMPLINGS)
def test_samples_lie_between_the_ends_by_their_law(law):
    one, same, other = (
        load_data(DataConfig(kind="sine", count=4000, low=2, high=4, sampling=law, seed=s)).x for s in (1, 1, 2)
    )
    np.testing.assert_array_equal(one, same)
    assert (one.min() >= 2) & (one.max() <= 4)
    assert (law in ("uniform", "normal")) == (one != other).any()
    share = np.mean(one < 2.5)
    assert share == pytest.approx(
        {"even": 1 / 4, "uniform": 1 / 4, "normal": 0.0668, "chebyshev": 1 / 3}[law], abs=0.03
    )


def test_noise_is_on_what_is_learnt_and_not_on_the_target():
    data = load_data(DataConfig(**HAT, count=50, noise=0.1, test_count=7))
    assert 0.05 < np.std(data.y - hat(data.x)) < 0.15
    np.testing.assert_allclose(data.test.y, hat(data.test.x), atol=1e-15)
    assert len(data.test) == 7


def test_a_share_is_held_out_and_nothing_is_lost():
    whole, part = (load_data(DataConfig(kind="sine", count=40, test_fraction=share)) for share in (0, 0.25))
    assert (len(part), len(part.test)) == (30, 10)
    np.testing.assert_array_equal(np.sort([*part.x, *part.test.x]), whole.x)
    other = load_data(DataConfig(kind="sine", count=40, test_fraction=0.25, seed=1))
    assert (other.test.x != part.test.x).any()


def test_what_is_known_is_in_the_units_that_the_network_sees():
    plain, seen = (load_data(DataConfig(**HAT, test_count=9, standardize=standard)) for standard in (False, True))
    to_x, to_y = seen.x_axis.to_user, seen.y_axis.to_user
    np.testing.assert_allclose(to_x(seen.knots), plain.knots, atol=1e-12)
    np.testing.assert_allclose(to_x(seen.test.x), plain.test.x, atol=1e-12)
    np.testing.assert_allclose(to_y(seen.test.y), plain.test.y, atol=1e-12)
    np.testing.assert_allclose(to_y(seen.target(seen.test.x)), plain.test.y, atol=1e-12)


def test_a_test_set_may_be_a_file_of_the_same_columns(tmp_path):
    for name, rows in (("learnt", "0,1\n1,2\n"), ("test", "0.5,3\n")):
        (tmp_path / f"{name}.csv").write_text(f"a,b\n{rows}")
    data = load_data(DataConfig(path=str(tmp_path / "learnt.csv"), x="a", y="b", test_path=str(tmp_path / "test.csv")))
    assert (data.test.x.tolist(), data.test.y.tolist()) == ([0.5], [3])
    with pytest.raises(InputError, match=r"^data\.test_path: .*gone\.csv: No such file"):
        load_data(DataConfig(kind="sine", test_path="gone.csv"))


SAYS = {
    "two": (
        {"kind": "sine", "test_fraction": 0.1, "test_count": 5},
        r"data\.test_count = 5: data\.test_fraction makes",
    ),
    "teacher": ({"kind": "teacher"}, r"^data\.breakpoints, data\.path: a teacher has knots or a file"),
    "jumps": ({"kind": "teacher", "breakpoints": [0], "jumps": [1, 2]}, r"data\.jumps = \[1, 2\]: has 2 values and"),
}


@pytest.mark.parametrize("case", SAYS)
def test_keys_that_do_not_go_together_are_told(case):
    keys, says = SAYS[case]
    with pytest.raises(InputError, match=says):
        check_data(DataConfig(**keys))


def test_the_loss_on_the_test_set_is_stored_and_known_again(tmp_path):
    keys = "data=teacher", "data.test_count=11", "projection.quantities=[target_distance]", "render=false"
    config = composed(*keys, *DRAFT)
    make(config, tmp_path)
    take, found = read_take(tmp_path), load_quantities(tmp_path / "spline.npz")
    x = np.linspace(-1, 1, 11)
    misses = SplineTrajectory.load(tmp_path / "spline.npz").evaluate(x) - hat(x)
    np.testing.assert_allclose(found["test_loss"], 0.5 * np.sum(misses**2, axis=1) * 20 / 11)
    np.testing.assert_allclose(take.quantities["teacher_x"][0], [-0.5, 0, 0.5])
    assert found["target_distance"][-1] < found["target_distance"][0]
    assert make(config, tmp_path).done == ()
    config.data.test_count = 12
    assert make(config, tmp_path).done == ("project",)
    without = composed("data=sine", "projection.quantities=[test_loss]", "render=false", *DRAFT)
    with pytest.raises(InputError, match="there is no test set; give it"):
        make(without, tmp_path.with_name("none"))

"""Data: order, merging of repeated x, units."""

import hashlib

import numpy as np
import pytest
from hypothesis import given, strategies as st

from pipeline import Data, InputError
from pipeline.config.schema.data import DataConfig
from pipeline.model.functions import cubic, sample, sawtooth, step
from pipeline.model.sources import load_data

SHIPPED = {"motorcycle": (133, "time_ms", "acceleration_g"), "nile": (100, "year", "flow_1e8_m3")}


def shipped(name: str, **changes) -> DataConfig:
    _, x, y = SHIPPED[name]
    return DataConfig(kind="csv", path=f"shipped:{name}.csv", x=x, y=y, **changes)


def test_samples_are_sorted_together():
    data = Data([3, 1, 2], [30, 10, 20])
    assert data.x.tolist() == [1, 2, 3]
    assert data.y.tolist() == [10, 20, 30]


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        ([1, 2], [1], "one y per x"),
        ([], [], "at least one"),
        ([1, np.nan], [1, 2], r"x\[1\]"),
        ([1, 2], [1, np.inf], r"y\[1\]"),
        ([[1, 2]], [[1, 2]], "vector"),
        (["a"], [1], "list of numbers"),
        ([1j], [1], "list of numbers"),
    ],
)
def test_unusable_samples_are_refused(x, y, words):
    with pytest.raises(InputError, match=words):
        Data(x, y)


@given(st.lists(st.tuples(st.integers(-3, 3), st.floats(-5, 5)), min_size=1, max_size=20))
def test_merging_repeated_x_changes_the_loss_by_a_constant(rows):
    data = Data([x for x, _ in rows], [y for _, y in rows])
    x, y, weight = data.merged()
    assert (np.diff(x) > 0).all()
    assert weight.sum() == len(data)

    def difference(slope: float, intercept: float) -> float:
        whole = np.sum((slope * data.x + intercept - data.y) ** 2)
        return whole - np.sum(weight * (slope * x + intercept - y) ** 2)

    assert difference(2.0, -1.0) == pytest.approx(difference(0.0, 0.0), abs=1e-9)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_sets_are_whole_and_keep_their_units(name):
    raw, standard = load_data(shipped(name)), load_data(shipped(name, standardize=True))
    assert len(raw) == SHIPPED[name][0]
    for values in (standard.x, standard.y):
        assert values.mean() == pytest.approx(0, abs=1e-12)
        assert values.std() == pytest.approx(1)
    np.testing.assert_allclose(standard.x_axis.to_user(standard.x), raw.x, rtol=1e-14)
    np.testing.assert_allclose(standard.y_axis.to_user(standard.y), raw.y, rtol=1e-12, atol=1e-9)


def test_a_column_that_is_named_labels_its_axis(tmp_path):
    (tmp_path / "a.csv").write_text("time,US$\n1,2\n3,4\n")
    settings = {"kind": "csv", "path": str(tmp_path / "a.csv")}
    data = load_data(DataConfig(**settings, x="time", y="US$"))
    assert (data.x_axis.label, data.y_axis.label) == ("time", r"US\$")
    data = load_data(DataConfig(**settings, x=0, y="US$", y_label="price"))
    assert (data.x_axis.label, data.y_axis.label) == ("", "price")


def test_motorcycle_has_repeated_x():
    assert len(load_data(shipped("motorcycle")).merged()[0]) == 94


def test_a_constant_y_is_standardised_without_division_by_zero():
    data = load_data(DataConfig(kind="points", x=[0, 1], y=[5, 5], standardize=True))
    assert data.y.tolist() == [0, 0]
    assert data.y_axis.to_user(data.y).tolist() == [5, 5]


@pytest.mark.parametrize(("x", "words"), [([1], "one sample only"), ([2, 2, 2], "all 3 samples have x = 2")])
def test_one_position_is_no_regression(x, words):
    with pytest.raises(InputError, match=words):
        load_data(DataConfig(kind="points", x=x, y=x))


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        ([0, 1e300], [0, 1], r"data\.x: x = 1e\+300 is too large; choose a unit with values up to 1e\+50"),
        ([0, 1], [0, 1e-300], r"data\.y: y = 1e-300 is too small; choose a unit with values from 1e-50"),
        ([0, 1e-300], [0, 1], "x = 1e-300 is too small"),
        ([0, 1e-30], [0, 1], "all x within 1e-30 of each other, too close to tell apart; set data.standardize=true"),
        ([1e15, 1e15 + 1], [0, 1], "within 1 of each other.*; subtract what they have in common"),
    ],
)
def test_values_at_which_arithmetic_fails_are_refused(x, y, words):
    with pytest.raises(InputError, match=words):
        load_data(DataConfig(kind="points", x=x, y=y))


@pytest.mark.parametrize(("origin", "width"), [(0, 1e-49), (0, 1e49), (1e30, 1e19), (1.7e18, 1e9)])
def test_what_is_let_pass_can_be_standardised(origin, width):
    """Nanoseconds since 1970 of one second are the last row."""
    x = origin + width * np.linspace(0, 1, 9)
    data = load_data(DataConfig(kind="points", x=list(x), y=list(x), standardize=True))
    assert data.x.std() == pytest.approx(1)
    np.testing.assert_allclose(np.diff(data.x), np.diff(data.x)[0], rtol=1e-3)


@pytest.mark.parametrize("function", [np.sin, step, sawtooth, cubic])
def test_functions_are_sampled_with_reproducible_noise(function):
    clean = sample(function, 50, -2, 3, amplitude=2.0, frequency=1.5)
    assert (clean.x[0], clean.x[-1], len(clean)) == (-2, 3, 50)
    np.testing.assert_array_equal(clean.y, 2 * function(1.5 * clean.x))
    noisy = [sample(function, 50, noise=0.1, seed=seed).y for seed in (0, 0, 1)]
    assert (noisy[0] == noisy[1]).all()
    assert (noisy[0] != noisy[2]).any()


def test_functions_have_their_shape():
    x = np.linspace(-np.pi, np.pi, 9)[1:-1]
    assert set(step(x)) == {-1.0, 1.0}
    assert (step(x) == np.where(x < 0, -1, 1)).all()
    np.testing.assert_allclose(sawtooth(x), x / np.pi, atol=1e-15)


def test_data_knows_the_bytes_it_was_read_from(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("a,b\n0,1\n1,2\n")
    config = DataConfig(path=str(path), x="a", y="b")
    first = load_data(config)
    assert first.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_text("a,b\n0,1\n1,3\n")
    assert load_data(config).digest != first.digest
    assert load_data(DataConfig(kind="sine")).digest == ""


def test_faults_of_a_file_name_the_keys_of_the_config(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("a,b\n0,1\n1,2\n")
    with pytest.raises(InputError, match=r"^data\.y = c: no such column"):
        load_data(DataConfig(path=str(path), x="a", y="c"))

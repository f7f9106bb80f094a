"""Recorded runs: a file gives what was recorded, and what it lacks is told in one line, by its place."""

import json

import numpy as np
import pytest

from pipeline.errors import InputError
from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.recorded.read import read_record
from pipeline.simulate.recorded.record import Record
from pipeline.simulate.recorded.replay import replayed, samples_of

RNG = np.random.default_rng(0)
ROWS, M = 40, 5
T = np.arange(0.0, ROWS)
W, B, V = (RNG.normal(size=(ROWS, M)) for _ in range(3))
DATA = Data([-1, 0, 1], [0, 1, 0])


def record(**changed):
    return Record(**{"t": T, "w": W, "b": B, "v": V, "c": np.zeros(ROWS), "name": "run.npz"} | changed)


def spoilt(array, place, value):
    copy = np.array(array, dtype=float)
    copy[place] = value
    return copy


SAYS = {
    "shapes": ({"w": W[:, :4]}, r"^run\.npz: b is an array of float64 of shape \(40, 5\); give \(40, 4\)"),
    "rows": ({"v": V[:-1]}, r"v is an array of float64 of shape \(39, 5\); give \(40, 5\), a row for every one of"),
    "nan": ({"b": spoilt(B, (17, 3), np.nan)}, r"^run\.npz, record 17: b of neuron 3 is nan; leave out"),
    "loss": ({"loss": spoilt(T, 4, np.inf)}, r"^run\.npz, record 4: loss is inf"),
    "falls": ({"t": spoilt(T, 9, 2.5)}, r"^run\.npz, record 9: t = 2\.5 comes after 8; give ascending times$"),
    "twice": ({"t": spoilt(T, 9, 8)}, r"record 9: t = 8 comes after 8"),
    "negative": ({"t": T - 1}, r"record 0: t = -1 is negative"),
    "one": ({"t": T[:1]}, r"^run\.npz: has 1 record; give at least 2$"),
    "words": ({"w": np.full((ROWS, M), "a")}, r"w is an array of <U1"),
    "large": ({"v": spoilt(V, (17, 3), 1e300)}, r"^run\.npz, record 17: v of neuron 3 is 1e\+300; leave out"),
    "held": ({"held": np.full((ROWS, M), np.nan)}, r"held is an array of float64 .*; give whole numbers, \(40, 5\)"),
    "forks": ({"forks": "never"}, r"^run\.npz: forks is no list of times"),
    "half": ({"x": [1.0, 2.0]}, r"has x and no y; give both or none"),
}


@pytest.mark.parametrize("case", SAYS)
def test_what_is_no_record_is_told_with_its_place(case):
    changed, says = SAYS[case]
    with pytest.raises(InputError, match=says) as refused:
        record(**changed)
    assert "\n" not in str(refused.value)


def test_a_record_is_taken_as_it_is():
    run = replayed(record(loss=T + 1), DATA)
    for key, given in {"t": T, "w": W, "b": B, "v": V, "loss": T + 1}.items():
        np.testing.assert_array_equal(getattr(run, key), given)
    assert (run.held == -1).all()


def test_a_loss_that_is_not_known_is_that_of_the_samples():
    run = replayed(record(), DATA)
    expected = [0.5 * np.sum((run.network(k).evaluate(DATA.x) - DATA.y) ** 2) for k in range(ROWS)]
    np.testing.assert_allclose(run.loss, expected, rtol=1e-12)


def test_another_loss_is_shown_and_told():
    plain = replayed(record(), DATA)
    assert "its own loss" not in replayed(record(loss=plain.loss), DATA).outcome
    mean = replayed(record(loss=2 / 3 * plain.loss), DATA)
    np.testing.assert_array_equal(mean.loss, 2 / 3 * plain.loss)
    assert "its own loss is shown, at first and at last 0.667 and 0.667 times half the sum of squares" in mean.outcome


def test_its_samples_are_shown_in_order_and_hold_what_they_held():
    unsorted = record(x=np.array([1.0, -1.0, 0.0]), y=np.array([3.0, 1.0, 2.0]), held=np.full((ROWS, M), 1))
    data, same = samples_of(unsorted, DATA)
    assert not same
    assert data.y.tolist() == [1, 2, 3]
    assert (replayed(unsorted, data).held == 0).all()  # that at x = -1, which is now the first


@pytest.mark.parametrize(("x", "says"), [(np.nan, r"`x\[1\]`: nan is not a finite"), (1e300, r"x or y has 1e\+300")])
def test_samples_that_are_none_are_told_with_the_file(x, says):
    with pytest.raises(InputError, match=rf"^run\.npz: {says}"):
        samples_of(record(x=np.array([0.0, x]), y=np.zeros(2)), None)


def test_few_records_are_told():
    still = {key: np.repeat(array[:1], ROWS, axis=0) for key, array in {"w": W, "b": B, "v": V}.items()}
    assert "too few" not in replayed(record(**still), DATA).outcome
    leap = still["v"].copy()
    leap[25:] *= 3
    assert (
        "too few records: between t = 24 and 25 f changes by" in replayed(record(**still | {"v": leap}), DATA).outcome
    )


def test_more_records_than_moments_are_thinned():
    t = np.linspace(0, 1, 5000)
    many = {key: array[:1] + np.outer(t, np.ones(M)) for key, array in {"w": W, "b": B, "v": V}.items()}
    run = replayed(record(t=t, c=np.zeros(len(t)), **many), DATA)
    assert 2 <= len(run.t) <= 4000
    assert (run.t[0], run.t[-1]) == (0, 1)


def write_safetensors(path, arrays):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, array in arrays.items():
        part = np.asarray(array, dtype="<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": np.shape(array), "data_offsets": [len(data), len(data) + len(part)]}
        data += part
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)


def state(k):
    """A state dict as PyTorch's Sequential has it."""
    return {"0.weight": W[k][:, None], "0.bias": B[k], "2.weight": V[k][None], "2.bias": np.array([0.5])}


@pytest.mark.parametrize("suffix", ["npz", "safetensors"])
def test_checkpoints_are_in_the_order_of_their_times(tmp_path, suffix):
    for k in (2, 10, 9):
        path = tmp_path / f"net2-step_{k}.{suffix}"
        np.savez(path, **state(k)) if suffix == "npz" else write_safetensors(path, state(k))
    (tmp_path / "log.txt").write_text("step 3")
    for place in (str(tmp_path), f"{tmp_path}/net2-step_*.{suffix}"):
        found = read_record(place)
        assert found.t.tolist() == [2, 9, 10]
        np.testing.assert_allclose(found.w, W[[2, 9, 10]], rtol=1e-6)
        np.testing.assert_allclose(found.v, V[[2, 9, 10]], rtol=1e-6)
        assert found.c.tolist() == [0.5] * 3
        assert len(found.files) == 3


def test_a_checkpoint_may_hold_its_time(tmp_path):
    for k in (1, 2):
        np.savez(tmp_path / f"{3 - k}.npz", t=k / 10, **state(k))
    assert read_record(str(tmp_path)).t.tolist() == [0.1, 0.2]


BROKEN = {
    "lacks": (
        {"1.npz": state(1), "2.npz": {"0.weight": W[1][:, None]}},
        r"2\.npz: the network has 1 linear layer \(0\); ",
    ),
    "sizes": ({"1.npz": state(1), "2.npz": {"w": [1, 2], "v": [1, 2]}}, r"2\.npz: has 2 neurons, .*1\.npz has 5"),
    "twice": ({"a1.npz": state(1), "b1.npz": state(2)}, r"b1\.npz: is of time 1, as .*a1\.npz is"),
    "bias": (
        {"1.npz": state(1), "2.npz": {key: state(2)[key] for key in ("0.weight", "2.weight", "2.bias")}},
        r"2\.npz: has no 0\.bias, .*1\.npz has one; give those of one run",
    ),
    "time": ({"1.npz": state(1) | {"t": "now"}, "2.npz": state(2)}, r"1\.npz: t is an array of <U3 .*; give one time"),
    "unnamed": ({"a.npz": state(1), "b.npz": state(2)}, r"[ab]\.npz: no number in its name tells its time"),
    "none": ({}, r"no file of weights is there; give \.npz, \.safetensors, "),
}


@pytest.mark.parametrize("case", BROKEN)
def test_checkpoints_that_are_no_run_are_told_with_the_file(tmp_path, case):
    files, says = BROKEN[case]
    for name, arrays in files.items():
        np.savez(tmp_path / name, **arrays)
    with pytest.raises(InputError, match=says):
        read_record(str(tmp_path))


def test_files_that_are_no_record_are_told(tmp_path):
    path = tmp_path / "run.npz"
    np.savez(path, t=T, w=W, v=V)
    with pytest.raises(InputError, match=r"run\.npz: has no b, only t, v, w; a record of a run has t, w, b and v"):
        read_record(str(path))
    path.write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(InputError, match=r"run\.npz: cannot be read"):
        read_record(str(path))
    with pytest.raises(InputError, match=r"gone\.npz: No such file"):
        read_record(str(tmp_path / "gone.npz"))
    path.write_text("pickled perhaps")
    with pytest.raises(InputError, match=r"run\.npz: cannot be read, is no .npz file or part of one; write it again"):
        read_record(str(path))
    with pytest.raises(InputError, match=r"^~nobody-at-all/run\.npz: No such file"):
        read_record("~nobody-at-all/run.npz")
    (tmp_path / "run.txt").write_text("")
    with pytest.raises(InputError, match=r"run\.txt: is one checkpoint"):
        read_record(str(tmp_path / "run.txt"))


def test_a_network_of_our_own_keys_is_one(tmp_path):
    network = Network(W[0], B[0], V[0], 0.25)
    np.savez(tmp_path / "1.npz", w=network.w, b=network.b, v=network.v, c=network.c)
    np.savez(tmp_path / "2.npz", w=network.w[:, None], v=network.v[None])
    found = read_record(str(tmp_path))
    assert found.c.tolist() == [0.25, 0]
    assert (found.b[1] == 0).all()

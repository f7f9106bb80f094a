"""A recorder: what it keeps is what a picture needs, in memory that does not grow."""

import numpy as np
import pytest

from pipeline import Data, Recorder, Trajectory
from pipeline.errors import InputError
from pipeline.simulate.recorded.kept import view_of
from pipeline.simulate.recorded.read import read_record
from pipeline.simulate.resample import resampled

X = np.linspace(-1, 1, 20)
Y = np.sin(4 * X)
M = 6
RNG = np.random.default_rng(1)
START, WAY = RNG.normal(size=(3, M)), RNG.normal(size=(3, M))


def state(share):
    """Weights on a way that is fast at first, and turns."""
    fast = 1 - np.exp(-9 * share)
    return START + np.sin(3 * fast) * WAY


def recorded(calls):
    rec = Recorder(X, Y)
    for k in range(calls):
        rec(k, *state(k / calls), 0.25)
    return rec


def test_few_calls_are_all_kept():
    run = recorded(50).trajectory
    assert isinstance(run, Trajectory)
    assert run.t.tolist() == list(range(50))
    np.testing.assert_array_equal(run.w, [state(k / 50)[0] for k in range(50)])
    assert (run.c == 0.25).all()


@pytest.fixture(scope="module")
def long():
    """A recorder that was called often enough to thin itself."""
    return recorded(30_000)


def test_memory_is_bounded(long):
    rows = len(long._rows)
    assert len(long) <= rows == 8000
    assert long.nbytes == rows * 8 * (3 * M + 2 + 9 + 1)  # what it had room for at the first call
    wide = Recorder(X, Y)
    wide(0, *np.ones((3, 20_000)))
    assert wide.nbytes < 40e6


def test_what_goes_is_not_missed(long):
    run = long.trajectory
    assert (run.t[0], run.t[-1]) == (0, 29_999)
    times = np.arange(0, 30_000, 7)
    shown, true = resampled(run, times), np.array([state(k / 30_000) for k in times])
    view = view_of(X, Y)
    places = (np.clip(-b / w, view.low, view.high) for w, b in ((shown.w, shown.b), (true[:, 0], true[:, 1])))
    off = np.abs(np.subtract(*places)) / (view.high - view.low)
    assert off.max() < 1e-3  # of the picture's width; 4,000 of 30,000 at equal distances come to 4e-2


def test_it_is_saved_as_a_recorded_run(tmp_path):
    rec = recorded(30)
    rec.save(tmp_path / "run.npz")
    found, run = read_record(str(tmp_path / "run.npz")), Trajectory.load(tmp_path / "run.npz")
    np.testing.assert_array_equal(found.v, rec.trajectory.v)
    np.testing.assert_array_equal(found.x, X)
    np.testing.assert_array_equal(run.loss, rec.trajectory.loss)
    assert "30 records of the recorder" in run.outcome


def test_a_module_is_taken_in_place_of_weights():
    w, b, v = state(0.5)
    both = Recorder(X[:, None], Y[:, None]), Recorder(X, Y)
    for t in (1, 2.5):
        both[0](t, {"0.weight": w[:, None], "0.bias": b, "2.weight": v[None], "2.bias": np.array([0.5])})
        both[1](t, w[:, None], b, v[None], np.array([0.5]))
    np.testing.assert_array_equal(*(rec.trajectory.w for rec in both))
    np.testing.assert_array_equal(*(rec.trajectory.c for rec in both))


SAYS = {
    "nan": ((2, *np.full((3, M), np.nan)), r"^record 2: w of neuron 0 is nan; stop recording where"),
    "c": ((2, *START, np.inf), r"^record 2: c is inf"),
    "falls": ((0.5, *START), r"^record 2: t = 0\.5 comes after 1; give ascending times$"),
    "sizes": ((2, *START[:, 1:]), r"^record 2: w, b, v and c have 5, 5, 5 and 1 values; give 6 of each and one c"),
    "large": ((2, *(1e300 * START)), r"^record 2: w of neuron 0 is .*e\+"),
    "no v": ((2, START[0], START[1]), r"^record 2: there is no v; give t, w, b and v, or"),
    "words": ((2, ["a"], ["b"], ["c"]), r"^record 2: `w`: expected a list of numbers, got \['a'\]$"),
    "time": (("now", *START), r"^record 2: `t`: expected a list of numbers, got now$"),
    "vector": ((2, START[0]), r"^record 2: the network has 0 linear layers; supported are"),
    "module": ((2, {"w": START}), r"^record 2: the network has 1 linear layer"),
}


@pytest.mark.parametrize("case", SAYS)
def test_a_call_that_cannot_be_recorded_is_told_and_changes_nothing(case):
    rec = Recorder(X, Y)
    for t in (0, 1):
        rec(t, *START)
    given, says = SAYS[case]
    with pytest.raises(InputError, match=says):
        rec(*given)
    assert (len(rec), rec.calls) == (2, 2)
    rec(2, *START)


def test_a_file_that_cannot_be_written_costs_nothing(tmp_path):
    rec = Recorder(X, Y)
    for t in (0, 1):
        rec(t, *START)
    with pytest.raises(InputError, match=r"gone/run\.npz: No such file or directory; give a file in a folder that can"):
        rec.save(tmp_path / "gone" / "run.npz")
    rec.save(tmp_path / "run")
    assert [path.name for path in tmp_path.iterdir()] == ["run.npz"]


def test_one_record_is_no_run():
    rec = Recorder(X, Y)
    with pytest.raises(InputError, match="has 0 records"):
        rec.trajectory  # noqa: B018, the property is asked
    rec(0, *START)
    with pytest.raises(InputError, match="has 1 record; give at least 2"):
        rec.trajectory  # noqa: B018


def test_samples_are_checked_as_those_of_data():
    with pytest.raises(InputError) as one:
        Data([1, 2], [1])
    with pytest.raises(InputError) as other:
        Recorder([1, 2], [1])
    assert str(one.value) == str(other.value)

"""Progress off a terminal: a line now and then, with where it stands and how long it will take; silence if short."""

import logging

import pytest

from pipeline import progress


def test_a_long_stage_says_how_far_it_is(caplog):
    caplog.set_level(logging.INFO)
    now = [0.0]
    lines = progress.Lines("simulate", 30.0, "t", clock=lambda: now[0])
    for second in range(40):
        now[0] = float(second)
        lines.update(0.1 * second if second <= 20 else 2 + second - 20)
    assert [record.message for record in caplog.records] == [
        "simulate: 1 of 30 t (3%), 0.1 t/s, about 5 min left",
        "simulate: 2 of 30 t (7%), 0.1 t/s, about 5 min left",
        "simulate: 12 of 30 t (40%), 1 t/s, about 18 s left",
    ]


def test_a_stage_that_stands_still_has_no_end_in_sight(caplog):
    caplog.set_level(logging.INFO)
    now = [0.0]
    lines = progress.Lines("simulate", 30.0, "t", clock=lambda: now[0])
    now[0] = 11.0
    lines.update(0.0)
    assert caplog.messages == ["simulate: 0 of 30 t (0%), 0 t/s, time left unknown"]


def test_a_short_stage_says_when_it_is_done_and_no_more(caplog, monkeypatch):
    caplog.set_level(logging.INFO)
    monkeypatch.setattr("sys.stderr.isatty", lambda: False, raising=False)
    with progress.stage("render", 5, "frame") as update:
        for done in range(5):
            update(done)
    assert [message.split(":")[0] for message in caplog.messages] == ["render"]


@pytest.mark.parametrize(
    ("seconds", "words"), [(59.6, "60 s"), (121, "2 min"), (7300, "2 h"), (172_000, "48 h"), (864_000, "10 days")]
)
def test_times_are_told_in_their_unit(seconds, words):
    assert progress.rough(seconds) == words


def test_an_errand_is_run_once_when_it_is_due():
    runs = []
    with progress.told_to(lambda *_: None), progress.stage("simulate", 3, "t") as update:
        with progress.errand(0.0, lambda: runs.append("due") or update(0)):  # which may report progress itself
            for done in range(3):
                update(done)
        with progress.errand(60.0, lambda: runs.append("later")):
            update(3)
        with progress.errand(0.0, lambda: runs.append("over")):
            pass
        update(3)
    assert runs == ["due"]


def test_what_an_errand_finds_ends_the_stage():
    def refuse():
        raise ValueError("no room")

    refused = pytest.raises(ValueError, match="no room")
    with refused, progress.errand(0.0, refuse), progress.stage("simulate", 3, "t") as update:
        update(1)
    assert progress.errands == []

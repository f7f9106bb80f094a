"""Progress off a terminal: a line now and then, with where it stands and how long it will take; silence if short."""

import logging
import re
import time
from functools import partial

import pytest

from pipeline.console import progress


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
    with progress.track("render", 5, "frame") as update:
        for done in range(5):
            update(done)
    assert [message.split(":")[0] for message in caplog.messages] == ["render"]


def test_a_bar_shows_rounded_numbers(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setattr("pipeline.console.progress.tqdm.monitor_interval", 0)
    with progress.track("simulate", 30.0, "t") as update:
        for step in range(1, 90):
            update(step / 3)
            time.sleep(0.005)
    shown = re.findall(r"\| ([\d.e-]+)/30\.0", capsys.readouterr().err)
    assert len(shown) > 2
    assert all(len(number) <= 5 for number in shown)


@pytest.mark.parametrize(
    ("seconds", "words"), [(59.6, "60 s"), (121, "2 min"), (7300, "2 h"), (172_000, "48 h"), (864_000, "10 days")]
)
def test_times_are_told_in_their_unit(seconds, words):
    assert progress.rough(seconds) == words


def compiles(meanwhile=lambda: None):
    """Pretend that inner loops are compiled."""
    progress.compiling(True)
    meanwhile()
    progress.compiling(False)


def test_compiling_is_said_and_its_time_does_not_count(caplog, monkeypatch):
    caplog.set_level(logging.INFO)
    monkeypatch.setattr("sys.stderr.isatty", lambda: False, raising=False)
    now = [0.0]
    monkeypatch.setattr(progress, "Stopwatch", partial(progress.Stopwatch, lambda: now[0]))
    compiles()
    with progress.track("simulate", 5, "t"):
        compiles(lambda: now.__setitem__(0, 20.0))
        now[0] += 0.5
    assert caplog.messages[0] == "compiling inner loops (once), up to a minute"
    said, done = caplog.messages[1:]
    assert said == "simulate: compiling inner loops (once), up to a minute"
    assert done == "simulate: 0.5 s"


def test_a_bar_says_that_it_compiles_and_leaves_the_time_out(monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    shown, starts = [], []

    class Bar(progress.tqdm):
        def set_description(self, desc=None, refresh=True):
            shown.append(desc)
            starts.append(self.start_t)

    monkeypatch.setattr(progress, "tqdm", Bar)
    with progress.track("simulate", 5, "t"):
        compiles()
    assert shown == ["simulate: compiling inner loops (once)", "simulate"]
    assert starts[1] > starts[0]


def test_a_listener_hears_of_compiling():
    heard = []
    with progress.told_to(lambda *facts: heard.append(facts[0])), progress.track("simulate", 5, "t"):
        compiles()
    assert heard == ["simulate", "compiling inner loops (once)", "simulate"]


def test_a_stopwatch_leaves_out_the_time_for_which_it_stands_still():
    now = [5.0]
    watch = progress.Stopwatch(lambda: now[0])
    for action, time_passed in ((watch.stop, 2.0), (watch.go_on, 10.0), (watch.stop, 1.0), (watch.go_on, 4.0)):
        now[0] += time_passed
        action()
    now[0] += 0.5
    assert watch() == 3.5

"""Where a clip is cut."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, strategies as st

from pipeline.config.language import english
from pipeline.config.schema.embed import EmbedConfig
from pipeline.embed.clip import Clip, clips
from pipeline.embed.sections import find_sections
from pipeline.errors import InputError
from pipeline.render.encoding.chapters import Chapter
from pipeline.render.film.cues import Cue, chapters_of
from tests.render.runs import awkward_run, film_of


@pytest.fixture
def film():
    """40 frames in which breakpoints are caught and released."""
    data, run = awkward_run(frames=40)
    run.held[32:, :2] = -1
    return film_of(data, run)


def test_nothing_is_cut_unless_asked_for(film):
    assert find_sections([film], EmbedConfig(), english()) == ()


def test_sections_begin_with_the_first_frame_at_their_time_and_are_the_whole_video(film):
    cuts = [float(film.t[7]), float(0.5 * (film.t[20] + film.t[21]))]
    sections = find_sections([film], EmbedConfig(cuts=cuts), english())
    assert [(section.first, section.end) for section in sections] == [(0, 7), (7, 21), (21, 40)]
    assert sections[1].title == f"t = {film.time.clock(film.t[7])} to {film.time.clock(film.t[20])}"


@pytest.mark.parametrize("kind", ["catch", "release"])
def test_events_cut_where_the_solver_holds_or_frees_a_breakpoint(film, kind):
    sections = find_sections([film], EmbedConfig(events=[kind], shortest=0.01, most_sections=99), english())
    assert len(sections) > 1
    for section in sections[1:]:
        before, after = film.held[section.first - 1], film.held[section.first]
        changed = ~before & after if kind == "catch" else before & ~after
        neurons = [neuron for neuron in np.flatnonzero(changed) if f"breakpoint {neuron + 1} is" in section.title]
        assert len(neurons) == 1
        sample = (film.caught[section.first] if kind == "catch" else film.caught[section.first - 1])[neurons[0]]
        assert section.title.endswith(f"sample {sample + 1}")


def test_events_leave_sections_long_enough_and_no_more_than_asked_for(film):
    chosen = float(film.t[22])
    given = EmbedConfig(cuts=[chosen], events=["catch", "release"], shortest=4 / film.fps, most_sections=3)
    sections = find_sections([film], given, english())
    assert 2 <= len(sections) <= 3
    assert 22 in [section.first for section in sections]
    assert all(section.end - section.first >= 4 for section in sections)


def test_cuts_that_fall_on_one_frame_are_refused(film):
    middle, end = 0.5 * (film.t[9] + film.t[10]), film.t[10]
    with pytest.raises(InputError, match="fall on the same frame"):
        find_sections([film], EmbedConfig(cuts=[float(middle), float(end)]), english())


def test_events_of_several_runs_name_the_run():
    films = [film_of(*awkward_run(frames=40)) for _ in range(2)]
    for label, film in zip(("one", "two"), films, strict=True):
        film.label = label
    sections = find_sections(films, EmbedConfig(events=["catch"], shortest=0.01, most_sections=99), english())
    assert all("one: breakpoint" in section.title for section in sections[1:])  # the first of two at the same frame


AWKWARD = film_of(*awkward_run(frames=40))


def chapters(bounds):
    """Chapters from each of the bounds to the next, titled by letters."""
    return [Chapter(a, b, chr(97 + k)) for k, (a, b) in enumerate(pairwise(bounds))]


@given(st.sets(st.integers(1, 39), min_size=1), st.floats(0.01, 1.5), st.integers(2, 20))
def test_beats_make_sections_that_are_all_of_the_clip_long_enough_and_few(inner, shortest, most):
    told = chapters([0, *sorted(inner), 40])
    embed = EmbedConfig(shortest=shortest, most_sections=most)
    sections = find_sections([AWKWARD], embed, english(), told)
    assert len(sections) <= most
    if sections:
        assert [section.first for section in sections] == [0, *(section.end for section in sections[:-1])]
        assert sections[-1].end == 40
        assert min(section.end - section.first for section in sections) >= shortest * AWKWARD.fps
        assert "".join(section.title.replace(" · ", "") for section in sections) == "".join(one.title for one in told)
    fine = len(told) <= most and min(one.end - one.first for one in told) >= shortest * AWKWARD.fps
    assert not fine or [(one.first, one.end, one.title) for one in told] == [
        (section.first, section.end, section.title) for section in sections
    ]


def test_beats_give_way_to_cuts_and_events_and_can_be_left_alone():
    cut = EmbedConfig(cuts=[float(AWKWARD.t[7])])
    assert find_sections([AWKWARD], cut, english(), chapters([0, 20, 40])) == find_sections([AWKWARD], cut, english())
    assert find_sections([AWKWARD], EmbedConfig(beats=False), english(), chapters([0, 20, 40])) == ()


def test_a_section_says_what_the_whole_says_then():
    cues = Cue(1.0, 2.0, "one", "one"), Cue(3.0, 4.0, "two: 2", "two")
    sections = find_sections([AWKWARD], EmbedConfig(shortest=0.1), english(), chapters_of(cues, "all", 40, 10))
    whole = Clip("a", "b", "c", 640, 360, 4.0, "all", "It says it.", True, "#ffffff", "#000000", cues)
    parts = clips(
        whole,
        sections,
        10,
        "A network.",
        lambda cues, claim, told: (claim, told, *(cue.words for cue in cues)),
        english(),
    )
    assert [part.title for part in parts] == ["all", "one", "two"]
    assert [[(cue.start, cue.words) for cue in part.cues] for part in parts] == [[], [(0, "one")], [(0, "two: 2")]]
    assert parts[1].description == "Section 2 of 3, one. A network."
    assert parts[1].notes == ("one", "Section 2 of 3, one. A network.", "one")

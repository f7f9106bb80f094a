"""Which runs a page of sliders has: grids with holes, runs that make no grid, more than a page takes."""

from dataclasses import replace

import pytest

from pipeline.sweep.compared.slider_grid import MOST_NEURONS, MOST_RUNS, RUN, grid_of
from tests.sweep.made import entries_of

SCALES, SEEDS = [0.1, 1.0, 10.0], [0, 1]


def entries(swept, state=lambda values: "done", width=20):
    """Entries whose manifests say that each is one run of so many neurons."""
    made = entries_of(swept, state, {"init": {"width": width}})
    for entry in made:
        entry.manifest["stages"] = {"simulate": {}} if entry.done else {}
    return made


def test_every_run_of_a_grid_has_its_place_and_those_that_are_missing_keep_theirs():
    def state(values):
        return "failed" if values == {"init.scale": 1.0, "init.seed": 1} else "done"

    grid = grid_of(entries({"init.scale": SCALES, "init.seed": SEEDS}, state)[:-1])
    assert [slider.key for slider in grid.sliders] == ["init.scale", "init.seed"]
    assert [slider.values for slider in grid.sliders] == [("0.1", "1", "10"), ("0", "1")]
    assert grid.places == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)]
    assert set(grid.shown) == {(0, 0), (0, 1), (1, 0), (2, 0)}
    assert grid.tried[1, 1].state == "failed"
    assert (2, 1) not in grid.tried
    for (scale, seed), entry in grid.shown.items():
        assert entry.values == {"init.scale": SCALES[scale], "init.seed": SEEDS[seed]}


def test_keys_of_texts_are_choices_and_keys_that_only_change_the_picture_have_none():
    grid = grid_of(entries({"data": ["sine", "nile"], "theme": ["light", "dark"]}))
    assert [(slider.key, slider.counts) for slider in grid.sliders] == [("data", False)]
    assert len(grid.shown) == 2
    assert grid_of(entries({"theme": ["light", "dark"]})) is None


def test_nothing_to_slide_between_where_fewer_than_two_runs_are_done():
    assert (
        grid_of(entries({"init.scale": SCALES}, lambda values: "done" if values["init.scale"] == 1 else "failed"))
        is None
    )


@pytest.mark.parametrize("turned", [False, True], ids=["rises", "falls"])
def test_lists_side_by_side_are_one_row_in_their_order(turned):
    crossed = entries({"init.scale": [3.0, 0.1, 1.0, 10.0], "init.width": [30, 5, 20, 80]})
    widths = {3.0: 30, 0.1: 5, 1.0: 20, 10.0: 80}
    if turned:
        widths = {scale: 100 - width for scale, width in widths.items()}
        crossed = entries({"init.scale": [3.0, 0.1, 1.0, 10.0], "init.width": sorted(widths.values())})
    pairs = [entry for entry in crossed if widths[entry.values["init.scale"]] == entry.values["init.width"]]
    grid = grid_of(pairs)
    assert [slider.key for slider in grid.sliders] == [RUN]
    assert [entry.values["init.scale"] for entry in grid.shown.values()] == [0.1, 1.0, 3.0, 10.0]


def test_a_random_search_is_one_row_from_least_to_largest_loss_then_what_failed():
    crossed = entries({"init.scale": [3.0, 0.1, 1.0, 10.0], "init.bias_ratio": [1.0, 2.0, 0.5, 4.0]})
    wanted = {3.0: 4.0, 0.1: 0.5, 1.0: 2.0, 10.0: 1.0}
    pairs = [entry for entry in crossed if wanted[entry.values["init.scale"]] == entry.values["init.bias_ratio"]]
    failed = replace(pairs[1], state="failed", manifest={})
    grid = grid_of([failed if entry is pairs[1] else entry for entry in pairs])
    losses = [entry.manifest["final_loss"] for entry in grid.shown.values()]
    assert losses == sorted(losses)
    assert len(losses) == 3
    assert grid.tried[3,].state == "failed"


def test_a_page_takes_so_many_runs_of_which_seeds_go_first_and_says_so():
    scales, seeds = [float(k) for k in range(1, 31)], list(range(5))
    grid = grid_of(entries({"init.scale": scales, "init.seed": seeds}))
    assert len(grid.shown) == MOST_RUNS
    assert [len(slider.values) for slider in grid.sliders] == [30, 2]
    assert grid.sliders[1].values == ("0", "4")
    assert grid.notes == ["2 of 5 values of seed"]


def test_a_page_takes_so_many_neurons():
    width = MOST_NEURONS // 4
    grid = grid_of(entries({"init.scale": [float(k) for k in range(9)]}, width=width))
    assert len(grid.shown) == 4
    assert grid.sliders[0].values[0] == "0"
    assert grid.sliders[0].values[-1] == "8"

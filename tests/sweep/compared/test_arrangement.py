"""Which runs a montage shows, and where."""

from dataclasses import asdict

import pytest

from pipeline.config.schema.sweep import SweepConfig
from pipeline.errors import InputError
from pipeline.sweep.compared.arrangement import arrange, capacity
from pipeline.sweep.compared.crossing import crossed_keys, thinned
from pipeline.sweep.compared.montage_story import calling
from tests.conftest import composed
from tests.sweep.made import entries_of

TEXT = 28.6  # px, of a frame of 1920x1080


def values(arrangement, key):
    return [entry.values[key] for entry in arrangement.entries]


def test_one_key_is_a_list_and_two_are_a_table_with_seeds_as_rows():
    one = arrange(entries_of({"init.scale": [10, 1, 0.1]}), SweepConfig(), TEXT)
    assert one.table is None
    assert one.labels == ["initial scale 0.1", "initial scale 1", "initial scale 10"]
    two = arrange(entries_of({"init.seed": [0, 1], "init.scale": [0.1, 1, 10]}), SweepConfig(), TEXT)
    assert two.table.rows == [("seed", "0"), ("seed", "1")]
    assert [names[0] for names in two.table.columns] == ["initial scale 0.1", "initial scale 1", "initial scale 10"]
    assert list(two.table.places) == [(i, j) for i in range(2) for j in range(3)]
    assert list(zip(values(two, "init.seed"), values(two, "init.scale"), strict=True)) == [
        (seed, scale) for seed in (0, 1) for scale in (0.1, 1, 10)
    ]


def test_keys_can_be_chosen_by_their_last_word_and_others_stay_at_their_first_value():
    entries = entries_of({"init.scale": [1, 2], "init.width": [4, 8], "dynamics.rtol": [0.1, 0.2], "init.seed": [5, 6]})
    assert crossed_keys(entries, SweepConfig(rows="seed", columns="width")) == ("init.seed", "init.width")
    assert crossed_keys(entries, SweepConfig(columns="rtol")) == ("init.scale", "dynamics.rtol")
    shown = arrange(entries, SweepConfig(), TEXT)
    assert set(values(shown, "dynamics.rtol")) == {0.1}
    assert set(values(shown, "init.seed")) == {5}
    assert shown.notes == ["relative tolerance 0.1 (one of 2)", "first seed of each"]
    for option in ({"rows": "nonsense"}, {"rows": "scale", "columns": "init.scale"}):
        with pytest.raises(InputError, match=r"sweep\.(rows|columns) = "):
            crossed_keys(entries, SweepConfig(**option))


def test_more_values_stand_where_the_frame_is_longer():
    entries = entries_of({"init.scale": [1, 2, 3, 4], "init.width": [4, 8]})
    assert crossed_keys(entries, SweepConfig()) == ("init.width", "init.scale")
    assert crossed_keys(entries, SweepConfig(width=1080, height=1920)) == ("init.scale", "init.width")


def test_runs_of_several_panels_take_more_room():
    one, two = (capacity(SweepConfig(mosaic=mosaic), TEXT) for mosaic in ([["function"]], [["function"], ["paths"]]))
    assert one[0] == two[0]
    assert one[1] > 2 * two[1] >= 2


def test_too_many_values_are_thinned_evenly_and_that_is_said():
    shown = arrange(entries_of({"init.scale": list(range(1, 101)), "init.seed": [0, 1]}), SweepConfig(), TEXT)
    scales = values(shown, "init.scale")[: len(shown.table.columns)]
    assert (scales[0], scales[-1]) == (1, 100)
    assert len(scales) <= 7
    assert shown.notes == [f"{len(scales)} of 100 values of initial scale"]
    assert thinned([1, 2, 3], 5) == [1, 2, 3]


def test_what_failed_leaves_a_place_that_says_so_unless_all_of_its_row_did():
    swept = {"init.scale": [1, 2, 3], "init.width": [4, 8]}
    shown = arrange(entries_of(swept, lambda v: "failed" if v == {"init.scale": 2, "init.width": 8} else "done"),
                    SweepConfig(), TEXT)  # fmt: skip
    assert shown.table.blanks == {(1, 1): "failed"}
    assert len(shown.entries) == 5
    shown = arrange(entries_of(swept, lambda v: "failed" if v["init.width"] == 8 else "done"), SweepConfig(), TEXT)
    assert shown.table.rows == [("neurons", "4")]
    with pytest.raises(InputError, match="no run is done"):
        arrange(entries_of(swept, lambda v: "failed"), SweepConfig(), TEXT)


def test_of_seeds_each_place_shows_the_first_that_is_done():
    swept = {"init.scale": [1, 2], "init.width": [4, 8], "init.seed": [0, 1]}
    first_fails = {"init.scale": 1, "init.width": 4, "init.seed": 0}
    shown = arrange(entries_of(swept, lambda v: "failed" if v == first_fails else "done"), SweepConfig(), TEXT)
    assert values(shown, "init.seed") == [1, 0, 0, 0]
    assert not shown.table.blanks


def test_a_random_search_is_shown_by_its_loss():
    entries = entries_of({"init.scale": [k / 7 for k in range(50)], "init.width": list(range(50))})[::51]
    shown = arrange(entries, SweepConfig(), TEXT)
    losses = [entry.manifest["final_loss"] for entry in shown.entries]
    assert shown.table is None
    assert losses == sorted(losses)
    assert losses[-1] == max(entry.manifest["final_loss"] for entry in entries)
    assert "of 50 runs, from least to largest loss, each under its initial scale · neurons" in shown.notes[0]


def test_a_montage_in_another_language_knows_its_runs_by_their_english_labels_too():
    swept = {"init.scale": [0.1, 1, 10], "init.layer_ratio": [0.3, 3], "init.seed": [0, 1]}
    english, german = (
        arrange(entries_of(swept, config={"language": asdict(composed(word).language)}), SweepConfig(), TEXT)
        for word in ("language=en", "language=de")
    )
    assert german.table.rows[0] == ("Verhältnis der Schichten", "0.3")
    assert german.notes == ["von jedem der erste Startwert"]
    assert german.told_as == dict(zip(english.labels, german.labels, strict=True))
    assert not {*english.labels} & {*german.labels}
    told = {
        "beats": [{"run": english.labels[1], "say": "{loss} and {loss@" + english.labels[0] + ":.2f}"}],
        "opening": True,
    }
    beat = {"run": german.labels[1], "say": "{loss} and {loss@" + german.labels[0] + ":.2f}"}
    assert calling(told, german.told_as) == {"beats": [beat], "opening": True}
    assert calling(told, english.told_as) == told

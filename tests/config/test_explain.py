"""What `--explain` says: all keys, of the same source as their checks, and choices that plugins add."""

import pytest

from pipeline import __version__, make  # noqa: F401, make: the tables of all rooms
from pipeline.config.check import leaves
from pipeline.config.explain import explain, reference
from pipeline.config.fields import key_of
from pipeline.config.flags import answer
from pipeline.config.nearest import did_you_mean
from pipeline.config.schema.config import Config
from pipeline.config.tables import TABLES
from pipeline.errors import InputError
from tests.conftest import composed

KEYS = {name: entry for name, _, entry in leaves(Config())}


def test_every_key_is_told_with_its_meaning():
    told, tables = explain(), reference()
    for name, entry in KEYS.items():
        assert f"{name} = " in told
        assert tables.count(f"| `{name}` |") == 1
        assert key_of(entry).meaning in told


def test_a_group_and_a_key():
    assert explain("init").count("\ninit.") + 1 == len([name for name in KEYS if name.startswith("init.")])
    assert explain("dynamics.momentum").splitlines()[:2] == [
        "dynamics.momentum = 0.0",
        "    a number, at least 0, less than 1",
    ]
    assert "used by dynamics of kind gradient_descent" in explain("dynamics.momentum")
    with pytest.raises(InputError, match=r"init.widht: no such key, did you mean init.width\?"):
        explain("init.widht")


@pytest.mark.parametrize("name", ["init", *KEYS])
def test_a_key_may_stand_behind_an_equals_sign(name):
    assert answer([f"--explain={name}"], lambda: None) == answer(["--explain", name], lambda: None) == explain(name)


@pytest.mark.parametrize("name", [name for name in TABLES if name in KEYS])
def test_choices_are_the_names_of_the_table(name):
    assert f"one of {', '.join(TABLES[name])}" in explain(name)


def test_a_choice_that_a_plugin_adds_is_told(tmp_path):
    plugin = tmp_path / "mine.py"
    plugin.write_text(
        "from pipeline.render.film.timing import PACES\nPACES.add('cubic', lambda share, end, *_: end * share**3)\n"
    )
    assert "cubic" in answer(["--explain", "timing.kind", f"plugins=[{plugin}]"], lambda: None)
    plugin.write_text("")
    assert "cubic" not in answer(["--explain", "timing.kind", f"plugins=[{plugin}]"], lambda: None)


def test_help_and_version():
    said = answer(["--help"], lambda: None)
    assert said.count("\n  python -m pipeline") == 3
    assert "python -m pipeline.sweep" in said
    assert "python -m pipeline.embed" in said
    assert answer(["--version"], lambda: None).endswith(__version__)
    assert answer(["init.scale=1"], lambda: None) is None


@pytest.mark.parametrize("name", ["init.widht", "timing.secnods", "scene.captoins", "widht", "embed.mkae"])
def test_a_slip_of_the_pen_is_understood(name):
    assert did_you_mean(name, KEYS).startswith(", did you mean ")
    assert did_you_mean("zzzzzz", KEYS) == ""


def test_whole_number_times_are_times_and_texts_are_lines():
    config = composed("scene.captions={1: hi, 2.5: 'a  b'}", "data.title='one\ttwo'", "scene.times=[0,3]")
    assert config.scene.captions == {1.0: "hi", 2.5: "a b"}
    assert all(isinstance(time, float) for time in config.scene.captions)
    assert config.data.title == "one two"
    assert config.scene.times == [0.0, 3.0]

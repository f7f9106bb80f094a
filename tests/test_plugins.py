"""What users add from outside the package, by the declarations that ours use."""

import imageio.v3 as imageio
import numpy as np
import pytest
from hydra.core.global_hydra import GlobalHydra

from pipeline import project
from pipeline.command import command
from pipeline.config import plugins, tables
from pipeline.embed.check import TALK
from pipeline.embed.provenance import reproduce
from pipeline.embed.snippets import SNIPPETS
from pipeline.errors import InputError
from pipeline.make import make
from pipeline.projection.quantities import PREDICTIONS, QUANTITIES, compute
from pipeline.projection.spline import SHAPES, load_quantities
from pipeline.render.encoding.check import check_video
from pipeline.render.panels.table import PANELS, panel_class
from pipeline.run.finished import read_finished
from pipeline.simulate.rest import SHAPES as REST
from pipeline.simulate.trajectory import Trajectory
from pipeline.store.manifest import MANIFEST, files_of, read_manifest
from tests.conftest import DRAFT, composed
from tests.render import clips

PANEL = '''
import numpy as np

from pipeline.render.panels import PANELS, Panel, PanelKind


class Dots(Panel):
    """Breakpoints over delta-slopes, in one colour."""

    def draw_still(self):
        self.heading("dots")
        self.axes.set_ylim(-1, 1)
        (self.dots,) = self.axes.plot([], [], "o", color=self.options["colour"], ms=9)
        self.moving = [self.dots]

    def show(self, frame):
        self.dots.set_data(self.film.beta[frame], np.tanh(self.film.mu[frame]))


PANELS.add("dots", PanelKind(Dots, options={"colour": "#ff00ff"}))
'''


@pytest.fixture(scope="module")
def finished_talk(tmp_path_factory) -> set[str]:
    """Names of all files of a talk with all that can be asked for."""
    asked = "embed=talk", "embed.gif=true", "embed.webm=true", "embed.slides=true", "embed.cuts=[0.1]"
    result = make(composed("data=sine", *DRAFT, *asked), tmp_path_factory.mktemp("talk") / "run")
    return files_of(read_manifest(result.folder / TALK))


LAYOUT = "scene.wide.mosaic=[[function,dots]]", "scene.wide.width_ratios=[1,1]", "scene.wide.height_ratios=[1]"


@pytest.fixture
def plugin(tmp_path):
    """A function that loads a text as a plugin, which is forgotten after the test."""
    loaded = []

    def load(text: str):
        path = tmp_path / f"mine_{len(loaded)}.py"
        path.write_text(text, encoding="utf-8")
        loaded.append(path)
        plugins.load([str(path)])
        return path

    yield load
    for path in loaded:
        with tables.adding(str(path)):
            pass  # nothing is added, and what was there goes


def test_a_panel_of_a_users_is_drawn_in_a_video(plugin, tmp_path):
    plugin(PANEL)
    config = composed("data=sine", *DRAFT, *LAYOUT, "+scene.panels.dots.colour='#00ff00'")
    result = make(config, tmp_path / "run")
    poster = imageio.imread(result.video.parent / "poster.png", mode="RGB").astype(int)
    green = (poster[..., 1] > 200) & (poster[..., 0] < 100) & (poster[..., 2] < 100)
    assert green[:, :240].sum() == 0
    assert green[:, 240:].sum() > 100


def test_a_users_panel_is_gone_with_its_plugin(plugin):
    path = plugin(PANEL)
    assert "dots" in PANELS
    path.write_text("", encoding="utf-8")
    plugins.load([str(path)])
    assert "dots" not in PANELS


@pytest.mark.parametrize("place", ["draw_still(self):", "show(self, frame):"])
@pytest.mark.parametrize("error", ["ValueError('mine\\nand more')", "AssertionError", "SystemExit(3)"])
def test_where_a_plugin_fails_is_named_in_one_line(plugin, tmp_path, monkeypatch, capsys, place, error):
    if error == "SystemExit(3)":  # at once, while it is loaded
        path = tmp_path / "mine_0.py"
        path.write_text(f"raise {error}\n", encoding="utf-8")
        line = 1
    else:
        text = PANEL.replace(place, f"{place}\n        raise {error}")
        path = plugin(text)
        line = text[: text.index("raise ")].count("\n") + 1
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["pipeline"])
    GlobalHydra.instance().clear()
    assert command(["data=sine", *DRAFT, *LAYOUT, f"plugins=[{path}]"]) in (1, 2)
    (said,) = [row for row in capsys.readouterr().err.splitlines() if row.startswith("error: ")]
    assert f"{path}, line {line}: {error.partition('(')[0]}" in said
    assert not (tmp_path / "renders").exists()


@pytest.mark.parametrize("row", ["5", "'pipeline.render.panels.plane:PlanePanel'", "Panel"])
def test_a_row_of_another_shape_is_refused_as_it_is_added(plugin, row):
    with pytest.raises(InputError, match=r"its row is .*; give a PanelKind"):
        plugin(f"from pipeline.render.panels import PANELS, Panel\n\nPANELS.add('dots', {row})\n")
    assert "dots" not in PANELS


@pytest.mark.parametrize("where", ["nowhere:Class", "pipeline.render.panels.plane:Nothing", "text", ""])
def test_a_text_that_names_no_panel_is_refused(plugin, where):
    plugin(f"from pipeline.render.panels import PANELS, PanelKind\n\nPANELS.add('dots', PanelKind('{where}'))\n")
    with pytest.raises(InputError, match=r"panel 'dots': .* names no panel"):
        panel_class("dots")


QUANTITY = """
import numpy as np

from pipeline.projection.quantities import PREDICTIONS, QUANTITIES, Prediction, Quantity
from pipeline.projection.units import SLOPE

QUANTITIES.add("largest", Quantity("F", SLOPE, "largest |μ|", lambda run: np.abs(run.spline.delta_slope).max(axis=1)))
PREDICTIONS.add("mean", Prediction("the mean", lambda run, x: run.still(np.full(len(x), run.samples.y.mean()))))
"""


def test_a_quantity_of_a_users_is_computed_by_a_run_and_by_compute(plugin, tmp_path):
    path = plugin(QUANTITY)
    own = f"plugins=['{path}']", "projection.quantities=[largest,mean_distance]"
    config = composed("data=sine", *DRAFT, *own, "render=false")
    make(config, tmp_path / "run")
    trajectory = Trajectory.load(tmp_path / "run" / "trajectory.npz")
    spline = project(trajectory)
    stored = load_quantities(tmp_path / "run" / "spline.npz")
    np.testing.assert_array_equal(stored["largest"], np.abs(spline.delta_slope).max(axis=1))
    made = compute(["largest", "mean", "mean_distance"], trajectory, spline)
    np.testing.assert_array_equal(stored["largest"], made["largest"])
    np.testing.assert_array_equal(stored["mean_distance"], made["mean_distance"])
    np.testing.assert_allclose(made["mean"], np.mean(trajectory.y), rtol=1e-12)
    off = np.abs(spline.evaluate(trajectory.x) - np.mean(trajectory.y)).max(axis=1)
    assert (made["mean_distance"] >= off - 1e-12).all()


def test_a_users_prediction_is_gone_with_its_plugin(plugin):
    path = plugin(QUANTITY)
    path.write_text("", encoding="utf-8")
    plugins.load([str(path)])
    assert not {"largest", "mean", "mean_distance"} & set(QUANTITIES)
    assert "mean" not in PREDICTIONS


MATROSKA = """
from pipeline.render.encoding import BT709, FORMATS, Format

FORMATS.add(
    "mkv",
    Format(
        suffix=".mkv",
        options="-c:v libx264 -preset {preset} -crf {crf} -g {keyframe_interval} -f matroska",
        filters=BT709,
        crf=(0, 51),
        planar=True,
        comment=True,
    ),
)
"""


def test_a_format_of_a_users_is_encoded_by_the_command(plugin, tmp_path, monkeypatch):
    plugin(MATROSKA)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["pipeline"])
    GlobalHydra.instance().clear()
    assert command(["data=sine", "scene=minimal", *DRAFT, "video.format=mkv", "name=mine"]) == 0
    video = tmp_path / "renders" / "mine" / "video.mkv"
    shown = clips.decode(video)
    assert shown.shape == (12, 270, 480, 3)
    poster = imageio.imread(video.parent / "poster.png", mode="RGB")
    assert clips.similarity(poster, shown[0]) > 0.95
    assert "data=sine" in reproduce(video)


def test_a_users_format_has_its_bounds(plugin):
    plugin(MATROSKA)
    config = composed("data=sine", *DRAFT, "video.format=mkv", "video.crf=63")
    with pytest.raises(InputError, match=r"video\.crf = 63: give 0 \(best\) to 51 \(smallest\) for mkv"):
        check_video(config.video)


SNIPPET = """
from pathlib import Path

from pipeline.embed.snippets import SNIPPETS, Snippet

SNIPPETS.add("typst.typ", Snippet(Path(__file__).parent / "wanted.typ", "tex"))
"""


def test_a_snippet_of_a_users_is_in_every_talk(plugin, tmp_path):
    (tmp_path / "wanted.typ").write_text(
        "((* for clip in clips *))((( clip.video ))): ((( clip.title )))\n((* endfor *))"
    )
    plugin(SNIPPET)
    config = composed(
        "data=sine", *DRAFT, "scene.title='5 %'", "embed=talk", "embed.slides=false", "embed.explore=false"
    )
    folder = make(config, tmp_path / "run").video.parent / "talk"
    assert (folder / "typst.typ").read_text(encoding="utf-8") == "video.mp4: 5 \\%\n"


MODEL = '''
import numpy as np

from pipeline.model import SCALINGS, Law, formula
from pipeline.simulate import OPTIMISERS, Rule, descent_by


@formula("bump")
def bump(phase):
    return np.exp(-(phase**2))


def even(count, rng, init):
    """Every neuron bends up, breakpoints evenly spaced."""
    breakpoints = np.linspace(-0.9, 0.9, count)
    return np.ones(count), -breakpoints, np.full(count, 0.1)


SCALINGS.add("even", Law("even", even))


def sign_step(theta, slope, memory, settings, learns, iterate):
    for k in range(len(theta)):
        theta[k] += settings[0] * np.sign(slope[k]) * learns[k]


OPTIMISERS.add("sign_descent", descent_by("sign descent", Rule(sign_step, memory=0, rate=1e-3)))
'''


def test_a_formula_a_law_and_an_optimiser_of_a_users_make_a_video(plugin, tmp_path):
    path = plugin(MODEL)
    data = "data=sine", "data.kind=bump", "data.frequency=1"
    words = *data, "init.scaling=even", "dynamics.kind=sign_descent", "dynamics.end_time=0.1"
    result = make(composed(*DRAFT, *words, f"plugins=[{path}]"), tmp_path / "run")
    assert result.video.stat().st_size > 1000
    run = Trajectory.load(result.folder / "trajectory.npz")
    np.testing.assert_allclose(run.y, np.exp(-(run.x**2)))
    np.testing.assert_allclose(-run.b[0] / run.w[0], np.linspace(-0.9, 0.9, 12))
    steps = np.abs(run.v[-1] - run.v[0]) / 1e-3
    assert (steps <= 100 + 1e-6).all()
    np.testing.assert_allclose(steps, np.round(steps), atol=1e-6)
    assert result.manifest["outcome"].startswith("100 iterates")


def test_a_changed_plugin_makes_again_what_it_may_have_touched(plugin, tmp_path):
    numbers, panel = plugin(MODEL), plugin(PANEL)
    words = "data=sine", "data.kind=bump", "render=false", f"plugins=[{numbers},{panel}]"
    assert make(composed(*DRAFT, *words), tmp_path / "run").done == ("simulate", "project")
    panel.write_text(PANEL + "\n# a panel computes nothing\n")
    assert make(composed(*DRAFT, *words), tmp_path / "run").done == ()
    numbers.write_text(MODEL.replace("phase**2", "phase**4"))
    assert make(composed(*DRAFT, *words), tmp_path / "run").done == ("simulate", "project")


LARGEST = """
import numpy as np

from pipeline.projection.quantities import QUANTITIES, Quantity
from pipeline.projection.units import SLOPE

QUANTITIES.add("largest", Quantity("F", SLOPE, "largest |μ|", lambda run: np.abs(run.spline.delta_slope).max(axis=1)))
"""


def test_who_reads_a_finished_run_has_what_its_plugin_adds(plugin, tmp_path, monkeypatch):
    path = plugin(LARGEST)
    words = "data=sine", "render=false", "projection.quantities=[largest]", f"plugins=[{path}]"
    make(composed(*DRAFT, *words), tmp_path / "run")
    with tables.adding(str(path)):
        pass  # it is gone, as in another process
    monkeypatch.delitem(plugins._loaded, str(path))
    assert "largest" not in QUANTITIES
    assert read_finished(tmp_path / "run").config.projection.quantities == ["largest"]
    assert "largest" in QUANTITIES


BROKEN = {
    "1 +": "line 1: SyntaxError",
    "import numpy\n\n1 / 0\n": "line 3: ZeroDivisionError: division by zero",
    "from pipeline.model import formula\nformula('sine', abs)\n": "line 2: data set kind 'sine'",
    "import nothing_of_that_name\n": "line 1: ModuleNotFoundError",
}


@pytest.mark.parametrize("text", BROKEN)
def test_an_error_in_a_plugin_names_its_file_and_line_and_leaves_no_row(plugin, text):
    before = {name: dict(table) for name, table in tables.TABLES.items()}
    with pytest.raises(InputError) as refused:
        plugin(text)
    assert f"mine_0.py, {BROKEN[text]}" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert {name: dict(table) for name, table in tables.TABLES.items()} == before


ROWS = {"snippet": SNIPPETS, "quantity": QUANTITIES, "panel": PANELS}


@pytest.mark.parametrize("what", ROWS)
@pytest.mark.parametrize("name", ["", " ", None, 5, ("a",)])
def test_what_is_no_name_is_refused(what, name):
    table = ROWS[what]
    with pytest.raises(InputError, match=f"^{what} .*: is no name; give a text"):
        table.add(name, next(iter(table.values())))
    assert name not in list(table)


@pytest.mark.parametrize("change", [str, str.upper])
def test_no_snippet_takes_the_place_of_a_file_of_talks(finished_talk, change):
    """Whatever a talk has beside its snippets, also under another case, which some file systems do not tell apart."""
    names = [change(name) for name in (finished_talk - set(SNIPPETS)) | {MANIFEST}]
    assert len(names) > 10
    for name in [*names, "a/b", "../a", ".hidden", "", "a\\b"]:
        with pytest.raises(InputError, match=r"^snippet ") as fault:
            SNIPPETS.add(name, SNIPPETS["plain.html"])
        assert "\n" not in str(fault.value)
        assert name not in SNIPPETS


@pytest.mark.parametrize("name", [*SHAPES, *REST, "file", "a-b", "a b", "a/b"])
def test_no_quantity_takes_the_place_of_what_a_spline_is_stored_as(name):
    with pytest.raises(InputError, match=r"^quantity .*spline.npz"):
        QUANTITIES.add(name, QUANTITIES["grid"])
    assert name not in QUANTITIES


@pytest.mark.parametrize("name", ["os", "sys", "builtins", "_thread", "zipimport", "time"])
def test_a_part_of_python_is_no_plugin(name):
    with pytest.raises(InputError, match=f"^plugins: {name}: ") as fault:
        plugins.place_of(name)
    assert "\n" not in str(fault.value)

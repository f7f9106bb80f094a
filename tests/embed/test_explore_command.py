"""`python -m pipeline.embed.explore`: bad input is one clear line, and nothing is written."""

import json
import re
from functools import partial

import pytest

from pipeline.__main__ import outcome
from pipeline.embed.explore import page
from pipeline.embed.explore.assemble import shown_film
from pipeline.embed.explore.inline import modules
from pipeline.embed.explore.payload import GAP, gap, planes
from pipeline.embed.provenance import reproduce
from pipeline.render.film.clip_limits import limits_of
from pipeline.run.finished import read_finished
from pipeline.simulate.resample import resampled
from tests.embed.explored import finished, wandering
from tests.render.runs import awkward_run

main = partial(outcome, "pipeline.embed.explore.command")


@pytest.fixture
def folder(tmp_path):
    """A finished run."""
    return finished(tmp_path / "run", *awkward_run())


def test_it_writes_where_it_is_told_and_says_so(folder, tmp_path, capsys):
    assert main([str(folder)]) == 0
    assert main([str(folder), str(tmp_path / "talk.html")]) == 0
    assert (folder / "explore.html").read_bytes() == (tmp_path / "talk.html").read_bytes()
    assert reproduce(tmp_path / "talk.html").endswith("python -m pipeline 'data=<b>mine</b>'")
    assert re.search(r"talk\.html: \d\.\d\d MB", capsys.readouterr().out)
    assert {path.name for path in tmp_path.iterdir()} == {"run", "talk.html"}


def test_bad_input_is_one_line(folder, tmp_path, capsys):
    def refused(words: list[str], said: str) -> None:
        before = set(tmp_path.rglob("*"))
        assert main(words) == 2
        line = capsys.readouterr().err
        assert line.startswith("error: ")
        assert line.count("\n") == 1
        assert said in line
        assert set(tmp_path.rglob("*")) == before

    run = str(folder)
    refused([], "folder of a finished run")
    refused([run, "a", "b"], "folder of a finished run")
    refused([str(tmp_path / "nowhere")], "no manifest.json")
    refused([run, str(tmp_path / "no" / "page.html")], "No such file or directory")
    refused([run, run], "directory")
    (folder / "spline.npz").write_bytes(b"PK not a zip")
    refused([run], "spline.npz")
    (folder / "trajectory.npz").unlink()
    refused([run], "trajectory.npz: is missing")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for change, said in (
        ({"axes": None}, "has no axes"),
        ({"runs": {"large": {"folder": "runs/large"}}}, "give one of"),
    ):
        kept = {key: value for key, value in (manifest | change).items() if value is not None}
        (folder / "manifest.json").write_text(json.dumps(kept), encoding="utf-8")
        refused([run], said)


def test_only_a_page_as_it_was_made_is_replaced(folder, tmp_path, capsys):
    page_file = tmp_path / "page.html"
    assert main([str(folder), str(page_file)]) == 0
    made = page_file.read_bytes()
    assert main([str(folder), str(page_file)]) == 0
    link, other = tmp_path / "link.html", tmp_path / "other.html"
    link.symlink_to(page_file)
    for content in (b"", b"mine", made[:-1], made.replace(b"<title>", b"<title>my ", 1), made + b"\n<!-- a note -->\n"):
        other.write_bytes(content)
        capsys.readouterr()
        assert main([str(folder), str(other)]) == 2
        assert capsys.readouterr().err.count("other.html: is no page of this command") == 1
        assert other.read_bytes() == content
    for place in (folder / "trajectory.npz", link):
        before = place.read_bytes()
        assert main([str(folder), str(place)]) == 2
        assert place.read_bytes() == before
    assert link.is_symlink()
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("run", [awkward_run(40, 30), wandering(200, 40)])
def test_the_page_draws_the_function_to_a_fraction_of_a_pixel(tmp_path, run):
    read = read_finished(finished(tmp_path / "run", *run))
    film = shown_film(read.config, read.takes[0])
    limits = limits_of([film])
    beta, mu, *_ = planes(film, limits, resampled(read.takes[0].trajectory, film.t).v ** 2)
    assert gap(film, limits, beta, mu) <= GAP


def test_text_of_the_user_cannot_become_part_of_the_page(tmp_path):
    data, trajectory = awkward_run()
    title = "scene.title='</script><script>alert(1)</script>'"
    run = read_finished(finished(tmp_path / "run", data, trajectory, title))
    html = page(run.config, run.takes[0], run.provenance)
    assert "<script>alert" not in html
    assert "&lt;/script&gt;" in html


def test_modules_come_after_those_they_import_and_keep_their_names(tmp_path):
    (tmp_path / "c.js").write_text("export const C = 1;\n")
    (tmp_path / "b.js").write_text('import { C } from "./c.js";\nexport function b() {}\n')
    (tmp_path / "a.js").write_text('import { C } from "./c.js";\nimport { b } from "./b.js";\nb(C);\n')
    assert modules(tmp_path / "a.js").splitlines() == [
        "const module_c = (() => {",
        "// c.js",
        "const C = 1;",
        "return { C };",
        "})();",
        "",
        "const module_b = (() => {",
        "// b.js",
        "const { C } = module_c;",
        "function b() {}",
        "return { b };",
        "})();",
        "",
        "// a.js",
        "const { C } = module_c;",
        "const { b } = module_b;",
        "b(C);",
    ]

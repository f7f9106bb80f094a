"""The lab notebook that is shipped: one that Jupyter reads, and whose cells run, in order and as they stand."""

import ast
import json
from pathlib import Path

import numpy as np

LAB = json.loads((Path(__file__).parents[2] / "renders" / "samples" / "lab.ipynb").read_text(encoding="utf-8"))
CODE = ["".join(cell["source"]) for cell in LAB["cells"] if cell["cell_type"] == "code"]
TINY = {"video": "draft", "width": 480, "height": 270, "fps": 5, "seconds": 1, "hold_end": 0.2}  # its `quick`, here


def test_it_is_a_notebook_without_outputs():
    assert (LAB["nbformat"], LAB["nbformat_minor"]) == (4, 5)
    cells = LAB["cells"]
    assert len({cell["id"] for cell in cells}) == len(cells)
    for cell in cells:
        own = {"execution_count", "outputs"} if cell["cell_type"] == "code" else set()
        assert set(cell) == {"cell_type", "id", "metadata", "source"} | own
        assert not cell.get("outputs")
        assert all(line.endswith("\n") for line in cell["source"][:-1])


def value_of(cell: str, names: dict):
    """Run a cell; the value of its last line, where that is one, which a notebook shows."""
    tree = ast.parse(cell)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None


def test_its_cells_run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names: dict = {}
    value_of(CODE[0], names)
    names["quick"] = TINY
    shown = [value_of(cell, names) for cell in CODE[1:]]
    kinds = [type(value).__name__ for value in shown if value is not None]
    assert kinds == ["Trajectory", "Movie", "Page", "StyledFigure", "Movie", "Movie", "Movie"]
    assert {path.name for path in (tmp_path / "films").iterdir()} == {
        "first.mp4",
        "symmetry.mp4",
        "regimes.mp4",
        "mine.mp4",
    }
    equal, apart = names["equal"], names["apart"]
    assert (equal.w[-1].reshape(3, 12) == equal.w[-1].reshape(3, 12)[:, :1]).all()
    assert apart.loss[-1] < 0.01 * equal.loss[-1]
    drift, shift, knots = np.array(
        [list(each.values()) for each in names["ends"].values()]
    ).T  # from small weights to large ones
    assert (np.diff(drift) < 0).all()
    assert shift[0] > 3 * shift[-1]
    assert knots[0] < 0.7 * knots[-1]
    assert "largest difference" in capsys.readouterr().out

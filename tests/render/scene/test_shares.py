"""How much of the frame the function takes: it is the hero of every scene of one run but the board of four panels."""

import pytest

from pipeline.config.home import CONF
from tests.conftest import composed
from tests.render.test_panels import staged

HERO = 0.45  # of the frame
SINGLE = sorted({path.stem for path in (CONF / "scene").glob("*.yaml")} - {"board", "compare", "paper"})


def areas(scene) -> list[float]:
    """Of every panel the area that it takes with its ticks and heading, px²."""
    tiles = [panel.axes.get_tightbbox(scene.canvas.agg.get_renderer()) for panel in scene.panels]
    return [tile.width * tile.height for tile in tiles]


@pytest.mark.parametrize("name", SINGLE)
def test_the_function_takes_nearly_half_of_the_frame(name):
    scene = staged(composed(f"scene={name}").scene, 960, 540)
    assert areas(scene)[0] >= HERO * 960 * 540


@pytest.mark.parametrize("name", sorted({*SINGLE} - {"phase"}))  # whose plane would be a stripe
@pytest.mark.parametrize(("width", "height"), [(540, 960), (720, 720)])
def test_so_it_does_of_an_upright_and_of_a_square_one(name, width, height):
    sizes = areas(staged(composed(f"scene={name}").scene, width, height))
    assert sizes[0] >= HERO * width * height


def test_a_plane_leaves_it_half_of_what_words_leave_of_an_upright_frame():
    sizes = areas(staged(composed("scene=phase").scene, 540, 960))
    assert sizes[0] >= 0.5 * sum(sizes)

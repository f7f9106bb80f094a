"""A run that noise makes tremble is shown as its mean, with what it strays as a band; others as they are."""

import numpy as np
import pytest

from pipeline import Data, Trajectory
from pipeline.render.film.calm import calmed, straying
from tests.render.runs import film_of, scene_of

FRAMES, FPS = 120, 10


def run(noise: float, seed: int = 0):
    """Four neurons that drift over the samples, and jump about by `noise` from frame to frame."""
    rng = np.random.default_rng(seed)
    data = Data(np.linspace(-1, 1, 7), np.zeros(7))
    t = np.linspace(0, 1, FRAMES)
    beta = np.array([-0.6, -0.2, 0.2, 0.6]) + 0.1 * t[:, None] + noise * rng.normal(size=(FRAMES, 4))
    w, v = np.ones_like(beta), np.array([1.0, -1.0, 1.0, -1.0]) + noise * rng.normal(size=(FRAMES, 4))
    held = np.full(beta.shape, -1)
    return data, Trajectory(t, w, -w * beta, v, np.zeros(FRAMES), np.ones(FRAMES), held, data.x, data.y)


def flicker(film) -> float:
    """Mean change of f from frame to frame."""
    x = np.linspace(-1, 1, 50)
    values = np.stack([film.evaluate(k, x) for k in range(FRAMES)])
    return float(np.abs(np.diff(values, axis=0)).mean())


@pytest.mark.parametrize("noise", [0.0, 1e-4])
def test_what_does_not_tremble_is_shown_as_it_is(noise):
    film = film_of(*run(noise), timing="linear", fps=FPS)
    assert calmed(film) is film


@pytest.mark.parametrize("noise", [0.02, 0.05])
def test_a_mean_flickers_little_and_goes_where_the_run_goes(noise):
    film, still = (film_of(*run(amount), timing="linear", fps=FPS) for amount in (noise, 0.0))
    calm = calmed(film)
    assert flicker(calm) < 0.3 * flicker(film)
    x = np.linspace(-1, 1, 50)
    frames = range(10, FRAMES - 10, 10)
    gap = [np.abs(calm.evaluate(k, x) - still.evaluate(k, x)).max() for k in frames]
    assert max(gap) < 6 * noise
    np.testing.assert_array_equal(calm.held, film.held)


def test_the_band_is_as_wide_as_f_strays():
    """Of one line that is lifted up and down by noise of a known size."""
    rng = np.random.default_rng(1)
    data, trajectory = run(0.0)
    c = 0.1 * rng.normal(size=FRAMES)
    film = film_of(data, Trajectory(**{**vars(trajectory), "c": c}), timing="linear", fps=FPS)
    expected = 0.1 * np.sqrt(1 - 1 / 5)  # about a mean over five frames
    assert straying(film, np.array([0.0]))[:, 0].mean() == pytest.approx(expected, rel=0.15)


def test_the_band_is_drawn_fast_as_plainly_and_stays_behind_the_curve():
    scene = scene_of(*run(0.05), 640, 360, timing="linear", fps=FPS)
    panel = scene.panels[0]
    assert panel.jitter.band in panel.moving
    assert panel.jitter.band.get_zorder() < panel.curve.get_zorder()
    for k in (0, 60, 30):
        np.testing.assert_array_equal(scene.frame(k), scene.still(k))

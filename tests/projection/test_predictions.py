"""Splines and lines against SciPy, against their definitions, and against each other in their limits."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.interpolate import CubicSpline, make_smoothing_spline

from pipeline import Data
from pipeline.projection import predictions
from pipeline.projection.activity import merge_samples
from pipeline.projection.curvature_spline import CurvatureSpline
from pipeline.projection.prior import Prior
from pipeline.projection.zeta import Zeta
from tests.projection.courses import random_data

DATA = random_data(20)
SAMPLES = merge_samples(DATA.x, DATA.y)
GRID = np.linspace(-3, 3.5, 201)
ZETAS = [Zeta(), Zeta("normal", 0.3), Zeta("normal", 5.0), Zeta("uniform", 0.4), Zeta("uniform", 2.0)]


def shape_of(zeta: Zeta, x: np.ndarray | float) -> np.ndarray:
    """ζ(x)/ζ(0)."""
    u = np.abs(x) / zeta.ratio
    return {"constant": np.ones_like(u), "normal": (1 + u**2) ** -2.0, "uniform": np.maximum(u, 1.0) ** -4}[zeta.shape]


def few(count: int):
    return merge_samples(np.array([1.0, 2.0, 4.0])[:count], np.array([2.0, -1.0, 0.5])[:count])


def test_least_squares_line_is_that_of_all_rows():
    expected = np.polyval(np.polyfit(DATA.x, DATA.y, 1), GRID)
    np.testing.assert_allclose(predictions.least_squares_line(SAMPLES, GRID), expected, atol=1e-12)


def test_linear_spline_interpolates_and_extends():
    inside = np.linspace(SAMPLES.x[0], SAMPLES.x[-1], 50)
    expected = np.interp(inside, SAMPLES.x, SAMPLES.y)
    np.testing.assert_allclose(predictions.linear_spline(SAMPLES, inside), expected, atol=1e-12)
    outside = SAMPLES.x[-1] + np.arange(4.0)
    np.testing.assert_allclose(np.diff(predictions.linear_spline(SAMPLES, outside), 2), 0, atol=1e-11)


@pytest.mark.parametrize("zeta", ZETAS)
@pytest.mark.parametrize("count", [1, 2])
def test_few_samples_make_a_line(count, zeta):
    samples, strengths = few(count), [0.0, 1.0, np.inf]
    line = predictions.least_squares_line(samples, GRID)
    np.testing.assert_allclose(predictions.linear_spline(samples, GRID), line, atol=1e-12)
    np.testing.assert_allclose(predictions.natural_cubic_spline(samples, GRID), line, atol=1e-12)
    np.testing.assert_allclose(predictions.kernel_limit(samples, GRID, zeta), line, atol=1e-12)
    smooth = predictions.smoothing_spline(samples, GRID, strengths, zeta)
    np.testing.assert_allclose(smooth, np.tile(line, (3, 1)), atol=1e-12)
    path = predictions.kernel_path(samples, GRID, strengths, zeta)
    np.testing.assert_allclose(path, np.tile(line, (3, 1)), atol=1e-12)


def test_natural_cubic_spline_is_the_kernel_limit_of_constant_zeta():
    for samples in (SAMPLES, few(3)):
        cubic = predictions.natural_cubic_spline(samples, GRID)
        limit = predictions.kernel_limit(samples, GRID, Zeta())
        np.testing.assert_allclose(limit, cubic, rtol=1e-10, atol=1e-10 * np.abs(cubic).max())
        # Uniform weights: ζ is constant on ±ab/aw.
        flat = predictions.kernel_limit(samples, GRID, Zeta("uniform", 4.0))
        np.testing.assert_allclose(flat, cubic, rtol=1e-10, atol=1e-10 * np.abs(cubic).max())
    inside = np.linspace(SAMPLES.x[0], SAMPLES.x[-1], 50)
    scipy = CubicSpline(SAMPLES.x, SAMPLES.y, bc_type="natural")(inside)
    np.testing.assert_allclose(predictions.natural_cubic_spline(SAMPLES, inside), scipy, atol=1e-12)


@pytest.mark.parametrize("strength", [1e-6, 1e-3, 1.0, 50.0])
def test_smoothing_spline_is_scipys(strength):
    x = np.linspace(SAMPLES.x[0], SAMPLES.x[-1], 50)
    scipy = make_smoothing_spline(SAMPLES.x, SAMPLES.y, w=SAMPLES.weight, lam=strength)(x)
    found = predictions.smoothing_spline(SAMPLES, x, [strength])[0]
    np.testing.assert_allclose(found, scipy, atol=1e-7 * np.abs(scipy).max())


@pytest.mark.parametrize("zeta", ZETAS)
def test_smoother_solves_the_normal_equations(zeta):
    """W(g − y) + λΩg = 0 with Ω the quadratic form of ∫g''²/ζ, measured from g'' = ζγ."""
    spline, strengths = CurvatureSpline(SAMPLES.x, zeta), np.array([0.0, 1e-4, 0.1, 10.0])
    fitted = spline.smooth(SAMPLES.y, SAMPLES.weight, strengths)
    omega = spline.difference @ spline.curvature(np.eye(len(SAMPLES.x)))[1:-1]
    left = SAMPLES.weight[:, None] * (fitted - SAMPLES.y[:, None]) + strengths * (omega @ fitted)
    size = SAMPLES.weight[:, None] * np.abs(SAMPLES.y[:, None]) + strengths * (np.abs(omega) @ np.abs(fitted))
    assert (np.abs(left) <= 1e-11 * size.max(axis=0)).all()
    np.testing.assert_allclose(omega, omega.T, atol=1e-9 * np.abs(omega).max())


@pytest.mark.parametrize("zeta", ZETAS)
def test_limits_are_the_interpolant_and_the_line(zeta):
    found = predictions.smoothing_spline(SAMPLES, GRID, [0.0, 1e-13, 1e13, np.inf], zeta)
    interpolant = predictions.kernel_limit(SAMPLES, GRID, zeta)
    line = predictions.least_squares_line(SAMPLES, GRID)
    size = np.abs(interpolant).max()
    np.testing.assert_allclose(found[0], interpolant, atol=1e-11 * size)
    np.testing.assert_allclose(found[1], interpolant, atol=1e-2 * size)
    np.testing.assert_allclose(found[2:], [line, line], atol=1e-9)


@pytest.mark.parametrize("zeta", ZETAS)
def test_path_goes_from_the_line_to_the_kernel_limit(zeta):
    x = np.linspace(-1, 1, 7)
    samples = merge_samples(np.append(x, x[2]), np.append(np.cos(3 * x), 0.0))
    found = predictions.kernel_path(samples, GRID, [np.inf, 1e9, 1e-9, 0.0], zeta)
    line = predictions.least_squares_line(samples, GRID)
    limit = predictions.kernel_limit(samples, GRID, zeta)
    np.testing.assert_allclose(found[:2], [line, line], atol=1e-7)
    np.testing.assert_allclose(found[2:], [limit, limit], atol=1e-7 * np.abs(limit).max())


def test_path_and_smoother_agree_where_little_or_almost_all_is_learnt():
    """1 − e^(−s) and s/(1 + s) with s = 1/(λd): both s to first order."""
    x = np.linspace(-1, 1, 7)
    samples = merge_samples(x, np.cos(3 * x))
    line = predictions.least_squares_line(samples, x)
    path = predictions.kernel_path(samples, x, [1e4], Zeta())[0] - line
    smooth = predictions.smoothing_spline(samples, x, [1e4])[0] - line
    np.testing.assert_allclose(path, smooth, rtol=1e-3, atol=1e-3 * np.abs(smooth).max())


@pytest.mark.parametrize("zeta", ZETAS)
def test_kernel_limit_interpolates_smoothly_with_curvature_zeta_times_lines(zeta):
    def limit(x):
        return predictions.kernel_limit(SAMPLES, x, zeta)

    np.testing.assert_allclose(limit(SAMPLES.x), SAMPLES.y, atol=1e-12)
    step = 1e-6
    slopes = [(limit(SAMPLES.x + s * step) - limit(SAMPLES.x)) / (s * step) for s in (-1, 1)]
    np.testing.assert_allclose(slopes[0], slopes[1], atol=1e-3, rtol=1e-3)
    low, high = SAMPLES.x[-2:]
    x, step = np.linspace(low, high, 9)[1:-1], (high - low) / 200
    second = (limit(x + step) - 2 * limit(x) + limit(x - step)) / step**2
    gamma = second / shape_of(zeta, x)
    np.testing.assert_allclose(np.diff(gamma, 2), 0, atol=2e-3 * np.abs(gamma).max())


@pytest.mark.parametrize("zeta", ZETAS)
def test_no_interpolant_has_less_weighted_curvature(zeta):
    """γᵀRγ is ∫g''²/ζ; any bump that vanishes at the samples is orthogonal to the spline: ∫ γ h'' = 0."""
    spline = CurvatureSpline(SAMPLES.x, zeta)
    gamma = spline.curvature(SAMPLES.y[:, None])[:, 0]
    polygon = SAMPLES.y @ spline.difference
    energy = gamma[1:-1] @ polygon
    measured = 0.0
    for k, (low, high) in enumerate(zip(SAMPLES.x[:-1], SAMPLES.x[1:], strict=True)):

        def integrand(t, k=k, low=low, high=high):
            return shape_of(zeta, t) * np.interp(t, [low, high], gamma[k : k + 2]) ** 2

        measured += quad(integrand, low, high, points=[p for p in (-zeta.ratio, zeta.ratio) if low < p < high] or None)[
            0
        ]
    np.testing.assert_allclose(energy, measured, rtol=1e-8)


@pytest.mark.parametrize("zeta", ZETAS)
def test_integrals_are_exact_near_and_far(zeta):
    for low, high in ((-3.0, 2.0), (-0.1, 0.2), (40.0, 41.0), (-900.0, 900.0)):
        kinks = [p for p in (-zeta.ratio, 0.0, zeta.ratio) if low < p < high]
        expected = quad(
            lambda t, low=low: shape_of(zeta, t) * (t - low) ** 2, low, high, points=kinks or None, limit=400
        )[0]
        found = zeta.integrate(low, high, lambda t, low=low: (t - low) ** 2)
        np.testing.assert_allclose(found, expected, rtol=1e-8)


def test_zeta_is_the_density_times_the_mean_square_weight():
    """By sampling: E[w²; |β − x| < h] / 2h."""
    rng = np.random.default_rng(0)
    for distribution, draw in (
        ("normal", rng.standard_normal),
        ("uniform", lambda n: np.sqrt(3) * rng.uniform(-1, 1, n)),
    ):
        prior = Prior(distribution, 1.3, 0.8, 1.0)
        w, b = 1.3 * draw(2_000_000), 0.8 * draw(2_000_000)
        zeta = Zeta.of_prior(prior)
        for x in (0.0, 0.5, 1.2):
            near = np.abs(-b / w - x) < 0.05
            np.testing.assert_allclose(zeta.height * shape_of(zeta, x), np.mean(w**2 * near) / 0.1, rtol=0.02)


def test_far_data_are_no_worse():
    """Years, where ζ is steep beyond rounding of plain antiderivatives: the line parts stay exact."""
    x = np.linspace(1900, 1910, 11)
    samples = merge_samples(x, np.sin(x))
    for zeta in (Zeta("normal", 1.0), Zeta("uniform", 1.0)):
        limit = predictions.kernel_limit(samples, np.linspace(1900, 1910, 101), zeta)
        cubic = predictions.natural_cubic_spline(samples, np.linspace(1900, 1910, 101))
        # ζ ∝ x⁻⁴ varies by 2 % over the samples.
        np.testing.assert_allclose(limit, cubic, atol=2e-3)


def test_start_is_kept_where_it_already_fits():
    """Curvature of f₀ costs nothing: where f₀ interpolates, it stays."""
    zeta = Zeta("normal", 1.0)
    samples = merge_samples(SAMPLES.x, np.abs(SAMPLES.x) ** 3)
    limit = predictions.kernel_limit(samples, GRID, zeta, start=lambda x: np.abs(x) ** 3)
    np.testing.assert_allclose(limit, np.abs(GRID) ** 3, atol=1e-12)


def test_strengths_fall_with_time():
    strengths = predictions.smoothing_strengths(np.array([0.0, 1.0, 4.0]), 50, Zeta(height=0.5))
    assert strengths.tolist() == [np.inf, 1 / 25, 1 / 100]


def test_repeated_rows_weigh_more():
    doubled = Data(np.append(DATA.x, DATA.x), np.append(DATA.y, DATA.y))
    twice = predictions.smoothing_spline(merge_samples(doubled.x, doubled.y), GRID, [2.0])
    np.testing.assert_allclose(twice, predictions.smoothing_spline(SAMPLES, GRID, [1.0]), atol=1e-11)


def test_the_loss_of_the_line_counts_all_rows():
    x, y = np.array([0.0, 0.0, 1.0, 2.0]), np.array([1.0, 3.0, 0.0, 1.0])
    samples = merge_samples(x, y)
    miss = np.polyval(np.polyfit(x, y, 1), x) - y
    assert predictions.line_loss(samples) == pytest.approx(0.5 * miss @ miss)

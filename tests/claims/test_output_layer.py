"""experiment=output_layer: training all layers against the output layer (Jin & Montufar, JMLR 24, 2023)."""

import numpy as np

from tests.claims.played import compared, play


def gap(everything, output) -> float:
    """Largest difference over x and time."""
    return np.abs(everything.inside() - output.inside()).max()


def test_width_closes_the_gap():
    few_all, few_output, many_all, many_output = compared("output_layer").values()
    assert gap(few_all, few_output) > 0.1
    assert gap(many_all, many_output) < 0.02


def test_breakpoints_stand_still_where_the_hidden_layer_does():
    run = play("output_layer", "init.width=60", "dynamics.train=output")
    np.testing.assert_array_equal(run.spline.breakpoint, np.broadcast_to(run.spline.breakpoint[0], (24, 60)))


def test_a_very_wide_network_is_its_frozen_kernel_flow():
    """Jacot et al. (2018): m = 1000 against m = 60 under the kernel of t = 0."""
    narrow, wide = (
        play("output_layer", f"init.width={width}").quantity("linearized_flow_distance") for width in (60, 1000)
    )
    assert wide.max() < 0.01
    assert narrow.max() > 20 * wide.max()

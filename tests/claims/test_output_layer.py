"""experiment=output_layer: training all layers against the output layer (Jin & Montúfar, JMLR 24, 2023)."""

import numpy as np

from tests.claims.endings import ending_of
from tests.claims.played import play


def gap(everything, output) -> float:
    """Largest difference over x and time."""
    return np.abs(everything.inside() - output.inside()).max()


def test_width_closes_the_gap():
    (few, few_output), (many, many_output) = (
        [play("output_layer", f"init.width={width}", *more) for more in ((), ("dynamics.train=output",))]
        for width in (60, 1000)
    )
    assert gap(few, few_output) > 0.1
    assert gap(many, many_output) < 0.02
    for run, output in (
        (few, few_output),
        (many, many_output),
    ):  # the dashed curve is the run of the output layer alone
        drawn = run.quantity("output_layer_flow_distance")
        np.testing.assert_allclose(drawn[-1], np.abs(run.inside()[-1] - output.inside()[-1]).max(), atol=2e-3)


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


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("output_layer")
    assert broken == []
    assert card.say

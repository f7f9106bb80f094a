"""What is set in the laboratory is what Python makes of its command and of its YAML, as close as rtol promises."""

import json
import shlex
from dataclasses import asdict

import numpy as np
import pytest
from omegaconf import OmegaConf

from pipeline.config.compose import configs
from pipeline.config.home import composing
from pipeline.config.schema.config import Config
from pipeline.model.initialization import initialize
from pipeline.projection.quantities import compute
from pipeline.projection.spline import project
from pipeline.run.subject import subject_of
from pipeline.simulate.gradient_flow import gradient_flow
from pipeline.simulate.trajectory import Trajectory
from tests.embed.lab.waiting import settled
from tests.waiting import until

READ = [
    "loss",
    "path_norm",
    "roughness",
    "held_count",
    "linear_spline_distance",
    "natural_cubic_spline_distance",
    "kernel_drift",
]
CLOSE = 1e-6  # of weights, relative to their largest: arithmetic differs in the last digits only
# By what was done, JavaScript that does it.
DONE = {
    "settings": "lab.set({width: 12, scale: 0.5, seed: 7, start: 'antisymmetric', weight_decay: 0.01})",
    "samples": "lab.set({y: lab.state.y.with(2, 0.25), x: lab.state.x.with(2, -0.4), end_time: 20})",
    "data": "lab.set({data: 'nile', scaling: 'pytorch', end_time: 3, x: lab.sets.nile.x, y: lab.sets.nile.y})",
    "neuron": "lab.set({moved: [[3, 0.2, -1.5], [5, -0.4, 2]]})",
    "branch": "(lab.seek(2), lab.branch(), lab.set({y: lab.state.y.with(4, 1), weight_decay: 0.05}))",
}
# Whether what was to be copied is, or where the browser has no clipboard lies open to be copied by hand.
COPIED = "document.querySelector('.sheet').open || !document.querySelector('.copied').hidden"


@pytest.fixture(params=DONE)
def done(request, lab):
    """The page after something was done, its end shown."""
    solves = lab.evaluate("lab.solves")
    lab.evaluate(DONE[request.param])
    until(lambda: lab.evaluate("lab.solves") > solves)
    settled(lab)
    lab.evaluate("lab.seek(lab.state.end_time)")
    settled(lab)
    return lab


def solved(config: Config) -> Trajectory:
    """The run of a config, without a video."""
    subject = subject_of(config)
    learns = subject.config.dynamics
    options = {name: getattr(learns, name) for name in ("rtol", "weight_decay", "train", "output_bias")}
    times = np.union1d([0.0], np.geomspace(1e-2, learns.end_time, 40))
    return gradient_flow(initialize(**asdict(subject.config.init)), subject.data, times, **options)


def overrides_in(text: str) -> list[str]:
    """What an experiment's YAML chooses and sets."""
    head, *_ = text.splitlines()
    assert head == "# @package _global_"
    said = OmegaConf.to_container(OmegaConf.create(text))
    chosen = [
        f"{key.removeprefix('override /')}={name}" for one in said.pop("defaults", []) for key, name in one.items()
    ]
    return chosen + [
        f"{group}.{key}={json.dumps(value)}" for group, keys in said.items() for key, value in keys.items()
    ]


def test_command_and_yaml_make_the_run_of_the_page(done):
    command = shlex.split(done.evaluate("lab.command"))
    assert command[:3] == ["python", "-m", "pipeline"]
    with composing():
        by_command, by_yaml = configs(command[3:])[0], configs(overrides_in(done.evaluate("lab.yaml")))[0]
    for group in ("data", "init", "dynamics", "timing"):
        assert getattr(by_command, group) == getattr(by_yaml, group)
    run, shown = solved(by_command), done.evaluate("lab.network")
    for name in "wbv":
        true = getattr(run, name)[-1]
        np.testing.assert_allclose(shown[name], true, atol=CLOSE * np.abs(true).max())


def test_units_of_a_branch_on_standardised_data_are_told(lab):
    for name, told in (("sine", False), ("nile", True)):
        lab.evaluate("name => lab.set({data: name, x: lab.sets[name].x, y: lab.sets[name].y, past: []})", name)
        settled(lab)
        lab.evaluate("(lab.seek(1), lab.branch())")
        settled(lab)
        lab.locator(".commands .command").click()
        until(lambda: lab.evaluate(COPIED))
        assert lab.locator(".complaint").is_visible() == told
        lab.keyboard.press("Escape")
        lab.evaluate("document.querySelector('.copied').hidden = true")


def test_readouts_are_pythons_quantities(lab):
    with composing():
        config = configs(shlex.split(lab.evaluate("lab.command"))[3:])[0]
    run = solved(config)
    true = {"loss": run.loss, **compute(READ[1:], run, project(run))}
    shown = lab.evaluate("lab.readouts")
    for name in READ:
        assert shown[name] == pytest.approx(true[name][-1], rel=1e-2, abs=1e-7), name


def test_events_are_when_samples_catch(lab):
    lab.evaluate("lab.set({scale: 0.2, end_time: 60})")
    settled(lab)
    events = lab.evaluate("lab.events")
    assert events
    assert [event["t"] for event in events] == sorted(event["t"] for event in events)
    lab.evaluate("lab.seek(0)")
    lab.keyboard.press("ArrowRight")
    settled(lab)
    until(lambda: events[0]["words"] in lab.locator(".event").inner_text())

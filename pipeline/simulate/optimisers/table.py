"""The optimisers that a config may choose, by name.

No Numba here: the config is checked against them before any work.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipeline.config.tables import Table

if TYPE_CHECKING:
    from pipeline.simulate.descent import Rule
    from pipeline.simulate.recorded.record import Record
    from pipeline.simulate.trajectory import Trajectory

USED_BY_ALL = "train", "output_bias", "weight_decay"
OBJECTIVE_KEYS = "loss", "activation", "leak"
DESCENT_KEYS = "learning_rate", "batch_size", "label_noise", "seed", *OBJECTIVE_KEYS


@dataclass(frozen=True)
class Optimiser:
    """A row: how a network learns.

    spoken: its name in a sentence; keys: names of the keys of the config group `dynamics` that it uses beyond
    USED_BY_ALL; what: a function of (network, data, times, progress and all of these by name) that gives the
    Trajectory, or the Rule of a descent, or where to import one from, "module:name".
    chooses: whether it finds the moments of a run itself, given the end time alone, as the Rule of a descent does.
    reads: where nothing is simulated, a function of the key `path` that gives the Record of a run, or where to import
    one from; `what` is then empty.
    """

    spoken: str
    keys: tuple[str, ...]
    what: "str | Rule | Callable[..., Trajectory]"
    chooses: bool = False
    reads: "str | Callable[[str], Record] | None" = None

    @property
    def read(self) -> "Callable[[str], Record] | None":
        """The function that reads the run of a path, where it is a recorded one."""
        found: Callable[[str], Record] | None = imported(self.reads) if isinstance(self.reads, str) else self.reads
        return found

    @property
    def rule(self) -> "Rule | None":
        """How it steps, where it is a descent."""
        if self.reads is not None:
            return None
        from pipeline.simulate.descent import Rule

        found = self._found()
        return found if isinstance(found, Rule) else None

    @property
    def sampled(self) -> "Callable[..., Trajectory]":
        """A function of (network, data, end time, …) that gives the Trajectory at the run's moments."""
        if self.chooses or self.rule is not None:
            return self.simulate
        from pipeline.simulate.moments import sampled_finely

        return partial(sampled_finely, self.simulate)

    @property
    def simulate(self) -> "Callable[..., Trajectory]":
        """The function that simulates, and samples at given times."""
        from pipeline.simulate.descent import Rule, descend

        found = self._found()
        return partial(descend, found) if isinstance(found, Rule) else found

    def _found(self) -> "Rule | Callable[..., Trajectory]":
        found: Rule | Callable[..., Trajectory] = imported(self.what) if isinstance(self.what, str) else self.what
        return found


def imported(place: str) -> Any:
    """What "module:name" names."""
    module, name = place.split(":")
    return getattr(import_module(module), name)


def descent_by(spoken: str, rule: "str | Rule", own: tuple[str, ...] = ()) -> Optimiser:
    """The row of a descent that steps by a rule, given or to be imported from "module:name".

    own: names of keys of the group `dynamics` that are the rule's own settings, where it is to be imported.
    """
    return Optimiser(spoken, (*DESCENT_KEYS, *(own if isinstance(rule, str) else rule.own)), rule)


OPTIMISERS: Table[Optimiser] = Table(
    "dynamics",
    {
        "gradient_flow": Optimiser(
            "gradient flow",
            ("rtol", "max_steps", *OBJECTIVE_KEYS),
            "pipeline.simulate.gradient_flow:gradient_flow",
            chooses=True,
        ),
        "gradient_descent": descent_by(
            "gradient descent", "pipeline.simulate.optimisers.gradient_descent:GRADIENT_DESCENT", ("momentum",)
        ),
        "adam": descent_by("Adam", "pipeline.simulate.optimisers.adam:ADAM"),
        "recorded": Optimiser(
            "a recorded run", ("path", "time_label"), "", reads="pipeline.simulate.recorded.read:read_record"
        ),
    },
    key="dynamics.kind",
)

"""Experiments for a class: states of a laboratory, each with what to try there and what is then seen.

The regimes: Chizat, Oyallon & Bach (2019). Early alignment at three points: Boursier & Flammarion (2025). Knots between
two equal samples: Shevchenko, Kungurtsev & Mondelli (2022). Weight decay as a price of Σ|μ|: Savarese et al. (2019).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from pipeline.config.language import Language

HAT = {"x": (-0.5, -0.25, 0, 0.25, 0.5), "y": (0, 0, 1, 0, 0)}
ZIGZAG = {"x": (-1, -0.5, 0, 0.5, 1), "y": (0.5, -0.5, 0.5, -0.5, 0.5)}
WAVE = {
    "x": (-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1),
    "y": (0.76, -0.14, -0.91, -0.84, 0, 0.84, 0.91, 0.14, -0.76),
}
THREE = {"x": (-0.75, -0.5, 0.125), "y": (1.1, 0.1, 0.8)}
PAIR = {"x": (-10, 10), "y": (2, 2)}
# Of every state, where it says nothing else: an address that names all does not depend on how its page was made.
USUAL: Mapping[str, Any] = MappingProxyType(
    {
        "data": "points",
        "width": 20,
        "scale": 1,
        "layer_ratio": 1,
        "seed": 0,
        "weight_decay": 0,
        "end_time": 100,
        "scaling": "he",
        "start": "random",
        "train": "all",
        "moved": (),
        "past": (),
    }
)


@dataclass(frozen=True)
class Experiment:
    """sets: what its state says beyond USUAL; opens: what its address says beside its state; values: in its words."""

    sets: Mapping[str, Any]
    opens: Mapping[str, Any]
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> dict[str, Any]:
        """The whole state, as page/wish.js names it."""
        return {**USUAL, **self.sets}

    @property
    def address(self) -> str:
        """The part of the page's address that sets it up, as page/address.js reads it."""
        return "#" + "&".join(f"{name}={_said(value)}" for name, value in {**self.state, **self.opens}.items())


def _said(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


# By name; each has NAME, NAME_do and NAME_see among the words.
EXPERIMENTS: Mapping[str, Experiment] = MappingProxyType(
    {
        "regimes": Experiment(
            {**HAT, "width": 60, "scale": 3, "seed": 6, "start": "antisymmetric", "end_time": 1000},
            {"t": 1000},
            {"large": 3, "small": 0.1},
        ),
        "dead": Experiment({**ZIGZAG, "seed": 8}, {"t": 100, "neuron": 11}, {"neuron": 11, "far": 1.15}),
        "catch": Experiment(
            {**HAT, "width": 60, "scale": 0.1, "seed": 6, "start": "antisymmetric", "end_time": 1000}, {"t": 0}
        ),
        "align": Experiment(
            {**THREE, "width": 30, "scale": 0.001, "scaling": "mean_field", "start": "balanced"},
            {"t": 0},
            {"time": 2, "loss": 0.26},
        ),
        "pair": Experiment(
            {**PAIR, "scale": 0.001, "scaling": "mean_field", "start": "balanced", "end_time": 2},
            {"t": 2},
            {"knot": 0.1, "low": 0.04},
        ),
        "decay": Experiment(WAVE, {"t": 100}, {"decay": 0.05}),
    }
)


def worksheet(say: Language) -> list[dict[str, str]]:
    """Its experiments in a language: {name, do, see, address} of each."""
    return [
        {
            "name": say(f"lab_worksheet.{name}"),
            "do": say(f"lab_worksheet.{name}_do", **experiment.values),
            "see": say(f"lab_worksheet.{name}_see", **experiment.values),
            "address": experiment.address,
        }
        for name, experiment in EXPERIMENTS.items()
    ]

"""References to tuples: functions that take them are told apart in machine code by the names of these types."""

from itertools import combinations

import numpy as np
from numba import typeof

from pipeline.model.data import Data
from pipeline.simulate.solver.problem import make_problem
from pipeline.simulate.solver.reference import Reference

LABELS = Data([-1.0, 1.0], [-1.0, 1.0])
KINDS = {"squares of ReLUs": {}, "logistic": {"loss": "logistic"}, "with a leak": {"inactive": 0.3}}


def reference(data=LABELS, **kind):
    return Reference(typeof(make_problem(data, 0.0, "all", False, **kind)))


def test_of_one_kind_they_are_one_and_have_one_name():
    other = reference(Data(np.linspace(0, 1, 9), np.zeros(9)))
    assert other == reference()
    assert other.name == reference().name


def test_of_tuples_with_fields_of_other_types_they_have_other_names():
    """Else code for one kind would run on another where a process finds both on disk, compiled by two others."""
    for one, other in combinations((reference(**kind) for kind in KINDS.values()), 2):
        assert (one == other) == (one.name == other.name)
    assert reference() != reference(loss="logistic")

"""Whether a page's answers are Python's."""

from typing import Any

import numpy as np

from tests.embed.lab.problems import posed, solved

CLOSE = 0.1  # of rtol: how far weights may be from Python's, whose arithmetic differs in the last digit only


def check_answer(seed: int, answer: dict[str, Any]) -> None:
    """Assert that an answer to the problem of a seed is what Python finds."""
    problem = posed(seed)
    true = solved(problem)
    for name in "wbvc":
        assert np.abs(np.array(answer[name]) - getattr(true, name)).max() <= CLOSE * problem["rtol"], (seed, name)
    np.testing.assert_array_equal(answer["held"], true.held)
    np.testing.assert_allclose(answer["loss"], true.loss, rtol=problem["rtol"])
    np.testing.assert_allclose(answer["forks"], true.forks, rtol=problem["rtol"])
    assert answer["outcome"] == true.outcome

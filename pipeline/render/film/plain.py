"""Labels of Matplotlib's as plain text."""

import re

LETTERS = "alpha", "beta", "gamma", "delta", "eta", "lambda", "mu", "rho", "sigma", "theta"
GREEK = dict(zip(LETTERS, "αβγδηλμρσθ", strict=True))


def plain(text: str) -> str:
    """A label of Matplotlib's without the marks of formulas: $\\beta$ becomes β."""
    text = re.sub(r"\\([a-zA-Z]+)", lambda name: GREEK.get(name[1], name[1]), text)
    return re.sub(r"\\\$|\$", lambda mark: "$" * (len(mark[0]) - 1), text)

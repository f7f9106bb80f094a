"""Choices that come with an extra of ours: what to install where Hydra does not find them."""

EXTRAS = {
    "hydra/launcher/ray": "ray",
    "hydra/launcher/submitit_local": "slurm",
    "hydra/launcher/submitit_slurm": "slurm",
    "hydra/sweeper/optuna": "optuna",
}


def missing_extra(choice: str) -> str | None:
    """How to get a choice, written GROUP/OPTION, that Hydra does not find; None for one that no extra brings."""
    if choice not in EXTRAS:
        return None
    group, _, option = choice.rpartition("/")
    return f"{group} = {option}: comes with an extra; pip install 'relu-spline-videos[{EXTRAS[choice]}]'"

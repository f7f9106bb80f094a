"""What to install for a choice that is not there."""

import tomllib
from pathlib import Path

import pytest
from hydra.errors import MissingConfigException

from pipeline.config.complaints import complaint
from pipeline.config.extras import EXTRAS

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.mark.parametrize("choice", EXTRAS)
@pytest.mark.parametrize("words", ["Could not find '{}'", "In 'hydra/launcher/ray_local': Could not load '{}'."])
def test_what_hydra_does_not_find_names_the_extra_to_install(choice, words):
    """As Hydra words it where the command asks for it, and where a config of ours does."""
    error = MissingConfigException(words.format(choice), missing_cfg_file=choice)
    group, _, option = choice.rpartition("/")
    remedy = f"pip install '{PROJECT['name']}[{EXTRAS[choice]}]'"
    assert complaint(error) == f"{group} = {option}: comes with an extra; {remedy}"
    assert EXTRAS[choice] in PROJECT["optional-dependencies"]

"""What the package needs is declared: every distribution that it imports, each with the lowest version that works."""

import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.source_tree import MODULES, PACKAGE, distributions

PROJECT = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOWEST = (PACKAGE.parent / ".ci" / "lowest.txt").read_text(encoding="utf-8")


def bounds(requirements: list[str]) -> dict[str, Version | None]:
    """By name, the lowest versions that are allowed."""
    found = {}
    for requirement in map(Requirement, requirements):
        lower = [Version(each.version) for each in requirement.specifier if each.operator == ">="]
        found[canonicalize_name(requirement.name)] = lower[0] if lower else None
    return found


def test_every_distribution_that_is_imported_is_declared():
    extras = [line for name, lines in EXTRAS.items() if name != "test" for line in lines]
    declared = set(bounds([*PROJECT["dependencies"], *extras]))
    homes = packages_distributions()
    for module in MODULES:
        for name in distributions(module) - sys.stdlib_module_names:
            assert declared & {canonicalize_name(home) for home in homes.get(name, [])}, f"{module} imports {name}"


@pytest.mark.parametrize("extra", [None, *EXTRAS])
def test_every_requirement_has_a_lower_bound(extra):
    declared = bounds(EXTRAS[extra] if extra else PROJECT["dependencies"])
    assert [name for name, lower in declared.items() if lower is None] == []


def test_the_lower_bounds_are_those_with_which_a_video_was_made():
    """.ci/nightly writes the file, once the default video was made with the versions that it lists."""
    tried = {name: Version(version) for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", LOWEST, re.MULTILINE)}
    assert {name: tried[name] for name in bounds(PROJECT["dependencies"])} == bounds(PROJECT["dependencies"])

"""Config files of users: what keeps one from being composed is told with its name, and with what there would be."""

import pytest
from hydra import compose, initialize_config_dir
from hydra.core.global_hydra import GlobalHydra
from hydra.errors import HydraException
from omegaconf.errors import OmegaConfBaseException

from pipeline.config.complaints import complaint
from pipeline.config.home import CONF, register
from pipeline.config.own_files import choices

OTHERS = "hydra", "reel"  # folders whose files Hydra does not compose
GROUPS = sorted(folder.name for folder in CONF.iterdir() if folder.is_dir() and folder.name not in OTHERS)
HEADS = "", "# @package _global_\n"


@pytest.fixture
def said(tmp_path):
    """A function of a group, a text and overrides: the complaint about the text as the group's config `mine`."""

    def said(group: str, text: str, *overrides: str) -> str:
        register()
        GlobalHydra.instance().clear()
        path = tmp_path / group / "mine.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        search = f"hydra.searchpath=[file://{tmp_path}]"
        with (
            initialize_config_dir(str(CONF), version_base="1.3"),
            pytest.raises((HydraException, OmegaConfBaseException)) as fault,
        ):
            compose("config", [search, f"{group}=mine", *overrides])
        line = complaint(fault.value)
        assert "\n" not in line
        return line

    return said


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("of", ["", "/"])
def test_a_missing_default_is_named_with_its_file_and_what_there_is(said, group, of):
    other = GROUPS[GROUPS.index(group) - 1] if of else group
    line = said(group, f"defaults:\n  - {f'/{other}/' if of else ''}zzz\n")
    assert line.startswith(f"{group}/mine.yaml: its defaults name {other}/zzz, which there is not; {other} has ")
    names = set(line.rpartition(" has ")[2].split(", "))
    assert names == {*choices(other, [CONF]), *(["mine"] if other == group else [])}


@pytest.mark.parametrize("group", [group for group in GROUPS if group != "experiment"])
def test_a_missing_choice_of_a_group_is_named_with_what_there_is(said, group):
    line = said("experiment", f"# @package _global_\ndefaults:\n  - /{group}: zzz\n")
    assert line.startswith(f"experiment/mine.yaml: {group} = zzz: unknown; choose one of ")
    assert set(line.rpartition("one of ")[2].split(", ")) == set(choices(group, [CONF]))


def test_a_group_that_is_chosen_twice_is_told_how_to_override_it(said):
    line = said("data", "# @package _global_\ndefaults:\n  - /theme: dark\n")
    assert line == "theme: is chosen twice; choose it once, in the defaults of a file as override /theme: NAME"


def test_a_group_that_there_is_not_is_named_with_those_there_are(said):
    line = said("data", "# @package _global_\ndefaults:\n  - /nope/none\n")
    assert all(group in line.partition("groups ")[2].split(", ") for group in GROUPS)


@pytest.mark.parametrize("group", ["data", "init", "theme"])
def test_a_group_without_its_slash_is_understood(said, group):
    line = said("experiment", f"# @package _global_\ndefaults:\n  - {group}: {choices(group, [CONF])[0]}\n")
    assert line.endswith(f": /{group}: {choices(group, [CONF])[0]}")


@pytest.mark.parametrize(
    "text", ["data:\n  title: x\n", "init:\n  width: 5\n", "force: true\n", "defaults:\n  - override /data: sine\n"]
)
def test_an_experiment_without_its_package_is_told_what_it_lacks(said, text):
    line = said("experiment", text)
    assert line.startswith("experiment/mine.yaml: ")
    assert line.endswith("make its first line # @package _global_")


@pytest.mark.parametrize("group", [group for group in GROUPS if group != "experiment"])
def test_a_group_named_in_its_own_file_is_told(said, group):
    line = said(group, f"{group}:\n  kind: x\n")
    assert line == f"{group}/mine.yaml: is in the group {group} already; give its keys without {group}: before them"


@pytest.mark.parametrize(("head", "key"), [(HEADS[0], "init.widht"), (HEADS[1], "widht")])
def test_another_unknown_key_is_named_with_its_file(said, head, key):
    line = said("init", f"{head}widht: 3\n")
    assert line.startswith(f"init/mine.yaml: {key}: no such key, did you mean init.width?")

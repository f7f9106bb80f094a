"""Booleans of a config: true or false and nothing else, where OmegaConf takes 1, "on" and "y" for true as well."""

from typing import Any

from omegaconf import BooleanNode, DictConfig
from omegaconf.errors import ValidationError


class TrueOrFalse(BooleanNode):
    """A node that holds true, false or, where it may, null."""

    def _validate_and_convert_impl(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("Value '$VALUE' is not a valid bool (type $VALUE_TYPE)")
        return value

    def __deepcopy__(self, memo: dict[int, Any]) -> "TrueOrFalse":
        made = TrueOrFalse()
        self._deepcopy_impl(made, memo)
        return made


def make_strict(config: DictConfig) -> None:
    """Let every boolean of a structured config, and of the groups in it, be one of these nodes."""
    for name in config:
        node = config._get_node(name)
        if isinstance(node, DictConfig):
            make_strict(node)
        elif isinstance(node, BooleanNode):
            # Not by assignment, which keeps the node that is there and changes its value.
            vars(config)["_content"][name] = TrueOrFalse(node._value(), name, config, node._is_optional())

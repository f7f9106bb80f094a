"""The data sets that a laboratory can choose: its own, and those that are shipped."""

from html import escape
from typing import Any

from pipeline.config.home import CONF, shipped_data, shipped_sentences
from pipeline.config.own_files import choices
from pipeline.config.schema.data import DataConfig
from pipeline.config.sentences import OF_DATA, translate_texts
from pipeline.model.data import Data
from pipeline.model.sources import load_data
from pipeline.model.table import SHIPPED
from pipeline.render.film.film import slope_unit
from pipeline.render.film.plain import plain

OWN = ""  # the name of the set that a page begins with


def sets(config: DataConfig, data: Data, language: str) -> dict[str, dict[str, Any]]:
    """By name, as `data_set` has them; language: code of that in which they are called, if it is one of ours."""
    found, said = {OWN: data_set(config, data, False)}, shipped_sentences(language)
    for name in choices("data", [CONF]):
        shipped = shipped_data(name)
        if (shipped.path or SHIPPED).startswith(SHIPPED):  # the others read a file that the user gives
            translate_texts(shipped, OF_DATA, said)
            found[name] = data_set(shipped, load_data(shipped), True)
    return found


def data_set(config: DataConfig, data: Data, group: bool) -> dict[str, Any]:
    """What page/ knows of a data set, its samples in the user's units; group: whether its name is one of conf/data."""
    return {
        "group": group,
        "title": config.title,
        "standardize": config.standardize,
        "words": {name: getattr(config, name) for name in OF_DATA},
        "x": data.x_axis.to_user(data.x).tolist(),
        "y": data.y_axis.to_user(data.y).tolist(),
        "x_axis": {"label": escape(plain(data.x_axis.label)), "unit": escape(data.x_axis.unit)},
        "y_axis": {"label": escape(plain(data.y_axis.label)), "unit": escape(data.y_axis.unit)},
        "slope_unit": escape(slope_unit(data.x_axis, data.y_axis)),
    }

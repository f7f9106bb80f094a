from .check import check_values as check_values
from .compose import configs as configs, variants as variants
from .convert import clean_texts as clean_texts, to_config as to_config
from .explain import reference as reference
from .fields import config_key as config_key
from .home import CONF as CONF, register as register
from .plugins import load as load
from .tables import TABLES as TABLES, Table as Table

"""The keys of a config: schema, checks, how one is composed and explained, and the tables that plugins fill."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)

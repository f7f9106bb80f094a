"""Pages of clips as cards that a reader filters, sorts and opens: a sweep's runs, the atlas of claims."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)

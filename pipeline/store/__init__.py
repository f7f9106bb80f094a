"""Results on disk: stages in a folder, known by content keys; nothing partial under a final name, nothing lost."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)

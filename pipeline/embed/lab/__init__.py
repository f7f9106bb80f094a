"""The laboratory: the same solver in a page of its own, where samples are dragged and the network learns anew.

page/ has the page's sources beside those of the interactive page; solver.wasm is what build.py makes of the solver.
"""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)

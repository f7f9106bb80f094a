from .table import OPTIMISERS as OPTIMISERS, Optimiser as Optimiser, descent_by as descent_by

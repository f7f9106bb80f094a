from .adam import adam as adam
from .gradient_descent import gradient_descent as gradient_descent
from .table import OPTIMISERS as OPTIMISERS, Optimiser as Optimiser, descent as descent

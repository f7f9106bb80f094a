from .check import check_sweep as check_sweep
from .compared.entries import Entry as Entry, read_runs as read_runs, read_sweep as read_sweep
from .comparison import Comparison as Comparison, compare as compare
from .multirun import conclude as conclude
from .taking_over import sweeps_taken_over as sweeps_taken_over

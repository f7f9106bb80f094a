from .arrangement import Arrangement as Arrangement, arrange as arrange
from .entries import Entry as Entry, read_runs as read_runs, read_sweep as read_sweep
from .montage import draw_montage as draw_montage
from .multiples import draw_multiples as draw_multiples
from .plots import draw_plots as draw_plots
from .slider_grid import Grid as Grid, grid_of as grid_of
from .sliders import slider_page as slider_page, write_sliders as write_sliders
from .summary import write_summary as write_summary

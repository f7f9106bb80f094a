from .computing import compute_quantities as compute_quantities
from .drawing import draw as draw, make_film as make_film, make_scene as make_scene
from .finished import read_finished as read_finished
from .rehearsal import rehearse as rehearse
from .side_by_side import SideBySide as SideBySide
from .simulating import simulate as simulate
from .single_run import SingleRun as SingleRun
from .take import Take as Take
from .timeline import timeline_of as timeline_of

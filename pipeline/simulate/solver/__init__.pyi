from .flow import Flow as Flow, new_flow as new_flow
from .kernels import Problem as Problem
from .neighbourhood import bring_back as bring_back, near_breakpoints as near_breakpoints
from .problem import make_problem as make_problem
from .stepping import advance as advance

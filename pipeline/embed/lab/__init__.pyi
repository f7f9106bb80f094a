from .assemble import write_lab as write_lab

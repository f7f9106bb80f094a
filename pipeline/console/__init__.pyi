from .interrupts import listen as listen, postponed as postponed
from .progress import LineHandler as LineHandler, told_to as told_to, track as track
from .texts import one_line as one_line, printable as printable

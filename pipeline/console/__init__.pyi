from .arguments import Parser as Parser, numbers as numbers
from .command_line import command_line as command_line, short_path as short_path
from .interrupts import listen as listen, postponed as postponed
from .progress import LineHandler as LineHandler, told_to as told_to, track as track
from .say import say as say
from .texts import one_line as one_line, printable as printable

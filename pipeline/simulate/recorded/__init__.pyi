from .read import read_record as read_record
from .record import Record as Record
from .recorder import Recorder as Recorder
from .replay import replayed as replayed

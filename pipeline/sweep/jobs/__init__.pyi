from .launcher import ResumingLauncher as ResumingLauncher
from .record import Record as Record, SweptJob as SweptJob, read_index as read_index, read_record as read_record
from .session import Session as Session
from .work import WorkItem as WorkItem, do as do

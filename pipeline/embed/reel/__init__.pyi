from .listing import ReelList as ReelList, read_reel as read_reel
from .reel import Reel as Reel

from .arguments import encoder_arguments as encoder_arguments
from .check import check_video as check_video
from .container import check_container as check_container
from .ffmpeg import bundled_ffmpeg as bundled_ffmpeg
from .formats import BT709 as BT709, FORMATS as FORMATS, Format as Format
from .png import stills as stills, write_png as write_png
from .presets import PRESETS as PRESETS, Preset as Preset
from .sink import VideoSink as VideoSink

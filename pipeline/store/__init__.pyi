from .atomic import write_text as write_text
from .folder import locked as locked, publish as publish, staging as staging, withdraw as withdraw
from .keys import content_key as content_key, file_hash as file_hash, made_by as made_by
from .manifest import own_manifest as own_manifest, read_manifest as read_manifest
from .names import name_of as name_of, safe_name as safe_name
from .sources import libraries as libraries, reached as reached
from .stage import Stage as Stage, StagedFolder as StagedFolder

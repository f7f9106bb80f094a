"""What a file says of how it was made: the command, version and config in its metadata."""

import html
import json
import re
import shlex
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.console.texts import one_line, printable
from pipeline.errors import InputError
from pipeline.render.encoding.apng import read_comment

MARK = "relu-spline-videos"
# What `python -m` is given; names of modules in quotes would count as imports.
COMMANDS = ("pipeline", *(f"pipeline.{room}" for room in ("embed", "embed.explore", "sweep")))
IN_META = re.compile(r'<meta name="provenance" content="([^"]*)">')
CONTROL = {b"n": b"\n", b"r": b"\r", b"t": b"\t"}  # in a PDF's strings
IN_COMMENT = re.compile(rf'{MARK}"?: (\{{.*\}})')


def reproduce(path: Path) -> str:
    """Lines for a shell: a comment with the versions, and the command that makes what `path` shows.

    Raises InputError where the file cannot be read, or says nothing of it.
    """
    made = read_provenance(path)
    command, version = made.get("command", ""), made.get("version", "unknown")
    if not command:
        raise InputError(f"{path}: was made from Python, without a command; its config is in the file's metadata")
    if command == "see manifest.json":
        raise InputError(f"{path}: its command was too long for it; it stands in the manifest.json of its run")
    libraries = made.get("libraries")
    named = "".join(f", {name} {number}" for name, number in libraries.items()) if isinstance(libraries, dict) else ""
    try:
        return f"{one_line(f'# {MARK} {version}{named}')}\n{as_ours(command)}"
    except ValueError:
        raise InputError(f"{path}: its command is none of this package, and is not shown; see its metadata") from None


def as_ours(command: object) -> str:
    """A command line quoted anew, so that a shell does what it says and nothing else.

    ValueError for what is not one line of commands of this package with && between them.
    """
    if not isinstance(command, str) or printable(command) != command or "\n" in command:
        raise ValueError("no line")
    parts: list[list[str]] = [[]]
    for word in shlex.split(command):
        if word == "&&":
            parts.append([])
        else:
            parts[-1].append(word)
    if not all(part[:2] == ["python", "-m"] and part[2:] and part[2] in COMMANDS for part in parts):
        raise ValueError("another program")
    return " && ".join(map(shlex.join, parts))


def read_provenance(path: Path) -> dict[str, Any]:
    """Command, version, libraries and config of a file that this package made. Raises InputError where it has none."""
    suffix = path.suffix.lower()
    if path.exists() and not path.is_file() and not path.is_dir():
        raise InputError(f"{path}: is no plain file, so that it may have no end; give one that was made")
    try:
        path.open("rb").close()
        text = READERS.get(suffix, read_text)(path)
        made = json.loads(text) if text else None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or f'is no {suffix} file'}") from None
    except (ValueError, RecursionError, zipfile.BadZipFile):
        made = None
    if not isinstance(made, dict) or "config" not in made:
        raise InputError(
            f"{path}: does not say how it was made; give an MP4, WebM, MOV, GIF, WebP, PNG, PPTX, HTML … of ours"
        )
    return made


def read_video(path: Path) -> str:
    """The comment of a video, by ffmpeg."""
    from pipeline.render.encoding.ffmpeg import bundled_ffmpeg

    # file: a name with a colon is no protocol
    words = [bundled_ffmpeg(), "-v", "error", "-nostdin", "-i", f"file:{path}", "-f", "ffmetadata", "-"]
    output = subprocess.run(words, capture_output=True, check=False).stdout.decode("utf-8", "replace")
    found = re.search(r"^comment=((?:[^\\\n]|\\.)*)", output, re.MULTILINE | re.DOTALL | re.IGNORECASE)
    return re.sub(r"\\(.)", r"\1", found[1], flags=re.DOTALL) if found else ""


def read_picture(path: Path) -> str:
    """The comment of a PNG or GIF."""
    import imageio.v3 as imageio

    facts = imageio.immeta(path, plugin="pillow")
    comment = facts.get("Comment") or facts.get("comment") or read_comment(path)
    return comment.decode("utf-8", "replace") if isinstance(comment, bytes) else comment


def read_slides(path: Path) -> str:
    """The provenance that PowerPoint slides hold in a part of their own."""
    with zipfile.ZipFile(path) as archive:
        parts = [name for name in archive.namelist() if re.fullmatch(r"customXml/item\d+\.xml", name)]
        texts = [archive.read(name).decode("utf-8", "replace") for name in parts]
    found = re.search(rf"<provenance[^>]*{MARK}[^>]*>(.*?)</provenance>", "\n".join(texts), re.DOTALL)
    return html.unescape(found[1]) if found else ""


def read_text(path: Path) -> str:
    """The provenance in a page, a document for slides, a picture in SVG."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if found := IN_META.search(text):
        return html.unescape(found[1])
    found = IN_COMMENT.search(text)
    return found[1] if found else ""


def read_svg(path: Path) -> str:
    """The description of an SVG."""
    found = re.search(r"<dc:description>(.*?)</dc:description>", path.read_text(encoding="utf-8"), re.DOTALL)
    return html.unescape(found[1]) if found else ""


def read_webp(path: Path) -> str:
    """The description in the XMP of a WebP."""
    found = re.search(rb"<dc:description>(.*?)</dc:description>", path.read_bytes(), re.DOTALL)
    return html.unescape(found[1].decode("utf-8", "replace")) if found else ""


def read_pdf(path: Path) -> str:
    """The keywords of a PDF of Matplotlib's: a literal string in which a backslash escapes (ISO 32000-1, 7.3.4.2)."""
    found = re.search(rb"/Keywords \(((?:[^\\)]|\\.)*)\)", path.read_bytes(), re.DOTALL)
    text = (
        re.sub(rb"\\(.)", lambda escaped: CONTROL.get(escaped[1], escaped[1]), found[1], flags=re.DOTALL)
        if found
        else b""
    )
    return text.decode("utf-16" if text.startswith(b"\xfe\xff") else "latin-1")


READERS: dict[str, Callable[[Path], str]] = {
    **dict.fromkeys((".mp4", ".webm", ".m4v", ".mov", ".mkv"), read_video),
    **dict.fromkeys((".png", ".gif"), read_picture),
    ".pptx": read_slides,
    ".svg": read_svg,
    ".webp": read_webp,
    ".pdf": read_pdf,
}

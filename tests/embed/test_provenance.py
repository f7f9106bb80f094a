"""Every file says how it was made, and is asked by `--from`."""

import json
import os
import subprocess
from functools import partial

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from pipeline.__main__ import outcome
from pipeline.embed.provenance import READERS, read_provenance
from pipeline.errors import InputError
from pipeline.render.encoding.ffmpeg import bundled_ffmpeg
from tests.embed.conftest import COMMAND

command = partial(outcome, "pipeline.embed.command")

NAMES = (
    "video.mp4 video.gif video.webm poster.png last.png section-2.mp4 section-2.png strip.png strip.svg strip.pdf "
    "plain.html reveal.html quarto.qmd marp.md beamer.tex beamer-pdfpc.tex figure.tex "
    "jupyter.ipynb talk.pptx explore.html"
)


@pytest.mark.parametrize("name", NAMES.split())
def test_a_file_names_its_command_version_and_config(made, name):
    found = read_provenance(made / "talk" / name)
    manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    assert found["command"] == COMMAND
    assert found["version"] == manifest["version"]
    section = {"frames": {"range": [3, 6]}} if name.startswith("section-2") else {}
    language = manifest["config"]["language"]
    if name != "explore.html":  # of which the words stand in the manifest alone
        language = {"code": language["code"]}
    assert found["config"] == manifest["config"] | section | {"language": language}


def test_from_prints_a_command_for_a_shell(made, capsys):
    assert command(["--from", str(made / "talk" / "section-1.mp4")]) == 0
    comment, line = capsys.readouterr().out.splitlines()
    assert comment.startswith("# relu-spline-videos ")
    assert "numpy" in comment
    assert line == COMMAND


def meta(config: str) -> bytes:
    """A page of ours with some provenance."""
    return f'<meta name="provenance" content="{config.replace(chr(34), "&quot;")}">'.encode()


BAD = {
    "none.mp4": (None, "none.mp4: No such file"),
    "text.mp4": (b"no video", "text.mp4: does not say how it was made"),
    "text.png": (b"no picture", "text.png: is no .png file"),
    "text.pptx": (b"no slides", "text.pptx: does not say how it was made"),
    "other.html": (b"<p>a page", "other.html: does not say how it was made"),
    "broken.html": (meta('{"a"'), "does not say how it was made"),
    "python.html": (meta('{"config": {}}'), "was made from Python"),
    "long.html": (meta('{"config": {}, "command": "see manifest.json"}'), "it stands in the manifest.json"),
    "bytes.svg": (b"\xff\xfe", "bytes.svg: does not say how it was made"),
    "bytes.pdf": (b"%PDF /Keywords (\xfe\xff\xd8)", "bytes.pdf: does not say how it was made"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_says_nothing_gets_one_line(tmp_path, capsys, name):
    content, words = BAD[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert command(["--from", str(tmp_path / name)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("error: ")
    assert said.err.count("\n") == 1
    assert words in said.err


def test_a_folder_is_no_file(made):
    with pytest.raises(InputError, match="Is a directory"):
        read_provenance(made)


FOREIGN = {
    "a second line": "python -m pipeline name=a\nrm -rf ~",
    "another program": "curl https://example.org",
    "another module": "python -m http.server",
    "a program after ours": "python -m pipeline && rm -rf ~",
    "a module that begins like ours": "python -m pipelines",
    "no module": "python -m",
    "an escape sequence": "python -m pipeline \x1b]0;title\x07",
    "an open quotation": "python -m pipeline 'name=a",
    "nothing after &&": "python -m pipeline &&",
    "a number": 5,
}


@pytest.mark.parametrize("suffix", [".png", ".mp4", ".html"])
@pytest.mark.parametrize("crafted", FOREIGN.values(), ids=FOREIGN)
def test_a_crafted_file_puts_no_command_of_its_own_before_a_shell(tmp_path, capsys, suffix, crafted):
    path = written(tmp_path / f"crafted{suffix}", {"command": crafted, "config": {}})
    assert command(["--from", str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "is none of this package" in said.err
    assert said.err.strip("\n").isprintable()


HARMLESS = (
    "python -m pipeline ; echo a",
    "python -m pipeline $(touch a) `touch b` | tee c > d",
    "python -m pipeline & echo",
)


@pytest.mark.parametrize("crafted", HARMLESS)
def test_what_a_shell_would_act_on_is_quoted(tmp_path, capsys, crafted):
    path = written(
        tmp_path / "crafted.png", {"command": crafted, "config": {}, "version": "1\nls\x1b[2J", "libraries": 3}
    )
    assert command(["--from", str(path)]) == 0
    comment, line = capsys.readouterr().out.splitlines()
    assert comment.startswith("#")
    assert comment.isprintable()
    words = line.removeprefix("python -m pipeline ")
    echoed = subprocess.run(["sh", "-c", f"printf '%s\\n' {words}"], capture_output=True, text=True, cwd=tmp_path)
    assert echoed.stdout.split() == crafted.split()[3:]
    assert [file.name for file in tmp_path.iterdir()] == ["crafted.png"]


def written(path, made):
    """A small file of a kind, with this in the place where ours have their provenance."""
    text = json.dumps(made)
    if path.suffix == ".png":
        comment = PngInfo()
        comment.add_text("Comment", text)
        Image.new("RGB", (2, 2)).save(path, pnginfo=comment)
    elif path.suffix == ".html":
        path.write_bytes(meta(text))
    else:
        source = "-f", "lavfi", "-i", "color=s=16x16:d=0.1", "-metadata", f"comment={text}"
        subprocess.run([bundled_ffmpeg(), "-v", "error", *source, str(path)], check=True)
    return path


@pytest.mark.skipif(os.name != "posix", reason="special files")
@pytest.mark.parametrize("name", ["a", *(f"a{suffix}" for suffix in READERS)])
def test_what_may_have_no_end_is_not_read(tmp_path, name):
    pipe, endless = tmp_path / name, tmp_path / f"endless-{name}"
    os.mkfifo(pipe)
    endless.symlink_to("/dev/zero")
    for path in (pipe, endless):
        with pytest.raises(InputError, match="is no plain file"):
            read_provenance(path)


def test_a_page_whose_provenance_is_no_end_of_brackets_says_nothing(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(f'<meta name="provenance" content="{"[" * 100_000}">')
    with pytest.raises(InputError, match="does not say how it was made"):
        read_provenance(path)

"""A headless Firefox for tests, spoken to by its own protocol, Marionette: a socket and JSON, no driver beside it."""

import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.waiting import REACH, until

NAMES = "firefox-esr", "firefox"
PORT = "MarionetteActivePort"  # of the profile's folder: the file in which it says where it listens
QUIET = {
    "marionette.port": 0,  # any that is free
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "app.update.auto": False,
    "network.proxy.type": 1,  # nothing is fetched: requests go to where nobody listens
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
}


class Firefox:
    """A window of 1280 x 800 pixels."""

    def __init__(self, program: str, profile: Path):
        prefs = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in QUIET.items()]
        (profile / "user.js").write_text("\n".join(prefs), encoding="utf-8")
        command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.count = 0
        self.socket = socket.create_connection(("127.0.0.1", self._port(profile / PORT)), timeout=REACH)
        self.answers = self.socket.makefile("rb")
        self._next()  # its greeting
        self.do("WebDriver:NewSession")
        self.do("WebDriver:SetWindowRect", width=1280, height=800)

    def _port(self, said: Path) -> int:
        until(lambda: self.process.poll() is not None or (said.exists() and said.read_text() != ""))
        assert self.process.poll() is None
        return int(said.read_text())

    def _next(self) -> Any:
        """What it says next: its length in digits, a colon, JSON."""
        digits = b""
        while (byte := self.answers.read(1)) != b":":
            digits += byte
        return json.loads(self.answers.read(int(digits)))

    def do(self, name: str, **arguments: Any) -> Any:
        """What a command comes to."""
        self.count += 1
        message = json.dumps([0, self.count, name, arguments]).encode()
        self.socket.sendall(str(len(message)).encode() + b":" + message)
        _, _, error, result = self._next()
        assert error is None, error
        return result

    def goto(self, url: str) -> None:
        """Load a page."""
        self.do("WebDriver:Navigate", url=url)

    def evaluate(self, expression: str, argument: Any = None) -> Any:
        """What an expression of JavaScript comes to, or its promise; `given` in it is the argument."""
        script = "const [given, done] = arguments; Promise.resolve().then(async () => done(" + expression + "));"
        return self.do("WebDriver:ExecuteAsyncScript", script=script, args=[argument])["value"]

    def close(self) -> None:
        """End it."""
        self.answers.close()
        self.socket.close()
        self.process.terminate()
        self.process.wait()


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """A headless Firefox; tests that ask for it are skipped where there is none."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("no Firefox: `apt-get install firefox-esr`, or any other way that puts it on the PATH")
    opened = Firefox(program, tmp_path_factory.mktemp("firefox"))
    yield opened
    opened.close()

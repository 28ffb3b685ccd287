"""The site as `script/run` serves it, on data of its own, and a browser to look at it.

`python -m tests.browser.serving FOLDER` leaves in the folder what a first `script/run` makes. Where PREPARED_SITE names
such a folder, the browser tests begin with copies of it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
PASSWORDS = {"editor": "editor of the browser tests", "writer": "writer of the browser tests", "admin": "administrator"}
START_SECONDS = 180
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


class NotServedError(Exception):
    """The site did not start; the message holds what the server wrote."""


@dataclass(frozen=True)
class Site:
    """The served site: where it is, and the environment that leads `manage.py` to its data."""

    url: str
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run `manage.py` on the site's data; return what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout


@contextmanager
def served(folder: Path, *options: str) -> Iterator[Site]:
    """Serve the demo by `script/run` with these options, all data in `folder`, and accounts whose passwords are known.

    Ends the server afterwards. Raises NotServedError if it does not start.
    """
    port = free_port()
    environment = os.environ | {
        "PORT": str(port),
        "PLAIN_HTTP_DEMO": "true",
        "TIME_ZONE": "UTC",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "CACHE_DIR": str(folder / "cache"),
        "STATIC_ROOT": str(folder / "static"),
        "EDITOR_PASSWORD": PASSWORDS["editor"],
        "WRITER_PASSWORD": PASSWORDS["writer"],
    }
    site = Site(f"http://127.0.0.1:{port}", environment)
    log = folder / "log"
    with (
        log.open("w") as sink,
        subprocess.Popen(
            [ROOT / "script/run", *options], env=environment, stdout=sink, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            wait_until_ready(site.url, process=process, log=log)
            yield site
        finally:
            process.terminate()


def staged(site: Site) -> dict[str, str]:
    """Bring the demo into the states of `tests.browser.stage`, and return where to see them at the desk, by name."""
    told = site.manage("shell", "--no-imports", "--command", "from tests.browser.stage import *; tell(set_stage())")
    addresses: dict[str, str] = json.loads(told)
    return addresses


def free_port() -> int:
    """Return a port that nothing listens on."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port: int = listener.getsockname()[1]
        return port


def wait_until_ready(url: str, *, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return once the home page answers. Raises NotServedError if the server ended, fails or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urlopen(url, timeout=10).close()  # noqa: S310
            return
        except HTTPError as error:
            raise NotServedError(f"The home page answered {error.code}. It wrote:\n{log.read_text()}") from error
        except (URLError, TimeoutError):
            time.sleep(0.1)
    raise NotServedError(f"The site did not start. It wrote:\n{log.read_text()}")


def executable() -> str | None:
    """Return the system's Chromium, or None if it has none. Its headless shell takes a quarter of the processor's
    time."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium: the system's, or else the one that Playwright installed; close it afterwards."""
    as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=[*QUIET, *as_root])
        yield browser
        browser.close()


def main(folder: Path) -> None:
    """Let `script/run` set everything up in the folder, and end it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and not at once: the server ends before
    folder.mkdir()
    with served(folder):
        pass


if __name__ == "__main__":
    main(Path(sys.argv[1]))

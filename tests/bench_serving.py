"""How fast a comparison page is served: by the site, with its page cache and without, beside nginx and a bare view.

`script/bench` runs it. Every server gets the same load in turn, the rounds interleaved, on the machine that also makes
the load: what can be compared from machine to machine are the ratios of one run.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple
from urllib.request import Request, urlopen

from tests.browser.serving import free_port, served
from tests.servers import answers, started

PAGE = "/compare/practice-manager-vs-office-manager/"
CODING = "gzip"
CONNECTIONS = 16
NGINX = """daemon off; worker_processes auto; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{}}
http {{
    access_log off; default_type text/html; gzip_static on;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; root {folder}/www; index index.html; }}
}}
"""


class Load(NamedTuple):
    """What one round of load measured: answers a second, and how long they took, in milliseconds."""

    rate: float
    median: float
    p99: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve, measure, and print a table."""
    parser = ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5, help="how long a round is for each server")
    parser.add_argument("--add", action="append", default=[], metavar="NAME=URL", help="another server's page")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        urls = _serve_all(Path(name), stack) | dict(each.split("=", 1) for each in options.add)
        loads: dict[str, list[Load]] = {each: [] for each in urls}
        for _ in range(options.rounds):
            for each, url in urls.items():
                loads[each].append(_load(url, seconds=options.seconds))
    print(_table(loads))  # noqa: T201
    return 0


def _serve_all(folder: Path, stack: ExitStack) -> dict[str, str]:
    """Start every server, and return where each has the page, by name; the first is what others are compared with."""
    site = stack.enter_context(served(folder))
    www = folder / "www" / PAGE.strip("/")
    www.mkdir(parents=True)
    (www / "index.html").write_bytes(_fetched(site.url + PAGE, coding=""))
    (www / "index.html.gz").write_bytes(_fetched(site.url + PAGE, coding=CODING))
    # nginx as root gives its workers to another account.
    for each in (folder, *folder.rglob("www/**")):
        each.chmod(0o755)
    config, port = folder / "nginx.conf", free_port()
    config.write_text(NGINX.format(folder=folder, port=port))
    page, uncached = str(www / "index.html.gz"), site.environment | {"DEBUG": "false"}
    return {
        "nginx, static file": _serve(stack, ["nginx", "-c", str(config)], folder, port=port),
        "a bare Django view": _granian(stack, "tests.serving.bare", folder, BARE_PAGE=page),
        "the site": site.url + PAGE,
        "the site, nothing cached": _granian(stack, "tests.serving.uncached", folder, **uncached),
    }


def _fetched(url: str, *, coding: str) -> bytes:
    request = Request(url, headers={"Accept-Encoding": coding})  # noqa: S310  our own server
    with urlopen(request, timeout=30) as answer:  # noqa: S310
        body: bytes = answer.read()
    return body


def _serve(stack: ExitStack, command: Sequence[str], folder: Path, *, port: int, **environment: str) -> str:
    """Start a server of the page, and return where it has it."""
    url = f"http://127.0.0.1:{port}{PAGE}"
    stack.enter_context(
        started(command, port=port, is_ready=lambda: answers(url), folder=folder, environment=environment)
    )
    return url


def _granian(stack: ExitStack, module: str, folder: Path, **environment: str) -> str:
    """Serve the application as `script/run` serves the site, and return where it has the page."""
    port = free_port()
    options = ["--interface", "wsgi", "--port", str(port), "--workers", "2", "--blocking-threads", "4"]
    command = [sys.executable, "-m", "granian", *options, "--log-level", "warning", f"{module}:application"]
    return _serve(stack, command, folder, port=port, **environment)


def _load(url: str, *, seconds: int) -> Load:
    """Ask for the page as fast as it is answered."""
    wrk = shutil.which("wrk") or "wrk"
    options = [
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{seconds}s",
        "--timeout",
        "30s",
        "--latency",
        "-H",
        f"Accept-Encoding: {CODING}",
    ]
    said = subprocess.run([wrk, *options, url], check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        sys.exit(f"{url} did not answer every request:\n{said}")
    rate = said_by_wrk(said, r"Requests/sec:\s+([\d.]+)")
    return Load(rate, _latency(said, "50%"), _latency(said, "99%"))


def said_by_wrk(said: str, pattern: str) -> float:
    """Return the number that the pattern finds in what wrk printed."""
    found = re.search(pattern, said)
    assert found, said
    return float(found[1])


def _latency(said: str, part: str) -> float:
    found = re.search(rf"{part}\s+([\d.]+)(us|ms|s)\b", said)
    assert found, said
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[found[2]]


def _table(loads: dict[str, list[Load]]) -> str:
    """Return the medians of all rounds, and each rate as a part of the first server's and of the second's."""
    medians = {name: Load(*map(statistics.median, zip(*rounds, strict=True))) for name, rounds in loads.items()}
    first, second, *_others = medians
    lines = [f"| served by | answers/s | of {first} | of {second} | p50, ms | p99, ms |", "|---|---|---|---|---|---|"]
    for name, (rate, median, p99) in medians.items():
        parts = f"{rate / medians[first].rate:.3f} | {rate / medians[second].rate:.3f}"
        lines.append(f"| {name} | {rate:,.0f} | {parts} | {median:.2f} | {p99:.2f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

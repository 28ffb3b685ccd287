"""The container: what `Dockerfile` copies and starts, on a copy of what `.dockerignore` lets through."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from fnmatch import fnmatch
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.browser.serving import ROOT, free_port
from tests.servers import Running, started

DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
HOST = "careers.example.org"
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())


def instruction(name: str) -> list[str]:
    """Return what follows each such instruction of the Dockerfile."""
    return re.findall(rf"^\s*{name}\s+(.*)$", DOCKERFILE, re.MULTILINE)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what is sent to a build, and collect the static files as the build does; give the folder of both."""
    folder = tmp_path_factory.mktemp("image")
    lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] not in {"", "#"}]
    assert lines[0] == "*"
    for line in lines[1:]:
        source = ROOT / line.removeprefix("!").rstrip("/")
        if line.startswith("!") and source.is_dir():
            shutil.copytree(source, folder / "app" / source.name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        elif line.startswith("!") and source.exists():
            shutil.copy(source, folder / "app" / source.name)
    [collect] = [each for each in instruction("RUN") if "collectstatic" in each]
    collect = collect.replace("/static", f"{folder}/static").replace("/venv/bin/python", sys.executable)
    subprocess.run(["env", *shlex.split(collect)], cwd=folder / "app", check=True, env=without_bytecode())
    return folder


def without_bytecode() -> dict[str, str]:
    return {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONDONTWRITEBYTECODE": "1"}


def files(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


@pytest.fixture(scope="module")
def container(image: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Start the command of the Dockerfile in the copy, with no database behind it."""
    port = free_port()
    [command] = [json.loads(each) for each in instruction("CMD") if each.startswith('["granian')]
    command = [str(port) if each == "8000" else "127.0.0.1" if each == "0.0.0.0" else each for each in command]  # noqa: S104
    environment = without_bytecode() | {"SECRET_KEY": "for-this-test-alone", "STATIC_ROOT": str(image / "static")}
    environment |= {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "ALLOWED_HOSTS": HOST}
    environment |= {"BEHIND_PROXY": "true"}
    given = (f"{name}={value}" for name, value in environment.items())
    start = ["env", "-i", "-C", str(image / "app"), *given, *command]

    def is_ready() -> bool:
        return is_healthy(port)

    with started(start, port=port, is_ready=is_ready, folder=tmp_path_factory.mktemp("log")) as server:
        yield server


def is_healthy(port: int) -> bool:
    """Return what the health check of the Dockerfile says."""
    [check] = instruction("HEALTHCHECK")
    command = json.loads(check[check.index("CMD") + 3 :])
    command[-1] = command[-1].replace("8000", str(port))
    said = subprocess.run(command, check=False, env=without_bytecode(), stderr=subprocess.DEVNULL)
    return said.returncode == 0


def test_everything_that_is_copied_is_there(image: Path) -> None:
    sources = [line.split()[0] for line in instruction("COPY") if not line.startswith("--from")]
    assert sources
    assert all((image / "app" / source).exists() for source in sources)


def test_the_image_holds_the_code_and_none_of_what_the_machine_keeps(image: Path) -> None:
    names = {path.name for path in (image / "app").iterdir()}
    assert names >= {"articles", "careers", "config", "images", "publishing", "templates", "manage.py"}
    assert not names & {"var", ".git", ".venv", ".env", "tests", "tls"}


def test_it_starts_without_a_database_and_writes_nothing_beside_its_code(image: Path, container: Running) -> None:
    before = files(image)
    [style] = [path.name for path in (image / "static/css").iterdir() if fnmatch(path.name, "site.*.css")]
    through_proxy = {"Host": HOST, "X-Forwarded-Proto": "https"}
    with closing(HTTPConnection("127.0.0.1", container.port, timeout=30)) as proxy:
        proxy.request("GET", f"/static/css/{style}", headers=through_proxy)
        answer = proxy.getresponse()
        assert (answer.status, "immutable" in answer.headers["Cache-Control"]) == (200, True)
    assert is_healthy(container.port)
    assert files(image) == before


def test_who_does_not_answer_is_not_healthy() -> None:
    assert not is_healthy(free_port())


def test_no_container_runs_as_root_with_a_disk_that_can_be_written_to() -> None:
    assert instruction("USER") == ["10001"]
    for service in (COMPOSE["services"]["web"], COMPOSE["services"]["migrate"]):
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]


def test_every_base_image_is_named_with_its_version() -> None:
    built = [each.split()[0] for each in instruction("FROM") if each.split()[0] != "packages"]
    pulled = [service["image"] for service in COMPOSE["services"].values() if "build" not in service]
    assert all(re.search(r":\d+\.\d+", image) for image in built + pulled)


def test_what_compose_sets_is_what_the_settings_read() -> None:
    code = "".join((ROOT / "config" / file).read_text() for file in ("settings.py", "environment.py"))
    read = set(re.findall(r'(?:env\.\w+|matching)\(\s*"(\w+)"', code))
    ours = {name for name in COMPOSE["services"]["web"]["environment"] if not name.startswith("AWS_")}
    assert ours <= read


def test_the_database_is_migrated_once_before_any_container_serves() -> None:
    services = COMPOSE["services"]
    assert "migrate" in services["migrate"]["command"]
    assert services["web"]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"

"""The demonstration that the project comes with is published whole, and once."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from shutil import copy

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from articles import demo
from articles.models import Comparison
from careers.models import Occupation, Role, Wage
from publishing.checks import Level, findings
from publishing.errors import Refused
from publishing.models import Document
from tests.articles.builders import every_row
from tests.builders import make_live, make_role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

SMALL = "executive-assistant-vs-project-coordinator"
NATIONAL = settings.BASE_DIR / "data" / "oews-2025-national.csv"


@pytest.fixture(autouse=True)
def _wages() -> None:
    call_command("import_wages", NATIONAL, stdout=StringIO())


def load(*options: str) -> list[str]:
    """Run the command; return the lines that it printed."""
    out = StringIO()
    call_command("load_demo", *options, stdout=out)
    return out.getvalue().splitlines()


def test_every_document_is_published_and_its_page_opens(client: Client) -> None:
    *lines, last = load()
    assert last == f"{len(lines)} documents published."
    assert len(lines) == Document.objects.count()
    for line in lines:
        assert client.get(line.removeprefix("published ")).status_code == 200, line
    found = [finding for copy in Document.objects.all() for finding in findings(copy.working_copy)]
    assert [finding for finding in found if finding.level is Level.ERROR] == []
    before = every_row()
    assert load() == ["0 documents published."]
    assert every_row() == before


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a demonstration of two roles and their comparison."""
    for name in ("roles/executive-assistant.md", "roles/project-coordinator.md", f"comparisons/{SMALL}.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        copy(settings.BASE_DIR / "demo" / name, tmp_path / name)
    shelf = f'[[categories]]\nslug = "career-development"\ntitle = "Careers"\ncomparisons = ["{SMALL}"]\n'
    (tmp_path / "categories.toml").write_text(shelf)
    file = tmp_path / f"comparisons/{SMALL}.md"
    file.write_text(re.sub("^related = .*$", "related = []", file.read_text(), flags=re.MULTILINE))
    return tmp_path


def test_a_role_that_is_there_already_is_left_alone(folder: Path) -> None:
    role = make_live(Role, title="Our Coordinator", slug="project-coordinator")
    assert len(demo.load(folder)) == 2
    role.refresh_from_db()
    assert role.title == "Our Coordinator"
    assert role.revisions.count() == role.editions.count() == 1


def test_a_draft_in_the_way_is_named_and_nothing_is_loaded(folder: Path) -> None:
    make_role("Our Coordinator", slug="project-coordinator")
    before = every_row()
    with pytest.raises(Refused, match="needs “Our Coordinator”"):
        demo.load(folder)
    assert every_row() == before


def test_a_deleted_role_in_the_way_is_named_and_nothing_is_loaded() -> None:
    make_role("Office Manager", slug="office-manager", put_away_at=timezone.now())
    before = every_row()
    with pytest.raises(CommandError, match="not loaded. .*“Office Manager” was deleted: bring it back first."):
        load()
    assert every_row() == before


def test_a_site_that_holds_something_can_be_spared() -> None:
    make_role()
    assert load("--if-empty") == ["The site holds documents already; the demonstration is not loaded."]
    assert not Comparison.objects.exists()


def test_without_the_occupations_of_its_roles_nothing_is_loaded_and_what_to_do_is_said() -> None:
    Wage.objects.all().delete()
    Occupation.objects.update(parent=None)
    Occupation.objects.all().delete()
    before = every_row()
    with pytest.raises(CommandError, match="There is no occupation 13-2011 yet: run `manage.py import_wages data/"):
        load()
    assert every_row() == before

"""The demonstration that the project comes with is published whole, and once."""

from __future__ import annotations

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from articles.models import Comparison
from careers.models import Occupation, Role, Wage
from publishing.checks import Level, findings
from publishing.models import Document
from tests.articles.builders import every_row
from tests.builders import make_live, make_role

pytestmark = pytest.mark.django_db

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


def test_a_role_that_is_there_already_is_left_alone() -> None:
    occupation = Occupation.objects.get(code="43-1011")
    role = make_live(Role, title="Our Office Manager", slug="office-manager", occupation=occupation, fit="part")
    load()
    role.refresh_from_db()
    assert role.title == "Our Office Manager"
    assert role.revisions.count() == role.editions.count() == 1


def test_a_draft_in_the_way_is_named_and_nothing_is_loaded() -> None:
    make_role("Our Office Manager", slug="office-manager")
    before = every_row()
    with pytest.raises(CommandError, match="The demonstration was not loaded.*needs “Our Office Manager”"):
        load()
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
    with pytest.raises(CommandError, match="There is no occupation 11-0000 yet: run `manage.py import_wages data/"):
        load()
    assert every_row() == before

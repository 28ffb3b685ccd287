"""A grown corpus is what publishing one by one would have left, of as many comparisons as asked for."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles import grown_texts
from articles.growing import grow
from articles.models import Comparison, ComparisonEdition, ComparisonWords, RoleWords
from articles.related import SIZE
from careers.models import Closeness, Role, RoleEdition, RoleTitle
from publishing import windows
from publishing.content import digest, snapshot
from publishing.guards import check_guards, is_collision
from publishing.models import CheckResult, Document, Paragraph, Reference
from publishing.signals import recorded, settled
from tests.articles.builders import every_row, sign_in
from tests.articles.search.builders import titles
from tests.builders import make_live
from tests.sitemap import listed_paths

pytestmark = pytest.mark.django_db

NATIONAL = site.BASE_DIR / "data" / "oews-2025-national.csv"


@pytest.fixture
def _wages() -> None:
    call_command("import_wages", NATIONAL, stdout=StringIO())


@pytest.fixture
def corpus() -> None:
    """Grow sixty comparisons of fourteen roles."""
    grow(comparisons=60, roles=14)


@pytest.mark.usefixtures("_wages", "corpus")
def test_every_page_opens_and_leads_on_to_related_comparisons(client: Client) -> None:
    live = ComparisonEdition.objects.live()
    assert live.count() == 60
    for edition in live:
        page = client.get(edition.get_absolute_url())
        assert page.status_code == 200
        assert len(page.context["page"].related) == SIZE
    for role in RoleEdition.objects.live():
        assert client.get(role.get_absolute_url()).status_code == 200


@pytest.mark.usefixtures("_wages", "corpus")
def test_pay_is_shown_of_what_is_published_and_of_what_is_stated(client: Client) -> None:
    edition = ComparisonEdition.objects.exclude(role_a__occupation=None).exclude(role_b__occupation=None).first()
    assert edition is not None
    assert client.get(edition.get_absolute_url()).context["page"].pay
    assert Role.objects.filter(occupation=None).exclude(figures=None).exists()


@pytest.mark.usefixtures("corpus")
def test_no_two_comparisons_are_of_the_same_pair() -> None:
    pairs = {frozenset(pair) for pair in Comparison.objects.values_list("role_a", "role_b")}
    assert len(pairs) == 60


@pytest.mark.usefixtures("corpus")
def test_search_finds_comparisons_and_roles_by_the_commonest_word() -> None:
    found = titles("manager")
    assert any("vs." in title for title in found)
    assert any("vs." not in title for title in found)
    a, b = Comparison.objects.values_list("role_a__title", "role_b__title").first() or ("", "")
    assert titles(f"{b} or {a}")[0] == f"{a} vs. {b}: What Are the Differences?"


@pytest.mark.usefixtures("corpus")
def test_the_sitemap_and_the_feed_list_what_is_live(client: Client) -> None:
    paths = {edition.get_absolute_url() for edition in ComparisonEdition.objects.live()}
    assert paths <= listed_paths(client)
    assert client.get("/feeds/comparisons.xml").status_code == 200


@pytest.mark.usefixtures("corpus")
def test_the_desk_lists_all_of_it_as_live(client: Client) -> None:
    sign_in(client, "Editor")
    page = client.get("/admin/articles/comparison/", {"state": "live"})
    assert page.context["cl"].result_count == 60
    assert client.get("/admin/").status_code == 200


@pytest.mark.usefixtures("corpus")
def test_the_guards_of_the_windows_hold_for_it() -> None:
    assert check_guards(["default"]) == []
    edition = ComparisonEdition.objects.first()
    assert edition is not None
    edition.pk = None
    with pytest.raises(DatabaseError) as refused:
        edition.save(force_insert=True)
    assert is_collision(refused.value)


@pytest.mark.usefixtures("_wages", "corpus")
def test_revisions_hold_the_working_copies_as_they_are_saved() -> None:
    for document in Document.objects.all():
        copy, revision = document.working_copy, document.revisions.get()
        assert revision.content == snapshot(copy)
        assert revision.digest == digest(revision.content, schema=copy.schema)


@pytest.mark.usefixtures("corpus")
def test_editions_are_what_the_press_would_issue() -> None:
    for document in Document.objects.all():
        edition = windows.siblings(document).get()
        drafted = windows.draft_edition(document.working_copy, edition.revision, at=edition.live_from)
        unlike = {"id", "act", "issued_by_id", "issued_at"}
        columns = [field.attname for field in edition._meta.concrete_fields if field.attname not in unlike]
        assert {name: getattr(edition, name) for name in columns} == {name: getattr(drafted, name) for name in columns}
        assert sorted(edition.tags.names()) == edition.content["tags"]


@pytest.mark.usefixtures("_wages", "corpus")
def test_what_follows_from_a_publication_is_what_it_would_be_worked_out_to_be(settings: Settings) -> None:
    settings.CONTENT_CHECKS = settings.CONTENT_CHECKS | {"unreviewed_months": 1000}  # it is checked before it is live
    grown = derived()
    for model in (CheckResult, Paragraph, Reference, ComparisonWords, RoleWords, RoleTitle, Closeness):
        model._default_manager.all().delete()
    copies = [document.working_copy for document in Document.objects.all()]
    for copy in copies:
        recorded.send(sender=type(copy), document=copy, revision=copy.revisions.get())
    settled.send(sender=Document, documents=copies, at=timezone.now())
    assert derived() == grown


def derived() -> dict[str, Any]:
    """Return what is derived from documents, without the numbers and times of its rows."""
    return {
        "checks": set(CheckResult.objects.values_list("document", "errors", "warnings", "infos", "contradictions")),
        "paragraphs": set(Paragraph.objects.values_list("document", "digest")),
        "references": set(Reference.objects.values_list("revision", "target", "rows")),
        "words": dict(ComparisonWords.objects.values_list("edition", "words")),
        "words of roles": dict(RoleWords.objects.values_list("edition", "words")),
        "titles": set(RoleTitle.objects.values_list("edition", "key", "kind")),
        "closeness": set(Closeness.objects.values_list("role", "other", "score")),
    }


@pytest.mark.usefixtures("corpus")
def test_people_go_on_writing_beside_what_was_grown() -> None:
    comparison = make_live(Comparison)
    assert comparison.pk == Document.objects.latest("pk").pk
    assert ComparisonEdition.objects.live().count() == 61


def test_running_it_again_adds_only_what_is_missing() -> None:
    assert grow(comparisons=20, roles=10) == (10, 20)
    before = every_row()
    assert grow(comparisons=20, roles=10) == (0, 0)
    assert {table: rows for table, rows in every_row().items() if table != "publishing.Purge"} == {
        table: rows for table, rows in before.items() if table != "publishing.Purge"
    }
    assert grow(comparisons=66, roles=12) == (2, 46)
    assert ComparisonEdition.objects.live().count() == 66


def test_it_refuses_a_site_that_people_wrote(client: Client) -> None:
    make_live(Role)
    with pytest.raises(CommandError, match=r"This site holds what .* wrote"):
        call_command("grow_demo", comparisons=1)
    assert Comparison.objects.count() == 0
    call_command("grow_demo", "--beside-others", comparisons=3, roles=5, stdout=StringIO())
    assert Comparison.objects.count() == 3


def test_more_than_there_are_pairs_or_names_is_refused_with_their_number() -> None:
    with pytest.raises(CommandError, match="5 roles make 10 pairs"):
        call_command("grow_demo", comparisons=11, roles=5)
    with pytest.raises(CommandError, match="names for 1,120 roles"):
        call_command("grow_demo", comparisons=1, roles=2000)
    assert Document.objects.count() == 0


def test_every_title_is_short_enough_for_search_results_beside_any_other() -> None:
    assert max(map(len, grown_texts.titles())) <= 28
    assert len(set(grown_texts.titles())) == len(grown_texts.titles())
    managers = [title for title in grown_texts.titles() if "Manager" in title.split()]
    assert len(managers) >= len(grown_texts.titles()) / 2

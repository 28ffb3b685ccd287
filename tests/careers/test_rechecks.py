"""What contradicts the figures is found when they change, and shown at the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Comparison
from careers.models import Fit, Release, Role
from careers.signals import facts_changed
from publishing.checks import dismiss, findings
from publishing.models import CheckResult, Document
from publishing.publish import publish, schedule
from publishing.put_away import put_away
from tests.articles.builders import sign_in
from tests.builders import SOURCED, make_draft, make_live, make_user, revise
from tests.careers.builders import make_area, make_occupation, make_release, make_wage

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

PAGE = reverse("admin:contradicted")
SAID = "<p>Lamp keepers earn $66,000 a year.</p>"


def contradictions(document: Document) -> int:
    return CheckResult.objects.get(document=document.pk).contradictions


def paid(title: str = "Lamp Keeper", **fields: object) -> Role:
    return make_live(Role, title=title, occupation=make_occupation(), fit=Fit.EXACT, **fields)  # type: ignore[no-any-return]


def told(release: Release) -> None:
    facts_changed.send(sender=Release, release=release)


@pytest.fixture
def comparison() -> Comparison:
    """Return a live comparison whose prose says what the release of 2025 does."""
    make_wage(annual_median=66_000)
    return make_live(Comparison, role_a=paid(summary=SAID), intro=SAID)  # type: ignore[no-any-return]


def test_a_release_brings_the_role_and_its_comparisons_in_line(comparison: Comparison) -> None:
    other = make_live(Comparison, intro=SAID)
    checked = CheckResult.objects.get(document=other.pk).checked_at
    assert contradictions(comparison) == contradictions(comparison.role_a) == 0
    newer = make_release(2026)
    make_wage(release=newer, annual_median=68_000)
    told(newer)
    assert contradictions(comparison) == contradictions(comparison.role_a) == 1
    assert CheckResult.objects.get(document=other.pk).checked_at == checked


@pytest.mark.parametrize("kind", ["coming", "of one state"])
def test_a_release_that_says_nothing_of_the_nation_now_checks_nothing(comparison: Comparison, kind: str) -> None:
    checked = CheckResult.objects.get(document=comparison.pk).checked_at
    later = timezone.now() + timedelta(days=1) if kind == "coming" else timezone.now()
    release = make_release(2026, current_from=later)
    area = make_area("Ohio", "state") if kind == "of one state" else None
    make_wage(release=release, area=area, annual_median=68_000)
    told(release)
    assert CheckResult.objects.get(document=comparison.pk).checked_at == checked


def test_what_was_deleted_is_not_checked(comparison: Comparison) -> None:
    draft = make_draft(Comparison, role_a=comparison.role_a, intro=SAID)
    put_away(draft, by=make_user())
    checked = CheckResult.objects.get(document=draft.pk).checked_at
    told(Release.objects.get())
    assert CheckResult.objects.get(document=draft.pk).checked_at == checked


def test_a_new_edition_of_a_role_with_other_figures_brings_its_comparisons_in_line() -> None:
    role = make_live(Role, title="Lamp Keeper", figures=[SOURCED | {"amount": "66000"}])
    comparison = make_live(Comparison, role_a=role, intro=SAID)
    role.figures.update(amount=68_000)
    revision = revise(role)
    assert contradictions(comparison) == 0
    publish(revision, by=make_user())
    assert contradictions(comparison) == 1
    checked = CheckResult.objects.get(document=comparison.pk).checked_at
    publish(revise(role, definition="Another sentence."), by=make_user())
    assert CheckResult.objects.get(document=comparison.pk).checked_at == checked


def test_a_draft_of_a_role_that_nobody_sees_yet_does_too() -> None:
    role = make_draft(Role, title="Lamp Keeper", figures=[SOURCED | {"amount": "66000"}])
    comparison = make_draft(Comparison, role_a=role, intro=SAID)
    role.figures.update(amount=68_000)
    revise(role)
    assert contradictions(comparison) == 1


def test_an_edition_to_come_checks_nothing_yet() -> None:
    role = make_draft(Role, title="Lamp Keeper", figures=[SOURCED | {"amount": "66000"}])
    comparison = make_draft(Comparison, role_a=role, intro=SAID)
    checked = CheckResult.objects.get(document=comparison.pk).checked_at
    schedule(role.revisions.first(), by=make_user(), at=timezone.now() + timedelta(days=1))
    assert CheckResult.objects.get(document=comparison.pk).checked_at == checked


# The page


def listed(client: Client) -> list[list[str]]:
    response = client.get(PAGE)
    assert response.status_code == 200
    rows = BeautifulSoup(response.content, "html.parser").select("tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in rows]


def test_what_contradicts_the_figures_is_listed_the_worst_first(client: Client, comparison: Comparison) -> None:
    sign_in(client, "Writer")
    assert listed(client) == []
    newer = make_release(2026)
    make_wage(release=newer, annual_median=68_000)
    draft = make_draft(Comparison, role_a=comparison.role_a, intro="<p>They earn $66,000, or $67,000.</p>")
    told(newer)
    first, *others = listed(client)
    assert str(draft) in first[0]
    assert first[1] == "Draft"
    assert "the figure of Lamp Keeper is $68,000 a year (median pay, United States, May 2026)." in first[2]
    assert first[2].count("stands in the text") == 2
    assert {row[1].partition(" ")[0] for row in others} == {"Live"}
    assert {row[0] for row in others} == {f"{comparison.role_a} role", f"{comparison} comparison"}
    assert PAGE in client.get("/admin/").content.decode()


def test_what_was_set_aside_or_no_figure_is_near_to_is_no_contradiction(client: Client) -> None:
    user = sign_in(client, "Writer")
    figures = [SOURCED | {"amount": "66000"}]
    role = make_draft(Role, title="Lamp Keeper", figures=figures, summary="<p>A lamp costs $12. They earn $65,000.</p>")
    [row] = listed(client)
    assert row[2].count("stands in the text") == 1
    [near] = [each for each in findings(role) if each.contradicts]
    dismiss(role, near.key, reason="It is what they ask for.", by=user)
    assert listed(client) == []


def test_whoever_has_nothing_to_do_with_documents_sees_none(client: Client, comparison: Comparison) -> None:
    revise(comparison, intro="<p>They earn $66,500.</p>")
    client.force_login(make_user("writer"))
    assert listed(client) == []

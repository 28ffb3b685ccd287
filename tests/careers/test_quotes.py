"""Figures that prose quotes: readers get the amount of the record, editors are told of those that there are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from articles.admin_starting import start_url
from articles.assemble import assemble
from articles.merge import merge
from articles.models import Comparison, Page
from careers.models import Figure, Fit, Role
from careers.naming import facts_of
from careers.quotes import OWN_WORDS, of_pair, of_role, on_side, written_out
from publishing.checks import Level, findings
from publishing.diff import compare
from publishing.errors import Refused
from publishing.publish import publish
from publishing.richtext import quote
from tests.articles.builders import act, sign_in
from tests.builders import SOURCED, make_comparison, make_draft, make_live, make_page, make_role, make_user, revise
from tests.careers.builders import make_area, make_occupation, make_release, make_wage
from tests.catalogue import write

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

OWN, A, B = "self/median_pay", "a/median_pay", "b/median_pay"


def earning(name: str) -> str:
    """Return a sentence that quotes the figure."""
    return f"<p>They earn {quote(name, 'median pay')} at the median.</p>"


def paid(title: str, code: str, **fields: object) -> Role:
    return make_live(Role, title=title, occupation=make_occupation(code), fit=Fit.EXACT, **fields)  # type: ignore[no-any-return]


@pytest.fixture
def comparison() -> Comparison:
    """Return a live comparison that quotes the pay of both roles, which the nation and, of one, Ohio publishes."""
    make_wage("11-9111", annual_median=66_000)
    make_wage("43-1011", annual_median=60_000)
    make_wage("11-9111", area=make_area("Ohio", "state"), annual_median=58_000)
    a, b = paid("Lamp Keeper", "11-9111", summary=earning(OWN)), paid("Rope Maker", "43-1011")
    return make_live(Comparison, role_a=a, role_b=b, intro=earning(A) + earning(B))  # type: ignore[no-any-return]


def shown(client: Client, path: str, *parts: str) -> list[str]:
    soup = BeautifulSoup(client.get(path).content, "html.parser")
    return [" ".join(p.get_text().split()) for part in parts for p in soup.select(f"{part} > p")]


def errors(document: Role | Comparison | Page) -> list[str]:
    return [found.sentence for found in findings(document) if found.level is Level.ERROR]


@pytest.mark.parametrize("query", ["", "?area=ohio"])
def test_readers_get_the_amount_of_the_nation_whatever_place_they_look_at(
    client: Client, comparison: Comparison, query: str
) -> None:
    path = comparison.working_path() + query
    assert shown(client, path, ".intro", "#what-is-a") == [
        "They earn $66,000 a year at the median.",
        "They earn $60,000 a year at the median.",
        "They earn $66,000 a year at the median.",
    ]
    assert shown(client, f"{comparison.role_a.working_path()}{query}", "#summary") == [
        "They earn $66,000 a year at the median."
    ]


def test_an_amount_leads_to_its_source_and_says_where_when_and_who(client: Client, comparison: Comparison) -> None:
    soup = BeautifulSoup(client.get(comparison.working_path() + "?area=ohio").content, "html.parser")
    link = soup.select_one(".intro a")
    assert link and link["href"] == "https://www.bls.gov/oes/"
    assert str(link["title"]).startswith("Median pay, United States, May 2025. US Bureau of Labor Statistics")


def test_a_figure_without_an_address_says_its_source_too(client: Client) -> None:
    role = make_live(Role, figures=[SOURCED], summary=earning(OWN))
    soup = BeautifulSoup(client.get(role.working_path()).content, "html.parser")
    amount = soup.select_one("#summary span")
    assert amount and amount.get_text() == "$65,917 a year"
    assert amount["title"] == "Median pay, United States, May 2025. US Bureau of Labor Statistics"


def test_a_new_release_is_read_without_publishing_anything(client: Client, comparison: Comparison) -> None:
    make_wage("11-9111", release=make_release(2026), annual_median=70_000)
    assert shown(client, comparison.working_path(), ".intro") == [
        "They earn $70,000 a year at the median.",
        "They earn no figure published at the median.",
    ]


def test_what_is_quoted_of_both_roles_may_stand_side_by_side() -> None:
    old, new = SOURCED | {"period": "May 2024", "amount": "1"}, SOURCED | {"amount": "2"}
    a, b = make_draft(Role, figures=[old, new]), make_draft(Role, figures=[SOURCED])
    facts = facts_of({a.pk, b.pk})
    figures = of_pair(facts[a.pk].figures, facts[b.pk].figures)
    assert [figures[name].period for name in (A, B)] == ["May 2025", "May 2025"]
    assert of_role(facts[a.pk].figures)[OWN].period == "May 2024"


def test_pay_of_an_unknown_kind_is_not_to_be_quoted() -> None:
    role = make_role(figures=[SOURCED | {"measure": "pay"}], summary=earning("self/pay"))
    assert len(errors(role)) == 1


def test_what_is_written_in_place_of_a_quote_follows_the_language(settings: Settings, tmp_path: Path) -> None:
    write(tmp_path, "de", {"no figure published": "keine Angabe", "median pay": "mittlerer Lohn"})
    settings.LOCALE_PATHS = [tmp_path]
    with translation.override("de"):
        assert written_out(earning(A), {}) == "<p>They earn keine Angabe at the median.</p>"
        assert str(OWN_WORDS[Figure.Measure.MEDIAN_PAY]) == "mittlerer Lohn"


@pytest.mark.parametrize("name", [B, "b/employment", OWN, "c/median_pay", "a/luck"])
def test_a_quote_of_a_figure_that_there_is_not_stops_a_publication(name: str) -> None:
    make_wage("11-9111", annual_median=66_000)
    comparison = make_comparison(paid("Lamp Keeper", "11-9111"), intro=earning(name))
    [sentence] = errors(comparison)
    assert sentence.startswith(f"“median pay” stands for a figure, and there is none ({name})")
    editor = make_user()
    with pytest.raises(Refused, match="readers would get “no figure published”"):
        publish(revise(comparison, by=editor), by=editor)


def test_a_page_quotes_no_figure() -> None:
    assert len(errors(make_page(body=earning(A)))) == 1


def test_a_quote_is_never_said_to_contradict_the_figures(comparison: Comparison) -> None:
    revise(comparison, intro="<p>They earn " + quote(A, "$66,500 a year") + " and not $66,400 a year.</p>")
    said = [found.sentence for found in findings(comparison) if "stands in the text" in found.sentence]
    assert [sentence[:9] for sentence in said] == ["“$66,400”"]


@pytest.mark.parametrize(
    ("words", "warnings"),
    [
        ("median pay of lamp keepers", 0),
        ("Median pay", 0),
        ("median pay of rope makers", 1),
        ("median pay of divers", 1),
    ],
)
def test_a_quote_that_names_another_role_is_told(comparison: Comparison, words: str, warnings: int) -> None:
    revise(comparison, intro=f"<p>They earn {quote(A, words)}.</p>")
    said = [found.sentence for found in findings(comparison) if "does not say so" in found.sentence]
    assert said == [f"“{words}” stands for a figure of Lamp Keeper, and does not say so: insert it anew."] * warnings


def test_a_quote_holds_when_its_role_is_merged_into_another(client: Client, comparison: Comparison) -> None:
    other = paid("Beacon Keeper", "11-9111")
    merge(comparison.role_a, other, by=make_user())
    comparison.refresh_from_db()
    assert comparison.role_a == other
    assert shown(client, comparison.working_path(), ".intro")[0] == "They earn $66,000 a year at the median."


def test_prose_of_roles_quotes_the_same_figures_in_a_page_made_of_both(client: Client) -> None:
    make_wage("11-9111", annual_median=66_000)
    make_wage("43-1011", annual_median=60_000)
    roles = [paid(title, code, duties=earning(OWN)) for title, code in (("Ash", "11-9111"), ("Birch", "43-1011"))]
    path = reverse("articles:comparison", kwargs={"slug": "ash-vs-birch"})
    assert shown(client, path, "#what-ashes-do", "#what-birches-do") == [
        "They earn $66,000 a year at the median.",
        "They earn $60,000 a year at the median.",
    ]
    sign_in(client, "Writer")
    started = client.get(start_url(*roles)).content.decode()
    assert "They earn" in started and "$60,000 a year</a> at the median" in started
    [duties] = [part.body for part in assemble(*roles).sections if part.heading == "Job duties"]
    assert earning(A) in duties and earning(B) in duties


def test_only_a_role_s_own_quotes_are_led_to_its_side() -> None:
    assert on_side(earning(OWN) + earning(B), "a") == earning(A) + earning(B)


def test_a_comparison_of_versions_names_the_figure() -> None:
    role = make_draft(Role, figures=[SOURCED], summary="<p>They earn median pay at the median.</p>")
    before = role.revisions.get().content
    after = revise(role, summary=earning(OWN)).content
    [change] = compare(Role, before, after)
    [block] = change.blocks
    assert block.notes == ("“median pay”: now the figure self/median_pay, written out for readers.",)  # type: ignore[union-attr]


def test_the_form_offers_the_figures_that_there_are_with_their_amounts(client: Client, comparison: Comparison) -> None:
    sign_in(client, "Writer")
    offered = client.get(act(comparison, "change")).context["quotable"]["figures"]
    assert [(each["href"], each["words"], each["amount"]) for each in offered] == [
        ("figure:a/median_pay", "median pay of lamp keepers", "$66,000 a year"),
        ("figure:b/median_pay", "median pay of rope makers", "$60,000 a year"),
    ]
    [own] = client.get(act(comparison.role_a, "change")).context["quotable"]["figures"]
    assert (own["href"], own["words"]) == ("figure:self/median_pay", "median pay")
    assert own["about"].startswith("Median pay, United States, May 2025. US Bureau")
    assert "quotable" not in client.get(reverse("admin:careers_role_add")).context


def test_a_preview_writes_the_figure_out(client: Client, comparison: Comparison) -> None:
    sign_in(client, "Writer")
    revise(comparison, versus=earning(A))
    assert "They earn $66,000 a year at the median." in shown(client, act(comparison, "preview"), "#versus")

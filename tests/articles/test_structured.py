"""What pages say to machines: JSON-LD that keeps to the vocabulary and says what the page shows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from articles.models import Comparison, Page
from articles.structured import LISTED
from careers.models import Role
from publishing.publish import publish
from tests.articles.builders import Corpus
from tests.articles.vocabulary import mistakes
from tests.builders import SOURCED, make_category, make_live, make_user, make_withdrawn, revise
from tests.careers.builders import make_area, make_occupation, make_wage

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

HOSTILE = "</script><script>alert(1)</script><!-- \u2028 & so on"


def graph_of(client: Client, path: str) -> list[dict[str, Any]]:
    """Return the nodes that the page says, having checked them against the vocabulary."""
    page = BeautifulSoup(client.get(path).content.decode(), "html5lib")
    [element] = page.select('script[type="application/ld+json"]')
    said = json.loads(str(element.string))
    assert said["@context"] == "https://schema.org"
    nodes: list[dict[str, Any]] = said["@graph"]
    ids = {node["@id"]: node["@type"] for node in nodes if "@id" in node}
    assert [mistake for node in nodes for mistake in mistakes(node, ids=ids)] == []
    return nodes


def node_of(client: Client, path: str, kind: str) -> dict[str, Any]:
    [node] = [node for node in graph_of(client, path) if node["@type"] == kind]
    return node


def crumbs(client: Client, path: str) -> list[tuple[str, str]]:
    listed = node_of(client, path, "BreadcrumbList")["itemListElement"]
    assert [each["position"] for each in listed] == list(range(1, len(listed) + 1))
    return [(each["name"], each["item"].removeprefix("http://testserver")) for each in listed]


def make_site() -> Comparison:
    """Return a live comparison with all that it can say, beside one of each other kind of page."""
    make_occupation(title="Lamp Managers")
    make_wage()
    fields = {"occupation_id": "11-9111", "fit": "part", "skills": ["Knots"], "also_called": ["Roper"]}
    a, b = (make_live(Role, title=title, tags=["Height"], **fields) for title in ("Rope Maker", "Net Maker"))
    comparison: Comparison = make_live(
        Comparison,
        role_a=a,
        role_b=b,
        category=make_category("Job Search"),
        author=make_user("writer", byline="A. Writer"),
        tags=["Height", "Deep water"],
        standfirst="Both make things of hemp.",
    )
    comparison.sources.create(title="Handbook of knots", url="https://example.org/knots")
    comparison.sources.create(title="A book without an address")
    publish(revise(comparison), by=make_user())
    make_live(Role, title="Weaver")
    make_live(Page, title="About", standfirst="Who we are.")
    make_withdrawn(Page, title="Notice", slug="notice", reason="Outdated.")
    return comparison


KINDS = {
    "/": {"ItemList"},
    "/compare/": {"ItemList"},
    "/compare/?a=rope-maker": {"ItemList"},
    "/compare/rope-maker-vs-net-maker/": {"Article", "BreadcrumbList"},
    "/compare/rope-maker-vs-weaver/": {"WebPage", "BreadcrumbList"},
    "/categories/": {"ItemList"},
    "/categories/job-search/": {"ItemList", "BreadcrumbList"},
    "/topics/": {"ItemList"},
    "/topics/height/": {"ItemList", "BreadcrumbList"},
    "/roles/": {"ItemList"},
    "/roles/rope-maker/": {"Occupation", "BreadcrumbList"},
    "/about/": {"WebPage", "BreadcrumbList"},
    "/saved/": set(),
    "/search/?q=rope": set(),
    "/report/": set(),
    "/notice/": set(),
    "/nothing/": set(),
}


def test_every_kind_of_page_says_what_it_is_and_what_the_site_is(client: Client) -> None:
    make_site()
    said = {path: {node["@type"] for node in graph_of(client, path)} for path in KINDS}
    assert said == {path: {"Organization", "WebSite", *kinds} for path, kinds in KINDS.items()}


def test_an_empty_site_keeps_to_the_vocabulary_too(client: Client) -> None:
    for path in ("/", "/compare/", "/categories/", "/topics/", "/roles/"):
        assert node_of(client, path, "ItemList")["itemListElement"] == []


def test_the_site_says_how_it_is_searched(client: Client) -> None:
    [action] = [node_of(client, "/", "WebSite")["potentialAction"]]
    assert action["target"]["urlTemplate"] == "http://testserver/search/?q={search_term_string}"
    assert client.get("/search/", {"q": "rope"}).status_code == 200


def test_a_comparison_is_an_article_about_two_occupations(client: Client) -> None:
    comparison = make_site()
    edition = comparison.editions.live().get()
    article = node_of(client, comparison.working_path(), "Article")
    assert article["headline"] == edition.title
    assert article["description"] == "Both make things of hemp."
    assert article["datePublished"] == edition.first_published_at.isoformat()
    assert article["dateModified"] == edition.significant_at.isoformat()
    assert article["author"] == {"@type": "Person", "name": "A. Writer"}
    assert [about["name"] for about in article["about"]] == ["Rope Maker", "Net Maker"]
    assert article["articleSection"] == "Job Search"
    assert article["keywords"] == ["Deep water", "Height"]
    assert [work["name"] for work in article["citation"]] == ["Handbook of knots", "A book without an address"]
    assert crumbs(client, comparison.working_path()) == [
        ("Side by Side", "/"),
        ("Categories", "/categories/"),
        ("Job Search", "/categories/job-search/"),
        (edition.title, comparison.working_path()),
    ]


def test_what_nobody_wrote_is_called_no_article(client: Client) -> None:
    make_site()
    page = node_of(client, "/compare/rope-maker-vs-weaver/", "WebPage")
    assert page["author"] == page["publisher"]
    assert crumbs(client, "/compare/rope-maker-vs-weaver/")[1] == ("Comparisons", "/compare/")


def test_a_list_names_what_it_shows_in_its_order(client: Client) -> None:
    make_site()
    listed = node_of(client, "/roles/", "ItemList")
    assert listed["numberOfItems"] == 3
    assert [entry["name"] for entry in listed["itemListElement"]] == ["Net Maker", "Rope Maker", "Weaver"]
    topic = node_of(client, "/topics/height/", "ItemList")
    assert [entry["url"].removeprefix("http://testserver") for entry in topic["itemListElement"]] == [
        "/compare/rope-maker-vs-net-maker/",
        "/roles/net-maker/",
        "/roles/rope-maker/",
    ]


def test_a_long_list_names_its_beginning_and_says_how_many_there_are(client: Client) -> None:
    Corpus().add_roles(LISTED + 5)
    listed = node_of(client, "/roles/", "ItemList")
    assert (len(listed["itemListElement"]), listed["numberOfItems"]) == (LISTED, LISTED + 5)


def test_no_text_can_leave_its_element(client: Client) -> None:
    role = make_live(Role, title="Weaver", definition=HOSTILE, also_called=[HOSTILE])
    node = node_of(client, role.working_path(), "Occupation")
    assert node["description"] == HOSTILE
    assert "<script>alert" not in client.get(role.working_path()).content.decode()


# ---- pay ------------------------------------------------------------------------------------------------------------


def pay_of(client: Client, path: str = "/roles/weaver/") -> tuple[Any, Any]:
    node = node_of(client, path, "Occupation")
    return node.get("estimatedSalary"), node.get("occupationLocation")


def make_weaver(*, fit: str = "exact", **fields: Any) -> None:
    make_occupation(title="Lamp Managers")
    make_live(Role, title="Weaver", occupation_id="11-9111", fit=fit, **fields)


def test_a_role_says_what_its_page_shows_of_its_pay(client: Client) -> None:
    make_wage()
    make_weaver()
    salary, place = pay_of(client)
    amounts = {"percentile10": 40_000, "percentile25": 50_000, "median": 66_000, "percentile75": 80_000}
    assert salary == {
        "@type": "MonetaryAmountDistribution",
        "name": "base",
        "currency": "USD",
        "duration": "P1Y",
        **amounts,
        "percentile90": 99_000,
    }
    assert place == {"@type": "Country", "name": "United States"}
    page = client.get("/roles/weaver/").content.decode()
    assert all(f"${amount:,}" in page for amount in amounts.values())


def test_the_pay_follows_the_place_that_is_asked_for(client: Client) -> None:
    make_wage()
    ohio = make_area("Ohio", "state")
    make_wage(area=ohio, annual_median=55_000)
    make_wage(area=make_area("Akron, OH", "metro", state=ohio), annual_median=54_000)
    make_weaver()
    salary, place = pay_of(client, "/roles/weaver/?area=ohio")
    assert (salary["median"], place) == (55_000, {"@type": "State", "name": "Ohio"})
    salary, place = pay_of(client, "/roles/weaver/?area=akron-oh")
    assert (salary["median"], place) == (54_000, {"@type": "AdministrativeArea", "name": "Akron, OH"})


def test_what_the_source_caps_or_keeps_back_is_no_amount(client: Client) -> None:
    marks = {"annual_90": "top", "annual_25": "suppressed"}
    make_wage(annual_10=40_000, annual_median=66_000, annual_75=80_000, marks=marks)
    make_weaver()
    salary, _ = pay_of(client)
    assert {name for name in salary if name.startswith(("percentile", "median"))} == {
        "percentile10",
        "median",
        "percentile75",
    }


def test_pay_that_is_published_by_the_hour_is_said_by_the_hour(client: Client) -> None:
    make_wage(hourly_median="31.50", hourly_10="20.00")
    make_weaver()
    salary, _ = pay_of(client)
    assert (salary["duration"], salary["median"], salary["percentile10"]) == ("PT1H", 31.5, 20)


def test_whom_the_pay_counts_is_said_unless_it_is_exactly_the_role(client: Client) -> None:
    make_wage()
    make_weaver(fit="part")
    salary, _ = pay_of(client)
    assert salary["description"] == "Lamp and rope managers, who include weavers"
    node = node_of(client, "/roles/weaver/", "Occupation")
    assert node["occupationalCategory"]["codeValue"] == "11-9111"


def test_an_occupation_that_is_only_close_is_not_called_the_roles_own(client: Client) -> None:
    make_wage()
    make_weaver(fit="close")
    assert "occupationalCategory" not in node_of(client, "/roles/weaver/", "Occupation")


def test_a_median_that_the_editors_state_stands_alone(client: Client) -> None:
    make_live(Role, title="Weaver", figures=[SOURCED])
    salary, place = pay_of(client)
    assert (salary["median"], salary["duration"]) == (65_917, "P1Y")
    assert place == {"@type": "AdministrativeArea", "name": "United States"}


def test_a_role_without_figures_says_nothing_of_pay(client: Client) -> None:
    make_live(Role, title="Weaver")
    assert pay_of(client) == (None, None)

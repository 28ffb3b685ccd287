"""The page of results, what is offered while somebody types, and the page where there is none."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Comparison, Page
from articles.search.results import ON_A_PAGE
from careers.models import Role
from tests.articles.search.builders import text
from tests.builders import make_category, make_live, make_scheduled

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def page(client: Client, query: str = "", *, status: int = 200) -> BeautifulSoup:
    response = client.get(f"/search/{query}")
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def found(soup: BeautifulSoup) -> list[str]:
    return [title.get_text() for title in soup.select(".results h2")]


def asked(client: Client, path: str) -> tuple[Any, int]:
    """Return the answer, and how many queries it took."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    return response, len(captured)


def test_a_result_has_its_title_a_line_its_kind_and_its_shelf(client: Client) -> None:
    shelf = make_category("Harbors")
    a, b = make_live(Role, title="Lamp Keeper"), make_live(Role, title="Rope Maker")
    make_live(Comparison, role_a=a, role_b=b, category=shelf, standfirst="The lamp or the rope.")
    soup = page(client, "?q=lamp")
    _, comparison = soup.select(".results li")
    assert str(comparison.h2.a) == (  # type: ignore[union-attr]
        '<a href="/compare/lamp-keeper-vs-rope-maker/"><mark>Lamp</mark> Keeper vs. Rope Maker: '
        "What Are the Differences?</a>"
    )
    assert str(comparison.p) == "<p>The <mark>lamp</mark> or the rope.</p>"
    kind = comparison.select_one(".kind")
    assert kind is not None
    assert kind.get_text() == "Comparison · Harbors"
    assert kind.a is not None
    assert kind.a["href"] == "/categories/harbors/"


def test_results_are_for_nobody_else_to_keep_or_list(client: Client) -> None:
    response = client.get("/search/?q=x")
    assert response["Cache-Control"] == "private, max-age=60"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert client.get("/search/offered.json?q=x")["Cache-Control"] == "private, max-age=60"


def test_what_was_typed_is_shown_as_text(client: Client) -> None:
    html = client.get("/search/", {"q": '<script>"x"</script>'}).content.decode()
    assert "<script>" not in html.split("</head>")[1]
    assert 'value="&lt;script&gt;&quot;x&quot;&lt;/script&gt;"' in html


@pytest.mark.parametrize(
    "query", ["", "?q=", "?q=%00", "?q=" + "keeper+" * 1500, "?q=%F0%9F%92%A1&kind=wizard&category=no"]
)
def test_any_query_is_answered(client: Client, query: str) -> None:
    page(client, query)


def test_a_long_list_goes_on_on_further_pages_and_ends(client: Client) -> None:
    for number in range(ON_A_PAGE + 1):
        make_live(Page, title=f"Lamp {number:02}")
    first = page(client, "?q=lamp&kind=page")
    onward = first.select_one("a[rel=next]")
    assert onward is not None
    second = page(client, str(onward["href"]))
    assert (len(found(first)), len(found(second))) == (ON_A_PAGE, 1)
    assert set(found(first)).isdisjoint(found(second))
    assert second.select_one("a[rel=next]") is None
    for wrong in ("3", "0", "-1", "x", "٣", "9999999"):
        page(client, f"?q=lamp&page={wrong}", status=404)


def test_a_shelf_narrows_the_list_to_its_comparisons(client: Client) -> None:
    make_live(Comparison, category=make_category("Harbors"), standfirst="A lamp.")
    make_live(Page, title="Lamp")
    soup = page(client, "?q=lamp&category=harbors&kind=page")
    assert len(found(soup)) == 1
    assert [option["value"] for option in soup.select("option[selected]")] == ["comparison", "harbors"]


def test_where_nothing_is_found_the_page_says_what_to_do(client: Client) -> None:
    soup = page(client, "?q=lamp&kind=page")
    links = [str(link["href"]) for link in soup.select("main .prose a")]
    assert links == ["?q=lamp", "/roles/", "/compare/"]


def test_another_spelling_is_offered(client: Client) -> None:
    make_live(Role, title="Practice Manager")
    assert "These are results for practice manager" in " ".join(page(client, "?q=practise+manger").get_text().split())
    make_live(Page, title="Practise")
    assert page(client, "?q=practise").select_one('.hint a[href="?q=practice"]') is not None


def test_what_is_offered_leads_there(client: Client) -> None:
    make_live(Role, title="Lamp Keeper", definition="Keeps lamps.", also_called=["Wick trimmer"])
    offer = {"title": "Lamp Keeper", "about": "Keeps lamps.", "url": "/roles/lamp-keeper/"}
    assert client.get("/search/offered.json?q=lam").json() == {"offers": [offer], "said": "1 page"}
    also = offer | {"about": "Also called wick trimmer. Keeps lamps."}
    assert client.get("/search/offered.json?q=wick").json() == {"offers": [also], "said": "1 page"}
    assert client.get("/search/offered.json").json() == {"offers": [], "said": "0 pages"}


@pytest.mark.parametrize(
    "path", ["/roles/practise-manager/", "/practice-managers/", "/nowhere/practice", "/compare/practice-vs-nobody/"]
)
def test_where_there_is_no_page_the_words_of_the_address_are_looked_for(client: Client, path: str) -> None:
    make_live(Role, title="Practice Manager")
    make_scheduled(Role, title="Practice Nurse")
    response = client.get(path)
    assert response.status_code == 404
    html = response.content.decode()
    assert 'href="/roles/practice-manager/"' in html
    assert "practise" not in html
    assert "Nurse" not in text(html)


def test_what_the_words_of_a_pair_lead_to(client: Client) -> None:
    make_live(Role, title="Practice Manager")
    make_live(Role, title="Office Manager")
    html = client.get("/articles/practice-manager-vs-office-manager").content.decode()
    assert 'href="/compare/office-manager-vs-practice-manager/"' in html


@pytest.mark.parametrize("path", ["/static/js/gone.js", "/media/gone.webp", "/static/gone", "/wp-login.php"])
def test_a_file_that_is_not_there_is_not_searched_for(client: Client, path: str) -> None:
    response, queries = asked(client, path)
    assert response.status_code == 404
    assert queries <= 1, "only an old address is asked for"


def test_letters_without_their_accents_lead_to_roles(client: Client) -> None:
    for title in ("Éclairagiste", "Engineer", "Zookeeper", "3D Artist"):
        make_live(Role, title=title, slug=f"a-{title[-3:]}")
    soup = BeautifulSoup(client.get("/roles/").content, "html.parser")
    letters = [str(link["href"]) for link in soup.select(".letters a")]
    assert letters == ["#letter-3", "#letter-e", "#letter-z"]
    assert [link.get_text() for link in soup.select("#letter-e .entries a")] == ["Éclairagiste", "Engineer"]

"""Any two roles: choosing them, the article that is there, and the page that is made where there is none."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import ChosenPair, Comparison
from careers.models import Role
from tests.articles.builders import sign_in
from tests.builders import make_draft, make_live, make_scheduled, make_withdrawn
from tests.careers.builders import make_occupation, make_wage
from tests.sitemap import listed_paths

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

PATH = "/compare/lamp-keeper-vs-rope-maker/"


@pytest.fixture
def roles() -> tuple[Role, Role]:
    """Return two live roles that nobody compared."""
    wages = {"11-9111": 66_000, "43-1011": 60_000}
    for code, median in wages.items():
        make_wage(code, annual_median=median)
    occupations = [{"occupation": make_occupation(code), "fit": "exact"} for code in wages]
    lamp = make_live(
        Role, title="Lamp Keeper", duties="<p>They trim wicks.</p>", skills=["Knots", "Oil"], **occupations[0]
    )
    rope = make_live(Role, title="Rope Maker", skills=["Knots"], also_called=["Roper"], **occupations[1])
    return lamp, rope


def choose(client: Client, a: str, b: str) -> str:
    response = client.get("/compare/", {"a": a, "b": b})
    assert response.status_code == 302
    return str(response["Location"])


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser").get_text(" ", strip=True)


@pytest.mark.usefixtures("roles")
def test_two_roles_that_nobody_compared_get_a_page_from_both_profiles(client: Client) -> None:
    assert choose(client, "roper", "lamp-keeper") == PATH
    page = text(client, PATH)
    assert "Lamp Keeper vs. Rope Maker: What Are the Differences?" in page
    assert "Made from the profiles of both roles; nobody has written about the two yet." in page
    assert "What lamp keepers do They trim wicks." in page
    assert "What rope makers do" not in page
    assert "$66,000 a year $60,000 a year" in page
    assert "Both need Knots Lamp keepers also need Oil" in page


@pytest.mark.django_db
@pytest.mark.usefixtures("roles")
def test_such_a_page_is_the_same_whenever_it_is_asked_for(client: Client) -> None:
    first, second = (client.get(PATH).content for _ in range(2))
    assert first == second


@pytest.mark.usefixtures("roles")
def test_such_a_page_is_kept_out_of_search_engines_and_the_sitemap(client: Client) -> None:
    assert '<meta name="robots" content="noindex">' in client.get(PATH).content.decode()
    assert PATH not in listed_paths(client)


@pytest.mark.usefixtures("roles")
def test_a_pair_has_one_page_whichever_is_named_first(client: Client) -> None:
    response = client.get("/compare/rope-maker-vs-lamp-keeper/")
    assert (response.status_code, response["Location"]) == (302, PATH)


def test_an_article_is_shown_if_there_is_one(client: Client, roles: tuple[Role, Role]) -> None:
    make_live(Comparison, role_a=roles[1], role_b=roles[0])
    assert choose(client, "Lamp Keeper", "Rope Maker") == "/compare/rope-maker-vs-lamp-keeper/"
    assert client.get(PATH)["Location"] == "/compare/rope-maker-vs-lamp-keeper/"


def test_a_draft_and_what_is_scheduled_stay_hidden(client: Client, roles: tuple[Role, Role]) -> None:
    make_scheduled(Comparison, role_a=roles[0], role_b=roles[1], intro="<p>Not yet for readers.</p>")
    page = text(client, PATH)
    assert "nobody has written about the two yet" in page
    assert "Not yet for readers" not in page


def test_an_article_that_was_taken_down_is_not_made_up_for(client: Client, roles: tuple[Role, Role]) -> None:
    make_withdrawn(Comparison, role_a=roles[0], role_b=roles[1])
    assert client.get(PATH).status_code == 410


@pytest.mark.usefixtures("roles")
@pytest.mark.parametrize(
    "slug", ["lamp-keeper-vs-nobody", "lamp-keeper-vs-lamp-keeper", "lamp-keeper-vs-", "a-vs-b-vs-c", "lamp-keeper"]
)
def test_what_does_not_name_two_live_roles_is_not_found(client: Client, slug: str) -> None:
    make_draft(Role, title="Nobody")
    assert client.get(f"/compare/{slug}/").status_code == 404


@pytest.mark.usefixtures("roles")
def test_what_is_not_clear_is_asked_again_with_what_it_may_mean(client: Client) -> None:
    make_live(Role, title="Rope Walker")
    page = client.get("/compare/", {"a": "rope", "b": "lamp keeper"}).content.decode()
    links = BeautifulSoup(page, "html.parser").select("#about-role-a a")
    assert [link.get_text() for link in links] == ["Rope Maker", "Rope Walker"]
    assert client.get(str(links[0]["href"]))["Location"] == PATH
    assert "No role here is called “&lt;b&gt;”." in client.get("/compare/", {"a": "<b>", "b": "x"}).content.decode()
    assert "Both fields name “Lamp Keeper”" in text(client, "/compare/?a=lamp-keeper&b=lamp-keeper")


def test_a_chosen_pair_is_counted_and_a_page_that_is_only_opened_is_not(
    client: Client, roles: tuple[Role, Role]
) -> None:
    choose(client, "lamp-keeper", "rope-maker")
    choose(client, "rope-maker", "lamp-keeper")
    client.get(PATH)
    client.get("/compare/", {"a": "lamp-keeper", "b": "nobody"})
    (pair,) = ChosenPair.objects.all()
    assert (pair.first, pair.second, pair.times) == (*roles, 2)


@pytest.mark.usefixtures("roles")
def test_the_desk_turns_the_page_into_a_draft(client: Client) -> None:
    assert "Write this article" not in text(client, PATH)
    sign_in(client, "Writer")
    page = BeautifulSoup(client.get(PATH).content.decode(), "html.parser")
    link = page.find("a", string="Write this article")
    assert isinstance(link, Tag)
    assert "Lamp Keeper vs. Rope Maker" in client.get(str(link["href"])).content.decode()


@pytest.mark.usefixtures("roles")
def test_a_page_of_two_roles_takes_few_queries(client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        client.get(PATH)
    assert len(captured) <= 9

"""What readers get at each kind of address: pages, lists in pieces, and what stands where nothing is live."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from taggit.models import Tag

from articles.models import Category, Comparison, ComparisonEditionTag, Page
from articles.views import ON_A_PAGE
from careers.models import Role
from publishing.models import Document, Redirect
from publishing.publish import publish
from publishing.withdraw import withdraw
from tests.articles.builders import DAY_ONE, Corpus, Entry
from tests.builders import (
    ahead,
    editions,
    make_category,
    make_comparison,
    make_draft,
    make_live,
    make_role,
    make_scheduled,
    make_user,
    make_withdrawn,
    revise,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

TITLES = re.compile(r'<a href="(/compare/[^"]+/)">')


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def live_path(document: Document) -> str:
    path: str = editions(document).live().get().get_absolute_url()
    return path


# ---- a comparison ---------------------------------------------------------------------------------------------------


def test_b_against_a_leads_to_a_against_b_for_good(client: Client) -> None:
    make_live(Comparison, role_a=make_live(Role, title="Rope Maker"), role_b=make_live(Role, title="Net Maker"))
    response = client.get("/compare/net-maker-vs-rope-maker/")
    assert (response.status_code, response["Location"]) == (301, "/compare/rope-maker-vs-net-maker/")


def test_b_against_a_of_what_was_taken_down_leads_to_the_notice(client: Client) -> None:
    comparison = make_withdrawn(Comparison, reason="Outdated.")
    path, turned = comparison.paths_of(comparison.working_slug)
    response = client.get(turned, follow=True)
    assert response.redirect_chain == [(path, 301)]
    assert "Outdated." in response.content.decode()


def test_b_against_a_of_what_is_gone_is_gone(client: Client) -> None:
    comparison = make_withdrawn(Comparison)
    for path in comparison.paths_of(comparison.working_slug):
        assert client.get(path).status_code == 410


def test_b_against_a_of_what_is_not_live_leads_to_the_page_made_of_both(client: Client) -> None:
    roles = make_live(Role, title="Rope Maker"), make_live(Role, title="Net Maker")
    make_scheduled(Comparison, role_a=roles[0], role_b=roles[1])
    made = "/compare/net-maker-vs-rope-maker/"
    assert client.get(made).status_code == 200
    assert client.get("/compare/rope-maker-vs-net-maker/")["Location"] == made


def test_a_comparison_without_pins_links_or_neighbours_opens(client: Client) -> None:
    assert "Related comparisons" not in read(client, live_path(make_live(Comparison)))


def test_a_reader_goes_on_back_and_along_the_shelf(client: Client) -> None:
    shelf = make_category("Harbour Work")
    first, middle, last = (live_path(make_live(Comparison, category=shelf)) for _ in range(3))
    page = read(client, middle)
    assert re.search(rf'rel="prev" href="{first}"', page)
    assert re.search(rf'rel="next" href="{last}"', page)
    assert '<a class="back" href="/categories/harbour-work/">Back to Harbour Work</a>' in page
    assert 'rel="prev"' not in read(client, first)
    assert 'rel="next"' not in read(client, last)


def test_a_link_follows_a_changed_slug_and_becomes_plain_text_where_nothing_is_live(client: Client) -> None:
    role, draft = make_live(Role, title="Weaver"), make_draft(Role, title="Spinner")
    intro = f'<p>Or <a href="doc:{role.pk}#duties">weave</a>, or <a href="doc:{draft.pk}">spin</a>.</p>'
    path = live_path(make_live(Comparison, intro=intro))
    assert '<p>Or <a href="/roles/weaver/#duties">weave</a>, or spin.</p>' in read(client, path)
    publish(revise(role, slug="loom-weaver"), by=make_user())
    assert '<a href="/roles/loom-weaver/#duties">weave</a>' in read(client, path)


def test_a_roles_new_edition_shows_on_every_comparison_at_once(client: Client) -> None:
    role = make_live(Role, definition="Twists hemp.")
    paths = [live_path(make_live(Comparison, role_a=role)) for _ in range(2)]
    publish(revise(role, definition="Twists nylon."), by=make_user())
    for path in paths:
        assert "Twists nylon." in read(client, path)


def test_an_article_keeps_its_own_words_about_a_role(client: Client) -> None:
    role = make_live(Role, summary="<p>The role's words.</p>")
    path = live_path(make_live(Comparison, role_a=role, summary_a="<p>The article's words.</p>"))
    assert "The article's words." in read(client, path)
    assert "The role's words." not in read(client, path)


def test_sections_have_anchors_of_their_own_and_empty_ones_are_left_out(client: Client) -> None:
    comparison = make_comparison()
    for position, heading in enumerate(("Sources", "Job duties", "Tools", "???", "Content"), start=1):
        comparison.sections.create(heading=heading, body="<p>Text.</p>", position=position)
    comparison.sections.create(heading="Left empty", body="<p> </p>", position=9)
    publish(revise(comparison), by=make_user())
    page = read(client, live_path(comparison))
    anchors = re.findall(r'<section id="([^"]+)">\s*<h3>', page)
    assert len(anchors) == len(set(anchors)) == 6
    assert not {"sources", "content"} & set(anchors)
    for anchor in anchors:
        assert f'href="#{anchor}"' in page
    assert "Left empty" not in page


def test_skills_are_compared_only_where_a_role_asks_for_some(client: Client) -> None:
    path = live_path(make_live(Comparison))
    assert "skills-compared" not in read(client, path)
    path = live_path(make_live(Comparison, role_b=make_live(Role, skills=["Tact"])))
    page = read(client, path)
    assert '<a href="#skills-compared">' in page
    assert '<section id="skills-compared">' in page


def test_what_is_scheduled_is_not_found_until_its_moment(client: Client) -> None:
    role = make_scheduled(Role, title="Weaver", at=ahead(seconds=60))
    assert client.get("/roles/weaver/").status_code == 404
    assert editions(role).live(ahead(seconds=61)).exists()


# ---- taken down -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Role, Comparison, Page])
def test_a_notice_says_why_and_asks_not_to_be_indexed(client: Client, kind: type[Document]) -> None:
    document = make_withdrawn(kind, reason="The office was closed.\n\nAsk <b>us</b>.")
    page = read(client, document.working_path())
    assert "<p>The office was closed.</p>" in page
    assert "Ask &lt;b&gt;us&lt;/b&gt;." in page
    assert '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize("kind", [Role, Comparison, Page])
def test_what_is_gone_answers_so(client: Client, kind: type[Document]) -> None:
    document = make_withdrawn(kind)
    response = client.get(document.working_path())
    assert response.status_code == 410
    assert str(document) not in response.content.decode()


@pytest.mark.parametrize("kind", [Role, Comparison, Page])
def test_a_page_that_was_withdrawn_in_favour_of_another_leads_there(client: Client, kind: type[Document]) -> None:
    old, new = make_live(kind), make_live(kind)
    withdraw([old], by=make_user(), redirect_to=new)
    for path in old.paths_of(old.working_slug):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, live_path(new))


def test_a_redirect_whose_target_is_not_live_leaves_the_page_not_found(client: Client) -> None:
    Redirect.objects.create(path="/old/", document=make_draft(Role).document_ptr)
    assert client.get("/old/").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        "/roles/nobody/",
        "/compare/a-vs-b/",
        "/compare/nothing/",
        "/categories/x/",
        "/topics/x/",
        "/topics/%00/",
        "/topics/x%00y/",
        "/topics/%F0%9F%8C%8A/",
        "/roles/%00/",
        "/%00/",
    ],
)
def test_what_was_never_there_is_not_found_and_says_where_to_go_on(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert 'href="/compare/"' in response.content.decode()


# ---- lists ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def long_list() -> list[str]:
    """Give the paths of more comparisons than two pages hold, newest first, many of them published on one day.

    All are over one role, Keeper 000, on either side, and have one topic.
    """
    corpus = Corpus()
    corpus.add_shelves(1)
    corpus.add_roles(2 * ON_A_PAGE + 4)
    pairs = [(0, n) if n % 2 else (n, 0) for n in range(1, 2 * ON_A_PAGE + 4)]
    added = corpus.add([Entry(*pair, age=n // 10) for n, pair in enumerate(pairs)])
    topic = Tag.objects.create(name="Watch")
    ComparisonEditionTag.objects.bulk_create(ComparisonEditionTag(tag=topic, content_object=each) for each in added)
    added.sort(key=lambda edition: (edition.first_published_at, edition.document_id), reverse=True)
    return [edition.get_absolute_url() for edition in added]


def leaf(client: Client, path: str, rel: str) -> Iterator[list[str]]:
    """Yield the entries of the page and of each one that its link leads on to."""
    base, query = path.split("?")[0], path
    while True:
        page = read(client, query)
        yield TITLES.findall(page)
        onward = re.search(rf'rel="{rel}" href="(\?[^"#]+)', page)
        if not onward:
            return
        query = base + onward[1]


@pytest.mark.parametrize("path", ["/compare/", "/categories/", "/topics/watch/", "/roles/keeper-000/"])
def test_leafing_to_the_end_shows_each_comparison_once_and_back_the_same(
    client: Client, long_list: list[str], path: str
) -> None:
    path = path if path != "/categories/" else Category.objects.get().get_absolute_url()
    there = list(leaf(client, path, "next"))
    assert [entry for page in there for entry in page] == long_list
    assert [len(page) for page in there] == [ON_A_PAGE, ON_A_PAGE, 3]
    last = older(client, path + older(client, path))
    assert list(leaf(client, path + last, "prev")) == there[::-1]


def older(client: Client, path: str) -> str:
    found = re.search(r'rel="next" href="(\?[^"#]+)', read(client, path))
    assert found
    return found[1]


@pytest.mark.parametrize("cursor", ["", "x", "\0", "20261301T000000000000-1", "20260101T000000000000", f"{'9' * 99}-1"])
def test_a_page_of_a_list_that_nobody_made_is_not_found(client: Client, cursor: str) -> None:
    role = make_live(Comparison).role_a
    for path in ("/compare/", live_path(role)):
        for side in ("older", "newer"):
            assert client.get(path, {side: cursor}).status_code == 404


def test_beyond_the_end_of_a_list_stands_a_way_back(client: Client) -> None:
    role = make_live(Comparison).role_a
    for path in ("/compare/", live_path(role)):
        page = read(client, f"{path}?older={DAY_ONE:%Y%m%dT%H%M%S%f}-1")
        assert "No comparison is here yet." in page


# ---- shelves and topics ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [make_draft, make_scheduled, make_withdrawn])
def test_a_shelf_on_which_nothing_is_live_is_not_there(client: Client, make: object) -> None:
    make(Comparison, category=make_category("Harbour Work"))  # type: ignore[operator]
    assert client.get("/categories/harbour-work/").status_code == 404
    assert "Harbour Work" not in read(client, "/categories/") + read(client, "/")


@pytest.mark.parametrize("make", [make_draft, make_scheduled, make_withdrawn])
@pytest.mark.parametrize("kind", [Role, Comparison])
def test_a_topic_that_nothing_live_carries_is_not_there(client: Client, make: object, kind: type[Document]) -> None:
    make(kind, tags=["Harbours"])  # type: ignore[operator]
    assert client.get("/topics/harbours/").status_code == 404
    assert "Harbours" not in read(client, "/topics/")


def test_a_shelf_shows_what_readers_see_on_it_not_what_the_draft_says(client: Client) -> None:
    comparison = make_live(Comparison, category=make_category("Harbour Work"))
    revise(comparison, category=make_category("Ship Work"))
    assert live_path(comparison) in read(client, "/categories/harbour-work/")
    assert client.get("/categories/ship-work/").status_code == 404


def test_a_topic_lists_the_roles_and_comparisons_that_carry_it(client: Client) -> None:
    role, comparison = make_live(Role, tags=["Deep Water"]), make_live(Comparison, tags=["deep water"])
    other = make_live(Role)
    page = read(client, "/topics/deep-water/")
    assert live_path(role) in page
    assert live_path(comparison) in page
    assert live_path(other) not in page
    assert '<a href="/topics/deep-water/">' in read(client, live_path(comparison))


# ---- home, roles, sitemap -------------------------------------------------------------------------------------------


def test_an_empty_site_says_how_to_begin(client: Client) -> None:
    for path in ("/", "/roles/", "/compare/", "/categories/", "/topics/"):
        assert 'class="empty"' in read(client, path)


def test_the_newest_comparison_opens_the_site(client: Client) -> None:
    make_live(Comparison)
    newest = make_live(Comparison)
    page = read(client, "/")
    featured = page[page.index('id="featured"') : page.index("New comparisons")]
    assert live_path(newest) in featured


def test_a_role_without_comparisons_says_so(client: Client) -> None:
    assert "No comparison is published yet in which" in read(client, live_path(make_live(Role)))


def test_the_pages_of_a_roles_list_open_at_the_list(client: Client, long_list: list[str]) -> None:
    assert re.search(r'rel="next" href="\?older=[^"]+#comparisons"', read(client, "/roles/keeper-000/"))
    assert '#comparisons"' not in read(client, "/compare/")


def test_a_role_lists_every_comparison_that_it_is_in(client: Client) -> None:
    role = make_live(Role)
    paths = [live_path(make_live(Comparison, role_a=role)), live_path(make_live(Comparison, role_b=role))]
    elsewhere = live_path(make_live(Comparison))
    listed = TITLES.findall(read(client, live_path(role)))
    assert listed == paths[::-1]
    assert elsewhere not in listed


def test_roles_stand_under_their_letter(client: Client) -> None:
    for title in ("Weaver", "Net Maker", "Wright"):
        make_live(Role, title=title)
    make_role("Zoologist")
    page = read(client, "/roles/")
    assert re.findall(r"<h2>(\w)</h2>", page) == ["N", "W"]
    assert page.index("Weaver") < page.index("Wright")

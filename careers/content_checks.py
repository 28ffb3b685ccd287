"""What must be right before readers see a role, and what holds for every text about roles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from careers.figures import Stated
from careers.models import Figure, Role
from careers.money_checks import contradicted_money
from careers.naming import Facts, wages_now
from careers.quotes import missing_figures, of_role
from careers.reading import HEADINGS
from careers.releases import is_older, newest_of
from images.models import Image
from publishing.checks import Content, Draft, Finding, Level, content_check
from publishing.checks.links import page_anchors
from publishing.content_checks import fits_search_results, hardly_says_anything
from publishing.richtext import plain

NEEDED = {
    "definition": "Write one sentence that says what the role is: lists and tables show it.",
    "summary": "Write what the role is: every comparison needs it.",
    "education": "Choose the typical education: comparisons show it side by side.",
}
WISHED = {"duties": "what they do", "requirements": "what it takes", "environment": "where they work"}
FILE_NAME = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif")


def facts(draft: Draft) -> Facts:
    """Return what the role's prose should agree with."""
    return Facts.read(draft.content, wages_now([draft.content]))


@content_check(Role)
def is_complete(draft: Draft) -> Iterator[Finding]:
    """A role says what it is; its other parts are missed, but do not stop it."""
    content = draft.content
    for field, sentence in NEEDED.items():
        if not plain(content[field]):
            yield Finding(Level.ERROR, sentence, field)
    for field, name in WISHED.items():
        if not plain(content[field]):
            yield Finding(Level.WARNING, f"Nothing is said about {name}.", field)
    if not content["skills"]:
        yield Finding(Level.WARNING, "No skills are listed: nothing can be shown as shared or apart.", "skills")


@content_check(Role)
def parts_say_something(draft: Draft) -> Iterator[Finding]:
    """A part of the profile is more than a line."""
    for passage in draft.passages:
        if hardly_says_anything(passage.text):
            words = len(passage.text.split())
            yield Finding(Level.INFO, f"This part has {words} words: it hardly says anything.", passage.field)


@content_check(Role)
def figures_carry_their_source(draft: Draft) -> Iterator[Finding]:
    """Every figure names its source, period and place."""
    for row in draft.content["figures"]:
        named = f"{Figure.Measure(row['measure']).label} ({row['amount']})"
        if not row["source"]:
            sentence = f"{named} has no source: say who published it, or remove the figure."
            yield Finding(Level.ERROR, sentence, "figures", row["id"])
        elif not (row["period"] and row["place"]):
            sentence = f"{named} does not say when and where: it cannot be compared with any other."
            yield Finding(Level.WARNING, sentence, "figures", row["id"])


@content_check(Role)
def figures_are_of_the_newest_release(draft: Draft) -> Iterator[Finding]:
    """A figure is of the newest release of its source that stands anywhere on this site."""
    rows = [row for row in draft.content["figures"] if row["source"]]
    newest = newest_of({row["source"] for row in rows})
    for row in rows:
        release = newest.get(row["source"])
        if release and is_older(period=row["period"], as_of=_date(row["as_of"]), than=release):
            sentence = (
                f"{Stated.read(row).label} ({row['amount']}) is of {row['period'] or row['as_of']}, and "
                f"{row['source']} has published newer figures: {release.period or release.as_of}."
            )
            yield Finding(Level.WARNING, sentence, "figures", row["id"])


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@content_check(Role)
def money_in_prose_is_backed(draft: Draft) -> Iterable[Finding]:
    """Amounts in the prose stand among the role's figures."""
    return contradicted_money(draft.passages, [draft.once(facts)])


@content_check(Role)
def quoted_figures_are_there(draft: Draft) -> Iterable[Finding]:
    """Every figure that the prose quotes is one of the role's."""
    return missing_figures(draft.passages, of_role(draft.once(facts).figures))


@content_check(Role)
def role_fits_search_results(draft: Draft) -> Iterable[Finding]:
    """Search results show the title and the definition whole."""
    return fits_search_results(draft, title=draft.content["title"], description=draft.content["definition"])


@content_check(Role)
def picture_is_described(draft: Draft) -> Iterable[Finding]:
    """The picture says what it shows."""
    return undescribed_pictures([("image", None, draft.content["image"])])


@page_anchors(Role)
def anchors(content: Content) -> Collection[str]:
    """Return the parts of a role's page that links can lead to."""
    skills = ["skills"] if content["skills"] else []
    return {"comparisons", *skills, *(part for part in HEADINGS if content[part])}


def undescribed_pictures(shown: Iterable[tuple[str, int | None, int | None]]) -> Iterator[Finding]:
    """Yield findings about pictures that do not tell what they show, given field, row and id of each (one query)."""
    places = [place for place in shown if place[2] is not None]
    pictures = Image.objects.in_bulk([id_ for _, _, id_ in places if id_ is not None]) if places else {}
    for field, row, id_ in places:
        picture = pictures.get(id_)
        if picture is None:
            yield Finding(Level.ERROR, "The picture is not in the library any more: choose another.", field, row)
        elif picture.decorative:
            sentence = (
                f"The picture “{picture}” is marked decorative: whoever cannot see it learns nothing of it. "
                "Describe it in the library unless that is right."
            )
            yield Finding(Level.INFO, sentence, field, row)
        elif _tells_nothing(picture.alt, picture.title):
            sentence = f"The alt text of the picture “{picture}” does not say what it shows: “{picture.alt}”."
            yield Finding(Level.WARNING, sentence, field, row)


def _tells_nothing(alt: str, title: str) -> bool:
    """Whether an alt text is missing, a file's name, or one word that the title has too."""
    said = alt.strip().casefold()
    return not said or said.endswith(FILE_NAME) or (" " not in said and said in title.casefold())

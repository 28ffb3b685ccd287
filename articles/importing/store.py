"""Makes drafts of the articles that were read. Nothing that an editor wrote is overwritten."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import format_html
from django.utils.text import Truncator, capfirst, slugify
from taggit.models import Tag

from articles.importing.article import Article, StatedFigure
from articles.models import Category, Comparison, Section, Source, Wish
from articles.models.comparisons import title_of
from articles.wishes import PINNED, comparison_called, fulfil, pin
from careers.models import Figure, Role
from publishing import audit
from publishing.models import User
from publishing.revisions import record
from publishing.richtext import plain, sanitise, to_identities

HEADING = 120
STANDFIRST = 300
SOURCE = 200


@dataclass
class Stored:
    """What became of one article: "made", "updated", "unchanged" or "left alone", with sentences about it."""

    outcome: str
    comparison: Comparison
    sentences: list[str] = field(default_factory=list)


def origin(name: str, data: bytes) -> str:
    """Return the note of the revisions that are made from a file: the file's name, and what was in it."""
    return f"Imported from {name[-100:]}, SHA-256 {hashlib.sha256(data).hexdigest()}"


CORRECTED = ", corrected"
"""How the note of an import goes on in which a person changed what was read: no file writes over that."""
ORIGIN = re.compile(rf"Imported from (?P<name>.*), SHA-256 [0-9a-f]{{64}}(?P<corrected>{CORRECTED})?")


@transaction.atomic
def store(article: Article, *, note: str, by: User) -> Stored:
    """Make the draft of the article, or bring one up to date that nobody has edited since it came from this file.

    `note` is the `origin()` of the file, and CORRECTED with it if a person changed what was
    read. All or nothing. Raises ValidationError for what cannot be stored, and if one of the roles was deleted.
    """
    standing = _standing(article)
    if standing is None:
        return _write(Comparison(), article, note=note, by=by, outcome="made")
    if standing.put_away_at:
        return Stored("left alone", standing, ["The draft of these two roles was deleted: bring it back first."])
    newest = standing.revisions.exclude(note__startswith=PINNED).first()
    before = ORIGIN.fullmatch(newest.note if newest else "")
    if newest and newest.note == note and not note.endswith(CORRECTED):
        return Stored("unchanged", standing)
    if before is None or before["corrected"]:
        return Stored("left alone", standing, ["The draft was written or edited here; the file changes nothing."])
    if before["name"] != ORIGIN.fullmatch(note)["name"]:  # type: ignore[index]
        return Stored("left alone", standing, [f"The draft of these two roles was imported from {before['name']}."])
    return _write(standing, article, note=note, by=by, outcome="updated")


def _standing(article: Article) -> Comparison | None:
    a, b = (_role_called(name) for name in (article.role_a, article.role_b))
    for role in (a, b):
        if role and role.put_away_at:
            raise ValidationError(f"The role “{role}” was deleted: bring it back first, or name another role.")
    return Comparison.of_pair(a.pk, b.pk) if a and b else None


def _role_called(name: str) -> Role | None:
    """Return the role of that title, or else of its slug; one that was deleted only if no other is called so."""
    called = [Role.objects.filter(title__iexact=name), Role.objects.filter(slug=_slug(name))]
    at_hand = [roles.filter(put_away_at=None) for roles in called]
    return next(filter(None, (roles.first() for roles in (*at_hand, *called))), None)


def _slug(name: str) -> str:
    """Return the slug of a role's name: one that tells C, C++ and C# apart, and that no comparison's address means."""
    words = slugify(name.replace("+", "-plus").replace("#", "-sharp")).split("-")
    return "-".join("versus" if word == "vs" else word for word in words)[:80]


def _write(comparison: Comparison, article: Article, *, note: str, by: User, outcome: str) -> Stored:
    stored = Stored(outcome, comparison)
    sides = (("a", article.role_a, article.summary_a), ("b", article.role_b, article.summary_b))
    for side, name, summary in sides:
        role = _role_called(name)
        own = ""
        if role is None:
            figures = [figure for figure in article.figures if figure.role == side]
            stored.sentences.append(f"Made the role {name}, with {_count(figures, 'figure')}.")
            role = _make_role(name, summary, figures, stored=stored, note=note, by=by)
        else:
            own = "" if _same(summary, role.summary) else summary
            stored.sentences.extend(_kept_back(role, article, side, own))
        setattr(comparison, f"role_{side}", role)
        setattr(comparison, f"summary_{side}", own)
    _fill(comparison, article)
    _save(comparison)
    tags = [Tag(name=name) for name in article.tags]
    stored.sentences += [sentence for tag in tags for sentence in _empty_unfit(tag, "name")]
    comparison.tags.set([tag.name for tag in tags if tag.name])
    _put_rows(comparison, article, stored)
    record(comparison, by=by, note=note)
    audit.record(audit.Act.IMPORT, comparison, by=by, detail=f"{outcome}: {note}")
    for changed in fulfil(comparison, by=by):
        stored.sentences.append(f"Pinned on “{changed}”, which had named it.")
    return stored


def _make_role(name: str, summary: str, figures: list[StatedFigure], *, stored: Stored, note: str, by: User) -> Role:
    role = Role(title=name, slug=_free_slug(name), summary=summary)
    _save(role)
    for position, stated in enumerate(figures):
        values = {field: getattr(stated, field) for field in ("measure", "amount", "amount_high", "unit", "period")}
        places = {field: getattr(stated, field) for field in ("place", "source", "source_url")}
        figure = Figure(role=role, position=position, **values, **places)
        stored.sentences += _empty_unfit(figure, "period", "place", "source", "source_url")
        _save(figure)
    record(role, by=by, note=note)
    return role


def _free_slug(name: str) -> str:
    """Return the slug of a role of this name that no role has yet."""
    base = _slug(name) or "role"
    taken = set(Role.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def _same(imported: str, stored: str) -> bool:
    """Whether both say the same; a summary that the article does not have says nothing of its own."""
    return not plain(imported) or to_identities(sanitise(imported)) == stored


def _kept_back(role: Role, article: Article, side: str, own: str) -> list[str]:
    """Say what of the article did not go into a role that was there before."""
    sentences = []
    if own:
        sentences.append(f"The role {role} was there already: what the article says of it became the article's own.")
    known = set(role.figures.values_list("measure", "amount", "amount_high", "unit"))
    for figure in article.figures:
        if figure.role == side and (figure.measure, figure.amount, figure.amount_high, figure.unit) not in known:
            sentences.append(f"Line {figure.line}: not added to the role {role}, which was there: “{figure.sentence}”")
    return sentences


def _fill(comparison: Comparison, article: Article) -> None:
    default = title_of(comparison.role_a.title, comparison.role_b.title)
    fits = len(article.standfirst) <= STANDFIRST
    values = {
        "title": "" if article.title == default else article.title,
        "category": _category(article.category),
        "standfirst": article.standfirst if fits else "",
        "intro": article.intro if fits else format_html("<p>{}</p>", article.standfirst) + article.intro,
        "versus": article.versus,
    }
    for name, value in values.items():
        setattr(comparison, name, value)


def _category(title: str) -> Category | None:
    if not title:
        return None
    category = Category.objects.filter(title__iexact=title).first()
    if category is None:
        category = Category(title=title, slug=slugify(title)[:80] or "category")
        _save(category)
    return category


def _put_rows(comparison: Comparison, article: Article, stored: Stored) -> None:
    for relation in (comparison.sections, comparison.sources, comparison.wishes):
        relation.all().delete()
    for position, section in enumerate(article.sections):
        _save(Section(comparison=comparison, position=position, **_heading_and_body(section.heading, section.body)))
    for position, source in enumerate(article.sources):
        title = Truncator(source.title).chars(SOURCE)
        if title != source.title:
            stored.sentences.append(f"Cut, a source that is too long: “{source.title}”")
        row = Source(comparison=comparison, position=position, title=title, url=source.url)
        stored.sentences += _empty_unfit(row, "url")
        _save(row)
    for position, title in enumerate(article.wishes):
        target = comparison_called(title)
        if target is None:
            _save(Wish(comparison=comparison, position=position, title=title))
        elif target != comparison:
            pin(comparison, target)


def _heading_and_body(heading: str, body: str) -> dict[str, str]:
    """Return both; a heading that is too long for one is cut there, and stands whole above the text."""
    if len(heading) <= HEADING:
        return {"heading": heading, "body": body}
    whole = format_html("<p><strong>{}</strong></p>", heading)
    return {"heading": Truncator(heading).chars(HEADING), "body": whole + body}


def _empty_unfit(row: Any, *names: str) -> list[str]:
    """Empty those of the row's fields whose text cannot be stored, and return a sentence that quotes each."""
    sentences = []
    for name in names:
        field, text = row._meta.get_field(name), getattr(row, name)
        try:
            field.clean(text, row)
        except ValidationError as error:
            setattr(row, name, "")
            sentences.append(f"Left out, {row._meta.verbose_name} ({field.verbose_name}) “{text}”: {error.messages[0]}")
    return sentences


def _save(row: Any) -> None:
    """Save the row. The ValidationError for one that cannot stand says which it is."""
    try:
        row.full_clean()
    except ValidationError as error:
        what = f"{capfirst(row._meta.verbose_name)} “{Truncator(str(row)).chars(80)}”"
        raise ValidationError([f"{what}: {sentence}" for sentence in error.messages]) from error
    row.save()


def _count(things: Sequence[Any], name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"

"""Documents in the states that they pass through, all made by the verbs that the site itself uses.

What is not said is filled in so that it can be published: every number is one of a kind, so are titles and slugs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Literal

from django.contrib.auth.models import Permission
from django.utils import timezone
from django.utils.text import slugify

from articles.models import Category, Comparison, Page
from careers.models import Role
from publishing.models import Document, Edition, Revision, User
from publishing.publish import publish, schedule
from publishing.revisions import record
from publishing.withdraw import withdraw

_numbers = count(1)

SOURCED: dict[str, Any] = {
    "measure": "median_pay",
    "amount": "65917",
    "unit": "year",
    "period": "May 2025",
    "place": "United States",
    "source": "US Bureau of Labor Statistics",
}
"""A figure with all that a comparison asks of one."""


def ahead(*, days: int = 0, seconds: int = 0) -> datetime:
    """Return a moment to come, at least a day from now unless seconds say otherwise."""
    return timezone.now() + timedelta(days=days, seconds=seconds)


def make_user(kind: Literal["editor", "writer"] = "editor", **fields: Any) -> User:
    """Return a person at the desk: an editor may publish, a writer may not."""
    user = User.objects.create(**{"username": f"{kind}-{next(_numbers)}", "is_staff": True} | fields)
    if kind == "editor":
        user.user_permissions.add(Permission.objects.get(codename="publish_document"))
    return user


def make_category(title: str = "", **fields: Any) -> Category:
    """Return a shelf."""
    title = title or f"Shelf {next(_numbers)}"
    return Category.objects.create(**{"title": title, "slug": slugify(title)} | fields)


def make_role(
    title: str = "", *, figures: Sequence[dict[str, Any]] = (), tags: Sequence[str] = (), **fields: Any
) -> Role:
    """Return the working copy of a role that can be published."""
    title = title or f"Keeper {next(_numbers)}"
    texts = {"slug": slugify(title), "definition": f"{title}: keeps things.", "summary": f"<p>About {title}.</p>"}
    role = Role(**{"title": title, "education": "bachelor"} | texts | fields)
    role.full_clean(exclude=["document_ptr"])
    role.save()
    for position, figure in enumerate(figures):
        role.figures.create(position=position, **figure)
    role.tags.set(tags)
    return role


def make_comparison(
    role_a: Role | None = None, role_b: Role | None = None, *, tags: Sequence[str] = (), **fields: Any
) -> Comparison:
    """Return the working copy of a comparison that can be published once its roles are live."""
    comparison = Comparison(
        role_a=role_a or make_live(Role),
        role_b=role_b or make_live(Role),
        **{"intro": "<p>Which one?</p>", "category": fields.pop("category", None) or make_category()} | fields,
    )
    comparison.full_clean(exclude=["document_ptr"])
    comparison.save()
    comparison.sections.create(heading="Job duties", body="<p>Both keep things.</p>")
    comparison.tags.set(tags)
    return comparison


def make_page(title: str = "", **fields: Any) -> Page:
    """Return the working copy of a page that can be published."""
    title = title or f"Notes {next(_numbers)}"
    page = Page(**{"title": title, "slug": slugify(title), "body": "<p>Notes.</p>"} | fields)
    page.full_clean(exclude=["document_ptr"])
    page.save()
    return page


MAKERS: dict[type[Document], Any] = {Role: make_role, Comparison: make_comparison, Page: make_page}


def make_draft(kind: type[Document], **fields: Any) -> Any:
    """Return a working copy with a revision, of which readers see nothing."""
    document = MAKERS[kind](**fields)
    revise(document)
    return document


def make_live(kind: type[Document], **fields: Any) -> Any:
    """Return a working copy whose newest revision readers see."""
    document = make_draft(kind, **fields)
    publish(document.revisions.first(), by=make_user())
    return document


def make_scheduled(kind: type[Document], *, at: datetime | None = None, **fields: Any) -> Any:
    """Return a working copy that readers see from `at` (default: tomorrow) on."""
    document = make_draft(kind, **fields)
    schedule(document.revisions.first(), by=make_user(), at=at or ahead(days=1))
    return document


def make_withdrawn(kind: type[Document], *, reason: str = "", **fields: Any) -> Any:
    """Return a working copy whose page was taken down: with a notice if there is a reason, else as gone."""
    document = make_live(kind, **fields)
    withdraw([document], by=make_user(), kind=Edition.Kind.NOTICE if reason else Edition.Kind.GONE, reason=reason)
    return document


def revise(document: Any, *, by: User | None = None, **fields: Any) -> Revision:
    """Change fields of the working copy, as an editor does, and return the revision that this leaves."""
    for name, value in fields.items():
        setattr(document, name, value)
    document.full_clean(exclude=["document_ptr"])
    document.save()
    return record(document, by=by or make_user("writer"))


def editions(document: Document) -> Any:
    """Return every edition of the document, whatever its window: a QuerySet of its kind."""
    return document.edition_model.objects.filter(document=document)

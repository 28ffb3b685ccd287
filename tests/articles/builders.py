"""What tests of articles stand on besides `tests.builders`: people who sign in, forms, role profiles, large corpora."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any, Literal

from bs4 import BeautifulSoup, Tag
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.models import Category, Comparison, ComparisonEdition
from careers.models import Closeness, Role, RoleEdition
from careers.reading import RoleProfile
from publishing.bulk import insert, issue, record
from publishing.models import Document, Edition, Revision, User
from tests.builders import SOURCED, make_category, make_user

DAY_ONE = datetime(2026, 1, 1, tzinfo=UTC)


def sign_in(client: Client, group: Literal["Writer", "Editor"], **fields: Any) -> User:
    """Sign somebody of the group in with the browser, and return who it is."""
    user = make_user("writer", **fields)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return user


def act(document: Document, name: str) -> str:
    """Return the address in the admin of an act (change, preview, publish, ...) on the document."""
    return reverse(f"admin:{document._meta.app_label}_{document._meta.model_name}_{name}", args=[document.pk])


def form_in(html: str, selector: str) -> dict[str, Any]:
    """Return what a browser would send if the form were submitted as it stands, but for the button's own name."""
    form = BeautifulSoup(html, "html.parser").select_one(selector)
    assert form is not None, f"there is no {selector} on the page"
    sent: dict[str, Any] = {}
    for control in form.select("[name]"):
        value = _value(control)
        if value is not None:
            sent[str(control["name"])] = value
    return sent


def _value(control: Tag) -> Any:
    if control.name == "textarea":
        return control.get_text().removeprefix("\n")
    if control.name == "select":
        chosen = [str(option.get("value", "")) for option in control.select("option[selected]")]
        return chosen if control.has_attr("multiple") else (chosen or [""])[0]
    if control.name == "button" or control.get("type") in {"submit", "file"}:
        return None
    if control.get("type") in {"checkbox", "radio"} and not control.has_attr("checked"):
        return None
    return str(control.get("value", "on" if control.get("type") == "checkbox" else ""))


def row(prefix: str, number: int, **values: Any) -> dict[str, Any]:
    """Return what an inline's form sends for its row of that number."""
    return {f"{prefix}-{number}-{name}": str(value) for name, value in ({"position": number} | values).items()}


def every_row() -> dict[str, list[Any]]:
    """Return all that the database holds, by table."""
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in apps.get_models()}


def blank(kind: type[Document], **content: Any) -> dict[str, Any]:
    """Return the content of a document in which nothing was written but what is given."""
    lists = [name for name in kind.content_fields if kind._meta.get_field(name).get_internal_type() == "JSONField"]
    texts: dict[str, Any] = dict.fromkeys(kind.content_fields, "")
    empty = texts | {name: [] for name in (*lists, *kind.content_rows, "tags")}
    return empty | content


def figure(**fields: Any) -> dict[str, Any]:
    """Return a figure as a role's content holds it; what is not said is as in `SOURCED`."""
    return {"amount_high": None, "covers": "", "source_url": "", "as_of": None} | SOURCED | fields


def profile(title: str = "Lamp Keeper", *, figures: Sequence[dict[str, Any]] = (), **content: Any) -> RoleProfile:
    """Return a role as readers get it, without a database."""
    written = blank(Role, title=title, definition=f"{title}: keeps.", figures=list(figures)) | content
    return RoleProfile(RoleEdition(title=title, revision=Revision(content=written)))


Window = Literal["live", "past", "coming", "cancelled", "notice"]


@dataclass(frozen=True)
class Entry:
    """One comparison of a corpus; roles, shelf and other comparisons are named by their place in it."""

    a: int
    b: int
    shelf: int = 0
    age: int = 0
    window: Window = "live"
    pins: Sequence[int] = ()
    exclusions: Sequence[int] = ()
    content: dict[str, Any] = field(default_factory=dict)


@dataclass
class Corpus:
    """Roles, shelves, and comparisons put there in bulk, past the press: thousands in a second or two."""

    roles: list[Role] = field(default_factory=list)
    shelves: list[Category] = field(default_factory=list)
    editions: list[ComparisonEdition] = field(default_factory=list)
    by: User = field(default_factory=make_user)

    def add_shelves(self, number: int) -> None:
        """Add empty shelves."""
        self.shelves += [make_category() for _ in range(number)]

    def add_roles(self, number: int, *, occupations: Sequence[str] = (), **content: Any) -> None:
        """Add live roles, all with the given content, counted in the occupations in turn where there are any."""
        first = len(self.roles)
        new = [Role(title=f"Keeper {n:03}", slug=f"keeper-{n:03}") for n in range(first, first + number)]
        insert(new)
        written = [
            blank(Role, title=role.title, slug=role.slug, definition=f"{role}: keeps things.") | content for role in new
        ]
        values = [{"title": role.title, "slug": role.slug, "definition": f"{role}: keeps things."} for role in new]
        for text, columns, code in zip(written, values, cycle(occupations), strict=False):
            text |= {"occupation": code, "fit": "part"}
            columns["occupation_id"] = code
        _open(new, written, values, by=self.by)
        self.roles += new

    def add(self, entries: Sequence[Entry]) -> list[ComparisonEdition]:
        """Add comparisons with their editions, and return these in the order of the entries."""
        new = [Comparison(role_a=self.roles[each.a], role_b=self.roles[each.b]) for each in entries]
        insert(new)
        documents = [edition.document for edition in self.editions] + new
        contents = [_content(entry, copy, documents) for entry, copy in zip(entries, new, strict=True)]
        values = [self._values(entry, copy) for entry, copy in zip(entries, new, strict=True)]
        added: list[ComparisonEdition] = _open(new, contents, values, by=self.by)
        self.editions += added
        return added

    def set_closeness(self, scores: dict[tuple[int, int], float]) -> None:
        """Say how close roles are, for each pair in both directions."""
        both = {(x, y): score for (a, b), score in scores.items() for x, y in ((a, b), (b, a))}
        Closeness.objects.bulk_create(
            Closeness(role=self.roles[x], other=self.roles[y], score=score) for (x, y), score in both.items()
        )

    def _values(self, entry: Entry, copy: Comparison) -> dict[str, Any]:
        published = DAY_ONE - timedelta(days=entry.age)
        return _window(entry.window) | {
            "slug": copy.working_slug,
            "title": f"{copy.role_a} vs. {copy.role_b}",
            "standfirst": "Which of the two?",
            "category": self.shelves[entry.shelf],
            "role_a": copy.role_a,
            "role_b": copy.role_b,
            "first_published_at": published,
            "significant_at": published,
            "reviewed_at": published,
        }


def _content(entry: Entry, copy: Comparison, documents: Sequence[Any]) -> dict[str, Any]:
    rows = {name: [{"target": documents[n].pk} for n in getattr(entry, name)] for name in ("pins", "exclusions")}
    section = {"id": 1, "heading": "Job duties", "body": "<p>Both keep things.</p>", "image": None}
    written = {"role_a": copy.role_a_id, "role_b": copy.role_b_id, "intro": "<p>Which?</p>", "sections": [section]}
    return blank(Comparison, **written, **rows) | entry.content


def _window(window: Window) -> dict[str, Any]:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    columns: dict[Window, dict[str, Any]] = {
        "live": {},
        "notice": {"kind": Edition.Kind.NOTICE, "reason": "Outdated."},
        "past": {"live_until": DAY_ONE + timedelta(days=1)},
        "coming": {"live_from": tomorrow},
        "cancelled": {"live_from": tomorrow, "live_until": tomorrow},
    }
    return columns[window]


def _open(copies: Sequence[Any], contents: Sequence[Any], values: Sequence[Any], *, by: User) -> list[Any]:
    """Insert a revision and an edition of each working copy."""
    made = issue(copies, record(copies, contents, by=by), values, [DAY_ONE] * len(copies), by=by)
    _tell_planner()
    return made


def _tell_planner() -> None:
    """Let PostgreSQL count the rows, as it does by itself a minute later on a running site."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

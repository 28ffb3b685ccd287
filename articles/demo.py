"""The demonstration: readable files, published through the services that editors use.

A file is TOML front matter between lines of `+++`, then Markdown whose `##` headings name its parts. In `demo/`:
`categories.toml` with the shelves and what stands on them, in order, and a file for each document in `roles/`,
`comparisons/` and `pages/`, named for its slug.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from markdown_it import MarkdownIt

from articles.demo_pictures import around
from articles.models import Category, Comparison, Page
from careers.models import Figure, Occupation, Role
from publishing.checks import store
from publishing.models import Document, Revision, User
from publishing.publish import publish
from publishing.put_away import refuse_put_away
from publishing.revisions import record

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
ROLE_PARTS = ("summary", "duties", "requirements", "environment")
VERSUS = "a vs. b"


@dataclass(frozen=True)
class DemoFile:
    """One document of the demonstration: its slug, its front matter, and its parts as HTML by heading.

    What stands above the first heading has the heading "".
    """

    path: Path
    slug: str
    front: dict[str, Any]
    parts: dict[str, str]
    body: str

    @classmethod
    def read(cls, path: Path) -> DemoFile:
        """Read the file. Raises ValueError if it has no front matter or the front matter is not TOML."""
        _, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
        pieces = re.split(r"^## (.+)$", body, flags=re.MULTILINE)
        parts = {"": pieces[0], **dict(zip(pieces[1::2], pieces[2::2], strict=True))}
        return cls(
            path=path,
            slug=path.stem,
            front=tomllib.loads(front),
            parts={heading.strip(): _markdown.render(text).strip() for heading, text in parts.items()},
            body=_markdown.render(body).strip(),
        )


@transaction.atomic
def load(folder: Path) -> list[str]:
    """Publish the documents of the folder that do not exist yet; return a line for each. All or nothing.

    Raises ValidationError or Refused if something of the site is in the way: a role of the same title at another
    address, a role that is a draft or was deleted; or where the roles' occupations are missing, since no wages were
    imported.
    """
    desk = demo_desk()
    shelves = tomllib.loads((folder / "categories.toml").read_text(encoding="utf-8"))["categories"]
    order = [slug for shelf in shelves for slug in shelf.pop("comparisons")]
    for shelf in shelves:
        Category.objects.get_or_create(slug=shelf["slug"], defaults=shelf)
    files = {kind: [DemoFile.read(path) for path in sorted((folder / kind).glob("*.md"))] for kind in WRITERS}
    files["comparisons"].sort(key=lambda file: order.index(file.slug))
    # Every document exists before any text is written: links between them are kept by identity.
    new = [(start(file, desk), fill, file) for kind, (start, fill) in WRITERS.items() for file in files[kind]]
    filled = []
    for document, fill, file in new:
        if document is not None:
            fill(document, file, files, desk)
            filled.append(document)
    lines = [_publish(document, record(document, by=desk, note="Demonstration"), desk) for document in filled]
    for document in filled:
        store(document)  # once more, now that the pages which they link to are live
    return lines


def _publish(document: Document, revision: Revision, desk: User) -> str:
    edition = publish(revision, by=desk)
    return f"published {edition.get_absolute_url()}"


def demo_desk() -> User:
    """Return the account that writes and publishes the demonstration; nobody can sign in with it."""
    desk, is_new = User.objects.get_or_create(
        username="demo-desk",
        defaults={"byline": "The demo desk", "about": "Writes the articles that this software comes with."},
    )
    if is_new:
        desk.set_unusable_password()
        desk.save()
    desk.groups.add(Group.objects.get(name="Editor"))
    return User.objects.get(pk=desk.pk)


def _start_role(file: DemoFile, desk: User) -> Role | None:
    if Role.objects.filter(slug=file.slug).exists():
        return None
    role = Role(slug=file.slug, title=file.front["title"])
    _save(role)
    return role


def _start_comparison(file: DemoFile, desk: User) -> Comparison | None:
    a, b = (Role.objects.get(slug=slug) for slug in file.front["roles"])
    if Comparison.of_pair(a.pk, b.pk):
        return None
    refuse_put_away({a.pk, b.pk})
    return Comparison.objects.create(role_a=a, role_b=b, author=desk)


def _start_page(file: DemoFile, desk: User) -> Page | None:
    page, is_new = Page.objects.get_or_create(slug=file.slug, defaults={"title": file.front["title"]})
    return page if is_new else None


def _fill_role(role: Role, file: DemoFile, files: Any, desk: User) -> None:
    _assign(
        role, file.front, "definition", "also_called", "skills", "education", "education_note", "certifications", "fit"
    )
    role.occupation = _occupation(file.front.get("occupation"))
    if "around" in file.front:
        drawn = file.path.parent.parent / "pictures" / f"{file.slug}.webp"
        role.image = around(role, file.front["around"], drawn, by=desk)
    parts = {heading.lower(): html for heading, html in file.parts.items()}
    _assign(role, parts, *ROLE_PARTS)
    _save(role)
    role.tags.set(file.front["tags"])
    for position, row in enumerate(file.front.get("figures", [])):
        _save(Figure(role=role, position=position, **row))


def _occupation(code: str | None) -> Occupation | None:
    if code is None:
        return None
    occupation = Occupation.objects.filter(code=code).first()
    if occupation is None:
        raise ValidationError(
            f"There is no occupation {code} yet: run `manage.py import_wages data/oews-2025-national.csv` first."
        )
    return occupation


def _fill_comparison(comparison: Comparison, file: DemoFile, files: dict[str, list[DemoFile]], desk: User) -> None:
    _assign(comparison, file.front, "title", "standfirst", "choose_a", "choose_b")
    comparison.category = Category.objects.get(slug=file.front["category"])
    _assign(comparison, {"intro": file.parts[""]}, "intro")
    sections = []
    for heading, html in file.parts.items():
        if heading.lower() == VERSUS:
            _assign(comparison, {"versus": html}, "versus")
        elif heading:
            sections.append({"heading": heading, "body": html})
    _save(comparison)
    comparison.tags.set(file.front["tags"])
    _add_rows(comparison.sections, sections)
    _add_rows(comparison.sources, file.front.get("sources", []))
    _add_rows(comparison.pins, [{"target": target} for target in _targets(file, files["comparisons"])])


def _targets(file: DemoFile, others: list[DemoFile]) -> Iterator[Comparison]:
    roles = {other.slug: other.front["roles"] for other in others}
    for slug in file.front.get("related", []):
        a, b = roles[slug]
        yield Comparison.objects.get(role_a__slug=a, role_b__slug=b)


def _fill_page(page: Page, file: DemoFile, files: Any, desk: User) -> None:
    _assign(page, file.front, "standfirst")
    _assign(page, {"body": file.body}, "body")
    _save(page)


def _assign(document: Any, values: dict[str, Any], *names: str) -> None:
    for name in names:
        if name in values:
            setattr(document, name, values[name])


def _save(row: Any) -> None:
    row.full_clean()
    row.save()


def _add_rows(manager: Any, rows: list[dict[str, Any]]) -> None:
    for position, values in enumerate(rows):
        _save(manager.model(position=position, comparison=manager.instance, **values))


WRITERS: dict[str, tuple[Any, Any]] = {
    "roles": (_start_role, _fill_role),
    "comparisons": (_start_comparison, _fill_comparison),
    "pages": (_start_page, _fill_page),
}

"""The states of the database that landed one after the other, a little site in any of them, and empty databases.

The states were read from `git log -- '*/migrations/*'`: which migration of each app was the last one each time. A
landing with new migrations adds a line here; `tests/test_migrations_forward.py` says so if it is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import reduce
from itertools import count
from operator import or_
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.executor import MigrationExecutor

LANDED: list[dict[str, str]] = [
    {
        "articles": "0002_groups",
        "careers": "0001_initial",
        "images": "0001_initial",
        "publishing": "0001_initial",
        "taggit": "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx",
        "auth": "0012_alter_user_first_name_max_length",
        "admin": "0003_logentry_add_action_flag_choices",
        "contenttypes": "0002_remove_content_type_name",
        "sessions": "0001_initial",
    },
    {"images": "0002_webp_only"},
    {
        "articles": "0004_pictures",
        "careers": "0004_pictures",
        "images": "0003_pictures",
        "publishing": "0003_uses",
    },
    {"careers": "0005_occupations"},
    {"articles": "0005_chosen_pairs", "careers": "0006_role_titles"},
    {"publishing": "0004_reports"},
    {"articles": "0006_search", "publishing": "0005_contradictions"},
    {"publishing": "0006_purges"},
    {"publishing": "0007_purges_by_tags"},
    {
        "articles": "0007_indexes_for_growth",
        "careers": "0007_indexes_for_growth",
        "publishing": "0008_indexes_for_growth",
    },
    {"articles": "0008_topics_in_order"},
    {"careers": "0008_words_of_names"},
    {"articles": "0009_titles_in_an_index"},
    {"articles": "0010_issued_in_an_index", "careers": "0009_issued_in_an_index"},
    {
        "publishing": "0009_audit",
        "account": "0009_emailaddress_unique_primary_email",
        "mfa": "0003_authenticator_type_uniq",
        "usersessions": "0001_initial",
    },
]
"""What each landing brought: the last migration of the apps that have new ones."""

_numbers = count(1)

FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
DAY_ONE = datetime(2026, 11, 24, 18, 41, 7, 123456, tzinfo=UTC)


@contextmanager
def empty_database(folder: Path) -> Iterator[None]:
    """Let the default connection be that of a database without a table inside: a file in the folder, or one of the
    server's, which no other process of the tests has."""
    before = connection.settings_dict["NAME"]
    new = f"{Path(before).name}_empty_{next(_numbers)}"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {new}")
    connection.close()
    connection.settings_dict["NAME"] = new if connection.vendor == "postgresql" else str(folder / new)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"DROP DATABASE {new} WITH (FORCE)")


def migrate_to(number: int) -> Any:
    """Migrate the database to the state after so many landings, and return the models as they are then."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    targets = list(reduce(or_, LANDED[: number + 1]).items())
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


def fill(apps: Any, number: int) -> None:
    """Put two roles and a comparison of them into the database, as the press of that day left them, with figures,
    sections and tags, told from those of other states by the number."""
    get = apps.get_model
    editor = get("publishing", "User").objects.create(username=f"editor-{number}", is_staff=True)
    category = get("articles", "Category").objects.create(title=f"Shelf {number}", slug=f"shelf-{number}")
    tag, _ = get("taggit", "Tag").objects.get_or_create(name="Care", slug="care")
    roles = [_role(get, title=f"{side} {number}", editor=editor, tag=tag) for side in ("Nurse", "Baker")]
    comparison = _make(
        get("articles", "Comparison"),
        model_label="articles.Comparison",
        role_a=roles[0],
        role_b=roles[1],
        intro="<p>Which one?</p>",
        category=category,
    )
    _make(get("articles", "Section"), comparison=comparison, heading="Duties", body="<p>Both keep things.</p>")
    get("articles", "ComparisonTag").objects.create(tag=tag, content_object=comparison)
    sections = [{"id": 1, "heading": "Duties", "body": "<p>Both keep things.</p>"}]
    rows = {"sections": sections, "sources": [], "pins": [], "exclusions": [], "wishes": []}
    edition = _issue(
        get("articles", "ComparisonEdition"),
        comparison,
        _revision(get, comparison, editor, **rows),
        slug=f"nurse-{number}-vs-baker-{number}",
        title=f"Nurse {number} vs. Baker {number}",
        standfirst="Two trades.",
        category=category,
        role_a=roles[0],
        role_b=roles[1],
    )
    moments = {name: getattr(edition, name) for name in ("first_published_at", "significant_at")}
    _make(get("articles", "ComparisonEditionTag"), tag=tag, content_object=edition, **moments)


def _role(get: Any, *, title: str, editor: Any, tag: Any) -> Any:
    slug = title.lower().replace(" ", "-")
    texts = {"title": title, "slug": slug, "definition": f"{title} keeps things.", "summary": f"<p>About {title}.</p>"}
    role = _make(get("careers", "Role"), model_label="careers.Role", also_called=[f"{title} in chief"], **texts)
    figure = {"measure": "median_pay", "amount": "65917", "unit": "year", "period": "May 2025"}
    get("careers", "Figure").objects.create(role=role, **figure)
    get("careers", "RoleTag").objects.create(tag=tag, content_object=role)
    row = {"id": 1, "amount_high": None, "place": "", "covers": "", "source": "", "source_url": "", "as_of": None}
    revision = _revision(get, role, editor, figures=[row | figure])
    values = {name: texts[name] for name in ("title", "slug", "definition")}
    edition = _issue(get("careers", "RoleEdition"), role, revision, **values)
    get("careers", "RoleEditionTag").objects.create(tag=tag, content_object=edition)
    return role


def _make(model: Any, **values: Any) -> Any:
    """Return a new row with those of the values that the model has a field for."""
    names = {field.name for field in model._meta.get_fields()}
    return model.objects.create(**{name: value for name, value in values.items() if name in names})


def _revision(get: Any, document: Any, editor: Any, **rows: Any) -> Any:
    own = {"id", "document_ptr", "model_label", "created_at", "changed_at", "put_away_at"}
    fields = [field for field in document._meta.concrete_fields if field.name not in own]
    content = {field.name: field.value_from_object(document) for field in fields} | rows | {"tags": ["Care"]}
    return get("publishing", "Revision").objects.create(
        document_id=document.pk, content=content, schema=1, digest="", author=editor
    )


def _issue(model: Any, document: Any, revision: Any, **values: Any) -> Any:
    moments = dict.fromkeys(("live_from", "first_published_at", "significant_at", "reviewed_at"), DAY_ONE)
    return model.objects.create(
        document=document,
        revision=revision,
        live_until=FOREVER,
        act=uuid4(),
        issued_by=revision.author,
        **moments,
        **values,
    )

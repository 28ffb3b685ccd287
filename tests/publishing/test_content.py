from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Comparison, Page
from careers.models import Role
from publishing.content import digest, put_back, snapshot
from publishing.models import Document, Revision
from publishing.revisions import record, restore
from tests.builders import SOURCED, make_category, make_draft, make_live, make_role, make_user, revise

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def test_a_snapshot_holds_every_field_row_and_tag() -> None:
    role = make_role("Ash", figures=[SOURCED | {"as_of": date(2026, 4, 1)}], tags=["Zeal", "Air"], skills=["Climbing"])
    content = snapshot(role)
    assert set(content) == {*Role.content_fields, "figures", "tags"}
    assert content["skills"] == ["Climbing"]
    assert content["tags"] == ["Air", "Zeal"]
    [figure] = content["figures"]
    assert (figure["amount"], figure["as_of"], figure["id"]) == ("65917.00", "2026-04-01", role.figures.get().pk)


def test_a_snapshot_is_plain_data() -> None:
    content = snapshot(make_draft(Comparison))
    assert json.loads(json.dumps(content)) == content


def test_rows_keep_their_order() -> None:
    role = make_role(figures=[SOURCED | {"amount": amount} for amount in ("3", "1", "2")])
    role.figures.filter(amount=2).update(position=0)
    role.figures.filter(amount=3).update(position=9)
    assert [figure["amount"] for figure in snapshot(role)["figures"]] == ["2.00", "1.00", "3.00"]


def test_rich_text_that_was_saved_unchecked_is_sanitised_on_its_way() -> None:
    comparison = make_draft(Comparison)
    attack = "<p onclick=alert(1)>Hello<script>alert(2)</script></p>"
    Comparison.objects.filter(pk=comparison.pk).update(intro=attack)
    comparison.sections.update(body=attack)
    content = snapshot(Comparison.objects.get(pk=comparison.pk))
    assert content["intro"] == content["sections"][0]["body"] == "<p>Hello</p>"


@given(content=st.dictionaries(st.text(), JSON))
def test_a_digest_does_not_depend_on_the_order_of_keys(content: dict[str, Any]) -> None:
    turned = dict(reversed(content.items()))
    assert digest(content, schema=1) == digest(turned, schema=1) == digest(json.loads(json.dumps(content)), schema=1)


def test_a_digest_tells_contents_and_schemas_apart() -> None:
    digests = {digest(content, schema=schema) for schema in (1, 2) for content in ({}, {"a": 1}, {"a": "1"}, {"b": 1})}
    assert len(digests) == 8


def test_content_that_is_put_back_gives_the_same_snapshot() -> None:
    role = make_role(figures=[SOURCED, SOURCED | {"amount": "7"}], tags=["Air"], skills=["Climbing"])
    content = snapshot(role)
    role.figures.all().delete()
    role.tags.clear()
    Role.objects.filter(pk=role.pk).update(title="Another", slug="another", skills=[])
    put_back(Role.objects.get(pk=role.pk), content)
    assert snapshot(Role.objects.get(pk=role.pk)) == content


def test_rows_that_swap_what_must_be_unique_are_put_back() -> None:
    comparison, first, second = (make_live(Comparison) for _ in range(3))
    pins = [comparison.pins.create(position=place, target=each) for place, each in enumerate((first, second))]
    content = snapshot(comparison)
    comparison.pins.all().delete()
    for place, (pin, target) in enumerate(zip(pins, (second, first), strict=True)):
        comparison.pins.create(pk=pin.pk, position=place, target=target)
    put_back(comparison, content)
    assert [pin.target for pin in comparison.pins.all()] == [first, second]


def test_a_slug_that_another_document_took_is_said() -> None:
    role = make_role(slug="wanted")
    content = snapshot(role)
    Role.objects.filter(pk=role.pk).update(slug="elsewhere")
    make_role(slug="wanted")
    with pytest.raises(ValidationError, match="Role with this Slug already exists"):
        put_back(Role.objects.get(pk=role.pk), content)


def test_a_category_that_was_deleted_is_said() -> None:
    old_shelf = make_category()
    comparison = make_draft(Comparison, category=old_shelf)
    content = snapshot(comparison)
    revise(comparison, category=make_category())
    old_shelf.delete()
    with pytest.raises(ValidationError, match="category instance with id .* is not a valid choice"):
        put_back(comparison, content)


def record_by_schema_1(document: Document) -> Revision:
    """Leave the revision that a save left before documents had search listings and images."""
    content = {key: value for key, value in snapshot(document).items() if key not in Document.listing_fields}
    for section in content.get("sections", []):
        del section["image"]
    revision: Revision = document.revisions.create(content=content, schema=1, digest="0" * 64, author=make_user())
    return revision


def test_what_an_older_schema_did_not_hold_stands_at_its_default() -> None:
    comparison = make_draft(Comparison)
    assert comparison.content_of(record_by_schema_1(comparison)) == snapshot(comparison)


def test_an_older_schema_is_put_back_whole() -> None:
    page = make_draft(Page, title="Then")
    revision = record_by_schema_1(page)
    revise(page, title="Now", search_title="Now, in short")
    restore(revision, by=make_user())
    page.refresh_from_db()
    assert (page.title, page.search_title) == ("Then", "")


def test_a_save_that_changed_nothing_leaves_no_revision_when_the_schema_has_grown() -> None:
    page = make_draft(Page)
    assert record_by_schema_1(page) == record(page, by=make_user())

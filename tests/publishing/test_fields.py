from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from careers.models import Role
from publishing.fields import LinesField, LinesFormField
from tests.builders import make_role


def test_each_line_is_an_entry_once_without_stray_space() -> None:
    assert LinesFormField().clean(" Tact \r\n\n  Clear   writing\nTact\n") == ["Tact", "Clear writing"]


@given(text=st.text())
def test_entries_that_are_shown_and_sent_back_are_no_change(text: str) -> None:
    field = LinesFormField(required=False)
    lines = field.to_python(text)
    assert field.to_python(field.prepare_value(lines)) == lines
    assert not field.has_changed(lines, field.prepare_value(lines))


def test_a_line_end_is_no_change_and_another_order_is() -> None:
    field = LinesFormField()
    assert not field.has_changed(["Tact", "Zeal"], "Tact\r\nZeal\r\n")
    assert field.has_changed(["Tact", "Zeal"], "Zeal\nTact")
    assert not field.has_changed(None, "")


def test_what_was_typed_before_an_error_is_shown_as_it_was_typed() -> None:
    assert LinesFormField().prepare_value(" as it\nwas ") == " as it\nwas "


def test_an_empty_list_is_refused_only_where_one_is_needed() -> None:
    assert LinesFormField(required=False).clean(" \n ") == []
    with pytest.raises(ValidationError, match="required"):
        LinesFormField().clean(" \n ")


def test_a_line_that_is_too_long_is_named() -> None:
    assert LinesFormField().clean("x" * 300) == ["x" * 300]
    with pytest.raises(ValidationError, match=f"over 300 characters, shorten it: “{'x' * 60}…”"):
        LinesFormField().clean("x" * 301)


@pytest.mark.parametrize("value", ["Tact", {"Tact": 1}, [1], [["Tact"]], None])
def test_a_field_holds_a_list_of_texts_and_nothing_else(value: Any) -> None:
    with pytest.raises(ValidationError, match="skills must be a list of texts"):
        Role._meta.get_field("skills").clean(value, None)


def test_a_form_offers_a_text_area() -> None:
    field = Role._meta.get_field("skills")
    assert isinstance(field.formfield(), LinesFormField)


def test_migrations_see_the_json_that_it_is() -> None:
    assert LinesField().deconstruct()[1] == "django.db.models.JSONField"


@pytest.mark.django_db
def test_lists_are_not_shared_between_documents() -> None:
    first, second = make_role(), make_role()
    first.skills.append("Tact")
    assert second.skills == []

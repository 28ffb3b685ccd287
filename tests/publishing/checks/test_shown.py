"""How findings are shown to an editor."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import RequestFactory

from publishing.checks import dismiss, findings
from publishing.models import Document
from tests.builders import make_role, make_user

pytestmark = pytest.mark.django_db


def shown(document: Document, **context: str) -> BeautifulSoup:
    values = {"findings": findings(document)} | context
    html = render_to_string("admin/publishing/_findings.html", values, RequestFactory().get("/"))
    return BeautifulSoup(html, "html.parser")


def test_a_finding_names_its_field_and_can_be_set_aside_where_there_is_an_address_for_it() -> None:
    role = make_role(definition="")
    [error] = shown(role).select(".finding--error")
    assert "Definition" in error.text
    assert shown(role).select("form") == []
    page = shown(role, dismiss_url="/aside/")
    assert page.select(".finding--error form") == []
    warnings = page.select(".finding--warning form")
    assert {form["action"] for form in warnings} == {"/aside/"}
    assert len({str(form.select_one("[name=key]")) for form in warnings}) == len(warnings) > 1


def test_what_was_set_aside_is_shown_apart_with_its_reason_and_can_be_brought_back() -> None:
    role = make_role()
    [finding] = [each for each in findings(role) if each.field == "skills"]
    dismiss(role, finding.key, reason="Unskilled work.", by=make_user(username="ana"))
    page = shown(role, undismiss_url="/back/")
    [aside] = page.select(".finding--aside")
    assert "Unskilled work." in aside.text
    assert "ana" in aside.text
    assert finding.sentence not in page.select(".findings")[0].text
    assert [form["action"] for form in aside.select("form")] == ["/back/"]

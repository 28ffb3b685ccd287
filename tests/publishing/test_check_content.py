"""The command that runs the checks over everything."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Page
from careers.models import Role
from publishing.checks import dismiss, findings
from publishing.models import CheckResult, Document
from tests.builders import make_comparison, make_draft, make_live, make_page, make_role, make_user

pytestmark = pytest.mark.django_db


def check(*options: str) -> list[str]:
    """Run the command; return the lines that it printed."""
    out = StringIO()
    call_command("check_content", *options, stdout=out)
    return out.getvalue().splitlines()


def test_each_finding_is_a_line_with_its_document_and_field() -> None:
    page = make_page("About", body="<h3>Us</h3>")
    assert check() == [
        f"WARNING page {page.pk} · About · Text · “Us” is a heading 3 below a heading 1: heading 2 is left out.",
        "1 document checked: 0 errors, 1 warning, 0 infos; 0 set aside.",
    ]


def test_an_error_is_printed_kept_and_makes_the_command_fail() -> None:
    page = make_page(body="")
    out = StringIO()
    with pytest.raises(CommandError, match="There are errors"):
        call_command("check_content", stdout=out)
    assert "Write the page's text." in out.getvalue()
    assert CheckResult.objects.get(document=page).errors == 1


def test_one_kind_can_be_asked_for() -> None:
    make_page(), make_role()
    assert check("--kind", "page") == ["1 document checked: 0 errors, 0 warnings, 0 infos; 0 set aside."]
    with pytest.raises(CommandError, match="invalid choice"):
        check("--kind", "category")


def test_only_live_documents_can_be_asked_for() -> None:
    live = make_live(Page)
    make_draft(Page)
    CheckResult.objects.all().delete()
    check("--live")
    assert [result.document_id for result in CheckResult.objects.all()] == [live.pk]


def test_what_is_less_grave_can_be_left_out_but_is_counted() -> None:
    make_page(title="T" * 61)
    assert check("--level", "warning") == ["1 document checked: 0 errors, 0 warnings, 1 info; 0 set aside."]


def test_what_was_set_aside_is_counted_and_not_printed() -> None:
    page = make_page(title="T" * 61)
    [found] = findings(page)
    dismiss(page, found.key, reason="A long name.", by=make_user())
    assert check() == ["1 document checked: 0 errors, 0 warnings, 0 infos; 1 set aside."]


def test_what_was_put_away_is_left_out() -> None:
    Document.objects.filter(pk=make_page(body="").pk).update(put_away_at=timezone.now())
    assert check()[-1].startswith("0 documents checked")


def test_every_document_costs_the_same_number_of_queries() -> None:
    a, b, c = (make_live(Role) for _ in range(3))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            check("--kind", "comparison")
        return len(captured)

    make_comparison(a, b)
    one = queries()
    make_comparison(b, c)
    two = queries()
    make_comparison(a, c)
    assert queries() - two == two - one

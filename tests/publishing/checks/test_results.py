"""What was found is kept for lists, and costs a bounded number of queries."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import Role
from publishing.checks import Level, findings, store
from publishing.content import snapshot
from publishing.models import CheckResult, Paragraph
from tests.builders import SOURCED, make_comparison, make_draft, make_live, make_page, make_role, revise

pytestmark = pytest.mark.django_db

LONG = "<p>You hire people, train them, match their shifts to the hours, and find cover for those who are ill.</p>"


def test_a_save_keeps_how_much_was_found() -> None:
    role = make_draft(Role, definition="")
    result = CheckResult.objects.get(document=role)
    found = Counter(finding.level for finding in findings(role))
    assert (result.errors, result.warnings, result.infos) == tuple(found[level] for level in Level)
    assert result.errors == 1
    revise(role, definition="Keeps things.")
    assert CheckResult.objects.get(document=role).errors == 0


def test_the_list_of_what_is_wanting_has_the_worst_first_and_no_infos() -> None:
    worst, fine = make_draft(Role, definition=""), make_page()
    bad = make_draft(Role)
    store(fine)
    assert [result.document_id for result in CheckResult.objects.wanting()] == [worst.pk, bad.pk]


def test_a_save_keeps_what_its_long_paragraphs_hash_to_and_forgets_those_that_are_gone() -> None:
    role = make_draft(Role, duties=LONG, environment="<p>Short.</p>")
    [kept] = Paragraph.objects.filter(document=role)
    revise(role, duties=LONG.upper().replace("<P>", "<p>").replace("</P>", "</p>"))
    assert [each.pk for each in Paragraph.objects.filter(document=role)] == [kept.pk]
    revise(role, duties=LONG.replace("hire", "dismiss"))
    assert [each.digest == kept.digest for each in Paragraph.objects.filter(document=role)] == [False]


def test_the_checks_of_a_comparison_take_few_queries_whatever_its_length() -> None:
    a = make_live(Role, figures=[SOURCED, SOURCED])
    b = make_role(figures=[SOURCED])
    link = f'<p><a href="doc:{a.pk}#duties">A</a> <a href="doc:{b.pk}">B</a> <a href="#sources">here</a></p>'
    comparison = make_comparison(a, b, intro=link + LONG)

    def queries() -> int:
        content = snapshot(comparison)
        with CaptureQueriesContext(connection) as captured:
            findings(comparison, content)
        return len(captured)

    few = queries()
    for number in range(20):
        comparison.sections.create(heading=f"Part {number}", body=link + LONG.replace("hire", f"hire {number}"))
    assert queries() == few <= 13

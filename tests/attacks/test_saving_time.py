"""Texts of the greatest length that is taken, written to keep busy what checks and compares them."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from pytest_django import Settings

from articles.models import Comparison
from publishing.revisions import record
from publishing.richtext import LONGEST, MOST_LINKS, MOST_TAGS
from tests.articles.admin.desk import FORM, page
from tests.articles.builders import act, form_in, sign_in
from tests.builders import make_draft, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

SECONDS = 6
"""What a save may compute on a busy machine; each of these takes less than one second, and some took minutes."""
UNITS = {
    "amounts": "$1,",
    "amounts that differ": "${number} ",
    "ranges": "$1-2–",
    "paragraphs": "<p>Managers earn ${number} a year.</p>",
    "sentences": "Managers earn ${number} more than managers. ",
    "words": "manager ",
    "initials": "A.B. ",
    "signs": "&",
    "paragraphs without an end": "<p>A sentence. ",
    "lists": "<ul><li>a</li></ul>",
    "rows": "<table><tr><td>a</td></tr></table>",
    "links": '<a href="/nothing-{number}/">a</a>',
}


def text_of(unit: str) -> str:
    """Return the longest text of the unit again and again, with another number each time, that a field takes."""
    most = MOST_LINKS if "<a" in unit else min(LONGEST // len(unit), MOST_TAGS // max(1, unit.count("<")))
    return "".join(unit.format(number=number) for number in range(most))[:LONGEST]


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_the_longest_text_is_saved_and_checked_without_much_computing(unit: str) -> None:
    draft = make_draft(Comparison)
    begun = time.process_time()
    draft.intro = text_of(unit)
    draft.full_clean()
    draft.save()
    record(draft, by=make_user())
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a" * (LONGEST + 1), "This text has 100,001 characters, and one text may have 100,000: split it."),
        ("<A href='/x/'>a</A>" * (MOST_LINKS + 1), "This text has 201 links, and one text may have 200: split it."),
        ("<p>a" * 5_001, "This text has more than 5,000 paragraphs and signs of markup: split it."),
        ("<ul><li>" * 2_000, "Too much stands in one another in this text: take lists out of lists."),
        ("<DIV>" * 4_000, "Too much stands in one another in this text: take lists out of lists."),
    ],
)
def test_a_longer_one_comes_back_with_how_long_it_is(client: Client, settings: Settings, text: str, said: str) -> None:
    settings.SECOND_FACTOR = False
    sign_in(client, "Writer")
    draft = make_draft(Comparison)
    address = act(draft, "change")
    before = draft.revisions.count()
    for field in ("intro", "sections-0-body"):
        answer = client.post(address, form_in(page(client, address), FORM) | {field: text, "_continue": "1"})
        assert answer.status_code == 200
        assert said in answer.content.decode()
    assert draft.revisions.count() == before

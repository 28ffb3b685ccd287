"""What the change form asks of the database."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Comparison
from publishing.models import Revision
from publishing.open_forms import keep
from tests.articles.admin.desk import FORM, page
from tests.articles.builders import act, form_in, sign_in
from tests.builders import make_live

pytestmark = pytest.mark.django_db


def test_the_newest_revision_is_read_once(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_live(Comparison)
    page(client, act(comparison, "change"))
    with CaptureQueriesContext(connection) as captured:
        page(client, act(comparison, "change"))
    own = f'"document_id" = {comparison.pk} ORDER BY "{Revision._meta.db_table}"."id" DESC LIMIT 1'
    assert len([query for query in captured if own in query["sql"]]) == 1


def test_a_sign_of_life_reads_no_content(client: Client) -> None:
    sign_in(client, "Editor")
    comparison = make_live(Comparison)
    with CaptureQueriesContext(connection) as captured:
        client.post(act(comparison, "keep"), {})
    assert not [query for query in captured if f'"{Revision._meta.db_table}"."content"' in query["sql"]]


def test_a_form_that_is_turned_away_offers_nothing_over_what_it_holds(client: Client) -> None:
    person = sign_in(client, "Editor")
    comparison = make_live(Comparison)
    keep(person, Comparison, comparison.pk, typed=[["title", "Older"]], base=None)
    sent = form_in(page(client, act(comparison, "change")), FORM) | {"title": "x" * 500}
    response = client.post(act(comparison, "change"), sent)
    assert response.status_code == 200
    assert response.context["kept"] is None

"""What sources publish can be looked up at the desk, and is changed by nobody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from careers.models import Area, OnetOccupation
from tests.articles.admin.desk import page
from tests.articles.builders import sign_in
from tests.builders import make_user
from tests.careers.onet.builders import keep, make_occupation

pytestmark = pytest.mark.django_db

KINDS = ["occupation", "area", "release", "onetoccupation"]


@pytest.fixture
def kept(tmp_path: Path, client: Client) -> None:
    """Keep something of every kind; a writer is signed in."""
    sign_in(client, "Writer")
    make_occupation("99-1011", "Keepers")
    Area.objects.create(code="0000000", slug="everywhere", title="Everywhere", kind="nation")
    keep(tmp_path)


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("kind", KINDS)
def test_a_writer_looks_at_a_list_and_at_what_is_in_it(client: Client, kind: str) -> None:
    html = page(client, reverse(f"admin:careers_{kind}_changelist"))
    assert "result_list" in html
    words = {"occupation": "beacon", "area": "every", "release": "29.3", "onetoccupation": "lamp"}[kind]
    found = client.get(reverse(f"admin:careers_{kind}_changelist"), {"q": words})
    assert found.context["cl"].result_count == 1
    assert page(client, reverse(f"admin:careers_{kind}_change", args=[found.context["cl"].result_list[0].pk]))


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("kind", KINDS)
def test_nobody_adds_changes_or_deletes(client: Client, kind: str) -> None:
    client.force_login(make_user("writer", is_superuser=kind != "release"))
    assert client.get(reverse(f"admin:careers_{kind}_add")).status_code == 403
    first = client.get(reverse(f"admin:careers_{kind}_changelist")).context["cl"].result_list[0]
    assert client.post(reverse(f"admin:careers_{kind}_change", args=[first.pk]), {"title": "X"}).status_code == 403
    assert client.post(reverse(f"admin:careers_{kind}_delete", args=[first.pk]), {"post": "yes"}).status_code == 403


@pytest.mark.usefixtures("kept")
def test_all_that_onet_says_of_an_occupation_is_shown_with_its_credit(client: Client) -> None:
    keepers = OnetOccupation.objects.get(title="Lamp Keepers")
    html = page(client, reverse("admin:careers_onetoccupation_change", args=[keepers.pk]))
    for words in ("Wave at passing ships.", "Waiting", "A first degree", "Zone Two", "Lanternware", "CC BY 4.0"):
        assert words in html


@pytest.mark.usefixtures("kept")
def test_a_list_that_is_searched_keeps_its_order(client: Client) -> None:
    make_occupation("98-1011", "Tower keepers")
    address = reverse("admin:careers_occupation_changelist")
    listed = client.get(address, {"q": "keepers", "o": "-2"}).context["cl"].result_list
    assert [each.code for each in listed] == ["99-1011", "98-1011"]


@pytest.mark.usefixtures("kept")
def test_the_autocomplete_of_a_role_finds_by_an_alternate_title(client: Client) -> None:
    asked = {"app_label": "careers", "model_name": "role", "field_name": "occupation", "term": "Beacon Keeper"}
    answer = json.loads(client.get(reverse("admin:autocomplete"), asked).content)
    assert [each["text"] for each in answer["results"]] == ["Keepers (99-1011)"]

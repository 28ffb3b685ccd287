"""Fields that a form does not have, and rows that are not one's own.

(What writers may not decide: tests/articles/admin/test_permissions.py. Submissions and comments of others:
tests/publishing/test_reviews_at_the_desk.py. What others typed: tests/articles/admin/test_open_forms.py. What strangers
are told: tests/test_leaks.py. Links to drafts that end or were made up: tests/articles/admin/test_preview.py.)
"""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import signing
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from articles.models import Comparison, Page
from careers.models import Role
from publishing.models import Document, User
from publishing.shared import link
from tests.articles.admin.desk import page
from tests.articles.builders import act, form_in, sign_in
from tests.attacks.places import pages_of
from tests.builders import make_draft, make_live, make_user, revise

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

KINDS: list[type[Document]] = [Role, Comparison, Page]
HIDDEN = "A draft that nobody else sees"


@pytest.fixture(autouse=True)
def _one_factor(settings: Settings) -> None:
    settings.SECOND_FACTOR = False


def row_of(model: type[Model], pk: int) -> dict[str, Any]:
    [row] = model._default_manager.filter(pk=pk).values()
    return row


def forged(model: type[Model]) -> dict[str, str]:
    """Return a value for every column of the model, as somebody adds them to a form."""
    values: dict[str, str] = {}
    for field in model._meta.concrete_fields:
        for name in {field.name, field.attname}:
            values |= {name: "1", f"{name}_0": "2020-01-01", f"{name}_1": "10:00"}
    return values


@pytest.mark.parametrize("kind", [Role, Comparison])
def test_a_form_changes_the_fields_that_it_shows_and_no_other_column(client: Client, kind: type[Document]) -> None:
    sign_in(client, "Writer")
    document = make_live(kind)
    form = f"form#{kind.__name__.lower()}_form"
    shown = page(client, act(document, "change"))
    names = {str(control["name"]) for control in BeautifulSoup(shown, "html.parser").select(f"{form} [name]")}
    extra = forged(kind.edition_model) | forged(Document) | forged(kind) | {"is_superuser": "1", "may_publish": "1"}
    before, editions = row_of(kind, document.pk), list(kind.edition_model.objects.values())
    sent = {name: value for name, value in extra.items() if name not in names}
    assert {"put_away_at_0", "live_from_0", "kind", "act"} <= sent.keys()
    answer = client.post(
        act(document, "change"), form_in(shown, form) | sent | {"title": "Another name", "_continue": "1"}
    )
    assert answer.status_code == 302
    after = row_of(kind, document.pk)
    assert after["title"] == "Another name"
    assert {name for name in before if before[name] != after[name]} <= names | {"changed_at"}
    assert list(kind.edition_model.objects.values()) == editions


@pytest.mark.parametrize("group", ["Writer", "Editor"])
def test_nobody_of_the_desk_makes_themselves_a_superuser(client: Client, group: Any) -> None:
    person = sign_in(client, group)
    before = row_of(User, person.pk)
    sent = forged(User) | {"username": person.username, "is_superuser": "on", "groups": "1", "user_permissions": "1"}
    for name in ("change", "delete", "history"):
        assert client.post(reverse(f"admin:publishing_user_{name}", args=[person.pk]), sent).status_code == 403
    assert client.post(reverse("admin:publishing_user_add"), sent).status_code == 403
    assert client.post(reverse("admin:auth_user_password_change", args=[person.pk]), sent).status_code == 403
    assert row_of(User, person.pk) == before
    assert not person.user_permissions.exists()
    assert person.groups.count() == 1


@pytest.mark.parametrize("kind", KINDS)
def test_an_account_without_rights_is_shown_nothing_at_any_address_and_does_nothing(
    client: Client, kind: type[Document]
) -> None:
    document = make_draft(kind, title=HIDDEN)
    client.force_login(make_user("writer"))
    before = row_of(kind, document.pk)
    told = {}
    for address in pages_of(kind, document):
        for answer in (client.get(address), client.post(address, {"revision": document.revisions.first().pk})):
            said = answer.content.decode(errors="replace")
            if answer.status_code not in {302, 403, 404, 405} or HIDDEN in said:
                told[address] = answer.status_code
    assert told == {}
    assert row_of(kind, document.pk) == before
    assert document.revisions.count() == 1


@pytest.mark.parametrize("name", ["preview", "compare", "restore", "publish", "share", "name", "submit", "decide"])
def test_a_revision_is_acted_on_at_its_own_document_alone(client: Client, name: str) -> None:
    sign_in(client, "Editor")
    hidden, mine = make_draft(Page, title=HIDDEN), make_live(Role)
    revise(mine, title="Another title")
    foreign = hidden.revisions.first().pk
    asked = {
        "revision": foreign,
        "a": foreign,
        "b": foreign,
        "from": foreign,
        "to": foreign,
        "when": "now",
        "note": "x",
    }
    for answer in (client.get(act(mine, name), asked), client.post(act(mine, name), asked)):
        assert answer.status_code < 500
        assert HIDDEN not in answer.content.decode(errors="replace")
    assert not Page.edition_model.objects.exists()


def test_a_link_to_a_draft_is_not_turned_into_one_to_another(client: Client) -> None:
    shown, hidden = make_draft(Role, title="Shown"), make_draft(Role, title=HIDDEN)
    writer = make_user("writer")
    links = [link(each.revisions.first(), by=writer) for each in (shown, hidden)]
    parts = [path.strip("/").removeprefix("shared/").split(":") for path in links]
    mine, theirs = parts
    mixed = [[theirs[0], *mine[1:]], [mine[0], theirs[1], mine[2]], [theirs[0], theirs[1], mine[2]], [*theirs[:2], ""]]
    mixed += [[theirs[0], mine[1], theirs[2] + "A"], [theirs[0].swapcase(), *theirs[1:]]]
    for token in mixed:
        answer = client.get(f"/shared/{':'.join(token)}/")
        assert HIDDEN not in answer.content.decode()
        assert answer.status_code == (200 if token == mine else 404)
    assert client.get(links[0]).status_code == 200


@pytest.mark.parametrize("other", ["careers.import", "django.contrib.messages", "django.core.signing"])
def test_what_is_signed_for_one_thing_opens_nothing_else(client: Client, other: str) -> None:
    document = make_draft(Role, title=HIDDEN)
    token = signing.dumps([document.revisions.first().pk, make_user().pk, 4_000_000_000], salt=other)
    assert client.get(f"/shared/{token}/").status_code == 404

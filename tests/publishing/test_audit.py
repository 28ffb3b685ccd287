"""The audit log: an entry for each act, in the transaction of the act, that nobody changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag

from articles.merge import merge
from careers.models import Role
from publishing.audit import COMMAND_LINE, record
from publishing.cancel import cancel
from publishing.errors import Refused
from publishing.models import AuditEntry, Redirect, User
from publishing.publish import publish, schedule
from publishing.put_away import bring_back, put_away
from publishing.reviews import approve, ask_for_changes, submit
from publishing.withdraw import withdraw
from tests.builders import ahead, editions, make_category, make_draft, make_live, make_scheduled, make_user
from tests.careers.builders import make_release
from tests.images.builders import make_image
from tests.publishing.signing_in import PASSWORD, make_person, set_up_app, sign_in

pytestmark = pytest.mark.django_db

Act = AuditEntry.Act
LIST = reverse("admin:publishing_auditentry_changelist")


def entries(act: Act) -> list[tuple[str, str, str]]:
    """Return who did this, on what, from where, the oldest first."""
    return list(AuditEntry.objects.filter(act=act).order_by("pk").values_list("who", "about", "address"))


def make_tag() -> Tag:
    """Return a tag."""
    return Tag.objects.create(name="Care")


@pytest.fixture
def entry() -> AuditEntry:
    """Give an entry of the log."""
    record(Act.IMPORT, make_user())
    return AuditEntry.objects.get(act=Act.IMPORT)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE publishing_auditentry SET who = 'nobody' WHERE id = %s",
        "UPDATE publishing_auditentry SET at = '2020-01-01 00:00:00+00:00' WHERE id = %s",
        "DELETE FROM publishing_auditentry WHERE id = %s",
    ],
)
def test_the_database_refuses_to_change_an_entry_or_to_delete_it(entry: AuditEntry, statement: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [entry.pk])
    assert AuditEntry.objects.get(pk=entry.pk).who == entry.who


def test_publishing_and_what_follows_is_recorded_with_who_and_on_what() -> None:
    editor = make_user()
    role = make_draft(Role, title="Weaver")
    publish(role.revisions.first(), by=editor)
    withdraw([role], by=editor)
    put_away(role, by=editor)
    bring_back(role, by=editor)
    schedule(role.revisions.first(), by=editor, at=ahead(days=1))
    cancel(editions(role).coming().get(), by=editor)
    for act in (Act.PUBLISH, Act.WITHDRAW, Act.PUT_AWAY, Act.BRING_BACK, Act.SCHEDULE, Act.CANCEL):
        assert entries(act) == [(editor.username, "Weaver", COMMAND_LINE)], act


def test_an_entry_says_which_revision_was_published_and_from_when_on() -> None:
    role = make_scheduled(Role, at=timezone.now() + timedelta(days=2))
    edition = editions(role).get()
    detail = AuditEntry.objects.get(act=Act.SCHEDULE).detail
    assert detail == f"revision {edition.revision_id}, from {edition.live_from:%Y-%m-%d %H:%M %Z}"


def test_what_comes_along_is_recorded_too() -> None:
    first, second = make_draft(Role), make_draft(Role)
    publish(first.revisions.first(), by=make_user(), together=[second.revisions.first()])
    assert {about for _, about, _ in entries(Act.PUBLISH)} == {str(first), str(second)}


def test_what_was_refused_leaves_no_entry() -> None:
    role = make_live(Role)
    before = AuditEntry.objects.count()
    with pytest.raises(Refused):
        put_away(role, by=make_user())
    assert [entry.act for entry in AuditEntry.objects.all()[: AuditEntry.objects.count() - before]] == [
        Act.ACCOUNT_CHANGED,
        Act.ACCOUNT_MADE,
    ]


def test_what_is_put_away_already_leaves_no_second_entry() -> None:
    role, editor = make_draft(Role), make_user()
    for _ in range(2):
        put_away(role, by=editor)
    assert len(entries(Act.PUT_AWAY)) == 1


def test_decisions_on_submissions_are_recorded() -> None:
    role, editor = make_draft(Role), make_user()
    revision = role.revisions.first()
    ask_for_changes(submit(revision, by=make_user()), by=editor, reply="Shorter.")
    approve(submit(revision, by=make_user()), by=editor)
    expected = [(editor.username, str(role), COMMAND_LINE)]
    assert (entries(Act.ASK_FOR_CHANGES), entries(Act.APPROVE)) == (expected, expected)


def test_a_merge_is_recorded() -> None:
    old, other = make_live(Role), make_live(Role)
    editor = make_user()
    merge(old, other, by=editor)
    merged = AuditEntry.objects.get(act=Act.MERGE)
    assert (merged.who, merged.about, merged.detail) == (editor.username, str(old), f"into {other}")


def test_imported_wages_are_recorded() -> None:
    call_command("import_wages", "data/oews-2025-national.csv", stdout=None)
    imported = AuditEntry.objects.get(act=Act.IMPORT)
    assert (imported.kind, imported.who, imported.address) == ("careers.release", "", COMMAND_LINE)


@pytest.mark.parametrize("make", [make_category, make_tag, make_release, make_image])
def test_what_readers_are_shown_at_once_is_recorded_when_it_changes_and_when_it_is_deleted(
    make: Callable[[], models.Model],
) -> None:
    row = make()
    row.save()
    assert not entries(Act.CHANGE)
    name = next(name for name in ("title", "name", "period") if hasattr(row, name))
    before = getattr(row, name)
    setattr(row, name, "Herons")
    row.save()
    changed = AuditEntry.objects.get(act=Act.CHANGE)
    assert (changed.kind, changed.detail) == (row._meta.label_lower, f"{name}: {before!r} → 'Herons'")
    row.delete()
    assert AuditEntry.objects.get(act=Act.DELETE).number == changed.number


def test_redirects_that_a_person_makes_changes_and_deletes_are_recorded() -> None:
    redirect = Redirect.objects.create(path="/old/", document=make_live(Role))
    redirect.save()
    redirect.delete()
    details = AuditEntry.objects.filter(act=Act.REDIRECT, about="/old/").order_by("pk").values_list("detail", flat=True)
    assert [detail.partition(":")[0] for detail in details] == ["made", "changed", "deleted"]


def test_signing_in_and_out_is_recorded_with_the_address() -> None:
    user = make_person()
    browser = sign_in(user, REMOTE_ADDR="192.0.2.7")
    browser.post(reverse("admin:logout"), REMOTE_ADDR="192.0.2.8")
    assert entries(Act.SIGN_IN) == [(user.username, user.username, "192.0.2.7")]
    assert entries(Act.SIGN_OUT) == [(user.username, user.username, "192.0.2.8")]


def test_a_failed_sign_in_is_recorded_and_no_name_that_may_be_a_password() -> None:
    user = make_person()
    sign_in(user, password="a guess", REMOTE_ADDR="192.0.2.7")
    sign_in(User(username="my secret"), REMOTE_ADDR="192.0.2.7")
    assert entries(Act.SIGN_IN_FAILED) == [("", user.username, "192.0.2.7"), ("", "", "192.0.2.7")]
    assert "my secret" not in str(list(AuditEntry.objects.values_list()))


def test_a_second_factor_is_recorded_when_it_is_set_up_and_when_it_is_removed() -> None:
    user = make_person()
    browser = sign_in(user)
    set_up_app(browser)
    browser.post(reverse("mfa_deactivate_totp"))
    for act in (Act.FACTOR_ADDED, Act.FACTOR_REMOVED):
        recorded = AuditEntry.objects.filter(act=act, who=user.username, about=user.username)
        assert set(recorded.values_list("detail", flat=True)) == {"TOTP Authenticator", "Recovery codes"}


def test_a_new_password_is_recorded_whoever_gives_it() -> None:
    user = make_person()
    before = len(entries(Act.PASSWORD))
    new = "eight white herons by the weir"
    sign_in(user).post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert entries(Act.PASSWORD)[before:] == [(user.username, user.username, "127.0.0.1")]
    user.set_password("nine black herons by the weir")
    user.save()
    assert entries(Act.PASSWORD)[before + 1 :] == [("", user.username, COMMAND_LINE)]
    assert new not in str(list(AuditEntry.objects.values_list()))


def test_accounts_that_are_made_and_changed_are_recorded() -> None:
    boss = make_person(is_superuser=True)
    desk = sign_in(boss)
    new = {"username": "ada", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    desk.post(reverse("admin:publishing_user_add"), new)
    ada = User.objects.get(username="ada")
    assert entries(Act.ACCOUNT_MADE)[-1] == (boss.username, "ada", "127.0.0.1")
    ada.is_active = False
    ada.save()
    ada.groups.add(Group.objects.get(name="Editor"))
    ada.groups.clear()
    details = AuditEntry.objects.filter(act=Act.ACCOUNT_CHANGED, about="ada").order_by("pk")
    said = list(details.values_list("detail", flat=True))
    assert said == ["is_active: True → False", "given: Editor", "taken: everything"]


def test_what_a_group_may_do_is_recorded_when_it_changes() -> None:
    Group.objects.get(name="Writer").permissions.add(Permission.objects.get(codename="publish_document"))
    changed = AuditEntry.objects.get(act=Act.GROUP_CHANGED)
    assert changed.about == "Writer"
    assert changed.detail.startswith("given: ")


def test_a_group_that_is_deleted_is_recorded_since_it_takes_rights_along() -> None:
    Group.objects.get(name="Writer").delete()
    assert AuditEntry.objects.get(act=Act.DELETE).about == "Writer"


def test_signing_in_alone_changes_no_account() -> None:
    user = make_person()
    before = len(entries(Act.ACCOUNT_CHANGED))
    sign_in(user)
    assert len(entries(Act.ACCOUNT_CHANGED)) == before


def test_an_act_at_the_desk_carries_the_persons_address(client: Client) -> None:
    editor = make_user(is_superuser=True)
    client.force_login(editor)
    role = make_draft(Role)
    put_away(role, by=editor)
    client.post(reverse("admin:careers_role_bring_back", args=[role.pk]), REMOTE_ADDR="192.0.2.7")
    assert entries(Act.BRING_BACK) == [(editor.username, str(role), "192.0.2.7")]


def test_administrators_read_the_log_by_who_what_and_when_and_change_nothing(client: Client) -> None:
    boss = make_user(is_superuser=True)
    client.force_login(boss)
    role = make_live(Role)
    page = client.get(LIST, {"act": "publish", "at__gte": f"{timezone.now() - timedelta(days=1)}"}).content.decode()
    assert str(role) in page
    assert str(role) not in client.get(LIST, {"who": boss.username}).content.decode()
    entry = AuditEntry.objects.first()
    assert entry
    change = reverse("admin:publishing_auditentry_change", args=[entry.pk])
    assert client.get(change).status_code == 200
    refused: dict[str, Any] = {"who": "nobody"}
    assert client.post(change, refused).status_code == 403
    delete = reverse("admin:publishing_auditentry_delete", args=[entry.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_others_do_not_read_the_log(client: Client) -> None:
    client.force_login(make_user())
    assert client.get(LIST).status_code == 403

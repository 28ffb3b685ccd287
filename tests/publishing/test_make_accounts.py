from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from publishing.models import User

pytestmark = pytest.mark.django_db


def make_accounts() -> str:
    """Run the command; return what it printed."""
    out = StringIO()
    call_command("make_accounts", stdout=out)
    return out.getvalue()


def test_the_printed_passwords_open_both_accounts() -> None:
    for line in make_accounts().splitlines():
        username = line.removeprefix("Made the account ").split(",")[0]
        user = User.objects.get(username=username)
        assert user.check_password(line.split()[-1])
        assert user.is_staff
    assert User.objects.count() == 2


def test_the_environment_chooses_passwords_and_they_are_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR_PASSWORD", "a lantern over the desk")
    monkeypatch.setenv("WRITER_PASSWORD", "an inkwell under the desk")
    assert "desk" not in make_accounts()
    assert User.objects.get(username="editor").check_password("a lantern over the desk")
    assert User.objects.get(username="writer").check_password("an inkwell under the desk")


def test_a_password_that_is_too_weak_makes_neither_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WRITER_PASSWORD", "short")
    with pytest.raises(CommandError, match=r"WRITER_PASSWORD cannot be used\..*at least 12"):
        make_accounts()
    assert not User.objects.exists()


def test_a_second_run_changes_nothing() -> None:
    make_accounts()
    before = list(User.objects.order_by("pk").values())
    assert make_accounts().count("exists already: nothing was changed") == 2
    assert list(User.objects.order_by("pk").values()) == before


def test_only_the_missing_account_is_made() -> None:
    User.objects.create_user("editor", password="chosen by someone else")
    assert "Made the account writer" in make_accounts()
    assert User.objects.get(username="editor").check_password("chosen by someone else")


def test_the_editor_may_publish_and_the_writer_may_not() -> None:
    make_accounts()
    assert User.objects.get(username="editor").may_publish
    assert not User.objects.get(username="writer").may_publish


def test_neither_manages_accounts() -> None:
    make_accounts()
    for user in User.objects.all():
        assert not user.is_superuser
        assert not user.has_perm("publishing.change_user")
        assert not user.has_perm("auth.change_group")

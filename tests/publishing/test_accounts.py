"""Signing in at the desk, and the second factor."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from publishing.models import AuditEntry, User
from tests.builders import make_user
from tests.publishing.signing_in import PASSWORD, code_of, is_in, make_person, set_up_app, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

INDEX = reverse("admin:index")
SET_UP = reverse("mfa_index")
Act = AuditEntry.Act


@pytest.fixture
def needed(settings: Settings) -> None:
    """Ask for a second factor, as the site does unless it is a demonstration."""
    settings.SECOND_FACTOR = True


def test_a_person_signs_in_by_name_and_password() -> None:
    assert is_in(sign_in(make_person()))


def test_no_account_is_made_by_whoever_comes_along() -> None:
    asked = {"username": "new", "password1": PASSWORD, "password2": PASSWORD}
    Client().post(f"{INDEX}account/signup/", asked, follow=True)
    assert not User.objects.exists()


def test_a_wrong_password_lets_nobody_in() -> None:
    assert not is_in(sign_in(make_person(), password="a guess at the weir"))


def test_an_account_that_is_not_of_the_desk_is_told_so_and_not_sent_in_circles() -> None:
    browser = sign_in(make_person("writer", is_staff=False))
    assert browser.get(INDEX, follow=True).status_code == 403


def test_an_account_that_was_switched_off_is_told_so() -> None:
    user = make_person(is_active=False)
    said = Client().post(reverse("account_login"), {"login": user.username, "password": PASSWORD}, follow=True)
    assert "This account is switched off." in said.content.decode()


def test_wrong_passwords_close_an_account_for_a_while_wherever_they_come_from() -> None:
    user, other = make_person(), make_person()
    for number in range(5):
        sign_in(user, password="a guess", REMOTE_ADDR=f"192.0.2.{number}")
    login = {"login": user.username, "password": PASSWORD}
    said = Client().post(reverse("account_login"), login, REMOTE_ADDR="192.0.2.9")
    assert "Too many attempts failed on this account or from this address." in said.content.decode()
    assert is_in(sign_in(other, REMOTE_ADDR="192.0.2.9"))


def test_wrong_passwords_close_an_address_for_a_while_whatever_the_account() -> None:
    for _ in range(10):
        sign_in(make_user(), password="a guess", REMOTE_ADDR="192.0.2.1")
    user = make_person()
    assert not is_in(sign_in(user, REMOTE_ADDR="192.0.2.1"))
    assert is_in(sign_in(user, REMOTE_ADDR="192.0.2.2"))


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(settings: Settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for _ in range(10):
        sign_in(make_user(), password="a guess", HTTP_X_FORWARDED_FOR="203.0.113.1, 192.0.2.1")
    user = make_person()
    assert not is_in(sign_in(user, HTTP_X_FORWARDED_FOR="192.0.2.1"))
    assert is_in(sign_in(user, HTTP_X_FORWARDED_FOR="192.0.2.2"))


@pytest.mark.usefixtures("needed")
@pytest.mark.parametrize("fields", [{}, {"is_superuser": True}])
def test_whoever_may_publish_sets_up_a_second_factor_before_anything_else(fields: dict[str, bool]) -> None:
    browser = sign_in(make_person("writer" if fields else "editor", **fields))
    for page in (INDEX, reverse("admin:careers_role_changelist"), reverse("admin:queue")):
        assert browser.get(page).headers["Location"] == SET_UP
    assert browser.post(reverse("admin:as-of"), {"now": "1"}).headers["Location"] == SET_UP
    assert "needs a second factor" in browser.get(SET_UP).content.decode()
    assert browser.get("/roles/").status_code == 200
    set_up_app(browser)
    assert is_in(browser)
    assert "needs a second factor" not in browser.get(SET_UP).content.decode()


@pytest.mark.usefixtures("needed")
def test_whoever_lacks_a_second_factor_can_sign_out() -> None:
    browser = sign_in(make_person())
    browser.post(reverse("admin:logout"))
    assert "_auth_user_id" not in browser.session


@pytest.mark.usefixtures("needed")
def test_a_writer_needs_no_second_factor_and_may_have_one() -> None:
    writer = make_person("writer")
    browser = sign_in(writer)
    assert is_in(browser)
    set_up_app(browser)
    assert not is_in(sign_in(writer))


def test_where_it_is_switched_off_nobody_needs_a_second_factor() -> None:
    assert is_in(sign_in(make_person()))


@pytest.mark.usefixtures("needed")
def test_a_code_of_the_app_signs_in_once() -> None:
    user = make_person()
    secret = set_up_app(sign_in(user))
    code = code_of(secret, steps=1)
    browser, again = sign_in(user), sign_in(user)
    assert not is_in(browser)
    browser.post(reverse("mfa_authenticate"), {"code": code})
    assert is_in(browser)
    again.post(reverse("mfa_authenticate"), {"code": code})
    assert not is_in(again)


@pytest.mark.usefixtures("needed")
def test_a_recovery_code_signs_in_once() -> None:
    user = make_person()
    browser = sign_in(user)
    set_up_app(browser)
    page = BeautifulSoup(browser.get(reverse("mfa_view_recovery_codes")).content, "html.parser")
    code = page.select(".account-codes code")[0].text
    first, second = sign_in(user), sign_in(user)
    first.post(reverse("mfa_authenticate"), {"code": code})
    second.post(reverse("mfa_authenticate"), {"code": code})
    assert (is_in(first), is_in(second)) == (True, False)


@pytest.mark.usefixtures("needed")
def test_wrong_codes_close_an_account_for_a_while() -> None:
    user = make_person()
    secret = set_up_app(sign_in(user))
    browser = sign_in(user)
    for _ in range(5):
        browser.post(reverse("mfa_authenticate"), {"code": "not one"})
    browser.post(reverse("mfa_authenticate"), {"code": code_of(secret, steps=1)})
    assert not is_in(browser)
    assert AuditEntry.objects.filter(act=Act.SIGN_IN_FAILED, detail="wrong code", about=user.username).count() == 5


@pytest.mark.usefixtures("needed")
def test_an_administrator_takes_a_lost_second_factor_away() -> None:
    user = make_person()
    set_up_app(sign_in(user))
    boss = make_person("writer", is_superuser=True)
    desk = sign_in(boss)
    set_up_app(desk)
    chosen = {"action": "take_away_second_factor", "_selected_action": [user.pk]}
    said = desk.post(reverse("admin:publishing_user_changelist"), chosen, follow=True).content.decode()
    assert f"“{user}” signs in by password alone, and sets up another then." in said
    assert sign_in(user).get(INDEX).headers["Location"] == SET_UP
    removed = AuditEntry.objects.filter(act=Act.FACTOR_REMOVED)
    assert {(each.who, each.about) for each in removed} == {(boss.username, user.username)}
    assert (
        "nothing was changed"
        in desk.post(reverse("admin:publishing_user_changelist"), chosen, follow=True).content.decode()
    )


def test_others_than_administrators_take_nothing_away(client: Client) -> None:
    client.force_login(make_user())
    response = client.get(reverse("admin:publishing_user_changelist"))
    assert "take_away_second_factor" not in response.content.decode()


def test_an_account_shows_its_second_factor_and_leads_to_its_sessions() -> None:
    user = make_person()
    set_up_app(sign_in(user))
    desk = sign_in(make_person(is_superuser=True))
    page = desk.get(reverse("admin:publishing_user_change", args=[user.pk])).content.decode()
    assert "TOTP Authenticator" in page
    [sessions] = BeautifulSoup(page, "html.parser").select(".field-sessions a")
    assert user.username in desk.get(str(sessions["href"])).content.decode()


def test_a_password_may_be_long_and_needs_no_signs() -> None:
    browser = sign_in(user := make_person())
    long = "a heron stands in the weir and waits " * 3
    change = {"oldpassword": PASSWORD, "password1": long, "password2": long}
    assert browser.post(reverse("account_change_password"), change).status_code == 302
    assert User.objects.get(pk=user.pk).check_password(long)


@pytest.mark.parametrize("password", ["eleven sign", "1234567890123"])
def test_a_password_is_neither_short_nor_common(password: str) -> None:
    browser = sign_in(user := make_person())
    change = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    browser.post(reverse("account_change_password"), change)
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_a_new_password_ends_the_other_sessions() -> None:
    user = make_person()
    here, there = sign_in(user), sign_in(user)
    new = "eight white herons by the weir"
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (is_in(here), is_in(there)) == (True, False)


def test_a_person_ends_their_other_sessions() -> None:
    user = make_person()
    here, there, elses = sign_in(user), sign_in(user), sign_in(make_person())
    here.post(reverse("usersessions_list"))
    assert (is_in(here), is_in(there), is_in(elses)) == (True, False, True)


def test_an_administrator_ends_somebody_elses_session() -> None:
    user, boss = make_person(), make_person(is_superuser=True)
    there, desk = sign_in(user), sign_in(boss)
    sessions = reverse("admin:usersessions_usersession_changelist")
    page = BeautifulSoup(desk.get(sessions, {"q": user.username}).content, "html.parser")
    ids = [each["value"] for each in page.select("input[name=_selected_action]")]
    desk.post(sessions, {"action": "end", "_selected_action": ids})
    assert (is_in(there), is_in(desk)) == (False, True)
    ended = AuditEntry.objects.get(act=Act.SESSIONS_ENDED)
    assert (ended.who, ended.about, ended.detail) == (boss.username, user.username, "1")


def test_an_editor_sees_nobody_elses_sessions() -> None:
    assert sign_in(make_person()).get(reverse("admin:usersessions_usersession_changelist")).status_code == 403


def test_readers_get_no_cookie_and_no_session() -> None:
    response = Client().get("/roles/")
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("name", ["mfa_index", "usersessions_list", "account_change_password", "mfa_list_webauthn"])
def test_pages_about_an_account_are_its_owners_alone(name: str) -> None:
    assert Client().get(reverse(name)).headers["Location"].startswith(reverse("account_login"))

"""Secrets of second factors are stored encrypted, and outlive a change of the secret key while the old one is known."""

from __future__ import annotations

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from publishing import doctor
from publishing.accounts import sealed, second_factor
from publishing.models import User
from tests.publishing.signing_in import PASSWORD, code_of, is_in, make_person, set_up_app, sign_in

pytestmark = pytest.mark.django_db

WHAT_TO_DO = "Ask an administrator to take it away; then sign in by password, and set up another."


@pytest.fixture
def person() -> User:
    """Give somebody who may publish."""
    return make_person()


@pytest.fixture
def secret(person: User) -> str:
    """Set up an authenticator app, and give what it keeps."""
    return set_up_app(sign_in(person))


def change_key(settings: Settings, *, is_known: bool) -> None:
    """Give the site another secret key; whether it still knows the one before."""
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY] if is_known else []
    settings.SECRET_KEY = "another key, made for this test alone"


def code_answered(person: User, code: str) -> tuple[Client, str]:
    """Sign in with the password and the code; return the browser and the page that came."""
    browser = sign_in(person)
    return browser, browser.post(reverse("mfa_authenticate"), {"code": code}, follow=True).content.decode()


def stored() -> str:
    return str(list(Authenticator.objects.values_list("data", flat=True)))


def seal_second_factors() -> str:
    said = StringIO()
    call_command("seal_second_factors", stdout=said)
    return said.getvalue()


def test_what_is_stored_does_not_tell_the_secret(secret: str) -> None:
    assert secret not in stored()
    assert stored().count(sealed.PREFIX) == 2


def test_the_same_secret_is_never_stored_twice_alike() -> None:
    assert sealed.seal("herons") != sealed.seal("herons")
    assert sealed.unseal(sealed.seal("herons")) == "herons"


def test_what_an_earlier_key_sealed_opens_while_that_key_is_known(
    settings: Settings, person: User, secret: str
) -> None:
    change_key(settings, is_known=True)
    code = code_of(secret, steps=1)
    browser, _ = code_answered(person, code)
    assert is_in(browser)
    assert seal_second_factors() == "2 secrets are encrypted with the present key; 0 cannot be read.\n"
    settings.SECRET_KEY_FALLBACKS = []
    assert not list(doctor.second_factors())
    cache.clear()  # which remembers the codes that were used
    browser, _ = code_answered(person, code)
    assert is_in(browser)


@pytest.mark.parametrize("is_known", [True, False])
def test_sessions_go_on_while_the_key_that_they_stand_on_is_known(settings: Settings, is_known: bool) -> None:  # noqa: FBT001
    browser = sign_in(make_person())
    change_key(settings, is_known=is_known)
    assert is_in(browser) == is_known


@pytest.mark.usefixtures("secret")
def test_whoever_has_a_secret_that_no_key_opens_is_told_what_to_do(settings: Settings, person: User) -> None:
    change_key(settings, is_known=False)
    browser, page = code_answered(person, "123456")
    assert WHAT_TO_DO in page
    assert not is_in(browser)
    second_factor.take_away(person)
    assert is_in(sign_in(person))


@pytest.mark.usefixtures("secret")
@pytest.mark.parametrize("page", ["view", "download", "generate"])
def test_pages_that_show_codes_say_so_too(settings: Settings, person: User, page: str) -> None:
    change_key(settings, is_known=False)
    browser = Client()
    browser.force_login(person)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    said = browser.get(reverse(f"mfa_{page}_recovery_codes"), follow=True)
    assert said.redirect_chain == [(reverse("mfa_index"), 302)]
    assert WHAT_TO_DO in BeautifulSoup(said.content, "html.parser").text


@pytest.mark.usefixtures("secret")
def test_secrets_that_no_key_opens_are_counted_and_left_as_they_are(settings: Settings) -> None:
    before = stored()
    change_key(settings, is_known=False)
    assert seal_second_factors() == "0 secrets are encrypted with the present key; 2 cannot be read.\n"
    assert stored() == before
    [finding] = doctor.second_factors()
    assert finding.wrong.startswith("2 secrets of second factors cannot be read")


def test_a_secret_that_was_stored_in_clear_works_and_is_sealed_on_demand(person: User, secret: str) -> None:
    Authenticator.objects.filter(type=Authenticator.Type.TOTP).update(data={"secret": secret})
    browser, _ = code_answered(person, code_of(secret, steps=1))
    assert is_in(browser)
    seal_second_factors()
    assert secret not in stored()

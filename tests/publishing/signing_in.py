"""What a person needs to sign in: a browser, a password, and an authenticator app."""

from __future__ import annotations

import base64
import hmac
import struct
import time
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from publishing.models import User
from tests.builders import make_user

PASSWORD = "seven grey herons by the weir"


def make_person(kind: Any = "editor", **fields: Any) -> User:
    """Return a person at the desk who has a password."""
    user = make_user(kind, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(user: User, *, password: str = PASSWORD, client: Client | None = None, **headers: Any) -> Client:
    """Send the form of the page "Sign in" from a browser, and return the browser."""
    browser = client or Client()
    browser.post(reverse("account_login"), {"login": user.username, "password": password}, **headers)
    return browser


def is_in(browser: Client) -> bool:
    """Whether the browser sees the desk."""
    return browser.get(reverse("admin:index")).status_code == 200


def code_of(secret: str, *, steps: int = 0) -> str:
    """Return what an authenticator app shows now, or so many half minutes later (RFC 6238, over RFC 4226, 5.3)."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(base64.b32decode(secret), counter, "sha1").digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def set_up_app(browser: Client) -> str:
    """Set up an authenticator app for whoever is signed in; return its secret."""
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = browser.get(reverse("mfa_activate_totp")).content
    secret = BeautifulSoup(page, "html.parser").select_one(".account-secret")
    assert secret
    browser.post(reverse("mfa_activate_totp"), {"code": code_of(secret.text)})
    return secret.text

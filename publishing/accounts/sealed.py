"""Encrypts the secrets of second factors, so that a copy of the database alone gives nobody their codes.

The key is derived from SECRET_KEY. What an earlier key sealed is read as long as that key is in SECRET_KEY_FALLBACKS.
The cipher is Fernet (https://github.com/fernet/spec), imported when it is needed: see publishing.accounts.passkeys.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

PREFIX = "sealed:"
"""How what is sealed begins; secrets of an earlier version of the site stand in clear, without it."""
SALT = "publishing.accounts.sealed"


class Unreadable(ValidationError):
    """No key that the site knows opens a secret. Forms show the sentence; in templates the secret is empty."""

    silent_variable_failure = True

    def __init__(self) -> None:
        super().__init__(
            _(
                "The site’s secret key was changed, and your second factor cannot be read any more. Ask an "
                "administrator to take it away; then sign in by password, and set up another."
            )
        )


def seal(secret: str) -> str:
    """Return the secret encrypted with the present key."""
    return PREFIX + _cipher().encrypt(secret.encode()).decode()


def unseal(stored: str) -> str:
    """Return the secret. Raises Unreadable."""
    from cryptography.fernet import InvalidToken

    if not stored.startswith(PREFIX):
        return stored
    try:
        return _cipher().decrypt(stored.removeprefix(PREFIX)).decode()
    except InvalidToken:
        raise Unreadable from None


def is_lost(stored: str) -> bool:
    """Whether no key opens the secret."""
    try:
        unseal(stored)
    except Unreadable:
        return True
    return False


def _cipher() -> MultiFernet:
    """Return what encrypts with the present key, and decrypts with every key that counts."""
    from cryptography.fernet import Fernet, MultiFernet

    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = [salted_hmac(SALT, "", secret=key, algorithm="sha256").digest() for key in keys]
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])

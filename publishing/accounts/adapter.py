"""What django-allauth asks of the site: accounts are made by administrators, and addresses are those of the proxy."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing import audit
from publishing.accounts import sealed
from publishing.limits import address_of
from publishing.models import User

NO_ADDRESS = "0.0.0.0"  # noqa: S104 nothing listens there: a session needs an address, and a socket file has none


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _(
            "Too many attempts failed on this account or from this address. Wait five minutes, and try again."
        )
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: an administrator makes accounts."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that the trusted proxy saw, or else the connection's."""
        address = address_of(request)
        try:
            return str(ipaddress.ip_address(address))
        except ValueError:
            return NO_ADDRESS


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor."""

    def get_totp_issuer(self) -> str:
        """Return what an authenticator app calls the site."""
        return str(settings.SITE_NAME)

    def encrypt(self, text: str) -> str:
        """Return the secret as it is stored."""
        return sealed.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret. Raises sealed.Unreadable, whose sentence forms show."""
        return sealed.unseal(encrypted_text)

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """Return what another key is called unless its owner names it."""
        standing: int = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Key %d") % (standing + 1)


class SessionsAdapter(DefaultUserSessionsAdapter):  # type: ignore[misc]
    """Sessions."""

    @transaction.atomic
    def end_sessions(self, sessions: Iterable[Any]) -> None:
        """End the sessions, and record whose they were."""
        ordered: list[UserSession] = sorted(sessions, key=lambda session: session.user_id)
        super().end_sessions(ordered)
        for person, ended in groupby(ordered, key=lambda session: session.user):
            audit.record(audit.Act.SESSIONS_ENDED, person, detail=f"{len(list(ended))}")

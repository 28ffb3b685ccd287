"""Who must have a second factor, who has one, and how a lost one is taken away."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from publishing.models import User

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
"""What counts as one: recovery codes stand in for a lost one."""


def is_missing(person: User | AnonymousUser) -> bool:
    """Whether the person must have a second factor, since they may publish, and has none."""
    if not settings.SECOND_FACTOR or not person.is_authenticated:
        return False
    return person.may_publish and not is_mfa_enabled(person, FACTORS)


def take_away(person: User) -> bool:
    """Remove every second factor of the person, and the recovery codes; return whether there was any.

    The person signs in by password alone, once, and is then led to set up another.
    """
    removed, _ = Authenticator.objects.filter(user=person).delete()
    return bool(removed)

"""Who must have a second factor, who has one, and how a lost one is taken away."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from publishing.accounts import sealed
from publishing.models import User

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
"""What counts as one: recovery codes stand in for a lost one."""
SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}
"""Where in what is stored of a factor its secret stands; of passkeys nothing is secret."""


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


def lost_secrets() -> int:
    """Return how many secrets of apps and recovery codes cannot be read with any key that the site knows."""
    factors = Authenticator.objects.filter(type__in=SECRETS)
    return sum(sealed.is_lost(factor.data[SECRETS[factor.type]]) for factor in factors)


@transaction.atomic
def seal_anew() -> tuple[int, int]:
    """Encrypt the secrets of apps and recovery codes with the present key; return how many, and how many are lost."""
    done = lost = 0
    for factor in Authenticator.objects.select_for_update().filter(type__in=SECRETS):
        name = SECRETS[factor.type]
        if sealed.is_lost(factor.data[name]):
            lost += 1
            continue
        factor.data[name] = sealed.seal(sealed.unseal(factor.data[name]))
        factor.save(update_fields=["data"])
        done += 1
    return done, lost

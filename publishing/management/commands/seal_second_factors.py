from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from publishing.accounts import second_factor


class Command(BaseCommand):
    """Encrypt the secrets of second factors with the present SECRET_KEY."""

    help = (
        "Encrypts the secrets of second factors with the present SECRET_KEY: those that one of SECRET_KEY_FALLBACKS "
        "opens, and those that an earlier version of the site stored in clear. Then no earlier key is needed for them."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Encrypt, and say how many cannot be read."""
        sealed, lost = second_factor.seal_anew()
        self.stdout.write(f"{sealed} secrets are encrypted with the present key; {lost} cannot be read.")

"""Make the first two accounts of the desk: an editor, who publishes, and a writer, who does not."""

from __future__ import annotations

import os
import secrets
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from publishing.models import User

ACCOUNTS = {"editor": "Editor", "writer": "Writer"}


class Command(BaseCommand):
    """Make the accounts that are missing; change none that exists."""

    help = (
        "Makes the accounts `editor` and `writer`, in the groups Editor and Writer, and prints their passwords. "
        "EDITOR_PASSWORD and WRITER_PASSWORD in the environment choose the passwords."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make both accounts or, on an error, neither."""
        with transaction.atomic():
            for username, group in ACCOUNTS.items():
                if User.objects.filter(username=username).exists():
                    self.stdout.write(f"The account {username} exists already: nothing was changed.")
                else:
                    self.make(username, group=group)

    def make(self, username: str, *, group: str) -> None:
        """Make one account in this group, and print how to sign in."""
        variable = f"{username.upper()}_PASSWORD"
        chosen = os.environ.get(variable)
        password = chosen or secrets.token_urlsafe(12)
        user = User(username=username, is_staff=True)
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(f"{variable} cannot be used. {' '.join(error.messages)}") from error
        user.set_password(password)
        user.save()
        user.groups.add(Group.objects.get(name=group))
        told = f"the password in {variable}" if chosen else f"the password {password}"
        self.stdout.write(f"Made the account {username}, with {told}")

"""People who write and publish."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """An account of the desk, with the byline that its articles carry."""

    byline = models.CharField(
        max_length=120, blank=True, help_text="The name under your articles. Empty: no byline is shown."
    )
    about = models.CharField(
        max_length=240, blank=True, help_text="One line about you, shown to readers beside your name."
    )

    @property
    def may_publish(self) -> bool:
        """Whether this person may decide what readers see."""
        return self.is_active and self.has_perm("publishing.publish_document")

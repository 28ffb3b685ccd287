from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import pluralize
from tqdm import tqdm

from images.models import Image
from images.renditions import prepare

MANY = 20
"""From how many pictures on a progress bar is shown."""


class Command(BaseCommand):
    """Make what pictures of the library lack of sizes, crops and formats."""

    help = (
        "Makes the sizes, crops and formats that pictures of the library do not have yet: those that were added before "
        "there were any such. What is there is left alone. A page shows them once it is published again. Exits with 1 "
        "if a picture could not be read."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the library picture by picture."""
        made, failed, number = 0, 0, Image.objects.count()
        pictures = Image.objects.prefetch_related("renditions").order_by("pk").iterator(chunk_size=100)
        for image in tqdm(pictures, total=number, unit="picture", disable=number < MANY or None):
            try:
                made += prepare(image)
            except OSError as error:
                failed += 1
                with tqdm.external_write_mode(file=self.stdout):
                    self.stdout.write(f"“{image}” ({image.pk}) could not be read from {image.file.name}: {error}")
        self.stdout.write(f"{made} file{pluralize(made)} made for {number} picture{pluralize(number)}.")
        if failed:
            raise CommandError(f"{failed} picture{pluralize(failed)} could not be read, as said above; add them again.")

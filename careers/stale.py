"""When pages that show what a release says go stale."""

from __future__ import annotations

from typing import Any

from careers.models import Release
from publishing.purges import purge


def on_facts_changed(sender: Any, release: Release, **kwargs: Any) -> None:
    """Purge now, and again when the site begins to show the release (receiver of `facts_changed`)."""
    purge([release.current_from])

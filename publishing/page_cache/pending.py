"""Which purges a process has seen, and which of them are due later."""

from __future__ import annotations

import heapq
import logging
import time

from django.db import Error, connection

from publishing.models import Purge
from publishing.models.purges import EVERYTHING

logger = logging.getLogger(__name__)

LATE_ROWS = 1000
"""How many purges before the newest one are looked for again: they may have been committed after it."""

BACK_SECONDS = 1.0
"""By how much less the clock must say than before for it to have been put back."""


class Pending:
    """The purges that one process knows of."""

    def __init__(self) -> None:
        self.seen: set[int] = set()
        self.coming: list[tuple[float, str]] = []
        self.looked_at = 0.0

    def look(self) -> None:
        """Read the purges that are new. If the database cannot be asked, there are none.

        If the clock was put back, windows that had opened are closed again: whatever is kept is stale, and all purges
        are new.
        """
        now = time.time()
        was_put_back = now < self.looked_at - BACK_SECONDS
        if was_put_back:
            self.seen = set()
        floor = max(self.seen, default=LATE_ROWS) - LATE_ROWS
        try:
            there = set(Purge.objects.filter(pk__gt=floor).values_list("pk", flat=True))
            fresh = there - self.seen
            rows = Purge.objects.filter(pk__gte=min(fresh)).values_list("pk", "due_at", "tags") if fresh else []
            for pk, due_at, tags in rows:
                if pk in fresh:
                    heapq.heappush(self.coming, (due_at.timestamp(), tags))
        except Error:
            logger.warning("The page cache cannot look for purges: readers get what it holds.", exc_info=True)
            connection.close()  # the next look makes a new one
            return
        if was_put_back:
            heapq.heappush(self.coming, (now, EVERYTHING))
        self.looked_at = now
        self.seen = {pk for pk in self.seen if pk > floor} | there

    def is_due(self) -> bool:
        """Whether anything is stale by now that was not given up."""
        return any(moment <= time.time() for moment, _ in self.coming[:1])  # another thread may empty it meanwhile

    def due(self) -> set[str]:
        """Return the tags of everything that is stale by now, and forget it."""
        tags: set[str] = set()
        while self.is_due():
            tags.update(heapq.heappop(self.coming)[1].split())
        return tags

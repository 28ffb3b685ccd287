"""How a document stands with readers, for lists: live, scheduled, taken down, or a draft."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html

STATES = {"live": "Live", "coming": "Scheduled", "down": "Taken down", "draft": "Draft"}


def with_states(documents: Any) -> Any:
    """Return the documents of one kind, each with `is_live`, `is_coming` and `is_down`, as things are now."""
    now = timezone.now()
    editions = documents.model.edition_model.objects.filter(document=OuterRef("pk"))
    return documents.annotate(
        is_live=Exists(editions.live(now)),
        is_coming=Exists(editions.coming(now)),
        is_down=Exists(editions.at(now).exclude(kind="page")),
    )


def state_of(document: Any) -> str:
    """Return the state of a document of `with_states()`: a key of STATES. What is live may also be scheduled anew."""
    if document.is_live:
        return "live"
    if document.is_coming:
        return "coming"
    return "down" if document.is_down else "draft"


@admin.display(description="state")
def state(document: Any) -> str:
    """Return the state as a list shows it."""
    key = state_of(document)
    also = " and scheduled" if key == "live" and document.is_coming else ""
    return format_html('<strong class="state state--{}">{}</strong>{}', key, STATES[key], also)


@admin.display(description="checks")
def checks(document: Any) -> str:
    """Return how much the checks found when the document was last saved."""
    result = getattr(document, "check_result", None)
    return result.words if result else ""


class StateFilter(admin.SimpleListFilter):
    """Lists by what readers see."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """Offer every state."""
        return list(STATES.items())

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the documents in the state that was chosen."""
        now, editions = timezone.now(), queryset.model.edition_model.objects
        taken_down = editions.at(now).exclude(kind="page").order_by()
        # Those that come have an index of their own, and whatever is live, down or to come has not ended.
        conditions = {
            "live": Q(is_live=True),
            "coming": Q(pk__in=editions.scheduled(now).order_by().values("document")),
            "down": Q(pk__in=taken_down.values("document")),
            "draft": ~Exists(editions.unfinished(now).order_by().filter(document=OuterRef("pk"))),
        }
        return queryset.filter(conditions.get(self.value() or "", Q()))

"""The audit log, and whose sessions are open: both for administrators, who change neither by hand."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from publishing.admin.read_only import ReadOnly
from publishing.models import AuditEntry, User

# Second factors are taken away on the pages of accounts, and no account has a list of addresses.
admin.site.unregister([Authenticator, EmailAddress, UserSession])


class ForAdministrators(ReadOnly, admin.ModelAdmin[Any]):
    """Read by administrators, and changed by nobody."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the person sees it on the desk."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the person is an administrator."""
        return bool(request.user.is_active and request.user.is_superuser)


class WhoFilter(admin.SimpleListFilter):
    """Lists what one account did."""

    title = _("who")
    parameter_name = "who"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """Offer every account."""
        return [(name, name) for name in User.objects.order_by("username").values_list("username", flat=True)]

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep what the account did."""
        return queryset.filter(who=self.value()) if self.value() else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(ForAdministrators):
    """Who did what."""

    list_display = ("at", "who", "act", "about", "detail", "address")
    list_filter = ("act", WhoFilter, "at")
    search_fields = ("who", "about", "address")
    show_full_result_count = False


@admin.register(UserSession)
class SessionAdmin(ForAdministrators):
    """Who is signed in."""

    list_display = ("user", "created_at", "ip", "user_agent")
    list_select_related = ("user",)
    search_fields = ("user__username", "ip")
    ordering = ("-created_at",)
    actions = ("end",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the sessions that have not run out."""
        open_ = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
        return super().get_queryset(request).filter(session_key__in=open_)

    @admin.action(description=_("End these sessions"))
    def end(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """End the sessions; whoever had them signs in again."""
        sessions = list(queryset)
        end_sessions(request, sessions)
        ended = ngettext("%d session was ended.", "%d sessions were ended.", len(sessions)) % len(sessions)
        messages.success(request, ended)

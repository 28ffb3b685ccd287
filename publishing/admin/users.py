"""Accounts, with their bylines, and how they sign in."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.accounts import second_factor
from publishing.models import User


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    """Django's own user admin, with the byline, the second factor and the sessions."""

    fieldsets = (
        *(UserAdmin.fieldsets or ()),
        ("Byline", {"fields": ("byline", "about")}),
        (gettext_lazy("Signing in"), {"fields": ("second_factor", "sessions")}),
    )
    readonly_fields = ("second_factor", "sessions")
    list_display = ("username", "byline", "email", "is_staff", "is_active", "last_login")
    actions = ("take_away_second_factor",)

    @admin.display(description=gettext_lazy("second factor"))
    def second_factor(self, person: User) -> str:
        """Name what the person has set up."""
        return ", ".join(str(each) for each in Authenticator.objects.filter(user=person.pk)) or _("none")

    @admin.display(description=gettext_lazy("sessions"))
    def sessions(self, person: User) -> str:
        """Lead to the list of the person's sessions."""
        address = reverse("admin:usersessions_usersession_changelist")
        return format_html('<a href="{}?user__id__exact={}">{}</a>', address, person.pk, _("Where they are signed in"))

    def has_administer_permission(self, request: HttpRequest) -> bool:
        """Whether the person may decide how others sign in."""
        return bool(request.user.is_superuser)

    @admin.action(description=gettext_lazy("Take away a lost second factor"), permissions=["administer"])
    def take_away_second_factor(self, request: Any, queryset: QuerySet[User]) -> None:
        """Remove the second factors of the accounts, each of which sets up another when it signs in next."""
        for person in queryset:
            if second_factor.take_away(person):
                messages.success(request, _("“%s” signs in by password alone, and sets up another then.") % person)
            else:
                messages.info(request, _("“%s” has no second factor: nothing was changed.") % person)

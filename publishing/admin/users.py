"""Accounts, with their bylines."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from publishing.models import User


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    """Django's own user admin, and the byline."""

    fieldsets = (*(UserAdmin.fieldsets or ()), ("Byline", {"fields": ("byline", "about")}))
    list_display = ("username", "byline", "email", "is_staff", "is_active", "last_login")

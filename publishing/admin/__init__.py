"""The press in the Django admin: what every kind of document's admin is built on, users, and redirects."""

from django.conf import settings
from django.contrib import admin

from publishing.admin.documents import DocumentAdmin, OrderedInline
from publishing.admin.redirects import RedirectAdmin
from publishing.admin.users import PersonAdmin

admin.site.site_header = admin.site.site_title = f"{settings.SITE_NAME}: the desk"
admin.site.index_title = "What the site holds"

__all__ = ["DocumentAdmin", "OrderedInline", "PersonAdmin", "RedirectAdmin"]

"""Which admin site is served at ADMIN_PATH."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, with the desk as its site."""

    default_site = "publishing.site.Desk"

"""Addresses: the admin, pictures, roles, then everything else that readers see."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path(f"{settings.ADMIN_PATH}login/", admin.site.login, name="account_login"),
    path(f"{settings.ADMIN_PATH}account/", include("publishing.accounts.urls")),
    path(settings.ADMIN_PATH, admin.site.urls),
    path("", include("publishing.urls")),
    path("api/v1/", include("articles.api.urls")),
    path("media/", include("images.urls")),
    path("", include("careers.urls")),
    path("", include("articles.urls")),
]

handler400 = "publishing.views.unreadable"
handler404 = "articles.search.views.not_found"
handler500 = "publishing.outages.failed"

"""Addresses below /media/: renditions are public, and nothing else is."""

from django.urls import re_path

from images import views

app_name = "images"

urlpatterns = [
    re_path(r"^renditions/(?P<name>[0-9A-Za-z_]+\.(?:avif|webp))$", views.serve_rendition, name="rendition"),
]

"""Addresses below /api/v1/: what may be asked, its description, and an answer for everything else."""

from typing import Any

from django.urls import re_path

from articles.api.public import missing, public
from articles.api.service import api

app_name = api.urls_namespace
urlpatterns: list[Any] = [pattern for pattern in api.urls[0] if getattr(pattern, "name", "") != "api-root"]
# By the name of the root, django-ninja finds out where all these addresses begin.
urlpatterns.append(re_path("", missing, name="api-root"))
for pattern in urlpatterns:
    pattern.callback = public(pattern.callback)

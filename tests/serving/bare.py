"""The least that Django can do: one view, which answers with the bytes of the file that BARE_PAGE names."""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

PAGE = Path(os.environ["BARE_PAGE"]).read_bytes()


def page(request: HttpRequest, anything: str) -> HttpResponse:
    """Answer any address with the page."""
    return HttpResponse(PAGE)


urlpatterns = [path("<path:anything>", page)]

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="of-nothing")
django.setup()
application = get_wsgi_application()

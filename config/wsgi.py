"""WSGI entry point: `granian --interface wsgi config.wsgi:application`."""

import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application: Any = get_wsgi_application()

# These need the apps that were loaded just now.
from careers.names import name_of  # noqa: E402
from publishing.page_cache import PageCache  # noqa: E402

if not (settings.DEBUG or settings.MAINTENANCE):
    application = PageCache(application)

# The first name loads the grammar of English, which takes seconds: no reader waits for it.
name_of("Practice Manager")

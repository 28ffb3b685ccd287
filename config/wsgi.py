"""WSGI entry point: `granian --interface wsgi config.wsgi:application`."""

import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application: Any = get_wsgi_application()

# These need the apps that were loaded just now.
from careers.names import name_of  # noqa: E402
from config.databases import held_open, serving  # noqa: E402
from config.health import Health  # noqa: E402
from config.logs import RequestLog, tell_sentry, watch_queries  # noqa: E402
from publishing.page_cache import PageCache  # noqa: E402

database = connections.settings["default"]
kept_open = None if settings.MAINTENANCE else held_open(database)
database.update(serving(database))

application = RequestLog(application)
if not (settings.DEBUG or settings.MAINTENANCE):
    application = PageCache(application)
application = Health(application)

watch_queries()
tell_sentry()

# The first name loads the grammar of English: no reader waits for it.
name_of("Practice Manager")

"""WSGI entry point: `granian --interface wsgi config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

from careers.names import name_of

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# The first name loads the grammar of English, which takes seconds: no reader waits for it.
name_of("Practice Manager")

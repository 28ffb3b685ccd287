"""The site with connections that end with each request, so that a fault shows at once, and with little patience."""

from tests.serving.unhashed import *  # noqa: F403
from tests.serving.unhashed import DATABASES

DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"]["timeout"] = 2
else:
    DATABASES["default"]["OPTIONS"] = {"options": "-c lock_timeout=2s", "connect_timeout": 2}

"""The site without its page cache."""

from config import wsgi

application = getattr(wsgi.application, "application", wsgi.application)

"""The site without its page cache."""

from django.core.wsgi import get_wsgi_application

from config import wsgi

assert wsgi.application  # it has loaded what no reader waits for
application = get_wsgi_application()

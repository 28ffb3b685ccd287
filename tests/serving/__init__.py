"""WSGI applications that `script/bench` serves beside the site."""

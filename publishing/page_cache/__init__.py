"""Whole answers, kept in the memory of each process and given again before Django is asked.

    application = PageCache(get_wsgi_application())

A view says that its answers may be kept (`cached`), what one of them shows (`shows`), and whether it stands at an
address that nobody made (`made`). `cache` answers requests, `kept` holds an answer in the forms in which it is sent,
`store` those that there is memory for, `pending` knows what went stale. Purges are written by publishing.purges.
"""

from publishing.page_cache.cache import PageCache
from publishing.page_cache.declared import cached, made, shows

__all__ = ["PageCache", "cached", "made", "shows"]

"""What several machines share in Redis: the sessions of the desk, and how often somebody has asked for something.

The site goes on without it. While Redis does not answer, sessions count as not kept, so that they are read from the
database; and everything else, which is what is counted and which codes were used, is kept by each process. After a
failure a process leaves Redis alone for `RETRY_SECONDS`, since a machine that is gone keeps every command waiting.
"""

from __future__ import annotations

import json
import logging
import time
from typing import Any

from django.contrib.sessions.backends import cached_db
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient, RedisSerializer
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

ANSWER_SECONDS = 0.5
"""How long a command waits for Redis."""
RETRY_SECONDS = 5
"""For how long after a failure a process does not ask."""
LONGEST_SECONDS = 3600
"""How long anything is kept: a session that was ended while Redis was out of reach is over by then everywhere."""


SESSIONS = cached_db.KEY_PREFIX


class Json(RedisSerializer):
    """Writes values as JSON, as the database has sessions: Django would unpickle, and so run, what stands in Redis."""

    def dumps(self, value: Any) -> bytes:
        """Return the value as Redis keeps it."""
        return json.dumps(value).encode()

    def loads(self, data: Any) -> Any:
        """Return the value that `dumps` was given."""
        return json.loads(data)


class Client(RedisCacheClient):
    """Django's client, which answers without Redis while Redis does not."""

    down_until = 0.0
    """Until when Redis is left alone, by the process's clock: one moment for all threads."""
    alone = LocMemCache("config.cache", {})

    def __init__(self, servers: list[str], **options: Any) -> None:
        # Once more: a connection that Redis has closed meanwhile is opened anew.
        patience: dict[str, Any] = {"retry": Retry(NoBackoff(), 1), "socket_timeout": ANSWER_SECONDS}
        patience["socket_connect_timeout"] = ANSWER_SECONDS
        super().__init__(servers, serializer=Json, **patience | options)

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        """Keep the value unless there is one; return whether there was none."""
        return bool(self._or("add", key, value, timeout))

    def incr(self, key: Any, delta: Any) -> int:
        """Count on, and return the count; raise ValueError if nothing was counted."""
        return int(self._or("incr", key, delta))

    def get(self, key: Any, default: Any) -> Any:
        """Return what is kept, or the default."""
        return self._or("get", key, default, instead=default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        """Keep the value."""
        self._or("set", key, value, timeout)

    def has_key(self, key: Any) -> bool:
        """Return whether anything is kept."""
        return bool(self._or("has_key", key))

    def delete(self, key: Any) -> bool:
        """Forget what is kept; return whether there was anything."""
        return bool(self._or("delete", key))

    def _or(self, command: str, key: Any, *arguments: Any, instead: Any = None) -> Any:
        """Return what the command answers; while Redis does not, what the process itself keeps or, of sessions,
        `instead`."""
        if time.monotonic() >= Client.down_until:
            try:
                return getattr(super(), command)(key, *arguments)
            except RedisError as error:
                Client.down_until = time.monotonic() + RETRY_SECONDS
                logger.warning("Redis does not answer (%s): sessions are read from the database until it does.", error)
        return instead if SESSIONS in str(key) else getattr(self.alone, command)(key, *arguments)


class Shared(RedisCache):
    """Django's cache in Redis, with the client above, and nothing kept for longer than `LONGEST_SECONDS`."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = Client

    def get_backend_timeout(self, timeout: Any = DEFAULT_TIMEOUT) -> int:
        """Return for how many seconds Redis keeps what is to be kept so long."""
        wished = super().get_backend_timeout(timeout)
        return LONGEST_SECONDS if wished is None else min(int(wished), LONGEST_SECONDS)

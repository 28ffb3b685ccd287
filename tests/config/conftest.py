from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from tests.config.machines import ENVIRONMENT
from tests.servers import Running, site


@pytest.fixture(scope="session")
def machines(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Running]]:
    """Serve the site three times on the database of the tests."""
    folder = tmp_path_factory.mktemp("machines")
    with ExitStack() as stack, ThreadPoolExecutor() as pool:
        start = [site(folder, **ENVIRONMENT) for _ in range(3)]
        yield list(pool.map(stack.enter_context, start))

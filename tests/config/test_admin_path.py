"""The desk at another path than the one that everybody knows."""

from __future__ import annotations

from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from articles.models import Comparison
from tests.builders import make_live
from tests.servers import site

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


def test_the_desk_stands_at_another_path_and_no_page_of_the_site_gives_it_away(tmp_path: Path) -> None:
    comparison = make_live(Comparison)
    with site(tmp_path, ADMIN_PATH="office-7f3a/") as server:
        address = f"http://127.0.0.1:{server.port}"

        def read(path: str) -> str:
            return urlopen(f"{address}{path}").read().decode()  # type: ignore[no-any-return]  # noqa: S310

        assert 'action="/office-7f3a/login/"' in read("/office-7f3a/")
        with pytest.raises(HTTPError, match="404"):
            read("/admin/")
        for path in ("/robots.txt", "/", comparison.working_path(), "/roles/", "/search/?q=desk"):
            assert "office-7f3a" not in read(path)
            assert "/admin/" not in read(path)

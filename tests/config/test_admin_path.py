"""The desk at another path than the one that everybody knows."""

from __future__ import annotations

from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Comparison
from tests.builders import make_live
from tests.servers import site

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]


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


@pytest.mark.parametrize(
    "path", ["/", "/roles/", "/compare/", "/categories/", "/topics/", "/search/?q=desk", "/nothing/"]
)
def test_a_site_on_which_nothing_is_published_does_not_give_it_away_either(client: Client, path: str) -> None:
    assert reverse("admin:index") not in client.get(path).content.decode()

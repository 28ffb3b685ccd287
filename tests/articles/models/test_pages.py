"""The site's own pages stand at addresses of their own."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from articles.models import Page
from tests.builders import make_live, make_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "slug", ["compare", "roles", "categories", "topics", "admin", "search", "feeds", "api", "shared"]
)
def test_an_address_of_another_part_of_the_site_is_refused(slug: str) -> None:
    with pytest.raises(ValidationError, match=f"/{slug}/ belongs to another part of the site"):
        make_page(slug=slug)


def test_two_pages_do_not_share_an_address() -> None:
    make_page(slug="about")
    with pytest.raises(ValidationError, match="Page with this Slug already exists"):
        make_page(slug="about")


def test_a_page_stands_at_its_address_and_in_every_footer(client: Client) -> None:
    make_live(Page, title="How figures are made", slug="figures")
    assert "<h1>How figures are made</h1>" in client.get("/figures/").content.decode()
    assert '<a href="/figures/">How figures are made</a>' in client.get("/roles/").content.decode()

"""What docs/api.md says may be asked is what may be asked."""

from __future__ import annotations

import re
from pathlib import Path

from django.urls import resolve

from articles.api.service import api

DOCS = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")


def test_every_operation_has_its_example() -> None:
    table = re.findall(r"^\| `(/api/v1/[^`?]+)", DOCS, re.MULTILINE)
    operations = {path["get"]["operationId"] for path in api.get_openapi_schema()["paths"].values()}
    assert {resolve(path).url_name for path in table} == operations


def test_every_address_in_it_leads_somewhere() -> None:
    addresses = re.findall(r"/api/v1/[\w./-]+", DOCS)
    assert len(addresses) > 10
    assert [address for address in addresses if resolve(address).url_name == "api-root"] == []

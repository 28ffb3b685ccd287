from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from careers.models import Occupation
from careers.onet.search import named
from tests.careers.onet.builders import KEEPERS, keep, make_occupation, tables

pytestmark = pytest.mark.django_db


def found(words: str) -> list[str]:
    return [each.title for each in named(Occupation.objects.all(), words, at=timezone.now())]


def test_a_code_finds_by_how_it_begins() -> None:
    make_occupation("99-1011", "Lamp keepers")
    make_occupation("99-2011", "Rope makers")
    assert found("99-10") == ["Lamp keepers"]


def test_a_title_is_found_by_its_words_in_any_order() -> None:
    make_occupation("99-1011", "Keepers of harbor lamps")
    make_occupation("99-2011", "Harbor pilots")
    assert found("lamp  HARBOR") == ["Keepers of harbor lamps"]


@pytest.mark.parametrize("words", ["beacon keeper", "acon keep", 'keeper, "old'])
def test_an_alternate_title_is_found_as_it_stands(tmp_path: Path, words: str) -> None:
    make_occupation("99-1011", "Lamp tenders")
    keep(tmp_path)
    assert found(words) == ["Lamp tenders"]


def test_words_of_two_alternate_titles_are_not_put_together(tmp_path: Path) -> None:
    make_occupation("99-1011", "Lamp tenders")
    keep(tmp_path)
    assert found("beacon light") == []


def test_what_is_called_exactly_that_comes_before_what_has_the_words(tmp_path: Path) -> None:
    make_occupation("98-1011", "Beacon keeper trainers")
    make_occupation("99-1011", "Lamp tenders")
    keep(tmp_path)
    assert found("Beacon Keeper") == ["Lamp tenders", "Beacon keeper trainers"]


def test_an_older_release_finds_nothing(tmp_path: Path) -> None:
    make_occupation("99-1011", "Lamp tenders")
    content = tables()
    keep(tmp_path / "old", content)
    content["Alternate Titles"] = [{"O*NET-SOC Code": KEEPERS, "Alternate Title": "Lampist"}]
    read_me = "O*NET 30.2 Database\nFebruary 2026 Release\n"
    keep(tmp_path / "new", content, period="30.2", read_me=read_me)
    assert found("beacon") == []
    assert found("lampist") == ["Lamp tenders"]

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from careers.models import OnetOccupation, Release
from careers.models.occupations import ONET
from careers.onet.store import Clash
from careers.signals import facts_changed
from tests.careers.onet.builders import KEEPERS, keep, make_occupation, occupation, tables, task

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced() -> Iterator[list[Any]]:
    """Give the releases that are announced."""
    releases: list[Any] = []

    def hear(release: Any, **kwargs: Any) -> None:
        releases.append(release)

    facts_changed.connect(hear)
    yield releases
    facts_changed.disconnect(hear)


def test_a_release_is_kept_whole_and_announced(tmp_path: Path, announced: list[Any]) -> None:
    release = keep(tmp_path).release
    assert (release.source, release.period, str(release.reference)) == (ONET, "29.3", "2025-05-01")
    assert release.onet_occupations.count() == 2
    assert announced == [release]


def test_an_occupation_is_joined_to_the_one_whose_wages_count_it(tmp_path: Path) -> None:
    make_occupation("99-1011", "Keepers")
    keep(tmp_path)
    joined = dict(OnetOccupation.objects.values_list("title", "occupation"))
    assert joined == {"Lamp Keepers": "99-1011", "Rope Makers": None}


def test_codes_that_wages_count_together_are_joined_to_their_common_one(tmp_path: Path) -> None:
    make_occupation("53-1047", "Leads of all kinds")
    content = {"Occupation Data": [occupation("53-1042.00", "Leads of some kind"), occupation("53-1043.01", "Others")]}
    assert keep(tmp_path, content).joined == 2


def test_the_same_release_again_changes_nothing_and_announces_nothing(tmp_path: Path, announced: list[Any]) -> None:
    keep(tmp_path)
    before = list(OnetOccupation.objects.values_list("pk", flat=True))
    assert not keep(tmp_path).is_changed
    assert list(OnetOccupation.objects.values_list("pk", flat=True)) == before
    assert len(announced) == 1


def test_occupations_that_came_meanwhile_are_joined_when_it_is_stored_again(tmp_path: Path) -> None:
    keep(tmp_path)
    make_occupation("99-1011", "Keepers")
    again = keep(tmp_path)
    assert (again.is_changed, again.joined) == (True, 1)


def test_a_newer_release_stands_beside_the_older_one_and_is_current(tmp_path: Path) -> None:
    old = keep(tmp_path / "old").release
    content = tables() | {"Task Statements": [task(KEEPERS, "Change the bulb.", "Core")]}
    new = keep(tmp_path / "new", content, period="30.2", read_me="O*NET 30.2 Database\nFebruary 2026 Release\n").release
    assert set(Release.objects.all()) == {old, new}
    current = OnetOccupation.objects.current(timezone.now()).get(code=KEEPERS)
    assert [each["text"] for each in current.content["tasks"]] == ["Change the bulb."]


def test_two_releases_of_one_month_are_refused(tmp_path: Path) -> None:
    keep(tmp_path)
    with pytest.raises(Clash, match="Release 29.3 has the month 2025-05 already"):
        keep(tmp_path, period="30.2")
    assert Release.objects.get().period == "29.3"

"""The quick part of `script/torture`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.desk import Tally
from tests.torture.fuzz import everywhere
from tests.torture.kills import kills

pytestmark = pytest.mark.once


@pytest.mark.django_db(transaction=True)
def test_nothing_that_was_acknowledged_is_lost_when_the_server_is_killed(tmp_path: Path) -> None:
    tally = Tally()
    lost = kills(tmp_path, number=3, tally=tally, workers=3)
    assert lost[:5] == []
    assert tally.counts["kills of one worker"] == 3
    assert tally.counts["saves acknowledged"]


@pytest.mark.django_db
def test_whatever_anybody_sends_is_read_or_refused() -> None:
    tally = Tally()
    assert everywhere(1, tally) == []
    assert len(tally.counts) == 6

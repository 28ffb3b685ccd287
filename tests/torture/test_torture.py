"""The quick part of `script/torture`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.desk import Tally
from tests.torture.fuzz import everywhere
from tests.torture.kills import kills

pytestmark = pytest.mark.sqlite


@pytest.mark.django_db(transaction=True)
def test_nothing_that_was_acknowledged_is_lost_when_the_server_is_killed(tmp_path: Path) -> None:
    tally = Tally()
    lost = kills(tmp_path, number=1, tally=tally, workers=1)
    assert lost[:5] == []
    assert tally.counts["kills: of one worker"] == 1
    assert tally.counts["acts acknowledged: saves"]


@pytest.mark.django_db
def test_whatever_anybody_sends_is_read_or_refused() -> None:
    tally = Tally()
    assert everywhere(1, tally) == []
    assert len(tally.counts) == 6

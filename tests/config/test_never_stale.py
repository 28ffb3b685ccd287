"""Whatever the desk does and whichever server a reader asks: nothing that was over a second before, and no draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import NamedTuple

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from articles.models import Comparison
from careers.models import Release, Role
from careers.signals import facts_changed
from publishing.models import FOREVER, Revision, User
from publishing.publish import publish, schedule
from publishing.withdraw import withdraw
from tests.builders import make_live, make_user, revise
from tests.careers.builders import make_area, make_occupation, make_release, make_wage
from tests.config.machines import SECOND, a_role, ask
from tests.servers import Running

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite is a file of one machine"),
]

SAID = re.compile(r"Said (\d+) times")


@dataclass
class Said:
    """What a role says from one moment to another; as its moments are not known exactly, they are at the outside."""

    number: int | None
    since: datetime
    until: datetime = FOREVER

    def may_be_read(self, asked_at: datetime, answered_at: datetime) -> bool:
        """Whether a reader may get it who asks and is answered at these moments."""
        return self.since <= answered_at and asked_at <= self.until + SECOND


class Desk(NamedTuple):
    """Who works where on what; what was said up to now, of each role; and the number of what will be said next."""

    editor: User
    roles: list[Role]
    comparison: Comparison
    servers: list[Running]
    said: tuple[list[Said], list[Said]]
    numbers: Iterator[int]


class Newsroom(RuleBasedStateMachine):
    """Two roles and their comparison, a desk that works on the roles, and readers who ask any of three servers."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.editor, self.roles, self.comparison, self.servers, self.said, self.numbers = desk
        for number in range(2):
            self.publish(number)

    def saved(self, number: int) -> tuple[Revision, int]:
        """Save what nobody has said before of a role, and return the revision, and what it says."""
        said = next(self.numbers)
        self.roles[number].refresh_from_db()
        return revise(self.roles[number], by=self.editor, summary=f"<p>Said {said} times.</p>"), said

    def goes_on(self, number: int, said: int | None, *, since: datetime, until: datetime) -> None:
        """Remember that the role says something else since a moment, and the other until a moment at the latest."""
        for each in self.said[number]:
            each.until = min(each.until, until)
        self.said[number].append(Said(said, since))

    @rule(number=st.integers(0, 1))
    def publish(self, number: int) -> None:
        (revision, said), begun = self.saved(number), timezone.now()
        publish(revision, by=self.editor)
        self.goes_on(number, said, since=begun, until=timezone.now())

    @rule(number=st.integers(0, 1))
    def save_a_draft(self, number: int) -> None:
        self.saved(number)

    @rule(number=st.integers(0, 1), milliseconds=st.integers(300, 900))
    def schedule(self, number: int, milliseconds: int) -> None:
        revision, said = self.saved(number)
        moment = timezone.now() + timedelta(milliseconds=milliseconds)
        schedule(revision, by=self.editor, at=moment)
        self.goes_on(number, said, since=moment, until=moment)
        while timezone.now() <= moment + 0.5 * SECOND:  # what else is done meanwhile would be about what is to come
            self.read(number=number, server=said % 3)

    @rule()
    def take_all_down_and_put_it_back(self) -> None:
        begun = timezone.now()
        withdraw([*self.roles, self.comparison], by=self.editor)
        for number in range(2):
            self.goes_on(number, None, since=begun, until=timezone.now())
            self.read(number=number, server=number)
            self.publish(number)
        self.comparison.refresh_from_db()
        publish(revise(self.comparison, by=self.editor, standfirst=f"Again, {next(self.numbers)}."), by=self.editor)

    @rule(amount=st.integers(30_000, 90_000))
    def correct_a_wage(self, amount: int) -> None:
        release = Release.objects.get()
        release.wages.update(annual_median=amount)
        facts_changed.send(sender=Release, release=release, codes=["11-9111"])

    @rule(number=st.integers(0, 1), server=st.integers(0, 2))
    def read(self, number: int, server: int) -> None:
        answer = ask(self.servers[server].port, f"/roles/{self.roles[number].slug}/")
        found = SAID.search(answer.text)
        read = int(found[1]) if found else None
        allowed = [each.number for each in self.said[number] if each.may_be_read(answer.asked_at, answer.answered_at)]
        assert read in allowed, (read, allowed)

    @rule(server=st.integers(0, 2))
    def read_both(self, server: int) -> None:
        answer = ask(self.servers[server].port, f"/compare/{self.comparison.working_slug}/")
        read = {int(number) for number in SAID.findall(answer.text)}
        allowed = {
            each.number for said in self.said for each in said if each.may_be_read(answer.asked_at, answer.answered_at)
        }
        assert read <= allowed, (read, allowed)


@pytest.fixture
def desk(machines: list[Running]) -> Desk:
    """Return a desk whose pages every server keeps."""
    make_occupation()
    make_wage(area=make_area(), release=make_release())
    roles = [a_role(machines)[0] for _ in range(2)]
    comparison = make_live(Comparison, role_a=roles[0], role_b=roles[1])
    return Desk(make_user(), roles, comparison, machines, ([], []), count(1))


def test_no_reader_of_any_server_gets_what_was_over_a_second_ago_nor_a_draft(desk: Desk) -> None:
    settings_ = hypothesis_settings(
        max_examples=3, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
    )
    run_state_machine_as_test(lambda: Newsroom(desk), settings=settings_)  # type: ignore[arg-type]

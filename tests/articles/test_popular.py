"""What readers compare most."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import ChosenPair, Comparison
from articles.pairs import count
from articles.popular import SHOWN, _since, most_compared
from careers.models import Role, RoleEdition
from publishing.withdraw import withdraw
from tests.builders import make_live, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def choose(a: Role, b: Role, *, times: int) -> None:
    editions = {edition.document_id: edition for edition in RoleEdition.objects.live()}
    for _ in range(times):
        count(editions[a.pk], editions[b.pk])


def shown() -> list[str]:
    return [each.get_absolute_url() for each in most_compared(at=timezone.now())]


def test_pairs_that_readers_chose_most_come_first_written_or_not(client: Client) -> None:
    cook, baker, butcher = (make_live(Role, title=title) for title in ("Cook", "Baker", "Butcher"))
    make_live(Comparison, role_a=cook, role_b=baker)
    choose(cook, baker, times=2)
    choose(cook, butcher, times=3)
    assert shown() == ["/compare/butcher-vs-cook/", "/compare/cook-vs-baker/"]
    assert 'href="/compare/butcher-vs-cook/"' in client.get("/").content.decode()
    withdraw([butcher], by=make_user())
    assert shown() == ["/compare/cook-vs-baker/"]


def test_a_pair_whose_comparison_was_taken_down_is_not_shown() -> None:
    cook, baker, butcher = (make_live(Role, title=title) for title in ("Cook", "Baker", "Butcher"))
    gone = make_live(Comparison, role_a=cook, role_b=baker)
    choose(cook, baker, times=2)
    choose(cook, butcher, times=1)
    withdraw([gone], by=make_user())
    assert shown() == ["/compare/butcher-vs-cook/"]


def test_what_was_chosen_long_ago_no_longer_counts() -> None:
    a, b = make_live(Role), make_live(Role)
    choose(a, b, times=1)
    ChosenPair.objects.update(month=_since(timezone.localdate()))
    assert len(shown()) == 1
    ChosenPair.objects.update(month=date(2020, 1, 1))
    assert shown() == []


def test_a_few_are_shown() -> None:
    roles = [make_live(Role) for _ in range(6)]
    for n, a in enumerate(roles):
        for b in roles[n + 1 :]:
            choose(a, b, times=1)
    assert len(shown()) == SHOWN


@pytest.mark.parametrize(
    ("today", "since"),
    [
        (date(2026, 11, 28), date(2026, 9, 1)),
        (date(2026, 2, 3), date(2025, 12, 1)),
        (date(2026, 3, 1), date(2026, 1, 1)),
    ],
)
def test_this_month_and_the_two_before_it_count(today: date, since: date) -> None:
    assert _since(today) == since

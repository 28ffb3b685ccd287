"""Where a reader goes next: the rules on plain lists, and the page's choice against the whole corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, pairwise
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.models import ComparisonEdition
from articles.reading import comparison_page
from articles.related import SIZE, Picks, candidates, related, walk
from careers.models import Closeness
from tests.articles.builders import DAY_ONE, Corpus, Entry

HERE = 0
"""The document that is being read."""

# ---- on plain lists -------------------------------------------------------------------------------------------------


def edition(
    document: int, roles: tuple[int, int] = (1, 2), *, category: int = 1, day: int = 0, closeness: float = 0.0
) -> Any:
    made: Any = ComparisonEdition(
        document_id=document,
        role_a_id=roles[0],
        role_b_id=roles[1],
        category_id=category,
        first_published_at=DAY_ONE + timedelta(days=day),
    )
    made.closeness = closeness
    return made


ROLES = st.lists(st.integers(1, 5), min_size=2, max_size=2, unique=True).map(lambda pair: (pair[0], pair[1]))
OTHERS = st.lists(
    st.builds(
        edition,
        st.integers(0, 30),
        ROLES,
        category=st.integers(1, 3),
        day=st.integers(0, 3),
        closeness=st.sampled_from([0.0, 0.2, 0.5]),
    ),
    unique_by=lambda other: other.document_id,
    max_size=25,
)
IDS = st.lists(st.integers(0, 30), unique=True, max_size=4)
PICKS = st.builds(Picks, pinned=IDS, excluded=IDS.map(frozenset))
READ = edition(HERE)


def chosen(among: Sequence[Any], picks: Picks) -> list[Any]:
    return [each.edition for each in related(READ, among, picks=picks)]


def tier(other: Any, picks: Picks) -> int:
    """Return which rule puts the other where it stands, as the docstring of `related` lists them."""
    if other.document_id in picks.pinned:
        return 0
    if {other.role_a_id, other.role_b_id} & {READ.role_a_id, READ.role_b_id}:
        return 1
    return 2 if other.category_id == READ.category_id else 3


@given(OTHERS, PICKS)
def test_neither_the_page_itself_nor_an_excluded_one_nor_one_twice(among: list[Any], picks: Picks) -> None:
    found = [other.document_id for other in chosen(among, picks)]
    assert len(found) == len(set(found))
    assert not {HERE, *picks.excluded} & set(found)


@given(OTHERS, PICKS)
def test_there_are_six_while_there_are_that_many(among: list[Any], picks: Picks) -> None:
    allowed = {other.document_id for other in among} - {HERE, *picks.excluded}
    assert len(chosen(among, picks)) == min(SIZE, len(allowed))


@given(OTHERS, PICKS)
def test_pins_come_first_in_the_order_of_the_editors(among: list[Any], picks: Picks) -> None:
    there = {other.document_id for other in among} - {HERE, *picks.excluded}
    pinned = [document for document in picks.pinned if document in there]
    assert [other.document_id for other in chosen(among, picks)][: len(pinned)] == pinned


@given(OTHERS, PICKS)
def test_then_comes_a_shared_role_then_the_shelf_then_any(among: list[Any], picks: Picks) -> None:
    found = chosen(among, picks)
    tiers = [tier(other, picks) for other in found]
    assert tiers == sorted(tiers)
    left_out = [other for other in among if other not in found and other.document_id not in {HERE, *picks.excluded}]
    assert all(tier(other, picks) >= max(tiers) for other in left_out)


@given(OTHERS, PICKS)
def test_among_those_that_share_a_role_the_closest_come_first(among: list[Any], picks: Picks) -> None:
    sharing = [other for other in chosen(among, picks) if tier(other, picks) == 1]
    assert all(one.closeness >= next_.closeness for one, next_ in pairwise(sharing))


@given(OTHERS, PICKS)
def test_what_is_equal_comes_newest_first(among: list[Any], picks: Picks) -> None:
    unpinned = [other for other in chosen(among, picks) if tier(other, picks)]
    for one, next_ in pairwise(unpinned):
        if tier(one, picks) == tier(next_, picks) and (tier(one, picks) > 1 or one.closeness == next_.closeness):
            assert (one.first_published_at, one.document_id) > (next_.first_published_at, next_.document_id)


@given(OTHERS, PICKS, st.randoms())
def test_the_order_in_which_they_are_found_does_not_matter(among: list[Any], picks: Picks, random: Random) -> None:
    before = chosen(among, picks)
    random.shuffle(among)
    assert chosen(among, picks) == before


def test_each_says_which_role_it_shares() -> None:
    among = [edition(1, (2, 9)), edition(2, (9, 1)), edition(3, (8, 9))]
    assert [each.shared_role for each in related(READ, among, picks=Picks())] == [1, 2, None]


@given(OTHERS)
def test_previous_and_next_are_the_nearest_on_the_shelf_and_never_wrap(among: list[Any]) -> None:
    def place(other: Any) -> tuple[Any, int]:
        return (other.first_published_at, other.document_id)

    shelf = sorted([other for other in among if other.category_id == 1 and other.document_id != HERE], key=place)
    before = [other for other in shelf if place(other) < place(READ)]
    after = [other for other in shelf if place(other) > place(READ)]
    assert walk(READ, among) == (before[-1] if before else None, after[0] if after else None)


# ---- on the database ------------------------------------------------------------------------------------------------


@contextmanager
def rolled_back() -> Iterator[None]:
    """Give each example of a property a database without the rows of the others."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def random_corpus(seed: int, *, roles: int, comparisons: int, close: float) -> Corpus:
    """Return comparisons over random pairs, with ties in their dates; the first is live, with pins and exclusions."""
    random = Random(seed)  # noqa: S311
    corpus = Corpus()
    corpus.add_shelves(3)
    corpus.add_roles(roles)
    pairs = list(combinations(range(roles), 2))
    random.shuffle(pairs)
    windows: list[Any] = ["live"] * 12 + ["past", "coming", "cancelled", "notice"]
    entries = [
        Entry(a, b, shelf=random.choice((0, 0, 0, 1, 2)), age=random.randrange(5), window=random.choice(windows))
        for a, b in (random.sample(pair, 2) for pair in pairs[:comparisons])
    ]
    others = range(1, len(entries))
    picked = [random.sample(others, min(len(others), random.choice((0, 1, 3, 15)))) for _ in range(2)]
    entries[0] = replace(entries[0], shelf=1, window="live", pins=picked[0], exclusions=picked[1])
    corpus.add(entries)
    near = random.sample(pairs, round(close * len(pairs)))
    corpus.set_closeness({pair: random.choice((0.1, 0.2, 0.5)) for pair in near})
    return corpus


SEEDS = st.integers(0, 2**32)


def by_brute_force(read: Any) -> list[int]:
    """Return what the rules choose from every live comparison, rule by rule, from the tables as they are."""
    scores = {(row.role_id, row.other_id): row.score for row in Closeness.objects.all()}
    own = (read.role_a_id, read.role_b_id)
    never = {read.document_id, *(row["target"] for row in read.content["exclusions"])}
    newest = sorted(
        (other for other in ComparisonEdition.objects.live() if other.document_id not in never),
        key=lambda other: (other.first_published_at, other.document_id),
        reverse=True,
    )

    def closeness(other: Any) -> float:
        theirs = (other.role_a_id, other.role_b_id)
        shared = next(role for role in own if role in theirs)
        (replaced,) = set(own) - {shared}
        (instead,) = set(theirs) - {shared}
        return scores.get((replaced, instead), 0.0)

    pinned = [row["target"] for row in read.content["pins"]]
    sharing = [other for other in newest if {other.role_a_id, other.role_b_id} & set(own)]
    sharing.sort(key=closeness, reverse=True)  # a stable sort: equals stay newest first
    shelf = [other for other in newest if other.category_id == read.category_id]
    live = {other.document_id for other in newest}
    ranked = [document for document in pinned if document in live]
    ranked += [other.document_id for other in (*sharing, *shelf, *newest)]
    return list(dict.fromkeys(ranked))[:SIZE]


def on_the_page(read: Any) -> list[int]:
    """Return the related comparisons that the page shows."""
    page = comparison_page(read, at=timezone.now())
    return [each.edition.document_id for each in page.related]


@pytest.mark.django_db
@settings(max_examples=25)
@given(SEEDS, st.integers(2, 40), st.integers(1, 60), st.sampled_from([0.0, 0.1, 0.5, 1.0]))
@example(1, 40, 60, 0.0)
@example(2, 40, 60, 0.1)
@example(3, 12, 60, 1.0)
def test_the_page_chooses_as_if_it_knew_every_comparison(seed: int, roles: int, size: int, close: float) -> None:
    with rolled_back():
        corpus = random_corpus(seed, roles=roles, comparisons=size, close=close)
        assert on_the_page(corpus.editions[0]) == by_brute_force(corpus.editions[0])


@pytest.mark.django_db
@settings(max_examples=4)
@given(SEEDS)
def test_so_it_does_for_roles_that_hundreds_of_comparisons_are_about(seed: int) -> None:
    with rolled_back():
        corpus = random_corpus(seed, roles=40, comparisons=300, close=0.9)
        assert on_the_page(corpus.editions[0]) == by_brute_force(corpus.editions[0])


@pytest.mark.django_db
@pytest.mark.parametrize("shelf", [0, 1])
def test_excluded_comparisons_take_nobodys_place(shelf: int) -> None:
    corpus = Corpus()
    corpus.add_shelves(2)
    corpus.add_roles(60)
    corpus.add([Entry(n, n + 1, shelf=shelf) for n in range(0, 40, 2)])
    older = corpus.add([Entry(n, n + 1, shelf=shelf, age=900) for n in range(40, 56, 2)])
    (read,) = corpus.add([Entry(58, 59, exclusions=range(20))])
    assert on_the_page(read) == [edition.document_id for edition in older[:-7:-1]]


@pytest.mark.django_db
def test_the_shelf_comes_before_what_is_newer_elsewhere() -> None:
    corpus = Corpus()
    corpus.add_shelves(2)
    corpus.add_roles(60)
    corpus.add([Entry(n, n + 1, shelf=1) for n in range(0, 40, 2)])
    older = corpus.add([Entry(n, n + 1, age=900) for n in range(40, 56, 2)])
    (read,) = corpus.add([Entry(58, 59)])
    assert on_the_page(read) == [edition.document_id for edition in older[:-7:-1]]


@pytest.mark.django_db
def test_the_closest_is_found_however_many_neighbours_a_role_has() -> None:
    corpus = Corpus()
    corpus.add_shelves(2)
    corpus.add_roles(60)
    # Role 1 has thirty neighbours; only the last, the least close of them, is compared with role 0, and long ago.
    corpus.set_closeness({(1, n): 1 - n / 100 for n in range(2, 32)})
    read, least_close = corpus.add([Entry(0, 1, shelf=1), Entry(0, 31, age=900)])
    corpus.add([Entry(0, n) for n in range(32, 60)])
    assert on_the_page(read)[0] == least_close.document_id
    assert on_the_page(read) == by_brute_force(read)


@pytest.mark.django_db
def test_what_counts_is_how_close_others_are_to_the_role_that_is_replaced() -> None:
    corpus = Corpus()
    corpus.add_shelves(1)
    corpus.add_roles(4)
    # Role 2 is among the closest of role 1; role 1 is among the closest of role 3, which is none of its own.
    Closeness.objects.create(role=corpus.roles[1], other=corpus.roles[2], score=0.1)
    Closeness.objects.create(role=corpus.roles[3], other=corpus.roles[1], score=0.9)
    read, close, other = corpus.add([Entry(0, 1), Entry(0, 2, age=9), Entry(0, 3)])
    assert on_the_page(read) == [close.document_id, other.document_id]


@pytest.mark.django_db
@settings(max_examples=3)
@given(SEEDS, st.sampled_from([1, 8, 70]))
@example(1, 70)
def test_next_leads_along_the_whole_shelf_once_and_previous_back(seed: int, size: int) -> None:
    with rolled_back():
        corpus = random_corpus(seed, roles=40, comparisons=size, close=0.1)
        now = timezone.now()
        walks = {}
        for each in ComparisonEdition.objects.live(now).select_related("revision"):
            walks[each] = walk(each, candidates(each, picks=Picks.of(each), at=now))
        for shelf in corpus.shelves:
            standing = [each for each in walks if each.category == shelf]
            starts = [each for each in standing if walks[each].previous is None]
            assert len(starts) == (1 if standing else 0)
            walked = starts[:]
            while walked and (after := walks[walked[-1]].next):
                assert walks[after].previous == walked[-1]
                walked.append(after)
                assert len(walked) <= len(standing)
            assert walked == sorted(standing, key=lambda each: (each.first_published_at, each.document_id))

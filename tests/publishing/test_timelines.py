"""Whatever is published, scheduled, withdrawn and cancelled, in whatever order: the timelines stay whole.

Random acts are done to a role beside a model of a few lines, and to two roles with their comparison beside the
rules that hold at every moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from articles.models import ComparisonEdition
from careers.models import RoleEdition
from publishing.cancel import cancel
from publishing.errors import Refused
from publishing.models import Edition, Redirect, Revision, User
from publishing.publish import publish
from publishing.withdraw import withdraw
from tests.builders import make_comparison, make_role, make_user, revise

pytestmark = pytest.mark.django_db

MODELS: tuple[Any, ...] = (RoleEdition, ComparisonEdition)
DAYS = 4
UNHURRIED = settings(
    max_examples=14,
    stateful_step_count=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
days = st.none() | st.integers(1, DAYS)


class Timeline(RuleBasedStateMachine):
    """A desk that acts now (None) or so many days from now, in a transaction that is undone in the end."""

    def __init__(self, editor: User) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.start = timezone.now()
        self.editor = editor
        self.kept: dict[tuple[type[Edition], int], dict[str, Any]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def moment(self, day: int | None) -> datetime | None:
        return None if day is None else self.start + timedelta(days=day)

    @property
    def moments(self) -> list[datetime]:
        """Now, and the beginning of each day to come."""
        return [timezone.now(), *(self.start + timedelta(days=day) for day in range(1, DAYS + 2))]

    @invariant()
    def windows_are_disjoint_and_no_edition_changes(self) -> None:
        for model in MODELS:
            rows = list(model.objects.order_by("live_from").values())
            for owner in ("document_id", "slug"):
                opened = [row for row in rows if row["live_from"] < row["live_until"]]
                for a, b in pairwise(sorted(opened, key=lambda row: str(row[owner]))):  # a stable sort
                    assert a[owner] != b[owner] or a["live_until"] <= b["live_from"]
            for row in rows:
                frozen = {name: value for name, value in row.items() if name != "live_until"}
                assert self.kept.setdefault((model, row["id"]), frozen) == frozen


@dataclass
class Entry:
    """What the model remembers of an edition that is to open or has opened."""

    opens: datetime
    revision: Revision | None  # None: taken down
    significant: bool
    edition: Any


class RoleTimeline(Timeline):
    """One role, and a model: entries in the order in which they open, each in force until the next."""

    def __init__(self, editor: User, revisions: list[Revision]) -> None:
        super().__init__(editor)
        self.revisions = revisions
        self.entries: list[Entry] = []

    def enter(self, edition: Any, revision: Revision | None, *, significant: bool = True) -> None:
        self.entries = [each for each in self.entries if each.opens != edition.live_from]
        self.entries.append(Entry(edition.live_from, revision, significant, edition))
        self.entries.sort(key=lambda each: each.opens)

    def in_force(self, at: datetime) -> Entry | None:
        return next((each for each in reversed(self.entries) if each.opens <= at), None)

    @rule(day=days, number=st.integers(0, 2), significant=st.booleans())
    def publish(self, day: int | None, number: int, significant: bool) -> None:  # noqa: FBT001
        revision = self.revisions[number]
        edition = publish(revision, by=self.editor, at=self.moment(day), significant=significant)
        self.enter(edition, revision, significant=significant)

    @rule(day=days)
    def withdraw(self, day: int | None) -> None:
        at = self.moment(day)
        before = [each for each in self.entries if each.opens < (at or timezone.now())]
        role = self.revisions[0].document
        if before and before[-1].revision:
            [edition] = withdraw([role], by=self.editor, at=at)
            self.entries = before
            self.enter(edition, None)
        else:
            with pytest.raises(Refused, match="not live then"):
                withdraw([role], by=self.editor, at=at)

    @precondition(lambda self: self.entries)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        entry = data.draw(st.sampled_from(self.entries))
        edition = RoleEdition.objects.filter(act=entry.edition.act).order_by("-pk")[0]
        if entry.opens <= timezone.now():
            with pytest.raises(Refused, match="nothing to cancel"):
                cancel(edition, by=self.editor)
            return
        cancel(edition, by=self.editor)
        self.entries.remove(entry)
        while self.entries and self.entries[0].revision is None:
            del self.entries[0]  # nothing is left that it would take down

    @invariant()
    def readers_see_what_the_model_says(self) -> None:
        for at in self.moments:
            live, entry = RoleEdition.objects.live(at), self.in_force(at)
            assert [each.revision for each in live] == ([entry.revision] if entry and entry.revision else [])

    @invariant()
    def dates_are_those_of_the_model(self) -> None:
        first = significant = None
        opened = {edition.live_from: edition for edition in RoleEdition.objects.opened()}
        for entry in self.entries:
            if entry.revision is None:
                continue
            first = first or entry.opens
            significant = entry.opens if entry.significant or significant is None else significant
            edition = opened[entry.opens]
            assert (edition.first_published_at, edition.significant_at) == (first, significant)


class PressTimeline(Timeline):
    """Two roles that move, and their comparison: what is true of them is true at every moment."""

    def __init__(self, editor: User, drafts: list[list[Revision]]) -> None:
        super().__init__(editor)
        self.drafts = drafts

    @rule(day=days, which=st.integers(0, 2), data=st.data())
    def publish(self, day: int | None, which: int, data: st.DataObject) -> None:
        revision = data.draw(st.sampled_from(self.drafts[which]))
        self.attempt(lambda: publish(revision, by=self.editor, at=self.moment(day)))

    @rule(day=days, which=st.sets(st.integers(0, 2), min_size=1))
    def withdraw(self, day: int | None, which: set[int]) -> None:
        documents = [self.drafts[place][0].document for place in sorted(which)]
        self.attempt(lambda: withdraw(documents, by=self.editor, at=self.moment(day)))

    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        coming = [each for model in MODELS for each in model.objects.coming()]
        if coming:
            edition = data.draw(st.sampled_from(coming))
            self.attempt(lambda: cancel(edition, by=self.editor))

    def attempt(self, act: Any) -> None:
        """Do what may be refused; what is refused changes nothing."""
        before = self.everything()
        try:
            act()
        except Refused:
            assert self.everything() == before

    def everything(self) -> list[Any]:
        models = [*MODELS, Redirect]
        return [list(model.objects.order_by("pk").values_list("pk", "live_until")) for model in models]

    @invariant()
    def a_live_comparison_has_both_roles_live_and_follows_their_paths(self) -> None:
        roles, comparisons = (list(model.objects.pages()) for model in MODELS)
        for at in self.moments:
            slugs = {role.document_id: role.slug for role in roles if is_open(role, at)}
            for each in comparisons:
                if is_open(each, at):
                    assert each.slug == f"{slugs[each.role_a_id]}-vs-{slugs[each.role_b_id]}"

    @invariant()
    def readers_see_what_somebody_last_vouched_for(self) -> None:
        for model in MODELS:
            vouched: dict[int, int] = {}
            for page in model.objects.opened().pages().order_by("live_from"):
                if page.reviewed_at == page.live_from:
                    vouched[page.document_id] = page.revision_id
                assert vouched[page.document_id] == page.revision_id

    @invariant()
    def a_path_that_was_live_leads_to_its_document_while_that_is_live_elsewhere(self) -> None:
        pages = [*RoleEdition.objects.opened().pages(), *ComparisonEdition.objects.opened().pages()]
        redirects = list(Redirect.objects.all())
        for at in self.moments:
            live = {page.document_id: page.slug for page in pages if is_open(page, at)}
            leads = {(each.path, each.document_id) for each in redirects if is_open(each, at)}
            for past in pages:
                moved = live.get(past.document_id, past.slug) != past.slug
                if past.live_from <= at and moved:
                    assert leads >= {(path, past.document_id) for path in past.document_model().paths_of(past.slug)}

    @invariant()
    def no_redirect_stands_for_a_path_that_was_never_live(self) -> None:
        pages = [*RoleEdition.objects.opened(), *ComparisonEdition.objects.opened()]
        for redirect in Redirect.objects.all():
            if redirect.live_from < redirect.live_until:
                past = [page for page in pages if page.live_from < redirect.live_from]
                assert redirect.path in {path for page in past for path in page.document_model().paths_of(page.slug)}


def is_open(window: Any, at: datetime) -> bool:
    return bool(window.live_from <= at < window.live_until)


def test_a_role_is_at_every_moment_what_the_acts_before_it_say() -> None:
    editor, role = make_user("editor"), make_role()
    revisions = [revise(role, definition=f"Version {n}.") for n in range(3)]
    run_state_machine_as_test(lambda: RoleTimeline(editor, revisions), settings=UNHURRIED)  # type: ignore[arg-type]


def test_roles_that_move_and_their_comparison_fit_together_at_every_moment() -> None:
    editor, ash, birch = make_user("editor"), make_role("Ash"), make_role("Birch")
    comparison = make_comparison(ash, birch)
    drafts = [
        [revise(ash, slug=slug) for slug in ("ash", "alder", "acacia")],
        [revise(birch, slug=slug) for slug in ("birch", "beech")],
        [revise(comparison, intro=f"<p>Version {n}.</p>") for n in range(3)],
    ]
    for first, *_ in drafts:
        publish(first, by=editor)
    run_state_machine_as_test(lambda: PressTimeline(editor, drafts), settings=UNHURRIED)  # type: ignore[arg-type]

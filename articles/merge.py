"""Merge a role into another one: its comparisons move there, its address leads there, and it is put away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.models import Comparison, ComparisonEdition
from careers.models import Role
from publishing import audit, references, windows
from publishing.errors import Refused
from publishing.kinds import working_copies
from publishing.merge import Plan
from publishing.models import Redirect, Revision, Submission, User
from publishing.publish import publish, require_publisher
from publishing.put_away import put_away
from publishing.revisions import record, record_content
from publishing.withdraw import withdraw

SIDES = ("role_a", "role_b")
Content = dict[str, Any]


@dataclass(frozen=True)
class Move:
    """A comparison of the old role; the comparison that stands in its way, if there is one; its live page."""

    comparison: Comparison
    rival: Comparison | None
    page: ComparisonEdition | None


@dataclass(frozen=True)
class Situation:
    """What there is when `old` is to be merged into `other`."""

    old: Role
    other: Role

    @cached_property
    def live_pages(self) -> dict[int, ComparisonEdition]:
        """The comparisons of the old role that readers see, by document."""
        pages = ComparisonEdition.objects.live().about([self.old.pk]).select_related("document", "revision")
        return {page.document_id: page for page in pages}

    @cached_property
    def moves(self) -> list[Move]:
        """Every comparison of the old role, as the drafts stand."""
        own = Comparison.objects.filter(Q(role_a=self.old.pk) | Q(role_b=self.old.pk)).select_related(*SIDES)
        return [Move(each, self._rival(each), self.live_pages.get(each.pk)) for each in own.order_by("pk")]

    def _rival(self, comparison: Comparison) -> Comparison | None:
        third = comparison.role_b_id if comparison.role_a_id == self.old.pk else comparison.role_a_id
        return comparison if third == self.other.pk else Comparison.of_pair(self.other.pk, third)

    @cached_property
    def moving(self) -> list[Move]:
        """The comparisons that nothing keeps from moving."""
        return [move for move in self.moves if move.rival is None]

    @cached_property
    def old_page(self) -> Any:
        """What readers see of the old role, or None."""
        return windows.siblings(self.old).live().first()

    @cached_property
    def other_page(self) -> Any:
        """What readers see of the other role, or None."""
        return windows.siblings(self.other).live().select_related("revision").first()

    def amended(self, content: Content) -> Content:
        """Return a content of the other role with the names and tags of the old one."""
        names = [*content["also_called"], self.old.title, *self.old.also_called]
        unique = list(dict.fromkeys(name for name in names if name != content["title"]))
        return content | {"also_called": unique, "tags": sorted({*content["tags"], *self.old.tags.names()})}

    def moved(self, content: Content) -> Content:
        """Return a content of a comparison with the other role in place of the old one."""
        return content | {side: self.other.pk for side in SIDES if content[side] == self.old.pk}


def plan(old: Role, other: Role) -> Plan:
    """Return what merging would do, and why it cannot be done."""
    if old.pk == other.pk:
        return Plan(["A role is not merged into itself: name the other one."])
    now = Situation(old, other)
    found = Plan(list(_reasons(now)))
    found.tell("Published comparisons that move, and are published anew", _published_moves(now))
    found.tell("Drafts that move", [f"“{move.comparison}”" for move in now.moving if not move.page])
    stay = [f"“{m.comparison}”: {_in_the_way(now, m)}" for m in now.moves if m.rival and not m.page]
    found.tell("Drafts that stay with the deleted role", stay)
    found.tell("Added to the other role", list(_added(now)))
    found.tell("The old address", list(_address(now)))
    linking = working_copies(references.drafts(references.referring([old.pk])))
    found.tell("Links in texts that become plain text", [f"“{each}”" for each in linking.values()])
    return found


def _reasons(now: Situation) -> Iterable[str]:
    if now.old.put_away_at or now.other.put_away_at:
        yield "One of the roles was deleted: bring it back first."
    if now.other_page is None and (now.old_page or now.live_pages):
        yield f"Readers do not see “{now.other}”: publish it first."
    for document in [now.old, now.other, *(move.comparison for move in now.moves)]:
        if windows.siblings(document).coming().exists():
            yield f"Something is scheduled for “{document}”: cancel it first, or wait until it has happened."
    for move in now.moves:
        if move.rival and move.page:
            yield f"“{move.comparison}” is published, and {_in_the_way(now, move)}: take one of them down first."
    drafts = {move.comparison.pk for move in now.moves}
    for page in now.live_pages.values():
        if page.document_id not in drafts:
            yield f"“{page.title}” compares “{now.old}” for readers, and its draft does not: publish it or restore it."
    yield from _reviewed(now)


def _in_the_way(now: Situation, move: Move) -> str:
    if move.rival == move.comparison:
        return f"it compares “{now.old}” with “{now.other}”"
    deleted = ", which was deleted" if move.rival and move.rival.put_away_at else ""
    return f"there is “{move.rival}” already{deleted}"


def _reviewed(now: Situation) -> Iterable[str]:
    """What is published anew would settle what waits for review."""
    published = [now.other, *(move.comparison for move in now.moving if move.page)]
    for document in published:
        submissions = Submission.objects.of(document)
        if submissions.waiting().exists() or submissions.approved().exists():
            yield f"“{document}” waits for review, or was approved and not published: decide on it first."


def _published_moves(now: Situation) -> list[str]:
    slugs = {now.old_page.slug: now.other_page.slug} if now.old_page and now.other_page else {}
    told = []
    for page in (move.page for move in now.moving if move.page):
        slug = "-vs-".join(slugs.get(part, part) for part in page.slug.split("-vs-"))
        told.append(f"“{page.title}”: {page.get_absolute_url()} will lead to {Comparison.path_of(slug)}")
    return told


def _added(now: Situation) -> Iterable[str]:
    before = {
        "also_called": list(now.other.also_called),
        "tags": list(now.other.tags.names()),
        "title": now.other.title,
    }
    after = now.amended(before)
    names = [name for name in after["also_called"] if name not in before["also_called"]]
    tags = [tag for tag in after["tags"] if tag not in before["tags"]]
    if names:
        yield f"Also called: {', '.join(names)}"
    if tags:
        yield f"Tags: {', '.join(tags)}"


def _address(now: Situation) -> Iterable[str]:
    if now.old_page:
        yield f"{now.old_page.get_absolute_url()} will lead to {_path(now)}"
    number = _redirects(now.old).count()
    if number:
        yield f"{number} older address{'' if number == 1 else 'es'} of it will lead to {_path(now)}"
    yield "Its texts and figures are not taken over: they stay in its history, and it can be brought back."


def _path(now: Situation) -> str:
    return str(now.other_page.get_absolute_url() if now.other_page else now.other.working_path())


def _redirects(role: Role) -> QuerySet[Redirect]:
    return Redirect.objects.filter(document=role.pk, live_until__gt=timezone.now())


@transaction.atomic
def merge(old: Role, other: Role, *, by: User) -> None:
    """Merge the old role into the other one: everything that `plan` tells, in one act, or nothing.

    Raises PermissionDenied if `by` may not publish, and Refused with the reasons.
    """
    require_publisher(by)
    _lock(old, other)
    old, other = Role.objects.get(pk=old.pk), Role.objects.get(pk=other.pk)
    reasons = plan(old, other).reasons
    if reasons:
        raise Refused(reasons)
    now = Situation(old, other)
    note = f"Merged: “{old}” into “{other}”"[:200]
    revisions = [
        *_amend(now, by=by, note=note),
        *(r for move in now.moving for r in _move(now, move, by=by, note=note)),
    ]
    if revisions:
        *together, last = revisions
        publish(last, by=by, significant=False, together=together)
    if now.old_page:
        withdraw([old], by=by, redirect_to=other)
    _redirects(old).update(document=other.pk)
    put_away(old, by=by)
    audit.record(audit.Act.MERGE, old, by=by, detail=f"into {other}")


def _lock(old: Role, other: Role) -> None:
    compared = Comparison.objects.filter(Q(role_a__in=[old, other]) | Q(role_b__in=[old, other]))
    windows.lock({old.pk, other.pk, *(id_ for row in compared.values_list("pk", *SIDES) for id_ in row)})


def _amend(now: Situation, *, by: User, note: str) -> list[Revision]:
    """Add the names and tags to the other role; return the revision of what readers see of it, if they see it."""
    page = now.other_page
    live = [record_content(now.other, now.amended(page.content), by=by, note=note)] if page else []
    draft = now.amended(
        {"also_called": now.other.also_called, "tags": now.other.tags.names(), "title": now.other.title}
    )
    now.other.also_called = draft["also_called"]
    now.other.save(update_fields=["also_called", "changed_at"])
    now.other.tags.set(draft["tags"])
    record(now.other, by=by, note=note)
    return live


def _move(now: Situation, move: Move, *, by: User, note: str) -> list[Revision]:
    """Give the comparison the other role; return the revision of what readers see of it, if they see it.

    This is the one road on which a comparison that was published changes its roles: it goes past `clean()`.
    """
    for side in SIDES:
        own = Comparison.objects.filter(pk=move.comparison.pk, **{side: now.old.pk})
        own.update(**{side: now.other.pk}, changed_at=timezone.now())
    comparison = Comparison.objects.get(pk=move.comparison.pk)
    live = [record_content(comparison, now.moved(move.page.content), by=by, note=note)] if move.page else []
    record(comparison, by=by, note=note)
    return live

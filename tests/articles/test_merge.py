"""A duplicate role is merged into another: no live pair is lost, and every old address leads somewhere."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.merge import merge, plan
from articles.models import Comparison, ComparisonEdition
from careers.models import Role, RoleEdition
from publishing.errors import Refused
from publishing.models import Document, User
from publishing.publish import publish
from publishing.reviews import submit
from publishing.revisions import record
from publishing.withdraw import withdraw
from tests.articles.admin.desk import ACT_FORM, page
from tests.articles.builders import act, every_row, form_in, sign_in
from tests.builders import ahead, make_draft, make_live, make_scheduled, make_user, revise

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def make_twins() -> tuple[Role, Role]:
    old = make_live(Role, title="Cloth Maker", tags=["Cloth"], also_called=["Clothier"])
    return old, make_live(Role, title="Weaver", tags=["Craft"], also_called=["Loom Worker"])


def live_pairs() -> set[frozenset[int]]:
    return {frozenset(pair) for pair in ComparisonEdition.objects.live().values_list("role_a", "role_b")}


def reasons(old: Role, other: Role) -> str:
    with pytest.raises(Refused) as caught:
        merge(old, other, by=make_user())
    assert caught.value.reasons == plan(old, other).reasons
    return " ".join(caught.value.reasons)


def test_live_comparisons_move_with_their_texts_and_their_addresses_lead_on(client: Client) -> None:
    old, other = make_twins()
    comparison = make_live(Comparison, role_a=old, role_b=make_live(Role, title="Potter"), intro="<p>Cloth, clay.</p>")
    before = ComparisonEdition.objects.live().get()
    merge(old, other, by=make_user())
    after = ComparisonEdition.objects.live().get()
    assert (after.document, after.role_a, after.slug) == (comparison, other, "weaver-vs-potter")
    assert after.content["intro"] == "<p>Cloth, clay.</p>"
    assert after.significant_at == before.significant_at
    assert client.get("/compare/cloth-maker-vs-potter/")["Location"] == "/compare/weaver-vs-potter/"
    assert client.get("/compare/potter-vs-cloth-maker/")["Location"] == "/compare/weaver-vs-potter/"
    assert client.get("/roles/cloth-maker/")["Location"] == "/roles/weaver/"
    assert Document.objects.get(pk=old.pk).put_away_at


def test_a_newer_draft_moves_as_a_draft() -> None:
    old, other = make_twins()
    comparison = make_live(Comparison, role_b=old, intro="<p>Live.</p>")
    revise(comparison, intro="<p>Not ready.</p>")
    merge(old, other, by=make_user())
    assert ComparisonEdition.objects.live().get().content["intro"] == "<p>Live.</p>"
    comparison.refresh_from_db()
    assert (comparison.intro, comparison.role_b) == ("<p>Not ready.</p>", other)
    assert comparison.revisions.first().content["intro"] == "<p>Not ready.</p>"


def test_drafts_move_and_stay_drafts() -> None:
    old, other = make_twins()
    comparison = make_draft(Comparison, role_a=old)
    merge(old, other, by=make_user())
    comparison.refresh_from_db()
    assert comparison.role_a == other
    assert comparison.revisions.first().content["role_a"] == other.pk
    assert not ComparisonEdition.objects.exists()


def test_the_other_role_gets_the_names_and_tags_for_readers_and_in_its_draft() -> None:
    old, other = make_twins()
    revise(other, definition="Not ready.")
    merge(old, other, by=make_user())
    page = RoleEdition.objects.live().get(document=other)
    assert page.content["also_called"] == ["Loom Worker", "Cloth Maker", "Clothier"]
    assert sorted(page.tags.names()) == ["Cloth", "Craft"]
    assert page.definition != "Not ready."
    other.refresh_from_db()
    assert (other.definition, other.also_called) == ("Not ready.", ["Loom Worker", "Cloth Maker", "Clothier"])
    assert sorted(other.tags.names()) == ["Cloth", "Craft"]


def test_lists_say_that_what_a_merge_changed_was_changed() -> None:
    old, other = make_twins()
    comparison = make_draft(Comparison, role_a=old)
    before = timezone.now()
    merge(old, other, by=make_user())
    for document in (other, comparison):
        document.refresh_from_db()
        assert document.changed_at > before


def test_older_addresses_of_the_old_role_lead_on_too(client: Client) -> None:
    old, other = make_twins()
    publish(revise(old, slug="draper"), by=make_user())
    merge(old, other, by=make_user())
    for address in ("/roles/cloth-maker/", "/roles/draper/"):
        assert client.get(address)["Location"] == "/roles/weaver/"


def test_a_published_pair_that_exists_already_must_be_decided_first() -> None:
    old, other = make_twins()
    third = make_live(Role)
    twin = make_live(Comparison, role_a=old, role_b=third)
    standing = make_draft(Comparison, role_a=third, role_b=other)
    assert f"“{twin}” is published, and there is “{standing}” already: take one of them down first." in reasons(
        old, other
    )
    withdraw([twin], by=make_user())
    assert (
        f"“{twin}”: there is “{standing}” already" in plan(old, other).steps["Drafts that stay with the deleted role"]
    )
    merge(old, other, by=make_user())
    twin.refresh_from_db()
    assert twin.role_a == old


def test_a_comparison_of_the_two_with_each_other_must_be_taken_down_first() -> None:
    old, other = make_twins()
    make_live(Comparison, role_a=old, role_b=other)
    assert "it compares “Cloth Maker” with “Weaver”: take one of them down first" in reasons(old, other)


def test_what_cannot_be_merged_says_why() -> None:
    old, other = make_twins()
    assert "not merged into itself" in reasons(old, old)
    assert "Readers do not see" in reasons(old, make_draft(Role))
    coming = make_scheduled(Comparison, role_a=make_live(Role), role_b=old)
    assert f"Something is scheduled for “{coming}”" in reasons(old, other)


def test_a_role_that_goes_down_soon_is_not_merged() -> None:
    old, other = make_twins()
    withdraw([other], by=make_user(), at=ahead(days=1))
    assert "Something is scheduled for “Weaver”" in reasons(old, other)


def test_a_comparison_whose_draft_left_the_role_must_be_decided_first() -> None:
    old, other = make_twins()
    comparison = make_live(Comparison, role_a=old)
    Comparison.objects.filter(pk=comparison.pk).update(role_a=make_live(Role))  # as drafts from before the rule are
    record(Comparison.objects.get(pk=comparison.pk), by=make_user())
    assert "and its draft does not" in reasons(old, other)


def test_what_waits_for_review_is_not_settled_by_the_way() -> None:
    old, other = make_twins()
    comparison = make_live(Comparison, role_a=old)
    submit(revise(comparison, intro="<p>Better.</p>"), by=make_user())
    assert f"“{comparison}” waits for review" in reasons(old, other)


def test_who_may_not_publish_merges_nothing() -> None:
    old, other = make_twins()
    with pytest.raises(PermissionDenied):
        merge(old, other, by=make_user("writer"))


def test_an_editor_sees_what_would_happen_and_merges(client: Client) -> None:
    sign_in(client, "Editor")
    old, other = make_twins()
    make_live(Comparison, role_a=old, role_b=make_live(Role, title="Potter"))
    assert act(old, "merge") in page(client, act(old, "change"))
    asked = form_in(page(client, act(old, "merge")), ACT_FORM) | {"other": "/roles/weaver/"}
    before = every_row()
    shown = client.post(act(old, "merge"), asked | {"look": ""}).content.decode()
    assert every_row() == before
    assert "/compare/cloth-maker-vs-potter/ will lead to /compare/weaver-vs-potter/" in shown
    assert "Also called: Cloth Maker, Clothier" in shown
    assert "/roles/cloth-maker/ will lead to /roles/weaver/" in shown
    response = client.post(act(old, "merge"), form_in(shown, ACT_FORM) | {"merge": ""})
    assert response["Location"] == act(other, "change")
    assert client.get("/compare/cloth-maker-vs-potter/")["Location"] == "/compare/weaver-vs-potter/"


def test_an_editor_who_names_no_role_is_told(client: Client) -> None:
    sign_in(client, "Editor")
    old, _ = make_twins()
    comparison = make_live(Comparison)
    address = ComparisonEdition.objects.get().get_absolute_url()
    refused = client.post(act(old, "merge"), {"other": address, "merge": ""})
    assert "name a role" in " ".join(refused.context["form"].errors["other"])
    assert client.post(act(old, "merge"), {"other": "", "merge": ""}).context["form"].errors["other"]
    assert client.get(act(comparison, "merge")).status_code == 404


def test_a_refused_merge_offers_no_button(client: Client) -> None:
    sign_in(client, "Editor")
    old, other = make_twins()
    make_live(Comparison, role_a=old, role_b=other)
    shown = client.post(act(old, "merge"), {"other": "/roles/weaver/", "merge": ""})
    assert BeautifulSoup(shown.content, "html.parser").select_one("[name=merge]") is None
    assert RoleEdition.objects.live().filter(document=old).exists()


STATES = st.sampled_from([None, "draft", "live"])
THIRDS = 3


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.sqlite
@given(
    of_old=st.lists(STATES, min_size=THIRDS, max_size=THIRDS),
    of_other=st.lists(STATES, min_size=THIRDS, max_size=THIRDS),
)
def test_no_live_pair_is_lost_and_every_address_leads_somewhere(
    of_old: list[str | None], of_other: list[str | None], editor: User
) -> None:
    with transaction.atomic():
        old, other = make_live(Role), make_live(Role)
        thirds = [make_live(Role) for _ in range(THIRDS)]
        for role, states in ((old, of_old), (other, of_other)):
            for third, state in zip(thirds, states, strict=True):
                if state:
                    (make_live if state == "live" else make_draft)(Comparison, role_a=role, role_b=third)
        _merge_keeps_the_rule(old, other, editor)
        transaction.set_rollback(True)


def _merge_keeps_the_rule(old: Role, other: Role, editor: User) -> None:
    before, rows = live_pairs(), every_row()
    pages: list[Any] = [*ComparisonEdition.objects.live(), *RoleEdition.objects.live()]
    if plan(old, other).reasons:
        with pytest.raises(Refused):
            merge(old, other, by=editor)
        assert every_row() == rows
        return
    merge(old, other, by=editor)
    assert live_pairs() == {frozenset(other.pk if id_ == old.pk else id_ for id_ in pair) for pair in before}
    assert not {old.pk} & {id_ for pair in live_pairs() for id_ in pair}
    for edition in pages:
        response = Client().get(edition.get_absolute_url(), follow=True)
        assert response.status_code == 200


@pytest.fixture
def editor() -> User:
    return make_user()

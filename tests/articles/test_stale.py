"""A page that caches keep goes stale when something that it shows changes, and seldom otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from taggit.models import Tag

from articles import stale
from articles.models import Category, Comparison, Page
from articles.reading import Onward
from articles.related import Picks, related, walk
from articles.stale import of_comparison, shown_by_comparison
from careers.models import Occupation, Release, Role, RoleEdition
from careers.reading import RoleProfile
from careers.signals import facts_changed
from publishing.export.reader import connections_left_open
from publishing.models import Edition, User
from publishing.page_cache import PageCache
from publishing.publish import publish, schedule
from publishing.withdraw import withdraw
from tests.answers import Answer
from tests.articles.builders import DAY_ONE
from tests.articles.test_related import edition
from tests.builders import make_category, make_draft, make_live, make_user, revise
from tests.careers.builders import make_area, make_occupation, make_release, make_wage

pytestmark = pytest.mark.sqlite


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Let requests go on with the test's own transaction."""
    with connections_left_open():
        yield


@pytest.fixture
def cache() -> PageCache:
    """Return a cache that looks for purges at every request."""
    return PageCache(get_wsgi_application(), check_seconds=0)


def path_of(comparison: Comparison) -> str:
    return f"/compare/{comparison.working_slug}/"


def role_path(role: Role) -> str:
    return f"/roles/{role.slug}/"


def kept(cache: PageCache) -> set[str]:
    """Return the paths that are kept once what is stale was given up."""
    Answer(cache, "/robots.txt")
    Answer(cache, "/saved/")
    return {path for _, _, path, _ in [*cache.written.kept, *cache.others.kept]} - {"/saved/"}


def shelf_of(size: int, category: Category) -> list[Comparison]:
    """Return live comparisons of a category that have no role in common."""
    return [make_live(Comparison, category=category) for _ in range(size)]


@pytest.mark.django_db
def test_what_a_comparison_says_anew_is_stale_where_it_stands_and_its_title_where_it_is_shown(cache: PageCache) -> None:
    near, far = make_category(), make_category()
    changed, *neighbours = shelf_of(7, near)
    strangers = shelf_of(7, far)

    def read() -> None:
        for each in (changed, *neighbours, *strangers):
            Answer(cache, path_of(each))
        for role in (changed.role_a, strangers[0].role_a):
            Answer(cache, role_path(role))

    read()
    publish(revise(changed, standfirst="Both keep time."), by=make_user())
    untouched = {*map(path_of, strangers), role_path(strangers[0].role_a)}
    assert kept(cache) == untouched | set(map(path_of, neighbours))
    read()
    publish(revise(changed, title="Two keepers"), by=make_user())
    assert kept(cache) == untouched


@pytest.mark.django_db
def test_a_new_comparison_is_stale_news_for_its_roles_and_for_the_end_of_its_shelf(
    cache: PageCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stale, "SETTLED", timedelta())
    category = make_category()
    shelf = shelf_of(9, category)
    pairs = [make_live(Comparison, role_a=shelf[0].role_a, category=category) for _ in range(7)]
    new = make_draft(Comparison, role_a=shelf[5].role_a, role_b=shelf[6].role_b, category=category)
    for each in (*shelf, *pairs):
        Answer(cache, path_of(each))
    publish(new.revisions.first(), by=make_user())
    # Those of the pairs lead to each other alone, but for the last, which has a successor now.
    assert kept(cache) == {path_of(each) for each in (shelf[0], *pairs[:-1])}


@pytest.mark.django_db
def test_a_role_is_stale_in_its_own_comparisons_and_not_in_others(cache: PageCache) -> None:
    category = make_category()
    changed, *_others = shelf_of(7, category)
    far = shelf_of(7, make_category())
    for each in (changed, *far):
        Answer(cache, path_of(each))
    publish(revise(changed.role_a, definition="Keeps what others lose."), by=make_user())
    assert kept(cache) == set(map(path_of, far))


@pytest.mark.django_db
def test_lists_of_what_has_nothing_to_do_with_a_comparison_stay_fresh(cache: PageCache) -> None:
    changed, *_others = (make_live(Comparison, tags=[tag]) for tag in ("Sea", "Land"))
    about = make_live(Page, slug="notes", title="Notes")
    lists = {"/topics/", "/topics/land/", "/categories/", "/roles/", f"/{about.slug}/"}
    for path in ("/", "/compare/", "/topics/sea/", *lists):
        Answer(cache, path)
    publish(revise(changed, standfirst="Both keep time."), by=make_user())
    assert kept(cache) == lists


@pytest.mark.django_db
def test_caches_in_between_are_told_what_a_page_shows(cache: PageCache) -> None:
    comparison = make_live(Comparison)
    headers = Answer(cache, path_of(comparison)).headers
    tags = headers["Surrogate-Key"].split()
    assert tags == headers["Cache-Tag"].split(",")
    assert {f"d{each}" for each in (comparison.pk, comparison.role_a_id, comparison.role_b_id)} <= set(tags)
    assert Answer(cache, "/").headers["Surrogate-Key"] == "anything"


PEOPLE = st.sampled_from([(1, 2), (1, 3), (4, 2), (5, 6), (7, 8)])
"""The two roles of a comparison: some pairs have one in common, most have none."""


FEW = 2
"""How many related comparisons a page has here, so that few others fill it."""
PINNED = st.lists(st.integers(1, 8), unique=True, max_size=2)


@st.composite
def pages(draw: Any, document: int) -> Any:
    """An edition of a comparison, first published on one of a few days."""
    page = edition(
        document,
        draw(PEOPLE),
        category=draw(st.sampled_from([1, 2])),
        day=draw(st.integers(0, 3)),
        closeness=draw(st.sampled_from([0.0, 0.2, 0.5])),
    )
    page.live_from = page.first_published_at
    return page


def again(page: Any, *, category: int, day: int) -> Any:
    """Return the edition that takes the place of a page on a later day, in a category."""
    later = edition(page.document_id, (page.role_a_id, page.role_b_id), category=category, closeness=page.closeness)
    later.first_published_at, later.live_from = page.first_published_at, DAY_ONE + timedelta(days=day)
    return later


def merged(page: Any) -> Any:
    """Return the edition that takes the place of a page when its second role is merged into one that is closer."""
    later = again(page, category=page.category_id, day=9)
    later.role_b_id, later.slug, later.closeness = 9, "merged", 1.0
    return later


def shown(here: Any, corpus: list[Any], picks: Picks) -> tuple[set[str], Any]:
    """Return the tags of the page of a comparison among the others of the corpus, and what it leads to."""
    others = [each for each in corpus if each and each is not here]
    chosen, beside = related(here, others, picks=picks, size=FEW), walk(here, others)
    marks = {here.role_a_id: "a", here.role_b_id: "b", None: ""}
    onward = [Onward(each.edition, "", marks[each.shared_role]) for each in chosen]
    roles = [RoleProfile(RoleEdition(document_id=role)) for role in (here.role_a_id, here.role_b_id)]
    content = {"pins": [{"target": each} for each in picks.pinned]}
    page: Any = SimpleNamespace(
        edition=here, both=roles, walk=beside, related=onward, linked=(), content=content, is_written=True
    )
    led_to = [each.edition.document_id for each in chosen], [each and each.document_id for each in beside]
    return shown_by_comparison(page), led_to


@pytest.fixture(scope="module")
def _few() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stale, "SIZE", FEW)
        yield


@pytest.mark.usefixtures("_few")
@hypothesis_settings(max_examples=600, deadline=None)
@given(st.data(), st.integers(0, 7), PINNED)
def test_a_page_that_leads_elsewhere_after_a_change_carries_a_tag_of_it(
    data: st.DataObject, size: int, pinned: list[int]
) -> None:
    here, *others = [data.draw(pages(document)) for document in range(size + 2)]
    changed = others.pop()
    categories = st.sampled_from([1, 2])
    before, after = data.draw(
        st.sampled_from(
            [
                (None, changed),
                (changed, None),
                (None, again(changed, category=data.draw(categories), day=9)),
                (changed, again(changed, category=data.draw(categories), day=9)),
                (changed, merged(changed)),
            ]
        )
    )
    if before is None and after is changed:  # its first publication is the newest of all
        changed.first_published_at = changed.live_from = DAY_ONE + timedelta(days=5)
    picks = Picks(pinned=pinned, excluded=frozenset(data.draw(PINNED)))
    tags, led_to = shown(here, [*others, before], picks)
    if shown(here, [*others, after], picks)[1] != led_to:
        assert tags & of_comparison(before, after)


@pytest.mark.usefixtures("_few")
def test_a_publication_that_took_longer_is_stale_news_for_the_page_that_it_follows() -> None:
    here, pairs = edition(1, (1, 2)), [edition(number, (1, number), category=2) for number in (3, 4)]
    quick, slow = edition(5, (5, 6)), edition(6, (7, 8))
    quick.first_published_at = timezone.now()
    slow.first_published_at = slow.live_from = quick.first_published_at - timedelta(seconds=1)
    tags, led_to = shown(here, [*pairs, quick], Picks())
    assert shown(here, [*pairs, quick, slow], Picks())[1] != led_to
    assert tags & of_comparison(None, slow)


class Desk(RuleBasedStateMachine):
    """Whatever the desk does, what is kept is what the site would answer now."""

    def __init__(self, editor: User, roles: list[Role], comparisons: list[Comparison]) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.editor, self.roles, self.comparisons = editor, roles, comparisons
        self.categories = list(Category.objects.all())
        self.site = get_wsgi_application()
        self.cache = PageCache(self.site, check_seconds=0)
        self.words = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def word(self) -> str:
        self.words += 1
        return f"Word {self.words}"

    def edit(self, document: Any, **fields: Any) -> Any:
        """Return the revision of a working copy as it stands with these fields changed."""
        document.refresh_from_db()
        return revise(document, by=self.editor, **fields)

    def is_live(self, document: Any) -> bool:
        return bool(document.editions.live().exists())

    @rule(number=st.integers(0, 7), field=st.sampled_from(["standfirst", "title"]))
    def publish_a_comparison(self, number: int, field: str) -> None:
        publish(self.edit(self.comparisons[number], **{field: self.word()}), by=self.editor)

    @rule(number=st.integers(0, 7), category=st.integers(0, 2))
    def move_a_comparison(self, number: int, category: int) -> None:
        publish(self.edit(self.comparisons[number], category=self.categories[category]), by=self.editor)

    @rule(number=st.integers(0, 7), onto=st.integers(0, 7), manner=st.sampled_from(["pins", "exclusions", "link"]))
    def lead_from_one_to_another(self, number: int, onto: int, manner: str) -> None:
        comparison, other = self.comparisons[number], self.comparisons[onto]
        if manner == "link":
            publish(self.edit(comparison, intro=f'<p>See <a href="doc:{other.pk}">that</a>.</p>'), by=self.editor)
        elif number != onto:
            getattr(comparison, manner).get_or_create(target=other)
            publish(self.edit(comparison), by=self.editor)

    @rule(number=st.integers(0, 7), kind=st.sampled_from([Edition.Kind.NOTICE, Edition.Kind.GONE]))
    def take_a_comparison_down(self, number: int, kind: Edition.Kind) -> None:
        if self.is_live(self.comparisons[number]):
            reason = "Outdated." if kind == Edition.Kind.NOTICE else ""
            withdraw([self.comparisons[number]], by=self.editor, kind=kind, reason=reason)

    @rule(number=st.integers(0, 7))
    def schedule_a_comparison(self, number: int) -> None:
        revision = self.edit(self.comparisons[number], standfirst=self.word())
        moment = timezone.now() + timedelta(seconds=0.5)
        schedule(revision, by=self.editor, at=moment)
        while timezone.now() <= moment:
            Answer(self.cache, path_of(self.comparisons[number]))

    @rule(number=st.integers(0, 4), field=st.sampled_from(["definition", "title", "summary"]))
    def publish_a_role(self, number: int, field: str) -> None:
        publish(self.edit(self.roles[number], **{field: self.word()}), by=self.editor)

    @rule(number=st.integers(0, 4), skills=st.sets(st.sampled_from("abcde"), min_size=1))
    def bring_a_role_near_to_others(self, number: int, skills: set[str]) -> None:
        publish(self.edit(self.roles[number], skills=sorted(skills)), by=self.editor)

    @rule(number=st.integers(0, 4))
    def give_a_role_another_address(self, number: int) -> None:
        publish(self.edit(self.roles[number], slug=f"role-{self.word().split()[1]}"), by=self.editor)

    @rule(number=st.integers(0, 2))
    def rename_a_category(self, number: int) -> None:
        self.categories[number].title = self.word()
        self.categories[number].save()

    @rule(number=st.integers(0, 7), topics=st.sets(st.sampled_from(["sea", "land"])))
    def tag_a_comparison(self, number: int, topics: set[str]) -> None:
        self.comparisons[number].tags.set(topics)
        publish(self.edit(self.comparisons[number]), by=self.editor)

    @rule(number=st.integers(0, 4), topics=st.sets(st.sampled_from(["sea", "land"])))
    def tag_a_role(self, number: int, topics: set[str]) -> None:
        self.roles[number].tags.set(topics)
        publish(self.edit(self.roles[number]), by=self.editor)

    @rule(topic=st.sampled_from(["sea", "land"]))
    def rename_a_topic(self, topic: str) -> None:
        tag = Tag.objects.get(slug=topic)
        tag.name = self.word()
        tag.save()

    @rule(amount=st.integers(30_000, 90_000))
    def correct_a_wage(self, amount: int) -> None:
        release = Release.objects.get()
        release.wages.update(annual_median=amount)
        facts_changed.send(sender=Release, release=release, codes=[Occupation.objects.get().code])

    @rule(pages=st.lists(st.integers(0, 30), min_size=8, unique=True))
    def read(self, pages: list[int]) -> None:
        paths = self.paths()
        for page in pages:
            Answer(self.cache, paths[page % len(paths)])

    def paths(self) -> list[str]:
        comparisons = Comparison.objects.select_related("role_a", "role_b")
        slugs = list(Role.objects.order_by("pk").values_list("slug", flat=True))
        return [
            *("/", "/roles/", "/categories/", "/topics/", f"/{Page.objects.get().slug}/"),
            *(path_of(each) for each in comparisons),
            *(f"/roles/{slug}/" for slug in slugs),
            *(f"/categories/{each.slug}/" for each in self.categories),
            *(f"/topics/{each.slug}/" for each in Tag.objects.all()),
            *(f"/compare/{a}-vs-{b}/" for a, b in zip(sorted(slugs), sorted(slugs)[1:], strict=False)),
        ]

    @invariant()
    def what_is_kept_is_what_the_site_says(self) -> None:
        for path in kept(self.cache):
            given, now = Answer(self.cache, path), Answer(self.site, path)
            assert (given.status, given.text) == (now.status, now.text), path


@pytest.mark.django_db
def test_whatever_the_desk_does_nothing_that_is_kept_is_stale() -> None:
    editor = make_user()
    make_occupation()
    make_wage(area=make_area(), release=make_release())
    categories = [make_category() for _ in range(3)]
    roles = [
        make_live(
            Role, skills=["a", "b"], **({"occupation": Occupation.objects.get(), "fit": "exact"} if n == 0 else {})
        )
        for n in range(5)
    ]
    pairs = [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (0, 4), (1, 4), (1, 3)]
    maker: list[Callable[..., Any]] = [make_live] * 5 + [make_draft] * 3
    comparisons = [
        make(Comparison, role_a=roles[a], role_b=roles[b], category=categories[n % 3], tags=["sea", "land"][: n % 3])
        for n, ((a, b), make) in enumerate(zip(pairs, maker, strict=True))
    ]
    make_live(Page, body=f'<p>See <a href="doc:{comparisons[0].pk}">that</a>.</p>')
    settings_ = hypothesis_settings(
        max_examples=4, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(lambda: Desk(editor, roles, comparisons), settings=settings_)  # type: ignore[arg-type]

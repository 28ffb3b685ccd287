"""The page cache gives what the site would answer now, and asks the site once."""

from __future__ import annotations

import time
import tracemalloc
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import InterfaceError, OperationalError, connection, transaction
from django.http import HttpResponse
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from taggit.models import Tag

from articles.models import Category, Comparison, Page
from careers.models import Release, Role
from careers.signals import facts_changed
from publishing.export.reader import connections_left_open
from publishing.models import Document, Edition, Purge, User
from publishing.page_cache import PageCache, shows
from publishing.page_cache import cache as caching
from publishing.page_cache.kept import Kept
from publishing.page_cache.pending import Pending
from publishing.page_cache.store import Key, Store
from publishing.publish import publish, schedule
from publishing.purges import purge
from publishing.withdraw import withdraw
from tests.answers import Answer
from tests.builders import ahead, make_category, make_live, make_page, make_user, revise
from tests.careers.builders import make_area, make_occupation, make_release, make_wage


class Counting:
    """The site, counting how often it is asked."""

    def __init__(self) -> None:
        self.site = get_wsgi_application()
        self.asked = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked += 1
        return self.site(environ, start_response)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Let requests go on with the test's own transaction."""
    with connections_left_open():
        yield


@pytest.fixture
def site() -> Counting:
    """Return the site as it answers without a cache."""
    return Counting()


@pytest.fixture
def cache(site: Counting) -> PageCache:
    """Return a cache that looks for purges at every request."""
    return PageCache(site, check_seconds=0)


def role_path(role: Any) -> str:
    return f"/roles/{role.slug}/"


@pytest.mark.django_db
def test_a_page_is_made_once_and_given_again(site: Counting, cache: PageCache) -> None:
    role = make_live(Role)
    first, second = (Answer(cache, role_path(role)) for _ in range(2))
    assert site.asked == 1
    assert first.text == second.text == Answer(site, role_path(role)).text
    assert first.headers == second.headers


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", None), ("", None)],
)
def test_it_is_sent_in_the_best_form_that_the_browser_takes(
    cache: PageCache, site: Counting, accepted: str, coding: str | None
) -> None:
    path = role_path(make_live(Role))
    answer = Answer(cache, path, HTTP_ACCEPT_ENCODING=accepted)
    assert answer.headers.get("Content-Encoding") == coding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.text == Answer(site, path).text
    assert int(answer.headers["Content-Length"]) == len(answer.sent)


@pytest.mark.django_db
def test_a_browser_that_has_the_page_is_told_so(cache: PageCache) -> None:
    role = make_live(Role)
    tag = Answer(cache, role_path(role)).headers["ETag"]
    again = Answer(cache, role_path(role), HTTP_IF_NONE_MATCH=tag)
    assert (again.status, again.sent, again.headers["ETag"]) == (304, b"", tag)
    publish(revise(role, definition="Now it keeps the light too."), by=make_user())
    assert Answer(cache, role_path(role), HTTP_IF_NONE_MATCH=tag).status == 200


@pytest.mark.django_db
def test_head_is_answered_without_a_body_and_is_no_other_page(cache: PageCache, site: Counting) -> None:
    path = role_path(make_live(Role))
    head, get = Answer(cache, path, REQUEST_METHOD="HEAD"), Answer(cache, path)
    assert (head.sent, head.headers) == (b"", get.headers)
    assert site.asked == 1


@pytest.mark.django_db
def test_caches_in_between_may_keep_it_for_a_minute_and_browsers_ask_each_time(cache: PageCache) -> None:
    said = Answer(cache, "/roles/").headers["Cache-Control"].split(", ")
    assert {"public", "max-age=0", "s-maxage=60", "stale-while-revalidate=60", "stale-if-error=86400"} == set(said)


@pytest.mark.django_db
def test_whoever_has_a_session_is_answered_by_the_site(cache: PageCache, site: Counting) -> None:
    cookie = f"{settings.SESSION_COOKIE_NAME}=abc"
    Answer(cache, "/roles/")
    answers = [Answer(cache, "/roles/", HTTP_COOKIE=cookie) for _ in range(2)]
    assert site.asked == 3
    assert all("no-store" in answer.headers["Cache-Control"] for answer in answers)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "query", "method"),
    [
        ("/search/", "q=keeper", "GET"),
        ("/compare/", "a=keeper&b=other", "GET"),
        ("/roles/", "", "POST"),
        ("/nothing/here/", "", "GET"),
        ("/roles/nobody/", "", "GET"),
        ("/admin/", "", "GET"),
        ("/\xff\xfe/", "", "GET"),
    ],
)
def test_what_may_not_be_kept_is_asked_for_each_time(
    cache: PageCache, site: Counting, path: str, query: str, method: str
) -> None:
    statuses = {Answer(each, path, query, REQUEST_METHOD=method).status for each in (cache, cache, site)}
    assert site.asked == 3
    assert len(statuses) == 1


@pytest.mark.django_db
def test_arguments_that_a_page_does_not_read_make_no_other_page_of_it(cache: PageCache, site: Counting) -> None:
    path = role_path(make_live(Role))
    for query in ("", "utm_source=letter", "fbclid=1&gclid=2"):
        Answer(cache, path, query)
    assert site.asked == 1


@pytest.mark.django_db
def test_of_an_argument_that_is_given_twice_the_last_counts(cache: PageCache, site: Counting) -> None:
    role = make_live(Role, occupation=make_occupation(), fit="exact")
    for area in (make_area(), make_area("Texas", "state"), make_area("Ohio", "state")):
        make_wage(area=area)
    query = "area=texas&area=ohio"
    assert Answer(cache, role_path(role), query).text == Answer(site, role_path(role), query).text
    assert Answer(cache, role_path(role), "area=ohio").status == 200
    assert len(cache.others.kept) == 1


@pytest.mark.django_db
def test_pages_at_addresses_that_nobody_made_never_push_out_the_others(
    monkeypatch: pytest.MonkeyPatch, site: Counting
) -> None:
    monkeypatch.setattr(caching, "OTHER_BYTES", 30_000)
    cache = PageCache(site, check_seconds=0)
    roles = [make_live(Role) for _ in range(5)]
    kept = role_path(roles[0])
    Answer(cache, kept)
    slugs = sorted(role.slug for role in roles)
    pairs = [f"/compare/{a}-vs-{b}/" for n, a in enumerate(slugs) for b in slugs[n + 1 :]]
    assert {Answer(cache, pair).status for pair in pairs} == {200}
    assert 0 < len(cache.others.kept) < len(pairs)
    assert cache.others.size <= 30_000
    asked = site.asked
    Answer(cache, kept)
    assert site.asked == asked


@pytest.mark.django_db
def test_other_names_of_the_site_never_push_out_pages_at_its_own(cache: PageCache, settings: Any) -> None:
    settings.SITE_URL = "http://localhost"
    path = role_path(make_live(Role))
    for port in ("", ":1", ":2"):
        Answer(cache, path, HTTP_HOST=f"localhost{port}")
    assert (len(cache.written.kept), len(cache.others.kept)) == (1, 2)


@pytest.mark.django_db
def test_a_change_that_is_undone_purges_nothing(cache: PageCache, site: Counting) -> None:
    role = make_live(Role)
    Answer(cache, role_path(role))
    with pytest.raises(RuntimeError), transaction.atomic():
        publish(revise(role, definition="Never said."), by=make_user())
        raise RuntimeError
    Answer(cache, role_path(role))
    assert site.asked == 1


@pytest.mark.django_db
def test_what_was_scheduled_shows_at_its_moment(cache: PageCache) -> None:
    role = make_live(Role)
    Answer(cache, role_path(role))
    moment = timezone.now() + timedelta(seconds=0.5)
    schedule(revise(role, definition="Keeps the morning."), by=make_user(), at=moment)
    asked = timezone.now()
    while asked < moment:
        is_new = "Keeps the morning." in Answer(cache, role_path(role)).text
        assert not is_new or timezone.now() >= moment
        asked = timezone.now()
    assert "Keeps the morning." in Answer(cache, role_path(role)).text


@pytest.mark.django_db
def test_figures_that_become_current_later_show_at_that_moment(cache: PageCache, site: Counting) -> None:
    role = make_live(Role, occupation=make_occupation(), fit="exact")
    make_wage()
    moment = timezone.now() + timedelta(seconds=0.5)
    release = make_release(2026, current_from=moment)
    make_wage(release=release, annual_median=71_717)
    facts_changed.send(sender=Release, release=release)
    while timezone.now() <= moment:
        Answer(cache, role_path(role))
    assert "71,717" in Answer(site, role_path(role)).text
    assert "71,717" in Answer(cache, role_path(role)).text


@pytest.mark.django_db
def test_purges_of_yesterday_are_not_kept(django_capture_on_commit_callbacks: Any) -> None:
    Purge.objects.create(due_at=ahead(days=-2))
    coming = Purge.objects.create(due_at=ahead(days=2))
    with django_capture_on_commit_callbacks(execute=True):
        purge()
    assert Purge.objects.count() == 2
    assert coming in Purge.objects.all()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_two_acts_of_which_both_find_old_purges_do_not_wait_for_each_other() -> None:
    Purge.objects.create(due_at=ahead(days=-2))
    both = Barrier(2, timeout=5)
    done: list[bool] = []

    def act() -> None:
        with transaction.atomic():
            purge()
            both.wait()
        connection.close()
        done.append(True)

    threads = [Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [True, True]


@pytest.mark.django_db
def test_a_sign_in_purges_nothing() -> None:
    user = make_user()
    before = Purge.objects.count()
    user.last_login = timezone.now()
    user.save(update_fields=["last_login"])
    assert Purge.objects.count() == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_readers_get_what_is_kept_while_the_database_cannot_be_asked(
    cache: PageCache, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    role = make_live(Role)
    kept = Answer(cache, role_path(role)).text

    def refuse(*_args: Any) -> None:
        raise error("gone")

    with connection.execute_wrapper(refuse):
        assert Answer(cache, role_path(role)).text == kept
        monkeypatch.setattr(cache.written.kept["http", "localhost", role_path(role), ""], "until", 0)
        assert Answer(cache, role_path(role)).text == kept
        assert Answer(cache, "/roles/").status == 503


@pytest.mark.django_db
def test_a_page_that_was_purged_while_it_was_made_is_not_kept(site: Counting) -> None:
    role = make_live(Role)

    def published_meanwhile(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer = site(environ, start_response)
        if site.asked == 1:
            publish(revise(role, definition="Said meanwhile."), by=make_user())
            Answer(cache, "/roles/")  # another request of this process, which looks for purges
        return answer

    cache = PageCache(published_meanwhile, check_seconds=0)
    assert "Said meanwhile." not in Answer(cache, role_path(role)).text
    assert "Said meanwhile." in Answer(cache, role_path(role)).text


def without_database(application: Any) -> PageCache:
    """Return a cache that never looks for purges."""
    cache = PageCache(application)
    cache.check_at = float("inf")
    return cache


def test_requests_that_come_together_make_a_page_once() -> None:
    together, asked = Barrier(4), []

    def slow(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        asked.append(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Type", "text/plain"), ("Cache-Control", "public")])
        return [b"page"]

    cache = without_database(slow)

    def ask() -> None:
        together.wait()
        answers.append(Answer(cache, "/roles/").sent)

    answers: list[bytes] = []
    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (answers, asked) == ([b"page"] * 4, ["/roles/"])


def test_what_a_reader_sends_is_not_remembered_however_long_it_is() -> None:
    cache = without_database(lambda environ, start_response: start_response("200 OK", []) or [b""])
    tracemalloc.start()
    for number in range(50):
        long = f"{number:06}" + "x" * 60_000
        Answer(cache, f"/roles/{long}/", HTTP_ACCEPT_ENCODING=long)
        Answer(cache, "/roles/", HTTP_ACCEPT_ENCODING=long)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 1_000_000


def test_a_purge_may_pass_while_another_thread_asks_for_it() -> None:
    class Passing(list[tuple[float, str]]):
        """What another thread empties as soon as somebody has seen that it is not empty."""

        def __len__(self) -> int:
            length = super().__len__()
            self.clear()
            return length

        def __bool__(self) -> bool:
            return len(self) > 0

    purges = Pending()
    purges.coming = Passing([(0.0, "")])
    purges.is_due()


class Clock:
    """The machine's clock, which is put forward and back."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch, self.time, self.now = patch, time.time, timezone.now

    def put(self, seconds: int) -> None:
        self.patch.setattr(time, "time", lambda: self.time() + seconds)
        self.patch.setattr(timezone, "now", lambda: self.now() + timedelta(seconds=seconds))


@pytest.mark.django_db
def test_what_had_opened_is_closed_again_when_the_clock_is_put_back(
    cache: PageCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    role, clock = make_live(Role), Clock(monkeypatch)
    schedule(revise(role, summary="<p>What is to come.</p>"), by=make_user(), at=ahead(seconds=1800))
    for seconds, is_shown in [(0, False), (3600, True), (0, False), (3600, True)]:
        clock.put(seconds)
        assert ("What is to come." in Answer(cache, role_path(role)).text) == is_shown
    clock.put(-3600)
    assert Answer(cache, role_path(role)).status == 404


@pytest.mark.django_db(transaction=True)
def test_a_clock_that_is_put_back_takes_nothing_from_readers_while_the_database_is_away(
    cache: PageCache, site: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = role_path(make_live(Role))
    kept = Answer(cache, path).text

    def refuse(*_args: Any) -> None:
        raise OperationalError("gone")

    Clock(monkeypatch).put(-10)
    with connection.execute_wrapper(refuse):
        assert Answer(cache, path).text == kept
    assert site.asked == 1
    Answer(cache, path)
    assert site.asked == 2


def test_an_answer_may_be_given_while_another_pushes_out_the_oldest() -> None:
    class Asked(OrderedDict[Key, Kept]):
        """What another thread gives an answer of as soon as somebody begins to go through it."""

        def __iter__(self) -> Iterator[Key]:
            keys = super().__iter__()
            self.move_to_end(next(super().__iter__()))
            return keys

    answers = [Kept("200 OK", [], b"", codings=["gzip"]) for _ in range(3)]
    store = Store(2 * answers[0].size)
    store.kept = Asked()
    for n, answer in enumerate(answers):
        store.put(("http", "localhost", f"/{n}/", ""), answer)
    assert len(store.kept) == 2


def test_what_shows_more_than_a_header_holds_goes_stale_with_anything() -> None:
    few, many = (shows(HttpResponse(), [f"d{n}" for n in range(count)]) for count in (100, 1000))
    assert len(few["Surrogate-Key"].split()) == len(few["Cache-Tag"].split(",")) == 100
    assert many["Surrogate-Key"] == many["Cache-Tag"] == "anything"


def test_what_varies_by_more_says_so() -> None:
    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Vary", "Cookie"), ("Cache-Control", "public")])
        return [b"for one reader"]

    cache = without_database(application)
    assert Answer(cache, "/roles/").headers["Vary"] == "Accept-Encoding, Cookie"
    assert not cache.written.kept


def test_what_a_reader_keeps_in_cookies_reaches_no_page() -> None:
    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Cache-Control", "public")])
        return [environ.get("HTTP_COOKIE", "").encode()]

    cache = without_database(application)
    assert Answer(cache, "/roles/", HTTP_COOKIE="messages=mine").text == ""


class Site(RuleBasedStateMachine):
    """A desk that changes this and that, and readers of two processes that ask for any page at any time."""

    def __init__(self, editor: User, documents: list[Document]) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.editor, self.documents = editor, documents
        self.site = get_wsgi_application()
        self.processes = [PageCache(self.site, check_seconds=0) for _ in range(2)]
        self.words = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def word(self) -> str:
        self.words += 1
        return f"Word {self.words}"

    @rule(number=st.integers(0, 3))
    def publish(self, number: int) -> None:
        document: Any = self.documents[number]
        document.refresh_from_db()
        field = {Role: "definition", Comparison: "standfirst", Page: "standfirst"}[type(document)]
        publish(revise(document, by=self.editor, **{field: f"{self.word()} is said of it."}), by=self.editor)

    @rule(number=st.integers(0, 1))
    def save_a_draft(self, number: int) -> None:
        role: Any = self.documents[number]
        role.refresh_from_db()
        revise(role, by=self.editor, definition="Never published.")

    @rule(kind=st.sampled_from([Edition.Kind.NOTICE, Edition.Kind.GONE]))
    def take_the_comparison_down(self, kind: Edition.Kind) -> None:
        comparison: Any = self.documents[2]
        if comparison.editions.live().exists():
            withdraw([comparison], by=self.editor, kind=kind, reason="Outdated." if kind == Edition.Kind.NOTICE else "")

    @rule(model=st.sampled_from([Category, Tag]))
    def rename_a_shelf(self, model: Any) -> None:
        shelf = model.objects.first()
        setattr(shelf, "title" if model is Category else "name", self.word())
        shelf.save()

    @rule()
    def rename_the_author(self) -> None:
        author = User.objects.exclude(pk=self.editor.pk).first()
        assert author
        author.byline = self.word()
        author.save()

    @rule(process=st.integers(0, 1), page=st.integers(0, 6))
    def read(self, process: int, page: int) -> None:
        a, b, comparison, about = (each for each in self.documents)
        pages = [
            *("/", "/roles/", "/categories/", "/topics/"),
            *(f"/roles/{a.slug}/", f"/compare/{comparison.working_slug}/", f"/{about.slug}/"),  # type: ignore[attr-defined]
        ]
        given, now = Answer(self.processes[process], pages[page]), Answer(self.site, pages[page])
        assert (given.status, given.text) == (now.status, now.text)
        assert "Never published." not in given.text


@pytest.mark.django_db
def test_whatever_changes_no_process_gives_what_the_site_would_not_say_now() -> None:
    editor, author = make_user(), make_user("writer")
    roles = [make_live(Role, tags=["Light"]) for _ in range(2)]
    comparison = make_live(Comparison, role_a=roles[0], role_b=roles[1], category=make_category(), author=author)
    page = make_page()
    publish(revise(page), by=editor)
    settings_ = hypothesis_settings(
        max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(lambda: Site(editor, [*roles, comparison, page]), settings=settings_)  # type: ignore[arg-type]

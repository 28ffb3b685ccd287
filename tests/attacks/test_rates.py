"""Who asks without end is told to wait, and nobody else is.

(How it is counted: tests/publishing/test_limits.py. Reports: tests/publishing/test_reports.py. Sign-ins:
tests/publishing/test_accounts.py.)
"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from articles.models import ChosenPair
from careers.models import Role
from publishing import limits
from publishing.export.reader import connections_left_open
from publishing.page_cache import PageCache
from tests.answers import Answer
from tests.articles.builders import sign_in
from tests.builders import make_live
from tests.config.test_settings import read, refusal

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

HERE, ELSEWHERE = "9.9.9.9", "149.112.112.112"


@pytest.fixture(autouse=True)
def _few(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everybody ask twice in a minute."""
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, (2, 0))
    monkeypatch.setattr(limits, "_windows", (limits._Window(60), limits._Window(3600)))


def ask(address: str, *, place: str = HERE, **headers: str) -> Any:
    return Client().get(address, REMOTE_ADDR=place, headers=headers)


def statuses(address: str, *, place: str = HERE, times: int = 3) -> list[int]:
    return [ask(address, place=place).status_code for _ in range(times)]


def test_a_place_that_searches_without_end_gets_a_page_that_says_when_to_go_on() -> None:
    assert statuses("/search/?q=keeper") == [200, 200, 429]
    refused = ask("/search/?q=another")
    assert "asked more often than we can take. Try again in a minute." in refused.content.decode()
    assert 0 < int(refused["Retry-After"]) <= 60
    assert "no-store" in refused["Cache-Control"]
    assert statuses("/search/?q=keeper", place=ELSEWHERE) == [200, 200, 429]
    assert statuses("/search/?q=keeper", place="127.0.0.1") == [200, 200, 200]


@pytest.mark.parametrize("address", ["/search/offered.json?q=keeper", "/roles/found.json?q=keeper"])
def test_a_field_that_asks_without_end_is_offered_nothing(address: str) -> None:
    make_live(Role, title="Lamp Keeper")
    assert statuses(address) == [200, 200, 429]
    assert ask(address).json() == {"offers": [], "said": "Try again in a minute."}
    assert "Retry-After" in ask(address)


def test_a_program_that_asks_without_end_gets_a_problem_and_reads_in_a_header_when_to_go_on() -> None:
    assert statuses("/api/v1/roles") == [200, 200, 429]
    refused = ask("/api/v1/roles", origin="https://elsewhere.example")
    assert (refused["Content-Type"], refused.json()["status"]) == ("application/problem+json", 429)
    assert refused.json()["detail"].endswith("more often than it can take. Try again in a minute.")
    assert refused["Access-Control-Allow-Origin"] == "*"
    assert "Retry-After" in refused["Access-Control-Expose-Headers"]
    assert "no-store" in refused["Cache-Control"]


def test_what_a_page_may_ask_before_it_asks_is_not_counted() -> None:
    asked = [Client().options("/api/v1/roles", REMOTE_ADDR=HERE).status_code for _ in range(3)]
    assert asked == [204, 204, 204]
    assert statuses("/api/v1/roles") == [200, 200, 429]


def test_a_place_that_looks_for_what_is_not_there_gets_the_page_that_says_so_without_offers() -> None:
    make_live(Role, title="Lamp Keeper")
    offered = ["/roles/lamp-keeper/" in ask("/lamp-keeper/").content.decode() for _ in range(3)]
    assert offered == [True, True, False]
    assert statuses("/lamp-keeper/") == [404, 404, 404]


def test_of_one_place_no_more_choices_are_counted_than_a_reader_makes_and_each_is_led_on(settings: Settings) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"search": (0, 0)}
    for title in ("Lamp Keeper", "Rope Maker"):
        make_live(Role, title=title)
    choose = "/compare/?a=lamp+keeper&b=rope+maker"
    assert statuses(choose, times=4) == [302] * 4
    assert ChosenPair.objects.get().times == 2


def test_a_place_that_chooses_without_end_is_told_to_wait_and_still_reads_the_list() -> None:
    assert statuses("/compare/?a=x&b=y") == [200, 200, 429]
    assert statuses("/compare/") == [200, 200, 200]


def test_a_page_that_the_page_cache_holds_is_given_however_often_it_is_asked_for() -> None:
    make_live(Role, title="Lamp Keeper")
    with connections_left_open():
        cache = PageCache(get_wsgi_application(), check_seconds=0)
        assert {Answer(cache, "/roles/lamp-keeper/", REMOTE_ADDR=HERE).status for _ in range(9)} == {200}
    assert limits._windows[0].counts == {}


@pytest.mark.parametrize("sent", [{"text": "nothing"}, {"file": "a.txt"}], ids=["pasted", "file"])
def test_somebody_of_the_desk_hands_in_only_so_many_articles_in_a_minute(client: Client, sent: dict[str, Any]) -> None:
    sign_in(client, "Writer")
    address = reverse("admin:articles_comparison_import")

    def hand_in() -> int:
        file = {"file": SimpleUploadedFile(sent["file"], b"nothing")} if "file" in sent else {}
        return client.post(address, sent | file).status_code

    assert [hand_in() for _ in range(3)] == [200, 200, 429]
    assert "Nothing was kept of what you sent last." in client.post(address, {"text": "nothing"}).content.decode()
    assert client.get(address).status_code == 200
    other = Client()
    sign_in(other, "Writer")
    assert other.post(address, {"text": "nothing"}).status_code == 200


def test_pictures_and_tables_count_as_well(client: Client) -> None:
    sign_in(client, "Editor")
    added = reverse("admin:images_image_add")
    asked = [client.post(added, {"file": SimpleUploadedFile("a.png", b"x")}).status_code for _ in range(3)]
    assert asked == [200, 200, 429]


def test_the_operator_sets_single_limits_and_may_take_all_away() -> None:
    assert read(RATE_LIMITS='{"search": [5, 50]}').RATE_LIMITS == read().RATE_LIMITS | {"search": (5, 50)}
    assert set(read(RATE_LIMITS="null").RATE_LIMITS.values()) == {(0, 0)}


@pytest.mark.parametrize("given", ['{"search": 5}', '{"search": [5]}', '{"search": [-1, 5]}', '{"letters": [1, 2]}'])
def test_a_limit_that_cannot_be_meant_is_refused_in_a_sentence(given: str) -> None:
    said = refusal(RATE_LIMITS=given)
    assert "RATE_LIMITS has " in said
    assert "name one of search, offers, api, pairs, reports, uploads" in said

"""More than anybody types: every place that takes something says so, and none fails or takes long.

(A form that is too large to be kept: tests/articles/admin/test_open_forms.py. Reports without number:
tests/publishing/test_reports.py. Files: test_uploads.py.)
"""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.conf import settings as conf
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from careers.models import Role
from publishing.models import Report
from publishing.models.reports import LONGEST
from tests.articles.builders import sign_in
from tests.builders import make_live

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

SECONDS = 5
"""What an answer may take on a busy machine; each takes milliseconds."""
LARGEST, LARGEST_AT_THE_DESK = 600_000, 5_000_000
"""How many bytes an answer has at most, what was asked among them: lists of the desk have it in every link."""
ANSWERED = {200, 302, 400, 404, 414, 422}
ASKED = [
    "/search/?q={}",
    "/search/?q=a&category={}",
    "/search/?q=a&page={}",
    "/search/?q=a&kind={}",
    "/search/offered.json?q={}",
    "/roles/found.json?q={}",
    "/compare/?a={0}&b={0}",
    "/compare/?older={}",
    "/roles/?after={}",
    "/report/?path=/{}",
    "/api/v1/roles?cursor={}",
    "/api/v1/occupations?q={}",
    "/api/v1/compare?a={0}&b={0}",
    "/{}/",
    "/roles/{}/",
    "/shared/{}/",
    "/cards/{}.png",
    "/sitemap-roles-{}.xml",
]
TEXTS = {
    "letters": "a" * 60_000,
    "words": "manager+" * 8_000,
    "numbers": "9" * 60_000,
    "combining": "%CC%81" * 10_000,
    "wildcards": "%25_*" * 10_000,
    "brackets": "((" * 20_000,
    "nul": "%00" * 1_000,
    "not utf-8": "%FF%FE" * 1_000,
}


def faults(client: Client, form: str, *, largest: int) -> dict[str, str]:
    """Ask with each text in the form's place; return how what was answered is amiss, by the text's name."""
    found = {}
    for name, text in TEXTS.items():
        begun = time.process_time()
        answer = client.get(form.format(text))
        took, length = time.process_time() - begun, len(answer.getvalue())
        if answer.status_code not in ANSWERED or took > SECONDS or length > largest:
            found[name] = f"{answer.status_code}, {took:.1f} s, {length} bytes"
    return found


@pytest.mark.parametrize("form", ASKED)
def test_an_address_without_end_is_answered_at_once(client: Client, form: str) -> None:
    make_live(Role)
    assert faults(client, form, largest=LARGEST) == {}


def report(client: Client, **sent: Any) -> Any:
    return client.post("/report/", {"path": "/", "text": "Wrong."} | sent, headers={"Origin": "http://testserver"})


def test_a_report_that_is_too_long_is_given_back_with_a_sentence(client: Client) -> None:
    answer = report(client, text="a" * (LONGEST + 1))
    assert answer.status_code == 400
    assert f"Write it in at most {LONGEST} characters; yours has {LONGEST + 1}." in answer.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {"text": "a" * (conf.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)},
        {f"field-{number}": "a" for number in range(conf.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)},
    ],
    ids=["bytes", "fields"],
)
def test_a_form_without_end_is_not_read(client: Client, sent: dict[str, str]) -> None:
    assert report(client, **sent).status_code in {400, 413}
    assert not Report.objects.exists()


@pytest.mark.parametrize("name", ["search", "schedule", "reports", "queue", "as-of"])
def test_the_desk_answers_an_address_without_end(client: Client, settings: Settings, name: str) -> None:
    settings.SECOND_FACTOR = False
    sign_in(client, "Editor")
    address = reverse(f"admin:{name}")
    assert faults(client, address + "?q={0}&page={0}&next=/{0}", largest=LARGEST_AT_THE_DESK) == {}


@pytest.mark.parametrize("model", ["careers_role", "articles_comparison", "publishing_redirect", "images_image"])
def test_the_lists_of_the_desk_do_as_well(client: Client, settings: Settings, model: str) -> None:
    settings.SECOND_FACTOR = False
    sign_in(client, "Editor")
    address = reverse(f"admin:{model}_changelist")
    assert faults(client, address + "?q={0}&p={0}&o={0}", largest=LARGEST_AT_THE_DESK) == {}

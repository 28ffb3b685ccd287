"""Pictures in an S3-compatible store: SeaweedFS, which the tests start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from careers.models import Role
from images.library import remove
from images.models import Image
from images.pictures import Picture, frozen
from tests.browser.serving import ROOT, free_port
from tests.builders import make_live, make_user
from tests.images.builders import decoded, encoded, gradient, make_image, plain, uploaded
from tests.servers import BUCKET, KEYS, Running, s3_client, s3_server, site

pytestmark = pytest.mark.sqlite

FOR_EVER = "public, max-age=31536000, immutable"


class Fetched(NamedTuple):
    """What a browser got."""

    status: int
    body: bytes
    headers: Message


def fetch(url: str) -> Fetched:
    """Ask for the address as a browser does, which has no keys."""
    try:
        with urlopen(url, timeout=10) as answer:  # noqa: S310
            return Fetched(answer.status, answer.read(), answer.headers)
    except HTTPError as error:
        with error:
            return Fetched(error.code, error.read(), error.headers)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with s3_server(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def bucket(store: Running) -> Iterator[Any]:
    """Give the bucket, empty."""
    client = s3_client(store.url)
    for key in keys_in(client):
        client.delete_object(Bucket=BUCKET, Key=key)
    yield client
    client.close()


@pytest.fixture
def stored(settings: Settings, monkeypatch: pytest.MonkeyPatch, bucket: Any) -> Any:
    """Keep pictures in the bucket; give it."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    _keep_in(settings, bucket.meta.endpoint_url)
    return bucket


def _keep_in(settings: Settings, url: str) -> None:
    options = {"bucket_name": BUCKET, "location": "careers", "endpoint_url": url, "region_name": "us-east-1"}
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "images.storage.Bucket", "OPTIONS": options}}


def keys_in(bucket: Any) -> set[str]:
    return {each["Key"] for each in bucket.list_objects_v2(Bucket=BUCKET).get("Contents", ())}


def test_what_was_opened_can_be_read_while_the_store_does_not_answer(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    with s3_server(tmp_path) as server:
        _keep_in(settings, server.url)
        kept_as = default_storage.save("cards/one.png", ContentFile(b"one"))
        file = default_storage.open(kept_as)
    with file:
        assert file.read() == b"one"


@pytest.mark.django_db(transaction=True)
def test_a_picture_goes_from_the_desk_through_the_store_to_readers(client: Client, stored: Any, tmp_path: Path) -> None:
    client.force_login(make_user(username="edith", is_superuser=True))
    texts = {"title": "Desk", "alt": "A desk", "focus_x": "0.5", "focus_y": "0.5", "credit": ""}
    file = uploaded(encoded(gradient(900, 600)), "../../etc/Café plan (1).png")
    assert client.post(reverse("admin:images_image_add"), texts | {"file": file}).status_code == 302
    role = make_live(Role, image=Image.objects.get())

    name = re.compile(r"careers/(originals/[0-9a-f]{64}\.png|renditions/[0-9a-f]{64}\.(avif|webp))")
    assert all(name.fullmatch(key) for key in keys_in(stored))
    place = f"s3://{BUCKET}/careers?endpoint={stored.meta.endpoint_url}&region=us-east-1"
    with site(tmp_path, MEDIA_STORAGE_URL=place, **KEYS) as server:
        page = BeautifulSoup(fetch(f"{server.url}/roles/{role.slug}/").body, "html.parser")
        sources = {str(page.select_one("figure img")["src"])}  # type: ignore[index]
        source = page.select_one('source[type="image/avif"]')
        assert isinstance(source, Tag)
        sources |= {each.split()[0] for each in str(source["srcset"]).split(", ")}
        pictures = [fetch(server.url + each) for each in sources]
        original = fetch(f"{server.url}/media/originals/{Path(str(Image.objects.get().file)).name}")
        missing = fetch(f"{server.url}/media/renditions/{'0' * 64}.webp")
    assert len(pictures) > 2
    for picture in pictures:
        assert picture.status == 200
        assert picture.headers["Content-Type"] == f"image/{str(decoded(picture.body).format).lower()}"
        assert picture.headers["Cache-Control"] == FOR_EVER
        assert picture.headers["Content-Length"] == str(len(picture.body))
    assert (original.status, missing.status) == (404, 404)


@pytest.mark.django_db
def test_the_store_knows_what_each_file_is_and_how_long_it_may_be_kept(stored: Any) -> None:
    make_image()
    heads = {key: stored.head_object(Bucket=BUCKET, Key=key) for key in keys_in(stored)}
    told = {
        (key.split("/")[1], Path(key).suffix, head["ContentType"], head["CacheControl"]) for key, head in heads.items()
    }
    assert told == {
        ("originals", ".png", "image/png", "private, no-store"),
        ("renditions", ".avif", "image/avif", FOR_EVER),
        ("renditions", ".webp", "image/webp", FOR_EVER),
    }


@pytest.mark.django_db
def test_without_keys_nothing_is_to_be_had_from_the_store(stored: Any) -> None:
    make_image()
    addresses = [f"{stored.meta.endpoint_url}/{BUCKET}/{key}" for key in ["", *keys_in(stored)]]
    assert {fetch(address).status for address in addresses} == {403}


@pytest.mark.django_db
def test_with_the_policy_of_the_guide_browsers_fetch_renditions_and_no_original_from_the_store(
    stored: Any, settings: Settings
) -> None:
    guide = (ROOT / "docs/deploying.md").read_text()
    policy = re.search(r"```json\n(.*?)```", guide, re.DOTALL)
    assert policy
    stored.put_bucket_policy(Bucket=BUCKET, Policy=policy[1].replace("side-by-side", BUCKET))
    settings.MEDIA_PUBLIC_URL = f"{stored.meta.endpoint_url}/{BUCKET}/careers"
    image = make_image(plain(800, 600))
    try:
        picture = Picture.of({"1": frozen(image)}, 1)
        assert picture
        fetched = fetch(picture.src)
        original = fetch(f"{settings.MEDIA_PUBLIC_URL}/{image.file}")
    finally:
        stored.delete_bucket_policy(Bucket=BUCKET)
    assert (fetched.status, fetched.headers["Content-Type"], fetched.headers["Cache-Control"]) == (
        200,
        "image/webp",
        FOR_EVER,
    )
    assert decoded(fetched.body).size == (800, 600)
    assert original.status == 403


@pytest.mark.django_db
def test_another_focal_point_leaves_the_files_that_published_pages_show(client: Client, stored: Any) -> None:
    image = make_image(gradient(900, 600))
    before = keys_in(stored)
    client.force_login(make_user(username="edith", is_superuser=True))
    texts = {"title": "Desk", "alt": "A desk", "focus_x": "0.9", "focus_y": "0.5", "credit": ""}
    assert client.post(reverse("admin:images_image_change", args=[image.pk]), texts).status_code == 302
    assert keys_in(stored) > before


@pytest.mark.django_db(transaction=True)
def test_what_is_removed_leaves_nothing_in_the_store_and_takes_nothing_of_another_picture(stored: Any) -> None:
    first, second = make_image(plain(400, 300)), make_image(plain(800, 600))  # some of their sizes look the same
    both = keys_in(stored)
    remove(first)
    assert keys_in(stored) < both
    files = [str(second.file), *(str(one.file) for one in second.renditions.all())]
    assert keys_in(stored) == {f"careers/{name}" for name in files}
    remove(second)
    assert keys_in(stored) == set()


@pytest.mark.usefixtures("stored")
def test_a_file_that_somebody_else_wrote_meanwhile_is_not_written_over() -> None:
    store: Any = default_storage
    mine, theirs = (store._save("renditions/a.webp", ContentFile(each)) for each in (b"mine", b"theirs"))
    assert mine == "renditions/a.webp"
    assert re.fullmatch(r"renditions/a_\w+\.webp", theirs)
    with default_storage.open(mine) as file:
        assert file.read() == b"mine"


@pytest.mark.django_db
def test_a_store_that_does_not_answer_is_told_in_a_sentence(
    stored: Any, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    image = make_image()
    image.renditions.all().delete()
    _keep_in(settings, f"http://127.0.0.1:{free_port()}")
    with pytest.raises(OSError, match="The store of MEDIA_STORAGE_URL cannot be asked: Could not connect"):
        make_image(plain(colour="red"))
    with pytest.raises(CommandError, match="1 picture could not be read"):
        call_command("make_renditions")
    assert "“Desk”" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.usefixtures("stored")
def test_an_editor_is_told_that_the_store_does_not_answer(client: Client, settings: Settings) -> None:
    client.force_login(make_user(username="edith", is_superuser=True))
    _keep_in(settings, f"http://127.0.0.1:{free_port()}")
    texts = {"title": "Desk", "alt": "A desk", "focus_x": "0.5", "focus_y": "0.5", "credit": ""}
    sent = client.post(reverse("admin:images_image_add"), texts | {"file": uploaded(encoded(plain()))}, follow=True)
    assert "Nothing was saved, since the picture’s files could not be kept or read. The store" in sent.content.decode()
    assert not Image.objects.exists()


@pytest.mark.usefixtures("stored")
def test_keys_that_the_store_does_not_know_are_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another key")
    with pytest.raises(OSError, match="The store of MEDIA_STORAGE_URL refuses this"):
        default_storage.save("renditions/a.webp", ContentFile(b"mine"))

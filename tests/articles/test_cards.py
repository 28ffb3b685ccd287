"""Cards: every text finds its place, nothing is drawn that no face has, and nobody but the site says what is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.test import Client
from PIL import Image, ImageChops
from pytest_django import Settings

from articles.cards import drawing, keeping
from articles.cards.card import HEIGHT, LONGEST, WIDTH, Card, signed
from articles.cards.drawing import MARGIN, PAPER, ROOM, draw
from articles.cards.fonts import SANS, SERIF, face_for, plain
from articles.cards.keeping import picture_of
from articles.cards.lines import fitted, width_of
from articles.models import Comparison, Page
from careers.models import Role
from publishing.publish import publish
from tests.builders import make_category, make_live, make_user, revise

LONG = "Human Resources Generalist for International Organisations and Public Administration " * 2
TEXTS = {
    "short": "Dean",
    "usual": "Practice Manager vs. Office Manager: What Are the Differences?",
    "long": LONG,
    "one long word": "Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 3,
    "Greek": "Διευθυντής έργου ή διευθυντής προϊόντος: ποιες είναι οι διαφορές;",
    "Cyrillic": "Менеджер проекта или менеджер продукта: в чём разница?",
    "Arabic": "مدير المشروع أم مدير المنتج: ما الفرق بينهما؟",
    "Hebrew": "מנהל פרויקט או מנהל מוצר: מה ההבדלים?",
    "Vietnamese": "Quản lý dự án và quản lý sản phẩm: khác nhau thế nào?",
    "emoji": "👩‍🍳 Cook vs. Baker 🚀",
}
UNSET = {
    "Chinese": "项目经理与产品经理",
    "Japanese": "店長とマネージャー",
    "Devanagari": "परियोजना प्रबंधक",
    "Thai": "ผู้จัดการ",
}


def opened(card: Card) -> Image.Image:
    picture = Image.open(BytesIO(draw(card)))
    assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))
    return picture.convert("RGB")


def inked(picture: Image.Image) -> tuple[int, int, int, int]:
    """Return the box in which something is drawn."""
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, PAPER)).getbbox()
    assert box
    return box


# ---- what is drawn --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize(
    "below", [{"words": LONG}, {"roles": (LONG, "Office Manager")}, {}], ids=["words", "roles", "-"]
)
def test_every_text_stays_within_the_margins(heading: str, below: dict[str, object]) -> None:
    left, top, right, bottom = inked(opened(Card.of(heading, **below)))  # type: ignore[arg-type]
    # Letters may reach a little beyond the width that they take up.
    assert left >= MARGIN - 8
    assert right <= WIDTH - MARGIN + 8
    assert top >= MARGIN - 8
    assert bottom <= HEIGHT - 60


@pytest.mark.parametrize("heading", TEXTS.values(), ids=TEXTS)
def test_a_heading_does_not_touch_what_stands_below_it(heading: str) -> None:
    picture = opened(Card.of(heading, roles=("Practice Manager", "Office Manager")))
    roles_begin = HEIGHT - drawing.FOOT - 2 * drawing.ROLE_STEP
    gap = picture.crop((0, roles_begin - 16, WIDTH, roles_begin))
    assert not ImageChops.difference(gap, Image.new("RGB", gap.size, PAPER)).getbbox()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_no_box_is_drawn_for_a_missing_character(text: str) -> None:
    assert face_for(plain(text), (SERIF, SANS))


@pytest.mark.parametrize("text", UNSET.values(), ids=UNSET)
def test_a_script_that_no_face_has_gets_the_mark_alone(text: str) -> None:
    marks = draw(Card.of(""))
    assert (
        draw(Card.of(text)) == draw(Card.of("Cook", words=text)) == draw(Card.of("Cook", roles=("Cook", text))) == marks
    )
    assert draw(Card.of("Cook")) != marks


def test_which_characters_a_face_has_is_what_its_table_says() -> None:
    has = {"a": (True, True), "ж": (True, True), "ع": (False, True), "中": (False, False), "🚀": (False, False)}
    assert {text: tuple(bool(face_for(text, [face])) for face in (SERIF, SANS)) for text in has} == has


def test_emoji_are_left_out_and_signs_that_words_need_are_kept() -> None:
    assert plain("👩‍🍳 Cook™ 🚀 & Baker 😀\x00") == "Cook™ & Baker"
    assert plain("می\u200cخواهم") == "می\u200cخواهم"
    assert plain("e\u0301") == "é"


def test_a_card_that_runs_from_right_to_left_is_mirrored() -> None:
    arabic, latin = (opened(Card.of(text, words=text)) for text in ("مدير", "Dean"))
    left, right = (0, 160, WIDTH // 2, HEIGHT), (WIDTH // 2, 160, WIDTH, HEIGHT)
    plain_half = Image.new("RGB", (WIDTH // 2, HEIGHT - 160), PAPER)
    assert not ImageChops.difference(arabic.crop(left), plain_half).getbbox()
    assert not ImageChops.difference(latin.crop(right), plain_half).getbbox()


def test_both_roles_have_their_marks_and_colours() -> None:
    picture = opened(Card.of("Cook or baker?", roles=("Cook", "Baker")))
    top = HEIGHT - drawing.FOOT - 2 * drawing.ROLE_STEP
    middles = [(MARGIN + drawing.ROLE_MARK // 2, top + drawing.ROLE_STEP * n + drawing.ROLE_STEP // 2) for n in (0, 1)]
    edge = (middles[1][0] - drawing.ROLE_MARK // 2 + 3, middles[1][1])
    seen = [picture.getpixel(at) for at in (*middles, edge)]
    wanted = [Image.new("RGB", (1, 1), colour).getpixel((0, 0)) for colour in (drawing.ROLE_A, PAPER, drawing.ROLE_B)]
    for one, other in zip(seen, wanted, strict=True):
        assert isinstance(one, tuple)
        assert isinstance(other, tuple)
        assert max(abs(x - y) for x, y in zip(one, other, strict=True)) < 12


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_lines_are_no_wider_than_their_room(text: str) -> None:
    text = plain(text)
    lines = fitted(text, str(face_for(text, (SERIF, SANS))), sizes=(88, 44), width=ROOM, height=160)
    assert lines.height <= 160
    assert all(width_of(line, lines.font) <= ROOM for line in lines.lines)


def test_a_text_that_does_not_fit_is_cut_with_an_ellipsis_and_one_that_does_is_whole() -> None:
    cut = fitted(LONG, SERIF, sizes=(88, 80), width=ROOM, height=200)
    assert cut.font.size == 80
    assert cut.lines[-1].endswith("…")
    whole = fitted("Cook or baker?", SERIF, sizes=(88, 80), width=ROOM, height=200)
    assert (whole.lines, whole.font.size) == (["Cook or baker?"], 88)


# ---- addresses ------------------------------------------------------------------------------------------------------


def test_an_address_holds_what_is_drawn() -> None:
    card = Card.of("Cook  or\nbaker?", roles=("Cook", "Baker"))
    token = card.get_absolute_url().removeprefix("/cards/").removesuffix(".png")
    assert signed(token) == card == Card("Cook or baker?", "", ("Cook", "Baker"), "Side by Side")
    assert card.get_absolute_url() == card.get_absolute_url()
    assert Card.of("Cook or waiter?").get_absolute_url() != card.get_absolute_url()


def test_no_address_is_longer_than_networks_take() -> None:
    address = Card.of("项" * 300, roles=("目" * 300, "経" * 300)).get_absolute_url()
    assert len(address) < 2_000
    assert len(Card.of(LONG * 9).heading) == LONGEST


def test_what_the_site_did_not_sign_is_not_drawn(client: Client, media_root: Path, db: None) -> None:
    token = Card.of("Cook").get_absolute_url().removeprefix("/cards/").removesuffix(".png")
    for forged in ("made-up", token[:-1], f"x{token}", token.replace(":", ":x")):
        assert client.get(f"/cards/{forged}.png").status_code == 404
    assert not media_root.exists()


# ---- keeping --------------------------------------------------------------------------------------------------------


def kept(media_root: Path) -> list[Path]:
    return sorted((media_root / "cards").iterdir())


def test_a_card_is_drawn_once_and_kept(client: Client, media_root: Path) -> None:
    path = Card.of("Cook").get_absolute_url()
    answer = client.get(path)
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    [file] = kept(media_root)
    drawn = file.stat().st_mtime_ns
    assert client.get(path).content == answer.content == file.read_bytes()
    assert kept(media_root) == [file]
    assert file.stat().st_mtime_ns == drawn


def test_a_card_that_was_thrown_away_or_half_written_is_drawn_again(media_root: Path) -> None:
    card = Card.of("Cook")
    whole = picture_of(card)
    [file] = kept(media_root)
    file.unlink()
    assert picture_of(card) == whole
    file.write_bytes(whole[:100])
    assert picture_of(card) == whole
    assert [file.read_bytes()] == [each.read_bytes() for each in kept(media_root)] == [whole]


def test_many_who_ask_at_once_get_one_and_the_same(media_root: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: picture_of(Card.of("Cook")), range(16)))
    assert len(answers) == 1
    assert len(kept(media_root)) == 1


def test_no_more_are_kept_than_there_is_room_for(media_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST", 2)
    for heading in ("Cook", "Baker", "Waiter"):
        assert picture_of(Card.of(heading)).endswith(keeping.END)
    assert len(kept(media_root)) == 2


class Contested(FileSystemStorage):
    """A storage in which another process is always faster."""

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        super().save(name, ContentFile(content.read()), max_length)
        return super().save(name, content, max_length)


def test_where_another_process_was_faster_its_file_stays_alone(settings: Settings, media_root: Path) -> None:
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"{__name__}.Contested"}}
    content = picture_of(Card.of("Cook"))
    assert [file.read_bytes() for file in kept(media_root)] == [content]


# ---- pages ----------------------------------------------------------------------------------------------------------


def metas(client: Client, path: str) -> dict[str, str]:
    page = client.get(path).content.decode()
    return {
        name: unescape(content)
        for name, content in re.findall(
            r'<meta (?:property|name)="((?:og|twitter|article):[^"]+)" content="([^"]*)"', page
        )
    }


@pytest.fixture
def paths(db: None) -> Iterator[dict[str, str]]:
    """Give the path of a page of each kind, and its heading."""
    roles = [make_live(Role, title=title, tags=["Height"]) for title in ("Cook", "Baker")]
    make_live(Role, title="Waiter")
    make_live(
        Comparison,
        role_a=roles[0],
        role_b=roles[1],
        category=make_category("R&D", slug="r-and-d", description="Ropes."),
    )
    make_live(Page, title="About", standfirst="Who “we” are.")
    yield {
        "/": "Which of two jobs is for you?",
        "/compare/": "Compare any two roles",
        "/compare/cook-vs-baker/": "Cook vs. Baker: What Are the Differences?",
        "/compare/cook-vs-waiter/": "Cook vs. Waiter: What Are the Differences?",
        "/categories/": "Categories",
        "/categories/r-and-d/": "R&D",
        "/topics/": "Topics",
        "/topics/height/": "Height",
        "/roles/": "Roles from A to Z",
        "/roles/cook/": "Cook",
        "/about/": "About",
    }


def test_every_page_says_how_it_is_shared(client: Client, paths: dict[str, str]) -> None:
    for path, heading in paths.items():
        said = metas(client, path)
        assert said["og:title"] == heading, path
        assert said["og:url"] == f"http://testserver{path}", path
        assert said["og:description"], path
        is_article = re.fullmatch(r"/compare/.+/", path)
        assert said["og:type"] == ("article" if is_article else "website"), path
        assert (said["og:site_name"], said["og:locale"]) == ("Side by Side", "en_US"), path
        assert said["og:image:alt"] == f"{heading} · Side by Side", path
        assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630"), path
        assert said["twitter:card"] == "summary_large_image", path
        card = signed(said["og:image"].removeprefix("http://testserver/cards/").removesuffix(".png"))
        assert card
        assert card.heading == heading


def test_the_card_of_a_comparison_names_both_roles(client: Client, paths: dict[str, str]) -> None:
    for path, roles in (
        ("/compare/cook-vs-baker/", ("Cook", "Baker")),
        ("/compare/cook-vs-waiter/", ("Cook", "Waiter")),
    ):
        address = metas(client, path)["og:image"]
        assert client.get(urlsplit(address).path).status_code == 200
        card = signed(urlsplit(address).path.removeprefix("/cards/").removesuffix(".png"))
        assert card
        assert card.roles == roles


def test_another_title_has_another_card_and_the_old_one_is_still_there(client: Client, db: None) -> None:
    comparison = make_live(Comparison)
    before = metas(client, comparison.working_path())["og:image"]
    publish(revise(comparison, title="Another title"), by=make_user())
    after = metas(client, comparison.working_path())["og:image"]
    assert after != before
    assert [client.get(urlsplit(each).path).status_code for each in (before, after)] == [200, 200]


def test_the_addresses_are_those_of_the_site_whatever_the_host(client: Client, settings: Settings, db: None) -> None:
    settings.SITE_URL = "https://careers.example.org"
    said = metas(client, "/")
    assert said["og:image"].startswith("https://careers.example.org/cards/")
    assert said["og:url"] == "https://careers.example.org/"


@pytest.mark.parametrize("path", ["/search/?q=typed+words", "/nothing/typed-words/", "/report/?path=/typed-words/"])
def test_nothing_that_somebody_typed_is_drawn(client: Client, db: None, path: str) -> None:
    card = signed(metas(client, path)["og:image"].removeprefix("http://testserver/cards/").removesuffix(".png"))
    assert card == Card.of("Side by Side")

"""Files in every encoding are text, and what is no text is refused with a sentence."""

import pytest

from articles.importing.article import Unreadable
from articles.importing.decode import MAX_BYTES, decode
from articles.importing.read import read_article

from . import samples

TEXT = f"{samples.TITLE}\n\nA café’s “menu” – and more about dental hygienists and dental assistants.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_without_a_note(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == (TEXT, [])


@pytest.mark.parametrize(("bom", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_utf16_is_read_in_either_order(bom: bytes, encoding: str) -> None:
    assert decode(bom + TEXT.encode(encoding)) == (TEXT, [])


def test_windows_1252_is_read_with_a_note_on_its_first_line() -> None:
    text, notes = decode(TEXT.encode("cp1252"))
    assert text == TEXT
    assert [(note.line, note.kind) for note in notes] == [(3, "guessed")]


def test_latin_1_is_read_with_a_note() -> None:
    text, notes = decode("Caf\xe9 \x81".encode("latin-1"))
    assert text == "Café "
    assert len(notes) == 1


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\v", "\f"])
def test_every_line_end_is_a_line_feed(end: str) -> None:
    assert decode(f"a{end}b".encode())[0] == "a\nb"


def test_characters_that_nobody_sees_are_dropped() -> None:
    assert decode("soft\u00adhyphen, \u200bzero\ufeff, \ufdd01\ufdd1".encode())[0] == "softhyphen, zero, 1"


REFUSED = {
    "nothing": (b"", "is empty"),
    "blank lines": (b" \n\t\r\n", "is empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", "is empty"),
    "a PDF": (b"%PDF-1.7 ...", "is a PDF"),
    "an old Word file": (b"\xd0\xcf\x11\xe0....", "is an old Word file"),
    "half of a Word file": (b"PK\x03\x04....", "is damaged"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a text file"),
    "control characters": (bytes(range(1, 9)) * 9, "not a text file"),
    "half of UTF-16": (b"\xff\xfea", "says that it is UTF-16"),
    "too much": (b"a" * (MAX_BYTES + 1), "5.0 MB"),
}


@pytest.mark.parametrize(("data", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_text_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words) as refused:
        read_article(data, name="article.txt")
    assert refused.value.line is None
    assert str(refused.value).endswith(".")

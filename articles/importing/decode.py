"""Bytes to text, whatever program wrote the file."""

import codecs

from .article import Note, Unreadable

MAX_BYTES = 5 * 1024 * 1024

SIGNATURES = {
    b"%PDF": "This is a PDF; save the article as Word (.docx), text, Markdown or HTML and import that.",
    b"\xd0\xcf\x11\xe0": "This is an old Word file (.doc) or one with a password; save the article as a plain .docx.",
    b"{\\rtf": "This is an RTF file; save the article as Word (.docx), text, Markdown or HTML.",
}
BOMS = (  # UTF-32 first: its little-endian mark begins like that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BINARY = "This is not a text file; save the article as Word (.docx), text, Markdown or HTML and import that."

# Noncharacters are never text, and `markup` uses two of them to count lines.
INVISIBLE = [
    *range(0x20),
    *range(0x7F, 0xA0),
    0xAD,
    0x200B,
    0x2060,
    0xFEFF,
    *range(0xFDD0, 0xFDF0),
    0xFFFE,
    0xFFFF,
]
CLEAN = dict.fromkeys(INVISIBLE) | dict.fromkeys(map(ord, "\n\v\f\r\x85\u2028\u2029"), "\n") | {0x09: "\t"}


def decode(data: bytes) -> tuple[str, list[Note]]:
    """The text of a file with `\\n` line ends, and a note when its encoding had to be guessed.

    Raises Unreadable for a file that is too large, empty, or no text.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"The file is {len(data) / 1024 / 1024:.1f} MB and an article may have 5 MB; "
            "remove what is not the article, such as embedded images."
        )
    for signature, reason in SIGNATURES.items():
        if data.startswith(signature):
            raise Unreadable(reason)
    text, notes = _decoded(data)
    if _is_binary(text):
        raise Unreadable(BINARY)
    text = text.replace("\r\n", "\n").translate(CLEAN)
    if not text.strip():
        raise Unreadable("The file is empty; export the article again and import that.")
    return text, notes


def _decoded(data: bytes) -> tuple[str, list[Note]]:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _strict(data, encoding), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        sentence = "The file is not UTF-8 and was read as Windows-1252 (Western); check accents and dashes."
        return _western(data), [Note(line, sentence, "guessed")]


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable(
            f"The file says that it is {encoding.removesuffix('-sig').upper()} and is not; save it as UTF-8 again."
        ) from None


def _western(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _is_binary(text: str) -> bool:
    """Text has no NUL and next to no other control characters."""
    if "\0" in text:
        return True
    controls = sum(text.count(chr(code)) for code in range(1, 0x20) if chr(code) not in "\t\n\v\f\r\x1a")
    return controls > max(3, len(text) // 100)

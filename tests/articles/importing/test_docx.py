"""Word files are read like every other article; nothing of their text goes without a word, and none does harm."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from articles.importing.article import Article, Unreadable
from articles.importing.read import read_article
from publishing.archives import MAX_DEPTH, MAX_FILES, MAX_UNPACKED

from . import samples
from .word import LINK, NAMES, article, deleted, docx, inserted, link, moved_directory, p, packed, r, table

SALARY = f"<p>{samples.SALARY}</p>"


def read(data: bytes, *, name: str = "dental.docx") -> Article:
    """Return the article in a Word file."""
    return read_article(data, name=name)


def after_the_text(*further: str, **parts: str) -> Article:
    """Return the article that goes on like this in its last section."""
    return read(docx(article(*further), parts=parts))


def last(read: Article) -> str:
    """Return what the last section says beyond its usual paragraph."""
    return read.sections[-1].body.removeprefix(SALARY)


def notes(read: Article) -> str:
    """Return all that is noted."""
    return "\n".join(note.sentence for note in read.notes)


def test_a_word_file_comes_to_what_the_same_text_in_markdown_comes_to() -> None:
    word, markdown = read(docx()), read(samples.markdown().encode(), name="a.md")
    for name in ("title", "role_a", "role_b", "standfirst", "intro", "summary_a", "summary_b", "versus"):
        assert getattr(word, name) == getattr(markdown, name), name
    assert [(s.heading, s.body) for s in word.sections] == [(s.heading, s.body) for s in markdown.sections]
    assert [f.amount for f in word.figures] == [f.amount for f in markdown.figures]
    assert word.notes == ()


def test_headings_that_are_only_bold_are_headings() -> None:
    sections = [p(x) for h, b in samples.SECTIONS.items() for x in (r(h, bold=True), b)]
    body = "".join([p(r(samples.TITLE, bold=True)), p(samples.INTRO), *sections])
    assert [section.heading for section in read(docx(body)).sections] == list(samples.SECTIONS)


def test_the_ending_of_the_name_does_not_matter() -> None:
    assert read(docx(), name="dental.txt").role_a == "Dental Hygienist"


def test_bold_and_links_are_kept() -> None:
    found = last(after_the_text(p("Read ", link("the handbook"), " ", r("first", bold=True), ".")))
    assert found == f'<p>Read <a href="{LINK}">the handbook</a> <strong>first</strong>.</p>'


def test_lists_and_tables_are_kept() -> None:
    found = last(
        after_the_text(p("Gloves", bullet=True), p("Masks", bullet=True), table(["Role", "Hours"], ["A", "30"]))
    )
    assert "<ul><li>Gloves</li><li>Masks</li></ul>" in found
    assert [cell.get_text() for cell in BeautifulSoup(found, "html.parser").find_all("td")] == [
        "Role",
        "Hours",
        "A",
        "30",
    ]


def test_lines_are_counted_by_paragraphs() -> None:
    assert [section.line for section in read(docx()).sections] == [10, 12, 14, 16, 18]


def test_of_tracked_changes_what_was_inserted_is_text_and_what_was_deleted_is_noted() -> None:
    found = after_the_text(p("Both pay ", inserted("rather well"), deleted("badly"), "."))
    assert last(found) == "<p>Both pay rather well.</p>"
    assert "deleted with tracked changes: “badly”" in notes(found)
    assert "what was inserted stands in the text" in notes(found)


def test_a_footnote_becomes_a_source_and_its_mark_goes() -> None:
    footnote = f'<w:footnote w:id="2">{p("Outlook Handbook, https://example.org/ooh")}</w:footnote>'
    note = f"<w:footnotes {NAMES}>{footnote}</w:footnotes>"
    found = after_the_text(p("Both pay.", '<w:r><w:footnoteReference w:id="2"/></w:r>'), footnotes=note)
    assert last(found) == "<p>Both pay.</p>"
    assert [(s.title, s.url) for s in found.sources] == [("Outlook Handbook", "https://example.org/ooh")]
    assert "A footnote was read as a source" in notes(found)


def test_comments_headers_and_footers_are_noted() -> None:
    comment = f'<w:comment w:id="0" w:author="Ann">{p("Check the pay.")}</w:comment>'
    found = after_the_text(
        comments=f"<w:comments {NAMES}>{comment}</w:comments>",
        header1=f"<w:hdr {NAMES}>{p('Draft of May')}</w:hdr>",
        footer1=f"<w:ftr {NAMES}>{p('For the desk')}</w:ftr>",
    )
    assert "a comment by Ann: “Check the pay.”" in notes(found)
    assert "the page's header: “Draft of May”" in notes(found)
    assert "the page's footer: “For the desk”" in notes(found)


def test_text_that_stands_where_it_is_not_read_is_noted() -> None:
    found = after_the_text(p("Above. ", f"<w:fancy>{p('Words in a drawing')}</w:fancy>"))
    assert "which could not be read whole: “Words in a drawing”" in notes(found)


def test_a_picture_is_noted() -> None:
    names = (
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    )
    drawing = (
        f'<w:r><w:drawing {names}><wp:inline><wp:docPr descr="A chair"/><a:graphic><a:graphicData><pic:pic>'
        '<pic:blipFill><a:blip r:embed="link"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )
    assert "the image “A chair”" in notes(after_the_text(p(drawing)))


def test_three_roles_are_refused_with_the_line() -> None:
    body = p("Nurse vs. Doctor vs. Dentist: What Are the Differences?", style="Title") + p(samples.INTRO)
    with pytest.raises(Unreadable) as refused:
        read(docx(body))
    assert refused.value.line == 1


ENTITIES = f'<!DOCTYPE w:document [<!ENTITY a "{"ha" * 40}"><!ENTITY b "{"&a;" * 40}">]>'
DEEP = "<w:smartTag>" * MAX_DEPTH + p("deep") + "</w:smartTag>" * MAX_DEPTH
HARMFUL = {
    "a zip file that is no Word file": (packed({"a.txt": b"a"}), "no Word file"),
    "half a file": (docx()[:600], "damaged"),
    "a directory that begins elsewhere": (moved_directory(docx()), "damaged"),
    "XML that is none": (packed({"word/document.xml": b"<w:document>"}), "damaged"),
    "a prefix that nothing declares": (packed({"word/document.xml": b"<w:document/>"}), "save it again"),
    "a Word file without its parts": (packed({"word/document.xml": b"<document/>"}), "save it again"),
    "entities": (
        docx(files={"word/document.xml": ENTITIES.encode() + b"<document>&b;</document>"}),
        "declares entities",
    ),
    "a bomb": (docx(files={"word/media/zeros.bin": bytes(MAX_UNPACKED)}), "unpacks to more than 10 MB"),
    "a small bomb": (docx(files={"word/zeros.bin": bytes(MAX_UNPACKED // 2)}), "100 times its size"),
    "elements without end": (docx(article(DEEP)), "stand in one another"),
    "files without number": (docx(files={f"{n}.txt": b"" for n in range(MAX_FILES)}), "more than 1000 files"),
}


@pytest.mark.parametrize(("data", "words"), HARMFUL.values(), ids=HARMFUL)
def test_what_would_do_harm_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words) as refused:
        read(data)
    assert str(refused.value).endswith(".")

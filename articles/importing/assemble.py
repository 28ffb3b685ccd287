"""The blocks of a file, put together as an Article."""

import re
from dataclasses import dataclass, field
from datetime import date

from articles import titles

from . import bylines, lines
from .article import Article, Note, Section, Side, Source
from .blocks import Block, Document
from .body import Kind, Part, parts_of
from .bounds import refuse_long_document
from .bylines import Imprint
from .ending import without_ending, without_furniture
from .figures import figures_in
from .findings import Findings
from .headings import LEARN, classify, is_line, is_title_case
from .opening import Title, find_title
from .roles import Roles
from .sources import sources_in
from .text import sentences

NO_SHELF = re.compile(r":$|\b(?:takeaways?|glance|summary|answer|version|facts|highlights|points)\b", re.IGNORECASE)
MAX_CATEGORY_WORDS = 6
MAX_STANDFIRST = 260
MAX_ENTRY = 300


@dataclass
class _Above:
    """What stands above the title: text of the article, and the line that may be its category."""

    text: list[Block] = field(default_factory=list)
    category: Block | None = None


def article_from(document: Document) -> Article:
    """The article of a document. Raises Unreadable when it has no title over two roles, or is more than an article."""
    refuse_long_document(document)
    title = find_title(document)
    findings = Findings(title.pair, notes=document.notes)
    roles = Roles(title.pair, text="\n".join(block.text for block in document.blocks))
    above = _above_the_title(document.blocks[: title.index or 0], findings)
    below = document.blocks[0 if title.index is None else title.index + 1 :]
    blocks = without_furniture(without_ending(below, findings), findings)
    if blocks and _continues_the_title(blocks[0], roles):
        findings.left_out(blocks.pop(0), "the title goes on")
    parts = parts_of([*above.text, *blocks], roles, findings)
    opening = _without_imprint(parts[0].blocks, findings)
    _take_kicker(opening, document, findings)
    standfirst, intro = _standfirst(document, opening, findings)
    category = _category(document, above, findings)
    _note_title(document, title, findings)
    figures, notes = figures_in(parts, roles)
    byline = document.front.get("byline") or _byline(findings) or document.meta.get("byline", "")
    _take_neighbours(parts, findings)
    return Article(
        title=titles.unshouted(title.text),
        category=category,
        standfirst=standfirst,
        role_a=title.pair.a,
        role_b=title.pair.b,
        heading_a=_heading(parts, "summary", "a"),
        heading_b=_heading(parts, "summary", "b"),
        heading_versus=_heading(parts, "versus"),
        summary_a=_html(parts, "summary", "a"),
        summary_b=_html(parts, "summary", "b"),
        intro="".join(block.html for block in intro),
        versus=_html(parts, "versus"),
        sections=tuple(Section(part.heading, part.html, part.line) for part in parts if part.kind == "section"),
        figures=tuple(figures),
        byline=byline,
        published=_date(document, "published", findings),
        updated=_date(document, "updated", findings),
        sources=tuple(source for part in parts if part.kind == "sources" for source in _sources(part, findings)),
        tags=_tags(document, findings),
        wishes=tuple(findings.wishes),
        notes=tuple(sorted([*findings.notes, *notes], key=lambda note: note.line)),
    )


def _continues_the_title(block: Block, roles: Roles) -> bool:
    """Whether a line under the title, such as "What Are the Differences?", belongs to it."""
    line = block.kind == "text" and is_line(block.text) and not roles.named(block.text)
    return line and classify(block.text, roles).kind == "versus"


def _above_the_title(blocks: list[Block], findings: Findings) -> _Above:
    above = _Above()
    for block in reversed(without_furniture(blocks, findings, after_title=False)):
        if findings.take_imprint(block):
            continue
        if lines.crumbs(block.text):
            findings.take_crumbs(block.text)
            findings.left_out(block, "the path to the article")
        elif not _may_be_category(block):
            above.text.insert(0, block)
        elif above.category is None and block.level != 1:  # A heading of the first level is the site's name.
            above.category = block
            findings.categories.append(block.text.strip(" :"))
        else:
            findings.left_out(block, "a line above the title")
    return above


def _may_be_category(block: Block) -> bool:
    short = is_line(block.text) and len(block.text.split()) <= MAX_CATEGORY_WORDS
    return block.kind in ("text", "heading") and short


def _category(document: Document, above: _Above, findings: Findings) -> str:
    found = [document.front.get("category", ""), *findings.categories, document.meta.get("category", "")]
    category = titles.unshouted(next(filter(None, found), ""))
    if above.category and above.category.text.strip(" :").casefold() != category.casefold():
        findings.left_out(above.category, "a line above the title")
    return category


def _note_title(document: Document, title: Title, findings: Findings) -> None:
    if title.guess:
        findings.guessed(title.line, f"{title.guess}: “{title.text}”.")
    again = None if title.index is None else document.blocks[title.index]
    if again and again.text != title.text:
        findings.left_out(again, "the title once more")


def _without_imprint(blocks: list[Block], findings: Findings) -> list[Block]:
    """The opening without author and dates; a bare name beside a date is the author's."""
    taken = [findings.take_imprint(block) for block in blocks]
    kept = []
    for index, block in enumerate(blocks):
        beside = any(taken[max(0, index - 1) : index + 2])
        if not taken[index] and beside and not _byline(findings) and bylines.is_person(block.text):
            findings.imprints.append(Imprint(block.text))
            findings.guessed(block.line, f"A name beside the date was read as the author's: “{block.text}”.")
        elif not taken[index]:
            kept.append(block)
    return kept


def _take_kicker(opening: list[Block], document: Document, findings: Findings) -> None:
    """Take a line such as "Legal Careers" under the title for the category, if nothing else names one."""
    known = document.front.get("category") or findings.categories
    first = opening[0] if len(opening) > 1 and not known else None
    if first and _is_kicker(first, opening[1]):
        del opening[0]
        findings.categories.append(first.text)
        findings.guessed(first.line, f"The line under the title was read as the category: “{first.text}”.")


def _is_kicker(block: Block, below: Block) -> bool:
    plain = block.kind == below.kind == "text" and not block.bold and not NO_SHELF.search(block.text)
    return plain and _may_be_category(block) and is_title_case(block.text)


def _standfirst(document: Document, opening: list[Block], findings: Findings) -> tuple[str, list[Block]]:
    """The standfirst and the blocks of the intro: of two paragraphs or more, a short first one introduces."""
    first = opening[0] if opening else None
    stated = document.front.get("standfirst", "")
    if first and (first.text == stated if stated else _introduces(first, opening[1:])):
        if not stated and not LEARN.match(first.text):
            findings.guessed(first.line, f"The first paragraph was read as the standfirst: “{first.text}”")
        return first.text, opening[1:]
    if not stated and document.meta.get("standfirst"):
        stated = " ".join(document.meta["standfirst"].split())
        findings.guessed(1, f"The standfirst was taken from the description in the head of the page: “{stated}”.")
    return stated, opening


def _introduces(first: Block, rest: list[Block]) -> bool:
    long = len(first.text) > MAX_STANDFIRST or len(list(sentences(first.text))) > 2
    if first.kind != "text" or long or "<a " in first.html:
        return False
    length = sum(len(block.text) for block in rest)
    return bool(LEARN.match(first.text)) or len(first.text) < 0.6 * length


def _heading(parts: list[Part], kind: Kind, side: Side | None = None) -> str:
    return next((part.heading for part in parts if part.kind == kind and part.side == side), "")


def _html(parts: list[Part], kind: Kind, side: Side | None = None) -> str:
    return "".join(part.html for part in parts if part.kind == kind and part.side == side)


def _byline(findings: Findings) -> str:
    return next((found.byline for found in findings.imprints if found.byline), "")


def _date(document: Document, which: str, findings: Findings) -> date | None:
    for text in filter(None, (document.front.get(which), document.meta.get(which))):
        day = bylines.parse_date(text)
        if day:
            return day
        findings.notes.append(Note(1, f"Left out, no date that can be read: “{which}: {text}”.", "left out"))
    return next((day for found in findings.imprints if (day := getattr(found, which))), None)


def _tags(document: Document, findings: Findings) -> tuple[str, ...]:
    stated = [tag.strip() for tag in document.front.get("tags", "").split(",")]
    return tuple(dict.fromkeys(tag for tag in [*stated, *findings.tags] if tag))


def _sources(part: Part, findings: Findings) -> list[Source]:
    found: list[Source] = []
    for block in part.blocks:
        entries = sources_in(block)
        if len(block.text) > MAX_ENTRY and not any(source.url for source in entries):
            findings.left_out(block, "it stood among the sources")
        else:
            found += entries
    return found


def _take_neighbours(parts: list[Part], findings: Findings) -> None:
    for part in parts:
        for block in part.blocks:
            if part.kind == "contents":
                findings.left_out(block, "a table of contents")
            elif part.kind == "related":
                findings.wish_all(block)

"""The body of an article, cut into its parts: opening, summaries, the comparison and its sections."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape, unescape
from typing import Literal

from . import headings, topics
from .article import Note, Side
from .blocks import Block
from .findings import Findings
from .headings import Heading
from .roles import Roles
from .text import first_sentence

AMOUNT = re.compile(r"\$ ?\d")
BOLD = 7  # The level of a bold line in a text that declares its headings: below all of them.
LEAD_WORDS = 40
FAQ = re.compile(r"\b(?:faqs?|frequently asked|questions)\b", re.IGNORECASE)
RUN_IN = re.compile(r"<p>(?:<strong>([^<>]{2,60}?)(?:[:.]</strong>|</strong>[:.])|([A-Z][\w ]{2,40}):)\s+(?=\S)")

Kind = Literal["opening", "summary", "versus", "section", "sources", "related", "contents"]


@dataclass
class Part:
    """A run of blocks under one heading; the opening has none. Headings inside it are blocks with an h3 or h4."""

    kind: Kind
    heading: str = ""
    side: Side | None = None
    topic: str = ""
    level: int = 0
    line: int = 1
    blocks: list[Block] = field(default_factory=list)
    sublevel: int | None = None

    @property
    def html(self) -> str:
        """All of its blocks, without the heading."""
        return "".join(block.html for block in self.blocks)


def parts_of(blocks: Sequence[Block], roles: Roles, findings: Findings) -> list[Part]:
    """The parts in the order of the file. Every block is in one of them or quoted in a note of `findings`."""
    return _Cutter(blocks, roles, findings).parts()


class _Cutter:
    def __init__(self, blocks: Sequence[Block], roles: Roles, findings: Findings) -> None:
        self._blocks = blocks
        self._roles = roles
        self._findings = findings
        self._headings = headings.found_in(blocks, roles)
        self._marked = sum(block.kind == "heading" for block in blocks) >= headings.MARKED
        gaps = Counter(block.gap for block in blocks if block.kind == "text")
        self._usual_gap = gaps.most_common(1)[0][0] if gaps else 1
        self._titles = {heading.title.casefold() for heading in self._headings.values()}
        self._headed_sides = {
            heading.side for heading in self._headings.values() if heading.kind in ("summary", "name")
        }
        self._topics = {heading.topic for heading in self._headings.values()}
        self._has_versus = any(heading.kind == "versus" for heading in self._headings.values())
        self._versus_names_roles = any(
            heading.kind == "versus" and roles.named(heading.title) for heading in self._headings.values()
        )
        self._opened = set[tuple[Kind, Side | None]]()
        self._section_level: int | None = None
        self._part = self._home = Part("opening")  # Home is where text goes on after a list of links.
        self._parts = [self._part]

    def parts(self) -> list[Part]:
        for index, block in enumerate(self._blocks):
            heading = self._headings.get(index)
            if heading:
                self._announce(heading, block, below=self._blocks[index + 1 : index + 2])
            else:
                self._add(block)
        self._note_numbers()
        return self._parts

    def _announce(self, heading: Heading, block: Block, *, below: Sequence[Block]) -> None:
        level = self._level(block)
        leads_nowhere = heading.kind == "related" and not any(map(self._may_be_links, below))
        if heading.kind in ("sources", "related", "contents") and not leads_nowhere:
            self._findings.read(block, f"the heading of {heading.kind}")
            self._open(Part(heading.kind, line=block.line, level=level))
        elif heading.kind == "introduction" and self._part.kind == "opening":
            self._findings.read(block, "the heading of the introduction")
        elif self._nests(heading, level):
            self._add_subheading(heading, block, level)
        elif self._is_summary(heading):
            self._open(Part("summary", heading.title, heading.side, level=level, line=block.line))
        elif self._is_versus(heading):
            self._section_level = None
            self._open(Part("versus", heading.title, level=level, line=block.line))
        else:
            self._section_level = level if self._section_level is None else min(level, self._section_level)
            self._open(Part("section", heading.title, topic=heading.topic, level=level, line=block.line))

    def _may_be_links(self, block: Block) -> bool:
        return block.kind != "text" or headings.is_line(block.text) or self._findings.is_neighbour(block.text)

    def _level(self, block: Block) -> int:
        """The level of a heading; one without marks in a text that has them ranks with the sections."""
        if block.level or not self._marked:
            return block.level
        return BOLD if block.bold or self._part.kind == "summary" else self._section_level or 0

    def _open(self, part: Part) -> None:
        self._part = part
        self._parts.append(part)
        self._opened.add((part.kind, part.side))
        if part.kind not in ("related", "contents"):
            self._home = part

    def _nests(self, heading: Heading, level: int) -> bool:
        """Whether the heading belongs inside the part at hand instead of ending it."""
        if self._part.kind == "summary":
            same = heading.side == self._part.side
            deeper = level > self._part.level > 0
            return (heading.kind == "summary" and same) or (deeper and not self._opens_its_own(heading))
        if self._part.kind != "section":
            return False
        if level == 0:
            return heading.kind == "name" or (heading.title.endswith("?") and bool(FAQ.search(self._part.heading)))
        return self._section_level is not None and level > self._section_level > 0 and not self._opens_its_own(heading)

    def _opens_its_own(self, heading: Heading) -> bool:
        return heading.kind == "versus" or (heading.kind == "summary" and self._is_summary(heading))

    def _is_summary(self, heading: Heading) -> bool:
        if heading.kind not in ("summary", "name") or heading.side is None:
            return False
        return ("summary", heading.side) not in self._opened

    def _is_versus(self, heading: Heading) -> bool:
        if heading.kind != "versus" or ("versus", None) in self._opened:
            return False
        return bool(self._roles.named(heading.title)) or not self._versus_names_roles

    def _add_subheading(self, heading: Heading, block: Block, level: int) -> None:
        part = self._part
        part.sublevel = level if part.sublevel is None else min(level, part.sublevel)
        tag = "h3" if level <= part.sublevel else "h4"
        html = f"<{tag}>{escape(heading.title, quote=False)}</{tag}>"
        part.blocks.append(replace(block, kind="heading", text=heading.title, html=html))

    def _add(self, block: Block) -> None:
        if self._part.kind in ("related", "contents") and not self._continues(block):
            self._part = self._home
        if block.kind == "heading":  # A sentence set large.
            block = replace(block, kind="text", html=f"<p>{block.html}</p>")
        if block.kind == "text" and headings.LISTED.match(block.text):
            self._findings.read(block, "a list of sources")
            text = headings.LISTED.sub("", block.text, count=1)
            self._parts.append(Part("sources", line=block.line, blocks=[replace(block, text=text)]))
            return
        run_in = self._run_in(block)
        if run_in:
            self._open(run_in)
            block = replace(block, html=RUN_IN.sub("<p>", block.html, count=1))
        elif implied := self._implied(block):
            self._open(implied)
        self._part.blocks.append(block)

    def _run_in(self, block: Block) -> Part | None:
        """The section that a paragraph of the comparison begins with its bold first words: "**Pay:** They earn ..."."""
        match = RUN_IN.match(block.html) if block.kind == "text" else None
        if match is None or not self._may_run_in():
            return None
        heading = headings.classify(unescape(match[1] or match[2]), self._roles)
        if not heading.topic:
            return None
        return Part("section", heading.title, topic=heading.topic, level=BOLD, line=block.line)

    def _may_run_in(self) -> bool:
        return self._part.kind == "versus" or (self._part.kind == "section" and self._part.level == BOLD)

    def _continues(self, block: Block) -> bool:
        """Whether a list of neighbours or of contents goes on with this block."""
        if block.kind == "list" or self._findings.is_neighbour(block.text):
            return True
        if self._part.kind == "related":
            return headings.is_line(block.text)
        return block.text.casefold() in self._titles

    def _implied(self, block: Block) -> Part | None:
        """The part that begins here although its heading is missing, with a note; None if none does."""
        if block.kind != "text" or self._part.kind in ("sources", "related", "contents"):
            return None
        if self._part.kind == "section" and not self._part.blocks:  # The text of the heading just above.
            return None
        wide = block.gap > self._usual_gap or not self._headings
        implied = wide and (self._implied_summary(block) or self._implied_versus(block))
        return implied or self._implied_section(block, wide=wide)

    def _implied_summary(self, block: Block) -> Part | None:
        side = self._roles.only(first_sentence(block.text))
        names = self._roles.mentions(block.text[:120])
        opens = bool(names) and names[0].start <= len("The ") and self._part.blocks
        if self._part.kind not in ("opening", "summary") or not opens or side is None or side in self._headed_sides:
            return None
        self._headed_sides.add(side)
        name = self._roles.pair.a if side == "a" else self._roles.pair.b
        self._missing(block, f"what a {name} is")
        return Part("summary", side=side, line=block.line)

    def _implied_versus(self, block: Block) -> Part | None:
        compares = len(block.text.split()) <= LEAD_WORDS and headings.DIFFERING.search(block.text)
        if self._part.kind != "summary" or self._has_versus or not compares or len(self._roles.named(block.text)) < 2:
            return None
        self._has_versus = True
        self._missing(block, "the comparison")
        return Part("versus", line=block.line)

    def _implied_section(self, block: Block, *, wide: bool) -> Part | None:
        """After a wider gap any topic begins a section; without one only pay does, stated as an amount."""
        opening = first_sentence(block.text)
        says_pay = self._part.kind in ("section", "versus") and AMOUNT.search(opening)
        topic = topics.of_talk(self._roles.without(opening)) if wide or says_pay else ""
        if not topic or topic in self._topics or self._part.kind == "opening" or not (wide or topic == "Salary"):
            return None
        self._topics.add(topic)
        sentence = f"The heading “{topic}” was put in, for the text has none here: “{opening}”"
        self._findings.guessed(block.line, sentence)
        return Part("section", topic, topic=topic, level=self._section_level or 0, line=block.line)

    def _missing(self, block: Block, what: str) -> None:
        opening = first_sentence(block.text)
        self._findings.guessed(block.line, f"A heading seems to be missing here; this was read as {what}: “{opening}”")

    def _note_numbers(self) -> None:
        numbered = [(index, heading.number) for index, heading in self._headings.items() if heading.number]
        if not numbered:
            return
        line = self._blocks[numbered[0][0]].line
        numbers = " ".join(number for _, number in numbered)
        self._findings.notes.append(Note(line, f"Left out, the numbers of the headings: “{numbers}”.", "left out"))

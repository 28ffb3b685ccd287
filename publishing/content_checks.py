"""What must be right in every kind of document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from publishing.checks import Draft, Finding, Level, content_check, limit
from publishing.checks.links import targets_of
from publishing.checks.paragraphs import digests, elsewhere
from publishing.checks.passages import reading_ease, shortened
from publishing.kinds import document_models
from publishing.models import Document

DAYS_A_MONTH = 30.44
NAMED_AT_MOST = 3
"""For how many shared paragraphs the other document is named."""


@content_check(Document)
def headings_are_in_order(draft: Draft) -> Iterator[Finding]:
    """Headings go down one level at a time, from the heading that the page puts above them."""
    for passage in draft.passages:
        above = passage.above
        for level, text in passage.headings:
            if level < passage.highest:
                sentence = f"“{text}” is a heading {level}: here headings begin at heading {passage.highest}."
                yield Finding(Level.WARNING, sentence, passage.field, passage.row)
            elif level > above + 1:
                sentence = f"“{text}” is a heading {level} below a heading {above}: heading {above + 1} is left out."
                yield Finding(Level.WARNING, sentence, passage.field, passage.row)
            above = level


@content_check(Document)
def links_lead_somewhere(draft: Draft) -> Iterator[Finding]:
    """Every link within the site leads to something that readers see."""
    if any(passage.links for passage in draft.passages):
        targets = targets_of(draft)
        for passage in draft.passages:
            for link in passage.links:
                sentence = targets.objection(link)
                if sentence:
                    yield Finding(Level.WARNING, sentence, passage.field, passage.row)


@content_check(Document)
def sentences_are_short(draft: Draft) -> Iterator[Finding]:
    """A sentence that goes on and on is named."""
    most = limit("long_sentence_words")
    for passage in draft.passages:
        for sentence in passage.sentences:
            words = len(sentence.split())
            if words > most:
                found = f"A sentence has {words} words; {most} are much already: “{shortened(sentence)}”"
                yield Finding(Level.INFO, found, passage.field, passage.row)


@content_check(Document)
def it_reads_easily(draft: Draft) -> Iterator[Finding]:
    """A text as a whole reads easily enough for somebody who looks for a job."""
    sentences = [sentence for passage in draft.passages for sentence in passage.sentences]
    if sum(len(sentence.split()) for sentence in sentences) < limit("reading_ease_words"):
        return
    ease = round(reading_ease(sentences))
    if ease < limit("reading_ease"):
        yield Finding(
            Level.INFO,
            f"The text is hard to read: its reading ease is {ease}, and {limit('reading_ease')} is hard already. "
            "Shorter sentences and shorter words help.",
        )


@content_check(Document)
def paragraphs_are_its_own(draft: Draft) -> Iterator[Finding]:
    """A long paragraph stands in one document only. What is taken over from a document that the page needs anyway is
    a beginning, and the editor is told."""
    own = digests(draft.passages)
    sources = draft.document.needs(draft.content)
    shared = elsewhere(draft.document, list(own), sources=sources) if own else {}
    if not shared:
        return
    named = _names({sharing.oldest for sharing in list(shared.values())[:NAMED_AT_MOST]})
    for digest, sharing in shared.items():
        passage, line = own[digest]
        where = f"“{named[sharing.oldest]}”" if sharing.oldest in named else "another document"
        further = f" and {sharing.documents - 1} more" if sharing.documents > 1 else ""
        if sharing.sources == sharing.documents:
            sentence = f"This paragraph is taken over from {where}: “{shortened(line)}”"
            yield Finding(Level.INFO, sentence, passage.field, passage.row)
        else:
            sentence = f"This paragraph stands in {where}{further} too: “{shortened(line)}”"
            yield Finding(Level.WARNING, sentence, passage.field, passage.row)


def _names(ids: set[int]) -> dict[int, str]:
    """Return what the documents are called, in one query for each kind."""
    copies = (kind.objects.filter(pk__in=ids).select_related() for kind in document_models())
    return {copy.pk: str(copy) for kind in copies for copy in kind}


@content_check(Document)
def somebody_vouched_for_it(draft: Draft) -> Iterator[Finding]:
    """Somebody looked at the live page within some months."""
    if draft.document.pk is None:
        return
    months = limit("unreviewed_months")
    live = draft.document.edition_model.objects.live().filter(document=draft.document.pk)
    reviewed_at = live.values_list("reviewed_at", flat=True).first()
    if reviewed_at and reviewed_at < timezone.now() - timedelta(days=months * DAYS_A_MONTH):
        since = date_format(localtime(reviewed_at), "DATE_FORMAT")
        sentence = f"Nobody has confirmed since {since} that the live page is still right: look at it again."
        yield Finding(Level.WARNING, sentence)


def fits_search_results(draft: Draft, *, title: str, description: str) -> Iterator[Finding]:
    """Yield an info for a title and a description that search results would cut.

    `title` and `description` are what the page has where the editor gave no others for search results.
    """
    for field, name, text in (("search_title", "title", title), ("search_description", "description", description)):
        length, most = len(draft.content[field] or text), limit(f"{name}_length")
        if length > most:
            yield Finding(
                Level.INFO,
                f"Search results show about {most} characters of a {name}, and this one has {length}: "
                "begin with what matters, or give a shorter one for search results.",
                field,
            )


def hardly_says_anything(text: str) -> bool:
    """Whether a text is there, but very short."""
    return 0 < len(text.split()) < limit("short_section_words")

"""The words of editions, kept in line with what is live or coming.

Rows belong to editions and never say when these are live: whoever searches joins them with the windows. So a page is
found from the moment its window opens, and not a moment longer than it is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from articles.models import Comparison, Page
from articles.search.words import words_in
from careers.models import Role
from publishing.models import Document
from publishing.richtext import plain

KINDS: tuple[type[Document], ...] = (Role, Comparison, Page)

PARTS: dict[str, tuple[str, ...]] = {
    "role": (
        *("also_called", "summary", "duties", "requirements", "environment", "skills"),
        *("education_note", "certifications", "tags"),
    ),
    "comparison": ("intro", "choose_a", "choose_b", "summary_a", "summary_b", "versus", "sections", "tags"),
    "page": ("body",),
}
"""What of a content is read, by the name of its kind, beside title and standfirst or definition."""

MOST = 4000
"""How many different words of an edition are kept."""
AT_ONCE = 500
"""How many editions are read together."""


def on_settled(sender: Any, documents: Sequence[Any], **kwargs: Any) -> None:
    """Keep the words of what is live or coming of the documents, and of nothing else (receiver of `settled`)."""
    settled = {kind: [document.pk for document in documents if isinstance(document, kind)] for kind in KINDS}
    for kind, ids in settled.items():
        if ids:
            bring_in_line(kind, kind.edition_model.objects.filter(document__in=ids))


def bring_in_line(kind: type[Document], editions: Any) -> int:
    """Keep the words of those of the kind's editions that are live or coming pages; return how many are new."""
    words = words_model(kind.edition_model)
    kept = editions.unfinished().pages()
    words.objects.filter(edition__in=editions.order_by()).exclude(edition__in=kept.order_by()).delete()
    ids = list(kept.filter(found_by=None).values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        some = editions.filter(pk__in=ids[start : start + AT_ONCE]).select_related("revision")
        words.objects.bulk_create(words(edition_id=each.pk, words=words_of(each, kind)) for each in some)
    return len(ids)


def words_model(edition_model: Any) -> Any:
    """Return the table that holds the words of such editions."""
    return edition_model._meta.get_field("found_by").related_model


def words_of(edition: Any, kind: type[Document]) -> str:
    """Return the words by which the edition is found (`joined`)."""
    return joined(edition, kind.content_of(edition.revision), kind=kind._meta.model_name or "")


def joined(edition: Any, content: Mapping[str, Any], *, kind: str) -> str:
    """Return the words of an edition with that content, apart by blanks, each once: those of its title also as
    `title_…`, and the category as `category_…`. No text has such words, since none has an underscore in it."""
    title = list(words_in(edition.title))
    texts = [lead_of(edition), *texts_of(content, kind=kind)]
    shelf = [in_category(edition.category_id)] if hasattr(edition, "category_id") else []
    words = [*shelf, *map(in_title, title), *title, *(word for text in texts for word in words_in(text))]
    return " ".join(list(dict.fromkeys(words))[:MOST])


def in_title(word: str) -> str:
    """Return the word that says: this word is in the title."""
    return f"title_{word}"


def in_category(pk: int) -> str:
    """Return the word that says: on this shelf."""
    return f"category_{pk}"


def lead_of(edition: Any) -> str:
    """Return the line that stands below the edition's title."""
    return str(edition.definition if hasattr(edition, "definition") else edition.standfirst)


def texts_of(content: Mapping[str, Any], *, kind: str) -> Iterator[str]:
    """Yield the texts of a content of that kind, in the order in which they are read."""
    for name in PARTS[kind]:
        value: Any = content.get(name) or ""
        if name == "sections":
            yield from (f"{row['heading']}. {plain(row['body'])}" for row in value)
        else:
            yield plain(value) if isinstance(value, str) else "; ".join(value)

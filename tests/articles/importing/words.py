"""The words of a text and of an article, to see that none is lost."""

import re
from collections import Counter
from html import unescape

from articles.importing.article import Article

NUMBER = re.compile(r"^\s*\d+[.)]", re.MULTILINE)  # An ordered list counts for itself.
WORD = re.compile(r"[^\W_]+")
TAG = re.compile(r"<[^>]*>")


def words(text: str) -> Counter[str]:
    """How often each word stands in a text, in lower case."""
    return Counter(WORD.findall(text.casefold()))


def words_of(article: Article) -> Counter[str]:
    """How often each word stands in the fields and notes of an article; figures repeat sentences and count nothing."""
    html = [article.intro, article.summary_a, article.summary_b, article.versus]
    html += [section.body for section in article.sections]
    fields = [article.title, article.category, article.standfirst, article.byline]
    fields += [article.heading_a, article.heading_b, article.heading_versus]
    fields += [section.heading for section in article.sections]
    fields += [f"{source.title} {source.url}" for source in article.sources]
    fields += [*article.tags, *article.wishes, *(note.sentence for note in article.notes if note.kind != "no figure")]
    fields += [str(day) for day in (article.published, article.updated) if day]
    return words(" ".join([*fields, *(unescape(TAG.sub(" ", part)) for part in html)]))


def lost(text: str, article: Article) -> Counter[str]:
    """The words of a text that are missing from the article."""
    return words(NUMBER.sub(" ", text)) - words_of(article)

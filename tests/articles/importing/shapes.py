"""A small article in one of the shapes in which articles come, and what must be read from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from articles.importing.article import Article
from articles.importing.read import read_article

from .samples import ASSISTANT, HEADING_A, HEADING_B, HYGIENIST
from .words import lost, words

ROLES = {"role_a": "Dental Hygienist", "role_b": "Dental Assistant"}
P = "<p>{}</p>".format
SUMMARIES = {"summary_a": P(HYGIENIST), "summary_b": P(ASSISTANT)}
ALL_SUMMARIES = (HEADING_A, HYGIENIST, HEADING_B, ASSISTANT)


@dataclass(frozen=True)
class Shape:
    """An article, what fields it must give, the headings of its sections, and words that its notes must have.

    `form` are the words of the file that are form and not text: keys, and addresses in Markdown.
    """

    what: str
    text: str
    fields: Mapping[str, object] = field(default_factory=dict)
    headings: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()
    name: str = "article.txt"
    form: str = ""

    def check(self) -> None:
        """See that the article is read as said, and that no word is lost."""
        article = read(self.text, name=self.name)
        assert {name: getattr(article, name) for name in self.fields} == self.fields
        if self.headings is not None:
            assert tuple(section.heading for section in article.sections) == self.headings
        notes = "\n".join(note.sentence for note in article.notes)
        assert [quoted for quoted in self.notes if quoted not in notes] == []
        if not self.name.startswith(("a.h", "export")):
            assert not lost(self.text, article) - words(self.form)


def read(source: str, *, name: str = "article.html") -> Article:
    """The article in a file of that text and name."""
    return read_article(source.encode(), name=name)

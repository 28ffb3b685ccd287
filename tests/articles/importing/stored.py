"""Articles as they are when they were read, and putting them into the database."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from articles.importing.article import Article, Section, Source, StatedFigure
from articles.importing.store import Stored, origin, store
from publishing.models import User
from tests.articles.builders import every_row
from tests.builders import make_user

DUTIES = Section("Job Duties", "<p>Rope makers twist, net makers knot.</p>", 9)
GUILD = Source("Guild of Rope Makers", "https://example.org/guild")

OF_WRITERS = ("publishing.User", "publishing.AuditEntry")
"""Tables with a row of whoever imports, who is somebody else each time."""


def pay(**fields: Any) -> StatedFigure:
    """Return pay of role A as a sentence states it that does not say where the number is from."""
    usual: dict[str, Any] = {
        "role": "a",
        "measure": "mean_pay",
        "amount": Decimal(52000),
        "amount_high": None,
        "unit": "year",
        "period": "",
        "place": "",
        "source": "",
        "source_url": "",
        "sentence": "Rope makers earn $52,000 a year on average.",
        "line": 12,
    }
    return StatedFigure(**usual | fields)


def article(**fields: Any) -> Article:
    """Return an article over rope makers and net makers; what is not said is short."""
    usual: dict[str, Any] = {
        "title": "Rope Maker vs. Net Maker: What Are the Differences?",
        "category": "Harbour Work",
        "standfirst": "Two trades of the harbour.",
        "role_a": "Rope Maker",
        "role_b": "Net Maker",
        "heading_a": "What is a Rope Maker?",
        "heading_b": "What is a Net Maker?",
        "heading_versus": "",
        "summary_a": "<p>A rope maker twists hemp.</p>",
        "summary_b": "<p>A net maker knots twine.</p>",
        "intro": "<p>Both work with fibre.</p>",
        "versus": "<p>They differ in this.</p>",
        "sections": (DUTIES, Section("Salary", "<p>Rope makers earn $52,000 a year on average.</p>", 12)),
        "figures": (pay(),),
        "byline": "",
        "published": None,
        "updated": None,
        "sources": (GUILD,),
        "tags": ("Ropes",),
        "wishes": (),
        "notes": (),
    }
    return Article(**usual | fields)


def put(read: Article, *, file: str = "ropes.txt", text: str = "as it was", by: User | None = None) -> Stored:
    """Store an article that was read in a file of that text."""
    return store(read, note=origin(file, text.encode()), by=by or make_user("writer"))


def rows() -> dict[str, list[Any]]:
    """Return all that the database holds, but for the people of this test."""
    return {table: found for table, found in every_row().items() if table not in OF_WRITERS}

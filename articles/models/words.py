"""The words by which readers find an edition: a table for each kind, full text on SQLite (FTS5) and on PostgreSQL.

`articles.search` writes and asks them. On SQLite the table is an FTS5 table, on PostgreSQL an ordinary one with a
tsvector and a GIN index; the migration makes either. Both hold the same words, which `articles.search.words` told apart
and folded, so neither database reads them in a way of its own.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from articles.models.comparisons import ComparisonEdition
from articles.models.pages import PageEdition
from careers.models import RoleEdition


class WordsField(models.TextField):  # type: ignore[type-arg]
    """Words apart by single blanks, each a run of letters, digits and underscores: a tsvector as PostgreSQL writes one,
    and what an FTS5 table makes tokens of."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return the column's type."""
        return "tsvector" if connection.vendor == "postgresql" else super().db_type(connection)


@WordsField.register_lookup
class HasAll(models.Lookup[Any]):
    """`words__has_all=["practice", "manager"]`: every one of the words is there. They are of the field's own letters,
    so that quoting makes each a word and nothing else, whatever somebody typed."""

    lookup_name = "has_all"
    prepare_rhs = False

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """Return the condition as FTS5 knows it."""
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} MATCH %s", [*parameters, " ".join(f'"{word}"' for word in self.rhs)]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """Return the condition as PostgreSQL knows it."""
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", [*parameters, " & ".join(f"'{word}'" for word in self.rhs)]


class Words(models.Model):
    """The words of one edition."""

    words = WordsField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"Words of edition {self.pk}"


class RoleWords(Words):
    """The words of a role's edition."""

    edition = models.OneToOneField(
        RoleEdition, on_delete=models.CASCADE, primary_key=True, db_column="rowid", related_name="found_by"
    )


class ComparisonWords(Words):
    """The words of a comparison's edition."""

    edition = models.OneToOneField(
        ComparisonEdition, on_delete=models.CASCADE, primary_key=True, db_column="rowid", related_name="found_by"
    )


class PageWords(Words):
    """The words of the edition of one of the site's own pages."""

    edition = models.OneToOneField(
        PageEdition, on_delete=models.CASCADE, primary_key=True, db_column="rowid", related_name="found_by"
    )

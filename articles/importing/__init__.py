"""Reading article files: bytes in, an Article out. Storing what was read is not done here."""

from .article import Article, Note, Section, Source, StatedFigure, Unreadable
from .read import read_article

__all__ = ["Article", "Note", "Section", "Source", "StatedFigure", "Unreadable", "read_article"]

"""The article importer: `read_article` turns bytes into an Article; `store`, apart from it, makes drafts of one."""

from .article import Article, Note, Section, Source, StatedFigure, Unreadable
from .read import read_article

__all__ = ["Article", "Note", "Section", "Source", "StatedFigure", "Unreadable", "read_article"]

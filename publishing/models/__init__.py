"""The press's tables: users, documents with their revisions, editions with their windows, redirects."""

from publishing.models.documents import Document, Revision
from publishing.models.editions import FOREVER, Edition, EditionQuerySet
from publishing.models.redirects import Redirect
from publishing.models.users import User

__all__ = ["FOREVER", "Document", "Edition", "EditionQuerySet", "Redirect", "Revision", "User"]

"""The press in the Django admin: what every kind of document's admin is built on, users, and redirects."""

from publishing.admin.documents import DocumentAdmin, OrderedInline
from publishing.admin.redirects import RedirectAdmin
from publishing.admin.remarks import CommentedInline
from publishing.admin.users import PersonAdmin
from publishing.admin.uses import UsedAdmin

__all__ = ["CommentedInline", "DocumentAdmin", "OrderedInline", "PersonAdmin", "RedirectAdmin", "UsedAdmin"]

"""The press in the Django admin: what every kind of document's admin is built on, users, redirects, and
the audit log."""

from publishing.admin.audit import AuditEntryAdmin, SessionAdmin
from publishing.admin.documents import DocumentAdmin, OrderedInline
from publishing.admin.redirects import RedirectAdmin
from publishing.admin.remarks import CommentedInline
from publishing.admin.users import PersonAdmin
from publishing.admin.uses import UsedAdmin

__all__ = [
    "AuditEntryAdmin",
    "CommentedInline",
    "DocumentAdmin",
    "OrderedInline",
    "PersonAdmin",
    "RedirectAdmin",
    "SessionAdmin",
    "UsedAdmin",
]

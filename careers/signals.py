"""What this app announces, inside the transaction of what happened. Receivers bring derived tables in line; one that
reaches outside the database does so with `transaction.on_commit`."""

from django.dispatch import Signal

facts_changed = Signal()
"""Sent with `release`, once for an import that stored or changed figures of it, or when an editor registered it;
and with `codes`, the occupations of which it says something else than before (None: of any)."""

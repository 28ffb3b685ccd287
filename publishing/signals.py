"""What the press announces, inside the transaction of the act. Receivers bring derived tables in line; they
never publish."""

from django.dispatch import Signal

issued = Signal()
"""Sent with `editions`, a list: what was published, scheduled, or put in a page's place in one act."""

"""What the press announces, inside the transaction of the act. Receivers bring derived tables in line; they
never publish."""

from django.dispatch import Signal

recorded = Signal()
"""Sent with `document`, a working copy, and `revision`, the new one that a save of it left."""

settled = Signal()
"""Sent with `documents`, a list of working copies: those whose windows one act changed (by publishing, scheduling,
cancelling or taking down), and those that followed them to a new path; and with `at`, the moment from which on they
changed."""

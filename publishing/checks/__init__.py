"""Content checks: what stands between a working copy and its readers.

`registry` holds the checks and runs them, `passages` takes prose apart for them, `dismissals` sets false alarms aside,
`results` keeps what was found for lists. The checks themselves stand in each app's `content_checks.py`.
"""

from publishing.checks.dismissals import dismiss, undismiss
from publishing.checks.passages import Link, Passage
from publishing.checks.registry import (
    Content,
    Draft,
    Finding,
    Level,
    content_check,
    errors,
    findings,
    limit,
    standing,
)
from publishing.checks.results import store

__all__ = [
    "Content",
    "Draft",
    "Finding",
    "Level",
    "Link",
    "Passage",
    "content_check",
    "dismiss",
    "errors",
    "findings",
    "limit",
    "standing",
    "store",
    "undismiss",
]

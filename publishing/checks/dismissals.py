"""False alarms, set aside with a reason for as long as the text that they are about stays as it is."""

from __future__ import annotations

from publishing.checks.registry import Level, findings
from publishing.checks.results import store
from publishing.errors import Refused
from publishing.models import Dismissal, Document, User

LONGEST = Dismissal._meta.get_field("reason").max_length or 0


def dismiss(document: Document, key: str, *, reason: str, by: User) -> Dismissal:
    """Set the finding with that key aside, as `by` says for the reason, and return the dismissal.

    Raises Refused without a reason, for an error, and for what the checks do not find in the working copy.
    """
    finding = next((each for each in findings(document) if each.key == key), None)
    if finding is None:
        raise Refused("The checks do not find that any more: the text has changed. Look at what they find now.")
    if finding.level is Level.ERROR:
        raise Refused(f"An error is mended, not set aside: {finding.sentence}")
    if not reason.strip():
        raise Refused("Say why it is no matter: the next person to look will want to know.")
    if len(reason) > LONGEST:
        raise Refused(f"A reason has up to {LONGEST} characters; this one has {len(reason)}.")
    values = {"sentence": finding.sentence, "reason": reason.strip(), "by": by}
    dismissal, _ = Dismissal.objects.update_or_create(document_id=document.pk, key=key, defaults=values)
    store(document)
    return dismissal


def undismiss(document: Document, key: str) -> None:
    """Let the finding with that key stand again."""
    Dismissal.objects.filter(document=document.pk, key=key).delete()
    store(document)

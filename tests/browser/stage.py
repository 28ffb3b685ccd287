"""The demo brought into the states that the guide talks about: what waits, what is scheduled, what was deleted.

`serving.staged()` runs this in the process of `manage.py`, on the data of a served site.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow
from PIL import ImageDraw

from articles.models import Comparison
from careers.models import Role
from publishing.models import Edition, Redirect, User
from publishing.publish import publish, schedule
from publishing.put_away import put_away
from publishing.reviews import approve, comment, submit
from publishing.withdraw import withdraw
from tests.articles.builders import act
from tests.browser.serving import PASSWORDS
from tests.builders import SOURCED, make_page, make_role, revise
from tests.images.builders import make_image


def tell(addresses: dict[str, str]) -> None:
    """Print the addresses for `serving.staged()`."""
    json.dump(addresses, sys.stdout)


def tomorrow() -> datetime:
    """Return nine o'clock of the next day."""
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), time(9)))


def set_stage() -> dict[str, str]:
    """Bring the demo into these states, and return where to see them."""
    User.objects.create_superuser("admin", password=PASSWORDS["admin"])
    editor, writer = (User.objects.get(username=name) for name in ("editor", "writer"))
    take_down("Salary tables", slug="taken-down", by=editor, kind=Edition.Kind.NOTICE, reason="They were out of date.")
    take_down("Press", slug="gone", by=editor, kind=Edition.Kind.GONE)
    roles = {role.slug: role for role in Role.objects.all()}
    comparisons = {comparison.working_slug: comparison for comparison in Comparison.objects.all()}
    draft = make_role(
        "Archivist",
        definition="An archivist decides which records are kept for good, and helps people to find them.",
        summary="<p>An archivist keeps what will be asked for in fifty years, and lets go of the rest.</p>",
        tags=["administration"],
    )
    submit(revise(draft, by=writer), by=writer, note="Ready to be read. The skills still need an example.")
    approved = roles["scrum-master"]
    words = "A scrum master teaches a software team how to work with Scrum, and clears its way."
    approve(submit(revise(approved, by=writer, definition=words), by=writer), by=editor, reply="Clearer than before.")
    reviewed = comparisons["delivery-manager-vs-scrum-master"]
    _rework(reviewed, by=writer)
    section = reviewed.sections.get(position=0)
    text = "Good. Could the last sentence say who decides when a deadline moves?"
    comment(reviewed, by=editor, text=text, rows="sections", row_id=section.pk)
    comment(reviewed, by=writer, text="Pay now stands in the table at the top alone.")

    coming = roles["project-manager"]
    words = "A project manager leads a piece of work with a beginning and an end, to a date and a budget."
    schedule(revise(coming, by=editor, definition=words), by=editor, at=tomorrow())
    renamed = roles["director"]
    revise(renamed, by=editor, title="Company Director", slug="company-director")
    found = roles["office-manager"]
    more = '<p>See also <a href="/roles/facilities-manager/">facilities managers</a>, who earn $71,000 or so.</p>'
    revise(found, by=editor, summary=found.summary + more)

    unsourced = SOURCED | {"amount": "69500", "source": ""}
    rival = make_role("Office Administrator", figures=[unsourced], tags=["administration"])
    revise(rival, by=writer)
    gone = make_role("Office Boss")
    revise(gone, by=writer)
    put_away(gone, by=editor)
    Redirect.objects.create(path="/roles/office-head/", document=found)
    comparisons["practice-manager-vs-office-manager"].wishes.create(title="Office Manager vs. Receptionist")
    picture = make_image(
        lamp(), title="Lamp", alt="A lamp lights the left half of a desk.", focus_x=0.31, focus_y=0.3, by=editor
    )
    return {
        **_pages(),
        **_acts(draft=draft, reviewed=reviewed, renamed=renamed, found=found, rival=rival),
        "picture": reverse("admin:images_image_change", args=[picture.pk]),
    }


def take_down(title: str, *, slug: str, by: User, **how: Any) -> None:
    """Publish a page and take it down again."""
    page = make_page(title, slug=slug)
    publish(revise(page, by=by), by=by)
    withdraw([page], by=by, **how)


def _rework(comparison: Comparison, *, by: User) -> None:
    """Change words, a section and their order, as a writer who is asked to be clearer, and submit that."""
    section = comparison.sections.get(position=0)
    section.body = section.body.replace("You keep track of", "You watch") + "<p>Neither of them writes the code.</p>"
    section.save()
    comparison.sections.exclude(pk=section.pk).last().delete()  # type: ignore[union-attr]
    words = "Both clear the way for software teams. One answers for dates; the other for how well a team uses Scrum."
    submit(revise(comparison, by=by, standfirst=words), by=by, note="Shorter standfirst, and duties in plainer words.")


def _pages() -> dict[str, str]:
    names = {
        "index": "index",
        "queue": "queue",
        "my submissions": "my-submissions",
        "schedule": "schedule",
        "another moment": "as-of",
        "comparisons": "articles_comparison_changelist",
        "new comparison": "articles_comparison_add",
        "import": "articles_comparison_import",
        "wishes": "articles_wish_changelist",
        "contradicted": "contradicted",
        "outdated": "careers_role_outdated",
        "roles": "careers_role_changelist",
        "import roles": "careers_role_import",
        "pictures": "images_image_changelist",
        "redirects": "publishing_redirect_changelist",
        "new redirect": "publishing_redirect_add",
        "users": "publishing_user_changelist",
    }
    pages = {name: reverse(f"admin:{each}") for name, each in names.items()}
    return pages | {"search": reverse("admin:search") + "?q=office"}


def _acts(*, draft: Role, reviewed: Comparison, renamed: Role, found: Role, rival: Role) -> dict[str, str]:
    acts = {
        "role": (found, "change"),
        "draft": (draft, "change"),
        "comparison": (reviewed, "change"),
        "rename": (renamed, "publish"),
        "decide": (reviewed, "decide"),
        "compare": (reviewed, "compare"),
        "history": (reviewed, "history"),
        "uses": (found, "uses"),
        "put away": (rival, "put_away"),
        "merge": (rival, "merge"),
    }
    return {name: act(document, verb) for name, (document, verb) in acts.items()}


def lamp() -> Pillow.Image:
    """Draw a lamp on a desk: 1200 x 600 pixels, plain shapes."""
    picture = Pillow.new("RGB", (2400, 1600), "#23303a")
    pen = ImageDraw.Draw(picture)
    pen.polygon([(560, 620), (960, 620), (1560, 1240), (-40, 1240)], fill="#f3dfa6")
    pen.rectangle([0, 1240, 2400, 1600], fill="#7a4f35")
    pen.line([(760, 560), (460, 300), (300, 1240)], fill="#c9d3d6", width=28, joint="curve")
    pen.polygon([(640, 460), (880, 460), (980, 640), (540, 640)], fill="#0f6b6b")
    pen.rectangle([220, 1210, 420, 1244], fill="#c9d3d6")
    for left, height, colour in ((1720, 420, "#7b2d5b"), (1830, 500, "#d9a441"), (1960, 380, "#0f6b6b")):
        pen.rectangle([left, 1240 - height, left + 100, 1240], fill=colour)
    return picture.crop((0, 200, 2400, 1400)).resize((1200, 600), Pillow.Resampling.LANCZOS)

"""Connections to PostgreSQL are cut, between requests and in the middle of them."""

from __future__ import annotations

import random
from pathlib import Path
from threading import Event

from django.db import connections
from django.utils import timezone

from articles.models import Comparison
from careers.models import Role
from tests.articles.builders import act
from tests.builders import make_live, make_user
from tests.torture import whole
from tests.torture.breaking import cut
from tests.torture.desk import OUTAGE, Browser, Editor, Tally
from tests.torture.kills import ACTS, Server, at_work, sent_one_of

WITHIN = 40
BETWEEN = 10
"""How often connections are cut within requests, and between them."""
ASKED = 12
"""How many requests follow a cut: more than there are threads to answer them."""
PAUSE = (0.0, 0.15)
"""Seconds from the moment at which somebody sent a form to the cut, at random between these."""


def cuts(folder: Path, tally: Tally, *, seed: int = 0) -> list[str]:
    """Cut the connections while people save, publish and read, and while nobody does; return what was lost. Of a cut
    within a request people are told; of one between requests nobody notices."""
    wrong, chance = Tally(), random.Random(seed)  # noqa: S311  no secret
    wrong.counts = tally.counts
    roles = [make_live(Role) for _ in range(2)]
    documents = [(each, "summary") for each in roles]
    documents.append((make_live(Comparison, role_a=roles[0], role_b=roles[1], tags=["keeping"]), "intro"))
    server, since, pause = Server(folder, workers=2), timezone.now(), Event()
    editors = [
        Editor(
            Browser(server.port, wrong, user=make_user(is_superuser=True)),
            document,
            field_name=name,
            is_told_of_outages=True,
        )
        for document, name in documents
    ]
    reader, paths = Browser(server.port, wrong), [edition.get_absolute_url() for edition in whole.live_pages()]
    connections.close_all()
    server.start()
    try:
        with at_work(editors, [reader], paths, may_answer=[OUTAGE]):
            for _ in range(WITHIN):
                sent_one_of(chance.choice(ACTS), wrong)
                pause.wait(chance.uniform(*PAUSE))
                cut()
                tally.add("faults injected: connections cut within requests")
        for _ in range(BETWEEN):
            cut()
            tally.add("faults injected: connections cut between requests")
            for document, _ in documents * (ASKED // len(documents)):
                answer = editors[0].browser.ask(act(document, "change"))
                if answer is None or answer.status != 200:
                    wrong.complain(f"After a cut between requests, a page of the desk is {answer and answer.status}.")
        return [*wrong.wrong, *whole.everything(editors, since=since), *whole.unreadable(reader)]
    finally:
        server.kill()

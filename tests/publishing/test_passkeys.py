"""What passkeys need is imported when somebody needs it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.browser.serving import ROOT
from tests.servers import database_url


def in_a_new_process(code: str) -> str:
    """Run the code in a process of the site that has done nothing yet, and return what it prints."""
    environment = {"DATABASE_URL": database_url(), "DEBUG": "true", "SECRET_KEY": "for-this-test-alone"}
    command = [sys.executable, "-c", f"import sys, django; django.setup()\n{code}"]
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


@pytest.mark.django_db
def test_a_process_that_answers_readers_imports_nothing_for_passkeys() -> None:
    ask = "from django.test import Client; print(Client().get('/roles/', headers={'host': 'localhost'}).status_code)\n"
    heavy = "print({name.partition('.')[0] for name in sys.modules} & {'fido2', 'cryptography'} or 'light')"
    assert in_a_new_process(ask + heavy).split() == ["200", "light"]


def test_whoever_needs_passkeys_finds_them_however_many_come_at_once() -> None:
    meet = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from allauth.mfa.webauthn.internal import flows\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    found = {*pool.map(lambda _: flows.auth.Fido2Server, range(64))}\n"
        "from allauth.mfa.webauthn.internal import auth\n"
        "print(found == {auth.Fido2Server}, auth.__name__)"
    )
    assert in_a_new_process(meet) == "True allauth.mfa.webauthn.internal.auth"

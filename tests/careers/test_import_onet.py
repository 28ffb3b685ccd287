from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from careers.models import OnetOccupation, Release
from tests.careers.onet.builders import KEEPERS, make_occupation, skill, tables, write

pytestmark = pytest.mark.django_db


def run(folder: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_onet", str(folder), *options, stdout=out)
    return out.getvalue()


def test_it_says_what_was_stored_and_what_was_missing(tmp_path: Path) -> None:
    make_occupation("99-1011", "Keepers")
    content = tables()
    del content["Skills"]
    told = run(write(tmp_path, content))
    assert "Stored: O*NET 29.3, 2 occupations." in told
    assert "1 tasks, 0 skills" in told
    assert "1 of 2 are joined to an occupation" in told
    assert "Not there, and left out: Skills." in told


def test_a_second_run_says_that_nothing_has_changed(tmp_path: Path) -> None:
    run(write(tmp_path, tables()))
    assert "O*NET 29.3 is stored already: nothing has changed." in run(tmp_path)


def test_it_says_what_to_do_where_no_occupation_is_here(tmp_path: Path) -> None:
    assert "Import occupations and wages first" in run(write(tmp_path, tables()))


def test_one_malformed_row_keeps_everything_out(tmp_path: Path) -> None:
    content = tables()
    content["Skills"].append(skill(KEEPERS, "Wit", "much"))
    with pytest.raises(CommandError, match="Nothing was stored. Skills.txt, row 7"):
        run(write(tmp_path, content))
    assert not Release.objects.exists()


def test_without_a_read_me_the_options_say_which_release_it_is(tmp_path: Path) -> None:
    write(tmp_path, tables(), read_me="")
    with pytest.raises(CommandError, match="--release 29.3"):
        run(tmp_path)
    with pytest.raises(CommandError, match="--published-on YYYY-MM-DD"):
        run(tmp_path, "--release", "30.2")
    run(tmp_path, "--release", "30.2", "--published-on", "2026-02-10")
    release = Release.objects.get()
    assert (release.period, str(release.reference), str(release.published_on)) == ("30.2", "2026-02-01", "2026-02-10")


def test_the_day_of_publication_can_be_said_later(tmp_path: Path) -> None:
    run(write(tmp_path, tables()))
    assert "Stored" in run(tmp_path, "--published-on", "2025-05-20")
    assert str(Release.objects.get().published_on) == "2025-05-20"
    assert OnetOccupation.objects.count() == 2

"""The command `import_wages`: files of a release in, wages and a report out."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from careers.models import Area, Occupation, Release, Wage
from careers.models.occupations import OEWS
from careers.signals import facts_changed
from publishing.models import Purge
from tests.articles.builders import every_row
from tests.careers.wages.samples import (
    BUYERS,
    CALIFORNIA,
    COMPUTER,
    COMPUTERS,
    DEVELOPERS,
    INYO,
    KANSAS_CITY,
    NATION,
    NOT_APPLICABLE,
    SHAPES,
    SOFTWARE,
    SUPPRESSED,
    TOP,
    YUBA,
    Sample,
    write_compact,
    write_flat,
    write_workbook,
)

pytestmark = pytest.mark.django_db

DATA = settings.BASE_DIR / "data"
STATED = "# period: May 2025\n# published: 2026-05-15\n"
STATED_2024 = "# period: May 2024\n# published: 2025-04-02\n"
PUBLISHED = ("--published-on", "2026-05-15")


def run(*arguments: object) -> str:
    """Run the command; return what it printed."""
    out = StringIO()
    call_command("import_wages", *map(str, arguments), stdout=out)
    return out.getvalue()


def refused(*arguments: object) -> str:
    """Run the command, which must fail and leave everything as it was; return the sentence."""
    before = every_row()
    with pytest.raises(CommandError) as error:
        run(*arguments)
    assert every_row() == before
    return str(error.value)


def write(folder: Path, *samples: Sample, opening: str = STATED, name: str = "wages.csv") -> Path:
    """Write a file that says of which release it is."""
    return write_compact(folder, samples, opening=opening, name=name)


def wage(code: str, area: str = NATION[0]) -> Wage:
    """Return the only wage of an occupation in an area."""
    return Wage.objects.get(occupation=code, area=area)


@contextmanager
def announcements() -> Iterator[list[Release]]:
    """Give the list of releases that are announced meanwhile."""
    heard: list[Release] = []

    def hear(release: Release, **_: Any) -> None:
        heard.append(release)

    facts_changed.connect(hear)
    try:
        yield heard
    finally:
        facts_changed.disconnect(hear)


def test_the_national_figures_are_those_that_were_published() -> None:
    said = run(DATA / "oews-2025-national.csv")

    assert "May 2025: 1,104 rows added" in said
    medians = {"11-9111": 123_860, "15-1252": 135_980, "29-1141": 97_550, "43-1011": 69_500}
    assert {code: wage(code).annual_median for code in medians} == medians
    assert wage("00-0000").employment == 155_495_730
    assert wage("29-1141").hourly_median == Decimal("46.90")
    teachers = wage("25-2021")
    assert (teachers.hourly_median, teachers.mark("hourly_median")) == (None, NOT_APPLICABLE)
    assert Occupation.objects.filter(level="detailed").count() == 830
    assert [Occupation.objects.get(code=code).parent_id for code in ("15-1252", "15-1250", "15-1200", "15-0000")] == [
        "15-1250",
        "15-1200",
        "15-0000",
        None,
    ]
    assert Occupation.objects.get(code="13-1020").parent_id == "13-1000"
    release = Release.objects.get()
    assert (release.source, release.period, release.reference) == (OEWS, "May 2025", date(2025, 5, 1))
    assert (release.published_on, release.url) == (date(2026, 5, 15), "https://www.bls.gov/oes/")
    assert (release.top_annual, release.top_hourly) == (239_200, Decimal("115.00"))


def test_the_figures_of_a_state_are_those_that_were_published(tmp_path: Path) -> None:
    with gzip.open(DATA / "oews-2025-states.csv.gz", "rt", encoding="utf-8") as file:
        lines = [line for line in file if line.startswith(("#", "state_fips", "06,California,15-"))]
    (tmp_path / "california.csv").write_text("".join(lines))

    run(tmp_path / "california.csv")

    assert wage("15-1252", "0600000").annual_median == 174_410
    assert Occupation.objects.get(code="15-1252").level == "detailed"


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_again_changes_nothing_and_says_so(shape: str, tmp_path: Path) -> None:
    path = SHAPES[shape](tmp_path, [Sample({"employment": 1, "annual_90": TOP}), Sample(place=YUBA)])
    run(path, *PUBLISHED)
    before = every_row()

    assert run(path) == "May 2025: nothing new. All 2 rows are stored already.\n"
    assert every_row() == before


def test_every_shape_of_the_same_figures_says_the_same(tmp_path: Path) -> None:
    samples = [Sample({"employment": 1, "annual_90": TOP, "hourly_mean": Decimal("1.50")}), Sample(place=INYO)]
    run(SHAPES["workbook"](tmp_path, samples), *PUBLISHED)

    for shape in SHAPES:
        folder = tmp_path / shape
        folder.mkdir()
        assert "nothing new" in run(SHAPES[shape](folder, samples))


def test_what_has_no_number_is_no_zero(tmp_path: Path) -> None:
    marks: dict[str, Any] = {"employment": SUPPRESSED, "annual_90": TOP, "hourly_90": NOT_APPLICABLE}

    run(write(tmp_path, Sample(marks)))

    found = wage(DEVELOPERS[0])
    assert found.marks == marks
    assert {getattr(found, name) for name in (*marks, "annual_median")} == {None}
    assert found.mark("annual_median") == ""


def test_a_further_file_adds_what_was_not_there(tmp_path: Path) -> None:
    run(write(tmp_path, Sample({"annual_median": 5})))

    said = run(write(tmp_path, Sample({"employment": 7}), Sample(place=CALIFORNIA)))

    assert "May 2025: 1 rows added, 1 completed, 0 corrected, 0 as they were." in said
    assert (wage(DEVELOPERS[0]).annual_median, wage(DEVELOPERS[0]).employment) == (5, 7)


def test_a_row_that_differs_is_refused(tmp_path: Path) -> None:
    run(write(tmp_path, Sample({"annual_median": 5000, "annual_90": TOP})))

    new = write(tmp_path, Sample({"annual_median": 6000}), Sample({"employment": 1}, BUYERS), name="new.csv")
    assert refused(new) == (
        "new.csv, row 4, column median_annual: 15-1252 in United States has 6,000 here, and 5,000 is stored for "
        "May 2025. If the file is right, replace it with --correct. Nothing was stored."
    )
    marked = write(tmp_path, Sample({"annual_90": SUPPRESSED}))
    assert "has “Not released by the source” here, and “At or above the highest wage" in refused(marked)


def test_a_correction_replaces_and_says_how_many(tmp_path: Path) -> None:
    run(write(tmp_path, Sample({"annual_median": 5, "annual_90": TOP, "employment": 3}), Sample(occupation=BUYERS)))

    said = run(write(tmp_path, Sample({"annual_median": TOP, "annual_90": 9}), Sample(occupation=BUYERS)), "--correct")

    assert "0 rows added, 0 completed, 1 corrected, 1 as they were." in said
    found = wage(DEVELOPERS[0])
    assert (found.annual_median, found.annual_90, found.employment) == (None, 9, 3)
    assert found.marks == {"annual_median": "top"}


def test_all_files_of_a_command_are_stored_or_none(tmp_path: Path) -> None:
    good = write(tmp_path, Sample(), name="good.csv")
    bad = write(tmp_path, Sample(occupation=("15", "Half a code", "detailed")), name="bad.csv")
    assert refused(good, bad).startswith("bad.csv, row 4: “15” is no SOC code")


def test_a_newer_release_becomes_current_beside_the_older_one(tmp_path: Path) -> None:
    run(write(tmp_path, Sample({"employment": 1}), opening=STATED_2024))

    said = run(write(tmp_path, Sample({"employment": 2})), "--current-from", "2026-06-01")

    assert "The site shows it from 2026-06-01 00:00 UTC on." in said
    assert Wage.objects.count() == 2
    assert Release.objects.get(period="May 2025").current_from == datetime(2026, 6, 1, tzinfo=UTC)
    assert [one.employment for one in Wage.objects.current(timezone.now())] == [2]


def test_an_older_release_never_becomes_current_and_renames_nothing(tmp_path: Path) -> None:
    run(write(tmp_path, Sample({"employment": 2})))
    renamed = (DEVELOPERS[0], "Software Engineers", "broad")

    said = run(write(tmp_path, Sample({"employment": 1}, renamed), opening=STATED_2024))

    assert "The site goes on showing May 2025, which is newer." in said
    assert [one.employment for one in Wage.objects.current(timezone.now())] == [2]
    occupation = Occupation.objects.get()
    assert (occupation.title, occupation.level) == DEVELOPERS[1:]


def test_the_newest_release_says_what_things_are_called(tmp_path: Path) -> None:
    run(write(tmp_path, Sample(place=YUBA), opening=STATED_2024))
    larger = (YUBA[0], "Yuba City-Marysville, CA", "metro")

    run(write(tmp_path, Sample(occupation=(DEVELOPERS[0], "Software Engineers", "broad"), place=larger)))

    occupation, area = Occupation.objects.get(), Area.objects.get(code=YUBA[0])
    assert (occupation.title, occupation.level) == ("Software Engineers", "broad")
    assert (area.title, area.slug) == ("Yuba City-Marysville, CA", "yuba-city-ca")


def test_wages_of_before_2022_are_stated_up_to_a_lower_top(tmp_path: Path) -> None:
    run(write(tmp_path, Sample(), opening="# period: May 2021\n# published: 2022-03-31\n"))
    release = Release.objects.get()
    assert (release.top_annual, release.top_hourly) == (208_000, Decimal("100.00"))


def test_places_have_addresses_and_a_state_of_their_own(tmp_path: Path) -> None:
    twin = ("0099999", "Yuba City: CA", "metro")
    run(write(tmp_path, *(Sample(place=place) for place in (NATION, YUBA, KANSAS_CITY, INYO, twin))))

    slugs = dict(Area.objects.values_list("code", "slug"))
    assert slugs[NATION[0]] == "united-states"
    assert slugs[YUBA[0]] == "yuba-city-ca"
    assert slugs[twin[0]] == "yuba-city-ca-0099999"
    states = dict(Area.objects.values_list("code", "state__title"))
    assert states[YUBA[0]] == states[INYO[0]] == "California"
    assert states[KANSAS_CITY[0]] == "Missouri"
    assert states[NATION[0]] is None


def test_a_group_that_comes_later_takes_in_what_belongs_to_it(tmp_path: Path) -> None:
    run(write(tmp_path, Sample(occupation=DEVELOPERS), Sample(occupation=COMPUTERS)))
    assert Occupation.objects.get(code=DEVELOPERS[0]).parent_id == COMPUTERS[0]

    run(write(tmp_path, Sample(occupation=SOFTWARE), Sample(occupation=COMPUTER)))

    parents = dict(Occupation.objects.values_list("code", "parent"))
    assert parents[DEVELOPERS[0]] == SOFTWARE[0]
    assert parents[SOFTWARE[0]] == COMPUTER[0]
    assert parents[COMPUTER[0]] == COMPUTERS[0]


def test_what_the_files_do_not_say_is_asked_for(tmp_path: Path) -> None:
    silent = write(tmp_path, Sample(), opening="")
    assert "wages.csv: It does not say for what month it is: pass --period, as in --period 'May 2025'." in refused(
        silent
    )
    assert "pass --published-on" in refused(silent, "--period", "May 2025")

    run(silent, "--period", "May 2025", *PUBLISHED)

    assert Release.objects.get().period == "May 2025"
    assert "nothing new" in run(silent, "--period", "May 2025")


def test_one_file_may_say_when_all_were_published(tmp_path: Path) -> None:
    run(write_workbook(tmp_path, [Sample()]), write(tmp_path, Sample(place=CALIFORNIA)))
    assert Release.objects.get().published_on == date(2026, 5, 15)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--period", "May 2024"), "wages.csv: It is for May 2025, not May 2024: one release at a time."),
        (("--period", "spring"), "“spring” is no month: write it as May 2025."),
        (("--published-on", "2026-05-16"), "wages.csv: It says it was published on 2026-05-15, not on 2026-05-16."),
        (("--published-on", "15 May"), "“15 May” is no date: write it as 2026-05-15."),
        (("--current-from", "soon"), "“soon” is no moment: write it as 2026-06-01 or 2026-06-01T08:00."),
    ],
)
def test_options_that_contradict_the_files_are_refused(arguments: tuple[str], sentence: str, tmp_path: Path) -> None:
    assert sentence in refused(write(tmp_path, Sample()), *arguments)


def test_two_releases_at_once_are_refused(tmp_path: Path) -> None:
    older = write_flat(tmp_path, [Sample()], year=2024)
    assert "It is for May 2024, not May 2025" in refused(write(tmp_path, Sample()), older, *PUBLISHED)


def test_only_pages_that_show_what_was_corrected_are_stale(tmp_path: Path) -> None:
    run(write(tmp_path, Sample(), Sample(occupation=BUYERS)))
    assert "everything" in Purge.objects.latest("pk").tags.split()
    run(write(tmp_path, Sample({"annual_median": 77_000}), Sample(occupation=BUYERS)), "--correct")
    tags = set(Purge.objects.latest("pk").tags.split())
    assert tags == {"anything", "facts", f"o{DEVELOPERS[0]}"}


def test_another_date_of_publication_is_only_taken_as_a_correction(tmp_path: Path) -> None:
    book = write_workbook(tmp_path, [Sample()])
    run(book, *PUBLISHED)
    assert "was published on 2026-05-15, as stored, not on 2026-05-18" in refused(book, "--published-on", "2026-05-18")

    with announcements() as heard:
        run(book, "--published-on", "2026-05-18", "--correct")

    assert Release.objects.get().published_on == date(2026, 5, 18)
    assert len(heard) == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert f"{tmp_path / 'none.csv'} cannot be opened (No such file or directory)." in refused(tmp_path / "none.csv")


def test_with_if_empty_a_site_that_holds_wages_is_left_alone(tmp_path: Path) -> None:
    file = write(tmp_path, Sample())
    assert "1 rows added" in run("--if-empty", file)
    assert run("--if-empty", tmp_path / "not there") == "Wages are stored already; nothing was imported.\n"


def test_what_changed_is_announced_and_nothing_else(tmp_path: Path) -> None:
    file = write(tmp_path, Sample())
    with announcements() as heard:
        run(file)
        assert heard == [Release.objects.get()]
        run(file)
        assert len(heard) == 1

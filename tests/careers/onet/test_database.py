from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from careers.models import Education
from careers.onet.database import read_database
from careers.onet.education import most_common
from careers.onet.tables import Malformed
from tests.careers.onet.builders import KEEPERS, MAKERS, answer, occupation, skill, tables, task, write


def keepers(folder: Path, **how: Any) -> Any:
    return read_database(write(folder, tables(), **how)).contents[KEEPERS]


def refused(folder: Path, name: str, row: dict[str, str]) -> str:
    content = tables()
    content[name].append(row)
    with pytest.raises(Malformed) as caught:
        read_database(write(folder, content))
    return str(caught.value)


def test_tasks_stand_core_first_and_those_of_no_type_last(tmp_path: Path) -> None:
    assert keepers(tmp_path)["tasks"] == [
        {"text": "Trim the wick before dusk.", "type": "core"},
        {"text": "Write down the weather.", "type": "core"},
        {"text": "Paint the railing.", "type": "supplemental"},
        {"text": "Wave at passing ships.", "type": ""},
    ]


def test_skills_have_their_importance_without_what_is_suppressed_or_not_relevant(tmp_path: Path) -> None:
    assert keepers(tmp_path)["skills"] == [
        {"name": "Watching", "importance": 4.5},
        {"name": "Waiting", "importance": 2.1},
    ]


def test_titles_that_people_reported_come_first_and_each_comes_once(tmp_path: Path) -> None:
    assert keepers(tmp_path)["alternate_titles"] == ["Keeper of the Light", "Beacon Keeper", 'Keeper, "Old Style"']


def test_quotation_marks_are_plain_characters(tmp_path: Path) -> None:
    assert keepers(tmp_path)["description"] == 'Keep lamps burning, "day and night".'


def test_zones_relations_and_technology_are_read(tmp_path: Path) -> None:
    content = keepers(tmp_path)
    assert content["job_zone"] == {"zone": 2, "name": "Zone Two", "education": "School is enough."}
    assert content["related"] == [MAKERS]
    lanternware = {"name": "Lanternware", "kind": "Lamp software", "is_hot": True, "is_in_demand": True}
    assert content["technology"] == [lanternware]


def test_education_holds_shares_and_names_of_its_own_scale(tmp_path: Path) -> None:
    assert keepers(tmp_path)["education"][0] == {"category": 2, "name": "School to the end", "share": 40.0}
    assert len(keepers(tmp_path)["education"]) == 3


def test_a_workbook_turned_into_text_says_the_same(tmp_path: Path) -> None:
    assert keepers(tmp_path / "text") == keepers(tmp_path / "workbook", as_workbook=True)


def test_the_names_that_tables_have_from_30_3_on_are_known(tmp_path: Path) -> None:
    content = tables()
    content["Essential Skills"] = content.pop("Skills")
    content["Transferable Skills"] = [skill(KEEPERS, "Wayfinding", "3.10")]
    content["Job Titles"] = [{"O*NET-SOC Code": KEEPERS, "Job Title": "Warden"}]
    del content["Alternate Titles"]
    example = {"Workplace Example": "Lanternware", "Element Name": "Lamp software"}
    flags = {"Hot Technology": "N", "In Demand": "Y"}
    content["Software Skills"] = [{"O*NET-SOC Code": KEEPERS} | example | flags]
    del content["Technology Skills"]
    database = read_database(write(tmp_path, content))
    found = database.contents[KEEPERS]
    assert [each["name"] for each in found["skills"]] == ["Watching", "Wayfinding", "Waiting"]
    assert found["alternate_titles"] == ["Keeper of the Light", "Warden"]
    assert found["technology"][0]["kind"] == "Lamp software"
    assert not database.missing


def test_release_and_month_stand_in_the_read_me(tmp_path: Path) -> None:
    database = read_database(write(tmp_path, tables()))
    assert (database.period, str(database.month)) == ("29.3", "2025-05-01")


def test_tables_that_are_missing_are_named_and_leave_nothing(tmp_path: Path) -> None:
    content = tables()
    del content["Skills"], content["Education, Training, and Experience Categories"]
    database = read_database(write(tmp_path, content))
    assert database.missing == ["Skills", "Education, Training, and Experience Categories"]
    assert database.contents[KEEPERS]["skills"] == database.contents[KEEPERS]["education"] == []


@pytest.mark.parametrize(
    ("name", "row", "sentence"),
    [
        ("Skills", skill(KEEPERS, "Wit", "much"), "Skills.txt, row 7, column “Data Value”: “much” is no number."),
        ("Skills", skill(KEEPERS, "Wit", "5.5"), "Skills.txt, row 7, column “Data Value”: 5.5 is not from 1 to 5."),
        ("Skills", skill(KEEPERS, "Wit", "nan"), "Skills.txt, row 7, column “Data Value”: nan is not from 1 to 5."),
        ("Skills", skill("K-1", "Wit", "3"), "column “O*NET-SOC Code”: “K-1” is no O*NET-SOC code."),
        ("Task Statements", task("99-9999.00", "Rest.", "Core"), "99-9999.00 is not in “Occupation Data”."),
        ("Task Statements", task(KEEPERS, "", "Core"), "Task Statements.txt, row 6, column “Task”: there is nothing."),
        ("Occupation Data", occupation(KEEPERS, "Again"), f"{KEEPERS} stands in a row above as well."),
        ("Occupation Data", occupation("99-3011.00", "x" * 201), "column “Title”: it has over 200 characters."),
        ("Education, Training, and Experience", answer(KEEPERS, "13", "1"), "“13” is not among the categories."),
        ("Task Statements", task(KEEPERS, "One\ttoo many.", "Core"), "Task Statements.txt, row 6: there are 6 cells"),
        (
            "Task Statements",
            task(KEEPERS, "Half\0way.", "Core"),
            "Task Statements.txt, row 6: this is no text in UTF-8.",
        ),
    ],
)
def test_a_malformed_row_is_named(tmp_path: Path, name: str, row: dict[str, str], sentence: str) -> None:
    assert sentence in refused(tmp_path, name, row)


def test_a_table_without_a_column_is_refused_with_those_that_it_has(tmp_path: Path) -> None:
    content = tables()
    content["Job Zones"] = [{"Code": KEEPERS, "Zone": "2"}]
    with pytest.raises(Malformed, match="row 1: there is no column “O\\*NET-SOC Code”; there are: Code, Zone"):
        read_database(write(tmp_path, content))


def test_a_file_in_another_encoding_is_refused_with_its_row(tmp_path: Path) -> None:
    write(tmp_path, tables())
    with (tmp_path / "Job Zones.txt").open("ab") as file:
        file.write(b"caf\xe9\t\t\n")
    with pytest.raises(Malformed, match="Job Zones.txt, row 3"):
        read_database(tmp_path)


def test_a_folder_without_occupations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Malformed, match="There is no “Occupation Data.txt”"):
        read_database(tmp_path)


def test_the_most_common_education_counts_a_certificate_with_its_degree(tmp_path: Path) -> None:
    assert most_common(keepers(tmp_path)["education"]) == (Education.BACHELOR, 60.0)


def test_no_education_is_the_most_common_where_what_was_left_out_could_outweigh_it(tmp_path: Path) -> None:
    makers = read_database(write(tmp_path, tables())).contents[MAKERS]
    assert [each["share"] for each in makers["education"]] == [48.0, 12.0]
    assert most_common(makers["education"]) is None


def test_of_two_levels_named_as_often_neither_is_the_most_common() -> None:
    even = [{"category": 2, "share": 50.0}, {"category": 6, "share": 50.0}]
    assert most_common(even) is None


def test_where_nobody_answered_there_is_no_most_common_education() -> None:
    assert most_common([]) is None

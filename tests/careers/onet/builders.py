"""Small O*NET databases: the tables as their text release has them, about occupations and in words made up here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from careers.models import Occupation
from careers.onet.database import read_database
from careers.onet.store import Stored, store

Table = list[dict[str, str]]

KEEPERS, MAKERS = "99-1011.00", "99-2022.00"

READ_ME = "O*NET 29.3 Database\nMay 2025 Release\n----------------\n"


def occupation(code: str, title: str, description: str = "") -> dict[str, str]:
    """Return a row of Occupation Data."""
    return {"O*NET-SOC Code": code, "Title": title, "Description": description or f"{title} do what they do."}


def task(code: str, text: str, kind: str) -> dict[str, str]:
    """Return a row of Task Statements."""
    return {"O*NET-SOC Code": code, "Task ID": "7", "Task": text, "Task Type": kind, "Date": "08/2024"}


def skill(
    code: str, name: str, value: str, *, scale: str = "IM", suppress: str = "N", irrelevant: str = ""
) -> dict[str, str]:
    """Return a row of Skills."""
    marks = {"Recommend Suppress": suppress, "Not Relevant": irrelevant, "Date": "08/2024"}
    return {"O*NET-SOC Code": code, "Element Name": name, "Scale ID": scale, "Data Value": value} | marks


def answer(code: str, category: str, share: str, *, scale: str = "RL", suppress: str = "N") -> dict[str, str]:
    """Return a row of Education, Training, and Experience."""
    what = {"Element ID": "2.D.1", "Scale ID": scale, "Category": category, "Data Value": share}
    return {"O*NET-SOC Code": code} | what | {"Recommend Suppress": suppress}


def category(number: str, name: str, *, scale: str = "RL") -> dict[str, str]:
    """Return a row of Education, Training, and Experience Categories."""
    return {"Element ID": "2.D.1", "Scale ID": scale, "Category": number, "Category Description": name}


def tables() -> dict[str, Table]:
    """Return the tables of a small database, by their names."""
    return {
        "Occupation Data": [
            occupation(KEEPERS, "Lamp Keepers", 'Keep lamps burning, "day and night".'),
            occupation(MAKERS, "Rope Makers"),
        ],
        "Sample of Reported Titles": [
            {"O*NET-SOC Code": KEEPERS, "Reported Job Title": "Keeper of the Light", "Shown in My Next Move": "Y"}
        ],
        "Alternate Titles": [
            {"O*NET-SOC Code": KEEPERS, "Alternate Title": title, "Short Title": "", "Source(s)": "08"}
            for title in ("Beacon Keeper", "Keeper of the Light", 'Keeper, "Old Style"')
        ],
        "Task Statements": [
            task(KEEPERS, "Paint the railing.", "Supplemental"),
            task(KEEPERS, "Trim the wick before dusk.", "Core"),
            task(KEEPERS, "Wave at passing ships.", ""),
            task(KEEPERS, "Write down the weather.", "Core"),
        ],
        "Skills": [
            skill(KEEPERS, "Waiting", "2.10"),
            skill(KEEPERS, "Watching", "4.50"),
            skill(KEEPERS, "Watching", "5.20", scale="LV"),
            skill(KEEPERS, "Whistling", "3.90", suppress="Y"),
            skill(KEEPERS, "Weaving", "3.80", irrelevant="Y"),
        ],
        "Education, Training, and Experience Categories": [
            category("2", "School to the end"),
            category("6", "A first degree"),
            category("7", "A certificate after it"),
            category("2", "Two months at sea", scale="RW"),
        ],
        "Education, Training, and Experience": [
            answer(KEEPERS, "2", "40"),
            answer(KEEPERS, "6", "35.5"),
            answer(KEEPERS, "7", "24.5"),
            answer(KEEPERS, "2", "100", scale="RW"),
            answer(MAKERS, "2", "48"),
            answer(MAKERS, "6", "12"),
            answer(MAKERS, "7", "40", suppress="Y"),
        ],
        "Job Zone Reference": [
            {"Job Zone": "2", "Name": "Zone Two", "Experience": "", "Education": "School is enough."}
        ],
        "Job Zones": [{"O*NET-SOC Code": KEEPERS, "Job Zone": "2", "Date": "08/2024"}],
        "Related Occupations": [
            {"O*NET-SOC Code": KEEPERS, "Related O*NET-SOC Code": MAKERS, "Relatedness Tier": "Primary", "Index": "1"}
        ],
        "Technology Skills": [
            {
                "O*NET-SOC Code": KEEPERS,
                "Example": "Lanternware",
                "Commodity Code": "1",
                "Commodity Title": "Lamp software",
                "Hot Technology": "Y",
                "In Demand": "Y",
            }
        ],
    }


def write(folder: Path, content: dict[str, Table], *, read_me: str = READ_ME, as_workbook: bool = False) -> Path:
    """Write the tables as a text release has them, or as a workbook gives them: with more columns, and empty cells."""
    end, nothing = ("\n", "") if as_workbook else ("\r\n", "n/a")
    for name, rows in content.items():
        shown = [{"Scale Name": "Importance"} | row for row in rows] if as_workbook else rows
        lines = ["\t".join(shown[0]), *("\t".join(cell or nothing for cell in row.values()) for row in shown)]
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.txt").write_text("".join(line + end for line in lines), newline="")
    if read_me:
        (folder / "Read Me.txt").write_text(read_me)
    return folder


def make_occupation(code: str, title: str, **fields: Any) -> Occupation:
    """Return an occupation as the Bureau counts it."""
    return Occupation.objects.create(**{"code": code, "title": title, "level": "detailed"} | fields)


def keep(
    folder: Path, content: dict[str, Table] | None = None, *, period: str = "29.3", read_me: str = READ_ME
) -> Stored:
    """Write, read and store a database, by default the one of `tables()`."""
    database = read_database(write(folder, content or tables(), read_me=read_me))
    assert database.month
    return store(database, period=period, month=database.month)

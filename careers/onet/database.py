"""A folder of O*NET tables as one database: what it says of each occupation.

From release 30.3 on some tables have other names: Job Titles (once Alternate Titles), Essential and Transferable
Skills (once Skills), Software Skills (once Technology Skills).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from careers.models import OnetOccupation
from careers.onet.education import LEVELS
from careers.onet.tables import Malformed, Row, read_table

OCCUPATIONS = "Occupation Data"
EDUCATION = "Education, Training, and Experience"
LONGEST_TITLE = OnetOccupation._meta.get_field("title").max_length or 0
PERIOD = re.compile(r"O\*NET\S* (\d+\.\d+) Database")
MONTH = re.compile(r"^(\w+ \d{4}) Release", re.MULTILINE)
TASK_ORDER = {"core": 0, "supplemental": 1}

ByCode = defaultdict[str, list[Any]]


@dataclass
class Database:
    """What a folder says: of each occupation, by its code, its title and its content (see OnetOccupation).

    `period` is the release, "29.3", and `month` the first day of its month: both as its Read Me has them, if it does.
    `missing` are the tables that are not there.
    """

    period: str = ""
    month: date | None = None
    titles: dict[str, str] = field(default_factory=dict)
    contents: dict[str, dict[str, Any]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def read_database(folder: Path) -> Database:
    """Return what the tables in the folder say. Only Occupation Data must be there.

    Raises Malformed for a table that cannot be read, and OSError for a file that cannot be opened.
    """
    database = _Reader(folder).read()
    read_me = folder / "Read Me.txt"
    if read_me.is_file():
        text = read_me.read_text(encoding="utf-8-sig", errors="replace")
        if named := PERIOD.search(text):
            database.period = named[1]
        if dated := MONTH.search(text):
            database.month = _month(dated[1])
    return database


def _month(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%B %Y").date()
    except ValueError:
        return None


class _Reader:
    """Reads the tables of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = Database()

    def read(self) -> Database:
        descriptions = self._occupations()
        parts: dict[str, ByCode] = {
            "alternate_titles": self._alternate_titles(),
            "tasks": self._tasks(),
            "skills": self._skills(),
            "education": self._education(),
            "related": self._related(),
            "technology": self._technology(),
        }
        zones = self._job_zones()
        for code, description in descriptions.items():
            content = {name: part.get(code, []) for name, part in parts.items()}
            self.database.contents[code] = {"description": description, "job_zone": zones.get(code), **content}
        return self.database

    def _path(self, table: str) -> Path:
        return self.folder / f"{table}.txt"

    def _either(self, table: str, earlier: str) -> str:
        """Return the name that the table has here."""
        return table if self._path(table).is_file() else earlier

    def _rows(self, table: str, *columns: str) -> Iterator[Row]:
        """Yield the rows of a table, or note that it is missing."""
        path = self._path(table)
        if path.is_file():
            yield from read_table(path, *columns)
        else:
            self.database.missing.append(table)

    def _known(self, row: Row, column: str = "O*NET-SOC Code") -> str:
        """Return the code of an occupation that the database has."""
        code = row.code(column)
        if code not in self.database.titles:
            row.refuse(column, _("%(code)s is not in “%(table)s”.") % {"code": code, "table": OCCUPATIONS})
        return code

    def _occupations(self) -> dict[str, str]:
        """Note the titles; return the descriptions."""
        titles, descriptions = self.database.titles, {}
        for row in self._rows(OCCUPATIONS, "O*NET-SOC Code", "Title", "Description"):
            code, title = row.code(), row.needed("Title")
            if code in titles:
                row.refuse("O*NET-SOC Code", _("%s stands in a row above as well.") % code)
            if len(title) > LONGEST_TITLE:
                row.refuse("Title", _("it has over %s characters.") % LONGEST_TITLE)
            titles[code], descriptions[code] = title, row["Description"]
        if not titles:
            folder = {"table": f"{OCCUPATIONS}.txt", "folder": self.folder}
            raise Malformed(_("There is no “%(table)s” with occupations in %(folder)s.") % folder)
        return descriptions

    def _alternate_titles(self) -> ByCode:
        """Those that people in the occupation reported come first."""
        alternate = self._either("Job Titles", "Alternate Titles")
        tables = {"Sample of Reported Titles": "Reported Job Title", alternate: alternate.removesuffix("s")}
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for table, column in tables.items():
            for row in self._rows(table, "O*NET-SOC Code", column):
                found[self._known(row)][row.needed(column)] = None
        return defaultdict(list, {code: list(titles) for code, titles in found.items()})

    def _tasks(self) -> ByCode:
        found: ByCode = defaultdict(list)
        for row in self._rows("Task Statements", "O*NET-SOC Code", "Task", "Task Type"):
            found[self._known(row)].append({"text": row.needed("Task"), "type": row["Task Type"].lower()})
        for tasks in found.values():
            tasks.sort(key=lambda task: TASK_ORDER.get(task["type"], len(TASK_ORDER)))
        return found

    def _skills(self) -> ByCode:
        """Each with its importance, from 1 to 5, the most important first."""
        is_split = self._path("Essential Skills").is_file()
        tables = ("Essential Skills", "Transferable Skills") if is_split else ("Skills",)
        columns = ("O*NET-SOC Code", "Element Name", "Scale ID", "Data Value", "Recommend Suppress", "Not Relevant")
        found: ByCode = defaultdict(list)
        for row in (row for table in tables for row in self._rows(table, *columns)):
            code = self._known(row)
            if row["Scale ID"] == "IM" and "Y" not in (row["Recommend Suppress"], row["Not Relevant"]):
                skill = {"name": row.needed("Element Name"), "importance": row.amount("Data Value", 1, 5)}
                found[code].append(skill)
        for skills in found.values():
            skills.sort(key=lambda skill: (-skill["importance"], skill["name"]))
        return found

    def _education(self) -> ByCode:
        """Each category that an answer names, and the share of answers in percent, but for those that O*NET advises
        against using."""
        named = ("Element ID", "Scale ID", "Category", "Category Description")
        rows = self._rows(f"{EDUCATION} Categories", *named)
        names = {row["Category"]: row.needed("Category Description") for row in rows if row["Scale ID"] == "RL"}
        found: ByCode = defaultdict(list)
        for row in self._rows(EDUCATION, "O*NET-SOC Code", "Scale ID", "Category", "Data Value", "Recommend Suppress"):
            code = self._known(row)
            if not names or row["Scale ID"] != "RL" or row["Recommend Suppress"] == "Y":
                continue
            if row["Category"] not in names:
                row.refuse("Category", _("“%s” is not among the categories.") % row["Category"])
            category, share = int(row.amount("Category", 1, len(LEVELS))), row.amount("Data Value", 0, 100)
            if share:
                found[code].append({"category": category, "name": names[row["Category"]], "share": share})
        return found

    def _job_zones(self) -> dict[str, dict[str, Any]]:
        """How much preparation an occupation needs: the zone, from 1 to 5, its name and the education that goes with
        it."""
        reference = {
            row["Job Zone"]: {"name": row["Name"], "education": row["Education"]}
            for row in self._rows("Job Zone Reference", "Job Zone", "Name", "Education")
        }
        return {
            self._known(row): {"zone": int(row.amount("Job Zone", 1, 5)), **reference.get(row["Job Zone"], {})}
            for row in self._rows("Job Zones", "O*NET-SOC Code", "Job Zone")
        }

    def _related(self) -> ByCode:
        """The codes, the closest first."""
        found: ByCode = defaultdict(list)
        for row in self._rows("Related Occupations", "O*NET-SOC Code", "Related O*NET-SOC Code", "Index"):
            place = row.amount("Index", 0, 1000)
            found[self._known(row)].append((place, self._known(row, "Related O*NET-SOC Code")))
        return defaultdict(list, {code: [other for _, other in sorted(places)] for code, places in found.items()})

    def _technology(self) -> ByCode:
        table = self._either("Software Skills", "Technology Skills")
        is_new = table == "Software Skills"
        name, kind = ("Workplace Example", "Element Name") if is_new else ("Example", "Commodity Title")
        found: ByCode = defaultdict(list)
        for row in self._rows(table, "O*NET-SOC Code", name, kind, "Hot Technology", "In Demand"):
            marks = {"is_hot": row["Hot Technology"] == "Y", "is_in_demand": row["In Demand"] == "Y"}
            found[self._known(row)].append({"name": row.needed(name), "kind": row[kind], **marks})
        return found

"""Places that wages are published for: their codes, and the state that an area is listed under."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from careers.models import Area
from careers.wages.malformed import Malformed, title_of

STATES = {
    "AL": ("01", "Alabama"),
    "AK": ("02", "Alaska"),
    "AZ": ("04", "Arizona"),
    "AR": ("05", "Arkansas"),
    "CA": ("06", "California"),
    "CO": ("08", "Colorado"),
    "CT": ("09", "Connecticut"),
    "DE": ("10", "Delaware"),
    "DC": ("11", "District of Columbia"),
    "FL": ("12", "Florida"),
    "GA": ("13", "Georgia"),
    "HI": ("15", "Hawaii"),
    "ID": ("16", "Idaho"),
    "IL": ("17", "Illinois"),
    "IN": ("18", "Indiana"),
    "IA": ("19", "Iowa"),
    "KS": ("20", "Kansas"),
    "KY": ("21", "Kentucky"),
    "LA": ("22", "Louisiana"),
    "ME": ("23", "Maine"),
    "MD": ("24", "Maryland"),
    "MA": ("25", "Massachusetts"),
    "MI": ("26", "Michigan"),
    "MN": ("27", "Minnesota"),
    "MS": ("28", "Mississippi"),
    "MO": ("29", "Missouri"),
    "MT": ("30", "Montana"),
    "NE": ("31", "Nebraska"),
    "NV": ("32", "Nevada"),
    "NH": ("33", "New Hampshire"),
    "NJ": ("34", "New Jersey"),
    "NM": ("35", "New Mexico"),
    "NY": ("36", "New York"),
    "NC": ("37", "North Carolina"),
    "ND": ("38", "North Dakota"),
    "OH": ("39", "Ohio"),
    "OK": ("40", "Oklahoma"),
    "OR": ("41", "Oregon"),
    "PA": ("42", "Pennsylvania"),
    "RI": ("44", "Rhode Island"),
    "SC": ("45", "South Carolina"),
    "SD": ("46", "South Dakota"),
    "TN": ("47", "Tennessee"),
    "TX": ("48", "Texas"),
    "UT": ("49", "Utah"),
    "VT": ("50", "Vermont"),
    "VA": ("51", "Virginia"),
    "WA": ("53", "Washington"),
    "WV": ("54", "West Virginia"),
    "WI": ("55", "Wisconsin"),
    "WY": ("56", "Wyoming"),
    "GU": ("66", "Guam"),
    "PR": ("72", "Puerto Rico"),
    "VI": ("78", "Virgin Islands"),
}
"""FIPS code and name by postal abbreviation, for all that wages are published for (ANSI INCITS 38)."""

NAMES = dict(STATES.values())
POSTAL = re.compile(r", ([A-Z]{2})(?:-[A-Z]{2})*\b")
"""How the states that a metropolitan area lies in end its title: Kansas City, MO-KS."""


FORMS = {
    Area.Kind.NATION: re.compile("0000000"),
    Area.Kind.STATE: re.compile("(?!00)[0-9]{2}00000"),
    Area.Kind.METRO: re.compile("00[1-9][0-9]{4}"),
    Area.Kind.NONMETRO: re.compile("(?!00)[0-9]{2}(?!00000)[0-9]{5}"),
}
"""What the Bureau's codes look like: two digits for the state, and five for what is within it or across its borders."""


class Place(NamedTuple):
    """A place as a file names it; the code is that of `Area`."""

    code: str
    title: str
    kind: Area.Kind

    @property
    def state(self) -> Place | None:
        """The state that an area within one is listed under, the first of those in its title; None if there is none."""
        if self.kind == Area.Kind.METRO:
            found = POSTAL.search(self.title)
            fips, name = STATES.get(found[1], ("", "")) if found else ("", "")
        elif self.kind == Area.Kind.NONMETRO:
            fips, name = self.code[:2], NAMES.get(self.code[:2], "")
        else:
            return None
        return Place(f"{fips}00000", name, Area.Kind.STATE) if name else None


NATION = Place("0000000", "United States", Area.Kind.NATION)


@lru_cache(maxsize=2000)
def place_of(text: str, title: str, kind: Area.Kind) -> Place:
    """Return the place of a code in any of its forms. Raises Malformed for what is no code of this kind of place.

    The nation is 99 or 0000000, a state its FIPS code (6, 06) or 0600000, a metropolitan area 31080 or 0031080, a
    nonmetropolitan one 600007 or 0600007.
    """
    code = f"{text:0>2}00000" if kind == Area.Kind.STATE and len(text) <= 2 else f"{text:0>7}"
    if text == "99":
        code = NATION.code
    if not FORMS[kind].fullmatch(code):
        raise Malformed(f"“{text}” is no code of a place of the kind “{kind.label}”.")
    return NATION if code == NATION.code else Place(code, title_of(title), kind)

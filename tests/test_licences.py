"""What the site is built from: under licences that somebody has read, and pinned to files with known hashes."""

from __future__ import annotations

import re
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata

import pytest

from tests.browser.serving import ROOT

ALLOWED = {
    *("MIT", "MIT License", "MIT-0", "MIT-CMU"),
    *("BSD", "BSD License", "BSD-2-Clause", "BSD-3-Clause"),
    *("Apache-2.0", "Apache License 2.0", "Apache Software License"),
    *("PSF-2.0", "PSFL", "Python Software Foundation License"),
    *("MPL-2.0", "Mozilla Public License 2.0 (MPL 2.0)"),  # holds for its own files, which are not changed here
    "LGPL-3.0-only",  # a library that is called, and can be replaced (psycopg)
}
"""Under which licences a site may be run, changed and passed on, as packages name them."""
REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)
NAMES = sorted({name for name, _ in REQUIREMENT.findall((ROOT / "requirements.txt").read_text())})


def licences(said: PackageMetadata) -> list[set[str]]:
    """Return the ways in which a package names its licences."""
    fields = [*said.get_all("License-Expression", []), *said.get_all("License", [])]
    classifiers = [each.rpartition(" :: ")[2] for each in said.get_all("Classifier", []) if each[:7] == "License"]
    return [
        named for named in (*(set(re.split(" AND | OR ", each)) - {""} for each in fields), set(classifiers)) if named
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_package_is_under_a_licence_that_somebody_has_read(name: str) -> None:
    try:
        named = licences(metadata(name))
    except PackageNotFoundError:
        pytest.skip("It is for other machines than this one.")
    assert any(each <= ALLOWED for each in named), (
        f"{name} says of its licence {named or 'nothing'}: read it, and add it to ALLOWED in tests/test_licences.py if "
        "the site may be run, changed and passed on under it; else use another package."
    )


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_with_its_hashes(file: str) -> None:
    text = re.sub(r"^\s*#.*\n", "", (ROOT / file).read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip()]
    assert len(lines) >= len(NAMES)
    assert [line[:60] for line in lines if not re.match(r"\S+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)] == []

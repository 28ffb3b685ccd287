"""A folder of files is replaced as a whole or not at all, and only if it is one that was written so."""

from __future__ import annotations

from pathlib import Path

import pytest

from publishing.export.folder import HEADING, MANIFEST, ExportError, Folder, name_of


def write(place: Path, **files: str) -> Folder:
    """Write these files as an export, and return what wrote them."""
    with Folder(place) as folder:
        for name, text in files.items():
            folder.write(name, text.encode())
        folder.finish()
    return folder


def texts(place: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in place.iterdir() if file.name != MANIFEST}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give the place of an export of two files."""
    write(tmp_path / "site", a="one", b="two")
    return tmp_path / "site"


def test_the_new_files_take_the_place_of_the_old(place: Path) -> None:
    write(place, a="three")
    assert texts(place) == {"a": "three"}
    assert [each.name for each in place.parent.iterdir()] == ["site"]


def test_what_stays_the_same_is_the_same_file(place: Path) -> None:
    before = {name: (place / name).stat() for name in ("a", "b")}
    done = write(place, a="one", b="other")
    after = {name: (place / name).stat() for name in ("a", "b")}
    assert (done.files, done.unchanged) == (2, 1)
    assert (after["a"].st_ino, after["a"].st_mtime_ns) == (before["a"].st_ino, before["a"].st_mtime_ns)
    assert after["b"].st_ino != before["b"].st_ino


def test_the_manifest_names_every_file_with_its_digest(place: Path) -> None:
    heading, *lines = (place / MANIFEST).read_text().splitlines(keepends=True)
    assert heading == HEADING
    assert lines == [
        "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed  a\n",
        "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3  b\n",
    ]


def test_an_error_leaves_the_folder_as_it_was(place: Path) -> None:
    with pytest.raises(ZeroDivisionError), Folder(place) as folder:
        folder.write("a", b"three")
        raise ZeroDivisionError
    assert texts(place) == {"a": "one", "b": "two"}
    assert [each.name for each in place.parent.iterdir()] == ["site"]


def test_a_stop_between_the_two_renames_is_made_good(place: Path) -> None:
    place.rename(place.with_name("site.old"))
    with pytest.raises(ZeroDivisionError), Folder(place):
        raise ZeroDivisionError
    assert texts(place) == {"a": "one", "b": "two"}


def test_a_stop_after_the_renames_is_cleared_away(place: Path) -> None:
    write(place.with_name("site.old"), a="zero")
    write(place, a="three")
    assert [each.name for each in place.parent.iterdir()] == ["site"]


@pytest.mark.parametrize("name", ["site", "site.new", "site.old"])
def test_what_is_no_export_is_not_replaced(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "thesis.txt").write_text("five years of work")
    with pytest.raises(ExportError, match=f"{name} is no folder that export_site wrote"):
        write(tmp_path / "site", a="one")
    assert (tmp_path / name / "thesis.txt").read_text() == "five years of work"


def test_a_file_is_not_replaced_by_a_folder(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("five years of work")
    with pytest.raises(ExportError):
        write(tmp_path / "site", a="one")


def test_a_folder_that_is_led_to_is_replaced_where_it_is(place: Path) -> None:
    link = place.with_name("link")
    link.symlink_to(place)
    write(link, a="three")
    assert link.is_symlink()
    assert texts(place) == {"a": "three"}


def test_two_exports_do_not_write_at_the_same_time(place: Path) -> None:
    with Folder(place) as first:
        with pytest.raises(ExportError, match="is under way"):
            write(place, a="three")
        first.write("a", b"four")
        first.finish()
    assert texts(place) == {"a": "four"}


def test_no_file_takes_the_place_of_a_folder_or_stands_below_a_file(place: Path) -> None:
    with Folder(place) as folder:
        folder.write("feeds/a.xml", b"<feed/>")
        assert folder.has("feeds")
        assert folder.has("feeds/a.xml/index.html")
        assert not folder.has("feeds/b.xml")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "index.html"),
        ("/compare/a-vs-b/", "compare/a-vs-b/index.html"),
        ("/sitemap.xml", "sitemap.xml"),
        ("/topics/caf%C3%A9/", "topics/café/index.html"),
        ("/a/_redirects/", "a/_redirects/index.html"),
        ("/_redirects/", None),
        ("/404.html", None),
        ("/a/../../etc/", None),
        ("/%2e%2e/", None),
        ("/a//b/", None),
        ("/a%00b/", None),
        ("/a%0Ab/", None),
        ("/a%5Cb/", None),
        (f"/{'a' * 256}/", None),
        (f"/{'%C3%A9' * 128}/", None),
    ],
)
def test_an_address_has_the_file_that_hosts_serve_there(address: str, name: str | None) -> None:
    assert name_of(address) == name

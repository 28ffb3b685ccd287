"""The file of a backup is there whole or not at all, and what is wrong with one is told before anything is changed."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from publishing.backup.archive import MANIFEST, Archive, BackupError, Manifest, Table, Writer, writing

FLIPS = 300


def write(place: Path, *, migrations: Iterator[tuple[str, str]] | tuple[tuple[str, str], ...] = ()) -> Path:
    """Write a small backup to the place."""
    with writing(place, replace=True) as writer:
        with writer.member("tables/a.b") as member:
            for number in range(200):
                member.write(f'[{number},"Keeper {number * number}"]\n'.encode())
        with writer.member("media/originals/a.png", is_packed=True) as member:
            member.write(bytes(range(256)))
        table = Table("a.b", ["id", "title"], 200, 200)
        writer.finish(Manifest("2026-11-28T12:00:00+00:00", list(migrations), [table], writer.members))
    return place


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """Let the system refuse to write more than so many bytes into a file, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    with Archive(write(tmp_path / "a.backup")) as archive:
        archive.verify()
        [table] = archive.manifest.tables
        assert list(archive.rows(table))[199] == [199, "Keeper 39601"]
        assert list(archive.manifest.media) == ["originals/a.png"]
        with archive.picture("originals/a.png") as file:
            assert file.read() == bytes(range(256))


def test_it_is_for_its_owner_alone_since_it_holds_passwords(tmp_path: Path) -> None:
    assert write(tmp_path / "a.backup").stat().st_mode & 0o777 == 0o600


def test_nothing_of_a_backup_is_left_that_did_not_come_to_its_end(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), writing(tmp_path / "a.backup", replace=False) as writer:
        with writer.member("tables/a.b") as member:
            member.write(b"[1]\n")
        raise KeyboardInterrupt
    assert not list(tmp_path.iterdir())


def test_an_earlier_one_stays_if_there_is_no_room_for_the_new_one(tmp_path: Path) -> None:
    place = write(tmp_path / "a.backup")
    before = place.read_bytes()
    with pytest.raises(OSError, match="large"), files_no_larger_than(1000), writing(place, replace=True) as writer:
        with writer.member("tables/a.b") as member:
            member.write(os.urandom(100_000))
        writer.finish(Manifest("", [], [], writer.members))
    assert place.read_bytes() == before
    assert list(tmp_path.iterdir()) == [place]


def test_it_is_not_written_where_something_is_or_nowhere(tmp_path: Path) -> None:
    place = write(tmp_path / "a.backup")
    for where, sentence in (
        (place, "is there already: name another file, or say --force"),
        (tmp_path, "is a folder: name a file in it"),
        (tmp_path / "none" / "a.backup", "There is no folder .*: make it"),
    ):
        with pytest.raises(BackupError, match=sentence), writing(where, replace=False):
            raise AssertionError


def test_a_flipped_bit_is_noticed_wherever_it_matters(tmp_path: Path) -> None:
    whole = write(tmp_path / "a.backup")
    data = whole.read_bytes()
    random = Random(7)  # noqa: S311  which bits, and no secret
    noticed = 0
    for _ in range(FLIPS):
        place = random.randrange(len(data))
        flipped = bytearray(data)
        flipped[place] ^= 1 << random.randrange(8)
        damaged = tmp_path / "damaged.backup"
        damaged.write_bytes(flipped)
        try:
            with Archive(damaged) as archive, Archive(whole) as sound:
                archive.verify()
                assert archive.manifest == sound.manifest  # the date of a member, for instance, is of no consequence
        except BackupError as error:
            assert "no backup of this site, or a damaged one" in str(error)
            noticed += 1
    assert noticed > FLIPS / 2


@pytest.mark.parametrize("left", [0, 1, 100, 0.5, 0.99])
def test_a_truncated_file_is_refused(tmp_path: Path, left: float) -> None:
    place = write(tmp_path / "a.backup")
    data = place.read_bytes()
    place.write_bytes(data[: int(left * len(data)) if left < 1 else int(left)])
    with pytest.raises(BackupError, match="no backup of this site, or a damaged one"):
        Archive(place)


def test_what_is_no_backup_is_refused_by_the_command(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("letter.txt", "Dear reader")
    (tmp_path / "text").write_text("no archive at all\n" * 100)
    for name in ("other.zip", "text"):
        with pytest.raises(CommandError, match="or a damaged one.* Nothing was changed"):
            call_command("restore_backup", tmp_path / name)
    with pytest.raises(CommandError, match="There is no file"):
        call_command("restore_backup", tmp_path / "none")


def test_a_backup_of_a_newer_version_is_refused_by_the_command(tmp_path: Path) -> None:
    place = write(tmp_path / "a.backup", migrations=(("publishing", "9001_a_better_press"),))
    with pytest.raises(CommandError, match=r"newer version .*\(publishing.9001_a_better_press\): install that version"):
        call_command("restore_backup", place)


def test_a_format_that_is_not_known_is_refused(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.backup", "w") as archive:
        archive.writestr(MANIFEST, '{"format": 2}')
    with pytest.raises(BackupError, match="has format 2, which this version of the site does not know"):
        Archive(tmp_path / "a.backup")


def test_members_that_the_manifest_does_not_have_are_not_restored(tmp_path: Path) -> None:
    place = tmp_path / "a.backup"
    with place.open("wb") as file:
        writer = Writer(file)
        with writer.member("media/originals/a.png") as member:
            member.write(b"a picture")
        writer.finish(Manifest("", [], [], {}))
    with Archive(place) as archive, pytest.raises(BackupError, match="a damaged one"):
        archive.verify()

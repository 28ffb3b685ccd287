"""The file of a backup: a zip archive (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT) that holds a member
for each table and each picture and, last, a manifest with size and SHA-256 of all others.

    manifest.json                  format, moment, migrations, tables, members
    tables/articles.comparison     a JSON array in each line, with the values of a row
    media/originals/….png

The file is written beside its place under another name, read back, and then renamed: it is there whole or not at all.
"""

from __future__ import annotations

import json
import os
import struct
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1024 * 1024
LEVEL = 3
"""How hard rows are pressed: of the demonstration 6 saves another tenth of the file, and takes twice as long."""

UNREADABLE = (BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, LookupError, TypeError)
"""What reading a damaged archive raises; it may seem to be nowhere, or to have a password."""


class BackupError(Exception):
    """Nothing was backed up or restored; the message says why and what to do, in a sentence or two."""


class Table(NamedTuple):
    """What the archive holds of a table: of which model, the columns of its lines, how many these are, and the highest
    id that was ever given out, or 0."""

    model: str
    columns: list[str]
    rows: int
    last: int

    @property
    def member(self) -> str:
        """The name of the member that has its rows."""
        return f"tables/{self.model}"


class Manifest(NamedTuple):
    """What an archive says of itself; `members` has size and SHA-256 of each by name."""

    made_at: str
    migrations: list[tuple[str, str]]
    tables: list[Table]
    members: dict[str, tuple[int, str]]

    @property
    def media(self) -> dict[str, str]:
        """The SHA-256 of each picture by its name in the storage."""
        found = {name.partition("media/"): digest for name, (_, digest) in self.members.items()}
        return {name: digest for (before, there, name), digest in found.items() if there and not before}


class Writer:
    """An archive that is being written."""

    def __init__(self, file: IO[bytes]) -> None:
        self.zip = ZipFile(file, "w", ZIP_DEFLATED, compresslevel=LEVEL)
        self.members: dict[str, tuple[int, str]] = {}

    @contextmanager
    def member(self, name: str, *, is_packed: bool = False) -> Iterator[Member]:
        """Give what the content of a member is written to; what is packed already is kept as it is."""
        with self.zip.open(ZipInfo(name) if is_packed else name, "w", force_zip64=True) as file:
            member = Member(file)
            yield member
        self.members[name] = (member.size, member.digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest."""
        tables = [table._asdict() for table in manifest.tables]
        self.zip.writestr(MANIFEST, json.dumps({"format": FORMAT} | manifest._asdict() | {"tables": tables}))
        self.zip.close()


class Member:
    """A member that is being written."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.size, self.digest = file, 0, sha256()

    def write(self, data: bytes) -> None:
        """Add the bytes to the member."""
        self.file.write(data)
        self.digest.update(data)
        self.size += len(data)


@contextmanager
def writing(place: Path, *, replace: bool) -> Iterator[Writer]:
    """Give an archive that is at the place once the block has ended well, and was read back.

    Raises BackupError if there is something, or if the folder is not there.
    """
    if not place.parent.is_dir():
        raise BackupError(f"There is no folder {place.parent}: make it, or name a file in another one.")
    if place.is_dir():
        raise BackupError(f"{place} is a folder: name a file in it, for instance {place / 'site.backup'}.")
    if place.exists() and not replace:
        raise BackupError(f"{place} is there already: name another file, or say --force to replace it.")
    number, name = tempfile.mkstemp(prefix=f"{place.name}.", suffix=".partial", dir=place.parent)
    try:
        with os.fdopen(number, "wb") as file:
            with _abandoned(Writer(file)) as writer:
                yield writer
            file.flush()
            os.fsync(file.fileno())
        with Archive(Path(name)) as archive:
            archive.verify()
        Path(name).rename(place)
    finally:
        with suppress(FileNotFoundError):
            Path(name).unlink()
    _sync(place.parent)


@contextmanager
def _abandoned(writer: Writer) -> Iterator[Writer]:
    try:
        yield writer
    except BaseException:
        writer.zip.fp = None  # else its end is written when it is collected, into a file that is closed
        raise


def _sync(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


class Archive:
    """An archive that is read: use it as a context manager. Raises BackupError for a file that is none, or damaged."""

    def __init__(self, place: Path) -> None:
        self.place = place
        if not place.is_file():
            raise BackupError(f"There is no file {place}.")
        self.file = place.open("rb")
        try:
            with self._readable():
                self.zip = ZipFile(self.file)
                self.manifest = _manifest(self.zip.read(MANIFEST))
        except BackupError:
            self.file.close()
            raise

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *raised: object) -> None:
        self.zip.close()
        self.file.close()

    def verify(self) -> None:
        """Read everything, and raise BackupError unless it is what was written."""
        with self._readable():
            if {*self.zip.namelist()} != {*self.manifest.members, MANIFEST}:
                raise ValueError("Other members than the manifest has.")
            for name, told in self.manifest.members.items():
                if self._measured(name) != told:
                    raise ValueError(name)

    def _measured(self, name: str) -> tuple[int, str]:
        size, digest = 0, sha256()
        with self.zip.open(name) as file:
            while chunk := file.read(CHUNK):
                size += len(chunk)
                digest.update(chunk)
        return size, digest.hexdigest()

    def rows(self, table: Table) -> Iterator[list[Any]]:
        """Yield the rows of a table."""
        with self.zip.open(table.member) as file:
            yield from map(json.loads, file)

    def picture(self, name: str) -> IO[bytes]:
        """Return the picture's file, open."""
        return self.zip.open(f"media/{name}")

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except (*UNREADABLE, AttributeError, OverflowError, RuntimeError) as error:
            raise BackupError(
                f"{self.place} is no backup of this site, or a damaged one: take another copy of it, or an earlier one."
            ) from error


def _manifest(data: bytes) -> Manifest:
    told = json.loads(data)
    if told["format"] != FORMAT:
        raise BackupError(f"The backup has format {told['format']}, which this version of the site does not know.")
    return Manifest(
        told["made_at"],
        [(app, name) for app, name in told["migrations"]],
        [Table(**table) for table in told["tables"]],
        {name: (size, digest) for name, (size, digest) in told["members"].items()},
    )

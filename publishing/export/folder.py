"""A folder of files that is replaced as a whole.

What is new is written beside it (`site.new` beside `site`), and takes its place by two renames at the very end: the old
one steps aside (`site.old`), the new one steps in. Whatever ends a run before that leaves the folder as it was. If the
machine stops between the two renames, the next run puts the old folder back; it clears away all that others left.

Files that did not change are carried over with their time and, where the file system can, as the very same file.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from hashlib import sha256
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Self
from urllib.parse import unquote

from django.utils.translation import gettext as _

MANIFEST = ".export.sha256"
"""Names every file with its digest, in the format of sha256sum, and marks the folder as one that may be replaced."""
HEADING = "# Written by manage.py export_site, which replaces this whole folder when it is run again.\n"
INDEX, REDIRECTS, NOT_FOUND = "index.html", "_redirects", "404.html"
OWN = frozenset({MANIFEST, REDIRECTS, NOT_FOUND})
"""What an export has of its own, at no address of the site."""
LONGEST_NAME = 255
"""How many bytes a name may have in the file systems of Linux, macOS and Windows, and in none fewer."""


class ExportError(Exception):
    """Nothing was exported; the message says why and what to do, in a sentence."""


def name_of(address: str) -> str | None:
    """Return the file that a host serves at the address, as `roles/nurse/index.html` for `/roles/nurse/`, or None if
    there can be none of that name."""
    path = unquote(address)
    parts = path.removeprefix("/").removesuffix("/").split("/") if path != "/" else []
    is_odd = any(part in {"", ".", ".."} or len(part.encode()) > LONGEST_NAME for part in parts)
    if is_odd or OWN.intersection(parts[:1]) or "\\" in path or not path.isprintable():
        return None
    return "/".join([*parts, INDEX] if path.endswith("/") else parts)


class Folder:
    """The folder at the place while it is being written: use it as a context manager, `write` into it, then `finish`.

    Entering it raises ExportError if something else is at the place, or another run writes beside it.
    """

    def __init__(self, place: Path) -> None:
        self.place = place.resolve()
        self.new, self.old = (self.place.with_name(f"{self.place.name}.{state}") for state in ("new", "old"))
        self.files = self.unchanged = 0

    def __enter__(self) -> Self:
        self.place.parent.mkdir(parents=True, exist_ok=True)
        self.lock = os.open(self.place.parent, os.O_RDONLY)
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self.lock)
            raise ExportError(
                _("Another export into {folder} is under way: wait until it is done.").format(folder=self.place.parent)
            ) from error
        try:
            self._clear_up()
        except BaseException:
            os.close(self.lock)
            raise
        self.new.mkdir()
        self.manifest = (self.new / MANIFEST).open("w", encoding="utf-8")
        self.manifest.write(HEADING)
        self.manifest.flush()  # from here on the folder is known as one of ours
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.manifest.close()
        _remove(self.new)
        os.close(self.lock)

    def _clear_up(self) -> None:
        for folder in (self.place, self.new, self.old):
            _refuse_what_is_not_ours(folder)
        if self.old.exists() and not self.place.exists():
            self.old.rename(self.place)
        _remove(self.new)
        _remove(self.old)

    def has(self, name: str) -> bool:
        """Whether a file of that name has been written, or none can be, since a folder is there or a file above it."""
        file = self.new / name
        return file.exists() or any((self.new / above).is_file() for above in PurePosixPath(name).parents)

    def write(self, name: str, body: bytes) -> None:
        """Write a file, or carry over the one that was there if it held the same."""
        before, file = self.place / name, self.new / name
        file.parent.mkdir(parents=True, exist_ok=True)
        self.files += 1
        if _holds(before, body):
            self.unchanged += 1
            _carry_over(before, file)
        else:
            file.write_bytes(body)
        self.manifest.write(f"{sha256(body).hexdigest()}  {name}\n")

    def keep(self, name: str) -> bool:
        """Carry over the file that was there, and return whether there was one."""
        before = self.place / name
        if not before.is_file():
            return False
        self.write(name, before.read_bytes())
        return True

    def finish(self) -> None:
        """Put what was written in the place of what was there."""
        self.manifest.close()
        os.sync()  # a rename may reach the disk before what the files hold
        if self.place.exists():
            self.place.rename(self.old)
        self.new.rename(self.place)
        _remove(self.old)


def _refuse_what_is_not_ours(folder: Path) -> None:
    if folder.is_dir() and (not any(folder.iterdir()) or _heading(folder) == HEADING):
        return
    if folder.exists():
        raise ExportError(
            _("{folder} is no folder that export_site wrote, and would be replaced: name another, or empty it.").format(
                folder=folder
            )
        )


def _heading(folder: Path) -> str:
    try:
        with (folder / MANIFEST).open(encoding="utf-8") as manifest:
            return manifest.readline()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def _remove(folder: Path) -> None:
    """Remove the folder if it is there; what marks it as ours goes last, so that what a crash leaves is known too."""
    if not folder.exists():
        return
    for each in folder.iterdir():
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        elif each.name != MANIFEST:
            each.unlink()
    (folder / MANIFEST).unlink(missing_ok=True)
    folder.rmdir()


def _holds(file: Path, body: bytes) -> bool:
    return file.is_file() and file.stat().st_size == len(body) and file.read_bytes() == body


def _carry_over(before: Path, file: Path) -> None:
    try:
        os.link(before, file)
    except OSError:  # a file system without such links
        shutil.copy2(before, file)

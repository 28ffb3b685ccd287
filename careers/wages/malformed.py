"""Why a file is refused, and where in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Malformed(ValueError):
    """A file that is refused. `str()` says where and why."""

    def __init__(self, reason: str, *, file: str = "", line: int = 0, column: str = "") -> None:
        super().__init__(reason)
        self.reason, self.file, self.line, self.column = reason, file, line, column

    def __str__(self) -> str:
        row, column = f"row {self.line}" if self.line else "", f"column {self.column}" if self.column else ""
        where = ", ".join(filter(None, (self.file, row, column)))
        return f"{where}: {self.reason}" if where else self.reason


@contextmanager
def reading(file: str) -> Iterator[None]:
    """Add the file's name to whatever is refused within."""
    try:
        yield
    except Malformed as error:
        error.file = error.file or file
        raise


def title_of(text: str) -> str:
    """Return the title of an occupation or a place. Raises Malformed for what cannot be one."""
    if not text or len(text) > 200 or not text.isprintable():
        raise Malformed(
            f"“{text[:40]}” is no title: it is empty, longer than 200 characters, or has control characters."
        )
    return text

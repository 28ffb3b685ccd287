"""A catalogue of translations, as gettext reads one."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path


def write(folder: Path, language: str, translations: Mapping[str, str]) -> None:
    """Write the translations where Django looks for them below a folder of LOCALE_PATHS (the format:
    https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html)."""
    texts = {"": "Content-Type: text/plain; charset=UTF-8\n"} | dict(translations)
    pairs = sorted((key.encode(), value.encode()) for key, value in texts.items())
    tables, data = 28, b""
    lengths: list[tuple[int, int]] = []
    for part in (0, 1):
        for pair in pairs:
            lengths.append((len(pair[part]), tables + 16 * len(pairs) + len(data)))
            data += pair[part] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), tables, tables + 8 * len(pairs), 0, tables)
    path = folder / language / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(head + b"".join(struct.pack("<2I", *each) for each in lengths) + data)

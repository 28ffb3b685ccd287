"""Front matter: what an article says about itself above its first line, in YAML, TOML or plain "Key: value"."""

import re

from .article import Note

FIELDS = {
    "title": "title", "headline": "title",
    "category": "category", "categories": "category", "section": "category", "topic": "category",
    "description": "standfirst", "standfirst": "standfirst", "summary": "standfirst", "subtitle": "standfirst",
    "excerpt": "standfirst", "dek": "standfirst",
    "author": "byline", "authors": "byline", "byline": "byline",
    "date": "published", "published": "published", "publishdate": "published", "datepublished": "published",
    "updated": "updated", "lastmod": "updated", "modified": "updated", "datemodified": "updated",
    "lastmodified": "updated", "lastupdated": "updated",
    "tags": "tags", "keywords": "tags", "tag": "tags",
}  # fmt: skip
FENCES = ("---", "+++")
PAIR = re.compile(r"""["']?([A-Za-z][\w .-]{0,40}?)["']?\s*[:=](?:\s+|(?=["'\[])|$)(.*)""")
ITEM = re.compile(r"\s*-\s+(.*)")
MAX_LINES = 200


def split(text: str) -> tuple[dict[str, str], list[Note], str]:
    """`(fields, notes, rest)`: known keys by field name, notes quoting the rest, and the text below.

    `rest` keeps its line numbers: the front matter is replaced by blank lines. Lists are joined by ", ".
    """
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    found = _fenced(lines, first) or _bare(lines, first)
    if found is None:
        return {}, [], text
    start, stop, end = found
    fields, notes = _fields(lines, start, stop)
    return fields, notes, "\n" * end + "\n".join(lines[end:])


def _fenced(lines: list[str], first: int) -> tuple[int, int, int] | None:
    fence = lines[first].strip()
    if fence not in FENCES:
        return None
    for number in range(first + 1, min(len(lines), first + MAX_LINES)):
        if lines[number].strip() == fence or (fence == "---" and lines[number].strip() == "..."):
            inside = [line for line in lines[first + 1 : number] if line.strip()]
            return (first + 1, number, number + 1) if inside and PAIR.match(inside[0]) else None
    return None


def _bare(lines: list[str], first: int) -> tuple[int, int, int] | None:
    """Lines like "Category: Health" at the very top, as long as their keys are known; at least two."""
    end = first
    while end < len(lines) and (match := PAIR.match(lines[end])) and _key(match[1]) in FIELDS and match[2]:
        end += 1
    return (first, end, end) if end - first >= 2 else None


def _fields(lines: list[str], start: int, stop: int) -> tuple[dict[str, str], list[Note]]:
    fields: dict[str, str] = {}
    notes = []
    for number, key, value in _entries(lines, start, stop):
        name = FIELDS.get(_key(key))
        if name and value and name not in fields:
            fields[name] = value
        else:
            words = f"{key}: {value}" if key else value
            notes.append(Note(number, f"Left out of the front matter: “{words}”.", "left out"))
    return fields, notes


def _entries(lines: list[str], start: int, stop: int) -> list[tuple[int, str, str]]:
    """`(line, key, value)`, with list items and indented lines joined to the key above them."""
    entries: list[tuple[int, str, list[str], str]] = []
    for number in range(start, stop):
        line = lines[number]
        match = None if line[:1] in " \t" else PAIR.match(line)
        if match:
            entries.append((number + 1, match[1], [match[2].strip()], " "))
        elif entries and (item := ITEM.match(line)):
            entries[-1] = (*entries[-1][:3], ", ")
            entries[-1][2].append(item[1])
        elif line.strip():
            entries.append((number + 1, "", [line.strip()], " ")) if not entries else entries[-1][2].append(
                line.strip()
            )
    return [(number, key, _value(parts, glue)) for number, key, parts, glue in entries]


def _value(parts: list[str], glue: str) -> str:
    if parts[0] in (">", "|", ">-", "|-", ">+", "|+", '"""'):
        parts = parts[1:]
    bare = [_unquoted(part) for part in parts]
    joined = glue.join(part for part in bare if part)
    if joined.startswith("[") and joined.endswith("]"):
        joined = ", ".join(_unquoted(part) for part in joined[1:-1].split(","))
    return joined


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value.removesuffix('"""')


def _key(key: str) -> str:
    return re.sub(r"[ ._-]", "", key).lower()

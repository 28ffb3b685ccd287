from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from tqdm import tqdm

from articles.importing.article import Article, Unreadable
from articles.importing.read import read_article
from articles.importing.store import Stored, origin, store
from publishing.models import User

ENDINGS = {".txt", ".md", ".markdown", ".html", ".htm", ".docx"}
LOCK = "~$"
"""How the names of the files begin that Word leaves beside an open one."""
MANY = 20
"""From how many files on a progress bar is shown."""


class Command(BaseCommand):
    """Make drafts of articles that stand in files."""

    help = (
        "Reads articles over two roles (text, Markdown, HTML, Word) and makes drafts of them. Folders are searched for "
        f"{', '.join(sorted(ENDINGS))}. A file that cannot be read is named with the reason; the others still go in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the paths, --dry-run and --by."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="A file or a folder.")
        parser.add_argument("--dry-run", action="store_true", help="Show what would be done, and do nothing.")
        parser.add_argument("--by", metavar="USERNAME", help="Whose name the drafts carry (default: importer).")

    def handle(self, *args: Any, paths: list[Path], **options: Any) -> None:
        """Import file by file; exit with 1 if one of them could not be."""
        files = list(_files(paths))
        if not files:
            raise CommandError(f"There is no article in {', '.join(map(str, paths))}: looked for {sorted(ENDINGS)}.")
        if options["dry_run"]:
            with transaction.atomic():
                failed = self._import_all(files, options["by"])
                transaction.set_rollback(True)
            self.stdout.write("Dry run: nothing was stored.")
        else:
            failed = self._import_all(files, options["by"])
        self.stdout.write(f"{len(files) - failed} of {len(files)} files read.")
        if failed:
            raise CommandError(f"{failed} of {len(files)} files could not be imported; each is named above.")

    def _import_all(self, files: list[Path], username: str | None) -> int:
        """Import the files, and return how many could not be."""
        by = _importer(username)
        return sum([not self._import(file, by) for file in _with_progress(files)])

    def _import(self, file: Path, by: User) -> bool:
        """Import one file, all or nothing, and report it; return whether it could be."""
        try:
            data = file.read_bytes()
            article = read_article(data, name=file.name)
            stored = store(article, note=origin(file.name, data), by=by)
        except (OSError, Unreadable, ValidationError) as error:
            self._report(file, f"NOT IMPORTED: {_reason(error)}", [])
            return False
        self._report(file, f"{stored.outcome}: {stored.comparison}", _lines(article, stored))
        return True

    def _report(self, file: Path, line: str, further: Iterable[str]) -> None:
        with tqdm.external_write_mode(file=self.stdout):
            self.stdout.write(f"{file}: {line}")
            for sentence in further:
                self.stdout.write(f"    {sentence}")


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(filter(_may_be_article, path.rglob("*")))
        else:
            yield path


def _may_be_article(file: Path) -> bool:
    return file.suffix.lower() in ENDINGS and file.is_file() and not file.name.startswith(LOCK)


def _with_progress(files: list[Path]) -> Iterable[Path]:
    progress: Iterable[Path] = tqdm(files, unit="article", disable=len(files) < MANY)
    return progress


def _importer(username: str | None) -> User:
    """Return the account in whose name drafts are made; the default one nobody can sign in with."""
    if username is not None:
        found = User.objects.filter(username=username).first()
        if found is None:
            raise CommandError(f"There is no account {username!r}: make it in the admin, or leave --by out.")
        return found
    importer, is_new = User.objects.get_or_create(username="importer")
    if is_new:
        importer.set_unusable_password()
        importer.save()
    return importer


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, FileNotFoundError):
        return f"There is no file or folder at {error.filename}."
    if isinstance(error, OSError):
        return f"{error.filename} cannot be opened ({error.strerror}); see that this account may read it."
    return str(error)


def _lines(article: Article, stored: Stored) -> Iterator[str]:
    """Yield what an editor should know: what became of the parts, and what the reader left out or guessed."""
    if stored.outcome in {"made", "updated"}:
        yield f"{len(article.sections)} sections, {len(article.figures)} figures, {len(article.wishes)} neighbours"
        if article.byline:
            yield f"The byline “{article.byline}” is not taken over: give the article an author."
        yield from stored.sentences
        yield from (f"Line {note.line}: {note.sentence}" for note in article.notes)
    else:
        yield from stored.sentences

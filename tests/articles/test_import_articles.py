"""The command `import_articles`: files in, drafts and a report out."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.models import Comparison
from careers.models import Role
from publishing.models import User
from tests.articles.builders import every_row
from tests.articles.importing.word import docx
from tests.builders import make_user, revise

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def article(a: str, b: str, *, neighbour: str = "", intro: str = "Both work with fibre all day long, by hand.") -> str:
    """Return an article over two roles, in plain text as such articles come."""
    return f"""Harbour Work

{a} vs. {b}: What Are the Differences?

Learn about the two trades and what tells them apart.

{intro} People who like one of them often like the other one too, and some learn both in the same workshop.

What is a {a}?

A {a} works at a long bench. The work is slow, and it is the same from one week to the next.

What is a {b}?

A {b} sits by the window. The work is quick, and no two pieces of it are ever the same.

{a} vs. {b}

Here are the main differences between a {a} and a {b}.

Job Duties

A {a} prepares the fibre, and a {b} finishes it. Both look after their own tools and sweep the floor.

Salary

The average salary for a {a} is $52,300 per year, while the average salary for a {b} is $48,100 per year.

{neighbour}

Back to Harbour Work
"""


ROPES = article("Rope Maker", "Net Maker")
WEAVERS = article("Rope Maker", "Weaver")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with two articles in it."""
    place = tmp_path / "articles"
    (place / "deeper").mkdir(parents=True)
    (place / "ropes.txt").write_text(ROPES)
    (place / "deeper" / "weavers.md").write_text(WEAVERS)
    return place


def run(*arguments: object) -> str:
    """Run the command; return what it printed."""
    out = StringIO()
    call_command("import_articles", *map(str, arguments), stdout=out)
    return out.getvalue()


def run_with_failures(*arguments: object) -> tuple[str, str]:
    """Run the command, which must fail; return what it printed, and its last word."""
    out = StringIO()
    with pytest.raises(CommandError) as failed:
        call_command("import_articles", *map(str, arguments), stdout=out)
    assert failed.value.returncode == 1
    return out.getvalue(), str(failed.value)


def test_a_folder_is_searched_and_every_article_becomes_a_draft(folder: Path) -> None:
    (folder / "notes.csv").write_text("a,b")
    printed = run(folder)
    assert {str(comparison) for comparison in Comparison.objects.all()} == {
        "Rope Maker vs. Net Maker: What Are the Differences?",
        "Rope Maker vs. Weaver: What Are the Differences?",
    }
    assert f"{folder / 'ropes.txt'}: made: Rope Maker vs. Net Maker: What Are the Differences?" in printed
    assert f"{folder / 'deeper' / 'weavers.md'}: made: Rope Maker vs. Weaver" in printed
    assert "notes.csv" not in printed
    assert printed.endswith("2 of 2 files read.\n")


def test_word_files_are_read_too_but_not_what_word_leaves_beside_an_open_one(folder: Path) -> None:
    (folder / "dental.docx").write_bytes(docx())
    (folder / "~$dental.docx").write_bytes(b"owner")
    printed = run(folder)
    assert f"{folder / 'dental.docx'}: made: Dental Hygienist vs. Dental Assistant" in printed
    assert printed.endswith("3 of 3 files read.\n")


def test_it_says_what_became_of_the_parts(folder: Path) -> None:
    printed = run(folder / "ropes.txt")
    assert "    2 sections, 2 figures, 0 neighbours" in printed
    assert "    Made the role Rope Maker, with 1 figure." in printed
    assert re.search(r"    Line \d+: Left out, the way back: “Back to Harbour Work”", printed)
    assert str(Comparison.objects.get().category) == "Harbour Work"
    assert {figure.source for role in Role.objects.all() for figure in role.figures.all()} == {""}


def test_a_second_run_changes_nothing(folder: Path) -> None:
    run(folder)
    before = every_row()
    printed = run(folder)
    assert printed.count(": unchanged: ") == 2
    assert every_row() == before


def test_a_changed_file_updates_an_unedited_draft_and_leaves_an_edited_one_alone(folder: Path) -> None:
    run(folder)
    revise(Comparison.objects.get(role_b__title="Weaver"), standfirst="Edited.")
    for path, text in ((folder / "ropes.txt", ROPES), (folder / "deeper" / "weavers.md", WEAVERS)):
        path.write_text(text.replace("Both work with fibre", "Both work with twine"))
    printed = run(folder)
    assert "ropes.txt: updated: " in printed
    assert "weavers.md: left alone: " in printed
    intros = {comparison.role_b.title: comparison.intro for comparison in Comparison.objects.all()}
    assert "twine" in intros["Net Maker"]
    assert "twine" not in intros["Weaver"]


def test_a_dry_run_reports_and_changes_nothing_at_all(folder: Path) -> None:
    before = every_row()
    printed = run(folder, "--dry-run")
    assert every_row() == before
    assert ": made: Rope Maker vs. Net Maker" in printed
    assert "Dry run: nothing was stored." in printed
    run(folder)
    assert Comparison.objects.count() == 2


def test_a_dry_run_with_a_file_that_cannot_be_read_changes_nothing_and_fails(folder: Path) -> None:
    (folder / "list.txt").write_text("Milk\n\nEggs\n")
    before = every_row()
    run_with_failures(folder, "--dry-run")
    assert every_row() == before


UNREADABLE = {
    "no title": b"Milk\n\nEggs\n",
    "empty": b"",
    "binary": bytes(range(256)) * 4,
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_named_and_the_others_go_in(folder: Path, data: bytes) -> None:
    (folder / "a-list.txt").write_bytes(data)
    printed, last = run_with_failures(folder)
    assert re.search(rf"{folder / 'a-list.txt'}: NOT IMPORTED: \w.+\.", printed)
    assert last == "1 of 3 files could not be imported; each is named above."
    assert "2 of 3 files read." in printed
    assert Comparison.objects.count() == 2


def test_a_file_that_is_not_there_is_named(folder: Path) -> None:
    missing = folder / "nothing.txt"
    printed, _ = run_with_failures(missing, folder / "ropes.txt")
    assert f"{missing}: NOT IMPORTED: There is no file or folder at {missing}.\n" in printed
    assert Comparison.objects.count() == 1


def test_a_file_goes_in_whole_or_not_at_all(folder: Path) -> None:
    longer = f"What Are the Differences {'and the Things That They Share ' * 5}Today?"
    text = article("Sail Maker", "Tent Maker").replace("What Are the Differences?", longer)
    (folder / "long.txt").write_text(text)
    printed, _ = run_with_failures(folder)
    assert re.search(r"long\.txt: NOT IMPORTED: Comparison “Sail Maker .+…”: Ensure this value has at most", printed)
    assert not Role.objects.filter(title__in=["Sail Maker", "Tent Maker"]).exists()
    assert Comparison.objects.count() == 2


def test_drafts_carry_the_name_of_whoever_imports(folder: Path) -> None:
    by = make_user("writer", username="ana")
    run(folder, "--by", "ana")
    assert {comparison.revisions.get().author for comparison in Comparison.objects.all()} == {by}
    assert not User.objects.filter(username="importer").exists()


def test_without_a_name_they_carry_one_that_nobody_can_sign_in_with(folder: Path) -> None:
    run(folder)
    importer = Comparison.objects.all()[0].revisions.get().author
    assert (importer.username, importer.has_usable_password(), importer.is_staff) == ("importer", False, False)


def test_an_unknown_name_is_refused_before_anything_is_done(folder: Path) -> None:
    before = every_row()
    with pytest.raises(CommandError, match="There is no account 'nobody'"):
        run(folder, "--by", "nobody")
    assert every_row() == before


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no article in"):
        run(tmp_path)


@pytest.mark.parametrize("order", [("ropes.txt", "deeper/weavers.md"), ("deeper/weavers.md", "ropes.txt")])
def test_neighbours_are_pinned_in_whichever_order_the_files_come(folder: Path, order: tuple[str, str]) -> None:
    (folder / "ropes.txt").write_text(
        article("Rope Maker", "Net Maker", neighbour="Rope Maker vs. Weaver: What Are the Differences?")
    )
    run(*(folder / name for name in order))
    ropes = Comparison.objects.get(role_b__title="Net Maker")
    assert [pin.target.role_b.title for pin in ropes.pins.all()] == ["Weaver"]
    assert not ropes.wishes.exists()


def test_many_files_show_a_bar_that_leaves_the_report_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for n in range(22):
        (tmp_path / f"{n:02}.txt").write_text(article("Rope Maker", f"Keeper of {chr(65 + n)}-Boats"))
    call_command("import_articles", str(tmp_path))
    out, err = capsys.readouterr()
    assert [line for line in out.splitlines() if line and not line.startswith(("    ", str(tmp_path)))] == [
        "22 of 22 files read."
    ]
    assert [line.split(": ")[1] for line in out.splitlines() if line.startswith(str(tmp_path))] == ["made"] * 22
    assert "\r" not in out
    assert "22/22" in err
    assert Comparison.objects.count() == 22


def test_few_files_show_no_bar(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_articles", str(folder))
    assert capsys.readouterr().err == ""

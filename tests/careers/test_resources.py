"""Roles and figures as tables in the admin: they go out, are changed, shown as what would change, and come in."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook
from pytest_django import DjangoAssertNumQueries

from careers.models import Figure, Role
from careers.spreadsheets import SafeXLSX
from publishing.models import AuditEntry, Revision
from tests.articles.builders import every_row, form_in, sign_in
from tests.builders import SOURCED, make_draft, make_live, make_role, make_user
from tests.images.builders import make_image, plain

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

ROLES, FIGURES = "0", "1"
CSV, XLSX = "0", "1"
IMPORT, EXPORT = "/admin/careers/role/import/", "/admin/careers/role/export/"
KEYS = ("role", "measure", "unit", "period", "place", "covers", "source")
FULL: dict[str, Any] = {
    "title": "Lamp Keeper",
    "singular": "lamp keeper",
    "also_called": ["Lighter", "=Wick trimmer"],
    "definition": "-Keeps lamps, and +more.",
    "summary": '<p>A <strong>lamp</strong> keeper; see <a href="doc:1">this</a>.</p><ul><li>=one</li></ul>',
    "skills": ["patience", "oil, wick and glass"],
    "certifications": ["Guild letter"],
    "education": "bachelor",
    "search_title": "@keeper",
    "is_indexable": False,
}


def stored() -> dict[str, list[Any]]:
    """Return what the database holds, but for who is signed in."""
    return {table: rows for table, rows in every_row().items() if table not in ("sessions.Session", "publishing.User")}


def export(client: Client, what: str = ROLES, *, format: str = CSV) -> bytes:
    """Return the file that goes out."""
    response = client.post(EXPORT, {"resource": what, "format": format})
    assert "attachment" in response.headers["Content-Disposition"]
    return bytes(response.content)


def table(*rows: dict[str, Any]) -> bytes:
    """Return a CSV file with these rows."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def rows(data: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def dry_run(client: Client, data: bytes, what: str = ROLES, *, format: str = CSV, name: str = "roles.csv") -> str:
    """Hand in a file; return the page that says what would change, or why it is refused."""
    response = client.post(IMPORT, {"resource": what, "format": format, "import_file": SimpleUploadedFile(name, data)})
    assert response.status_code == 200
    return response.content.decode()


def confirm(client: Client, page: str, **changes: str) -> Any:
    """Press “Import” on the page that says what would change."""
    return client.post("/admin/careers/role/process_import/", form_in(page, "form.act") | changes)


def bring_in(client: Client, data: bytes, what: str = ROLES, **kwargs: Any) -> Any:
    """Hand in a file, and confirm it."""
    return confirm(client, dry_run(client, data, what, **kwargs))


def words(page: str) -> str:
    """Return the words on the page."""
    return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())


@pytest.mark.parametrize("format", [CSV, XLSX])
def test_what_goes_out_changes_nothing_when_it_comes_back(client: Client, format: str) -> None:
    sign_in(client, "Writer")
    make_draft(Role, **FULL, tags=["lamps", "oil, and wicks"], figures=[SOURCED | {"as_of": "2026-05-01"}])
    make_draft(Role)
    for what, name in ((ROLES, "2 rows"), (FIGURES, "1 row")):
        before = stored()
        page = dry_run(client, export(client, what, format=format), what, format=format)
        assert f"{name} would change nothing." in words(page)
        confirm(client, page)
        assert stored() == before


def test_no_cell_of_the_export_is_a_formula(client: Client) -> None:
    sign_in(client, "Writer")
    make_draft(Role, **FULL)
    row = rows(export(client))[0]
    assert (row["definition"], row["search_title"]) == ("'-Keeps lamps, and +more.", "'@keeper")
    assert row["also_called"] == "Lighter\n=Wick trimmer"
    sheet = SafeXLSX().create_dataset(export(client, format=XLSX))
    assert sheet["definition"] == ["-Keeps lamps, and +more."]


def test_every_content_field_has_a_column_and_figures_have_their_own_table(client: Client) -> None:
    sign_in(client, "Writer")
    make_draft(Role, figures=[SOURCED])
    assert set(rows(export(client))[0]) == {*Role.content_fields, "tags"}
    assert set(rows(export(client, FIGURES))[0]) == {"role", *Role.content_rows["figures"]}


def test_each_role_that_an_import_changes_is_in_the_audit_log(client: Client) -> None:
    writer = sign_in(client, "Writer")
    changed, same = make_draft(Role, title="Lamp Keeper", definition="Keeps lamps."), make_draft(Role)
    bring_in(
        client,
        table({"slug": changed.slug, "definition": "Lights."}, {"slug": same.slug, "definition": same.definition}),
    )
    bring_in(client, table(figure(same)), FIGURES, name="figures.csv")
    imported = AuditEntry.objects.filter(act=AuditEntry.Act.IMPORT).order_by("pk")
    assert list(imported.values_list("who", "number", "detail")) == [
        (writer.username, changed.pk, "Imported from roles.csv"),
        (writer.username, same.pk, "Imported from figures.csv"),
    ]


def test_a_change_is_shown_before_it_is_stored(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role, title="Lamp Keeper", definition="Keeps lamps.", tags=["lamps"])
    before = stored()
    page = dry_run(client, table({"slug": role.slug, "definition": "Keeps old lamps.", "tags": "lamps, oil"}))
    shown = BeautifulSoup(page, "html.parser").select_one(".row-changes")
    assert shown is not None
    assert [name.get_text() for name in shown.select("dt")] == ["definition", "tags"]
    assert [" ".join(mark.get_text().split()) for mark in shown.select("ins")] == ["inserted: old ;", "inserted: ,oil;"]
    assert "style=" not in str(shown)
    assert stored() == before


def test_a_confirmed_change_leaves_a_revision_by_the_person_and_publishes_nothing(client: Client) -> None:
    writer = sign_in(client, "Writer")
    role = make_live(Role, title="Lamp Keeper", definition="Keeps lamps.")
    row = {"slug": role.slug, "definition": "Keeps old lamps.", "skills": "oil\n\noil\nwick", "tags": "lamps, deep sea"}
    bring_in(client, table(row))
    role.refresh_from_db()
    assert (role.definition, role.skills, sorted(role.tags.names())) == (
        "Keeps old lamps.",
        ["oil", "wick"],
        ["deep sea", "lamps"],
    )
    newest = role.revisions.first()
    assert (newest.author, newest.note) == (writer, "Imported from roles.csv")
    assert newest.content["definition"] == "Keeps old lamps."
    assert newest.content["tags"] == ["deep sea", "lamps"]
    assert role.edition_model.objects.get().definition == "Keeps lamps."


def test_a_new_slug_makes_a_role(client: Client) -> None:
    writer = sign_in(client, "Writer")
    bring_in(client, table({"slug": "oil-taster", "title": "Oil Taster", "tags": "oil", "is_indexable": "yes"}))
    role = Role.objects.get(slug="oil-taster")
    assert list(role.tags.names()) == ["oil"]
    assert role.revisions.get().author == writer


def test_rich_text_passes_the_sanitiser(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role)
    bring_in(client, table({"slug": role.slug, "summary": '<p onclick="x()">Hi</p><script>alert(1)</script>'}))
    role.refresh_from_db()
    assert role.summary == "<p>Hi</p>"


BAD_ROLES = {
    "a slug that would make an address ambiguous": ({"slug": "a-vs-b", "title": "A"}, "Row 3, slug: “-vs-” stands"),
    "no title": ({"slug": "new", "title": ""}, "Row 3, title: This field cannot be blank."),
    "an education that is none": ({"education": "some"}, "Row 3, education: Value 'some' is not a valid choice."),
    "a choice that is none": ({"is_indexable": "maybe"}, "Row 3, is_indexable: “maybe” is neither yes nor no."),
    "a picture that is none": ({"image": "77"}, "Row 3, image: There is no picture “77” in the library."),
    "a line that is too long": ({"skills": "a" * 301}, "Row 3, skills: This line has over 300 characters"),
    "a tag that is too long": ({"tags": "a" * 101}, "Row 3, tags: This tag has over 100 characters"),
    "a text that is too long": ({"definition": "a" * 201}, "Row 3, definition: Ensure this value has at most 200"),
    "a column that is none": ({"titel": "A"}, "There is no column “titel”."),
    "the same role twice": ({"slug": "good"}, "Rows 2 and 3 are about the same"),
}


@pytest.mark.parametrize(("bad", "sentence"), BAD_ROLES.values(), ids=BAD_ROLES)
def test_a_bad_row_is_named_with_its_reason_and_nothing_is_stored(
    client: Client, bad: dict[str, str], sentence: str
) -> None:
    sign_in(client, "Writer")
    make_role("Good", slug="good")
    make_role("Bad", slug="bad")
    before = stored()
    usual = {"definition": "Changed."} | dict.fromkeys(bad, "")
    good = {"slug": "good"} | {name: value for name, value in usual.items() if name in ("definition", "slug")}
    filled = {name: getattr(Role.objects.get(slug="good"), name, "") for name in bad if name not in ("slug", "tags")}
    lines = {name: "\n".join(value) if isinstance(value, list) else value for name, value in filled.items()}
    rest = {"tags": ""} if "tags" in bad else {}
    page = dry_run(client, table(good | lines | rest | {"slug": "good"}, good | lines | rest | {"slug": "bad"} | bad))
    assert sentence in words(page)
    assert "process_import" not in page
    assert stored() == before


def test_the_column_that_tells_the_role_is_needed(client: Client) -> None:
    sign_in(client, "Writer")
    assert "The column “slug” is missing" in words(dry_run(client, table({"title": "A"})))


@pytest.mark.parametrize(
    ("what", "row", "sentence"),
    [
        (ROLES, {"slug": "lamp-keeper", "definition": "Changed."}, "Row 2: “Lamp Keeper” was deleted: bring it back"),
        (ROLES, {"slug": "new", "title": "Lamp Keeper"}, "“Lamp Keeper” was deleted and has its title: bring it back"),
        (FIGURES, dict.fromkeys(KEYS, "") | {"role": "lamp-keeper"}, "“Lamp Keeper” was deleted: bring it back first."),
    ],
)
def test_a_row_about_a_deleted_role_is_refused(client: Client, what: str, row: dict[str, str], sentence: str) -> None:
    sign_in(client, "Writer")
    make_draft(Role, title="Lamp Keeper", put_away_at=timezone.now())
    before = stored()
    assert sentence in words(dry_run(client, table(row), what))
    assert stored() == before


def figure(role: Role, **fields: str) -> dict[str, str]:
    """Return the row of a figure."""
    return {"role": role.slug, "covers": ""} | SOURCED | fields


def test_figures_are_matched_by_what_they_measure_and_else_added(client: Client) -> None:
    writer = sign_in(client, "Writer")
    role = make_draft(Role, figures=[SOURCED])
    newer = figure(role, period="May 2026", amount="70000")
    bring_in(client, table(figure(role, amount="66000.50"), newer), FIGURES, name="pay.csv")
    assert [(str(f.amount), f.period, f.position) for f in role.figures.all()] == [
        ("66000.50", "May 2025", 0),
        ("70000.00", "May 2026", 1),
    ]
    newest = role.revisions.first()
    assert (role.revisions.count(), newest.author, newest.note) == (2, writer, "Imported from pay.csv")
    assert [row["amount"] for row in newest.content["figures"]] == ["66000.50", "70000.00"]


BAD_FIGURES = {
    "a role that is none": ({"role": "nobody"}, "Row 3: There is no role with the slug “nobody”."),
    "an amount that is none": ({"amount": "65,917"}, "Row 3, amount: “65,917” is no amount"),
    "an amount without end": ({"amount": "Infinity"}, "Row 3, amount: “Infinity” is no amount"),
    "a date that is none": ({"as_of": "soon"}, "Row 3, as_of: “soon” is no date"),
    "a range that runs backwards": ({"amount_high": "1"}, "Row 3, amount_high: The upper end of a range"),
    "people counted in dollars": ({"measure": "employment"}, "Row 3, unit: People employed are counted in people"),
    "an address that is none": ({"source_url": "bls"}, "Row 3, source_url: Enter a valid URL."),
}


@pytest.mark.parametrize(("bad", "sentence"), BAD_FIGURES.values(), ids=BAD_FIGURES)
def test_a_bad_figure_is_named_with_its_reason(client: Client, bad: dict[str, str], sentence: str) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role)
    before = stored()
    empty = {"amount_high": "", "as_of": "", "source_url": ""}
    page = dry_run(client, table(figure(role, **empty), figure(role, **empty, period="May 2024") | bad), FIGURES)
    assert sentence in words(page)
    assert stored() == before


def test_two_such_figures_are_not_told_apart(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role, figures=[SOURCED, SOURCED])
    assert "Row 2: The role has two such figures" in words(dry_run(client, table(figure(role)), FIGURES))


@pytest.mark.parametrize(
    ("data", "format", "sentence"),
    [
        (b"\xff\xfe\x00", CSV, "The file is not UTF-8"),
        (b"slug\nlamp", XLSX, "The workbook cannot be read."),
        (b"slug,title\na,b,c\n", CSV, "The file cannot be read in this format"),
        (b"a" * (5 * 1024 * 1024 + 1), CSV, "The file is too large"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(client: Client, data: bytes, format: str, sentence: str) -> None:
    sign_in(client, "Writer")
    assert sentence in words(dry_run(client, data, format=format))


def test_a_row_that_is_wrong_by_the_time_it_is_confirmed_stores_nothing(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role)
    page = dry_run(client, table({"slug": role.slug, "title": "Taken"}, {"slug": "new", "title": "New"}))
    make_role("Taken")
    before = stored()
    response = confirm(client, page)
    assert response.headers["Location"] == IMPORT
    assert "Nothing was stored" in words(client.get(IMPORT).content.decode())
    assert stored() == before


def test_only_the_file_of_the_dry_run_is_confirmed(client: Client) -> None:
    sign_in(client, "Writer")
    page = dry_run(client, table({"slug": "new", "title": "New"}))
    before = stored()
    refused = confirm(client, page, import_file_name="/etc/passwd").content.decode()
    assert "The file did not come back whole" in words(refused)
    assert stored() == before


def test_only_who_may_change_roles_imports(client: Client) -> None:
    person = make_user("writer")
    person.user_permissions.add(Permission.objects.get(codename="view_role"))
    client.force_login(person)
    listed = client.get("/admin/careers/role/").content.decode()
    assert IMPORT not in listed and EXPORT in listed
    assert client.get(IMPORT).status_code == client.post(IMPORT).status_code == 403
    assert client.post("/admin/careers/role/process_import/").status_code == 403
    person.user_permissions.set([Permission.objects.get(codename="view_comparison")])
    assert client.get(EXPORT).status_code == client.post(EXPORT).status_code == 403


def test_the_pages_have_nothing_that_the_content_security_policy_blocks(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role)
    for page in (
        client.get(EXPORT).content.decode(),
        client.get(IMPORT).content.decode(),
        dry_run(client, table({"slug": role.slug, "definition": "New."})),
    ):
        soup = BeautifulSoup(page, "html.parser").select_one("#content")
        assert soup is not None
        assert soup.select("[style], [onchange], [onclick], style, script:not([src])") == []


def test_a_filtered_list_goes_out_filtered(client: Client) -> None:
    sign_in(client, "Writer")
    make_draft(Role, title="Lamp Keeper", education="master", figures=[SOURCED])
    make_draft(Role, title="Oil Taster", education="bachelor", figures=[SOURCED])
    for what, column in ((ROLES, "slug"), (FIGURES, "role")):
        response = client.post(f"{EXPORT}?education__exact=master", {"resource": what, "format": CSV})
        assert [row[column] for row in rows(bytes(response.content))] == ["lamp-keeper"]
    assert Figure.objects.count() == 2 and Revision.objects.count() == 2


def workbook(*rows: list[Any]) -> bytes:
    """Return a workbook as somebody makes one by hand."""
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(out)
    return out.getvalue()


def test_dates_and_numbers_that_a_spreadsheet_made_of_what_was_typed_are_read(client: Client) -> None:
    sign_in(client, "Writer")
    role = make_draft(Role, figures=[SOURCED | {"as_of": "2026-05-01"}])
    row = figure(role) | {"amount": 65917.0, "as_of": datetime(2026, 5, 1)}
    page = dry_run(client, workbook(list(row), list(row.values())), FIGURES, format=XLSX)
    assert "1 row would change nothing." in words(page)


def test_a_text_that_a_spreadsheet_made_a_date_of_is_refused(client: Client) -> None:
    sign_in(client, "Writer")
    row = figure(make_draft(Role)) | {"period": datetime(2025, 5, 1)}
    page = dry_run(client, workbook(list(row), list(row.values())), FIGURES, format=XLSX)
    sentence = "The spreadsheet made a date of this (2025-05-01): format the column as text, and write it again."
    assert sentence in words(page)


def test_more_roles_with_pictures_go_out_in_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, "Writer")
    make_draft(Role, image=make_image(plain(9, 9)), tags=["lamps"])
    with django_assert_max_num_queries(20) as few:
        export(client)
    for side in range(10, 13):
        make_draft(Role, image=make_image(plain(side, side)), tags=["lamps"])
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert len(rows(export(client))) == 4

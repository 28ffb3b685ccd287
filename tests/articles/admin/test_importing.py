"""The page “Import an article”: paste or upload, see how it was understood, correct it, make the draft."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.admin_import_forms import MOST, Correction
from articles.importing.article import Section
from articles.importing.store import origin
from articles.models import Comparison
from careers.models import Role
from publishing.models import Revision
from tests.articles.builders import act, every_row, form_in, sign_in
from tests.articles.importing import samples
from tests.articles.importing.stored import GUILD, article, pay
from tests.articles.importing.word import docx
from tests.builders import make_category, make_role, revise

pytestmark = pytest.mark.django_db

URL = "/admin/articles/comparison/import/"
FORM = "#content-main form"
ROLES = ("Dental Hygienist", "Dental Assistant")
PARTS = {"intro": 0, "summary_a": 1, "summary_b": 2, "versus": 3, "Job Duties": 4, "Job Requirements": 5, "Salary": 8}


def stored() -> dict[str, list[Any]]:
    """Return what the database holds, but for who is signed in."""
    return {table: rows for table, rows in every_row().items() if table not in ("sessions.Session", "publishing.User")}


def read(client: Client, *, text: str = "", file: bytes = b"", name: str = "dental.docx") -> str:
    """Hand in an article; return the page that answers."""
    sent: dict[str, Any] = {"text": text}
    if file:
        sent["file"] = SimpleUploadedFile(name, file)
    response = client.post(URL, sent)
    assert response.status_code == 200
    return response.content.decode()


def correct(client: Client, page: str, *, button: str = "_store", **changes: str) -> Any:
    """Send the forms of the page back as they stand, but for the changes."""
    ticked = {name: "on" for name in form_in(page, FORM) if name.endswith("-keep")}
    return client.post(URL, form_in(page, FORM) | ticked | changes | {button: "1"})


def words(page: str) -> str:
    """Return the words on the page."""
    return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())


def test_what_was_read_is_shown_part_by_part_and_nothing_is_stored(client: Client) -> None:
    sign_in(client, "Writer")
    make_category("Health Careers")
    before = stored()
    sent = form_in(read(client, text=samples.complete()), FORM)
    assert (sent["role_a"], sent["role_b"]) == ROLES
    assert (sent["category"], sent["standfirst"]) == ("Health Careers", samples.STANDFIRST)
    assert {name: sent[f"parts-{n}-body"] for name, n in PARTS.items()}["summary_b"] == f"<p>{samples.ASSISTANT}</p>"
    assert [sent[f"parts-{n}-heading"] for n in (4, 5, 8)] == ["Job Duties", "Job Requirements", "Salary"]
    assert (sent["figures-0-amount"], sent["figures-0-unit"], sent["figures-0-role"]) == ("87530", "year", "a")
    assert sent["wishes"].strip().splitlines() == [samples.NEIGHBOUR, samples.OTHER_NEIGHBOUR]
    assert stored() == before


def test_it_becomes_a_draft_once_that_is_confirmed(client: Client) -> None:
    writer = sign_in(client, "Writer")
    make_category("Health Careers")
    response = correct(client, read(client, text=samples.complete()))
    comparison = Comparison.objects.get()
    assert response.headers["Location"] == act(comparison, "change")
    assert (comparison.role_a.title, comparison.role_b.title) == ROLES
    assert comparison.intro == f"<p>{samples.INTRO}</p>"
    assert [section.heading for section in comparison.sections.all()] == list(samples.SECTIONS)
    assert [figure.amount for role in Role.objects.order_by("-title") for figure in role.figures.all()] == [
        87530,
        46540,
    ]
    note = origin("pasted text", samples.complete().strip().encode())
    assert {(each.author, each.note) for each in Revision.objects.all()} == {(writer, note)}
    page = client.get(response.headers["Location"]).content.decode()
    assert "Readers see nothing of it yet" in page


def test_a_word_file_is_taken_too(client: Client) -> None:
    sign_in(client, "Writer")
    correct(client, read(client, file=docx(), name="dental.docx"))
    comparison = Comparison.objects.get()
    assert comparison.summary_a == "" and comparison.role_a.summary == f"<p>{samples.HYGIENIST}</p>"
    assert comparison.revisions.get().note == origin("dental.docx", docx())


def test_parts_are_corrected_before_they_are_stored(client: Client) -> None:
    sign_in(client, "Writer")
    make_category("Dental Work")
    page = read(client, text=samples.complete())
    correct(
        client,
        page,
        role_a="Oral Hygienist",
        category="Dental Work",
        **{
            "parts-4-heading": "What They Do",
            "parts-4-body": "<p>Mended.</p><script>alert(1)</script>",
            "parts-5-kind": "",
            "parts-7-kind": "intro",
            "figures-0-amount": "88000",
            "figures-0-source": "US Bureau of Labor Statistics",
            "figures-1-keep": "",
            "figures-1-amount": "no number",
            "wishes": "",
            "tags": "teeth, health care",
        },
    )
    comparison = Comparison.objects.get()
    assert comparison.role_a.title == "Oral Hygienist"
    assert str(comparison.category) == "Dental Work"
    assert [(s.heading, s.body) for s in comparison.sections.all()][0] == ("What They Do", "<p>Mended.</p>")
    assert [s.heading for s in comparison.sections.all()] == ["What They Do", "Work Environment", "Salary"]
    assert comparison.intro == f"<p>{samples.INTRO}</p><p>{samples.SKILLS}</p>"
    figure = comparison.role_a.figures.get()
    assert (int(figure.amount), figure.source) == (88000, "US Bureau of Labor Statistics")
    assert not comparison.role_b.figures.exists()
    assert not comparison.wishes.exists()
    assert sorted(comparison.tags.names()) == ["health care", "teeth"]


def test_what_would_happen_is_said_and_said_again_after_a_correction(client: Client) -> None:
    sign_in(client, "Writer")
    make_role("Dental Assistant")
    before = stored()
    page = read(client, text=samples.complete())
    assert "A new draft is made." in words(page)
    assert "Dental Hygienist: a new role, as a draft." in words(page)
    assert "Dental Assistant: there already" in words(page)
    assert "not added to the role Dental Assistant, which was there" in words(page)
    again = correct(client, page, button="_check", role_a="Dental Aide").content.decode()
    assert "Dental Aide: a new role, as a draft." in words(again)
    assert form_in(again, FORM)["role_a"] == "Dental Aide"
    assert stored() == before


def test_a_draft_that_was_edited_is_left_alone_and_the_page_says_so(client: Client) -> None:
    sign_in(client, "Writer")
    page = read(client, text=samples.complete())
    correct(client, page)
    revise(Comparison.objects.get(), standfirst="Edited.")
    before = stored()
    again = read(client, text=samples.complete().replace("bright", "light"))
    assert "Nothing: There is a draft of these two roles: Dental Hygienist vs. Dental Assistant" in words(again)
    refused = correct(client, again)
    assert refused.status_code == 200
    assert "Nothing was stored: there is a draft of these two roles." in words(refused.content.decode())
    assert stored() == before


def test_an_unedited_draft_follows_its_file(client: Client) -> None:
    sign_in(client, "Writer")
    correct(client, read(client, file=samples.markdown().encode(), name="dental.md"))
    changed = samples.markdown().replace("bright, clean rooms", "light rooms").encode()
    page = read(client, file=changed, name="dental.md")
    assert "is brought up to date" in words(page)
    correct(client, page)
    assert "light rooms" in Comparison.objects.get().sections.get(heading="Work Environment").body


def test_what_was_corrected_at_the_import_is_not_written_over_by_the_file(client: Client) -> None:
    sign_in(client, "Writer")
    correct(client, read(client, file=samples.markdown().encode(), name="dental.md"), standfirst="Corrected.")
    page = read(client, file=samples.markdown().replace("bright", "light").encode(), name="dental.md")
    assert "Nothing: There is a draft" in words(page)
    correct(client, page)
    assert Comparison.objects.get().standfirst == "Corrected."


def test_an_article_of_a_role_with_itself_or_a_section_without_heading_is_refused(client: Client) -> None:
    sign_in(client, "Writer")
    before = stored()
    changes = {"role_b": "dental hygienist", "parts-4-heading": "", "figures-0-amount": "many"}
    page = correct(client, read(client, text=samples.complete()), **changes).content.decode()
    for sentence in ("Name two different roles", "A section needs a heading", "Enter a number"):
        assert sentence in words(page)
    assert form_in(page, FORM)["figures-0-amount"] == "many"
    assert stored() == before


@pytest.mark.parametrize("title", ["Accountants", "Nurse vs. Doctor vs. Dentist: What Are the Differences?"])
def test_what_is_no_article_over_two_roles_is_refused_with_a_sentence(client: Client, title: str) -> None:
    sign_in(client, "Writer")
    before = stored()
    page = read(client, text=f"{title}\n\n{samples.INTRO}")
    assert "The article could not be read, and nothing was stored." in words(page)
    assert samples.INTRO in words(page), "what was pasted is still there"
    assert stored() == before


@pytest.mark.parametrize(
    ("file", "name", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "an old Word file (.doc)"),
        (b"%PDF-1.7", "a.pdf", "This is a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a.png", "not a text file"),
        (docx()[:500], "a.docx", "It is damaged"),
        (b"a" * (2 * 1024 * 1024 + 1), "a.txt", "2 MB can be read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(client: Client, file: bytes, name: str, sentence: str) -> None:
    sign_in(client, "Writer")
    assert sentence in words(read(client, file=file, name=name))


def test_one_of_the_two_is_needed(client: Client) -> None:
    sign_in(client, "Writer")
    for page in (read(client), read(client, text=samples.complete(), file=docx())):
        assert "Paste the article or choose a file: one of the two." in words(page)


def test_an_article_beyond_what_the_forms_can_send_back_is_refused(client: Client) -> None:
    sign_in(client, "Writer")
    noted = f"{samples.DUTIES} {'Dental assistants earn $54,000. ' * 5000}"  # a note of each says how it was read
    long = samples.complete().replace(samples.DUTIES, noted)
    assert "and 500,000 can be corrected here" in words(read(client, file=long.encode(), name="long.txt"))
    assert "an article may have 200,000: split it" in words(read(client, text=2 * long))
    assert "at most 500000 characters" in words(read(client, text=4 * long))
    sections = "".join(f"### Point {n}\n\n{samples.DUTIES}\n\n" for n in range(70))
    assert f"{MOST} fit the form" in words(
        read(client, file=(samples.markdown() + "\n\n" + sections).encode(), name="a.md")
    )


def test_the_largest_article_that_fits_the_forms_is_sent_back_whole() -> None:
    largest = article(
        sections=(Section("Duties", "<p>Knots.</p>", 1),) * MOST, figures=(pay(),) * MOST, sources=(GUILD,) * MOST
    )
    whole, *sets = Correction.of(largest, note=origin("ropes.txt", b""), may_add_category=True).forms
    fields = len(whole.fields) + sum(len(form.fields) for rows in sets for form in (rows.management_form, *rows))
    assert fields + len(["_store", "csrfmiddlewaretoken"]) <= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def test_a_form_that_was_tampered_with_stores_nothing(client: Client) -> None:
    sign_in(client, "Writer")
    page = read(client, text=samples.complete())
    before = stored()
    response = correct(client, page, reading="forged")
    assert response.headers["Location"] == URL
    assert stored() == before


def test_a_writer_chooses_among_the_categories_and_an_editor_makes_one(client: Client) -> None:
    sign_in(client, "Writer")
    page = read(client, text=samples.complete())
    assert "The article says “Health Careers”: there is none" in words(page)
    assert "Select a valid choice" in words(correct(client, page, category="Health Careers").content.decode())
    correct(client, page)
    assert Comparison.objects.get().category is None
    sign_in(client, "Editor")
    text = samples.complete().replace("Dental Assistant", "Dental Clerk").replace("dental assistant", "dental clerk")
    correct(client, read(client, text=text))
    assert str(Comparison.objects.get(role_b__title="Dental Clerk").category) == "Health Careers"


def test_who_may_not_add_comparisons_and_roles_does_not_import(client: Client) -> None:
    person = sign_in(client, "Writer")
    assert URL in client.get("/admin/articles/comparison/").content.decode()
    person.groups.clear()
    person.user_permissions.set(Permission.objects.filter(codename__in=("add_comparison", "change_comparison")))
    assert URL not in client.get("/admin/articles/comparison/").content.decode()
    assert client.get(URL).status_code == 403
    assert client.post(URL, {"text": samples.complete()}).status_code == 403


def test_the_page_has_a_link_from_the_list_and_the_way_back(client: Client) -> None:
    sign_in(client, "Writer")
    assert f'href="{URL}"' in client.get("/admin/articles/comparison/").content.decode()
    assert reverse("admin:articles_comparison_changelist") in client.get(URL).content.decode()

"""The whole job, as people do it: write, preview, publish; find, read, go on."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.desk import choose, press, preview, rich_text, signed_in, write_richly, write_role

STORED = (
    "<h3>A heading</h3><p>Hello <strong>bold</strong> plain, and 2 &lt; 3 &amp; more.</p>"
    "<ul><li><p>one</p></li><li><p>two</p></li></ul>"
)


def test_an_editor_publishes_a_role_and_a_comparison_and_a_reader_finds_them(
    editor_page: Page, open_page: Opener
) -> None:
    desk = editor_page
    write_role(desk, "Records Manager")
    press(desk, "Save draft")
    expect(desk.get_by_text("was added successfully").or_(desk.get_by_text("was changed successfully"))).to_be_visible()
    assert STORED in rich_text(desk, "id_summary").inner_html().replace('<br class="ProseMirror-trailingBreak">', "")

    desk.goto("/admin/articles/comparison/add/")
    choose(desk, "id_role_a", "Records Manager")
    choose(desk, "id_role_b", "Office Manager")
    desk.get_by_label("Category:").select_option(label="Job Search")
    write_richly(desk, "id_intro", link="/roles/office-manager/")
    headings = [desk.locator(f"#id_sections-{n}-heading").input_value() for n in range(5)]
    assert headings == ["Job duties", "Job requirements", "Work environment", "Skills", "Salary"]
    rich_text(desk, "id_sections-0-body").click()
    desk.keyboard.type("One files, the other orders.")
    press(desk, "Save draft")
    shown = preview(desk)
    expect(shown.get_by_role("heading", level=1)).to_contain_text("Records Manager vs. Office Manager")
    expect(shown.get_by_text("One files, the other orders.")).to_be_visible()
    expect(shown.get_by_role("heading", name="What is a records manager?")).to_be_visible()

    reader = open_page()
    for path in ("/compare/records-manager-vs-office-manager/", "/roles/records-manager/"):
        response = reader.goto(path)
        assert response is not None
        assert response.status == 404

    press(desk, "Close")
    press(desk, "Save and publish…")
    expect(desk.get_by_label("Records Manager")).to_be_checked()
    press(desk, "Publish")
    expect(desk.get_by_role("link", name="/compare/records-manager-vs-office-manager/").first).to_be_visible()

    reader.goto("/")
    reader.get_by_role("link", name="Records Manager vs. Office Manager").first.click()
    expect(reader).to_have_title("Records Manager vs. Office Manager: What Are the Differences? · Side by Side")
    article = reader.get_by_role("main")
    expect(article.locator("strong", has_text="bold").first).to_be_visible()
    expect(article.get_by_role("link", name="linked").first).to_have_attribute("href", "/roles/office-manager/")


def test_a_reader_follows_related_comparisons_the_walk_and_the_way_back(page: Page) -> None:
    page.goto("/compare/practice-manager-vs-office-manager/")
    related = page.locator("#related")
    assert related.get_by_role("listitem").get_by_role("link").count() == 6
    first = related.get_by_role("listitem").get_by_role("link").first
    title = first.inner_text()
    first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title.replace("\n", " "))

    page.goto("/compare/practice-manager-vs-office-manager/")
    page.get_by_role("link", name="Associate Director vs. Director").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Associate Director vs. Director")
    page.get_by_role("link", name="Practice Manager vs. Office Manager").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Practice Manager vs. Office Manager")
    page.get_by_role("link", name="Back to Job Search").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Job Search")


def test_a_writer_saves_and_cannot_publish(open_page: Opener) -> None:
    desk = signed_in(open_page(), "writer")
    write_role(desk, "Filing Clerk")
    expect(desk.get_by_role("button", name="Save and publish…")).to_have_count(0)
    press(desk, "Save draft")
    expect(preview(desk).get_by_role("heading", level=1)).to_have_text("Filing Clerk")
    response = desk.goto(desk.url.replace("/change/", "/publish/"))
    assert response is not None
    assert response.status == 403
    response = open_page().goto("/roles/filing-clerk/")
    assert response is not None
    assert response.status == 404


def test_sections_are_ordered_with_buttons_from_the_keyboard(editor_page: Page) -> None:
    desk = editor_page
    desk.goto("/admin/articles/comparison/?q=Scrum")
    desk.get_by_role("link", name="Delivery Manager vs. Scrum Master").click()
    first = desk.locator("#sections-group .inline-related").first
    heading = first.locator("input[name$=heading]").input_value()
    expect(first.get_by_role("button", name="Move up")).to_be_disabled()
    first.get_by_role("button", name="Move down").press("Enter")
    expect(desk.locator("#sections-group .moved[role=status]")).to_contain_text("number 2")
    press(desk, "Save draft")
    moved = desk.locator("#sections-group .inline-related").nth(1)
    expect(moved.locator("input[name$=heading]")).to_have_value(heading)

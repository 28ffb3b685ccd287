"""What becomes of an article that was read: drafts of it and of its roles."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from articles.importing.article import Section, Source
from articles.models import Category, Comparison, ComparisonEdition
from careers.models import Role, RoleEdition
from publishing.errors import Refused
from publishing.publish import publish
from tests.builders import make_role, make_user, revise

from .stored import DUTIES, GUILD, article, pay, put, rows

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def test_an_article_becomes_a_draft_with_its_roles_and_its_shelf() -> None:
    stored = put(article())
    comparison = Comparison.objects.get()
    assert (stored.outcome, stored.comparison) == ("made", comparison)
    assert comparison.title == ""
    assert (comparison.standfirst, comparison.intro) == ("Two trades of the harbour.", "<p>Both work with fibre.</p>")
    assert (comparison.summary_a, comparison.summary_b) == ("", "")
    assert str(comparison.category) == "Harbour Work"
    assert comparison.category and comparison.category.slug == "harbour-work"
    assert [section.heading for section in comparison.sections.all()] == ["Job Duties", "Salary"]
    assert [(source.title, source.url) for source in comparison.sources.all()] == [(GUILD.title, GUILD.url)]
    assert list(comparison.tags.names()) == ["Ropes"]
    roles = {role.slug: role.summary for role in Role.objects.all()}
    assert roles == {"rope-maker": "<p>A rope maker twists hemp.</p>", "net-maker": "<p>A net maker knots twine.</p>"}


def test_nothing_of_it_is_live() -> None:
    put(article())
    assert not ComparisonEdition.objects.exists()
    assert not RoleEdition.objects.exists()


def test_each_document_has_one_revision_by_the_importer_that_names_the_file() -> None:
    by = make_user("writer")
    put(article(), by=by)
    for document in (*Role.objects.all(), Comparison.objects.get()):
        revision = document.revisions.get()
        assert revision.author == by
        assert revision.note.startswith("Imported from ropes.txt, SHA-256 ")
    assert [section["heading"] for section in revision.content["sections"]] == ["Job Duties", "Salary"]
    assert revision.content["tags"] == ["Ropes"]


def test_a_title_of_its_own_is_kept() -> None:
    put(article(title="Rope or net?"))
    assert Comparison.objects.get().title == "Rope or net?"


def test_a_figure_without_a_source_is_kept_and_stops_the_publication_until_it_has_one() -> None:
    put(article())
    editor = make_user()
    role = Role.objects.get(slug="rope-maker")
    figure = role.figures.get()
    assert (figure.measure, int(figure.amount), figure.unit, figure.source) == ("mean_pay", 52000, "year", "")
    ready = revise(role, definition="Twists hemp into ropes.", education="none")
    with pytest.raises(Refused, match=r"Average pay \(52000\.00\) has no source"):
        publish(ready, by=editor)
    figure.source = "Guild of Rope Makers"
    figure.save()
    publish(revise(role), by=editor)
    assert RoleEdition.objects.live().get().document == role


def test_figures_go_to_the_role_that_they_are_about() -> None:
    figures = (pay(), pay(role="b", amount=Decimal(40000)), pay(role="b", measure="pay", amount_high=Decimal(60000)))
    stored = put(article(figures=figures))
    assert Role.objects.get(slug="rope-maker").figures.count() == 1
    assert [row.amount_high for row in Role.objects.get(slug="net-maker").figures.all()] == [None, 60000]
    assert "Made the role Net Maker, with 2 figures." in stored.sentences


def test_html_passes_the_sanitiser() -> None:
    put(article(intro='<p onclick="x()">Fibre<script>x()</script></p>', summary_a="<h1>Twists</h1>"))
    stored = Comparison.objects.get().intro + Role.objects.get(slug="rope-maker").summary
    assert "Fibre" in stored
    assert "script" not in stored
    assert "onclick" not in stored
    assert "<h1" not in stored


def test_a_shelf_that_is_there_is_used_however_it_is_capitalised() -> None:
    put(article(category="harbour work"))
    put(article(role_b="Weaver", category="HARBOUR WORK"), file="weavers.txt")
    assert Category.objects.count() == 1


def test_an_article_without_a_shelf_waits_for_one() -> None:
    put(article(category=""))
    assert Comparison.objects.get().category is None


def test_text_that_is_too_long_for_its_field_is_not_lost() -> None:
    standfirst, heading, source = "Long. " * 60, "Heading " * 20, "Guild " * 40
    stored = put(
        article(
            standfirst=standfirst.strip(),
            sections=(Section(heading.strip(), "<p>Text.</p>", 1),),
            sources=(Source(source.strip(), "https://example.org/"),),
        )
    )
    comparison = Comparison.objects.get()
    section = comparison.sections.get()
    assert (comparison.standfirst, section.heading[-1]) == ("", "…")
    assert comparison.intro == f"<p>{standfirst.strip()}</p><p>Both work with fibre.</p>"
    assert section.body == f"<p><strong>{heading.strip()}</strong></p><p>Text.</p>"
    assert comparison.sources.get().url == "https://example.org/"
    assert f"Cut, a source that is too long: “{source.strip()}”" in stored.sentences


@pytest.mark.parametrize("name", ["Keeper of Scales-VS-Weights", "VS Keeper", "Keeper VS"])
def test_a_role_gets_a_slug_that_no_comparisons_address_could_mean(name: str) -> None:
    put(article(role_a=name))
    assert "-vs-" not in f"-{Role.objects.get(title=name).slug}-"


def test_names_that_differ_in_a_sign_are_two_roles() -> None:
    make_role("C# Developer", slug="developer")
    put(article(role_a="C Developer", role_b="C++ Developer"))
    put(article(role_a="C# Developer", role_b="C Developer"), file="sharp.txt")
    slugs = {role.title: role.slug for role in Role.objects.all()}
    assert slugs == {
        "C Developer": "c-developer",
        "C++ Developer": "c-plus-plus-developer",
        "C# Developer": "developer",
    }


def test_a_slug_that_another_role_has_is_counted_on() -> None:
    make_role("Keeper of Nets", slug="net-maker-plus")
    make_role("Mender of Nets", slug="net-maker-plus-2")
    put(article(role_b="Net-Maker -Plus-"))
    assert Role.objects.filter(slug="net-maker-plus").count() == 1


LONG = "x" * 201


def test_what_cannot_be_stored_of_a_source_a_figure_or_a_tag_is_left_out_and_quoted() -> None:
    stored = put(
        article(
            sources=(Source("Harbour Office", "/about/us"), Source("Guild", f"https://example.org/{'x' * 300}")),
            figures=(pay(source=LONG, source_url="see below"),),
            tags=("Ropes", LONG),
        )
    )
    comparison = Comparison.objects.get()
    assert [(source.title, source.url) for source in comparison.sources.all()] == [
        ("Harbour Office", ""),
        ("Guild", ""),
    ]
    assert list(comparison.tags.names()) == ["Ropes"]
    figure = Role.objects.get(slug="rope-maker").figures.get()
    assert (int(figure.amount), figure.source, figure.source_url) == (52000, "", "")
    said = " ".join(stored.sentences)
    for quoted in ("“/about/us”", f"“https://example.org/{'x' * 300}”", f"“{LONG}”", "“see below”"):
        assert quoted in said


def test_what_cannot_be_stored_at_all_leaves_nothing_behind_and_is_named() -> None:
    before = rows()
    for broken, reason in (
        (
            article(role_b="Rope maker", title="Rope Maker vs. Net Maker"),
            "Comparison “Rope Maker vs. Net Maker”: Choose two",
        ),
        (article(sections=(DUTIES, Section("", "<p>Text.</p>", 3))), "Section “”: This field cannot be blank."),
        (article(category="y" * 81), f"Category “{'y' * 79}…”: Ensure this value has at most 80 characters"),
    ):
        with pytest.raises(ValidationError) as refused:
            put(broken)
        assert " ".join(refused.value.messages).startswith(reason)
        assert rows() == before

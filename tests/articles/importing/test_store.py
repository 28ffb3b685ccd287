"""What becomes of an article that was read: drafts, and nothing that an editor wrote is overwritten."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from articles.importing.article import Article, Section, Source, StatedFigure
from articles.importing.store import Stored, origin, store
from articles.models import Category, Comparison, ComparisonEdition
from careers.models import Role, RoleEdition
from publishing.errors import Refused
from publishing.models import User
from publishing.publish import publish
from publishing.revisions import restore
from tests.articles.builders import every_row
from tests.builders import make_comparison, make_role, make_user, revise

pytestmark = pytest.mark.django_db

DUTIES = Section("Job Duties", "<p>Rope makers twist, net makers knot.</p>", 9)
GUILD = Source("Guild of Rope Makers", "https://example.org/guild")


def pay(**fields: Any) -> StatedFigure:
    """Return pay of role A as a sentence states it that does not say where the number is from."""
    usual: dict[str, Any] = {
        "role": "a",
        "measure": "mean_pay",
        "amount": Decimal(52000),
        "amount_high": None,
        "unit": "year",
        "period": "",
        "place": "",
        "source": "",
        "source_url": "",
        "sentence": "Rope makers earn $52,000 a year on average.",
        "line": 12,
    }
    return StatedFigure(**usual | fields)


def article(**fields: Any) -> Article:
    """Return an article over rope makers and net makers; what is not said is short."""
    usual: dict[str, Any] = {
        "title": "Rope Maker vs. Net Maker: What Are the Differences?",
        "category": "Harbour Work",
        "standfirst": "Two trades of the harbour.",
        "role_a": "Rope Maker",
        "role_b": "Net Maker",
        "heading_a": "What is a Rope Maker?",
        "heading_b": "What is a Net Maker?",
        "heading_versus": "",
        "summary_a": "<p>A rope maker twists hemp.</p>",
        "summary_b": "<p>A net maker knots twine.</p>",
        "intro": "<p>Both work with fibre.</p>",
        "versus": "<p>They differ in this.</p>",
        "sections": (DUTIES, Section("Salary", "<p>Rope makers earn $52,000 a year on average.</p>", 12)),
        "figures": (pay(),),
        "byline": "",
        "published": None,
        "updated": None,
        "sources": (GUILD,),
        "tags": ("Ropes",),
        "wishes": (),
        "notes": (),
    }
    return Article(**usual | fields)


def put(read: Article, *, file: str = "ropes.txt", text: str = "as it was", by: User | None = None) -> Stored:
    """Store an article that was read in a file of that text."""
    return store(read, note=origin(file, text.encode()), by=by or make_user("writer"))


def rows() -> dict[str, list[Any]]:
    """Return all that the database holds, but for the people of this test."""
    return {table: found for table, found in every_row().items() if table != "publishing.User"}


# ---- a new article --------------------------------------------------------------------------------------------------


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


# ---- roles that are there already -----------------------------------------------------------------------------------


def test_a_role_that_is_there_is_never_overwritten() -> None:
    role = make_role("Rope Maker", summary="<p>Twists nylon these days.</p>")
    before = Role.objects.values().get(pk=role.pk)
    stored = put(article())
    assert Role.objects.values().get(pk=role.pk) == before
    assert not role.figures.exists()
    assert not role.revisions.exists()
    comparison = Comparison.objects.get()
    assert comparison.summary_a == "<p>A rope maker twists hemp.</p>"
    said = " ".join(stored.sentences)
    assert "The role Rope Maker was there already: what the article says of it became the article's own." in said
    assert "Line 12: not added to the role Rope Maker, which was there: “Rope makers earn $52,000" in said


def test_what_says_the_same_as_the_role_is_not_said_twice() -> None:
    role = make_role("Rope Maker", summary="<p>A rope maker twists hemp.</p>")
    role.figures.create(measure="mean_pay", amount=52000, unit="year")
    stored = put(article())
    assert Comparison.objects.get().summary_a == ""
    assert not [sentence for sentence in stored.sentences if "Rope Maker" in sentence]


@pytest.mark.parametrize("title", ["rope maker", "ROPE MAKER"])
def test_a_role_is_found_however_it_is_capitalised(title: str) -> None:
    role = make_role(title)
    put(article())
    assert Comparison.objects.get().role_a == role


# ---- the same article again -----------------------------------------------------------------------------------------


def test_the_same_file_again_changes_nothing() -> None:
    put(article(wishes=("Weaver vs. Rope Maker",)))
    before = rows()
    stored = put(article(wishes=("Weaver vs. Rope Maker",)))
    assert (stored.outcome, stored.sentences) == ("unchanged", [])
    assert rows() == before


def test_a_changed_file_brings_an_unedited_draft_up_to_date() -> None:
    put(article())
    changed = article(intro="<p>Both work with twine.</p>", sections=(DUTIES,), tags=("Nets",), sources=())
    stored = put(changed, text="as it is now")
    comparison = Comparison.objects.get()
    assert (stored.outcome, comparison.intro) == ("updated", "<p>Both work with twine.</p>")
    assert [section.heading for section in comparison.sections.all()] == ["Job Duties"]
    assert (list(comparison.tags.names()), comparison.sources.count()) == (["Nets"], 0)
    assert comparison.revisions.count() == 2
    assert Role.objects.get(slug="rope-maker").revisions.count() == 1


def test_what_a_changed_file_says_anew_of_a_role_becomes_the_articles_own() -> None:
    put(article())
    put(article(summary_a="<p>A rope maker twists nylon.</p>"), text="as it is now")
    assert Comparison.objects.get().summary_a == "<p>A rope maker twists nylon.</p>"
    assert Role.objects.get(slug="rope-maker").summary == "<p>A rope maker twists hemp.</p>"


def edited(comparison: Comparison) -> None:
    revise(comparison, standfirst="Edited.")


def edited_and_turned_back(comparison: Comparison) -> None:
    first = comparison.revisions.latest("pk")
    edited(comparison)
    restore(first, by=make_user("writer"))


@pytest.mark.parametrize("edit", [edited, edited_and_turned_back])
def test_a_draft_that_somebody_edited_is_left_alone(edit: Any) -> None:
    put(article())
    edit(Comparison.objects.get())
    before = rows()
    stored = put(article(intro="<p>Other.</p>"), text="as it is now")
    assert stored.outcome == "left alone"
    assert stored.sentences == ["The draft was written or edited here; the file changes nothing."]
    assert rows() == before


def test_a_draft_that_was_written_here_is_left_alone_in_either_order() -> None:
    make_comparison(make_role("Net Maker"), make_role("Rope Maker"))
    before = rows()
    assert put(article()).outcome == "left alone"
    assert rows() == before


def test_another_file_over_the_same_roles_is_left_alone_and_the_first_one_named() -> None:
    put(article())
    before = rows()
    stored = put(article(role_a="Net Maker", role_b="Rope Maker"), file="nets.txt", text="another")
    assert stored.outcome == "left alone"
    assert stored.sentences == ["The draft of these two roles was imported from ropes.txt."]
    assert rows() == before


# ---- neighbours -----------------------------------------------------------------------------------------------------

WEAVERS = {"role_b": "Weaver", "title": "Rope Maker vs. Weaver: What Are the Differences?"}
WISH = "Weaver vs. Rope Maker: What Are the Differences?"


def pinned_on(comparison: Comparison) -> list[Comparison]:
    return [pin.target for pin in comparison.pins.all()]


@pytest.mark.parametrize("wisher_first", [True, False])
def test_a_neighbour_is_pinned_whichever_article_comes_first(wisher_first: bool) -> None:  # noqa: FBT001
    wisher: dict[str, Any] = {"read": article(wishes=(WISH,)), "file": "ropes.txt"}
    wished: dict[str, Any] = {"read": article(**WEAVERS), "file": "weavers.txt"}
    for each in (wisher, wished) if wisher_first else (wished, wisher):
        put(each["read"], file=each["file"])
    ropes = Comparison.objects.get(role_b__title="Net Maker")
    weavers = Comparison.objects.get(role_b__title="Weaver")
    assert pinned_on(ropes) == [weavers]
    assert not ropes.wishes.exists()
    assert ropes.revisions.latest("pk").content["pins"][0]["target"] == weavers.pk
    assert pinned_on(weavers) == []


def test_a_neighbour_that_nobody_wrote_yet_stays_a_wish() -> None:
    put(article(wishes=(WISH, "Sail Maker vs. Tent Maker")))
    assert [wish.title for wish in Comparison.objects.get().wishes.all()] == [WISH, "Sail Maker vs. Tent Maker"]


def test_an_article_that_names_itself_is_not_pinned_on_itself() -> None:
    put(article(wishes=("Net Maker vs. Rope Maker",)))
    put(article(wishes=("Net Maker vs. Rope Maker",)), text="as it is now")
    assert pinned_on(Comparison.objects.get()) == []


def test_a_pin_that_came_true_is_no_edit_of_the_draft() -> None:
    put(article(wishes=(WISH,)))
    put(article(**WEAVERS), file="weavers.txt")
    before = rows()
    assert put(article(wishes=(WISH,))).outcome == "unchanged"
    assert rows() == before
    stored = put(article(wishes=(WISH,), intro="<p>Other.</p>"), text="as it is now")
    assert stored.outcome == "updated"
    assert len(pinned_on(Comparison.objects.get(role_b__title="Net Maker"))) == 1


def test_an_excluded_neighbour_is_not_pinned() -> None:
    put(article(**WEAVERS), file="weavers.txt")
    put(article(), file="ropes.txt")
    ropes, weavers = Comparison.objects.get(role_b__title="Net Maker"), Comparison.objects.get(role_b__title="Weaver")
    ropes.wishes.create(title="Weaver vs. Rope Maker")
    ropes.exclusions.create(target=weavers)
    put(article(**WEAVERS, intro="<p>Other.</p>"), file="weavers.txt", text="as it is now")
    assert pinned_on(ropes) == []

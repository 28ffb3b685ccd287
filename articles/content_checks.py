"""What must be right before readers see a comparison or a page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from taggit.models import Tag

from articles.importing.topics import of_heading
from articles.models import STANDARD_SECTIONS, Category, Comparison, Page
from articles.models.comparisons import standfirst_of
from articles.reading import RESERVED, _sections
from careers.content_checks import undescribed_pictures
from careers.money_checks import contradicted_money, reversed_claims
from careers.naming import Facts, facts_of, mentions
from careers.quotes import misnamed_quotes, missing_figures, of_pair
from publishing.checks import Content, Draft, Finding, Level, content_check
from publishing.checks.links import page_anchors, pages_by_slug
from publishing.content_checks import fits_search_results, hardly_says_anything
from publishing.richtext import plain

NAMED_FROM = 50
"""From how many words on a text that never names its role is odd."""


def roles(draft: Draft) -> tuple[Facts, Facts]:
    """Return what the comparison should agree with: the facts of its roles, A first."""
    a, b = draft.content["role_a"], draft.content["role_b"]
    found = facts_of({a, b})
    return found[a], found[b]


@content_check(Comparison)
def is_complete(draft: Draft) -> Iterator[Finding]:
    """A comparison stands on a shelf, says something, and helps to choose."""
    content = draft.content
    if not Category.objects.filter(pk=content["category"]).exists():
        yield Finding(Level.ERROR, "Choose a category: it is the way back for readers.", "category")
    if not plain(content["intro"]):
        yield Finding(Level.ERROR, "Write an introduction.", "intro")
    if not any(plain(section["body"]) for section in content["sections"]):
        yield Finding(Level.ERROR, "Write at least one section.", "sections")
    for side, facts in zip(("choose_a", "choose_b"), draft.once(roles), strict=True):
        if not content[side]:
            yield Finding(Level.WARNING, f"Nothing says who should choose {facts.name.title}.", side)


@content_check(Comparison)
def roles_are_those_of_the_draft(draft: Draft) -> Iterator[Finding]:
    """No other pair is published than the draft's: its form, and a merge, see to it that a published pair stays."""
    own = (draft.document.role_a_id, draft.document.role_b_id)
    if (draft.content["role_a"], draft.content["role_b"]) != own:
        a, b = (facts.name.title for facts in draft.once(roles))
        sentence = f"The draft is not about “{a} vs. {b}”, as this is: restore this to the draft, and publish that."
        yield Finding(Level.ERROR, sentence, "role_a")


@content_check(Comparison)
def sections_are_filled(draft: Draft) -> Iterator[Finding]:
    """An empty section is not shown to readers, and a very short one hardly helps; the editor is told."""
    for section in draft.content["sections"]:
        heading, text = section["heading"], plain(section["body"])
        if not text:
            sentence = f"The section “{heading}” is empty, and is left out."
            yield Finding(Level.WARNING, sentence, "sections", section["id"])
        elif hardly_says_anything(text):
            sentence = f"The section “{heading}” has {len(text.split())} words: it hardly says anything."
            yield Finding(Level.INFO, sentence, "sections", section["id"])


@content_check(Comparison)
def standard_sections_are_there(draft: Draft) -> Iterator[Finding]:
    """What every comparison tells has a section, whatever its heading says it with: duties, or responsibilities."""
    headings = [section["heading"] for section in draft.content["sections"]]
    topics = {of_heading(heading).casefold() for heading in headings} | {heading.casefold() for heading in headings}
    for standard in STANDARD_SECTIONS:
        if standard.casefold() not in topics:
            sentence = f"There is no section “{standard}”: readers find it in the other comparisons."
            yield Finding(Level.WARNING, sentence, "sections")


@content_check(Comparison)
def both_roles_are_named(draft: Draft) -> Iterator[Finding]:
    """A title of its own names both roles as they are called, and so does the text, which may shorten the names."""
    both = draft.once(roles)
    text = " ".join(passage.text for passage in draft.passages)
    for facts in _unnamed(draft.content["title"], both, [facts.names for facts in both]):
        sentence = f"The title never names “{facts.name.title}”, as the role is called."
        yield Finding(Level.WARNING, sentence, "title")
    if len(text.split()) >= NAMED_FROM:
        for facts in _unnamed(
            text, both, [facts.names | short for facts, short in zip(both, _short(*both), strict=True)]
        ):
            sentence = f"The text never names “{facts.name.title}”, as the role is called."
            yield Finding(Level.WARNING, sentence, "intro")


def _unnamed(text: str, both: tuple[Facts, Facts], names: list[set[str]]) -> list[Facts]:
    """Return those of the roles that a text never names; nothing written leaves nobody out."""
    named = {mention.role for mention in mentions(text, names)}
    return [facts for place, facts in enumerate(both) if text and place not in named]


def _short(a: Facts, b: Facts) -> tuple[set[str], set[str]]:
    """Return the last words of both roles' names, which do for a name ("the generalist") unless they are the same."""
    of_a, of_b = ({name.split()[-1] for name in facts.names} for facts in (a, b))
    return of_a - of_b, of_b - of_a


@content_check(Comparison)
def roles_are_called_alike(draft: Draft) -> Iterator[Finding]:
    """The text calls a role by its title, and not by another name for the same work."""
    both = draft.once(roles)
    proper = [facts.names for facts in both]
    others = [{name for name in facts.also_called if " " in name} for facts in both]
    for passage in draft.passages:
        for sentence in passage.sentences:
            for mention in mentions(sentence, [*proper, *others]):
                facts = both[mention.role - len(both)] if mention.role >= len(both) else None
                if facts and not _says_so(sentence, facts):
                    said = sentence[mention.start : mention.end]
                    found = f"The text says “{said}” where the role is called “{facts.name.singular}”."
                    yield Finding(Level.INFO, found, passage.field, passage.row)


def _says_so(sentence: str, facts: Facts) -> bool:
    """Whether the sentence names the role properly too: then it tells of its other names."""
    return bool(mentions(sentence, [facts.names]))


@content_check(Comparison)
def money_in_prose_is_backed(draft: Draft) -> Iterable[Finding]:
    """Amounts in the prose stand among the figures of one of the roles."""
    return contradicted_money(draft.passages, draft.once(roles))


@content_check(Comparison)
def quoted_figures_are_there(draft: Draft) -> Iterable[Finding]:
    """Every figure that the text quotes is one of the two roles'."""
    a, b = draft.once(roles)
    return missing_figures(draft.passages, of_pair(a.figures, b.figures))


@content_check(Comparison)
def quoted_figures_are_those_named(draft: Draft) -> Iterable[Finding]:
    """A quote is of the role that its words name."""
    return misnamed_quotes(draft.passages, dict(zip("ab", draft.once(roles), strict=True)))


@content_check(Comparison)
def the_higher_pay_is_the_higher(draft: Draft) -> Iterable[Finding]:
    """No sentence says that A earns more than B where the figures say the reverse."""
    a, b = draft.once(roles)
    return reversed_claims(draft.passages, a, b)


@content_check(Comparison)
def comparison_fits_search_results(draft: Draft) -> Iterable[Finding]:
    """Search results show the title and the standfirst whole; of a title that nobody wrote, "A vs. B" will do."""
    a, b = (facts.name for facts in draft.once(roles))
    return fits_search_results(
        draft,
        title=draft.content["title"] or f"{a.title} vs. {b.title}",
        description=draft.content["standfirst"] or standfirst_of(a.plural, b.plural),
    )


@content_check(Comparison)
def pictures_are_described(draft: Draft) -> Iterable[Finding]:
    """Every picture says what it shows."""
    sections = draft.content["sections"]
    return undescribed_pictures([("sections", section["id"], section["image"]) for section in sections])


@content_check(Page)
def page_is_complete(draft: Draft) -> Iterator[Finding]:
    """A page says something."""
    if not plain(draft.content["body"]):
        yield Finding(Level.ERROR, "Write the page's text.", "body")


@content_check(Page)
def page_quotes_no_figure(draft: Draft) -> Iterable[Finding]:
    """A page is about no role: there is no figure that it could quote."""
    return missing_figures(draft.passages, {})


@content_check(Page)
def page_fits_search_results(draft: Draft) -> Iterable[Finding]:
    """Search results show the title and the standfirst whole."""
    return fits_search_results(draft, title=draft.content["title"], description=draft.content["standfirst"])


@page_anchors(Comparison)
def anchors(content: Content) -> Collection[str]:
    """Return the parts of a comparison's page that links can lead to."""
    absent = {"sources"} if not content["sources"] else set()
    absent |= {"choose"} if not (content["choose_a"] or content["choose_b"]) else set()
    return (RESERVED - absent) | {part.anchor for part in _sections(content["sections"], {}, {}, {})}


@pages_by_slug("articles:category")
def categories(slugs: Collection[str]) -> Collection[str]:
    """Return those of the slugs at which there is a category."""
    return set(Category.objects.filter(slug__in=slugs).values_list("slug", flat=True))


@pages_by_slug("articles:topic")
def topics(slugs: Collection[str]) -> Collection[str]:
    """Return those of the slugs at which there is a topic."""
    return set(Tag.objects.filter(slug__in=slugs).values_list("slug", flat=True))

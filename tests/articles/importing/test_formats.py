"""What text, Markdown and HTML say in ways of their own."""

from datetime import date

import pytest

from articles.importing.article import Article, Unreadable
from articles.importing.read import read_article

from .samples import DUTIES, INTRO, TITLE, text


def read(source: str, *, name: str) -> Article:
    return read_article(source.encode(), name=name)


def notes_of(article: Article) -> str:
    return "\n".join(note.sentence for note in article.notes)


def body_of(source: str, *, name: str) -> str:
    """The body of a section "Tools" that holds the source and nothing else."""
    heading = {"a.txt": f"{TITLE}\n\n{INTRO}\n\nTools\n\n", "a.md": f"# {TITLE}\n\n{INTRO}\n\n## Tools\n\n"}
    opening = heading.get(name, f"<h1>{TITLE}</h1><p>{INTRO}</p><h2>Tools</h2>")
    (section,) = read(opening + source, name=name).sections
    return section.body


BODIES = {
    ("a.txt", "- one\n- two\n  goes on\n\n- three"): "<ul><li>one</li><li>two goes on</li><li>three</li></ul>",
    ("a.txt", "1. one\n2. two"): "<ol><li>one</li><li>two</li></ol>",
    ("a.txt", "1. one\n\n2. two\n\n3. three"): "<ol><li>one</li><li>two</li><li>three</li></ol>",
    ("a.txt", "> said\n> before"): "<blockquote><p>said before</p></blockquote>",
    ("a.txt", "Name | Use\n-----|----\nProbe | to probe"): (
        "<table><tbody><tr><th>Name</th><th>Use</th></tr><tr><td>Probe</td><td>to probe</td></tr></tbody></table>"
    ),
    ("a.md", "1. one\n2. two"): "<ol><li>one</li><li>two</li></ol>",
    ("a.md", "a *b* **c** `d` [e](https://example.org/)"): (
        '<p>a <em>b</em> <strong>c</strong> d <a href="https://example.org/">e</a></p>'
    ),
    ("a.md", "<div>raw <b>HTML</b></div>"): "<p>raw <strong>HTML</strong></p>",
    ("a.html", "<ul><li>one<ul><li>inner</li></ul></li></ul>"): "<ul><li>one<ul><li>inner</li></ul></li></ul>",
    ("a.html", "<p>one<br>two<br></p>"): "<p>one<br>two</p>",
    ("a.html", "<ul><li><h4>Probe</h4>It probes.</li></ul>"): "<h3>Probe</h3><p>It probes.</p>",
    ("a.html", "<dl><dt>a probe</dt><dd>It probes.</dd></dl>"): "<p>a probe</p><p>It probes.</p>",
    ("a.html", "<b><p>bold</p><p>still</p></b>"): "<p><strong>bold</strong></p><p><strong>still</strong></p>",
}


@pytest.mark.parametrize(("name", "source"), BODIES)
def test_blocks_become_plain_html(name: str, source: str) -> None:
    assert body_of(source, name=name) == BODIES[name, source]


def test_underlined_lines_are_headings_in_text() -> None:
    article = read(f"{TITLE}\n=====\n\n{INTRO}\n\nWhat They Use\n-------------\n\n{DUTIES}\n", name="a.txt")
    assert [section.heading for section in article.sections] == ["What They Use"]


def test_hidden_and_labelled_parts_of_a_page_are_left_out() -> None:
    article = read(
        f"<h1>{TITLE}</h1><p hidden>Secret</p><div role='navigation'>Menu</div><noscript>Plain</noscript><p>{INTRO}</p>"
        "<figure><img src='/a.png' alt='A chair'><figcaption>The chair</figcaption></figure>",
        name="a.html",
    )
    assert article.intro == f"<p>{INTRO}</p>"
    for words in (
        "hidden text: “Secret”",
        "navigation: “Menu”",
        "“Plain”",
        "“A chair” (/a.png)",
        "caption: “The chair”",
    ):
        assert words in notes_of(article)


@pytest.mark.parametrize("ending", ["", "</a>", "</b></i>", "</p></div></table>", "</h2>"])
@pytest.mark.parametrize("tag", ["iframe", "noscript"])
def test_what_is_put_in_for_want_of_something_else_is_text_to_its_end(tag: str, ending: str) -> None:
    article = read(f"<h1>{TITLE}</h1><p>{INTRO}</p><p><{tag}>Words inside{ending} <b>and after", name="a.html")
    assert "Words inside" in f"{article} {notes_of(article)}"


def test_the_head_of_a_page_fills_what_its_text_lacks() -> None:
    article = read(
        "<head><meta name='description' content='Two jobs,\n side by side.'><meta name='author' content='Jane Doe'>"
        "<meta property='article:published_time' content='2024-03-03T10:00:00Z'>"
        f"<meta property='article:section' content='Health'></head><h1>{TITLE}</h1><p>{INTRO}</p>",
        name="a.html",
    )
    assert (article.standfirst, article.byline) == ("Two jobs, side by side.", "Jane Doe")
    assert (article.category, article.published) == ("Health", date(2024, 3, 3))
    assert "The standfirst was taken from the description" in notes_of(article)


def test_a_date_that_is_none_is_a_note() -> None:
    article = read(f"---\ntitle: {TITLE}\ndate: soon\n---\n\n{INTRO}\n", name="a.md")
    assert article.published is None
    assert "“published: soon”" in notes_of(article)


def test_a_link_that_nothing_uses_is_a_note() -> None:
    article = read(f'# {TITLE}\n\n{INTRO}\n\n[bls]: https://www.bls.gov/ "The Bureau"\n', name="a.md")
    assert "https://www.bls.gov/ The Bureau" in notes_of(article)


def test_sources_stand_in_lines_links_and_rows() -> None:
    article = read(
        f"<h1>{TITLE}</h1><p>{INTRO}</p><h2>Tools</h2><p>{DUTIES}</p><h2>References</h2>"
        "<p>First, www.example.org/one.<br>Second (https://example.org/two)</p>"
        "<p><a href='https://example.org/3'>Third</a> <a href='https://example.org/4'>Fourth</a></p>",
        name="a.html",
    )
    assert [(source.title, source.url) for source in article.sources] == [
        ("First", "https://www.example.org/one"),
        ("Second", "https://example.org/two"),
        ("Third", "https://example.org/3"),
        ("Fourth", "https://example.org/4"),
    ]


def test_names_of_roles_are_known_in_their_other_forms() -> None:
    article = read(
        text(
            "QA / Test Engineer vs. Salesperson", INTRO,
            "What Does a Test Engineer Do?", "They test.", "What Do Salespeople Do?", "They sell.",
        ),
        name="a.txt",
    )  # fmt: skip
    assert (article.summary_a, article.summary_b) == ("<p>They test.</p>", "<p>They sell.</p>")


EXCESSIVE = {
    "elements": ("a.html", "<div>" * 501, "500 elements are open"),
    "quotations": ("a.md", ">" * 120 + " x", "nested too deep"),
    "entities": ("a.html", "&amp;" * 100_001, "“&” signs"),
}


@pytest.mark.parametrize(("name", "source", "words"), EXCESSIVE.values(), ids=EXCESSIVE)
def test_what_no_article_has_is_refused(name: str, source: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(f"# {TITLE}\n\n{source}" if name == "a.md" else f"<h1>{TITLE}</h1>{source}", name=name)


def test_masses_of_brackets_are_text() -> None:
    article = read(f"# {TITLE}\n\n{'[' * 3000} end", name="a.md")
    assert article.intro == f"<p>{'[' * 3000} end</p>"

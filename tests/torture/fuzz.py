"""Whatever anybody may send: each reader of it is given inputs that hypothesis makes up, for so many seconds."""

from __future__ import annotations

import gzip
import tempfile
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from articles.importing.article import Unreadable
from articles.importing.read import read_article
from articles.models import Comparison, Page
from articles.search.words import LONGEST, MOST, Query
from careers.models import Role
from careers.wages.files import tables_in
from careers.wages.malformed import Malformed
from publishing.richtext import sanitise
from tests.articles.importing import samples, word
from tests.builders import make_live
from tests.careers.wages.samples import Sample, write_compact, write_flat, write_workbook, write_zip
from tests.torture.desk import Tally
from tests.torture.html import NASTY, faults_in
from tests.torture.whole import live_pages

AT_ONCE = 10
"""How many inputs are made up from one seed."""
HTTP = Client(raise_request_exception=False, headers={"host": "localhost"})


class Target(NamedTuple):
    """What is given inputs: they are made by the strategy; `check` raises an error for what should not be."""

    name: str
    inputs: st.SearchStrategy[Any]
    check: Callable[[Any], None]


def everywhere(seconds: float, tally: Tally) -> list[str]:
    """Give every target inputs for its share of the time; return what was found."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        all_targets = targets(Path(folder))
        return [
            finding
            for target in all_targets
            for finding in tried(target, seconds=seconds / len(all_targets), tally=tally)
        ]


def tried(target: Target, *, seconds: float, tally: Tally) -> list[str]:
    """Give the target inputs until the time is over or one makes it fail; return that as a sentence."""
    failing: list[Any] = []

    def check(given_: Any) -> None:
        tally.add(f"inputs tried: {target.name}")
        try:
            target.check(given_)
        except BaseException:
            failing.append(given_)
            raise

    over, number = time.monotonic() + seconds, 0
    phases = [Phase.generate, Phase.shrink]
    hurried = settings(
        max_examples=AT_ONCE, deadline=None, database=None, phases=phases, suppress_health_check=list(HealthCheck)
    )
    while time.monotonic() < over:
        number += 1
        try:
            seed(number)(hurried(given(target.inputs)(check)))()
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            said = f"{type(error).__name__}: {error}"[:500]
            return [f"{target.name}: {said} ({where.filename}:{where.lineno}), given {failing[-1]!r:.2000}"]
    return []


def targets(folder: Path) -> list[Target]:
    """Return all of them; the site has a few pages, and the folder is for files."""
    roles = [make_live(Role, figures=[]) for _ in range(2)]
    make_live(Comparison, role_a=roles[0], role_b=roles[1], tags=["keeping", "ünï"])
    make_live(Page)
    return [
        Target("articles to import", articles(), check_article),
        Target("rich text", rich_text(), check_rich_text),
        Target("searches", typed(), check_search),
        Target("questions to the API", questions(), partial(check_answer, limit=500)),
        Target("files of wages", wage_files(folder), partial(check_wages, folder)),
        Target("addresses", addresses(), partial(check_answer, limit=500)),
    ]


def mutated(whole: bytes, fragments: list[bytes]) -> st.SearchStrategy[bytes]:
    """Return the bytes with parts cut out, doubled, overwritten, and with fragments put in."""
    place = st.integers(0, len(whole))
    piece = st.one_of(st.binary(max_size=12), st.sampled_from(fragments))
    edit = st.tuples(place, st.integers(0, 40) | place, piece, st.booleans())

    def apply(edits: list[tuple[int, int, bytes, bool]]) -> bytes:
        data = whole
        for start, length, put, is_doubled in edits:
            cut = data[start : start + length]
            data = data[:start] + put + (cut * 2 if is_doubled else b"") + data[start + length :]
        return data

    return st.lists(edit, min_size=1, max_size=6).map(apply)


FRAGMENTS = [
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b"&#0;", b"&#x110000;", b"]]>", b"<!--", b"---\n", b"\n\n", b"# ",
    b"|a|b|\n|-|-|\n", b"<table><tr><td>", b"<p><p><p>", b"</div>", b"[x](y)", b"**", b"vs.", b" vs ", b"$1e999",
    b"$99,999,999,999,999,999", b"\xe2\x80\xae", b"\r", b"\x1b", b"&nbsp;", b"<script>", b"<h2>", b"<li>" * 50,
    b"> " * 50, b"9" * 5000, "²³½٣".encode(),
]  # fmt: skip


def articles() -> st.SearchStrategy[tuple[bytes, str]]:
    """Files of articles, with their names."""
    texts = [each.encode() for each in (samples.complete(), samples.markdown(), samples.html())]
    texts += [samples.complete().encode("utf-16"), word.docx(word.article())]
    bodies = mutated(word.article().encode(), [*FRAGMENTS, b"<w:p>", b"<w:tbl><w:tr><w:tc>", b"</w:p>", b"<w:del>"])
    inside_word = bodies.map(lambda body: word.docx(body.decode(errors="replace")))
    data = st.one_of(*(mutated(text, FRAGMENTS) for text in texts), inside_word, st.binary(max_size=500))
    names = st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a", "a.HTM", "a.xhtml", "ä.pdf", ""])
    return st.tuples(data, names)


def check_article(given_: tuple[bytes, str]) -> None:
    """It is read, or refused with a sentence."""
    data, name = given_
    try:
        read_article(data, name=name)
    except Unreadable as refusal:
        assert str(refusal)


def rich_text() -> st.SearchStrategy[str]:
    """HTML as no editor would write it."""
    return st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=5)), max_size=12).map("".join)


def check_rich_text(html: str) -> None:
    """What is left is harmless, and stays as it is."""
    clean = sanitise(html)
    assert not faults_in(clean), (faults_in(clean), clean)
    assert sanitise(clean) == clean, (clean, sanitise(clean))


def typed() -> st.SearchStrategy[str]:
    """What somebody types into a search field."""
    words = st.sampled_from(
        ["keeper", '"', "AND", "NEAR(", "*", "-", ":", "title_", "'", "\\", "%", "&", "|", "!", "\0"]
    )
    return st.one_of(
        st.text(max_size=300), st.lists(words, max_size=20).map(" ".join), st.text(max_size=3).map("x".join)
    )


def check_search(text: str) -> None:
    """It is read as a query within its limits, and answered."""
    query = Query.of(text)
    assert len(query.text) <= LONGEST
    assert len(query.words) <= MOST
    for path in ("/search/", "/search/offered.json"):
        check_answer(("GET", path, {"q": text}, {}), limit=400)


def values() -> st.SearchStrategy[str]:
    """What stands in a query."""
    numbers = st.integers().map(str) | st.floats().map(str)
    return st.one_of(st.text(max_size=30), numbers, st.sampled_from(["", "keeper-1", "2026-02-30", "9" * 400, "\0"]))


def questions() -> st.SearchStrategy[tuple[str, str, dict[str, str], dict[str, str]]]:
    """Requests to the API."""
    names = ["cursor", "limit", "level", "area", "kind", "a", "b", "q", "older", "state", "group"]
    part = st.one_of(
        st.sampled_from(["roles", "comparisons", "compare", "occupations", "areas", "wages", "15-1252", "US"]), values()
    )
    path = st.lists(part, min_size=1, max_size=3).map(lambda parts: "/api/v1/" + "/".join(parts))
    return st.tuples(st.just("GET"), path, st.dictionaries(st.sampled_from(names), values(), max_size=4), st.just({}))


def addresses() -> st.SearchStrategy[tuple[str, str, dict[str, str], dict[str, str]]]:
    """Requests to any address of the site, those that lead somewhere among them."""
    known = [edition.get_absolute_url() for edition in live_pages()]
    known += ["/", "/roles/", "/compare/", "/comparisons/", "/categories/", "/topics/", "/topics/keeping/", "/search/"]
    known += [
        "/sitemap.xml",
        "/feed/",
        "/saved/",
        "/robots.txt",
        "/shared/",
        "/media/",
        "/cards/",
        "/report/",
        "/admin/",
    ]
    parts = st.sampled_from([path.strip("/") for path in known]) | st.text(max_size=20) | values()
    path = st.sampled_from(known) | st.lists(parts, max_size=4).map(lambda each: "/" + "/".join(each) + "/")
    names = st.sampled_from(
        ["page", "older", "newer", "q", "kind", "category", "state", "area", "a", "b", "path", "at"]
    )
    names |= st.text(max_size=5)
    method = st.sampled_from(["GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "PUT"])
    header = st.sampled_from(
        ["if-none-match", "if-modified-since", "accept", "accept-language", "referer", "cookie", "range"]
    )
    latin = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=30)
    headers = st.dictionaries(header, latin | st.just("sessionid=x"), max_size=2)
    return st.tuples(method, path, st.dictionaries(names, values(), max_size=3), headers)


def check_answer(given_: tuple[str, str, dict[str, str], dict[str, str]], *, limit: int) -> None:
    """The site answers with a status below the limit."""
    method, path, query, headers = given_
    send = getattr(HTTP, method.lower())
    # The path as a server hands it over (https://peps.python.org/pep-3333/#unicode-issues): the client refuses some.
    handed_over = path.encode(errors="replace").decode("latin-1")
    response = send("/", query_params=query, headers=headers, PATH_INFO=handed_over)
    list(response)  # some are made while they are sent
    assert response.status_code < limit or response.status_code == 404, response.status_code


def wage_files(folder: Path) -> st.SearchStrategy[tuple[bytes, str]]:
    """Files of wages in each shape, with their names."""
    table = [Sample()]
    csv = write_compact(folder, table)
    packed = write_zip(folder, table)
    book = write_workbook(folder, table)
    flat = write_flat(folder, table)
    fragments = [*FRAGMENTS, b",", b'"', b"\t", b"**", b"#", b"-", b"1e9", b"nan", b"Infinity"]
    plain = gzip.decompress(csv.read_bytes())
    data = next(path for path in flat.iterdir() if path.name.startswith("oe.data"))
    return st.one_of(
        st.tuples(mutated(plain, fragments), st.just("wages.csv")),
        st.tuples(mutated(plain, fragments).map(gzip.compress), st.just("wages.csv.gz")),
        st.tuples(mutated(csv.read_bytes(), fragments), st.just("wages.csv.gz")),
        *(st.tuples(mutated(path.read_bytes(), fragments), st.just(path.name)) for path in (book, packed)),
        st.tuples(mutated(data.read_bytes(), fragments), st.just(f"flat/{data.name}")),
        st.tuples(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a.zip", "oe.data.0.Current"])),
    )


def check_wages(folder: Path, given_: tuple[bytes, str]) -> None:
    """They are read, or refused with a sentence."""
    data, name = given_
    file = folder / "given" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    try:
        for table in tables_in([file]):
            list(table.batches())
    except Malformed as refusal:
        assert str(refusal)

"""HTML that is out to do harm, and what a browser would make of HTML."""

from __future__ import annotations

import re

import html5lib

NASTY = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '<a href="javascript:alert(1)">',
    "<a href='JaVa\tScript:x'>", '<a href="&#106;avascript:x">', '<a href=" \x01javascript:x">',
    '<a href="data:text/html,x">', '<a href="vbscript:x">', "<svg><script>", "<svg><style>", "<math><mtext>",
    "<style>", "</style>", "<noscript>", "<template>", "<textarea>", "<title>", "<p", "<p onclick=x>", "</p>",
    "<a href=", "<a href='", '"', "'", ">", "<", "</", "<!--", "-->", "<![CDATA[", "]]>", "<?x", "&lt;script&gt;",
    "&", "&#0;", "&amp;lt;", "<table><tr><td>", "</table>", "<td>", "<li>", "<ul>", "<ol start=3>", "<h2>", "<h1>",
    "<h3 id=x>", "<br>", "<strong>", "<em>", "</a>", '<a href="doc:1">', '<a href="figure:a/median_pay">',
    '<a href="figure:x">', '<a href="FIGURE:a/b"><b>x</b>', "<iframe src=x>", "<object>", "<base href=x>", "<form>",
    "<input autofocus onfocus=x>", "<a href=//x>", '<a href="/roles/" target=_blank style="x:y">',
    "<blockquote cite=javascript:x>", "words", " ", "\0", "\u2028", "<plaintext>", "<xmp>", "<select>", "<option>",
    "<frameset>", "<body onload=x>", "<a href='mailto:x@y'>", "<td colspan=2>",
]  # fmt: skip

ALLOWED = {
    "a", "blockquote", "br", "em", "h2", "h3", "h4", "li", "ol", "p", "strong", "table", "tbody", "td", "th", "tr",
    "ul",
}  # fmt: skip
ATTRIBUTES = {"href", "rel", "title", "start", "type", "colspan", "rowspan", "colwidth"}
SCHEMES = {"", "http", "https", "mailto", "doc", "figure"}


def faults_in(html: str) -> list[str]:
    """Return what a browser would find in the HTML that an article may not have."""
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    faults = []
    for element in tree.iter():
        if not isinstance(element.tag, str):
            faults.append("a comment")
        elif element.tag not in {*ALLOWED, "DOCUMENT_FRAGMENT"}:
            faults.append(f"<{element.tag}>")
        faults += [f"{name}=" for name in element.attrib if name not in ATTRIBUTES]
        if _scheme(element.get("href") or "") not in SCHEMES:
            faults.append(f"a link to {element.get('href')}")
    return faults


def _scheme(href: str) -> str:
    """Return the scheme as a browser reads it, which leaves blanks and control characters out."""
    read = "".join(char for char in href if char > " ").lower()
    found = re.match(r"([a-z][a-z0-9+.-]*):", read)
    return found[1] if found else ""

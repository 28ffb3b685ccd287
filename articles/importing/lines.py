"""Lines that belong to the page and not to the article: share buttons, ways back, hints at other articles."""

import re

SHARE_WORDS = (
    "share|tweet|pin|pin it|print|email|e-mail|save|like|post|follow|facebook|twitter|x|linkedin|pinterest|whatsapp|"
    "reddit|instagram|youtube|telegram|messenger|copy|link|bookmark|sms|flipboard|threads|bluesky|comment|comments"
)
SHARE = re.compile(
    rf"(?:share|tweet|follow|like|print|email|save)?(?:\s+(?:this|us|the|on|via|with|to|article|post|page|story|friends?|by))*"
    rf"\s*:?(?:[\s,|/·•&+]*\b(?:{SHARE_WORDS}|and|on|via)\b)*[\s,|/·•&+]*",
    re.IGNORECASE,
)
PAGE = re.compile(
    r"(?:advertise?ments?|sponsored(?: content)?|promoted|ad|skip to (?:main )?content|(?:back|return) to (?:the )?top|"
    r"subscribe(?: now| today| to .{1,60})?|sign up(?: for .{1,60})?|leave a (?:comment|reply)|"
    r"\d* ?comments?(?: ?\(\d+\))?|(?:log|sign) in|menu|search|toggle navigation|"
    r"accept(?: all)?(?: cookies)?|click to (?:share|tweet|print).{0,40}|"
    r"(?:©|\(c\)|copyright).{0,120}|all rights reserved\.?|privacy policy|terms of (?:use|service)|"
    r"photo(?: credit)?:.{1,80}|image(?: credit| source)?:.{1,80})",
    re.IGNORECASE,
)
BACK = re.compile(r"[←«‹<\s]*(?:back|return)\s+to\s+(?:the\s+)?(?!top\b)(.{2,60}?)[.\s]*", re.IGNORECASE)
RELATED = re.compile(
    r"[←«‹<\s]*(?:related(?: articles?| posts?| reading| comparisons?)?|read(?: more| next| also)?|also read|see also|"
    r"more|next(?: article| up| post)?|up next|prev(?:ious)?(?: article| post)?|recommended(?: reading)?|"
    r"you (?:may|might) also like|keep reading|don['’]t miss|compare also)\s*[:→»>]+\s*(\S.*?)[→»›>\s]*",
    re.IGNORECASE,
)
CRUMBS = re.compile(r"\s*[>»›→/|]\s*")
POSTED = re.compile(
    r"(?:posted|published|filed)(.*)\s+(?:in|under)\s+([A-Z][\w&/ -]{1,40}?)(\s+on\s+.+)?", re.IGNORECASE
)
LABELLED = re.compile(r"(category|categories|filed under|posted in|topic|tags?|keywords)\s*:\s*(\S.*)", re.IGNORECASE)
MAX_WORDS = 25


def is_furniture(text: str) -> bool:
    """Whether a line is a share button, an advertisement's label or another piece of the page."""
    if len(text) > 160 or not text:
        return False
    return bool(SHARE.fullmatch(text) or PAGE.fullmatch(text))


def back_to(text: str) -> str:
    """The category of a line such as "Back to Job Search", or ""."""
    match = BACK.fullmatch(text) if len(text) < 90 else None
    return match[1].strip() if match else ""


def related_to(text: str) -> str:
    """The title in a line such as "Related: Nurse vs. Doctor", or ""."""
    match = RELATED.fullmatch(text) if len(text.split()) <= MAX_WORDS else None
    return match[1].strip() if match and not match[1].rstrip().endswith(".") else ""


def crumbs(text: str) -> list[str]:
    """The steps of a line such as "Home > Careers > Job Search"; none if it is no such line."""
    steps = [step for step in CRUMBS.split(text.strip()) if step] if len(text) < 200 else []
    return steps if len(steps) > 1 and all(len(step.split()) <= 6 for step in steps[:-1]) else []


def posted(text: str) -> tuple[str, str]:
    """`(line without it, category)` of "Posted by Jane Doe on March 3, 2024 in Health", or `("", "")`."""
    match = POSTED.fullmatch(text) if len(text) < 200 else None
    return (f"Posted{match[1]}{match[3] or ''}", match[2]) if match else ("", "")


def labelled(text: str) -> tuple[str, str]:
    """`("category" or "tags", value)` of a line such as "Filed under: Health", or `("", "")`."""
    match = LABELLED.fullmatch(text) if len(text) < 200 else None
    if not match:
        return "", ""
    return ("tags" if match[1].lower().startswith(("tag", "key")) else "category"), match[2].strip()

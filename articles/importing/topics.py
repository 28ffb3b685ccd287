"""What a section is about: told by its heading, or by its first sentence when the heading is missing."""

import re
from dataclasses import dataclass

from .text import first_sentence


@dataclass(frozen=True)
class Topic:
    """A kind of section; `name` is the heading to give it. `talk` is None where no sentence would tell."""

    name: str
    heading: re.Pattern[str]
    talk: re.Pattern[str] | None


def _topic(name: str, heading: str, talk: str = "") -> Topic:
    said = re.compile(talk, re.IGNORECASE) if talk else None
    return Topic(name, re.compile(rf"\b(?:{heading})\b", re.IGNORECASE), said)


# In the order in which they are tried: "salary outlook" is about pay, "skill requirements" about skills.
TOPICS = (
    _topic(
        "Salary",
        r"salar(?:y|ies)|pay|wages?|earnings?|compensation|income|how much",
        r"\b(?:salar(?:y|ies)|wages?|earnings)\b|\b(?:earn|paid|pay|make|compensation)\w*\b[^.]{0,80}\$ ?\d",
    ),
    _topic("Skills", r"skills?|abilities|competenc(?:y|ies)|qualities|traits", r"\bskills?\b|\bskill ?sets?\b"),
    _topic("Job Outlook", r"outlook|job growth|demand|prospects", r"\boutlook\b|\bprojected to (?:grow|decline)\b"),
    _topic(
        "Work Environment",
        r"(?:work(?:ing)?|office) ?(?:environments?|conditions|settings?|places?|hours|life)|environments?|schedules?"
        r"|hours",
        r"\bwork(?:ing)? (?:environments?|conditions|settings?)\b"
        r"|\bwork in (?:an? )?[\w, ]{0,40}(?:environments?|settings?)\b",
    ),
    _topic(
        "Job Requirements",
        r"requirements?|qualifications?|education\w*|training|certifications?|licens\w+|degrees?|experience|credentials",
        r"\b(?:bachelor|master|associate)(?:['’]s|s)? degrees?\b|\bhigh school diploma\b"
        r"|\b(?:need|require)\w* [\w ]{0,30}(?:degree|license|certification|diploma)\b",
    ),
    _topic(
        "Job Duties",
        r"dut(?:y|ies)|responsibilit(?:y|ies)|tasks?|day[- ]to[- ]day|typical day|what (?:they|do \w+) do",
        r"\b(?:duties|responsibilities)\b",
    ),
    _topic("Tools", r"tools?|software|technolog(?:y|ies)|equipment"),
    _topic("Similarities", r"similar\w*|in common|overlap\w*|alike"),
    _topic("Differences", r"differ\w*|distinctions?|contrasts?"),
    _topic("Career Path", r"career paths?|advancement|progression|opportunit(?:y|ies)|careers?|growth|promotions?"),
    _topic(
        "Conclusion",
        r"conclusion|summary|bottom line|takeaways?|final thoughts|verdict"
        r"|which (?:\w+ ){1,4}(?:right|best|better|choose)|faqs?|frequently asked|questions|tips|how to"
        r"|pros|cons|benefits|advantages|disadvantages|specialt(?:y|ies)",
    ),
)


def of_heading(heading: str) -> str:
    """The name of the topic that a heading announces, or ""."""
    return next((topic.name for topic in TOPICS if topic.heading.search(heading)), "")


def of_talk(paragraph: str) -> str:
    """The name of the topic that a paragraph opens with, or ""."""
    opening = first_sentence(paragraph)
    return next((topic.name for topic in TOPICS if topic.talk and topic.talk.search(opening)), "")

"""What the people whom O*NET asks say an occupation requires, in the categories of this site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from careers.models import Education

LEVELS = {
    1: Education.NONE,
    2: Education.HIGH_SCHOOL,
    3: Education.CERTIFICATE,
    4: Education.SOME_COLLEGE,
    5: Education.ASSOCIATE,
    6: Education.BACHELOR,
    7: Education.BACHELOR,
    8: Education.MASTER,
    9: Education.MASTER,
    10: Education.DOCTORAL,
    11: Education.DOCTORAL,
    12: Education.DOCTORAL,
}
"""O*NET's twelve categories of required education. Certificates after a degree (7, 9) count as that degree."""


class Answer(NamedTuple):
    """A level of education, and the share of answers, in percent, that name it."""

    level: Education
    share: float


def most_common(education: Iterable[dict[str, Any]]) -> Answer | None:
    """Return the level that most answers name, those of several categories of O*NET counted together.

    `education` is what an OnetOccupation's content has. None where nothing is known, or where the shares that O*NET
    advises against using, which are not stored, could make another level the most common one.
    """
    shares: Counter[Education] = Counter()
    for each in education:
        shares[LEVELS[each["category"]]] += each["share"]
    if not shares:
        return None
    (level, share), (_, next_share) = [*shares.most_common(2), (Education.NONE, 0.0)][:2]
    unknown = max(100 - shares.total(), 0)
    return Answer(level, share) if share > next_share + unknown else None

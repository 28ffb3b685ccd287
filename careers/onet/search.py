"""Finding an occupation by what people call it."""

from __future__ import annotations

import json
from datetime import datetime

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from careers.models import Occupation, OnetOccupation


def named(occupations: QuerySet[Occupation], words: str, *, at: datetime) -> QuerySet[Occupation]:
    """Return those of the occupations whose code begins with the words, whose title has all of them, or of whose
    alternate titles in the O*NET release that is current at the moment one has them as they stand. What is called
    exactly that comes first, then those that have them in their title.
    """
    words = " ".join(words.split())
    onet = OnetOccupation.objects.current(at).exclude(occupation=None).values("occupation")
    exactly = onet.filter(content__alternate_titles__icontains=json.dumps(words))
    among = onet.filter(content__alternate_titles__icontains=json.dumps(words)[1:-1])
    in_title = Q()
    for word in words.split():
        in_title &= Q(title__icontains=word)
    places = (Q(title__iexact=words) | Q(code__startswith=words), Q(pk__in=exactly), in_title)
    ranked = Case(
        *(When(place, then=Value(rank)) for rank, place in enumerate(places)),
        default=Value(len(places)),
        output_field=IntegerField(),
    )
    found = occupations.filter(Q(code__startswith=words) | in_title | Q(pk__in=among))
    return found.alias(rank=ranked).order_by("rank", "code")

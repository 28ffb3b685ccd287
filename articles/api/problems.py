"""What the API answers where it cannot give what was asked: RFC 9457, application/problem+json.

Nothing of the request is repeated, so that an answer shows no words but the site's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BaseModel, Field

MEDIA_TYPE = "application/problem+json"
FAULTS = {
    "missing": gettext_lazy("it is needed, and was not given"),
    "string_too_long": gettext_lazy("it has more than %(max_length)s characters"),
    "string_pattern_mismatch": gettext_lazy(
        "it may hold letters without accents, digits, hyphens and underscores only"
    ),
    "less_than_equal": gettext_lazy("it is at most %(le)s"),
    "greater_than_equal": gettext_lazy("it is at least %(ge)s"),
    "int_parsing": gettext_lazy("it is a whole number"),
    "literal_error": gettext_lazy("it is one of %(expected)s"),
}
"""What is wrong, by pydantic's name for it (https://docs.pydantic.dev/latest/errors/validation_errors/)."""


class Fault(BaseModel):
    """What is wrong with one parameter."""

    parameter: str
    detail: str


class Problem(BaseModel):
    """Why there is no answer (RFC 9457)."""

    title: str = Field(description="The name of the status: Not Found.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What is wrong and what to do, in a sentence.")
    errors: list[Fault] = Field(description="Parameter by parameter, where parameters are at fault; otherwise empty.")


class Refused(Exception):
    """There is no answer: the status and the sentence to give, and the parameters at fault with a sentence each."""

    def __init__(self, status: int, detail: str, faults: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.faults = faults or {}

    def answer(self) -> JsonResponse:
        """Return the answer that says so."""
        problem = Problem(
            title=HTTPStatus(self.status).phrase,
            status=self.status,
            detail=self.detail,
            errors=[Fault(parameter=name, detail=detail) for name, detail in self.faults.items()],
        )
        return JsonResponse(problem.model_dump(), status=self.status, content_type=MEDIA_TYPE)


def bad_parameters(faults: Mapping[str, str]) -> Refused:
    """Return the refusal of parameters, given with what is wrong with each, as a part of a sentence."""
    said = "; ".join(f"{name}: {fault}" for name, fault in faults.items())
    return Refused(400, _("This cannot be asked. %(faults)s.") % {"faults": said}, faults)


def faults_in(errors: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return what is wrong with each parameter, from the errors that pydantic found."""
    return {str(error["loc"][-1]): _fault(error) for error in errors}


def _fault(error: Mapping[str, Any]) -> str:
    known = FAULTS.get(error["type"])
    message: str = error["msg"]
    return str(known) % error.get("ctx", {}) if known else message[:1].lower() + message[1:]


def answers(shape: Any, *problems: int) -> dict[Any, Any]:
    """Return what an operation answers, by status: the shape, nothing new (304), or a problem."""
    return {200: shape, 304: None, **dict.fromkeys((400, 429, *problems), Problem)}

"""The API itself: how it describes itself, and what it answers where an operation has no answer."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError

from articles.api.endpoints import router
from articles.api.problems import MEDIA_TYPE, Refused, bad_parameters, faults_in
from publishing.outages import answer_unavailable, outage_in

DESCRIPTION = """What is published on this site, for programs: roles, comparisons of two roles, and wages.

Everything is for reading, and only what is live at the moment is given. Lists have a `next` address until their end.
Every answer has an ETag, and may be kept for a minute. Errors are problem+json (RFC 9457). Whoever asks more often than
others leave room for is answered 429, and Retry-After says for how many seconds."""


class Api(NinjaAPI):
    """The API, as its description tells of it."""

    def get_openapi_operation_id(self, operation: Any) -> str:
        """Return the name of the operation: that of its function."""
        return str(operation.view_func.__name__)

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """Return the description of the API."""
        return self.described

    @cached_property
    def described(self) -> Any:
        """The description, with errors as what they are: problem+json. It takes long to make, and stays the same."""
        schema = super().get_openapi_schema()
        for path in schema["paths"].values():
            for status, response in path["get"]["responses"].items():
                if status >= 400:
                    response["content"] = {MEDIA_TYPE: response["content"]["application/json"]}
        return schema


api = Api(title=settings.SITE_NAME, version="1", description=DESCRIPTION, docs_url=None, urls_namespace="api")
api.add_router("", router)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Answer with the problem."""
    return refusal.answer()


@api.exception_handler(Http404)
def nothing_there(request: HttpRequest, missing: Http404) -> HttpResponse:
    """Say that there is nothing."""
    return Refused(404, _("Nothing is published here, or it was taken down a moment ago.")).answer()


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, invalid: ValidationError) -> HttpResponse:
    """Say what is wrong with the parameters."""
    return bad_parameters(faults_in(invalid.errors)).answer()


@api.exception_handler(SuspiciousOperation)
def suspicious(request: HttpRequest, operation: SuspiciousOperation) -> HttpResponse:
    """Say that there is too much of it."""
    return Refused(400, _("There are too many parameters.")).answer()


@api.exception_handler(DatabaseError)
@api.exception_handler(InterfaceError)
def unavailable(request: HttpRequest, error: DatabaseError | InterfaceError) -> HttpResponse:
    """Say that the database cannot be asked, if that is what is wrong."""
    outage = outage_in(error)
    if outage is None:
        raise error
    return answer_unavailable(Refused(503, f"{outage.sentence} {_('Ask again in a minute.')}").answer())

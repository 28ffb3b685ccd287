"""What tests of the desk do there."""

from __future__ import annotations

from typing import Any

from django.test import Client

from articles.models import Comparison
from tests.articles.builders import act, form_in

FORM = "form#comparison_form"
ACT_FORM = "form.act"
ADD = "/admin/articles/comparison/add/"


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def save(client: Client, comparison: Comparison, **changes: Any) -> Any:
    """Change some fields in the form as the browser has it, and press “Save draft”."""
    address = act(comparison, "change")
    sent = form_in(page(client, address), FORM) | changes | {"_continue": "1"}
    response = client.post(address, sent)
    assert response.status_code == 302, form_errors(response)
    return response


def form_errors(response: Any) -> str:
    form = response.context["adminform"].form
    return f"{form.errors} {[formset.errors for formset in response.context['inline_admin_formsets']]}"


def told(client: Client) -> list[str]:
    """Return what the desk tells the person on the next page."""
    return [str(message) for message in client.get("/admin/").context["messages"]]

"""Form and model fields that several kinds of document use."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models


class LinesFormField(forms.CharField):
    """A text area with one entry on each line."""

    widget = forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"})

    def prepare_value(self, value: Any) -> Any:
        """Return the text to show for a list of lines; what was typed before an error is shown as it was typed."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the list of lines: stripped, without empty ones, each once."""
        lines = (" ".join(line.split()) for line in str(value or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as lists, so that a line end is no change."""
        return bool((initial or []) != self.to_python(data))

    def validate(self, value: Any) -> None:
        """Refuse an empty list only where one is required."""
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Check each line's length."""
        for line in value:
            if len(line) > 300:
                raise ValidationError(f"This line has over 300 characters, shorten it: “{line[:60]}…”")


class LinesField(models.JSONField):
    """A list of short texts, edited with one on each line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Migrations see the plain JSONField that it is in the database."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def clean(self, value: Any, model_instance: Any) -> Any:
        """Return the value; raise ValidationError if it is not a list of texts."""
        if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
            raise ValidationError(f"{self.verbose_name} must be a list of texts.")
        return super().clean(value, model_instance)

    def formfield(self, **kwargs: Any) -> Any:
        """Return the text area."""
        kwargs.pop("encoder", None), kwargs.pop("decoder", None)
        return models.Field.formfield(self, **{"form_class": LinesFormField} | kwargs)

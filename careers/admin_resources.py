"""Roles and figures go out and in as tables: the pages “Export” and “Import” of the roles' admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from import_export.admin import ImportExportMixin
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm
from import_export.tmp_storages import BaseStorage

from careers.resources import FigureResource, RoleResource
from careers.spreadsheets import SafeCSV, SafeXLSX

MAX_BYTES = 5 * 1024 * 1024
CARRIED = 2_000_000
"""How many characters a file may come to that travels in the page; a form may send 2.5 MB."""
TOO_LARGE = "The file is too large: export fewer roles at a time, or split it."
SALT = "careers.import"


class _Bytes:
    """What signing calls a serializer, for bytes."""

    def dumps(self, data: bytes) -> bytes:
        return data

    def loads(self, data: bytes) -> bytes:
        return data


class Carried(BaseStorage):  # type: ignore[misc]
    """Keeps the file between the dry run and the confirmation in the page itself, signed: nothing lies on a disk that
    another machine would not see, and nobody can put another file in its place."""

    def save(self, data: bytes) -> None:
        """Put the file into the name, which the form sends back."""
        self.name = signing.Signer(salt=SALT).sign_object(data, serializer=_Bytes, compress=True)

    def read(self) -> Any:
        """Return the file. Raises signing.BadSignature for what was tampered with."""
        return signing.Signer(salt=SALT).unsign_object(self.name, serializer=_Bytes)

    def remove(self) -> None:
        """Nothing was left anywhere."""


class TableForm(ImportForm):  # type: ignore[misc]
    """The file, what it holds, and its format."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resource"].label = "What the file holds"
        self.fields["import_file"].label = "File"

    def clean_import_file(self) -> Any:
        """Refuse a file that is too large before it is read."""
        file = self.cleaned_data["import_file"]
        if file.size > MAX_BYTES:
            raise ValidationError(TOO_LARGE)
        carried = Carried()
        carried.save(file.read())
        if len(carried.name) > CARRIED:
            raise ValidationError(TOO_LARGE)
        file.seek(0)
        return file


class ConfirmTableForm(ConfirmImportForm):  # type: ignore[misc]
    """What the dry run was about."""

    def clean_import_file_name(self) -> str:
        """Refuse a file that is not the one of the dry run."""
        name: str = self.cleaned_data["import_file_name"]
        try:
            Carried(name=name).read()
        except signing.BadSignature:
            raise ValidationError("The file did not come back whole: import it again.") from None
        return name


class ChooseForm(ExportForm):  # type: ignore[misc]
    """What goes out, and in which format."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resource"].label = "What goes out"


class ExchangesTables(ImportExportMixin):  # type: ignore[misc]
    """Mixed into the admin of roles."""

    resource_classes = [RoleResource, FigureResource]
    formats = import_formats = export_formats = [SafeCSV, SafeXLSX]
    from_encoding = to_encoding = "utf-8-sig"
    tmp_storage_class = Carried
    import_form_class = TableForm
    confirm_form_class = ConfirmTableForm
    export_form_class = ChooseForm

    def has_import_permission(self, request: Any) -> bool:
        """Whether the person may change roles and add them."""
        return bool(self.has_change_permission(request) and self.has_add_permission(request))

    def has_export_permission(self, request: Any) -> bool:
        """Whether the person may see roles."""
        return bool(self.has_view_or_change_permission(request))

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Store all rows or none."""
        kwargs = super().get_import_data_kwargs(**kwargs)
        return kwargs | {"rollback_on_validation_errors": True}

    def add_data_read_fail_error_to_form(self, form: forms.Form, e: Exception) -> None:
        """Say in a sentence why the file could not be read."""
        if isinstance(e, UnicodeDecodeError):
            form.add_error("import_file", "The file is not UTF-8: save it as “CSV UTF-8”, or as a workbook (.xlsx).")
        elif type(e) is ValueError:
            form.add_error("import_file", str(e))
        else:
            form.add_error("import_file", "The file cannot be read in this format: choose the one that it has.")

    def process_result(self, result: Any, request: Any) -> HttpResponse:
        """Tell what was stored; or that nothing was, when a row that was right in the dry run is no longer."""
        if not result.has_errors() and not result.has_validation_errors():
            response: HttpResponse = super().process_result(result, request)
            return response
        messages.error(request, "Nothing was stored: a row is no longer right. Import the file again to see which.")
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_import")

    def add_success_message(self, result: Any, request: Any) -> None:
        """Tell what was stored."""
        totals = result.totals
        messages.success(
            request,
            f"Imported: {totals['new']} new, {totals['update']} changed, {totals['skip']} as they were. "
            "Readers see nothing of it before it is published.",
        )

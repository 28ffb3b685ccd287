"""Roles and their figures as rows of a table: what each column holds, and how a row is matched and checked."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from import_export import resources
from import_export.fields import Field
from import_export.results import RowResult
from import_export.widgets import Widget

from careers.cells import Day, Lines, Number, Picture, RoleSlug, SocCode, Tags, Text, YesNo
from careers.models import Figure, Role
from publishing import audit
from publishing.fields import LinesField
from publishing.models import User
from publishing.revisions import record
from publishing.textdiff import Budget, Op, pieces

MARKS = {
    Op.KEPT: "{}",
    Op.INSERTED: '<ins><span class="visually-hidden"> inserted: </span>{}<span class="visually-hidden">; </span></ins>',
    Op.DELETED: '<del><span class="visually-hidden"> deleted: </span>{}<span class="visually-hidden">; </span></del>',
}


class TagsField(Field):  # type: ignore[misc]
    """The tags of a role, which can be set only once it is saved: until then they wait as `coming_tags`."""

    def get_value(self, instance: Any) -> list[str]:
        """Return the names, sorted."""
        coming = getattr(instance, "coming_tags", None)
        if coming is not None:
            return coming  # type: ignore[no-any-return]
        return sorted(tag.name for tag in instance.tags.all()) if instance.pk else []

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:  # noqa: FBT001, FBT002 (its base's)
        """Keep what the row says."""
        instance.coming_tags = self.clean(row)


WIDGETS: tuple[tuple[type[models.Field[Any, Any]], type[Widget]], ...] = (
    (LinesField, Lines),
    (models.BooleanField, YesNo),
    (models.DecimalField, Number),
    (models.DateField, Day),
)


class Changes(resources.Diff):  # type: ignore[misc]
    """The columns that a row changes, each with what is inserted and deleted marked as such."""

    def __init__(self, resource: Any, instance: Any, new: Any) -> None:
        super().__init__(resource, instance, new)
        self.headers = resource.get_diff_headers()

    def as_html(self) -> list[tuple[str, str]]:
        """Return the changed columns."""
        before = [""] * len(self.left) if self.new else self.left
        columns = zip(self.headers, map(str, before), map(str, self.right), strict=True)
        return [(name, _marked(old, now)) for name, old, now in columns if old != now]


def _marked(old: str, now: str) -> str:
    found = pieces(old, now, budget=Budget())
    return mark_safe("".join(format_html(MARKS[piece.op], piece.text) for piece in found))  # noqa: S308 (all escaped)


class _Resource(resources.ModelResource):  # type: ignore[misc]
    """What both tables share: strict columns, every row checked, a revision of every role that changes."""

    @classmethod
    def get_diff_class(cls) -> type[Changes]:
        """Show changes without inline styles, which the Content-Security-Policy blocks."""
        return Changes

    @classmethod
    def widget_from_django_field(cls, f: Any, default: Any = None) -> type[Widget]:
        """Return how a field of the model is written in a cell."""
        return next((widget for kind, widget in WIDGETS if isinstance(f, kind)), Text)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Refuse columns that nobody reads, missing keys, and two rows about the same. Raises ValueError."""
        known, headers = self.get_export_headers(), dataset.headers or []
        keys = [self.fields[name].column_name for name in self.get_import_id_fields()]
        for header in headers:
            if header not in known:
                raise ValueError(
                    f"There is no column “{header}”. The columns are, apart by commas: {', '.join(known)}."
                )
        for key in keys:
            if key not in headers:
                raise ValueError(f"The column “{key}” is missing: it says what a row is about.")
        rows = defaultdict(list)
        for number, row in enumerate(dataset.dict, 2):
            rows[tuple(str(row[key] or "").strip() for key in keys)].append(number)
        for numbers in rows.values():
            if len(numbers) > 1:
                raise ValueError(f"Rows {' and '.join(map(str, numbers))} are about the same: keep one of them.")


class RoleResource(_Resource):
    """Roles: a row for each, known by its slug; the columns are all that a role's revision keeps, but for figures."""

    image = Field(attribute="image", column_name="image", widget=Picture())
    occupation = Field(attribute="occupation", column_name="occupation", widget=SocCode())
    tags = TagsField(attribute="tags", column_name="tags", widget=Tags())

    class Meta:
        name = "Roles"
        model = Role
        fields = ("slug", *(name for name in Role.content_fields if name != "slug"), "tags")
        import_id_fields = ("slug",)
        clean_model_instances = skip_unchanged = report_skipped = store_instance = True

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        """Return the role that the row is about, or None. Raises ValidationError for one that was deleted."""
        role = super().get_instance(instance_loader, row)
        if role and role.put_away_at:
            raise ValidationError(f"“{role}” was deleted: bring it back first.")
        return role

    def validate_instance(self, instance: Any, *args: Any, **kwargs: Any) -> None:
        """Check the role; where one that was deleted holds what must be unique, say so: lists do not show it."""
        try:
            super().validate_instance(instance, *args, **kwargs)
        except ValidationError as error:
            for rival in instance.rivals().exclude(put_away_at=None):
                sentence = f"“{rival}” was deleted and has its title: bring it back, or choose another."
                error.error_dict.setdefault("title", []).append(ValidationError(sentence))
            raise

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Bring the pictures and the tags along."""
        return queryset.select_related("image", "occupation").prefetch_related("tags")

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Set the tags that waited for the role to be saved."""
        if hasattr(instance, "coming_tags"):
            instance.tags.set(instance.coming_tags)

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        """Leave a revision."""
        if row_result.import_type in (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE):
            _keep(Role.objects.get(pk=row_result.instance.pk), by=kwargs["user"], file=kwargs["file_name"])


class FigureResource(_Resource):
    """Figures: a row for each, of the role with that slug. What was measured, for when, where and by whom tells which;
    the amounts are its values. A row of which there is no figure adds one; none is removed."""

    role = Field(attribute="role", column_name="role", widget=RoleSlug())

    class Meta:
        name = "Figures of roles"
        model = Figure
        fields = ("role", *Role.content_rows["figures"])
        import_id_fields = ("role", "measure", "unit", "period", "place", "covers", "source")
        clean_model_instances = skip_unchanged = report_skipped = store_instance = True

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Return the figures of the roles."""
        figures = Figure.objects.filter(role__in=queryset.order_by().values("pk")).select_related("role")
        return figures.order_by("role__title", "position", "pk")

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        """Return the figure that the row is about, or None."""
        try:
            return super().get_instance(instance_loader, row)
        except Figure.MultipleObjectsReturned:
            raise ValidationError("The role has two such figures: remove one in the role's form first.") from None

    def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Put a new figure below the others."""
        if instance.pk is None:
            last = instance.role.figures.aggregate(last=models.Max("position"))["last"]
            instance.position = 0 if last is None else last + 1

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """Leave one revision of every role whose figures changed."""
        changed = {row.instance.role_id for row in result.rows if row.is_new() or row.is_update()}
        for role in Role.objects.filter(pk__in=changed).order_by("pk"):
            _keep(role, by=kwargs["user"], file=kwargs["file_name"])


def _keep(role: Role, *, by: User, file: str) -> None:
    """Leave a revision of the role, and an entry of the audit log."""
    record(role, by=by, note=note(file))
    audit.record(audit.Act.IMPORT, role, by=by, detail=note(file))


def note(file: str) -> str:
    """Return the note of the revisions that an imported table leaves."""
    return f"Imported from {file[-100:]}"

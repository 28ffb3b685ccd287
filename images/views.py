"""Serving renditions from the storage, wherever it is."""

from pathlib import PurePath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe


@require_safe
def serve_rendition(request: HttpRequest, name: str) -> FileResponse:
    """Send the file of a rendition, to be kept by every cache for ever: another content has another name."""
    try:
        file = default_storage.open(f"renditions/{name}")
    except FileNotFoundError as error:
        raise Http404("There is no such rendition.") from error
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return FileResponse(file, content_type=f"image/{PurePath(name).suffix[1:]}", headers=headers)

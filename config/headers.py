"""What every answer forbids browsers, beside the policy on its content (CONTENT_SECURITY_POLICY)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

UNUSED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
"""What browsers can do and no page of the site asks for; names that Chromium does not know would fill its console
(https://github.com/w3c/webappsec-permissions-policy/blob/main/features.md)."""
PERMISSIONS_POLICY = ", ".join([*(f"{name}=()" for name in UNUSED), "clipboard-write=(self)"])


class HeadersMiddleware:
    """Say which features no page uses, and who may load an answer into a page of theirs: pictures everybody, since
    feeds and shared links show them; everything else this site alone. (The API's CORS headers are another thing.)"""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response with both headers."""
        response = self.get_response(request)
        is_picture = response.headers.get("Content-Type", "").startswith("image/")
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin" if is_picture else "same-origin"
        return response

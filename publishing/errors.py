"""Why the press says no."""

from collections.abc import Iterable


class Refused(Exception):
    """An act that the press does not do. `reasons` are sentences for the person who asked."""

    def __init__(self, reasons: str | Iterable[str]) -> None:
        self.reasons = [reasons] if isinstance(reasons, str) else list(reasons)
        super().__init__(" ".join(self.reasons))

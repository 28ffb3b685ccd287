from django.apps import AppConfig


class CareersConfig(AppConfig):
    """Role profiles and their figures; what two roles share and where they differ."""

    name = "careers"

    def ready(self) -> None:
        """Register the content checks of roles, and keep closeness in line with what is published."""
        from careers import closeness, content_checks  # noqa: F401
        from publishing.signals import issued

        issued.connect(closeness.on_issued, dispatch_uid="careers.closeness")

from django.apps import AppConfig


class CareersConfig(AppConfig):
    """Role profiles and their figures; what two roles share and where they differ."""

    name = "careers"

    def ready(self) -> None:
        """Register the content checks of roles, and keep closeness in line with the press."""
        from careers import closeness, content_checks, finding  # noqa: F401
        from careers.models import Role
        from careers.picture_uses import shown_by
        from careers.signals import facts_changed
        from images.library import register_uses
        from publishing.signals import settled

        register_uses(shown_by(Role, "image"))
        settled.connect(closeness.on_settled, dispatch_uid="careers.closeness")
        settled.connect(finding.on_settled, dispatch_uid="careers.finding")
        facts_changed.connect(finding.on_facts_changed, dispatch_uid="careers.finding")

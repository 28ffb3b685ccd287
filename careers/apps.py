from django.apps import AppConfig


class CareersConfig(AppConfig):
    """Role profiles and their figures; what two roles share and where they differ."""

    name = "careers"

    def ready(self) -> None:
        """Register the content checks of roles, and keep what is derived in line with the press and with facts."""
        from careers import closeness, content_checks, finding, rechecks, stale  # noqa: F401
        from careers.models import Release, Role, RoleEdition
        from careers.picture_uses import shown_by
        from careers.signals import facts_changed
        from images.library import register_uses
        from publishing import audit, purges
        from publishing.signals import recorded, settled

        register_uses(shown_by(Role, "image"))
        settled.connect(closeness.on_settled, dispatch_uid="careers.closeness")
        settled.connect(finding.on_settled, dispatch_uid="careers.finding")
        facts_changed.connect(finding.on_facts_changed, dispatch_uid="careers.finding")
        facts_changed.connect(stale.on_facts_changed, dispatch_uid="careers.stale")
        purges.register(RoleEdition, stale.of_role)
        purges.watch(Release, stale.of_release)
        audit.watch(Release)
        recorded.connect(rechecks.on_recorded, dispatch_uid="careers.rechecks")
        settled.connect(rechecks.on_settled, dispatch_uid="careers.rechecks")
        facts_changed.connect(rechecks.on_facts_changed, dispatch_uid="careers.rechecks")

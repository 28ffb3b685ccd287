from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class PublishingConfig(AppConfig):
    """The press: revisions, editions, and the verbs that turn one into the other."""

    name = "publishing"

    def ready(self) -> None:
        """Put the database's guards in place after every migrate, and check that they stand; run the content checks
        on what is recorded; tell caches of what changes, and the audit log of what accounts do."""
        from publishing import content_checks, guards, purges, references, uses  # noqa: F401
        from publishing.accounts import passkeys, watching  # noqa: F401
        from publishing.checks import results
        from publishing.signals import recorded, settled

        post_migrate.connect(guards.install, sender=self, dispatch_uid="publishing.guards")
        recorded.connect(results.on_recorded, dispatch_uid="publishing.checks")
        recorded.connect(references.on_recorded, dispatch_uid="publishing.references")
        settled.connect(purges.on_settled, dispatch_uid="publishing.purges")
        uses.register(uses.links)
        checks.register(guards.check_guards, checks.Tags.database)
        checks.register(guards.check_documents, checks.Tags.models)

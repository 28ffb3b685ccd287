from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class PublishingConfig(AppConfig):
    """The press: revisions, editions, and the verbs that turn one into the other."""

    name = "publishing"

    def ready(self) -> None:
        """Put the database's guards in place after every migrate, and check that they stand; run the content checks
        on what is recorded."""
        from publishing import content_checks, guards, references, uses  # noqa: F401
        from publishing.checks import results
        from publishing.signals import recorded

        post_migrate.connect(guards.install, dispatch_uid="publishing.guards")
        recorded.connect(results.on_recorded, dispatch_uid="publishing.checks")
        recorded.connect(references.on_recorded, dispatch_uid="publishing.references")
        uses.register(uses.links)
        checks.register(guards.check_guards, checks.Tags.database)
        checks.register(guards.check_documents, checks.Tags.models)

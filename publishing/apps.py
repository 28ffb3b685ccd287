from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class PublishingConfig(AppConfig):
    """The press: revisions, editions, and the verbs that turn one into the other."""

    name = "publishing"

    def ready(self) -> None:
        """Put the database's guards in place after every migrate, and check that they stand."""
        from publishing import guards

        post_migrate.connect(guards.install, dispatch_uid="publishing.guards")
        checks.register(guards.check_guards, checks.Tags.database)
        checks.register(guards.check_documents, checks.Tags.models)

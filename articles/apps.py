from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Comparisons, categories, pages, and the navigation between them."""

    name = "articles"

    def ready(self) -> None:
        """Register the content checks, and who needs a role to be live."""
        from articles import content_checks  # noqa: F401
        from articles.models import ComparisonEdition
        from publishing.needs import register_dependents

        register_dependents(ComparisonEdition.needing)

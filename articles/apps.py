from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Comparisons, categories, pages, and the navigation between them."""

    name = "articles"

    def ready(self) -> None:
        """Register the content checks, who needs a role to be live, and where things are used; keep the words of what
        is published."""
        from taggit.models import Tag

        from articles import content_checks, stale, uses  # noqa: F401
        from articles import merge as merging
        from articles.models import Category, Comparison, ComparisonEdition
        from articles.search import index
        from careers.models import Role, RoleEdition
        from careers.picture_uses import shown_by
        from images.library import register_uses
        from images.models import Image
        from publishing import audit, merge, purges
        from publishing.needs import register_dependents
        from publishing.signals import settled
        from publishing.uses import register

        purges.register(ComparisonEdition, stale.of_comparison, stale.of_topics)
        purges.register(RoleEdition, stale.of_topics)
        purges.watch(Category, stale.of_category)
        purges.watch(Tag, stale.of_tag)
        for model in (Category, Tag, Image):
            audit.watch(model)
        register_dependents(ComparisonEdition.needing)
        merge.register(Role, merge.Merger(merging.plan, merging.merge))
        for finder in (uses.of_role, uses.of_comparison, uses.of_category, uses.of_tag):
            register(finder)
        register_uses(shown_by(Comparison, "sections__image"))
        settled.connect(index.on_settled, dispatch_uid="articles.search")

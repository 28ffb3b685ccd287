from django.urls import path, register_converter
from django.urls.converters import StringConverter

from articles import feeds, files, sitemaps, views
from articles.cards import views as cards
from articles.search import views as search


class TagSlugConverter(StringConverter):
    """The slug of a tag: any letters, as taggit makes them, but no NUL, which PostgreSQL takes in no text."""

    regex = r"[^/\0]+"


register_converter(TagSlugConverter, "tag")

app_name = "articles"
urlpatterns = [
    path("", views.home, name="home"),
    path("compare/", views.comparisons, name="comparisons"),
    path("compare/<slug:slug>/", views.comparison, name="comparison"),
    path("categories/", views.categories, name="categories"),
    path("categories/<slug:slug>/", views.category, name="category"),
    path("topics/", views.topics, name="topics"),
    path("topics/<tag:slug>/", views.topic, name="topic"),
    path("saved/", views.saved, name="saved"),
    path("search/", search.results, name="search"),
    path("search/offered.json", search.offered, name="offered"),
    path("cards/<str:token>.png", cards.card, name="card"),
    path("feeds/comparisons.xml", feeds.comparisons, name="feed"),
    path("feeds/categories/<slug:slug>.xml", feeds.category, name="category-feed"),
    path("feeds/roles/<slug:slug>.xml", feeds.role, name="role-feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-lists.xml", sitemaps.lists, name="sitemap-lists"),
    path("sitemap-<slug:section>-<int:number>.xml", sitemaps.part, name="sitemap-part"),
    path("robots.txt", files.robots, name="robots"),
    path("site.webmanifest", files.manifest, name="manifest"),
    path(".well-known/security.txt", files.security, name="security"),
    path("<slug:slug>/", views.page, name="page"),
]

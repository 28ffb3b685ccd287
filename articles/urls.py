from django.contrib.sitemaps.views import sitemap
from django.urls import path, register_converter
from django.urls.converters import StringConverter

from articles import views
from articles.sitemaps import SITEMAPS


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
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("<slug:slug>/", views.page, name="page"),
]

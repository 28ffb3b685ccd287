from django.contrib.sitemaps.views import sitemap
from django.urls import path

from articles import views
from articles.sitemaps import SITEMAPS

app_name = "articles"
urlpatterns = [
    path("", views.home, name="home"),
    path("compare/", views.comparisons, name="comparisons"),
    path("compare/<slug:slug>/", views.comparison, name="comparison"),
    path("categories/", views.categories, name="categories"),
    path("categories/<slug:slug>/", views.category, name="category"),
    path("topics/", views.topics, name="topics"),
    path("topics/<str:slug>/", views.topic, name="topic"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("<slug:slug>/", views.page, name="page"),
]

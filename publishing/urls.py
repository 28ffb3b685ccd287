"""Addresses of the press itself."""

from django.urls import path

from publishing import views

app_name = "publishing"
urlpatterns = [path("shared/<str:token>/", views.shared, name="shared")]
